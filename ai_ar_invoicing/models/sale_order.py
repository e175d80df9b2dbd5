from odoo import models

from .ai_invoice_archive_mixin import AiInvoiceArchiveMixin

TASK = "invoice.order"


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "ai.suggestion.mixin", AiInvoiceArchiveMixin._name]

    _ai_task_code = TASK

    def _ai_archive_domain(self):
        return [("move_id", "in", self.invoice_ids.ids)]
