import base64
import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestProof(BankMatchCommon):
    """What the bank says is what the books say, with each cent between them named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.transit = cls.env["account.account"].create(
            {"code": "101777", "name": "In transit", "account_type": "asset_current",
             "reconcile": True}
        )  # fmt: skip
        cls.in_transit(cls.bank)

    @classmethod
    def in_transit(cls, journal):
        """Have payments stand on an account of their own until they are on a statement."""
        methods = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
        methods.payment_account_id = cls.transit

    def statement(self, start, end, *lines, journal=None):
        """Return a statement of ``(label, amount, date)`` lines."""
        journal = journal or self.bank
        quiet = self.env["account.bank.statement"].with_context(ai_no_suggestions=True)
        values = [
            Command.create(
                {"payment_ref": label, "amount": amount, "date": date, "journal_id": journal.id}
            )
            for label, amount, date in lines
        ]
        return quiet.create(
            {"name": lines[0][2][:7], "balance_start": start, "balance_end_real": end,
             "line_ids": values}
        )  # fmt: skip

    def entry(self, amount, date, **values):
        """Return a posted entry that has an amount on the bank account."""
        account = self.company_data["default_account_expense"]
        move = self.env["account.move"].create(
            {
                "date": date,
                "line_ids": [
                    Command.create(
                        {"name": "By hand", "account_id": self.bank.default_account_id.id,
                         "balance": amount, **values}
                    ),
                    Command.create({"account_id": account.id, "balance": -amount}),
                ],
            }
        )  # fmt: skip
        move.action_post()
        return move

    def payment(self, amount, date, journal=None, **values):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound" if amount > 0 else "outbound",
                "partner_type": "customer" if amount > 0 else "supplier",
                "partner_id": self.azure.id,
                "amount": abs(amount),
                "date": date,
                "journal_id": (journal or self.bank).id,
                **values,
            }
        )
        payment.action_post()
        return payment

    def proof(self, date="2026-02-28", journal=None):
        proof = self.env["ai.bank.proof"].create(
            {"journal_id": (journal or self.bank).id, "date": date}
        )
        proof.action_prove()
        return proof

    def sums(self, proof):
        return {line.kind: (line.count, line.amount) for line in proof.sum_ids}

    def setup_january(self):
        """An opening entry, a statement, payments under way, a fee booked by hand, a later line."""
        self.entry(1000.0, "2026-01-01")
        invoice = self.invoice(self.azure, 500.0, date="2026-01-10")
        statement = self.statement(
            1000.0, 1300.0, (invoice.name, 500.0, "2026-01-15"), ("Unknown", -200.0, "2026-01-31")
        )
        line = statement.line_ids.filtered(lambda one: one.amount > 0)
        self.suggestion(line).action_apply()
        self.assertTrue(line.is_reconciled)
        self.payment(300.0, "2026-02-10")
        self.payment(-120.0, "2026-02-11")
        self.entry(-30.0, "2026-01-20")
        self.bank_line("Later", 50.0, date="2026-02-03")
        return statement

    def test_to_the_cent(self):
        statement = self.setup_january()
        proof = self.proof()
        self.assertRecordValues(
            proof,
            [
                {
                    "statement_id": statement.id,
                    "balance_bank": 1300.0,
                    "balance_ledger": 1320.0,
                    "balance_outstanding": 180.0,
                    "balance_suspense": 150.0,
                    "balance_books": 1650.0,
                    "difference": -350.0,
                    "explained": -350.0,
                    "unexplained": 0.0,
                    "is_proved": True,
                }
            ],
        )
        self.assertEqual(
            self.sums(proof),
            {
                "suspense": (2, -150.0),
                "receipts": (1, -300.0),
                "payments": (1, 120.0),
                "after": (1, -50.0),
                "no_line": (2, -970.0),
                "opening": (1, 1000.0),
            },
        )
        self.assertEqual(sum(proof.detail_ids.mapped("amount")), -350.0)

    def test_ledger_is_the_balance_of_the_bank_account(self):
        self.setup_january()
        account = self.bank.default_account_id
        balance = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted"),
             ("date", "<=", "2026-02-28")],
            [], ["balance:sum"],
        )[0][0]  # fmt: skip
        self.assertEqual(self.proof().balance_ledger, balance)

    def test_gap_and_statement_that_does_not_add_up(self):
        self.statement(0.0, 100.0, ("One", 100.0, "2026-01-10"))
        self.statement(110.0, 165.0, ("Two", 50.0, "2026-01-20"))
        proof = self.proof()
        found = self.sums(proof)
        self.assertEqual((found["gap"], found["incomplete"]), ((1, 10.0), (1, 5.0)))
        self.assertNotIn("opening", found)
        self.assertEqual((proof.balance_bank, proof.unexplained), (165.0, 0.0))

    def test_lines_without_statement_between_two_statements_are_no_gap(self):
        """Core takes them into the opening balance of the next statement."""
        self.statement(0.0, 100.0, ("One", 100.0, "2026-01-10"))
        self.bank_line("Loose", 7.0, date="2026-01-15")
        self.statement(107.0, 157.0, ("Two", 50.0, "2026-01-20"))
        proof = self.proof()
        self.assertEqual(set(self.sums(proof)), {"suspense"})
        self.assertEqual((proof.difference, proof.unexplained), (157.0, 0.0))

    def test_as_it_was_on_the_day(self):
        """A payment that met its bank line later was under way on that day."""
        payment = self.payment(300.0, "2026-01-10")
        statement = self.statement(0.0, 300.0, (payment.name, 300.0, "2026-02-02"))
        line = statement.line_ids
        transit = payment.move_id.line_ids.filtered(lambda one: one.account_id == self.transit)
        _bank, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.transit
        (suspense + transit).reconcile()
        january, february = self.proof("2026-01-31"), self.proof("2026-02-28")
        self.assertEqual(self.sums(january), {"receipts": (1, -300.0)})
        self.assertFalse(january.statement_id or january.is_proved)
        self.assertEqual(self.sums(february), {})
        self.assertEqual((february.difference, february.is_proved), (0.0, True))

    def test_a_payment_partly_on_a_statement(self):
        payment = self.payment(300.0, "2026-01-10")
        line = self.statement(0.0, 100.0, ("Part", 100.0, "2026-01-12")).line_ids
        transit = payment.move_id.line_ids.filtered(lambda one: one.account_id == self.transit)
        _bank, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.transit
        (suspense + transit).reconcile()
        proof = self.proof()
        self.assertEqual(self.sums(proof), {"receipts": (1, -200.0)})
        self.assertEqual((proof.balance_books, proof.balance_bank), (300.0, 100.0))

    def test_bank_in_another_currency(self):
        """All of it in the bank's currency, whatever the rates of the days were."""
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8), ("2026-02-01", 0.9)])
        journal = self.env["account.journal"].create(
            {"name": "Euro bank", "code": "BNKE", "type": "bank", "currency_id": euro.id}
        )
        self.in_transit(journal)
        self.statement(
            0.0, 1111.11, ("A", 1234.56, "2026-01-15"), ("B", -123.45, "2026-02-15"),
            journal=journal,
        )  # fmt: skip
        self.payment(77.77, "2026-02-10", journal, currency_id=euro.id)
        usd = self.payment(100.0, "2026-02-11", journal, currency_id=self.company.currency_id.id)
        proof = self.proof(journal=journal)
        self.assertEqual(proof.currency_id, euro)
        self.assertEqual(usd.currency_id, self.company.currency_id)
        self.assertRecordValues(
            proof,
            [
                {
                    "balance_bank": 1111.11,
                    "balance_ledger": 1111.11,
                    "balance_outstanding": 167.77,
                    "balance_suspense": -1111.11,
                    "balance_books": 167.77,
                    "difference": 943.34,
                    "unexplained": 0.0,
                    "is_proved": True,
                }
            ],
        )
        self.assertEqual(self.sums(proof), {"suspense": (2, 1111.11), "receipts": (2, -167.77)})

    def test_drafts_and_cancelled_lines_do_not_count(self):
        statement = self.statement(0.0, 100.0, ("One", 100.0, "2026-01-10"))
        gone = self.bank_line("Gone", 7.0, date="2026-01-15")
        gone.move_id.button_cancel()
        proof = self.proof()
        self.assertEqual(proof.statement_id, statement)
        self.assertEqual(self.sums(proof), {"suspense": (1, 100.0)})

    def test_other_banks_do_not_mix_in(self):
        other = self.bank.copy({"name": "Second bank", "code": "BNK9"})
        self.statement(0.0, 100.0, ("One", 100.0, "2026-01-10"), journal=other)
        proof = self.proof()
        self.assertEqual((proof.balance_ledger, self.sums(proof)), (0.0, {}))

    def test_what_is_not_explained_is_red(self):
        self.setup_january()
        reader = self.env.registry["ai.bank.proof.reader"]
        real = reader._ledger

        def one_cent_more(self, journal, date):
            return real(self, journal, date) + type(real(self, journal, date))("0.01")

        with patch.object(reader, "_ledger", one_cent_more):
            proof = self.proof()
        self.assertEqual((proof.unexplained, proof.is_proved), (-0.01, False))
        self.assertIn("text-danger", self.paper(proof))

    def paper(self, proof):
        report = self.env["ir.actions.report"]
        paper = report._render_qweb_html("ai_bank_reconcile.bank_proof", proof.ids)[0].decode()
        return paper.replace("\ufeff", "")

    def test_paper(self):
        self.setup_january()
        paper = self.paper(self.proof())
        for text in ("Bank Balance Proof", "1,320.00", "1,650.00", "-350.00", "Unknown", "By hand"):
            self.assertIn(text, paper)
        self.assertNotIn("text-danger", paper)

    def test_spreadsheet(self):
        self.setup_january()
        self.bank_line("=1+1", 5.0, date="2026-02-04")
        proof = self.proof()
        self.assertIn(f"/{proof.id}/workbook/", proof.action_export()["url"])
        sheet = load_workbook(io.BytesIO(base64.b64decode(proof.workbook))).active
        rows = {row[1].value: row[3].value for row in sheet.iter_rows()}
        self.assertEqual((rows["Cash in the books"], rows["Unexplained"]), (1650.0, 0.0))
        self.assertEqual(rows["=1+1"], -5.0)
        texts = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
        self.assertEqual({cell.data_type for cell in texts}, {"s"})

    def test_lists_open_the_records(self):
        self.setup_january()
        proof = self.proof()
        by_kind = proof.sum_ids.grouped("kind")
        after = by_kind["after"].action_open()
        self.assertEqual(after["res_model"], "account.bank.statement.line")
        lines = self.env["account.bank.statement.line"].search(after["domain"])
        self.assertEqual(lines.payment_ref, "Later")
        manual = by_kind["no_line"].action_open()
        items = self.env["account.move.line"].search(manual["domain"])
        self.assertEqual(sum(items.mapped("balance")), 970.0)
        one = proof.detail_ids.filtered(lambda line: line.kind == "receipts").action_open()
        self.assertEqual(one["res_model"], "account.move")

    def test_cost_does_not_grow_with_the_lines(self):
        self.setup_january()
        reader = self.env["ai.bank.proof.reader"]

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reader._read(self.bank, self.proof_day)
            return self.env.cr.sql_log_count - before

        self.proof_day = self.env["ai.bank.proof"]._fields["date"].to_date("2026-02-28")
        queries()  # what is read once for all
        few = queries()
        for number in range(30):
            self.bank_line(f"More {number}", 1.0 + number, date="2026-02-05")
        self.assertEqual(queries(), few)

    def test_open_from_the_menu(self):
        self.setup_january()
        clerks = self.env["ai.bank.proof"].with_user(self.clerk)
        action = clerks.action_open_new()
        proof = clerks.browse(action["res_id"])
        self.assertEqual(proof.journal_id, self.bank)
        self.assertTrue(proof.proved_on)

    def test_who_may_prove(self):
        self.setup_january()
        own = self.proof()
        auditor = self.person("reader", "account.group_account_readonly", self.company)
        proof = self.env["ai.bank.proof"].with_user(auditor)
        proof = proof.create({"journal_id": self.bank.id, "date": "2026-02-28"})
        proof.action_prove()
        self.assertEqual(proof.balance_books, 1650.0)
        plain = self.person("plain", "base.group_user", self.company)
        with self.assertRaises(AccessError):
            self.env["ai.bank.proof"].with_user(plain).create({"journal_id": self.bank.id})
        other = self.setup_other_company()["company"]
        stranger = self.person("stranger", "ai_bank_reconcile.group_bank_user", other)
        for records in (own, own.sum_ids):
            with self.assertRaises(AccessError):
                records.with_user(stranger).read(["display_name"])
        with self.assertRaises(UserError):
            strangers = self.env["ai.bank.proof"].with_user(stranger)
            strangers.create({"journal_id": self.bank.id, "date": "2026-02-28"}).action_prove()

    def person(self, login, groups, company):
        return new_test_user(
            self.env, login, groups, company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )  # fmt: skip
