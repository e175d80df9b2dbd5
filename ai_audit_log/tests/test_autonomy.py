from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.outcome import Outcome
from ..engine.suggestion import Summary
from .common import KernelCommon


class AutonomyCommon(KernelCommon):
    """Rows of the log as people and the machine left them."""

    def decided(self, state="applied", count=1, **values):
        """Return rows that a person decided, one document each."""
        rows = self.env["ai.audit.log"]
        values = {
            "partner_id": self.partner.id,
            "decided_by_id": self.clerk.id,
            "decided_at": fields.Datetime.now(),
            "policy_id": self.policy.id,
            "auto_eligible": True,
            **values,
        }
        for _number in range(count):
            rows |= self.row(self.new_partner(), state=state, **values)
        return rows

    def suggest(self, document, trigger="button", partner=None, **engine):
        """Return the row made for ``document``, about ``partner``."""
        summary = Summary("Rename", partner_id=(partner or self.partner).id)
        tasks = self.env.registry["ai.finance.task"]
        with (
            self.engine(**engine),
            patch.object(tasks, "_summary", lambda _task, many: dict.fromkeys(many, summary)),
        ):
            return self.env["ai.finance.pipeline"]._suggest(self.task, document, trigger)

    def refused(self, row):
        """Return what the policy has against the service user applying ``row``."""
        outcome = Outcome("apply")
        decision = self.env["ai.finance.decision"].with_user(self.service)
        decision._within_policy(self.task, row.with_user(self.service), outcome)
        return outcome.problems

    def automatic(self, **values):
        self.policy.write({"mode": "automatic", "max_amount": 1000, **values})


@tagged("post_install", "-at_install")
class TestFirstDocuments(AutonomyCommon):
    """Automatic mode waits until people have confirmed the first suggestions for a partner."""

    def test_waits_for_the_first_two_of_a_partner(self):
        self.automatic(first_n=2)
        self.assertEqual(self.suggest(self.new_partner()).decision, "suggest")
        self.decided()
        row = self.suggest(self.new_partner())
        self.assertEqual((row.decision, row.auto_eligible), ("suggest", False))
        self.assertIn(
            "1 of the first 2 for this partner confirmed",
            [reason["text"] for reason in row.decision_reasons],
        )
        self.decided()
        row = self.suggest(self.new_partner())
        self.assertEqual((row.decision, row.auto_eligible, row.state), ("apply", True, "approved"))

    def test_a_new_partner_is_a_persons_decision(self):
        self.automatic(first_n=1)
        self.decided(count=5)
        row = self.suggest(self.new_partner(), partner=self.new_partner("Newcomer"))
        self.assertEqual(row.decision, "suggest")

    def test_off_by_default(self):
        self.automatic()
        self.assertEqual(self.policy.first_n, 0)
        self.assertEqual(self.suggest(self.new_partner()).decision, "apply")

    def test_what_does_not_count(self):
        self.automatic(first_n=1)
        other_company = self.env["res.company"].create({"name": "Subsidiary"})
        other_task = self.task.copy({"code": "test.other"})
        for reason, values in {
            "edited by a person": {"trigger": "edit"},
            "applied by the machine": {"decided_by_id": self.service.id},
            "another partner": {"partner_id": self.new_partner("Other").id},
            "flagged": {"flagged": True},
            "undone": {"state": "undone"},
            "rejected": {"state": "rejected"},
            "another company": {"company_id": other_company.id},
            "another task": {"task_id": other_task.id, "task_code": "test.other"},
        }.items():
            self.decided(**values)
            with self.subTest(reason=reason):
                self.assertEqual(self.suggest(self.new_partner()).decision, "suggest")

    def test_what_was_known_is_kept_with_the_row(self):
        self.policy.first_n = 3
        self.decided(count=2)
        values = self.suggest(self.new_partner()).policy_values
        self.assertEqual((values["first_n"], values["confirmed"]), (3, 2))

    def test_holds_when_it_is_carried_out_too(self):
        self.automatic(first_n=1)
        confirmed = self.decided()
        row = self.suggest(self.new_partner())
        self.assertEqual(row.state, "approved")
        confirmed.sudo()._transition("undone")
        self.assertEqual(self.refused(row), {row.id: "A person has to decide."})

    def test_a_batch_costs_as_much_as_one(self):
        partners = self.partner.union(*(self.new_partner(f"P{number}") for number in range(30)))
        keys = {partner: (partner.id, "x") for partner in partners}
        tracks = self.env["ai.finance.autonomy"]._track_records
        tracks(self.task, {self.partner: keys[self.partner]})
        partners.mapped("company_id")
        self.env.flush_all()
        with self.assertQueryCount(3):
            # Confirmed, flagged, and the service user looked up.
            tracks(self.task, keys)


