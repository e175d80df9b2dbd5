from odoo import models


class AiFinanceTaskInvoicePost(models.AbstractModel):
    """Task ``invoice.post``."""

    _name = "ai.finance.task.invoice.post"
    _inherit = "ai.finance.task"
    _description = "Invoice Task Post"
