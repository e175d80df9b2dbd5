from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestSettings(KernelCommon):
    """Settings show and save the policies of the company one works in."""

    def settings(self, user=None):
        settings = self.env["res.config.settings"].with_user(user or self.admin)
        return settings.with_context(allowed_company_ids=self.company.ids)

    def position(self, form):
        """Return the position of the test policy in the list of the form."""
        rows = form.ai_finance_policy_ids
        return next(index for index in range(len(rows)) if rows.edit(index).task_id == self.task)

    def test_shows_every_policy_of_the_company(self):
        settings = self.settings().create({})
        expected = self.env["ai.finance.policy"].search([("company_id", "=", self.company.id)])
        self.assertTrue(expected)
        self.assertEqual(settings.ai_finance_policy_ids.sudo(), expected.sudo())

    def test_saves_what_was_changed(self):
        with Form(self.settings()) as form:
            with form.ai_finance_policy_ids.edit(self.position(form)) as row:
                row.mode = "automatic"
                row.min_confidence = 0.97
                row.max_amount = 750.0
        form.record.execute()
        self.assertEqual(
            (self.policy.mode, self.policy.min_confidence, self.policy.max_amount),
            ("automatic", 0.97, 750.0),
        )

    def test_the_change_has_the_administrators_name(self):
        with Form(self.settings()) as form:
            with form.ai_finance_policy_ids.edit(self.position(form)) as row:
                row.mode = "approve"
        form.record.execute()
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], limit=1)
        self.assertEqual((event.user_id, event.data["policy_id"]), (self.admin, self.policy.id))
        self.assertEqual(
            (event.data["old"]["mode"], event.data["new"]["mode"]), ("suggest", "approve")
        )

    def test_saving_other_settings_changes_no_policy(self):
        Event = self.env["ai.audit.log.event"].sudo()
        before = (self.policy.read(), Event.search_count([("kind", "=", "policy")]))
        self.settings().create({}).execute()
        self.env.invalidate_all()
        self.assertEqual(
            (self.policy.read(), Event.search_count([("kind", "=", "policy")])), before
        )

    def test_a_policy_can_be_added(self):
        with Form(self.settings()) as form:
            with form.ai_finance_policy_ids.new() as row:
                row.task_id = self.task
                row.mode = "off"
        form.record.execute()
        added = self.policy_of(self.company) - self.policy
        self.assertEqual((added.mode, added.company_id), ("off", self.company))

    def test_nothing_is_deleted_in_passing(self):
        """A new settings page cannot tell "deleted" from "not loaded": that is for the own list."""
        arch = etree.fromstring(self.settings().get_view(view_type="form")["arch"])
        [rows] = arch.xpath("//field[@name='ai_finance_policy_ids']/list")
        self.assertEqual(rows.get("delete"), "0")

    def test_the_same_page_saved_again(self):
        with Form(self.settings()) as form:
            with form.ai_finance_policy_ids.edit(self.position(form)) as row:
                row.mode = "off"
        settings = form.record
        settings.write({"ai_finance_policy_ids": [(1, self.policy.id, {"mode": "shadow"})]})
        self.assertEqual(self.policy.mode, "shadow")
        self.assertIn(self.policy, settings.ai_finance_policy_ids)

    def test_automatic_without_a_maximum_is_refused(self):
        with self.assertRaises(ValidationError):
            with Form(self.settings()) as form:
                with form.ai_finance_policy_ids.edit(self.position(form)) as row:
                    row.mode = "automatic"
        self.assertEqual(self.policy.mode, "suggest")

    def test_settings_are_for_administrators(self):
        for user in (self.user, self.approver, self.auditor, self.nobody):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.settings(user).create({}).execute()
