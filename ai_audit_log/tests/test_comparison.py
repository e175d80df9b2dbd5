from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_autonomy import AutonomyCommon


@tagged("post_install", "-at_install")
class TestComparison(AutonomyCommon):
    """What nobody decided is compared with what people did, also where it is only observed."""

    def compare(self, rows, outcomes):
        """Compare ``rows``, of which people finished those with an outcome."""
        tasks = self.env.registry["ai.finance.task"]
        done = {row.res_id: outcome for row, outcome in zip(rows, outcomes, strict=True)}

        def outcome(_task, proposals):
            found = {record: done.get(record.id) for record in proposals}
            return {record: text for record, text in found.items() if text}

        with patch.object(tasks, "_outcome", outcome):
            return self.env["ai.finance.comparison"].sudo()._compare(self.task, rows)

    def rows(self, count, **values):
        values = {"policy_id": self.policy.id, "auto_eligible": True, **values}
        return self.env["ai.audit.log"].union(
            *(self.row(self.new_partner(), **values) for _number in range(count))
        )

    def test_finished_documents_are_closed_with_what_came_of_them(self):
        rows = self.rows(3, decision="shadow", amount=10)
        closed = self.compare(rows, ["agreed", "differed", None])
        self.assertEqual(closed, rows[:2])
        self.assertEqual(rows.mapped("state"), ["superseded", "superseded", "proposed"])
        self.assertEqual(rows.mapped("outcome"), ["agreed", "differed", False])
        told = self.events(rows).filtered(lambda event: event.kind == "outcome")
        self.assertEqual([event.data["agreed"] for event in told], [True, False])
        self.assertEqual(told.user_id, self.service)

    def test_deleted_documents_stop_nothing(self):
        rows = self.rows(2)
        rows[0]._document().unlink()
        self.assertEqual(self.compare(rows, ["agreed", "agreed"]), rows[1])

    def test_tasks_that_cannot_compare_compare_nothing(self):
        rows = self.rows(1)
        self.assertFalse(self.env["ai.finance.comparison"].sudo()._compare(self.task, rows))
        self.assertEqual(rows.state, "proposed")

    def test_the_scheduled_action(self):
        rows = self.rows(2)
        tasks = self.env.registry["ai.finance.task"]
        with (
            patch.object(tasks, "_outcome", lambda _task, many: dict.fromkeys(many, "agreed")),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("ai_audit_log.cron_compare").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(set(rows.mapped("outcome")), {"agreed"})

    def test_statistics(self):
        shadow = self.rows(4, decision="shadow", amount=10, policy_values={"mode": "shadow"})
        self.compare(shadow, ["agreed", "differed", "unforeseen", None])
        self.decided(count=2)
        self.decided("rejected")
        self.decided("undone", auto_eligible=False)
        self.decided(flagged=True)
        self.decided("superseded")
        self.decided(trigger="edit")
        Agreement = self.env["ai.finance.agreement"].with_user(self.manager)
        measures = ("suggested", "agreed", "differed", "unforeseen")
        aggregates = [f"{name}:sum" for name in (*measures, "automatic_right", "automatic_wrong")]
        mine = [("company_id", "=", self.company.id)]
        [(task, *figures)] = Agreement._read_group(mine, ["task_id"], aggregates)
        self.assertEqual(task, self.task)
        self.assertEqual(figures, [9, 3, 4, 1, 3, 3])
        [(_mode, *observed)] = Agreement._read_group(
            [*mine, ("mode", "=", "shadow")], ["mode"], aggregates
        )
        self.assertEqual(observed, [4, 1, 1, 1, 1, 1])

    def test_statistics_of_the_own_companies_for_who_manages_or_audits(self):
        self.decided()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.person("stranger", "ai_audit_log.group_ai_manager", elsewhere)
        Agreement = self.env["ai.finance.agreement"]
        self.assertTrue(Agreement.with_user(self.auditor).search_count([]))
        mine = [("company_id", "=", self.company.id)]
        self.assertFalse(
            Agreement.with_user(stranger)
            .with_context(allowed_company_ids=elsewhere.ids)
            .search_count(mine)
        )
        with self.assertRaises(AccessError):
            Agreement.with_user(self.user).search_count([])
