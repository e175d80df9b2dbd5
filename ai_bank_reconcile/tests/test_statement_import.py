import base64
import datetime
import io

from openpyxl import Workbook
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .statement_common import StatementCommon, as_csv

GERMAN = """Kontoauszug;DE12 5001 0517 0648 4898 90;;;;
Zeitraum;01.03.2026 - 31.03.2026;;;;
Buchungstag;Auftraggeber/Empfänger;IBAN;Verwendungszweck;Betrag;Saldo
02.03.2026;Azure Interior;DE89370400440532013000;INV/2026/00012 Danke;1.250,00;6.250,00
15.03.2026;Wood Corner GmbH;DE02120300000000202051;Bürostühle;-861,30;5.388,70
31.03.2026;;;Kontoführung März;-12,90;5.375,80
"""
ENGLISH = [
    ("2026-03-02", "INV/2026/00012", "Azure Interior", "1250.00"),
    ("2026-03-15", "Chairs", "Wood Corner GmbH", "-861.30"),
]


@tagged("post_install", "-at_install")
class TestStatementImport(StatementCommon):
    """Files of banks become statements, whole or not at all, and never twice."""

    def assertNothingImported(self, content, sentence, **values):
        before = self.env["account.bank.statement.line"].search_count([])
        self.assertRefused(self.wizard(content, **values), sentence)
        self.env.invalidate_all()
        self.assertEqual(self.env["account.bank.statement.line"].search_count([]), before)

    def test_german_file(self):
        """Preamble, semicolons, decimal commas, umlauts and balances are read without help."""
        wizard = self.wizard(GERMAN.encode("cp1252"))
        self.assertRecordValues(
            wizard,
            [
                {
                    "problems": "",
                    "line_count": 3,
                    "new_count": 3,
                    "date_order": "dmy",
                    "decimal_separator": ",",
                    "amount_total": 375.8,
                    "balance_start": 5000.0,
                    "balance_end": 5375.8,
                }
            ],
        )
        self.assertEqual(wizard.preview[0]["partner"], "Azure Interior")
        statement = self.load(GERMAN.encode("cp1252"))
        self.assertRecordValues(
            statement,
            [
                {
                    "name": "march.csv",
                    "journal_id": self.bank.id,
                    "date": datetime.date(2026, 3, 31),
                    "balance_start": 5000.0,
                    "balance_end": 5375.8,
                    "balance_end_real": 5375.8,
                    "is_complete": True,
                }
            ],
        )
        first = statement.line_ids.sorted("date")[0]
        self.assertRecordValues(
            first,
            [
                {
                    "date": datetime.date(2026, 3, 2),
                    "amount": 1250.0,
                    "payment_ref": "INV/2026/00012 Danke",
                    "partner_name": "Azure Interior",
                    "account_number": "DE89370400440532013000",
                    "state": "posted",
                    "is_reconciled": False,
                }
            ],
        )
        self.assertEqual(statement.attachment_ids.name, "march.csv")
        self.assertEqual(statement.attachment_ids.raw, GERMAN.encode("cp1252"))

    def test_spreadsheet(self):
        """Dates and numbers of a spreadsheet are taken as they are."""
        book = Workbook()
        book.active.append(["Booking date", "Details", "Counterparty", "Debit", "Credit"])
        book.active.append([datetime.date(2026, 3, 2), "INV 12", "Azure Interior", None, 1250.1])
        book.active.append([datetime.datetime(2026, 3, 3, 9), "Rent", "Landlord", 850, None])
        file = io.BytesIO()
        book.save(file)
        statement = self.load(file.getvalue(), filename="march.xlsx")
        lines = statement.line_ids.sorted("date")
        self.assertEqual(lines.mapped("amount"), [1250.1, -850.0])
        self.assertEqual(lines.mapped("partner_name"), ["Azure Interior", "Landlord"])

    def test_suggestions_wait(self):
        """Imported lines are queued for a suggestion, once each."""
        lines = self.load(as_csv(ENGLISH)).line_ids
        logs = self.env["ai.audit.log"].search([("res_id", "in", lines.ids)])
        self.assertEqual(logs.mapped("state"), ["queued"] * 2)

    def test_same_file_twice(self):
        self.load(as_csv(ENGLISH))
        wizard = self.wizard(as_csv(ENGLISH), filename="again.csv")
        self.assertEqual((wizard.line_count, wizard.known_count, wizard.new_count), (2, 2, 0))
        self.assertTrue(all(row["known"] for row in wizard.preview))
        self.assertNothingImported(as_csv(ENGLISH), "imported before", filename="again.csv")

    def test_two_people_at_once(self):
        """The database keeps out a line that a colleague imports at the same moment."""
        line = self.load(as_csv(ENGLISH)).line_ids[0]
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.bank_line("Again", 1.0, ai_import_fingerprint=line.ai_import_fingerprint)

    def test_overlapping_file(self):
        """Of a file that overlaps an earlier one, only what is new is imported."""
        headers = ("Date", "Description", "Amount", "Balance")
        rows = [
            ("2026-03-02", "One", "10.00", "110.00"),
            ("2026-03-03", "Two", "20.00", "130.00"),
            ("2026-03-04", "Three", "30.00", "160.00"),
        ]
        first = self.load(as_csv(rows[:2], headers))
        action = self.wizard(as_csv(rows[::-1], headers)).action_import()
        self.assertRegex(action["params"]["message"], "imported: 1.* before: 2")
        domain = action["params"]["next"]["domain"]
        second = self.env["account.bank.statement.line"].search(domain).statement_id
        self.assertEqual(second.line_ids.mapped("payment_ref"), ["Three"])
        self.assertEqual((first.balance_start, first.balance_end_real), (100.0, 130.0))
        self.assertEqual((second.balance_start, second.balance_end_real), (130.0, 160.0))
        self.assertTrue(second.is_valid)

    def test_order_within_a_day(self):
        """Lines of one day stand in the bank's order, also when the file runs backwards."""
        headers = ("Date", "Description", "Amount", "Balance")
        rows = [
            ("2026-03-02", "Third", "30.00", "160.00"),
            ("2026-03-02", "Second", "20.00", "130.00"),
            ("2026-03-02", "First", "10.00", "110.00"),
        ]
        lines = self.load(as_csv(rows, headers)).line_ids.sorted("internal_index")
        self.assertEqual(lines.mapped("payment_ref"), ["First", "Second", "Third"])
        self.assertEqual(lines.mapped("running_balance"), [110.0, 130.0, 160.0])

    def test_look_alike_lines_are_kept(self):
        """Two equal payments on one day are two; the same file again brings no third."""
        coffee = ("2026-03-02", "Coffee", "Corner Coffee", "-3.50")
        self.assertEqual(len(self.load(as_csv([coffee, coffee])).line_ids), 2)
        self.assertNothingImported(as_csv([coffee, coffee]), "imported before")
        third = self.load(as_csv([coffee, coffee, coffee]))
        self.assertEqual(len(third.line_ids), 1)

    def test_other_journal_is_not_a_duplicate(self):
        other = self.bank.copy({"name": "Second bank", "code": "BNK9"})
        self.load(as_csv(ENGLISH))
        statement = self.load(as_csv(ENGLISH), journal_id=other.id)
        self.assertEqual(statement.journal_id, other)
        self.assertEqual(len(statement.line_ids), 2)

    def test_one_bad_row_stops_all(self):
        rows = [*ENGLISH, ("2026-02-31", "Rent", "Landlord", "-850"), ("2026-03-16", "X", "Y", "")]
        wizard = self.wizard(as_csv(rows))
        self.assertEqual(
            wizard.problems, "Row 4: “2026-02-31” is not a date.\nRow 5: there is no amount."
        )
        self.assertNothingImported(as_csv(rows), "Nothing was imported.\nRow 4")

    def test_files_that_are_no_table(self):
        for content, filename, sentence in (
            (b"", "empty.csv", "The file is empty"),
            (b"   \n", "blank.csv", "The file is empty"),
            (b"\x00\x01\x02PDF", "statement.csv", "neither a CSV nor an XLSX"),
            (b"\xd0\xcf\x11\xe0rest", "old.xls", "Save it as .xlsx or .csv"),
            (b"PK\x03\x04broken", "broken.xlsx", "damaged"),
            (b"just one sentence", "text.csv", "no columns"),
            (b"Date,Amount\n", "head.csv", "no transactions"),
        ):
            with self.subTest(filename):
                self.assertNothingImported(content, sentence, filename=filename)

    def test_missing_rows_are_noticed(self):
        headers = ("Date", "Description", "Amount", "Balance")
        rows = [("2026-03-02", "One", "10.00", "110.00"), ("2026-03-03", "Two", "20.00", "150.00")]
        self.assertNothingImported(as_csv(rows, headers), r"Row 3: the balance is \$.150\.00")

    def test_unreadable_row_is_no_missing_row(self):
        """One mistake, one sentence: what follows from it in the balances is not told."""
        headers = ("Date", "Description", "Amount", "Balance")
        rows = [
            ("2026-03-02", "One", "10.00", "110.00"),
            ("2026-02-31", "Two", "20.00", "130.00"),
            ("2026-03-04", "Three", "30.00", "160.00"),
        ]
        self.assertEqual(
            self.wizard(as_csv(rows, headers)).problems, "Row 3: “2026-02-31” is not a date."
        )

    def test_ambiguous_dates_are_asked_for(self):
        days = ("01/02/2026", "03/02/2026", "02/01/2026")
        wizard = self.wizard(as_csv([(day, "One", "A", "10.00") for day in days]))
        self.assertFalse(wizard.date_order)
        self.assertIn("choose how dates are written", wizard.problems)
        wizard.date_order = "mdy"
        self.assertFalse(wizard.problems)

    def test_columns_can_be_corrected(self):
        """What the headings do not tell, a person does."""
        rows = [("2026-03-02", "10.00", "INV 12"), ("2026-03-03", "-20.00", "Rent")]
        content = as_csv(rows, ("Wann", "Wieviel", "Wofür"))
        wizard = self.wizard(content)
        self.assertEqual([label for _at, label in wizard.headers], ["Wann", "Wieviel", "Wofür"])
        self.assertIn("Choose the column of the date", wizard.problems)
        self.assertFalse(wizard.preview)
        wizard.write({"column_date": "0", "column_amount": "1", "column_label": "2"})
        self.assertFalse(wizard.problems)
        self.assertEqual([row["label"] for row in wizard.preview], ["INV 12", "Rent"])
        wizard.opposite = True
        self.assertEqual(wizard.amount_total, 10.0)
        wizard.action_import()
        statement = self.env["account.bank.statement"].search([("name", "=", "march.csv")])
        self.assertEqual(statement.balance_end, 10.0)

    def test_other_currency(self):
        rows = [("2026-03-02", "One", "10.00", "USD"), ("2026-03-02", "Two", "10.00", "EUR")]
        content = as_csv(rows, ("Date", "Description", "Amount", "Currency"))
        own = self.bank.currency_id or self.company.currency_id
        self.assertEqual(own.name, "USD")
        self.assertNothingImported(
            content, "Row 3: the currency is EUR, but the bank journal is kept in USD"
        )

    def test_more_decimals_than_the_currency_has(self):
        content = as_csv([("2026-03-02", "One", "A", "10.005")])
        sentence = "Row 2: “10.005” has more decimals"
        self.assertNothingImported(content, sentence, decimal_separator=".")

    def test_locked_period(self):
        """Core would silently move such a line to the next open day."""
        with self.locked_until("2026-03-10"):
            self.assertNothingImported(as_csv(ENGLISH), r"Row 2: 03/02/2026 is in a locked period")

    def test_default_journal(self):
        wizard = self.env["ai.bank.statement.import"]
        self.assertEqual(wizard.default_get(["journal_id"])["journal_id"], self.bank.id)
        other = self.bank.copy({"name": "Second bank", "code": "BNK9"})
        chosen = wizard.with_context(default_journal_id=other.id).default_get(["journal_id"])
        self.assertEqual(chosen["journal_id"], other.id)

    def test_clerk_imports(self):
        """The bank group is all that is needed."""
        wizard = self.wizard(as_csv(ENGLISH)).with_user(self.clerk)
        self.env["ai.bank.statement.import"].with_user(self.clerk).create(
            {
                "journal_id": self.bank.id,
                "filename": "clerk.csv",
                "data": base64.b64encode(as_csv(ENGLISH)),
            }
        ).action_import()
        self.assertTrue(wizard.env["account.bank.statement"].search([("name", "=", "clerk.csv")]))

    def test_user_without_bank_rights(self):
        user = new_test_user(
            self.env, "plain", "ai_audit_log.group_ai_user", company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )  # fmt: skip
        with self.assertRaises(AccessError):
            self.env["ai.bank.statement.import"].with_user(user).create(
                {"journal_id": self.bank.id, "data": base64.b64encode(as_csv(ENGLISH))}
            )

    def test_bank_of_another_company(self):
        journal = self.setup_other_company()["default_journal_bank"]
        with self.assertRaises(UserError):
            self.env["ai.bank.statement.import"].with_user(self.clerk).create(
                {
                    "journal_id": journal.id,
                    "filename": "other.csv",
                    "data": base64.b64encode(as_csv(ENGLISH)),
                }
            ).action_import()
        self.assertFalse(
            self.env["account.bank.statement.line"].search([("journal_id", "=", journal.id)])
        )
