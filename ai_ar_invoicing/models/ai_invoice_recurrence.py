from odoo import api, fields, models
from odoo.exceptions import UserError

STEP = {"month": {"months": 1}, "quarter": {"months": 3}, "year": {"years": 1}}
#: So many periods of an order are made up for at once; more is a mistake in its dates.
PERIODS_AT_ONCE = 12


class AiInvoiceRecurrence(models.AbstractModel):
    """Recurring invoices: each period the services of an order are ordered once more.

    Odoo then invoices the difference as it does for every order; the order shows how many periods
    were ordered and invoiced.
    """

    _name = "ai.invoice.recurrence"
    _description = "Recurring Invoices of Orders"

    @api.model
    def _raise_due(self):
        """Order the periods that are due once more; nothing happens twice for one date."""
        today = fields.Date.context_today(self)
        orders = self.env["sale.order"].search(
            [("state", "=", "sale"), ("ai_recurring_interval", "!=", False)]
            + [("ai_recurring_next", "<=", today)]
        )
        for order in orders.try_lock_for_update():
            try:
                with self.env.cr.savepoint():
                    self._raise(order, today)
            except UserError as error:
                # A locked order, say: its people read why, the others are invoiced.
                order._message_log(
                    body=self.env._("The next period could not be ordered: %(why)s", why=error)
                )

    def _raise(self, order, today):
        for _period in range(PERIODS_AT_ONCE):
            due = order.ai_recurring_next
            if not due or due > min(today, order.ai_recurring_end or today):
                break
            for line in order.order_line.filtered("ai_period_quantity"):
                line.product_uom_qty += line.ai_period_quantity
            order.ai_recurring_next = fields.Date.add(due, **STEP[order.ai_recurring_interval])

    @api.model
    def _start(self, orders):
        """Remember what one period of confirmed ``orders`` is: the services as first ordered."""
        for order in orders.filtered("ai_recurring_interval"):
            for line in order.order_line:
                product = line.product_id
                if product.type == "service" and product.invoice_policy == "order":
                    line.ai_period_quantity = line.product_uom_qty
            if not order.ai_recurring_next:
                start = fields.Date.to_date(order.date_order)
                order.ai_recurring_next = fields.Date.add(
                    start, **STEP[order.ai_recurring_interval]
                )
