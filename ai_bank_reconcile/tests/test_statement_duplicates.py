import base64

from odoo.tests import tagged

from .statement_common import StatementCommon, as_csv

BALANCES = ("Date", "Description", "Amount", "Balance")


@tagged("post_install", "-at_install")
class TestStatementDuplicates(StatementCommon):
    """Lines that came in another format are found; what does not follow is asked."""

    def test_lines_of_another_format_are_left_out(self):
        """A CAMT file brought ten of forty lines: other texts, no mark of ours."""
        days = [f"2026-03-{at + 1:02d}" for at in range(20)]
        for day in days[:12]:
            self.bank_line(
                f"INVOICE {day[-2:]} / REF 4711", 10.0, date=day, partner_name="AZURE INTERIOR SA"
            )
        rows = [(day, f"Invoice {day[-2:]}", "Azure Interior", "10.00") for day in days]
        rows += [(day, f"Fee {day[-2:]}", "", "-1.00") for day in days]
        wizard = self.wizard(as_csv(rows))
        self.assertEqual(
            (wizard.line_count, wizard.known_count, wizard.new_count, wizard.alike_count),
            (40, 12, 28, 0),
        )
        self.assertEqual([row["known"] for row in wizard.preview], [True] * 8)
        action = wizard.action_import()
        self.assertRegex(action["params"]["message"], "imported: 28.* before: 12")
        again = self.wizard(as_csv(rows), filename="again.csv")
        self.assertEqual((again.known_count, again.new_count), (40, 0))

    def test_twins_of_another_format_are_counted(self):
        """Two coffees came by CAMT, the file has three: the third is new."""
        for _number in range(2):
            self.bank_line("COFFEE", -3.5, date="2026-03-02")
        coffee = ("2026-03-02", "Coffee", "", "-3.50")
        statement = self.load(as_csv([coffee] * 3))
        self.assertEqual(len(statement.line_ids), 1)
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.bank.id), ("amount", "=", -3.5)]
        )
        self.assertEqual(len(lines), 3)

    def test_other_payments_of_the_day_are_kept(self):
        self.bank_line("Salary March", -2000.0, date="2026-03-02", partner_name="Anna Berg")
        rows = [("2026-03-02", "Salary March", "Bert Tal", "-2000.00")]
        wizard = self.wizard(as_csv(rows))
        self.assertEqual((wizard.known_count, wizard.alike_count), (0, 1))
        self.assertTrue(wizard.preview[0]["alike"])
        self.assertEqual(len(self.load(as_csv(rows)).line_ids), 1)

    def test_a_cancelled_line_is_not_there(self):
        line = self.bank_line("Coffee", -3.5, date="2026-03-02")
        line.move_id.button_cancel()
        wizard = self.wizard(as_csv([("2026-03-02", "Coffee", "", "-3.50")]))
        self.assertEqual(wizard.known_count, 0)

    def test_a_statement_that_does_not_follow_is_asked(self):
        self.load(as_csv([("2026-03-02", "One", "10.00", "110.00")], BALANCES))
        content = as_csv([("2026-03-05", "Three", "30.00", "165.00")], BALANCES)
        wizard = self.wizard(content, filename="second.csv")
        self.assertFalse(wizard.problems)
        self.assertIn("(march.csv) ends with", wizard.doubts)
        self.assertRegex(wizard.doubts, r"110\.00.*135\.00.*25\.00")
        self.assertRefused(wizard, "Nothing was imported")
        wizard.accept_doubts = True
        wizard.action_import()
        upload = self.env["ai.bank.statement.upload"].search([("filename", "=", "second.csv")])
        self.assertIn("25.00", upload.note)
        self.assertFalse(upload.statement_id.is_valid)

    def test_a_statement_that_follows_is_not_asked(self):
        self.load(as_csv([("2026-01-02", "One", "10.00", "110.00")], BALANCES))
        wizard = self.wizard(as_csv([("2026-03-05", "Two", "30.00", "140.00")], BALANCES))
        self.assertFalse(wizard.doubts)

    def test_weeks_without_lines_are_asked_where_no_balance_helps(self):
        self.load(as_csv([("2026-03-02", "One", "A", "10.00")]))
        wizard = self.wizard(as_csv([("2026-03-25", "Two", "B", "30.00")]), filename="b.csv")
        self.assertIn("22 days between them have no line", wizard.doubts)
        soon = self.wizard(as_csv([("2026-03-06", "Two", "B", "30.00")]), filename="c.csv")
        self.assertFalse(soon.doubts)

    def test_balances_within_the_file_may_be_accepted(self):
        """The bank's closing balance stays, so the statement shows that lines are missing."""
        rows = [("2026-03-02", "One", "10.00", "110.00"), ("2026-03-03", "Two", "20.00", "150.00")]
        wizard = self.wizard(as_csv(rows, BALANCES))
        self.assertIn("lines are missing", wizard.doubts)
        wizard.accept_doubts = True
        wizard.action_import()
        statement = self.env["account.bank.statement"].search([("name", "=", "march.csv")])
        self.assertRecordValues(
            statement,
            [{"balance_start": 100.0, "balance_end": 130.0, "balance_end_real": 150.0,
              "is_complete": False}],
        )  # fmt: skip

    def test_files_of_other_formats_say_what_to_do(self):
        for content, filename, sentence in (
            (b"%PDF-1.4 ...", "march.pdf", "Download the statement as CSV or XLSX"),
            (b"<html><body>Log in</body></html>", "march.csv", "Log in at the bank"),
        ):
            with self.subTest(filename):
                wizard = self.env["ai.bank.statement.import"].new(
                    {
                        "journal_id": self.bank.id,
                        "filename": filename,
                        "data": base64.b64encode(content),
                    }
                )
                self.assertIn(sentence, wizard.problems)
                self.assertFalse(wizard.is_table or wizard.format_note)

    def test_a_bank_format_without_its_importer(self):
        if self.env["ai.bank.statement.community"]._is_installed():
            return
        wizard = self.wizard(b"OFXHEADER:100\n<OFX></OFX>", filename="march.ofx")
        self.assertIn("This is a OFX file. Install the community importer", wizard.problems)
