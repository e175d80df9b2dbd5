from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestApprovalReview(KernelCommon):
    """What was posted without a person is left to be reviewed, where the policy says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.leave_unreviewed = True

    def automatic_row(self, **values):
        values = {
            "decision": "apply",
            "state": "applied",
            "decided_by_id": self.service.id,
            "applied_at": fields.Datetime.now(),
            "review_state": "to_review",
            **values,
        }
        return self.row(self.new_partner(), **values)

    def test_only_automatic_work_is_left(self):
        automatic = self.automatic_row(review_state="none")
        by_person = self.automatic_row(review_state="none", decided_by_id=self.clerk.id)
        (automatic + by_person)._leave_for_review()
        self.assertEqual((automatic + by_person).mapped("review_state"), ["to_review", "none"])

    def test_only_where_the_policy_says_so(self):
        self.policy.leave_unreviewed = False
        row = self.automatic_row(review_state="none")
        row._leave_for_review()
        self.assertEqual(row.review_state, "none")

    def test_marking_names_who_and_when(self):
        for user in (self.approver, self.auditor):
            rows = self.automatic_row() + self.automatic_row()
            with self.subTest(user=user.login):
                action = rows.with_user(user).action_mark_reviewed()
                self.assertIn("2 marked as reviewed", action["params"]["message"])
                self.assertEqual(set(rows.mapped("review_state")), {"reviewed"})
                self.assertEqual(rows.reviewed_by_id, user)
                self.assertTrue(all(rows.mapped("reviewed_at")))
                events = self.events(rows)
                self.assertEqual(events.mapped("kind"), ["review"] * 2)
                self.assertEqual(events.user_id, user)

    def test_the_first_name_counts(self):
        row = self.automatic_row()
        row.with_user(self.approver).action_mark_reviewed()
        row.with_user(self.auditor).action_mark_reviewed()
        self.assertEqual(row.reviewed_by_id, self.approver)
        self.assertEqual(len(self.events(row)), 1)

    def test_what_needs_no_review_is_left_alone(self):
        row = self.row(state="applied")
        row.with_user(self.approver).action_mark_reviewed()
        self.assertEqual(row.review_state, "none")
        self.assertFalse(self.events(row))

    def test_not_by_everybody(self):
        row = self.automatic_row()
        for user in (self.user, self.clerk, self.manager, self.nobody):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_mark_reviewed()
        self.assertEqual(row.review_state, "to_review")

    def test_not_what_one_may_not_read(self):
        self.env["ir.rule"].create(
            {
                "name": "no customers",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('name', '!=', 'Wood Corner')]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        row = self.automatic_row()
        with self.assertRaises(AccessError):
            row.with_user(self.approver).action_mark_reviewed()

    def test_the_list_opens_on_what_is_left_by_day(self):
        row, reviewed = self.automatic_row(), self.automatic_row(review_state="reviewed")
        by_person = self.automatic_row(decided_by_id=self.clerk.id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_audit_log.action_ai_posted_automatically"
        )
        self.assertEqual(action["views"][0][1], "list")
        domain = self.env["ir.actions.act_window"].browse(action["id"])._get_action_dict()["domain"]
        rows = (row + reviewed + by_person).filtered_domain(eval(domain))  # pylint: disable=eval-used
        self.assertEqual(rows, row + reviewed)
        groups = (
            self.env["ai.audit.log"]
            .with_user(self.auditor)
            .formatted_read_group([("id", "in", rows.ids)], ["applied_at:day"], ["__count"])
        )
        self.assertEqual([group["__count"] for group in groups], [2])
