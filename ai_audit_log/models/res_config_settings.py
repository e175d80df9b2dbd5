from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_finance_policy_ids = fields.One2many(
        related="company_id.ai_finance_policy_ids", readonly=False
    )