@tagged("post_install", "-at_install")
class TestDemotion(AutonomyCommon):
    """Automatic work ends by itself when people override too much of it."""

    def setUp(self):
        super().setUp()
        self.automatic(watch_last=10, min_decisions=5, max_override_rate=0.2)

    def override(self, count=1, **values):
        rows = self.decided("proposed", count, **values)
        rows.with_user(self.clerk).action_reject("wrong")
        self.assertEqual(set(rows.mapped("state")), {"rejected"})
        return rows

    def test_over_the_limit_it_falls_back(self):
        self.decided(count=8)
        self.override(2)
        self.assertEqual(self.policy.mode, "automatic", "20 % of the last ten is accepted")
        self.override()
        self.assertEqual(self.policy.mode, "suggest", "30 % of the last ten is not")

    def test_too_few_decisions_conclude_nothing(self):
        self.override(4)
        self.assertEqual(self.policy.mode, "automatic")
        self.override()
        self.assertEqual(self.policy.mode, "suggest")

    def test_only_the_last_decisions_count(self):
        self.policy.max_override_rate = 1.0
        self.override(9)
        self.policy.max_override_rate = 0.2
        later = fields.Datetime.now().replace(year=2100)
        self.decided(count=8, decided_at=later)
        self.env["ai.finance.autonomy"]._watch(self.override(2))
        self.assertEqual(self.policy.mode, "automatic")

    def test_suggestions_that_could_not_be_automatic_do_not_count(self):
        self.decided(count=5)
        self.override(9, auto_eligible=False)
        self.assertEqual(self.policy.mode, "automatic")

    def test_other_policies_stay(self):
        other = self.policy.copy({"sequence": 20})
        self.assertEqual(other.mode, "automatic")
        self.override(5)
        self.assertEqual((self.policy.mode, other.mode), ("suggest", "automatic"))

    def test_every_kind_of_override_counts(self):
        tasks = self.env.registry["ai.finance.task"]
        self.decided(count=7)
        applied = self.decided(count=3, undo_data={})
        with patch.multiple(tasks, _undo=lambda *args: None, _unlearn=lambda *args: None):
            applied[0].with_user(self.clerk).action_undo()
            applied[1].with_user(self.user).action_flag_wrong("not this one")
        self.assertEqual(self.policy.mode, "automatic")
        open_row = self.decided("proposed")
        pipeline = self.env["ai.finance.pipeline"]
        with self.engine():
            [suggestion] = self.task._handler()._propose(open_row._document())
            pipeline._replace(open_row, suggestion)
        self.assertEqual(open_row.state, "edited")
        self.assertEqual(self.policy.mode, "suggest")

    def test_it_is_an_event_with_the_figures(self):
        self.decided(count=6)
        self.override(4)
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event.user_id, self.service, "nobody did it, it happened by itself")
        self.assertEqual(
            (event.data["old"]["mode"], event.data["new"]["mode"]), ("automatic", "suggest")
        )
        self.assertIn("override rate 40 % over the last 10", event.note)

    def test_the_managers_of_the_company_are_told(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.person("stranger", "ai_audit_log.group_ai_manager", elsewhere)
        self.override(5)
        activities = self.policy.activity_ids
        self.assertIn(self.manager, activities.user_id)
        self.assertNotIn(stranger, activities.user_id)
        self.assertNotIn(self.clerk, activities.user_id)
        mine = activities.filtered(lambda activity: activity.user_id == self.manager)
        self.assertEqual(len(mine), 1)
        self.assertIn("Partner check", mine.summary)
        self.assertIn("100 %", mine.note)

    def test_trusted_again_it_starts_a_new_account(self):
        self.override(5)
        self.policy.automatic_since = "2020-01-01"
        self.policy.with_user(self.manager).mode = "automatic"
        self.assertGreater(self.policy.automatic_since.year, 2020)
        self.policy.automatic_since = fields.Datetime.add(fields.Datetime.now(), days=1)
        self.override()
        self.assertEqual(self.policy.mode, "automatic", "mistakes of before count no more")

    def test_limits_of_the_watch(self):
        for values in (
            {"first_n": -1},
            {"max_override_rate": 1.5},
            {"max_override_rate": -0.1},
            {"min_decisions": 11},
            {"min_decisions": 0},
        ):
            with self.subTest(values=values), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
                    self.policy.write(values)
                    self.policy.flush_recordset()
        self.policy.watch_last = 0
        self.override(9)
        self.assertEqual(self.policy.mode, "automatic", "0 watches nothing")
