from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    ai_cash_restricted = fields.Boolean(
        string="Not in the Cash Forecast",
        help="Money that cannot be spent freely, such as a deposit: its balance is left out.",
    )
