from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .checks_common import ChecksCommon

TASK = "invoice.account"


class RevenueCommon(ChecksCommon):
    """A year in which lamps were booked on another account than desks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = fields.Date.today() - timedelta(days=400)
        for number in range(15):
            day = cls.start + timedelta(days=20 * number)
            lines = ((cls.desk, 1, 100.0), (cls.lamp, 2, 25.0 + number))
            move = cls.invoice(*lines, date=day)
            move.invoice_line_ids[1].account_id = cls.other_income
            move.action_post()

    def suggested(self, move):
        """Let the scheduled action look at the drafts, and return the suggestion for one."""
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice_checks").method_direct_trigger()
        self.work()
        return self.env["ai.audit.log"].search(
            [("task_code", "=", TASK), ("res_id", "=", move.id), ("state", "=", "proposed")]
        )

    def draft(self):
        today = fields.Date.today()
        return self.invoice((self.desk, 1, 100.0), (self.lamp, 1, 30.0), date=today)


@tagged("post_install", "-at_install")
class TestRevenueAccount(RevenueCommon):
    """The usual revenue account, from how such lines were posted before."""

    def test_the_usual_account_is_suggested_with_the_invoices_that_had_it(self):
        move = self.draft()
        log = self.suggested(move)
        [part] = log.proposal["lines"]
        self.assertEqual(part["line_id"], move.invoice_line_ids[1].id)
        self.assertEqual(part["account_id"], self.other_income.id)
        self.assertGreaterEqual(log.confidence, 0.8)
        self.assertIn("INV/", log.reasons[0]["text"])
        self.assertEqual(move.ai_account_suggestion["id"], log.id)

    def test_approving_writes_the_account_and_undo_restores_it(self):
        move = self.draft()
        before = move.amount_total
        log = self.suggested(move)
        log.with_user(self.clerk).action_apply()
        self.env.invalidate_all()
        self.assertEqual(move.invoice_line_ids[1].account_id, self.other_income)
        self.assertEqual(move.invoice_line_ids[0].account_id, self.income)
        self.assertEqual(move.amount_total, before)
        self.assertFalse(move.ai_generated, "the invoice is still whose it was")
        log.with_user(self.clerk).action_undo()
        self.env.invalidate_all()
        self.assertEqual(move.invoice_line_ids[1].account_id, self.income)

    def test_what_was_posted_since_is_not_undone(self):
        move = self.draft()
        log = self.suggested(move)
        log.with_user(self.clerk).action_apply()
        move.action_post()
        log.with_user(self.clerk).action_undo()
        self.assertEqual(log.state, "applied")
        self.assertEqual(move.invoice_line_ids[1].account_id, self.other_income)

    def test_a_posted_invoice_is_not_changed_any_more(self):
        move = self.draft()
        log = self.suggested(move)
        move.action_post()
        log.with_user(self.clerk).action_apply()
        self.assertNotEqual(log.state, "applied")
        self.assertEqual(move.invoice_line_ids[1].account_id, self.income)

    def test_what_was_rejected_is_not_suggested_again(self):
        move = self.draft()
        self.suggested(move).with_user(self.clerk).action_reject("other")
        self.assertFalse(self.suggested(move))
        move.ai_checked_on = False
        self.assertFalse(self.suggested(move))

    def test_what_people_post_is_learned(self):
        for number in range(12):
            day = self.start + timedelta(days=310 + number)
            move = self.invoice((self.desk, 1, 100.0), date=day)
            move.invoice_line_ids.account_id = self.other_income
            move.action_post()
        offered = self.env["ai.revenue.coding"]._changes(self.draft())
        accounts = {change.line.product_id: change.account_id for change in offered}
        self.assertEqual(accounts[self.lamp.id], self.other_income.id)
        self.assertEqual(accounts[self.desk.id], self.other_income.id)

    def test_another_company_has_learned_nothing_of_it(self):
        other = self.setup_other_company()["company"]
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": other.id,
                "partner_id": self.azure.id,
                "invoice_line_ids": [
                    fields.Command.create({"product_id": self.lamp.id, "price_unit": 30.0})
                ],
            }
        )
        self.assertFalse(self.env["ai.revenue.coding"]._changes(move))

    def test_an_account_out_of_use_is_not_suggested(self):
        self.other_income.active = False
        self.assertFalse(self.env["ai.revenue.coding"]._changes(self.draft()))

    def test_accounts_are_chosen_on_the_line(self):
        log = self.suggested(self.draft())
        with self.assertRaises(UserError):
            self.env["ai.finance.decision"].with_user(self.clerk)._amend(log, {})


@tagged("post_install", "-at_install")
class TestRevenueAccountBrowser(RevenueCommon, HttpCase):
    """The same on the screen."""

    def test_approved_on_the_invoice(self):
        self.clerk.write({"login": "clerk", "password": "clerk"})
        move = self.draft()
        task = self.env["ai.finance.task.type"]._get(TASK)
        self.env["ai.finance.pipeline"]._suggest(task, move, "cron")
        url = f"/odoo/account.move/{move.id}"
        self.start_tour(url, "ai_invoice_account_approve", login="clerk", timeout=90)
        self.env.invalidate_all()
        self.assertEqual(move.invoice_line_ids[1].account_id, self.other_income)
