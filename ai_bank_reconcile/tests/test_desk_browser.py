from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import BankMatchCommon

DESK = "/odoo/bank-lines"


class DeskBrowserCommon(BankMatchCommon, HttpCase):
    """Bank lines as they wait in the morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.write({"login": "clerk", "password": "clerk"})

    def tour(self, name, url=DESK, login="clerk", timeout=60):
        self.start_tour(url, name, login=login, timeout=timeout)
        self.env.invalidate_all()

    def paying_line(self, name, amount, day=20):
        """Return a bank line that names its invoice, and the invoice."""
        invoice = self.invoice(self.azure, amount)
        line = self.bank_line(
            f"{name} {invoice.name}", amount, date=f"2026-03-{day}", partner_name=f"{name} payer"
        )
        return line, invoice

    def morning(self):
        """Return three sure lines in the order of the screen, with their suggestions."""
        lines = self.env["account.bank.statement.line"]
        for name, amount, day in (("First", 120.0, 22), ("Second", 340.0, 21), ("Third", 75.0, 20)):
            lines |= self.paying_line(name, amount, day)[0]
        lines.action_ai_suggest()
        return lines


@tagged("post_install", "-at_install")
class TestDeskBrowser(DeskBrowserCommon):
    """The bank desk in a real browser."""

    def test_a_statement_is_cleared_by_keyboard(self):
        lines = self.morning()
        before = self.books()
        self.tour("ai_desk_keyboard")
        self.assertEqual(self.books(), before, "all that was approved was undone")
        self.assertEqual(set(lines.mapped("ai_suggestion_id.state")), {"proposed"})
        logs = self.env["ai.audit.log"].search(
            [("res_id", "in", lines.ids), ("state", "=", "undone")]
        )
        self.assertEqual(len(logs), 2)
        self.assertEqual(logs.executed_by_id, self.clerk)

    def test_all_sure_lines_are_approved_and_undone_in_parts(self):
        lines = self.env["account.bank.statement.line"]
        for number in range(53):
            lines |= self.paying_line(f"Line {number:03}", 100.0 + number)[0]
        unknown = self.bank_line("Unknown", 7.77)
        (lines + unknown).action_ai_suggest()
        before = self.books()
        self.tour("ai_desk_approve_all", timeout=240)
        self.assertEqual(self.books(), before)
        logs = self.env["ai.audit.log"].search(
            [("res_id", "in", lines.ids), ("state", "=", "undone")]
        )
        self.assertEqual(len(logs), 53)

    def test_a_suggestion_is_rejected_with_a_reason(self):
        line, _invoice = self.paying_line("First", 120.0)
        log = self.suggestion(line)
        self.tour("ai_desk_reject")
        self.assertEqual(log.state, "rejected")
        self.assertIn("The amount is wrong: only half of it", log.event_ids.mapped("note"))
        self.assertFalse(line.is_reconciled)

    def test_the_second_candidate_is_chosen_and_approved(self):
        first = self.invoice(self.azure, 480.0, date="2026-03-02")
        second = self.invoice(self.azure, 480.0, date="2026-03-03")
        line = self.bank_line("Payment", 480.0, partner_id=self.azure.id)
        log = self.suggestion(line)
        [other] = {first, second} - {
            self.env["account.move.line"]
            .browse(log.proposal["counterparts"][0]["move_line_id"])
            .move_id
        }
        self.tour("ai_desk_choose")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(other.amount_residual, 0.0)
        self.assertEqual(log.state, "edited")

    def test_a_difference_is_written_off_where_it_is_shown(self):
        account = self.company_data["default_account_expense"].copy({"name": "Desk differences"})
        invoice = self.invoice(self.azure, 640.0)
        line = self.bank_line(f"{invoice.name} first instalment", 384.0, partner_id=self.azure.id)
        self.suggestion(line)
        self.tour("ai_desk_difference")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(
            invoice.payment_state, self.env["account.move"]._get_invoice_in_payment_state()
        )
        self.assertIn(account, line.move_id.line_ids.account_id)

    def test_a_line_nothing_fits_is_never_stuck(self):
        line = self.bank_line("Unknown", -7.77)
        self.suggestion(line)
        self.tour("ai_desk_by_hand")

    def test_filters_are_those_of_the_search_bar(self):
        line, _invoice = self.paying_line("First", 120.0)
        (line + self.bank_line("Unknown", 7.77)).action_ai_suggest()
        self.tour("ai_desk_filters")

    def test_the_bank_card_opens_the_desk_of_its_journal(self):
        line, _invoice = self.paying_line("First", 120.0)
        (line + self.bank_line("Unknown", 7.77)).action_ai_suggest()
        self.tour("ai_desk_from_dashboard", url="/odoo/accounting")

    def test_who_may_only_read_sees_the_lines(self):
        line, _invoice = self.paying_line("First", 120.0)
        log = self.suggestion(line)
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        new_test_user(
            self.env, "reader", "account.group_account_readonly", password="reader", **own
        )
        self.tour("ai_desk_reader", login="reader")
        self.assertEqual(log.state, "proposed")

    def test_a_long_list_is_read_as_it_is_scrolled(self):
        for number in range(130):
            self.bank_line(f"Line {number:03}", 1.0 + number)
        self.tour("ai_desk_scroll")


@tagged("post_install", "-at_install")
class TestDeskMobile(DeskBrowserCommon):
    """The bank desk on a telephone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_a_line_is_approved_on_a_small_screen(self):
        lines = self.morning()
        self.tour("ai_desk_mobile")
        self.assertEqual(lines.mapped("is_reconciled"), [True, False, False])
