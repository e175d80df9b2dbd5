from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.ai_bank_reconcile.tests.common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestWidget(BankMatchCommon, HttpCase):
    """Our suggestions beside the community widget, on the same lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.write(
            {
                "login": "clerk",
                "group_ids": [Command.link(cls.env.ref("account.group_account_user").id)],
            }
        )
        cls.clerk.password = "clerk"

    def easy_line(self, journal=None):
        """Return a new line whose document the widget finds by itself, created as in real life."""
        invoice = self.invoice(self.azure, 1250.0)
        values = {
            "journal_id": (journal or self.bank).id,
            "date": "2026-03-20",
            "payment_ref": invoice.name,
            "partner_id": self.azure.id,
            "amount": 1250.0,
        }
        lines = self.env["account.bank.statement.line"]
        return lines.with_context(_test_account_reconcile_oca=True).create(values)

    def test_nothing_is_reconciled_silently_where_a_policy_is_active(self):
        for mode in ("shadow", "suggest", "approve"):
            self.policy.mode = mode
            self.assertFalse(self.easy_line().is_reconciled, mode)

    def test_where_the_policy_is_off_the_widget_works_as_before(self):
        self.policy.mode = "off"
        self.assertTrue(self.easy_line().is_reconciled)

    def test_each_bank_by_its_own_policy(self):
        other = self.bank.copy({"name": "Second bank", "code": "BNK9"})
        self.policy.copy({"mode": "off", "sequence": 1, "journal_id": other.id})
        self.assertFalse(self.easy_line().is_reconciled)
        self.assertTrue(self.easy_line(other).is_reconciled)

    def test_its_unreconcile_is_our_undo(self):
        """The log knows, and what was prepared in the widget before is forgotten."""
        line = self.easy_line()
        before = self.books()
        line.reconcile_data_info = line._default_reconcile_data()
        log = self.suggestion(line)
        line.action_ai_approve()
        self.assertTrue(line.is_reconciled)
        line.unreconcile_bank_line()
        self.assertEqual((line.is_reconciled, log.state), (False, "undone"))
        self.assertEqual(self.books(), before)
        self.assertFalse(line.reconcile_data)

    def test_what_the_widget_did_it_takes_back(self):
        line = self.easy_line()
        item = self.open_item(self.env["account.move"].search([("name", "=", line.payment_ref)]))
        line.add_account_move_line_id = item
        line._onchange_add_account_move_line_id()
        line.reconcile_bank_line()
        self.assertTrue(line.is_reconciled)
        line.unreconcile_bank_line()
        self.assertFalse(line.is_reconciled)

    def test_in_the_browser(self):
        """Suggestion with badge and reasons above the widget; approve, then undo."""
        line = self.easy_line()
        self.bank_line("Something else", 7.77)
        self.suggestion(line)
        action = "account_reconcile_oca.action_bank_statement_line_reconcile_all"
        url = f"/odoo/account.journal/{self.bank.id}/action-{action}"
        self.start_tour(url, "ai_bank_reconcile_oca_approve", login="clerk", timeout=90)
        self.env.invalidate_all()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.ai_applied_log_id.executed_by_id, self.clerk)
        url = f"{url}?id={line.id}"
        self.start_tour(url, "ai_bank_reconcile_oca_undo", login="clerk", timeout=90)
        self.env.invalidate_all()
        self.assertFalse(line.is_reconciled)
