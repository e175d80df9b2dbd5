import io

from openpyxl import Workbook

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import RemittanceCommon


@tagged("post_install", "-at_install")
class TestRemittance(RemittanceCommon, CronMixinCase):
    """Read, joined, and the bank line matched with what the advice lists."""

    def test_read_and_joined_by_total_and_payer(self):
        line = self.bank_line("SEPA CREDIT", 1349.9, partner_name="Wood Corner")
        self.bank_line("SEPA CREDIT", 1349.9, partner_name="Somebody Else")
        advice = self.advice(
            [
                (self.first.name, "1,250.00", "", "1,250.00"),
                (self.third.name, "99.90", "", "99.90"),
            ],
            "1,349.90",
        )
        self.assertEqual((advice.state, advice.line_id), ("joined", line))
        self.assertEqual(advice.row_ids.mapped("number"), [self.first.name, self.third.name])
        self.assertEqual((advice.total, advice.reference), (1349.9, "PAY-88"))
        self.assertEqual(advice.partner_id, self.wood)
        self.assertEqual(advice.date, fields.Date.to_date("2026-03-18"))

    def test_the_line_is_matched_with_the_listed_documents(self):
        line = self.bank_line("SEPA CREDIT", 1349.9)
        self.advice(
            [
                (self.first.name, "1,250.00", "", "1,250.00"),
                (self.third.name, "99.90", "", "99.90"),
            ],
            "1,349.90",
            line=line,
        )
        log = self.suggestion(line)
        self.assertEqual(self.items_of(log.proposal), self.first | self.third)
        self.assertIn("remittance", [one["code"] for one in log.reasons])
        self.assertIn("PAY-88", log.reasons[0]["text"])
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertTrue(line.is_reconciled)
        self.assertEqual({self.first.payment_state, self.third.payment_state}, {"paid"})
        self.assertTrue(line.ai_remittance_ids.is_matched)

    def test_a_short_paid_row_stays_partly_open(self):
        """Two documents, less on the first: the engine alone would leave the last one open."""
        line = self.bank_line("SEPA CREDIT", 1300.5, partner_name="Wood Corner GmbH")
        self.advice(
            [(self.first.name, "1,250.00", "260.00", "990.00"),
             (self.second.name, "310.50", "", "310.50")],
            "1,300.50",
            line=line,
        )  # fmt: skip
        log = self.suggestion(line)
        amounts = {
            self.env["account.move.line"].browse(part["move_line_id"]).move_id: part["amount"]
            for part in log.proposal["counterparts"]
        }
        self.assertEqual(amounts, {self.first: "990.00", self.second: "310.50"})
        self.assertIn("partial", [one["code"] for one in log.vetoes])
        before = self.books()
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((self.first.amount_residual, self.second.amount_residual), (260.0, 0.0))
        log.action_undo()
        self.assertEqual(self.books(), before)

    def test_another_amount_is_only_a_hint(self):
        line = self.bank_line("SEPA CREDIT", 1300.0, partner_name="Wood Corner GmbH")
        self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00", line=line)
        log = self.suggestion(line)
        codes = [one["code"] for one in log.reasons]
        self.assertIn("remittance_hint", codes)
        self.assertNotIn("remittance", codes)

    def test_documents_that_are_not_open_are_only_a_hint(self):
        line = self.bank_line("SEPA CREDIT", 60.0)
        self.advice([("INV/2026/77777", "", "", "60.00")], "60.00", line=line)
        log = self.suggestion(line)
        hint = next(one for one in log.reasons if one["code"] == "remittance_hint")
        self.assertIn("INV/2026/77777 is not open", hint["text"])
        self.assertEqual(log.proposal["kind"], "none")

    def test_a_flagged_match_is_not_proposed_again(self):
        line = self.bank_line("SEPA CREDIT", 1349.9)
        self.advice(
            [(self.first.name, "", "", "1,250.00"), (self.third.name, "", "", "99.90")],
            "1,349.90",
            line=line,
        )
        log = self.suggestion(line)
        self.env["ai.audit.flag"].with_user(self.clerk).create(
            {"log_ids": log.ids, "reason": "wrong_document", "note": "Other invoices"}
        ).action_flag()
        line.action_ai_suggest()
        live = line.ai_suggestion_id
        self.assertNotEqual(self.items_of(live.proposal), self.first | self.third)

    def test_several_lines_wait_for_a_person(self):
        lines = [self.bank_line("SEPA CREDIT", 1250.0) for _turn in range(2)]
        advice = self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00")
        self.assertEqual(advice.state, "waiting")
        self.assertIn("choose", advice.note)
        advice.line_id = lines[1]
        self.assertEqual(advice.state, "joined")
        advice.action_part()
        self.assertEqual((advice.state, advice.line_id.id), ("waiting", False))

    def test_the_line_may_come_later(self):
        advice = self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00")
        self.assertEqual(advice.state, "waiting")
        with self.capture_triggers("ai_bookkeeping_bank.cron_remittances") as captured:
            line = self.bank_line("SEPA CREDIT", 1250.0, partner_name="Wood Corner")
        self.assertTrue(captured.records)
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeping_bank.cron_remittances").method_direct_trigger()
        self.assertEqual((advice.state, advice.line_id), ("joined", line))

    def test_the_same_file_twice_is_one_advice(self):
        rows = [(self.first.name, "", "", "1,250.00")]
        first, again = (self.advice(rows, "1,250.00") for _turn in range(2))
        self.assertEqual(first, again)

    def test_spreadsheet_and_csv(self):
        workbook, target = Workbook(), io.BytesIO()
        for row in (["Wood Corner GmbH"], ["Invoice", "Paid"], [self.second.name, 310.5],
                    [self.third.name, 99.9], ["Total", 410.4]):  # fmt: skip
            workbook.active.append(row)
        workbook.save(target)
        text = f"Rechnungsnr;Zahlbetrag\n{self.first.name};1.250,00\nSumme;1.250,00\n"
        for name, content, total, count in (
            ("advice.xlsx", target.getvalue(), 410.4, 2),
            ("advice.csv", text.encode(), 1250.0, 1),
        ):
            with self.subTest(name=name):
                found = self.env["ai.bank.remittance"]._from_files(self.file(content, name))
                self.assertEqual((found.state, found.total), ("waiting", total))
                self.assertEqual(found.row_count, count)

    def test_what_cannot_be_read_says_so(self):
        for name, content, words in (
            ("a.pdf", b"%PDF-1.4 nothing", "damaged"),
            ("b.csv", b"\x00\x01\x02", "not read"),
            ("c.txt", b"Hello there", "No documents"),
        ):
            with self.subTest(name=name):
                found = self.env["ai.bank.remittance"]._from_files(self.file(content, name))
                self.assertEqual(found.state, "unread")
                self.assertIn(words, found.note)

    def test_lines_of_a_batch_do_not_take_each_others_documents(self):
        """Two equal payments of two customers; the advice of one leaves the other its own."""
        mine = self.bank_line("SEPA CREDIT", 310.5)
        other = self.bank_line("SEPA CREDIT", 310.5, partner_name="Azure Interior")
        self.advice([(self.second.name, "", "", "310.50")], "310.50", line=mine)
        (mine | other).action_ai_suggest()
        self.assertEqual(self.items_of(mine.ai_suggestion_id.proposal), self.second)
        self.assertEqual(self.items_of(other.ai_suggestion_id.proposal), self.other)

    def test_many_lines_cost_a_handful_of_queries(self):
        line = self.bank_line("SEPA CREDIT", 1250.0)
        self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00", line=line)
        lines = line | self.env["account.bank.statement.line"].union(
            *(self.bank_line(f"X {turn}", 10.0 + turn) for turn in range(20))
        )
        part = self.env["ai.bank.context"]._read(lines)[0]
        match = self.env["ai.bank.remittance.match"]
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            match._allocations(part)
