from odoo import fields
from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoiceRecurring(InvoicingCommon):
    """Each period the services of an order are invoiced once more, and only once."""

    def nightly(self):
        self.env["sale.order"].search([]).write({"ai_looked_at": False})
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice").method_direct_trigger()
        self.work()

    def subscribed(self, **values):
        order = self.order(
            (self.assembly, 2), (self.desk, 1), ai_recurring_interval="month", **values
        )
        self.work()
        return order

    def test_each_month_the_services_again(self):
        order = self.subscribed()
        today = fields.Date.today()
        self.assertEqual(order.ai_recurring_next, fields.Date.add(today, months=1))
        self.assertEqual(order.invoice_ids.amount_untaxed, 120.0)
        order.ai_recurring_next = today
        for _night in range(2):
            self.nightly()
        self.assertEqual(order.invoice_ids.mapped("amount_untaxed"), [120.0, 120.0])
        service, goods = order.order_line
        self.assertEqual((service.product_uom_qty, service.qty_invoiced), (4, 4))
        self.assertEqual(goods.product_uom_qty, 1, "goods are not ordered again")

    def test_what_was_missed_is_made_up_for(self):
        order = self.subscribed()
        order.ai_recurring_next = fields.Date.subtract(fields.Date.today(), months=2)
        self.nightly()
        self.assertEqual(order.order_line[0].qty_invoiced, 8)
        self.assertGreater(order.ai_recurring_next, fields.Date.today())

    def test_it_ends(self):
        yesterday = fields.Date.subtract(fields.Date.today(), days=1)
        order = self.subscribed(ai_recurring_end=yesterday)
        order.ai_recurring_next = fields.Date.today()
        self.nightly()
        self.assertEqual(order.order_line[0].qty_invoiced, 2)

    def test_a_locked_order_says_why_and_stops_nobody(self):
        locked, other = self.subscribed(), self.subscribed()
        (locked + other).ai_recurring_next = fields.Date.today()
        locked.locked = True
        self.nightly()
        self.assertEqual(locked.order_line[0].qty_invoiced, 2)
        self.assertIn("could not be ordered", "".join(locked.message_ids.mapped("body")))
        self.assertEqual(other.order_line[0].qty_invoiced, 4)
