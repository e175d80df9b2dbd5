from odoo.tests import HttpCase, tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestBrowser(InvoicingCommon, HttpCase):
    """From order to posted invoice on the screen, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.write({"password": "ar_clerk"})
        cls.clerk.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def tour(self, url, name, login="ar_clerk"):
        self.start_tour(url, name, login=login, timeout=120)
        self.env.invalidate_all()

    def test_order_delivery_draft_approve_posted(self):
        location = self.warehouse.lot_stock_id
        self.env["stock.quant"]._update_available_quantity(self.desk, location, 10)
        order = self.order((self.desk, 3))
        order.picking_ids.action_assign()
        self.tour(f"/odoo/sales/{order.id}", "ai_invoicing_deliver")
        picking = order.picking_ids
        self.assertEqual(picking.state, "done")
        self.work()
        self.tour(f"/odoo/deliveries/{picking.id}", "ai_invoicing_approve_on_delivery")
        invoice = order.invoice_ids
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.ai_applied_log_id.executed_by_id, self.clerk)

    def test_button_on_the_order(self):
        self.policies["order"].mode = "off"
        order = self.order((self.assembly, 1))
        self.policies["order"].mode = "suggest"
        self.tour(f"/odoo/sales/{order.id}", "ai_invoicing_draft_by_button")
        self.assertEqual(order.invoice_ids.amount_untaxed, 60.0)
