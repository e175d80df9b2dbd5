from odoo import models

from ..engine.billing_facts import Document


class AiFinanceTaskInvoiceOrder(models.AbstractModel):
    """Task ``invoice.order``: draft what an order lets invoice, ordered or delivered."""

    _name = "ai.finance.task.invoice.order"
    _inherit = "ai.finance.task.invoice.draft"
    _description = "Draft Invoice from an Order"

    def _documents(self, records):
        day = self.env["ai.invoice.context"]._day
        return [
            Document(
                id=order.id,
                name=order.name,
                order_ids=(order.id,),
                day=max(map(day, order._ai_open_deliveries()), default=None),
            )
            for order in records
        ]
