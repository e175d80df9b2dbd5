from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_cash_floor = fields.Monetary(
        related="company_id.ai_cash_floor", readonly=False, currency_field="company_currency_id"
    )
    ai_cash_credit_line = fields.Monetary(
        related="company_id.ai_cash_credit_line",
        readonly=False,
        currency_field="company_currency_id",
    )
    ai_cash_phase = fields.Selection(
        related="company_id.ai_cash_phase", readonly=False, required=True
    )
    ai_cash_drafts = fields.Boolean(related="company_id.ai_cash_drafts", readonly=False)
    ai_cash_draft_probability = fields.Float(
        related="company_id.ai_cash_draft_probability", readonly=False
    )
    ai_cash_orders = fields.Boolean(related="company_id.ai_cash_orders", readonly=False)
    ai_cash_new_business = fields.Boolean(related="company_id.ai_cash_new_business", readonly=False)
    ai_cash_doubtful_days = fields.Integer(
        related="company_id.ai_cash_doubtful_days", readonly=False
    )
    ai_cash_alert_risk = fields.Float(related="company_id.ai_cash_alert_risk", readonly=False)
    ai_cash_draws = fields.Integer(related="company_id.ai_cash_draws", readonly=False)
    ai_cash_report_group_id = fields.Many2one(
        related="company_id.ai_cash_report_group_id", readonly=False
    )
    ai_cash_report_channel_id = fields.Many2one(
        related="company_id.ai_cash_report_channel_id", readonly=False
    )
