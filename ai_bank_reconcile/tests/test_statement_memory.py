from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .statement_common import StatementCommon, as_csv

ODD = ("Wann", "Wieviel", "Wofür")


@tagged("post_install", "-at_install")
class TestStatementMemory(StatementCommon):
    """How a bank's file is read is remembered for that bank."""

    def odd_file(self, *days):
        return as_csv([(day, "10.00", f"INV {day}") for day in days], ODD)

    def learn(self):
        wizard = self.wizard(self.odd_file("03/04/2026", "03/05/2026"), filename="first.csv")
        self.assertIn("Choose the column", wizard.problems)
        wizard.write(
            {
                "column_date": "0",
                "column_amount": "1",
                "column_label": "2",
                "date_order": "mdy",
                "opposite": True,
            }
        )
        wizard.action_import()

    def test_the_second_file_needs_no_help(self):
        self.learn()
        wizard = self.wizard(self.odd_file("03/06/2026", "03/07/2026"), filename="second.csv")
        self.assertFalse(wizard.problems)
        self.assertRecordValues(
            wizard,
            [{"column_date": "0", "column_amount": "1", "column_label": "2", "date_order": "mdy",
              "opposite": True, "amount_total": -20.0, "known_count": 0}],
        )  # fmt: skip
        self.assertIn("Read as the file first.csv of", wizard.format_note)
        wizard.action_import()
        layout = self.env["ai.bank.statement.format"].search([("journal_id", "=", self.bank.id)])
        self.assertEqual(layout.filename, "second.csv")

    def test_what_the_file_says_is_stronger(self):
        """The order of day and month was chosen for the last file; this one has a 25th first."""
        self.learn()
        wizard = self.wizard(self.odd_file("25/03/2026", "26/03/2026"), filename="second.csv")
        self.assertEqual(wizard.date_order, "dmy")

    def test_another_bank_has_its_own_memory(self):
        self.learn()
        other = self.bank.copy({"name": "Second bank", "code": "BNK9"})
        wizard = self.wizard(self.odd_file("03/06/2026"), journal_id=other.id)
        self.assertFalse(wizard.format_id or wizard.format_note)
        self.assertIn("Choose the column", wizard.problems)

    def test_other_columns_are_another_layout(self):
        self.learn()
        wizard = self.wizard(as_csv([("10.00", "03/06/2026", "x")], ("Wieviel", "Wann", "Wofür")))
        self.assertFalse(wizard.format_id)

    def test_layouts_and_imports_are_of_one_company(self):
        self.learn()
        other = self.setup_other_company()["company"]
        stranger = new_test_user(
            self.env, "stranger", "ai_bank_reconcile.group_bank_user", company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        plain = new_test_user(
            self.env, "plain", "base.group_user", company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        for name in ("ai.bank.statement.format", "ai.bank.statement.upload"):
            with self.subTest(name):
                own = self.env[name].search([("journal_id", "=", self.bank.id)])
                self.assertTrue(own.with_user(self.clerk).read(["filename"]))
                self.assertFalse(own.with_user(stranger).search([]))
                with self.assertRaises(AccessError):
                    own.with_user(stranger).read(["filename"])
                with self.assertRaises(AccessError):
                    own.with_user(plain).read(["filename"])
