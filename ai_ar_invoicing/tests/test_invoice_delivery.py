from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoiceDelivery(InvoicingCommon):
    """From a validated delivery to a draft."""

    def test_a_delivery_lets_core_invoice_what_was_delivered(self):
        order = self.order((self.desk, 3))
        self.deliver(order, {self.desk: 2})
        self.assertEqual(order.order_line.qty_to_invoice, 2)
