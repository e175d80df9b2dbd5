from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .by_hand_common import ByHandCommon


@tagged("post_install", "-at_install")
class TestByHand(ByHandCommon):
    """A person splits a bank line as they like; the books add up and undo restores them."""

    # ------------------------------------------------------------------
    # Splits
    # ------------------------------------------------------------------

    def test_two_documents_and_an_account_with_tax_and_analytic(self):
        first, second = self.invoice(self.azure, 500.0), self.invoice(self.wood, 300.0)
        line = self.bank_line("nothing fits here", 921.0)
        before = self.books()
        share = {str(self.project.id): 100.0}
        log = self.book(
            line,
            self.of_item(first, 500.0),
            self.of_item(second, 300.0),
            self.of_account(
                self.cards, 121.0, tax_ids=self.tax.ids, analytic_distribution=share, label="Diesel"
            ),
        )
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((log.maker_id, log.executed_by_id), (self.clerk, self.clerk))
        self.assertTrue(line.is_reconciled)
        self.assertEqual((first.payment_state, second.payment_state), ("paid", "paid"))
        tax_account = self.company_data["default_account_tax_purchase"]
        receivable = self.open_item(first).account_id
        self.assertEqual(
            self.booked(line), {receivable: -800.0, self.cards: -100.0, tax_account: -21.0}
        )
        base = line.line_ids.filtered(lambda item: item.account_id == self.cards)
        self.assertEqual((base.tax_ids, base.name), (self.tax, "Diesel"))
        self.assertEqual(base.analytic_distribution, share)
        self.assertTrue(base.tax_tag_ids)
        self.assertFalse(round(sum(line.line_ids.mapped("balance")), 2))
        self.assertNotEqual(self.books(), before)
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_a_document_taken_in_part_stays_open(self):
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line("part", 400.0)
        before = self.books()
        log = self.book(line, self.of_item(move, 400.0))
        self.assertEqual((move.payment_state, move.amount_residual), ("partial", 600.0))
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_two_documents_one_of_them_in_part(self):
        first, second = self.invoice(self.azure, 500.0), self.invoice(self.azure, 300.0)
        line = self.bank_line("part", 700.0)
        before = self.books()
        log = self.book(line, self.of_item(first, 450.0), self.of_item(second, 250.0))
        self.assertEqual((first.amount_residual, second.amount_residual), (50.0, 50.0))
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_money_out_less_a_credit_note(self):
        bill = self.invoice(self.wood, 900.0, move_type="in_invoice")
        credit = self.invoice(self.wood, 100.0, move_type="in_refund")
        line = self.bank_line("net", -800.0)
        before = self.books()
        log = self.book(line, self.of_item(bill, 900.0), self.of_item(credit, -100.0))
        self.assertEqual((bill.payment_state, credit.payment_state), ("paid", "paid"))
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_over_payment_on_account_is_an_open_credit(self):
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line("too much", 1100.0)
        receivable = self.open_item(move).account_id
        log = self.book(
            line,
            self.of_item(move, 1000.0),
            self.of_account(receivable, 100.0, partner_id=self.azure.id),
        )
        self.assertTrue(line.is_reconciled)
        credit = line.line_ids.filtered(
            lambda item: item.account_id == receivable and item.amount_residual
        )
        self.assertEqual((credit.partner_id, credit.amount_residual), (self.azure, -100.0))
        found = self.bank_line("next", 10.0).ai_by_hand_search("Azure")["items"]
        self.assertIn(credit.id, [item["id"] for item in found], "it can be used later")
        self.assertIn("account of Azure Interior", log.summary)

    def test_several_accounts_without_any_document(self):
        line = self.bank_line("rent and fee", -1000.0)
        before = self.books()
        log = self.book(line, self.of_account(self.rent, 990.0), self.of_account(self.fees, 10.0))
        self.assertEqual(self.booked(line), {self.rent: 990.0, self.fees: 10.0})
        self.assertTrue(line.is_reconciled)
        self.assertIn("Rent", log.summary)
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_a_positive_and_a_negative_account_part(self):
        """A card payout of 1,000 less a fee of 30."""
        line = self.bank_line("payout", 970.0)
        self.book(line, self.of_account(self.interest, 1000.0), self.of_account(self.fees, -30.0))
        self.assertEqual(self.booked(line), {self.interest: -1000.0, self.fees: 30.0})

    def test_an_outstanding_payment(self):
        invoice = self.invoice(self.azure, 500.0)
        payment = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": "2026-03-10"})
            ._create_payments()
        )
        line = self.bank_line("unreadable", 500.0)
        [found] = line.ai_by_hand_search(payment.move_id.name)["items"]
        self.assertTrue(found["is_payment"])
        self.book(line, {"move_line_id": found["id"], "amount": 500.0})
        self.assertEqual(invoice.payment_state, "paid")

    # ------------------------------------------------------------------
    # Currencies
    # ------------------------------------------------------------------

    def foreign(self):
        return self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-10", 2.5)])

    def test_a_document_in_another_currency(self):
        """120 EUR invoiced at 2, paid with 48 at 2.5: core books the 12 that the rate took."""
        move = self.invoice(self.azure, 120.0, currency_id=self.foreign().id)
        other = self.invoice(self.azure, 100.0)
        line = self.bank_line("both", 148.0)
        before = self.books()
        [found] = line.ai_by_hand_search(move.name)["items"]
        self.assertEqual((found["amount"], found["item_amount"]), (48.0, 120.0))
        log = self.book(line, self.of_item(move, 48.0), self.of_item(other, 100.0))
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((move.payment_state, other.payment_state), ("paid", "paid"))
        item = self.open_item(move)
        exchange = item.matched_credit_ids.exchange_move_id
        self.assertEqual(sum(exchange.line_ids.mapped("debit")), 12.0)
        self.undo(log)
        self.assertEqual(self.books()[1:], before[1:])
        self.assertEqual(*(self.whole(books[0]) for books in (self.books(), before)))

    def whole(self, balances):
        """Balances to the cent; core leaves reversal pairs that cancel each other out."""
        rounded = {key: tuple(round(one, 2) for one in row) for key, row in balances.items()}
        return {key: row for key, row in rounded.items() if any(row)}

    def test_a_part_of_a_document_in_another_currency(self):
        move = self.invoice(self.azure, 120.0, currency_id=self.foreign().id)
        line = self.bank_line("half", 24.0)
        log = self.book(line, self.of_item(move, 24.0, item_amount=60.0))
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((move.payment_state, move.amount_residual), ("partial", 60.0))

    def test_a_line_in_another_currency_pays_documents_in_two(self):
        euro = self.foreign()
        theirs = self.invoice(self.azure, 100.0, currency_id=euro.id)
        ours = self.invoice(self.azure, 40.0)
        line = self.bank_line("mixed", 80.0, foreign_currency_id=euro.id, amount_currency=200.0)
        before = self.books()
        log = self.book(
            line, self.of_item(theirs, 100.0), self.of_item(ours, 100.0, item_amount=40.0)
        )
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((theirs.payment_state, ours.payment_state), ("paid", "paid"))
        self.assertFalse(round(sum(line.line_ids.mapped("balance")), 2))
        self.undo(log)
        self.assertEqual(self.books()[1:], before[1:])

    # ------------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------------

    def assertRefused(self, line, sentence, *parts, user=None):
        logs = self.env["ai.audit.log"].search_count([])
        preview = line.with_user(user or self.clerk).ai_by_hand_preview(list(parts))
        self.assertIn(sentence, " ".join(preview["problems"]))
        with self.assertRaisesRegex(UserError, sentence):
            self.book(line, *parts, user=user)
        self.assertFalse(line.is_reconciled)
        self.assertEqual(self.env["ai.audit.log"].search_count([]), logs, "nothing was done")

    def test_wrong_totals(self):
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line("x", 900.0)
        self.assertRefused(line, "100.00 of the bank line", self.of_item(move, 800.0))
        self.assertRefused(line, "exceed the bank line by 100.00", self.of_item(move, 1000.0))
        self.assertRefused(line, "Nothing is chosen")

    def test_a_proposal_that_does_not_add_up_is_never_booked(self):
        """Wherever it came from: the entry would hide the difference."""
        line = self.bank_line("x", 900.0)
        log = self.book(line, self.of_account(self.rent, 900.0))
        self.undo(log)
        wrong = {**log.proposal, "write_off": {**log.proposal["write_off"], "amount": "800.00"}}
        problems = self.env["ai.finance.task.bank.match"]._check({line: wrong})
        self.assertIn("add up", problems[line][0]["text"])

    def test_more_than_is_open(self):
        move = self.invoice(self.azure, 100.0)
        self.assertRefused(self.bank_line("x", 150.0), "Less than that", self.of_item(move, 150.0))

    def test_a_document_twice(self):
        move = self.invoice(self.azure, 100.0)
        parts = [self.of_item(move, 50.0), self.of_item(move, 50.0)]
        self.assertRefused(self.bank_line("x", 100.0), "twice", *parts)

    def test_what_is_paid_already(self):
        move = self.invoice(self.azure, 100.0)
        self.book(self.bank_line("first", 100.0), self.of_item(move, 100.0))
        again = self.bank_line("second", 100.0)
        self.assertRefused(again, "not open for this bank line", self.of_item(move, 100.0))
        self.assertFalse(again.ai_by_hand_search(move.name)["items"])

    def test_an_item_of_another_company(self):
        other = self.setup_other_company()
        theirs = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.azure.id,
                "invoice_date": "2026-03-02",
                "company_id": other["company"].id,
                "journal_id": other["default_journal_sale"].id,
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": 100.0, "tax_ids": []})
                ],
            }
        )
        theirs.action_post()
        line = self.bank_line("x", 100.0)
        # Also for who may read both companies.
        self.clerk.write({"company_ids": [Command.link(other["company"].id)]})
        with self.assertRaisesRegex(UserError, "not open|does not exist"):
            self.book(line, self.of_item(theirs, 100.0))
        self.assertFalse(line.ai_by_hand_search(theirs.name)["items"])
        with self.assertRaisesRegex(UserError, "cannot be used"):
            self.book(line, self.of_account(other["default_account_expense"], 100.0))

    def test_the_banks_own_accounts(self):
        line = self.bank_line("x", 100.0)
        for account in (self.bank.suspense_account_id, self.bank.default_account_id):
            self.assertRefused(line, "own account", self.of_account(account, 100.0))

    def test_on_account_of_nobody(self):
        receivable = self.open_item(self.invoice(self.azure, 1.0)).account_id
        line = self.bank_line("x", 100.0)
        self.assertRefused(line, "needs a partner", self.of_account(receivable, 100.0))

    def test_locked_periods(self):
        line = self.bank_line("x", -121.0)
        part = self.of_account(self.rent, 121.0)
        taxed = {**part, "tax_ids": self.tax.ids}
        with patch.object(self.env.registry["res.company"], "_validate_locks"):
            self.company.sudo().tax_lock_date = "2026-03-31"
            self.assertRefused(line, "is locked", taxed)
            log = self.book(line, part)
            self.undo(log)
            with self.locked_until("2026-03-31"):
                self.assertRefused(line, "is locked", part)

    def test_amounts_that_are_none(self):
        line = self.bank_line("x", 100.0)
        for wrong in ("abc", float("nan"), float("inf")):
            with self.assertRaisesRegex(UserError, "not an amount"):
                self.book(line, self.of_account(self.rent, wrong))

    def test_a_line_that_people_matched_stays_as_it_is(self):
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line("x", 100.0, partner_id=self.azure.id)
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.open_item(move).account_id
        (suspense + self.open_item(move)).reconcile()
        before = self.books()
        with self.assertRaisesRegex(UserError, "is matched"):
            self.book(line, self.of_account(self.rent, 100.0))
        self.assertEqual(self.books(), before)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def test_without_accounting_rights_nothing_is_possible(self):
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line("x", 100.0)
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        plain = new_test_user(self.env, "plain", "ai_audit_log.group_ai_user", **own)
        theirs = line.with_user(plain)
        for work in (
            lambda: self.book(line, self.of_item(move, 100.0), user=plain),
            theirs.ai_by_hand_open,
            theirs.ai_by_hand_search,
            theirs.action_ai_by_hand,
            theirs.action_ai_new_bill,
            lambda: theirs.ai_by_hand_preview([]),
            lambda: theirs.ai_desk_difference("open"),
            lambda: self.env["ai.bank.by.hand"].with_user(plain).create({"line_id": line.id}),
        ):
            with self.assertRaises(AccessError):
                work()
        self.assertFalse(line.is_reconciled)

    def test_the_screen_of_another_company_is_not_seen(self):
        wizard = self.env["ai.bank.by.hand"].create({"line_id": self.bank_line("x", 1.0).id})
        wizard.part_ids = [Command.create({"account_id": self.rent.id, "amount": 1.0})]
        self.assertEqual(wizard.company_id, self.company)
        other = self.setup_other_company()["company"]
        theirs = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        stranger = new_test_user(
            self.env, "stranger", "ai_bank_reconcile.group_bank_user", **theirs
        )
        for record in (wizard, wizard.part_ids):
            self.assertTrue(record.with_user(self.clerk).has_access("write"))
            self.assertFalse(record.with_user(stranger).has_access("read"))
