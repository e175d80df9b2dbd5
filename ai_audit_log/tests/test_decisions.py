from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestDecisions(KernelCommon):
    """Who decides on what, and what people are told when it cannot be done."""

    def test_who_may_not_change_the_document_does_not_decide_on_it(self):
        row = self.row()
        action = row.with_user(self.user).action_reject("no")
        self.assertEqual(row.state, "proposed")
        self.assertIn("You may not change this document.", action["params"]["message"])
        self.assertEqual(action["params"]["type"], "warning")

    def test_auditor_reads_and_decides_nothing(self):
        row = self.row()
        action = row.with_user(self.auditor).action_reject("no")
        self.assertEqual(row.state, "proposed")
        self.assertIn("The role AI User is missing.", action["params"]["message"])

    def test_a_problem_is_kept_with_its_row(self):
        row = self.row()
        row.with_user(self.user).action_reject("no")
        self.assertEqual(row.error, "You may not change this document.")
        [event] = self.events(row)
        self.assertEqual((event.kind, event.user_id), ("problem", self.user))
        self.assertEqual(event.note, row.error)

    def test_a_closed_suggestion_stays_closed(self):
        row = self.row(state="stale")
        action = row.with_user(self.clerk).action_reject("no")
        self.assertEqual(row.state, "stale")
        self.assertIn("no longer open: Changed since", action["params"]["message"])

    def test_rejecting_twice_is_told_and_harmless(self):
        row = self.row()
        row.with_user(self.clerk).action_reject("no")
        action = row.with_user(self.approver).action_reject("no")
        self.assertIn("already", action["params"]["message"])
        self.assertEqual(row.decided_by_id, self.clerk)
        self.assertEqual(len(self.events(row)), 1)

    def test_shadow_suggestions_are_decided_by_nobody(self):
        row = self.row(decision="shadow")
        for user in (self.clerk, self.approver, self.manager):
            for action in ("action_apply", "action_reject", "action_undo"):
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(row.with_user(user), action)()
        self.assertEqual(row.state, "proposed")

    def test_one_failure_does_not_stop_the_others(self):
        good, closed = self.row(self.new_partner()), self.row(state="expired")
        action = (good + closed).with_user(self.clerk).action_reject("no")
        self.assertEqual((good.state, closed.state), ("rejected", "expired"))
        self.assertIn("1 rejected", action["params"]["message"])

    def test_two_suggestions_for_one_document_are_not_decided_together(self):
        """Rejecting or applying both would let the second one act on what the first one changed."""
        first, second = self.row(), self.row()
        action = (first + second).with_user(self.clerk).action_reject("no")
        self.assertEqual((first.state, second.state), ("rejected", "proposed"))
        self.assertIn("same document", action["params"]["message"])

    def test_a_deleted_document_is_told(self):
        partner = self.new_partner()
        row = self.row(partner)
        partner.unlink()
        with self.assertRaises(AccessError):
            row.with_user(self.clerk).action_reject("no")
        row.action_reject("no")
        self.assertEqual(row.state, "proposed")
        self.assertTrue(row.error)
