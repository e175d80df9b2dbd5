from odoo import models


class AiFinanceTaskInvoiceDelivery(models.AbstractModel):
    """Task ``invoice.delivery``: draft the invoice of a validated delivery or return."""

    _name = "ai.finance.task.invoice.delivery"
    _inherit = "ai.finance.task.invoice.draft"
    _description = "Draft Invoice from a Delivery"

    def _documents(self, records):
        return self.env["ai.invoice.context"]._deliveries(records)
