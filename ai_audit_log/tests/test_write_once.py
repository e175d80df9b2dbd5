from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import get_public_method
from odoo.tests import tagged

from ..engine.columns import EVIDENCE, OUTCOME, WORK
from ..engine.lifecycle import TRANSITIONS
from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestWriteOnce(KernelCommon):
    """What was suggested and what came of it stands for ever, whoever wants to change it."""

    def stored_columns(self):
        fields = self.env["ai.audit.log"]._fields.values()
        return {field.name for field in fields if field.store and field.column_type}

    def as_each(self, record):
        """Return ``record`` as superuser, as administrator and in every role of the product."""
        people = (self.admin, self.approver, self.auditor, self.manager, self.service)
        return {
            "superuser": record.sudo(),
            "OdooBot": record.with_user(self.env.ref("base.user_root")),
            **{user.login: record.with_user(user) for user in people},
        }

    def test_every_column_is_evidence_outcome_work_or_state(self):
        known = EVIDENCE | OUTCOME | WORK | {"state", "confidence_level", *MAGIC_COLUMNS}
        known |= {"content_hash"}  # written by the database alone
        self.assertEqual(
            self.stored_columns(), known, "a new column has to be protected: engine/columns.py"
        )

    def test_no_column_of_the_log_can_be_written(self):
        row = self.row()
        before = row.read()
        for name in self.stored_columns() - WORK - {"id"}:
            for who, own in self.as_each(row).items():
                with self.subTest(column=name, who=who), self.assertRaises(UserError):
                    own.write({name: row[name]})
        self.assertEqual(row.read(), before)

    def test_assignment_is_a_write(self):
        row = self.row()
        with self.assertRaises(UserError):
            row.sudo().state = "applied"
        with self.assertRaises(UserError):
            row.sudo().confidence = 1.0
        self.env.invalidate_all(flush=False)
        self.assertEqual((row.state, row.confidence), ("proposed", 0.9))

    def test_one_allowed_column_does_not_let_others_through(self):
        row = self.row()
        with self.assertRaises(UserError):
            row.sudo().write({"error": "x", "amount": 1.0})
        self.assertFalse(row.error)

    def test_people_write_not_even_the_work_columns(self):
        row = self.row()
        for who, own in self.as_each(row).items():
            if not own.env.su:
                for name in WORK:
                    with self.subTest(column=name, who=who), self.assertRaises(AccessError):
                        own.write({name: row[name]})

    def test_rows_cannot_be_deleted(self):
        for state in TRANSITIONS:
            row = self.row(state=state)
            for who, own in self.as_each(row).items():
                with self.subTest(who=who, state=state), self.assertRaises(UserError):
                    own.unlink()
            self.assertTrue(row.exists())

    def test_rows_cannot_be_copied(self):
        row = self.row()
        for who, own in self.as_each(row).items():
            with self.subTest(who=who), self.assertRaises(UserError):
                own.copy()

    def test_people_cannot_create_rows(self):
        for who, own in self.as_each(self.env["ai.audit.log"]).items():
            if not own.env.su:
                with self.subTest(who=who), self.assertRaises(AccessError):
                    own.create({"task_code": self.task.code})

    def test_events_are_neither_written_nor_deleted(self):
        row = self.row()
        row._transition("rejected", note="wrong customer")
        event = self.events(row)
        before = event.read()
        for who, own in self.as_each(event).items():
            for values in ({"note": "right"}, {"user_id": self.admin.id}, {"new_state": "applied"}):
                with self.subTest(who=who, values=values), self.assertRaises(UserError):
                    own.write(values)
            with self.subTest(who=who), self.assertRaises(UserError):
                own.unlink()
            if not own.env.su:
                with self.subTest(who=who), self.assertRaises(AccessError):
                    own.create({"kind": "state"})
        self.assertEqual(event.read(), before)

    # ------------------------------------------------------------------
    # The two ways in
    # ------------------------------------------------------------------

    def test_evidence_is_completed_in_state_running_only(self):
        for state in TRANSITIONS:
            row = self.row(state=state)
            if state == "running":
                row._complete({row: {"confidence": 0.5, "summary": "Rename to Wood"}})
                self.assertEqual((row.confidence, row.summary), (0.5, "Rename to Wood"))
            else:
                with self.subTest(state=state), self.assertRaises(UserError):
                    row._complete({row: {"confidence": 0.5}})
                self.assertEqual(row.confidence, 0.9)

    def test_only_evidence_is_completed(self):
        row = self.row(state="running")
        for name in self.stored_columns() - EVIDENCE:
            with self.subTest(column=name), self.assertRaises(UserError):
                row._complete({row: {name: row[name]}})

    def test_outcome_and_work_columns_only_with_a_transition(self):
        for name in self.stored_columns() - OUTCOME - WORK:
            row = self.row()
            with self.subTest(column=name), self.assertRaises(UserError):
                row._transition("rejected", values={name: row[name]})
            with self.subTest(column=name, each=True), self.assertRaises(UserError):
                row._transition("rejected", each={row: {name: row[name]}})
            with self.subTest(column=name, alone=True), self.assertRaises(UserError):
                row._write_outcome({name: row[name]})
            self.assertEqual(row.state, "proposed")
            self.assertFalse(self.events(row))

    def test_forbidden_ways_are_refused(self):
        for old, following in TRANSITIONS.items():
            for new in TRANSITIONS:
                row = self.row(state=old)
                if new in following:
                    row._transition(new)
                    self.assertEqual(row.state, new)
                else:
                    with self.subTest(old=old, new=new), self.assertRaises(UserError):
                        row._transition(new)
                    self.assertEqual(row.state, old)
                    self.assertFalse(self.events(row), "what was refused leaves no event")

    def test_one_forbidden_row_stops_all(self):
        open_row, closed = self.row(), self.row(state="rejected")
        with self.assertRaisesRegex(UserError, "“Rejected” cannot become “Applied”"):
            (open_row + closed)._transition("applied", values={"applied_at": "2026-03-20"})
        self.assertEqual(open_row.state, "proposed")
        self.assertFalse(open_row.applied_at)

    def test_the_ways_in_are_closed_for_remote_calls(self):
        for name in ("_transition", "_complete", "_write_outcome", "_record_events"):
            with self.subTest(method=name), self.assertRaises(AccessError):
                get_public_method(self.env["ai.audit.log"], name)

    def test_people_cannot_use_the_ways_in_either(self):
        """Also server actions run as their user: without full rights nothing is written."""
        row = self.row()
        for who, own in self.as_each(row).items():
            if not own.env.su:
                with self.subTest(who=who), self.assertRaises(AccessError):
                    own._transition("rejected")
                self.assertEqual(row.state, "proposed")
