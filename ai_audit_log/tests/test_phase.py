from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_autonomy import AutonomyCommon

MANY = {"partner_id": False}


@tagged("post_install", "-at_install")
class TestPhase(AutonomyCommon):
    """Observe, assist, automate: a view on the modes, for a task and for the whole company."""

    def changes(self):
        events = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], order="id")
        return [event for event in events if event.data["policy_id"] == self.policy.id]

    def test_phase_of_every_mode(self):
        self.policy.max_amount = 10
        for mode, phase in {
            "off": False,
            "shadow": "observe",
            "suggest": "assist",
            "approve": "assist",
            "automatic": "automate",
        }.items():
            self.policy.mode = mode
            with self.subTest(mode=mode):
                self.assertEqual(self.policy.phase, phase)

    def test_setting_a_phase_sets_the_mode_and_is_one_event(self):
        before = len(self.changes())
        self.policy.with_user(self.manager).write({"phase": "automate", "max_amount": 100})
        self.assertEqual(self.policy.mode, "automatic")
        self.assertTrue(self.policy.automatic_since)
        [event] = self.changes()[before:]
        self.assertEqual(
            (event.data["old"]["mode"], event.data["new"]["mode"]), ("suggest", "automatic")
        )
        self.policy.phase = "observe"
        self.assertEqual(self.policy.mode, "shadow")

    def test_assist_leaves_the_choice_of_who_decides(self):
        self.policy.mode = "approve"
        self.policy.phase = "assist"
        self.assertEqual(self.policy.mode, "approve")

    def test_automate_needs_a_maximum(self):
        with self.assertRaises(ValidationError):
            self.policy.phase = "automate"

    def test_on_the_form_the_mode_follows(self):
        with Form(self.policy.with_user(self.manager)) as form:
            form.max_amount = 100
            form.phase = "automate"
            self.assertEqual(form.mode, "automatic")
            form.mode = "shadow"
            self.assertEqual(form.phase, "observe")
        self.assertEqual(self.policy.mode, "shadow")

    # ------------------------------------------------------------------
    # The whole company
    # ------------------------------------------------------------------

    def settings(self, phase, user=None):
        settings = self.env["res.config.settings"].with_user(user or self.admin)
        settings = settings.with_context(allowed_company_ids=self.company.ids)
        return settings.create({}).with_context(ai_phase=phase)

    def test_all_tasks_at_once(self):
        policies = self.company.ai_finance_policy_ids
        policies.write({"max_amount": 50})
        off = self.policy.copy({"mode": "off", "sequence": 99})
        self.assertEqual(self.company.ai_phase, "assist")
        for phase, mode in (("observe", "shadow"), ("automate", "automatic")):
            self.settings(phase).action_ai_phase()
            self.assertEqual(set(policies.mapped("mode")), {mode})
            self.assertEqual(self.company.ai_phase, phase)
        self.assertEqual(off.mode, "off")
        self.policy.mode = "suggest"
        if len(policies) > 1:
            self.assertEqual(self.company.ai_phase, "mixed")

    def test_automate_names_the_tasks_without_a_maximum(self):
        (self.company.ai_finance_policy_ids - self.policy).write({"max_amount": 50})
        with self.assertRaisesRegex(UserError, r"maximum amount.*\n- Partner check"):
            self.settings("automate").action_ai_phase()
        self.assertNotIn("automatic", self.company.ai_finance_policy_ids.mapped("mode"))

    def test_phases_are_set_by_managers(self):
        with self.assertRaises(AccessError):
            self.policy.with_user(self.user)._set_phase("observe")

    # ------------------------------------------------------------------
    # Scope
    # ------------------------------------------------------------------

    def test_without_a_scope_it_is_for_all(self):
        self.assertEqual(self.policy.scope_label, "All")


