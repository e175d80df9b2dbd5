from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_project_invoice_period = fields.Selection(
        related="company_id.ai_project_invoice_period", readonly=False, required=True
    )
