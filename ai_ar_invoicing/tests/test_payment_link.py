from datetime import timedelta
from urllib.parse import urlsplit

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestPaymentLink(SendingCommon, HttpCase):
    """A link to pay one or several invoices: in mail, PDF and portal, until they are paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.payment_provider()

    def pay(self, move):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()

    def credit(self, move):
        move._reverse_moves([{"invoice_date": move.invoice_date}], cancel=True)
        self.assertEqual(move.payment_state, "reversed")

    # ------------------------------------------------------------------
    # One invoice
    # ------------------------------------------------------------------

    def test_the_link_of_the_mail_is_paid_in_the_browser(self):
        move = self.invoice(amount=120.0)
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        [mail] = server.to("azure@example.com")
        link = mail.html.partition(f"/my/invoices/{move.id}?")[2].partition('"')[0]
        link = f"/my/invoices/{move.id}?{link}".replace("&amp;", "&")
        self.start_tour(link, "ai_payment_link_pay", login=None, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(move.payment_state, "paid")
        self.assertEqual(sum(move.transaction_ids.mapped("amount")), 120.0)

    def test_the_link_ends_when_the_invoice_is_paid(self):
        move = self.invoice()
        link = move.ai_payment_link
        self.assertIn("o_payment_form", self.page(link))
        self.pay(move)
        self.env.invalidate_all()
        self.assertFalse(move.ai_payment_link)
        page = self.page(link)
        self.assertNotIn("o_payment_form", page)
        self.assertIn("already been paid", page)

    def test_the_link_ends_when_the_invoice_is_credited(self):
        move = self.invoice()
        link = move.ai_payment_link
        self.credit(move)
        page = self.page(link)
        self.assertNotIn("o_payment_form", page)
        self.assertIn("was credited", page)

    def test_nobody_pays_what_was_paid_since_the_page_was_opened(self):
        move = self.invoice()
        token = move._portal_ensure_token()
        self.pay(move)
        answer = self.transaction(f"/invoice/transaction/{move.id}", 100.0, token)
        self.assertIn("already been paid", answer["error"]["data"]["message"])
        self.assertFalse(move.transaction_ids)

    def test_nobody_pays_more_than_is_open(self):
        move = self.invoice()
        token = move._portal_ensure_token()
        answer = self.transaction(f"/invoice/transaction/{move.id}", 100.01, token)
        self.assertIn("has changed", answer["error"]["data"]["message"])
        answer = self.transaction(f"/invoice/transaction/{move.id}", 40.0, token)
        self.assertIn("result", answer)

    def test_after_a_part_was_paid_the_same_link_asks_for_the_rest(self):
        move = self.invoice(amount=100.0)
        link = move.ai_payment_link
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"amount": 30.0})._create_payments()
        self.env.invalidate_all()
        self.assertEqual(move.ai_payment_link, link)
        self.assertIn('data-amount="70.0"', self.page(link))

    def test_the_early_payment_amount_until_its_date(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2/10 net 30",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "included",
                "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
            }
        )
        today = fields.Date.today()
        values = {"invoice_payment_term_id": term.id}
        move = self.invoice(amount=100.0, invoice_date=today, **values)
        self.assertIn('data-amount="98.0"', self.page(move.ai_payment_link))
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        self.assertIn("98.00", server.to("azure@example.com")[0].html)
        late = self.invoice(amount=100.0, invoice_date=today - timedelta(days=20), **values)
        self.assertIn('data-amount="100.0"', self.page(late.ai_payment_link))

    def test_the_link_is_on_the_invoice_as_the_company_wants(self):
        move = self.invoice()
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html("account.account_invoices", move.ids)[0].decode()
        self.assertIn(move.ai_payment_link.replace("&", "&amp;"), html)
        self.company.ai_payment_link_pdf = False
        html = report._render_qweb_html("account.account_invoices", move.ids)[0].decode()
        self.assertNotIn("Pay online", html)
        self.assertEqual(move._get_portal_payment_link(), move.ai_payment_link, "of the QR code")

    def test_without_a_provider_there_is_no_link(self):
        self.provider.state = "disabled"
        self.assertFalse(self.invoice().ai_payment_link)

    # ------------------------------------------------------------------
    # Two windows
    # ------------------------------------------------------------------

    def started(self, moves, amount, route=None):
        """Click "Pay" in a window that was opened before; return the transaction."""
        token = moves[:1]._portal_ensure_token()
        answer = self.transaction(route or f"/invoice/transaction/{moves[:1].id}", amount, token)
        self.env.invalidate_all()
        return self.env["payment.transaction"].search(
            [("reference", "=", answer["result"]["reference"])]
        )

    def refused(self, moves, amount):
        token = moves[:1]._portal_ensure_token()
        answer = self.transaction(f"/invoice/transaction/{moves[:1].id}", amount, token)
        self.env.invalidate_all()
        return answer["error"]["data"]["message"]

    def test_the_second_window_does_not_pay_what_the_first_has_paid(self):
        move = self.invoice()
        link = move.ai_payment_link
        paid = self.started(move, 100.0)
        paid._set_done()
        self.assertFalse(paid.is_post_processed, "the money is there, the books do not know yet")
        self.assertIn("under way", self.refused(move, 100.0))
        page = self.page(link)
        self.assertNotIn("o_payment_form", page)
        self.assertIn("under way", page)
        paid._post_process()
        self.env.invalidate_all()
        self.assertIn("already been paid", self.refused(move, 100.0))
        self.assertEqual(move.transaction_ids, paid)

    def test_while_a_provider_waits_nobody_pays_again(self):
        move = self.invoice()
        paid = self.started(move, 100.0)
        paid._set_pending()
        self.assertIn("under way", self.refused(move, 100.0))
        paid._set_canceled()
        self.assertTrue(self.started(move, 100.0), "given up: the customer may try again")

    def test_what_is_paid_in_one_window_is_left_out_of_the_link_for_all(self):
        moves = self.invoice(amount=100.0) | self.invoice(amount=250.0)
        link = self.together(moves)
        self.started(moves[0], 100.0)._set_done()
        page = self.page(link)
        self.assertIn("Payment under way", page)
        self.assertIn('data-amount="250.0"', page)
        token = self.env["ai.payment.link"]._token(moves)
        ids = ",".join(map(str, sorted(moves.ids)))
        route = f"/my/invoices/pay/transaction?invoices={ids}"
        answer = self.transaction(route, 350.0, token, payment_reference="x")
        self.assertIn("has changed", answer["error"]["data"]["message"])

    def test_paid_in_both_windows_all_the_same_a_person_is_told(self):
        move = self.invoice()
        move.invoice_user_id = self.clerk
        first, second = self.started(move, 100.0), self.started(move, 100.0)
        for paid in (first, second):
            paid._set_done()
        for paid in (first, second):
            paid._post_process()
        self.assertEqual(move.payment_state, "paid")
        self.assertEqual(len(move.matched_payment_ids | second.payment_id), 2, "both are booked")
        [todo] = move.activity_ids.filtered(lambda one: one.summary == "Paid twice")
        self.assertIn(second.reference, todo.note)
        self.assertEqual(todo.user_id, self.clerk)

    # ------------------------------------------------------------------
    # Several invoices
    # ------------------------------------------------------------------

    def together(self, moves):
        return self.env["ai.payment.link"]._link(moves)

    def test_several_invoices_are_paid_with_one_link_in_the_browser(self):
        moves = self.invoice(amount=100.0) | self.invoice(amount=250.0)
        action = moves.with_user(self.clerk).action_ai_payment_link()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.amount, 350.0)
        self.assertIn("data:image/svg+xml", wizard.qr_code)
        path = self.path(wizard.link)
        self.start_tour(path, "ai_payment_link_pay_all", login=None, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(moves.mapped("payment_state"), ["paid", "paid"])
        self.assertEqual(len(moves.transaction_ids), 1)

    def test_what_is_paid_falls_out_of_the_link(self):
        moves = self.invoice(amount=100.0) | self.invoice(amount=250.0)
        link = self.together(moves)
        self.pay(moves[0])
        page = self.page(link)
        self.assertIn('data-amount="250.0"', page)
        self.credit(moves[1])
        page = self.page(link)
        self.assertNotIn("o_payment_form", page)
        self.assertIn("Credited", page)
        self.assertIn("nothing to pay any more", page)

    def test_the_mail_names_all_open_invoices(self):
        first, second = self.invoice(amount=100.0), self.invoice(amount=250.0)
        self.approve(second)
        with self.mail_server() as server:
            self.send()
        html = server.to("azure@example.com")[0].html.replace("&amp;", "&")
        self.assertIn(urlsplit(self.together(first | second)).query, html)
        self.assertIn("350.00", html)

    def test_another_link_cannot_be_made_of_one(self):
        mine, foreign = self.invoice(), self.invoice(self.wood)
        link = self.together(mine)
        forged = self.path(link).replace(f"invoices={mine.id}", f"invoices={foreign.id}")
        self.assertEqual(self.url_open(forged).status_code, 404)
        token = self.env["ai.payment.link"]._token(mine)
        route = f"/my/invoices/pay/transaction?invoices={foreign.id}"
        self.assertIn("error", self.transaction(route, 100.0, token, payment_reference="x"))
        self.assertFalse(foreign.transaction_ids)

    def test_together_exactly_what_is_open_is_paid(self):
        moves = self.invoice(amount=100.0) | self.invoice(amount=250.0)
        token = self.env["ai.payment.link"]._token(moves)
        ids = ",".join(map(str, sorted(moves.ids)))
        route = f"/my/invoices/pay/transaction?invoices={ids}"
        answer = self.transaction(route, 349.0, token, payment_reference="x")
        self.assertIn("has changed", answer["error"]["data"]["message"])
        self.pay(moves[0])
        answer = self.transaction(route, 350.0, token, payment_reference="x")
        self.assertIn("has changed", answer["error"]["data"]["message"])
        answer = self.transaction(route, 250.0, token, payment_reference="x")
        self.assertIn("result", answer)

    def test_early_payment_discounts_of_several_invoices(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2/10 net 30",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "included",
                "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
            }
        )
        values = {"invoice_payment_term_id": term.id, "invoice_date": fields.Date.today()}
        moves = self.invoice(amount=100.0, **values) | self.invoice(amount=250.0, **values)
        self.assertIn('data-amount="343.0"', self.page(self.together(moves)))
        method = self.provider.payment_method_ids[:1]
        paid = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": method.id,
                "reference": "both",
                "amount": 343.0,
                "operation": "online_direct",
                "currency_id": moves.currency_id.id,
                "partner_id": self.azure.id,
                "invoice_ids": [Command.set(moves.ids)],
            }
        )
        paid._set_done()
        paid._post_process()
        self.assertEqual(moves.mapped("payment_state"), ["paid", "paid"])
        self.assertEqual(moves.mapped("amount_residual"), [0.0, 0.0])

    def test_one_customer_one_currency_one_company(self):
        euro = self.setup_other_currency("EUR")
        mine, foreign = self.invoice(), self.invoice(self.wood)
        with self.assertRaisesRegex(UserError, "several customers"):
            (mine | foreign).action_ai_payment_link()
        in_euro = self.invoice(currency_id=euro.id)
        with self.assertRaisesRegex(UserError, "several currencies"):
            (mine | in_euro).action_ai_payment_link()
        self.pay(mine)
        with self.assertRaisesRegex(UserError, "has to be paid"):
            mine.action_ai_payment_link()
