from odoo import models

TASK = "invoice.order"


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "ai.suggestion.mixin"]

    _ai_task_code = TASK
