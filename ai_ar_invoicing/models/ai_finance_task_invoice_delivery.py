from odoo import models


class AiFinanceTaskInvoiceDelivery(models.AbstractModel):
    """Task ``invoice.delivery``."""

    _name = "ai.finance.task.invoice.delivery"
    _inherit = "ai.finance.task"
    _description = "Invoice Task Delivery"
