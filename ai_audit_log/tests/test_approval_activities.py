from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import APPROVER, MANAGER, KernelCommon

PARTNERS = "base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestApprovalActivities(KernelCommon):
    """One activity a person, to whose turn it is, done when nothing waits for them any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.person("boss", f"{APPROVER},{PARTNERS}")
        cls.policy.write({"mode": "approve", "approver_ids": cls.approver.ids})
        cls.env["ai.finance.approval.tier"].create(
            {"policy_id": cls.policy.id, "amount_from": 1000, "approver_ids": cls.boss.ids}
        )

    def waiting_row(self, amount=100.0, **values):
        return self.row(self.new_partner(), decision="approve", amount=amount, **values)

    def refresh(self):
        self.env["ai.finance.approval"].sudo()._refresh(self.company)
        self.env.flush_all()
        self.env.invalidate_all()

    def activities(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("res_model", "=", "ai.finance.approval")]
        )

    def box(self, user):
        return self.env["ai.finance.approval"].sudo().search([("user_id", "=", user.id)])

    # ------------------------------------------------------------------
    # Opened, changed, closed
    # ------------------------------------------------------------------

    def test_one_activity_a_person_that_counts(self):
        for amount in (100, 250):
            self.waiting_row(amount)
        self.waiting_row(5000)
        self.refresh()
        [activity] = self.activities(self.approver)
        self.assertIn("2 suggestions", activity.summary)
        self.assertIn("350", activity.summary)
        self.assertIn("ai-my-approvals", activity.note)
        self.assertIn(self.task.name, activity.note)
        [theirs] = self.activities(self.boss)
        self.assertIn("1 suggestion waits", theirs.summary)

    def test_it_grows_as_more_come(self):
        self.waiting_row()
        self.refresh()
        before = self.activities(self.approver)
        self.waiting_row()
        self.refresh()
        after = self.activities(self.approver)
        self.assertEqual(after, before, "no second activity")
        self.assertIn("2 suggestions", after.summary)

    def test_it_is_done_when_nothing_waits(self):
        for state in ("rejected", "expired", "stale", "superseded", "edited", "applied"):
            with self.subTest(state=state):
                row = self.waiting_row()
                self.refresh()
                activity = self.activities(self.approver)
                self.assertEqual(len(activity), 1)
                row._transition(state)
                self.refresh()
                self.assertFalse(self.activities(self.approver))
                self.assertFalse(activity.active, "done, not deleted")
                self.assertEqual(self.box(self.approver).waiting_count, 0)

    def test_an_approver_taken_off_is_released(self):
        self.waiting_row()
        self.refresh()
        self.policy.approver_ids = self.boss
        self.refresh()
        self.assertFalse(self.activities(self.approver))
        self.assertTrue(self.activities(self.boss))

    def test_closed_by_hand_it_stays_closed_until_more_come(self):
        self.waiting_row()
        self.refresh()
        self.activities(self.approver).with_user(self.approver).action_done()
        self.refresh()
        self.assertFalse(self.activities(self.approver))
        self.waiting_row()
        self.refresh()
        self.assertIn("2 suggestions", self.activities(self.approver).summary)

    def test_it_is_in_the_persons_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.approver.lang = "fr_FR"
        self.waiting_row(934.5)
        self.refresh()
        self.assertIn("934,50", self.activities(self.approver).summary)

    def test_no_mail_for_each_activity(self):
        before = self.env["mail.mail"].search_count([])
        self.waiting_row()
        self.refresh()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    # ------------------------------------------------------------------
    # Only to whose turn it is
    # ------------------------------------------------------------------

    def test_not_to_the_maker(self):
        self.waiting_row(maker_id=self.approver.id)
        self.refresh()
        self.assertFalse(self.activities(self.approver))

    def test_not_to_who_manages_the_policies(self):
        self.policy.approver_ids = False
        both = self.person("both", f"{APPROVER},{MANAGER},{PARTNERS}")
        self.waiting_row()
        self.refresh()
        self.assertFalse(self.activities(both))
        self.assertTrue(self.activities(self.boss))

    def test_not_to_who_may_not_decide(self):
        """Without the right to change the document, unless the service user carries it out."""
        reader = self.person("reader", APPROVER)
        self.policy.approver_ids = reader
        self.waiting_row()
        self.refresh()
        self.assertFalse(self.activities(reader))
        self.policy.execute_as_service = True
        self.refresh()
        self.assertTrue(self.activities(reader))

    def test_not_about_documents_one_may_not_read(self):
        self.env["ir.rule"].create(
            {
                "name": "no secret customers",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('name', '!=', 'Secret Customer')]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        self.row(self.new_partner("Secret Customer"), decision="approve", amount=77)
        self.waiting_row(100)
        self.refresh()
        self.assertEqual(self.box(self.approver).waiting_amount, 100)

    def test_not_of_other_companies(self):
        other = self.env["res.company"].create({"name": "Subsidiary"})
        self.policy_of(other).mode = "approve"
        theirs = self.new_partner(company=other)
        self.row(theirs, company_id=other.id, decision="approve")
        self.env["ai.finance.approval"].sudo()._refresh(other)
        self.refresh()
        self.assertFalse(self.activities(self.approver))

    def test_what_is_nobodys_approval_calls_nobody(self):
        self.policy.mode = "suggest"
        self.waiting_row(state="applied")
        self.row(self.new_partner(), decision="suggest")
        self.row(self.new_partner(), decision="shadow")
        self.refresh()
        self.assertFalse(self.activities(self.approver))

    def test_open_suggestions_of_a_policy_that_now_asks_an_approver(self):
        self.row(self.new_partner(), decision="suggest")
        self.refresh()
        self.assertTrue(self.activities(self.approver))

    # ------------------------------------------------------------------
    # The list and the box
    # ------------------------------------------------------------------

    def test_my_approvals_is_what_the_activity_counts(self):
        low, high = self.waiting_row(10), self.waiting_row(4000)
        mine = self.waiting_row(20, maker_id=self.approver.id)
        Log = self.env["ai.audit.log"]
        for user, expected in (
            (self.approver, low),
            (self.boss, high),
            (self.clerk, low.browse()),
            (self.auditor, low.browse()),
        ):
            own = [("id", "in", (low + high + mine).ids)]
            found = Log.with_user(user).search([("waits_for_me", "=", True), *own])
            rest = Log.with_user(user).search([("waits_for_me", "=", False), *own])
            with self.subTest(user=user.login):
                self.assertEqual(found.ids, expected.ids)
                self.assertEqual(set(rest.ids), set((low + high + mine - expected).ids))
                rows = (low + high + mine).with_user(user)
                self.assertEqual(rows.filtered("waits_for_me").ids, expected.ids)

    def test_everybody_sees_their_own_box_only(self):
        self.waiting_row(10)
        self.waiting_row(4000)
        self.refresh()
        Box = self.env["ai.finance.approval"]
        self.assertEqual(Box.with_user(self.approver).search([]).user_id, self.approver)
        self.assertEqual(Box.with_user(self.boss).search([]).user_id, self.boss)
        with self.assertRaises(AccessError):
            self.box(self.boss).with_user(self.approver).read(["waiting_count"])
        with self.assertRaises(AccessError):
            self.box(self.approver).with_user(self.approver).waiting_count = 0
        action = self.box(self.approver).with_user(self.approver).action_review()
        self.assertEqual(action["res_model"], "ai.audit.log")

    def test_a_box_of_another_company_is_not_read(self):
        other = self.env["res.company"].create({"name": "Subsidiary"})
        self.approver.company_ids += other
        Box = self.env["ai.finance.approval"].sudo()
        theirs = Box.create({"user_id": self.approver.id, "company_id": other.id})
        mine = theirs.with_user(self.approver)
        self.assertEqual(mine.with_context(allowed_company_ids=other.ids).search([]), theirs)
        at_home = mine.with_context(allowed_company_ids=self.company.ids)
        self.assertFalse(at_home.search([]))
        with self.assertRaises(AccessError):
            at_home.read(["waiting_count"])

    # ------------------------------------------------------------------
    # When, and what it costs
    # ------------------------------------------------------------------

    def test_it_is_told_after_the_work_not_during_it(self):
        triggers = self.env["ir.cron.trigger"]
        cron = self.env.ref("ai_audit_log.cron_approvals")
        before = triggers.search_count([("cron_id", "=", cron.id)])
        with self.engine():
            self.env["ai.finance.pipeline"]._suggest(self.task, self.new_partner(), "cron")
        self.assertGreater(triggers.search_count([("cron_id", "=", cron.id)]), before)
        self.assertFalse(self.activities(self.approver), "not in the transaction of the work")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.activities(self.approver))

    def test_deciding_wakes_it(self):
        row = self.waiting_row()
        with patch.object(self.env.registry["ir.cron"], "_trigger") as trigger:
            row.with_user(self.approver).action_reject("no")
        self.assertTrue(trigger.called)

    def test_more_rows_need_no_more_queries(self):
        def queries():
            self.refresh()
            before = self.env.cr.sql_log_count
            self.env["ai.finance.approver"]._waiting(self.company)
            return self.env.cr.sql_log_count - before

        self.waiting_row()
        few = queries()
        for number in range(60):
            self.waiting_row(number)
        self.assertLessEqual(queries(), few + 1)
