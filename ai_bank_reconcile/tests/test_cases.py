from collections import defaultdict

from odoo import Command
from odoo.tests import tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestCases(BankMatchCommon):
    """Each way a line and documents go together: suggested, shown, booked, taken back.

    Fees, discounts and tolerances have tests of their own (`test_differences`), as have
    currencies (`test_currencies`) and lines without document (`test_coding*`).
    """

    def round_trip(self, lines, suggested=None):
        """Suggest and apply one line after the other, then undo all; return the log rows.

        :param suggested: what the first row of the log must propose: amounts by document
        """
        before = self.books()
        logs = self.env["ai.audit.log"]
        for line in lines:
            log = self.suggestion(line)
            self.assertTrue(log.proposal["counterparts"], log.proposal.get("why_not"))
            line._ai_invalidate()
            shown = defaultdict(float)
            for row in line.ai_entry_preview:  # a row a document; booked are sums an account
                shown[row["account"], row["partner"]] += row["balance"]
            log.with_user(self.clerk).action_apply()
            self.assertEqual(log.state, "applied", log.error)
            self.assertEqual(self.by_account(line), {key: round(shown[key], 2) for key in shown})
            logs += log
        if suggested is not None:
            self.assertEqual(self.parts(logs[0]), suggested)
        self.after()
        for log in reversed(logs):
            log.with_user(self.clerk).action_undo()
            self.assertEqual(log.state, "undone", log.error)
        self.assertEqual(self.books(), before)
        return logs

    def after(self):
        """Check the books when all is applied; a test sets what that is."""

    def by_account(self, line):
        found = defaultdict(float)
        for item in line.line_ids:
            found[item.account_id.display_name, item.partner_id.display_name or ""] += item.balance
        return {key: round(found[key], 2) for key in found}

    def parts(self, log):
        items = self.env["account.move.line"]
        return {
            items.browse(part["move_line_id"]).move_id: part["amount"]
            for part in log.proposal["counterparts"]
        }

    def payment(self, partner, amount, memo="", date="2026-03-10"):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound" if amount > 0 else "outbound",
                "partner_type": "customer" if amount > 0 else "supplier",
                "partner_id": partner.id,
                "amount": abs(amount),
                "date": date,
                "memo": memo,
                "journal_id": self.bank.id,
            }
        )
        payment.action_post()
        return payment

    def outstanding(self, payment):
        return payment.move_id.line_ids.filtered(
            lambda item: item.account_id == payment.outstanding_account_id
        )

    # ------------------------------------------------------------------
    # Several documents, several lines
    # ------------------------------------------------------------------

    def test_one_line_to_many_named_documents(self):
        moves = self.env["account.move"].union(
            *(self.invoice(self.azure, amount) for amount in (110.0, 220.5, 330.0))
        )
        line = self.bank_line(" ".join(moves.mapped("name")), 660.5)
        self.after = lambda: self.assertEqual(set(moves.mapped("payment_state")), {"paid"})
        self.round_trip(line, dict(zip(moves, ("110.00", "220.50", "330.00"), strict=True)))

    def test_one_line_to_many_documents_without_numbers(self):
        wanted = self.env["account.move"].union(
            *(self.invoice(self.azure, amount) for amount in (113.17, 291.4))
        )
        self.invoice(self.azure, 87.03)
        line = self.bank_line("Payment", 404.57, partner_name="Azure Interior")
        self.round_trip(line, dict(zip(wanted, ("113.17", "291.40"), strict=True)))

    def test_many_lines_to_one_document(self):
        move = self.invoice(self.azure, 1000.0)
        lines = [self.bank_line(f"{move.name} rate {part}", 500.0) for part in (1, 2)]
        self.after = lambda: self.assertEqual(
            (move.payment_state, move.amount_residual), ("paid", 0)
        )
        self.round_trip(lines, {move: "500.00"})

    def test_two_lines_of_one_batch_never_take_the_same_document(self):
        move = self.invoice(self.azure, 700.0)
        lines = self.bank_line(move.name, 700.0) + self.bank_line(move.name, 700.0)
        lines.action_ai_suggest()
        takers = [line for line in lines if line.ai_suggestion_id.proposal["counterparts"]]
        self.assertEqual(len(takers), 1)

    def test_instalments(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (10, 40)
                ],
            }
        )
        move = self.invoice(self.azure, 800.0, invoice_payment_term_id=terms.id)
        first, second = self.open_item(move).sorted("date_maturity")
        line = self.bank_line(f"{move.name} 1/2", 400.0, date="2026-03-12")
        self.after = lambda: self.assertEqual(
            (first.reconciled, second.reconciled, move.payment_state), (True, False, "partial")
        )
        [log] = self.round_trip(line)
        self.assertEqual(log.proposal["counterparts"][0]["move_line_id"], first.id)

    # ------------------------------------------------------------------
    # More or less than is open
    # ------------------------------------------------------------------

    def test_partial(self):
        move = self.invoice(self.azure, 900.0)
        line = self.bank_line(f"{move.name} Teilzahlung", 300.0)
        self.after = lambda: self.assertEqual(move.amount_residual, 600.0)
        self.round_trip(line, {move: "300.00"})

    def test_over_payment_stays_an_open_credit(self):
        move = self.invoice(self.azure, 900.0)
        line = self.bank_line(move.name, 950.0, partner_name="Azure Interior")

        def after():
            self.assertEqual(move.payment_state, "paid")
            credit = self.env["account.move.line"].search(
                [("move_id", "=", line.move_id.id), ("account_type", "=", "asset_receivable")]
            )
            self.assertEqual(sum(credit.mapped("amount_residual")), -50.0)
            self.assertEqual(credit.partner_id, self.azure)

        self.after = after
        [log] = self.round_trip(line, {move: "900.00"})
        self.assertEqual(log.proposal["remainder_handling"], "on_account")

    # ------------------------------------------------------------------
    # Registered payments
    # ------------------------------------------------------------------

    def test_batch_deposit(self):
        """Cheques paid in together are one line of the bank."""
        payments = [self.payment(self.azure, amount, "DEP/0007") for amount in (120.0, 80.0)]
        payments.append(self.payment(self.wood, 55.5, "DEP/0007"))
        line = self.bank_line("Cheque deposit DEP/0007", 255.5, date="2026-03-11")
        items = self.env["account.move.line"].union(*map(self.outstanding, payments))
        self.after = lambda: self.assertEqual(set(items.mapped("reconciled")), {True})
        [log] = self.round_trip(line)
        found = {part["move_line_id"] for part in log.proposal["counterparts"]}
        self.assertEqual(found, set(items.ids))

    def test_pay_out_of_a_provider_less_its_fee(self):
        self.company.ai_bank_fee_account_id = self.company_data["default_account_expense"]
        payments = [
            self.payment(self.azure, 100.0, "po_771204"),
            self.payment(self.wood, 60.0, "po_771204"),
        ]
        line = self.bank_line("PAYOUT po_771204 GROSS 160.00 FEES 3.10", 156.9, date="2026-03-12")
        items = self.env["account.move.line"].union(*map(self.outstanding, payments))
        self.after = lambda: self.assertEqual(set(items.mapped("reconciled")), {True})
        [log] = self.round_trip(line)
        self.assertEqual(
            [(part["purpose"], part["amount"]) for part in log.proposal["write_offs"]],
            [("fee", "-3.10")],
        )

    # ------------------------------------------------------------------
    # Money back
    # ------------------------------------------------------------------

    def test_refund_to_a_customer(self):
        move = self.invoice(self.azure, 240.0, "out_refund")
        line = self.bank_line(f"Refund {move.name}", -240.0, partner_name="Azure Interior")
        self.after = lambda: self.assertEqual(move.payment_state, "paid")
        self.round_trip(line, {move: "240.00"})

    def test_refund_from_a_supplier(self):
        move = self.invoice(self.wood, 75.0, "in_refund", ref="GS 2291")
        line = self.bank_line("Gutschrift GS 2291", 75.0, partner_name="Wood Corner")
        self.after = lambda: self.assertEqual(move.payment_state, "paid")
        self.round_trip(line, {move: "75.00"})

    # ------------------------------------------------------------------
    # Returns
    # ------------------------------------------------------------------

    def paid(self, amount):
        """Return an invoice that a bank line paid."""
        move = self.invoice(self.azure, amount)
        line = self.bank_line(move.name, amount, partner_name="Azure Interior")
        self.suggestion(line).action_apply()
        self.assertEqual(move.payment_state, "paid")
        return move, line

    def test_direct_debit_return(self):
        """The document is open again, and undo closes it."""
        move, first = self.paid(310.0)
        label = f"Ruecklastschrift {move.name}"
        line = self.bank_line(label, -310.0, "2026-03-24", partner_name="Azure Interior")

        def after():
            self.assertEqual((move.payment_state, move.amount_residual), ("not_paid", 310.0))
            self.assertTrue(first.is_reconciled)
            self.assertTrue(line.is_reconciled)

        self.after = after
        [log] = self.round_trip(line)
        self.assertIn(move.name, log.summary)
        self.assertFalse(log.auto_eligible, "a person looks at it")
        self.assertEqual(move.payment_state, "paid")

    def test_direct_debit_return_with_the_banks_fee(self):
        fees = self.company_data["default_account_expense"]
        self.company.ai_bank_fee_account_id = fees
        move, _first = self.paid(310.0)
        line = self.bank_line(f"RETURNED DD {move.name}", -313.5, "2026-03-24")

        def after():
            self.assertEqual(move.amount_residual, 310.0)
            fee = line.line_ids.filtered(lambda item: item.account_id == fees)
            self.assertEqual(fee.balance, 3.5)

        self.after = after
        self.round_trip(line)

    def test_a_return_of_a_document_paid_again_is_not_undone(self):
        move, _first = self.paid(310.0)
        line = self.bank_line(f"Ruecklastschrift {move.name}", -310.0, "2026-03-24")
        log = self.suggestion(line)
        log.action_apply()
        again = self.bank_line(move.name, 310.0, "2026-03-28", partner_name="Azure Interior")
        self.suggestion(again).action_apply()
        self.assertEqual(move.payment_state, "paid")
        books = self.books()
        log.action_undo()
        self.assertEqual(log.state, "applied")
        self.assertIn("paid again", log.error)
        self.assertEqual(self.books(), books)
