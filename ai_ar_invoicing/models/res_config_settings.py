from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_invoice_grouping = fields.Selection(
        related="company_id.ai_invoice_grouping", readonly=False, required=True
    )
    ai_invoice_date_policy = fields.Selection(
        related="company_id.ai_invoice_date_policy", readonly=False, required=True
    )
    ai_invoice_tolerance_percent = fields.Float(
        related="company_id.ai_invoice_tolerance_percent", readonly=False
    )
    ai_invoice_journal_id = fields.Many2one(
        related="company_id.ai_invoice_journal_id", readonly=False
    )
    ai_check_stops_posting = fields.Boolean(
        related="company_id.ai_check_stops_posting", readonly=False
    )
    ai_invoice_vies = fields.Boolean(related="company_id.ai_invoice_vies", readonly=False)
    ai_invoice_texts = fields.Boolean(related="company_id.ai_invoice_texts", readonly=False)
    ai_invoice_note_template = fields.Text(
        related="company_id.ai_invoice_note_template", readonly=False
    )
    ai_invoice_line_template = fields.Text(
        related="company_id.ai_invoice_line_template", readonly=False
    )
    ai_send_delivery_slip = fields.Boolean(
        related="company_id.ai_send_delivery_slip", readonly=False
    )
    ai_payment_link_pdf = fields.Boolean(related="company_id.ai_payment_link_pdf", readonly=False)
