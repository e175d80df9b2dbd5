from odoo.tests import tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestEvents(KernelCommon):
    """Who did what when: one event for every change of state."""

    def told(self, logs):
        return [(event.old_state, event.new_state, event.user_id) for event in self.events(logs)]

    def test_a_life_in_events(self):
        row = self.row(state="queued")
        as_service, as_clerk = (row.with_user(user).sudo() for user in (self.service, self.clerk))
        as_service._transition("running")
        as_service._transition("proposed")
        as_clerk._transition("applied", note="agreed by phone")
        as_clerk._transition("undone")
        self.assertEqual(
            self.told(row),
            [
                ("queued", "running", self.service),
                ("running", "proposed", self.service),
                ("proposed", "applied", self.clerk),
                ("applied", "undone", self.clerk),
            ],
        )
        self.assertEqual(self.events(row)[2].note, "agreed by phone")
        self.assertEqual(set(self.events(row).mapped("kind")), {"state"})
        self.assertEqual(self.events(row).company_id, self.company)

    def test_each_row_of_a_set_has_its_own_event(self):
        proposed, approved = self.row(), self.row(state="approved")
        (proposed + approved)._transition("stale", note="paid meanwhile")
        self.assertEqual(self.told(proposed), [("proposed", "stale", self.env.user)])
        self.assertEqual(self.told(approved), [("approved", "stale", self.env.user)])

    def test_values_that_differ_from_row_to_row(self):
        first, second = self.row(), self.row()
        (first + second)._transition(
            "applied",
            values={"executed_by_id": self.clerk.id},
            each={first: {"undo_data": {"was": 1}}, second: {"undo_data": {"was": 2}}},
        )
        self.assertEqual((first.undo_data, second.undo_data), ({"was": 1}, {"was": 2}))
        self.assertEqual((first + second).executed_by_id, self.clerk)

    def test_many_rows_cost_as_much_as_one(self):
        one = self.row()
        many = one.union(*(self.row() for _ in range(40)))
        self.env.flush_all()
        many.mapped("state")
        with self.assertQueryCount(__system__=4):  # state, events, and the new events' ids
            many._transition("expired")
            self.env.flush_all()

    def test_user_of_an_event_is_the_person_not_the_superuser(self):
        row = self.row()
        self.env["ai.finance.decision"].with_user(self.clerk)._reject(
            row.with_user(self.clerk), "no"
        )
        [event] = self.events(row)
        self.assertEqual((event.user_id, event.note), (self.clerk, "no"))
        self.assertEqual(row.decided_by_id, self.clerk)
