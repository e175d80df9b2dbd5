from odoo import Command
from odoo.tests import tagged

from .common import BankMatchCommon

RATES = {"EUR": 2.0, "CHF": 4.0}  # units for one of the company's currency


@tagged("post_install", "-at_install")
class TestCurrencies(BankMatchCommon):
    """Line, journal and document in any three currencies: core books the rest, undo restores."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.company.currency_id
        cls.currencies = {cls.own.name: cls.own}
        for name, rate in RATES.items():
            currency = cls.env["res.currency"].with_context(active_test=False)
            currency = currency.search([("name", "=", name)])
            currency.active = True
            cls.env["res.currency.rate"].search([("currency_id", "=", currency.id)]).unlink()
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "company_id": cls.company.id,
                    "name": "2026-01-01",
                    "rate": rate,
                }
            )
            cls.currencies[name] = currency
        cls.journals = {
            name: cls.bank
            if currency == cls.own
            else cls.env["account.journal"].create(
                {
                    "name": f"Bank {name}",
                    "type": "bank",
                    "code": f"B{name}",
                    "currency_id": currency.id,
                    "company_id": cls.company.id,
                }
            )
            for name, currency in cls.currencies.items()
        }

    def rate(self, name):
        return RATES.get(name, 1.0)

    def line_of(self, journal, document, move, amount, stated=True):
        """Return a line in the journal's currency that pays ``amount`` of the document's."""
        own = amount / self.rate(document) * self.rate(journal)
        values = {"journal_id": self.journals[journal].id, "partner_name": "Azure Interior"}
        if journal != document and stated:
            values["foreign_currency_id"] = self.currencies[document].id
            values["amount_currency"] = amount
        return self.bank_line(move.name, own, **values)

    def apply(self, line):
        log = self.suggestion(line)
        self.assertEqual(log.proposal["kind"], "match", log.proposal)
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        return log

    def test_three_by_three_whole_and_in_part(self):
        for journal in self.currencies:
            for document in self.currencies:
                for share in (1.0, 0.4):
                    with self.subTest(journal=journal, document=document, share=share):
                        self.check(journal, document, share)

    def check(self, journal, document, share):
        move = self.invoice(self.azure, 1000.0, currency_id=self.currencies[document].id)
        line = self.line_of(journal, document, move, 1000.0 * share)
        before = self.books()
        log = self.apply(line)
        self.assertTrue(line.is_reconciled)
        self.assertAlmostEqual(move.amount_residual, 1000.0 * (1 - share), 2)
        self.assertBalanced(line)
        log.action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertEqual(self.books(), before)
        move.button_draft()
        move.button_cancel()

    def assertBalanced(self, line):
        self.assertTrue(self.own.is_zero(sum(line.line_ids.mapped("balance"))))

    def test_a_rate_that_moved_is_an_exchange_difference(self):
        """Invoiced at 2.0, paid at 2.5: the document is paid, core books the difference."""
        move = self.invoice(self.azure, 1000.0, currency_id=self.currencies["EUR"].id)
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.currencies["EUR"].id,
                "company_id": self.company.id,
                "name": "2026-03-10",
                "rate": 2.5,
            }
        )
        line = self.bank_line(
            move.name, 1000.0, journal_id=self.journals["EUR"].id, partner_name="Azure Interior"
        )
        before = self.books()
        log = self.apply(line)
        self.assertFalse(move.amount_residual)
        item = self.open_item(move)
        exchange = (item.matched_debit_ids + item.matched_credit_ids).exchange_move_id
        self.assertTrue(exchange)
        self.assertAlmostEqual(sum(exchange.line_ids.mapped("debit")), 100.0, 2)
        log.action_undo()
        self.assertEqual(self.books(), before)

    def test_a_bank_that_states_no_other_currency(self):
        """A document in euro paid from a franc account, which only says the number and francs."""
        move = self.invoice(self.azure, 1000.0, currency_id=self.currencies["EUR"].id)
        line = self.line_of("CHF", "EUR", move, 1000.0 * 0.995, stated=False)
        before = self.books()
        log = self.suggestion(line)
        self.assertEqual(
            self.open_item(move).ids,
            [part["move_line_id"] for part in log.proposal["counterparts"]],
        )
        self.assertFalse(log.auto_eligible, "a rate proves little")
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertFalse(move.amount_residual)
        self.assertBalanced(line)
        log.action_undo()
        self.assertEqual(self.books(), before)

    def test_cash_basis_tax_becomes_due_with_the_payment(self):
        self.company.tax_exigibility = True
        transition = self.env["account.account"].create(
            {
                "name": "Tax not due yet",
                "code": "251199",
                "account_type": "liability_current",
                "reconcile": True,
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        tax = self.company_data["default_tax_sale"].copy(
            {
                "name": "15 % when paid",
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": transition.id,
            }
        )
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.azure.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": 100.0, "tax_ids": tax.ids})
                ],
            }
        )
        move.action_post()
        line = self.bank_line(move.name, move.amount_total, partner_name="Azure Interior")
        before = self.books()
        log = self.apply(line)
        due = move.tax_cash_basis_created_move_ids
        self.assertTrue(due)
        tax_amount = move.amount_tax
        booked = due.line_ids.filtered(lambda item: item.account_id == transition)
        self.assertAlmostEqual(sum(booked.mapped("debit")), tax_amount, 2)
        log.action_undo()
        self.assertEqual(self.books(), before)
