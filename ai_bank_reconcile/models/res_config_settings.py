from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_bank_fee_account_id = fields.Many2one(
        related="company_id.ai_bank_fee_account_id", readonly=False
    )
    ai_bank_tolerance_account_id = fields.Many2one(
        related="company_id.ai_bank_tolerance_account_id", readonly=False
    )