@tagged("post_install", "-at_install")
class TestFigures(AutonomyCommon):
    """What happened lately, and what limits would have done, straight from the log."""

    def history(self):
        """Suggestions of the last days, and some that must not be counted."""
        common = {"decision": "suggest", "confidence": 0.99, **MANY}
        self.decided(amount=100, policy_values={"confirmed": 2}, **common)
        self.decided(amount=200.5, policy_values={"confirmed": 0}, **common)
        self.decided("rejected", amount=50.25, policy_values={"confirmed": 5}, **common)
        self.decided("undone", amount=5000, policy_values={"confirmed": 5}, **common)
        self.decided(amount=10, flagged=True, policy_values={"confirmed": 5}, **common)
        self.decided("proposed", amount=20, policy_values={"confirmed": 5}, **common)
        self.decided(amount=30, **{**common, "confidence": 0.9})
        self.decided(amount=40, vetoes=[{"code": "locked", "params": {}, "text": "x"}], **common)
        nothing = [{"code": "nothing_to_apply", "params": {}, "text": "x"}]
        self.decided("proposed", decision="none", decision_reasons=nothing, confidence=1.0)
        flagged = [{"code": "flagged", "params": {}, "text": "x"}]
        self.decided(amount=60, decision_reasons=flagged, **common)
        # Not counted: superseded, edited by a person, failed, too old, another company.
        self.decided("superseded", amount=1000, **common)
        self.decided("failed", amount=1000, **common)
        self.decided(amount=1000, trigger="edit", **common)
        past = fields.Datetime.subtract(fields.Datetime.now(), days=31)
        with patch.object(self.env.cr, "now", lambda: past):
            self.decided(amount=1000, **common)

    def what_if(self, **values):
        self.policy.write({"max_amount": 1000, **values})
        found = self.env["ai.finance.autonomy"]._what_if(self.policy)
        return found.automatic, str(found.amount), found.overridden, found.people

    def test_what_if_in_exact_numbers(self):
        self.history()
        self.assertEqual(self.what_if(), (5, "380.75", 2, 5))
        self.assertEqual(self.what_if(mode="automatic"), (5, "380.75", 2, 5))
        self.assertEqual(self.what_if(min_confidence=0.9), (6, "410.75", 2, 4))
        self.assertEqual(self.what_if(max_amount=100), (5, "210.25", 2, 5))
        self.assertEqual(self.what_if(max_amount=5000), (7, "5410.75", 3, 3))
        self.assertEqual(self.what_if(first_n=2), (4, "180.25", 2, 6))
        self.assertEqual(self.what_if(min_confidence=1.0), (0, "0", 0, 10))

    def test_the_sentence_is_about_what_is_on_the_screen(self):
        self.history()
        with Form(self.policy.with_user(self.manager)) as form:
            self.assertIn("would in the last 30 days have applied 6 suggestions", form.what_if)
            self.assertIn("3 were later overridden", form.what_if)
            form.max_amount = 1000
            form.phase = "automate"
            self.assertIn("5 suggestions would have been applied automatically", form.what_if)
            self.assertIn("380.75", form.what_if)
            self.assertIn("2 were later overridden by people; 5 left to people", form.what_if)
            form.first_n = 2
            self.assertIn("4 suggestions would have been applied automatically", form.what_if)
            self.assertEqual(self.policy.mode, "suggest", "nothing is saved yet")

    def test_nothing_to_compare_with(self):
        self.assertIn("no suggestion to compare with", self.policy.what_if)

    def test_figures_are_not_for_everybody(self):
        for name in ("what_if", "recent_suggested"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.policy.with_user(self.user).read([name])
        self.policy.with_user(self.auditor).read(["what_if", "recent_suggested"])

    def test_the_last_thirty_days(self):
        self.history()
        names = ("suggested", "unchanged", "overridden", "undone")
        figures = [self.policy[f"recent_{name}"] for name in names]
        self.assertEqual(figures, [9, 5, 2, 1])

    def test_figures_of_many_policies_cost_one_query(self):
        policies = self.policy
        for number in range(5):
            policies |= self.policy.copy({"sequence": 20 + number})
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["ai.finance.autonomy"]._recent(policies)
