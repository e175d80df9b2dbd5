from odoo import models

TASK = "invoice.post"


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "ai.suggestion.mixin"]

    _ai_task_code = TASK
