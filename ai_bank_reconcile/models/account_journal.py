from odoo import fields, models

from .ai_bank_tolerance import AiBankTolerance


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", AiBankTolerance._name]

    ai_bank_oldest_first = fields.Boolean(
        string="Equal documents: oldest first",
        help="A payment that fits several equal documents of one customer and names none of them "
        "pays the one that is due first. Otherwise a person decides.",
    )
