from odoo.tests import HttpCase, tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestOrderToPaidBrowser(SendingCommon, HttpCase):
    """The whole way in a real browser: goods leave, the invoice goes out, the customer pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payment_provider()
        cls.clerk.write({"password": "ar_clerk"})
        cls.clerk.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def tour(self, url, name, login="ar_clerk"):
        self.start_tour(url, name, login=login, timeout=120)
        self.env.invalidate_all()

    def test_order_delivered_invoiced_sent_and_paid(self):
        location = self.warehouse.lot_stock_id
        self.env["stock.quant"]._update_available_quantity(self.desk, location, 10)
        order = self.order((self.desk, 3))
        order.picking_ids.action_assign()
        self.tour(f"/odoo/sales/{order.id}", "ai_invoicing_deliver")
        self.work()
        picking = order.picking_ids
        self.tour(f"/odoo/deliveries/{picking.id}", "ai_invoicing_approve_on_delivery")
        invoice = order.invoice_ids
        self.assertEqual(invoice.state, "posted")
        self.work()
        self.tour(f"/odoo/customer-invoices/{invoice.id}", "ai_invoicing_approve_sending")
        with self.mail_server() as server:
            self.send()
        self.env.invalidate_all()
        [mail] = server.to("azure@example.com")
        query = mail.html.partition(f"/my/invoices/{invoice.id}?")[2].partition('"')[0]
        link = f"/my/invoices/{invoice.id}?{query}".replace("&amp;", "&")
        self.tour(link, "ai_payment_link_pay", login=None)
        self.assertEqual(invoice.payment_state, "paid")
        codes = self.env["ai.audit.log"].search(
            [("state", "=", "applied"), ("res_id", "in", [picking.id, invoice.id])]
        )
        self.assertLessEqual(
            {"invoice.delivery", "invoice.post", "invoice.send"}, set(codes.mapped("task_code"))
        )
