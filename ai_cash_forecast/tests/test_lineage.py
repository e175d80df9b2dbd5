import random

from odoo import Command, fields
from odoo.tests import Form, tagged

from .common import CashCommon

#: The more often a step is named, the likelier it is.
STEPS = (
    *("invoice", "post") * 3,
    *("payment", "match", "match_payment") * 2,
    *("bank_line", "down_payment"),
)


@tagged("post_install", "-at_install")
class TestLineage(CashCommon):
    """Order, delivery, invoice, payment, bank line: no euro twice, none lost, in any sequence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"ai_cash_new_business": False, "ai_cash_drafts": True})
        cls.company.ai_cash_draft_probability = 1.0

    def test_any_sequence(self):
        seen = set()
        for seed in range(4):
            with self.subTest(seed=seed):
                savepoint = self.env.cr.savepoint()
                with savepoint:
                    self.live(random.Random(seed), drafts=bool(seed % 2))
                    seen |= self.seen()
                    savepoint.rollback()
                self.env.invalidate_all()

        # The sequences are worth something: all that can happen did.
        self.assertEqual(seen, {"draft", "posted", "partial", "matched", "unmatched", "sent"})

    def seen(self):
        """Return what a sequence left behind."""
        own = [("company_id", "=", self.company.id)]
        moves = self.env["account.move"].search([*own, ("move_type", "!=", "entry")])
        lines = self.env["account.bank.statement.line"].search(own)
        payments = self.env["account.payment"].search(own)
        seen = set(moves.mapped("state"))
        seen |= {"partial"} & set(moves.mapped("payment_state"))
        seen |= {"matched" if line.is_reconciled else "unmatched" for line in lines}
        return seen | ({"sent"} if payments else set())

    def live(self, chance, drafts):
        self.company.ai_cash_drafts = drafts
        sale, purchase = self.order(10), self.purchase(6, price=50.0)
        truth = 1000.0 - 300.0
        said = []
        for _number in range(24):
            step, document = chance.choice(STEPS), chance.choice((sale, purchase))
            said.append(f"{step} {document.name}")
            getattr(self, f"step_{step}")(document, chance)
            forecast = self.forecast()
            held = forecast.opening + self.total(forecast)
            self.assertAlmostEqual(held, truth, 2, said)

    # ------------------------------------------------------------------
    # Steps; each does nothing where there is nothing to do
    # ------------------------------------------------------------------

    def step_invoice(self, order, chance):
        """Draft a part of what is left of the order."""
        if order.invoice_ids.filtered(lambda move: move.state == "draft"):
            return
        if order._name == "sale.order":
            line = order.order_line.filtered(lambda one: not one.is_downpayment)
            if line.qty_to_invoice <= 0:
                return
            move = order._create_invoices()
        else:
            if order.order_line.qty_to_invoice <= 0:
                return
            order.action_create_invoice()
            move = order.invoice_ids.filtered(lambda one: one.state == "draft")
        product = move.invoice_line_ids.filtered(lambda one: one.product_id == self.desk)
        # Only an invoice of all that is left takes the down payment off, as people do it.
        if not move.invoice_line_ids - product and product.quantity > 2:
            product.quantity = chance.randint(1, int(product.quantity))

    def step_post(self, order, chance):
        for move in order.invoice_ids.filtered(lambda one: one.state == "draft"):
            move.invoice_date = fields.Date.today()
            move.action_post()

    def step_down_payment(self, order, chance):
        if order._name != "sale.order" or order.invoice_ids:
            return
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_ids=order.ids, active_model="sale.order")
            .create({"advance_payment_method": "fixed", "fixed_amount": 150.0})
        )
        wizard.create_invoices()
        order.invoice_ids.invoice_line_ids.tax_ids = [Command.clear()]

    def step_bank_line(self, order, chance):
        """Money on the bank that nobody has matched yet: no more than is still to come."""
        sign = 1 if order._name == "sale.order" else -1
        left = order.amount_total - self.held(order.partner_id, sign)
        amount = min(chance.choice((40.0, 90.0, 150.0)), left)
        if amount > 0:
            self.bank_line(sign * amount, 0, order.partner_id)

    def held(self, partner, sign):
        """Return what came for a partner already, with payments on their way."""
        lines = self.env["account.bank.statement.line"].search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.company.id)]
        )
        payments = self.env["account.payment"].search(
            [("partner_id", "=", partner.id), ("state", "in", ("in_process", "paid"))]
        )
        waiting = payments.filtered(lambda one: not one.is_matched)
        return sign * sum(lines.mapped("amount")) + sum(waiting.mapped("amount"))

    def unmatched(self, order):
        return self.env["account.bank.statement.line"].search(
            [
                ("partner_id", "=", order.partner_id.id),
                ("is_reconciled", "=", False),
                ("company_id", "=", self.company.id),
            ],
            limit=1,
        )

    def step_match(self, order, chance):
        line = self.unmatched(order)
        moves = order.invoice_ids.filtered(
            lambda one: one.state == "posted" and one.amount_residual
        )
        if line and moves:
            self.match(line, moves[0])

    def step_payment(self, order, chance):
        """Register a payment that waits on the outstanding account for its bank line."""
        moves = order.invoice_ids.filtered(
            lambda one: one.state == "posted" and one.amount_residual
        )
        sign = 1 if order._name == "sale.order" else -1
        if not moves or self.unmatched(order):
            return
        left = order.amount_total - self.held(order.partner_id, sign)
        amount = min(moves[0].amount_residual, left, 60.0)
        if amount <= 0:
            return
        methods = self.bank.inbound_payment_method_line_ids
        methods |= self.bank.outbound_payment_method_line_ids
        methods.payment_account_id = self.outbound_payment_method_line.payment_account_id
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves[0].ids
        ).create({"journal_id": self.bank.id, "amount": amount})._create_payments()

    def step_match_payment(self, order, chance):
        payment = self.env["account.payment"].search(
            [("partner_id", "=", order.partner_id.id), ("state", "=", "in_process")], limit=1
        )
        if not payment.move_id:
            return
        sign = 1 if payment.payment_type == "inbound" else -1
        line = self.bank_line(sign * payment.amount, 0, order.partner_id)
        _liquidity, suspense, _other = line._seek_for_lines()
        waiting = payment.move_id.line_ids.filtered(
            lambda one: one.account_id == payment.outstanding_account_id
        )
        suspense.account_id = waiting.account_id
        (suspense + waiting).reconcile()

    # ------------------------------------------------------------------
    # Single steps
    # ------------------------------------------------------------------

    def test_delivered_more_than_ordered(self):
        self.desk.invoice_policy = "delivery"
        order = self.order(10)
        order.order_line.qty_delivered = 12
        self.assertEqual(self.total(self.forecast(), "sale_order"), 1200.0)

    def test_other_unit_on_the_invoice(self):
        order = self.order(24)
        move = order._create_invoices()
        move.invoice_line_ids.write(
            {"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "quantity": 1.0}
        )
        move.invoice_line_ids.price_unit = 1200.0
        move.action_post()
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "sale_order"), 1200.0)
        self.assertEqual(self.total(forecast, "invoice"), 1200.0)

    def test_instalments_and_credit_note(self):
        move = self.invoice(1000.0, invoice_payment_term_id=self.pay_terms_b.id)
        forecast = self.forecast()
        lines = forecast.line_ids.filtered(lambda one: one.kind == "invoice")
        self.assertEqual(len(lines), 2)
        self.assertEqual(sum(lines.mapped("amount")), 1000.0)
        self.invoice(400.0, kind="out_refund")
        self.assertEqual(self.total(self.forecast(), "invoice"), 600.0)
        self.assertTrue(move.amount_residual)

    def test_unmatched_bank_line_is_apart(self):
        move = self.invoice(500.0)
        self.bank_line(500.0, label=f"Payment {move.name}")
        forecast = self.forecast()
        self.assertEqual(forecast.opening, 500.0)
        self.assertEqual(self.total(forecast, "invoice"), 0.0)
        line = forecast.line_ids.filtered(lambda one: one.kind == "unmatched_bank")
        self.assertEqual((line.amount, line.amount_currency), (0.0, 500.0))
        sources = {one["kind"]: one for one in forecast.result["sources"]}
        self.assertEqual(sources["unmatched_bank"]["amount"], 500.0)

    def test_bank_line_nobody_knows_is_said(self):
        self.invoice(500.0)
        self.bank_line(77.0, label="???")
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "invoice"), 500.0)
        self.assertTrue(any("not matched" in text for text in forecast.result["warnings"]))

    def test_rent_gives_way_to_its_bill(self):
        rent = self.env["ai.cash.manual.line"].create(
            {
                "name": "Rent",
                "kind": "recurring",
                "partner_id": self.gemini.id,
                "amount": -900.0,
                "date": self.day(5),
                "company_id": self.company.id,
            }
        )
        months = len(rent._dates(self.today, self.day(97)))
        self.assertEqual(self.total(self.forecast(), "recurring"), -900.0 * months)
        self.invoice(910.0, partner=self.gemini, kind="in_invoice", due=4)
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "recurring"), -900.0 * (months - 1))
        self.assertEqual(self.total(forecast, "bill"), -910.0)

    def test_drafts_only_where_wanted(self):
        order = self.order(4)
        order._create_invoices()
        self.company.ai_cash_drafts = False
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "draft_invoice"), 0.0)
        self.assertEqual(self.total(forecast, "sale_order"), 400.0)
        self.company.ai_cash_drafts = True
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "draft_invoice"), 400.0)
        self.assertEqual(self.total(forecast, "sale_order"), 0.0)

    def test_payroll_and_tax_days(self):
        self.env["ai.cash.calendar"].create(
            [
                {
                    "name": "Salaries",
                    "kind": "payroll",
                    "rule": "month",
                    "day": 31,
                    "amount": 2000.0,
                    "date": self.today,
                    "company_id": self.company.id,
                },
                {
                    "name": "VAT",
                    "kind": "tax",
                    "rule": "date",
                    "date": self.day(10),
                    "amount": 500.0,
                    "company_id": self.company.id,
                },
            ]
        )
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "tax"), -500.0)
        paid = forecast.line_ids.filtered(lambda one: one.kind == "payroll")
        self.assertIn(len(paid), (3, 4))
        self.assertTrue(all(day.weekday() < 5 for day in paid.mapped("date_due")))

    def test_transfer_between_own_accounts(self):
        other = self.env["account.journal"].create(
            {"name": "Savings", "type": "bank", "code": "SAV", "company_id": self.company.id}
        )
        line = self.bank_line(-300.0)
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.company.transfer_account_id
        forecast = self.forecast()
        self.assertEqual(forecast.opening, -300.0)
        self.assertEqual(self.total(forecast, "transfer"), 300.0)
        other.ai_cash_restricted = True
        self.assertEqual(self.forecast().opening, -300.0)

    def test_form_of_expected_cash(self):
        with Form(self.env["ai.cash.manual.line"]) as form:
            form.name = "Grant"
            form.amount = 100.0
        self.assertEqual(form.record.kind, "manual")
