from odoo import models


class AiFinanceTaskInvoiceOrder(models.AbstractModel):
    """Task ``invoice.order``."""

    _name = "ai.finance.task.invoice.order"
    _inherit = "ai.finance.task"
    _description = "Invoice Task Order"
