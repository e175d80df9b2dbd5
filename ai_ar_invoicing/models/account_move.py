from odoo import models

from .ai_invoice_sending_mixin import AiInvoiceSendingMixin

TASK = "invoice.post"


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", AiInvoiceSendingMixin._name, "ai.suggestion.mixin"]

    _ai_task_code = TASK

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._ai_queue_sending()
        return posted

    def _get_portal_payment_link(self):
        # Core writes today's amount into the link of the QR code; ours asks for what is open.
        return self._ai_live_payment_link()

    def _get_online_payment_error(self):
        return self._ai_credited_error() or super()._get_online_payment_error()
