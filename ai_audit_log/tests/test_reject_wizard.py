from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestRejectWizard(KernelCommon):
    """Why a suggestion was rejected is kept."""

    def reject(self, rows, user=None, **values):
        context = {"active_model": "ai.audit.log", "active_ids": rows.ids}
        wizard = self.env["ai.audit.reject"].with_user(user or self.clerk).with_context(**context)
        with Form(wizard) as form:
            for name, value in values.items():
                form[name] = value
        return form.record.action_reject()

    def test_keeps_reason_and_note(self):
        row = self.row()
        self.reject(row, reason="wrong_partner", note="it is the mother company")
        self.assertEqual(row.state, "rejected")
        self.assertEqual(row.decided_by_id, self.clerk)
        self.assertTrue(row.decided_at)
        [event] = self.events(row)
        self.assertEqual(
            event.note, "Another customer or vendor is meant: it is the mother company"
        )
        self.assertEqual(event.user_id, self.clerk)

    def test_reason_without_a_note(self):
        row = self.row()
        self.reject(row, reason="wrong_amount")
        self.assertEqual(self.events(row).note, "The amount is wrong")

    def test_several_at_once(self):
        rows = self.row(self.new_partner()) + self.row(self.new_partner()) + self.row()
        action = self.reject(rows, reason="later")
        self.assertEqual(set(rows.mapped("state")), {"rejected"})
        self.assertEqual(set(self.events(rows).mapped("note")), {"Not now"})
        self.assertIn("3", action["params"]["message"])

    def test_auditor_and_manager_reject_nothing(self):
        row = self.row()
        for user in (self.auditor, self.manager, self.nobody):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.reject(row, user, reason="other")
        self.assertEqual(row.state, "proposed")
