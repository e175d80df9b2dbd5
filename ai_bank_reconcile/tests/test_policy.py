from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestPolicy(BankMatchCommon):
    """What an administrator sets is what happens, from the next click on."""

    def setUp(self):
        super().setUp()
        self.move = self.invoice(self.azure, 1250.0)
        self.line = self.bank_line(self.move.name, 1250.0, partner_name="Azure Interior")

    def drain(self):
        """Run the work queue as the scheduled action does."""
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    def test_every_company_has_a_policy_in_mode_suggest(self):
        company = self.setup_other_company()["company"]
        policy = self.env["ai.finance.policy"].search(
            [("company_id", "=", company.id), ("task_id", "=", self.task.id)]
        )
        self.assertEqual(policy.mode, "suggest")
        self.assertIn(company, self.service.company_ids)

    def test_off(self):
        self.policy.mode = "off"
        self.assertFalse(self.suggestion(self.line))
        self.assertFalse(self.env["ai.audit.log"].search([("res_id", "=", self.line.id)]))

    def test_shadow_is_shown_to_nobody(self):
        self.policy.mode = "shadow"
        log = self.env["ai.audit.log"].search([("id", "=", self.suggestion(self.line).id)])
        self.assertFalse(log)
        rows = [("res_id", "=", self.line.id), ("task_code", "=", "bank.match")]
        hidden = self.env["ai.audit.log"].sudo().search(rows)
        self.assertEqual(hidden.decision, "shadow")
        self.assertTrue(hidden.auto_eligible)
        self.assertFalse(self.env["ai.audit.log"].with_user(self.clerk).search(rows))
        self.assertTrue(self.env["ai.audit.log"].with_user(self.auditor).search(rows))
        hidden.action_apply()
        self.assertEqual(hidden.state, "proposed")

    def test_automatic_within_limits(self):
        self.policy.write({"mode": "automatic", "max_amount": 2000.0})
        log = self.suggestion(self.line)
        self.assertEqual((log.decision, log.state), ("apply", "approved"))
        self.drain()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual((log.decided_by_id, log.executed_by_id), (self.service, self.service))
        self.assertTrue(self.line.is_reconciled)

    def test_automatic_over_the_maximum_asks_an_approver(self):
        self.policy.write({"mode": "automatic", "max_amount": 1000.0})
        log = self.suggestion(self.line)
        self.assertEqual((log.decision, log.auto_eligible), ("approve", False))
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "proposed")
        log.with_user(self.approver).action_apply()
        self.assertEqual(log.state, "applied", log.error)

    def test_automatic_below_minimum_confidence(self):
        self.policy.write({"mode": "automatic", "max_amount": 2000.0, "min_confidence": 1.0})
        log = self.suggestion(self.line)
        self.assertEqual((log.decision, log.auto_eligible), ("suggest", False))

    def test_automatic_needs_a_maximum(self):
        with self.assertRaises(ValidationError):
            self.policy.mode = "automatic"

    def test_policy_changed_after_the_decision(self):
        self.policy.write({"mode": "automatic", "max_amount": 2000.0})
        log = self.suggestion(self.line)
        self.policy.mode = "suggest"
        self.drain()
        self.assertEqual(log.state, "proposed", "it is a person's decision again")
        self.assertFalse(self.line.is_reconciled)

    def test_approve_maker_is_not_checker(self):
        self.policy.mode = "approve"
        self.line.with_user(self.approver).action_ai_suggest()
        log = self.line.ai_suggestion_id
        self.assertEqual(log.decision, "approve")
        log.with_user(self.approver).action_apply()
        self.assertEqual(log.state, "proposed", "who suggested may not approve")
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "proposed", "an approver is needed")
        other = self.approver.copy({"login": "approver2"})
        log.with_user(other).action_apply()
        self.assertEqual(log.state, "applied", log.error)

    def test_named_approvers(self):
        other = self.approver.copy({"login": "approver2"})
        self.policy.write({"mode": "approve", "approver_ids": [(6, 0, other.ids)]})
        log = self.suggestion(self.line)
        log.with_user(self.approver).action_apply()
        self.assertEqual(log.state, "proposed")
        log.with_user(other).action_apply()
        self.assertEqual(log.state, "applied", log.error)

    def test_policy_of_a_journal_comes_before(self):
        self.env["ai.finance.policy"].create(
            {
                "company_id": self.company.id,
                "task_id": self.task.id,
                "journal_id": self.bank.id,
                "mode": "approve",
                "sequence": 1,
            }
        )
        self.assertEqual(self.suggestion(self.line).decision, "approve")

    def test_change_of_policy_is_an_event(self):
        self.policy.with_user(self.manager).write({"min_confidence": 0.9})
        event = self.env["ai.audit.log.event"].search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event.user_id, self.manager)
        self.assertEqual(event.data["old"]["min_confidence"], 0.95)
        self.assertEqual(event.data["new"]["min_confidence"], 0.9)
