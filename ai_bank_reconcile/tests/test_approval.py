import logging
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from .common import BankMatchCommon

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestApproval(BankMatchCommon):
    """Approvals on real bank lines: tiers, deciding without booking, review afterwards, bulk."""

    def lines_of(self, amounts):
        """Return a bank line for each of ``amounts``, paying an invoice that it names."""
        values = [
            {
                "move_type": "out_invoice",
                "partner_id": self.azure.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": amount, "tax_ids": []})
                ],
            }
            for amount in amounts
        ]
        invoices = self.env["account.move"].create(values)
        invoices.action_post()
        lines = self.env["account.bank.statement.line"].with_context(ai_no_suggestions=True)
        return lines.create(
            [
                {
                    "journal_id": self.bank.id,
                    "date": "2026-03-20",
                    "payment_ref": invoice.name,
                    "amount": invoice.amount_total,
                    "partner_name": "Azure Interior",
                }
                for invoice in invoices
            ]
        ).with_context(ai_no_suggestions=False)

    def line_of(self, amount, partner=None):
        move = self.invoice(partner or self.azure, amount)
        return self.bank_line(move.name, amount, partner_name="Azure Interior")

    def person(self, login, groups):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        return new_test_user(self.env, login, groups, **own)

    def drain(self):
        """Run the work queue as the scheduled action does."""
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Tiers
    # ------------------------------------------------------------------

    def test_large_amounts_go_to_the_tier_above(self):
        boss = self.approver.copy({"login": "boss"})
        self.policy.write(
            {
                "mode": "approve",
                "approver_ids": [Command.set(self.approver.ids)],
                "tier_ids": [
                    Command.create({"amount_from": 1000, "approver_ids": [Command.set(boss.ids)]})
                ],
            }
        )
        small, large = (self.suggestion(self.line_of(amount)) for amount in (999.0, 1000.0))
        (small + large).with_user(self.approver).action_apply()
        self.assertEqual((small + large).mapped("state"), ["applied", "proposed"], large.error)
        large.with_user(boss).action_apply()
        self.assertEqual(large.state, "applied", large.error)
        self.assertEqual((small + large).mapped("decided_by_id"), self.approver + boss)

    def test_who_edited_is_the_maker_and_does_not_approve(self):
        self.policy.mode = "approve"
        self.invoice(self.azure, 500.0)
        line = self.bank_line("Azure 500", 500.0, partner_name="Azure Interior")
        self.invoice(self.azure, 500.0)
        log = self.suggestion(line)
        self.assertTrue(log.proposal["alternatives"])
        log.with_user(self.approver).action_choose(0)
        edited = line.ai_suggestion_id
        self.assertEqual(edited.maker_id, self.approver)
        edited.with_user(self.approver).action_apply()
        self.assertEqual(edited.state, "proposed")
        self.assertFalse(edited.with_user(self.approver).waits_for_me)
        other = self.approver.copy({"login": "approver2"})
        self.assertTrue(edited.with_user(other).waits_for_me)
        edited.with_user(other).action_apply()
        self.assertEqual(edited.state, "applied", edited.error)

    # ------------------------------------------------------------------
    # Deciding without booking
    # ------------------------------------------------------------------

    def test_deciding_without_the_right_to_book(self):
        """Reads the bank lines, may not change them: the service user books."""
        controller = self.person(
            "controller", "ai_audit_log.group_ai_approver,account.group_account_readonly"
        )
        self.policy.write({"mode": "approve", "approver_ids": [Command.set(controller.ids)]})
        line = self.line_of(1250.0)
        log = self.suggestion(line)
        self.assertFalse(line.with_user(controller).has_access("write"))
        log.with_user(controller).action_apply()
        self.assertEqual(log.state, "proposed", "without the flag one's own rights count")
        self.policy.execute_as_service = True
        log.with_user(controller).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((log.decided_by_id, log.executed_by_id), (controller, self.service))
        self.assertTrue(line.is_reconciled)
        body = line.move_id.message_ids[0].body
        self.assertIn(controller.name, body)

    # ------------------------------------------------------------------
    # Expiry
    # ------------------------------------------------------------------

    def test_an_expired_match_is_not_booked_and_not_proposed_again(self):
        self.policy.expire_days = 5
        line = self.line_of(1250.0)
        log = self.suggestion(line)
        later = fields.Datetime.now() + timedelta(days=6)
        with (
            patch.object(self.env.cr, "commit"),
            patch.object(fields.Datetime, "now", lambda: later),
        ):
            self.env["ai.finance.expiry"]._cron_expire()
        self.assertEqual(log.state, "expired")
        self.assertFalse(line.ai_suggestion_id or line.is_reconciled)
        self.env["ai.finance.outbox"]._enqueue("bank.match", line)
        self.drain()
        self.assertFalse(line.ai_suggestion_id)
        self.assertTrue(self.suggestion(line), "a button may ask again")

    # ------------------------------------------------------------------
    # Review afterwards
    # ------------------------------------------------------------------

    def test_automatically_posted_is_left_to_be_reviewed(self):
        self.policy.write({"mode": "automatic", "max_amount": 2000.0, "leave_unreviewed": True})
        line = self.line_of(1250.0)
        log = self.suggestion(line)
        self.drain()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual(log.review_state, "to_review")
        # Core counts the whole amount of an unchecked bank line as open.
        self.assertTrue(line.move_id.checked)
        self.assertTrue(line.is_reconciled)
        log.with_user(self.auditor).action_mark_reviewed()
        self.assertEqual((log.review_state, log.reviewed_by_id), ("reviewed", self.auditor))

    def test_what_a_person_applied_needs_no_review(self):
        self.policy.leave_unreviewed = True
        log = self.suggestion(self.line_of(1250.0))
        log.with_user(self.clerk).action_apply()
        self.assertEqual((log.state, log.review_state), ("applied", "none"))

    # ------------------------------------------------------------------
    # Bulk
    # ------------------------------------------------------------------

    def test_two_hundred_rows_in_one_go(self):
        """In parts, as the list does it; failures by row, and none of the others is lost."""
        self.policy.mode = "approve"
        lines = self.lines_of([100.0 + number for number in range(200)])
        lines.action_ai_suggest()
        logs = lines.ai_suggestion_id
        self.assertEqual(len(logs), 200)
        changed = logs[7]
        changed._document().action_undo_reconciliation()
        self.env["account.bank.statement.line"].browse(changed.res_id).amount += 1
        started = time.monotonic()
        done, problems = [], []
        for start in range(0, len(logs), 50):
            result = logs[start : start + 50].with_user(self.approver).action_part("apply")
            done += result["done"]
            problems += result["problems"]
        elapsed = time.monotonic() - started
        _logger.info("200 suggestions approved in %.1f s, %.0f ms each", elapsed, elapsed * 5)
        self.assertEqual(len(done), 199)
        [problem] = problems
        self.assertEqual(problem["id"], changed.id)
        self.assertEqual(problem["text"], "It changed since it was suggested.")
        self.assertTrue(problem["name"])
        self.assertEqual(set((logs - changed).mapped("state")), {"applied"})
