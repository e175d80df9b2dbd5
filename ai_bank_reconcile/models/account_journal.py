from odoo import models

from .ai_bank_tolerance import AiBankTolerance


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", AiBankTolerance._name]
