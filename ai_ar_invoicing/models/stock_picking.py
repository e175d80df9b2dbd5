from odoo import models

TASK = "invoice.delivery"


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "ai.suggestion.mixin"]

    _ai_task_code = TASK
