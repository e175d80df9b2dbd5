from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_bill_rounding = fields.Monetary(
        related="company_id.ai_bill_rounding", readonly=False, currency_field="currency_id"
    )
    ai_bill_coding_least = fields.Float(related="company_id.ai_bill_coding_least", readonly=False)
    ai_bill_companies = fields.Boolean(related="company_id.ai_bill_companies", readonly=False)
