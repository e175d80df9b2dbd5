from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_bank_fee_account_id = fields.Many2one(
        "account.account",
        string="Account for Bank Fees",
        check_company=True,
        help="Where fees go that a bank or payment provider kept. Empty: they stay open.",
    )
    ai_bank_tolerance_account_id = fields.Many2one(
        "account.account",
        string="Account for Small Differences",
        check_company=True,
        help="Where differences within the tolerance of journal or customer go. Empty: they stay "
        "open.",
    )
