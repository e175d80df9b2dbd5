from odoo import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestThreeCurrencies(SendingCommon, HttpCase):
    """Priced in pounds, ordered and paid in euro, booked in the currency of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.payment_provider()
        cls.euro = cls.setup_other_currency(
            "EUR", rates=[("2026-01-01", 2.0), ("2026-11-10", 4.0), ("2026-11-18", 5.0)]
        )
        pound = cls.setup_other_currency("GBP", rates=[("2026-01-01", 0.5)])
        wholesale, cls.pricelist = cls.env["product.pricelist"].create(
            [
                {
                    "name": "Wholesale",
                    "currency_id": pound.id,
                    "item_ids": [Command.create({"compute_price": "fixed", "fixed_price": 50.0})],
                },
                {"name": "Export", "currency_id": cls.euro.id},
            ]
        )
        cls.pricelist.item_ids = [
            Command.create(
                {
                    "compute_price": "formula",
                    "base": "pricelist",
                    "base_pricelist_id": wholesale.id,
                    "price_discount": 10.0,
                }
            )
        ]

    def drafted(self, quantity=2):
        """Order at 50 pounds less 10 %, deliver on a day of another rate, return the draft."""
        with freeze_time("2026-11-05"):
            order = self.order((self.desk, quantity), pricelist_id=self.pricelist.id)
        self.assertEqual(order.currency_id, self.euro)
        # 45 pounds are 90 of the company's, and 180 euro on that day.
        self.assertEqual(order.order_line.price_unit, 180.0)
        self.deliver(order, date="2026-11-12")
        self.work()
        return order.invoice_ids

    def balance(self, move, kind="asset_receivable"):
        lines = move.line_ids.filtered(lambda line: line.account_type == kind)
        return sum(lines.mapped("balance"))

    def books(self):
        self.env.flush_all()
        groups = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("parent_state", "=", "posted")],
            ["account_id", "partner_id", "currency_id"],
            ["balance:sum", "amount_currency:sum"],
        )
        return {row[:3]: row[3:] for row in groups if any(row[3:])}

    def test_from_order_to_payment(self):
        invoice = self.drafted()
        self.assertEqual((invoice.currency_id, invoice.amount_total), (self.euro, 360.0))
        self.assertEqual(invoice.amount_total_signed, 90.0, "at the rate of the delivery")
        log = invoice.ai_suggestion_id
        self.assertEqual((log.amount, log.state), (90.0, "proposed"))
        log.with_user(self.clerk).action_apply()
        self.assertEqual(invoice.state, "posted", log.error)
        self.assertEqual(self.balance(invoice), 90.0)
        self.approve(invoice)
        with self.mail_server() as server:
            self.send()
        [mail] = server.to("azure@example.com")
        self.assertIn("360.00", mail.html)
        self.assertIn(f"/my/invoices/{invoice.id}?", mail.html)
        self.assertIn('data-amount="360.0"', self.page(invoice.ai_payment_link))
        token = invoice._portal_ensure_token()
        self.transaction(f"/invoice/transaction/{invoice.id}", 360.0, token)
        self.env.invalidate_all()
        paid = invoice.transaction_ids
        self.assertEqual((paid.currency_id, paid.amount), (self.euro, 360.0))
        paid._set_done()
        paid._post_process()
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0.0))
        # 360 euro bring 72 of the company's now: 18 are lost, and booked as such by Odoo.
        self.assertEqual(self.balance(paid.payment_id.move_id), -72.0)
        receivable = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        difference = receivable.matched_credit_ids.exchange_move_id
        self.assertEqual(abs(self.balance(difference)), 18.0)

    def test_undone_the_books_are_as_before(self):
        before = self.books()
        invoice = self.drafted()
        log = invoice.ai_suggestion_id
        log.with_user(self.clerk).action_apply()
        self.assertNotEqual(self.books(), before)
        log.with_user(self.clerk).action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertEqual(self.books(), before)
        self.assertEqual(invoice.payment_state, "reversed")

    def test_an_undone_draft_is_drafted_again_in_its_currency(self):
        invoice = self.drafted()
        order = invoice.invoice_line_ids.sale_line_ids.order_id
        drafting = self.env["ai.audit.log"].search(
            [("task_code", "=", "invoice.delivery"), ("res_id", "=", order.picking_ids.id)]
        )
        drafting.with_user(self.clerk).action_undo()
        self.assertFalse(invoice.exists())
        order.action_ai_draft_invoices()
        again = order.invoice_ids
        self.assertEqual((again.currency_id, again.amount_total), (self.euro, 360.0))
        self.assertEqual(again.amount_total_signed, 90.0)
