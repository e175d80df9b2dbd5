from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_autonomy import AutonomyCommon


@tagged("post_install", "-at_install")
class TestFlag(AutonomyCommon):
    """Users say that a suggestion is wrong, and why; it makes a difference."""

    def flag(self, rows, user=None, reason="It is the mother company"):
        tasks = self.env.registry["ai.finance.task"]
        with patch.object(tasks, "_unlearn", lambda _task, logs: self.unlearned.append(logs)):
            return rows.with_user(user or self.user).action_flag_wrong(reason)

    def setUp(self):
        super().setUp()
        self.unlearned = []

    def test_leaves_an_event_with_the_reason_and_nothing_else(self):
        row = self.row(state="applied")
        self.flag(row)
        self.assertTrue(row.flagged)
        self.assertEqual(row.state, "applied", "flagging is not undoing")
        [event] = self.events(row)
        self.assertEqual(
            (event.kind, event.note, event.user_id),
            ("flag", "It is the mother company", self.user),
        )

    def test_what_was_learned_is_forgotten(self):
        row, waiting = self.row(state="applied"), self.row(self.new_partner())
        self.flag(row + waiting)
        self.assertEqual([set(logs.ids) for logs in self.unlearned], [{row.id}])

    def test_twice_is_once(self):
        row = self.row(state="applied")
        self.flag(row)
        self.flag(row, self.clerk)
        self.assertEqual(len(self.events(row)), 1)

    def test_by_any_user_who_may_read_the_document(self):
        row = self.row(state="applied")
        for user in (self.auditor, self.manager, self.nobody):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.flag(row, user)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.person("stranger", "ai_audit_log.group_ai_user", elsewhere)
        with self.assertRaises(AccessError):
            self.flag(row, stranger)
        self.assertFalse(row.flagged)

    def test_needs_a_reason_and_a_suggestion_that_is_there(self):
        for reason in (None, "", "  "):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self.flag(self.row(state="applied"), reason=reason)
        for state in ("rejected", "edited", "superseded", "expired", "undone", "failed"):
            with self.subTest(state=state), self.assertRaises(UserError):
                self.flag(self.row(self.new_partner(), state=state))

    def test_wizard(self):
        row = self.row(state="applied")
        context = {"active_model": "ai.audit.log", "active_ids": row.ids}
        with Form(self.env["ai.audit.flag"].with_user(self.user).with_context(**context)) as form:
            form.reason = "wrong_partner"
            form.note = "it is the mother company"
        form.record.action_flag()
        self.assertEqual(
            self.events(row).note, "Another customer or vendor is meant: it is the mother company"
        )

    def test_flagged_is_found(self):
        row = self.row(state="applied")
        self.flag(row)
        Log = self.env["ai.audit.log"].with_user(self.user)
        self.assertEqual(Log.search([("flagged", "=", True)]), row)

    # ------------------------------------------------------------------
    # What changes
    # ------------------------------------------------------------------

    def test_somebody_looks_again_at_an_open_suggestion(self):
        row = self.suggest(self.partner)
        self.flag(row)
        waiting = self.env["ai.audit.log"].sudo().search([("state", "=", "queued")])
        self.assertEqual(waiting.mapped("res_id"), self.partner.ids)

    def test_the_same_is_not_suggested_again_by_itself(self):
        row = self.suggest(self.partner)
        self.flag(row)
        again = self.suggest(self.partner, trigger="cron")
        self.assertEqual(again, row, "nothing new was written")

    def test_the_same_is_never_automatic_again(self):
        self.automatic()
        row = self.suggest(self.partner)
        self.assertEqual(row.state, "approved")
        self.flag(row)
        again = self.suggest(self.partner)
        self.assertNotEqual(again, row, "a person who asks gets an answer")
        self.assertEqual((again.decision, again.auto_eligible), ("suggest", False))
        self.assertIn("flagged as wrong before", [r["text"] for r in again.decision_reasons])

    def test_flagged_while_it_waits_for_the_machine(self):
        self.automatic()
        row = self.suggest(self.partner)
        self.flag(row)
        self.assertEqual(self.refused(row), {row.id: "A person has to decide."})
