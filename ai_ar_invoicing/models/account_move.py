from odoo import models

from .ai_invoice_check_mixin import AiInvoiceCheckMixin
from .ai_invoice_text_mixin import AiInvoiceTextMixin

TASK = "invoice.post"


class AccountMove(models.Model):
    _name = "account.move"
    # The checks come first: they stand in the way of core's posting.
    _inherit = [
        AiInvoiceCheckMixin._name,
        AiInvoiceTextMixin._name,
        "account.move",
        "ai.suggestion.mixin",
    ]

    _ai_task_code = TASK
