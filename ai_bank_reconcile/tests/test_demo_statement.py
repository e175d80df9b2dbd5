from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.ai_finance_engine.money import from_minor

from ..demo.payments import Document, demo_iban, demo_payments, swap_letters
from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestDemoStatement(BankMatchCommon):
    """The demo statement fits whatever documents a company has open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)

    def day(self, days):
        return self.today - timedelta(days=days)

    def load(self):
        return self.env["ai.bank.demo"]._load_statement(self.company)

    def documents(self):
        """Three customer invoices, one of them for a second customer, and a bill."""
        self.invoice(self.azure, 100.0, date=self.day(20))
        self.invoice(self.wood, 250.5, date=self.day(18))
        self.invoice(self.azure, 75.25, date=self.day(12))
        self.invoice(self.wood, 40.0, "in_invoice", date=self.day(15), ref="WC-77")

    def test_statement(self):
        self.documents()
        statement = self.load()
        self.assertRecordValues(
            statement,
            [{"journal_id": self.bank.id, "is_complete": True, "is_valid": True}],
        )
        dates = statement.line_ids.mapped("date")
        self.assertLess(max(dates), self.today)
        self.assertGreaterEqual(min(dates), self.day(24))
        self.assertGreater(len(set(dates)), 8)
        labels = statement.line_ids.mapped("payment_ref")
        self.assertRegex(" | ".join(labels), r"Invoices INV/\d+/\d+ and \d+")
        bill = statement.line_ids.filtered(lambda line: line.payment_ref == "Payment WC-77")
        self.assertEqual(bill.amount, -40.0)
        fee = statement.line_ids.filtered(lambda line: "fee" in line.payment_ref)
        self.assertEqual(fee.amount, -12.9)

    def test_file_is_kept(self):
        self.documents()
        statement = self.load()
        self.assertRegex(statement.reference, r"^CAMT053_\d{4}-\d\d-\d\d\.xml$")
        camt = statement.attachment_ids.filtered(lambda file: file.name == statement.reference)
        self.assertIn(b"camt.053.001.02", camt.raw)

    def test_no_suggestions_yet(self):
        self.documents()
        lines = self.load().line_ids
        self.assertFalse(self.env["ai.audit.log"].search([("res_id", "in", lines.ids)]))

    def test_few_documents_are_filled_up(self):
        self.documents()
        self.load()
        moves = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("state", "=", "posted")]
        )
        kinds = moves.mapped("move_type")
        self.assertGreaterEqual(kinds.count("out_invoice"), 12)
        self.assertGreaterEqual(kinds.count("in_invoice"), 4)

    def test_continues_the_last_statement(self):
        self.documents()
        old = self.env["account.bank.statement"].create(
            {
                "name": "Before",
                "balance_start": 1000.0,
                "balance_end_real": 900.0,
                "line_ids": [
                    fields.Command.create(
                        {
                            "journal_id": self.bank.id,
                            "date": self.day(10),
                            "payment_ref": "Rent",
                            "amount": -100.0,
                        }
                    )
                ],
            }
        )
        statement = self.load()
        self.assertEqual(statement.balance_start, old.balance_end_real)
        self.assertGreater(min(statement.line_ids.mapped("date")), self.day(10))
        self.assertTrue(statement.is_valid)

    def test_loads_once(self):
        self.documents()
        self.load()
        self.assertFalse(self.load())

    def test_bank_account(self):
        self.bank.bank_account_id = False
        self.documents()
        self.load()
        self.assertEqual(self.bank.bank_account_id.acc_number, demo_iban(self.bank.id))

    def test_no_bank_journal(self):
        self.bank.active = False
        self.assertFalse(self.load())

    def test_payments_of_one_document(self):
        """Nothing is paid on the day of its invoice, nor tomorrow."""
        new, old = (
            Document(
                number=f"INV/2026/0001{at}",
                partner_id=at,
                partner="Azure Interior",
                amount=from_minor(12345),
                date=self.day(days),
                due=self.day(days) + timedelta(days=30),
            )
            for at, days in ((1, 1), (2, 9))
        )
        payments = demo_payments([new, old], self.day(24), self.today)
        found = [payment for payment in payments if "INV" in payment.label]
        self.assertEqual([payment.label for payment in found], ["INV/2026/00012 thank you"])
        self.assertTrue(old.date < found[0].date < self.today)

    def test_helpers(self):
        self.assertEqual(swap_letters("Azure Interior"), "Azure Intreior")
        self.assertEqual(int(demo_iban(7)[4:] + "1314" + demo_iban(7)[2:4]) % 97, 1)
