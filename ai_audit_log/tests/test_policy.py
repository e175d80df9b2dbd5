from decimal import Decimal

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.gate import GATE_TEXT
from .common import AUDITOR, MANAGER, USER, KernelCommon


@tagged("post_install", "-at_install")
class TestPolicy(KernelCommon):
    """What may happen is set in one place, within limits, and every change leaves a trace."""

    def changes(self, policy):
        """Return (user, old, new) of every change of ``policy``, oldest first."""
        events = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], order="id")
        mine = events.filtered(lambda event: event.data["policy_id"] == policy.id)
        return [(event.user_id, event.data["old"], event.data["new"]) for event in mine]

    # ------------------------------------------------------------------
    # Where they come from
    # ------------------------------------------------------------------

    def test_a_new_company_gets_a_policy_for_every_task(self):
        company = self.env["res.company"].create({"name": "Subsidiary"})
        policies = self.env["ai.finance.policy"].sudo().search([("company_id", "=", company.id)])
        self.assertEqual(policies.task_id, self.env["ai.finance.task.type"].search([]))
        self.assertLessEqual(
            set(policies.mapped("mode")), {"suggest", "approve"}, "the default is a person"
        )
        self.assertEqual(
            policies.filtered(lambda policy: policy.task_id == self.task).mode, "suggest"
        )
        self.assertFalse(any(policies.mapped("max_amount")))

    def test_a_new_task_gets_a_policy_in_every_company(self):
        task = self.task.copy({"code": "test.other"})
        policies = self.env["ai.finance.policy"].sudo().search([("task_id", "=", task.id)])
        self.assertEqual(policies.company_id, self.env["res.company"].sudo().search([]))
        self.assertEqual(set(policies.mapped("mode")), {"suggest"})

    def test_without_any_row_a_person_decides(self):
        self.policy.unlink()
        self.assertEqual(self.selected().mode, "suggest")

    # ------------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------------

    def test_automatic_needs_a_maximum_amount(self):
        with self.assertRaisesRegex(ValidationError, "Partner check"):
            self.policy.mode = "automatic"
        with self.assertRaises(ValidationError):
            self.policy.write({"mode": "automatic", "max_amount": 0})
        self.policy.write({"mode": "automatic", "max_amount": 500})
        with self.assertRaises(ValidationError):
            self.policy.max_amount = False

    def test_minimum_confidence_is_a_probability(self):
        for value in (0.0, -0.1, 1.0001, 95.0):
            with self.subTest(value=value), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
                    self.policy.min_confidence = value
                    self.policy.flush_recordset()
        for value in (0.0001, 0.5, 1.0):
            self.policy.min_confidence = value
            self.policy.flush_recordset()

    def test_maximum_amount_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.CheckViolation):
            with self.env.cr.savepoint():
                self.policy.max_amount = -1
                self.policy.flush_recordset()

    def test_approvers_need_the_role(self):
        with self.assertRaisesRegex(ValidationError, self.user.name.split(" ")[0]):
            self.policy.write({"mode": "approve", "approver_ids": [(6, 0, self.user.ids)]})
        self.policy.write({"mode": "approve", "approver_ids": [(6, 0, self.approver.ids)]})
        self.assertEqual(self.policy.approver_ids, self.approver)

    def test_only_managers_change_policies(self):
        self.policy.with_user(self.manager).mode = "approve"
        for user in (self.user, self.approver, self.auditor, self.nobody):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.policy.with_user(user).mode = "off"
        self.assertEqual(self.policy.mode, "approve")

    # ------------------------------------------------------------------
    # Traces
    # ------------------------------------------------------------------

    def test_creating_changing_and_deleting_are_events(self):
        policy = (
            self.env["ai.finance.policy"]
            .with_user(self.manager)
            .create({"company_id": self.company.id, "task_id": self.task.id, "mode": "approve"})
        )
        policy.write({"min_confidence": 0.9, "max_amount": 250})
        policy.unlink()
        [created, changed, deleted] = self.changes(policy)
        self.assertEqual({user for user, _old, _new in self.changes(policy)}, {self.manager})
        self.assertEqual((created[1], created[2]["mode"]), ({}, "approve"))
        self.assertEqual((changed[1]["min_confidence"], changed[2]["min_confidence"]), (0.95, 0.9))
        self.assertEqual((changed[1]["max_amount"], changed[2]["max_amount"]), (0, 250))
        self.assertEqual((deleted[1]["max_amount"], deleted[2]), (250, {}))

    def test_every_value_that_counts_is_watched(self):
        other_task = self.task.copy({"code": "test.other"})
        other_company = self.env["res.company"].create({"name": "Subsidiary"})
        for values in (
            {"mode": "off"},
            {"min_confidence": 0.5},
            {"max_amount": 100},
            {"sequence": 1},
            {"first_n": 3},
            {"watch_last": 30},
            {"max_override_rate": 0.1},
            {"min_decisions": 10},
            {"active": False},
            {"approver_ids": [(6, 0, self.approver.ids)]},
            {"task_id": other_task.id},
            {"company_id": other_company.id},
        ):
            policy = self.env["ai.finance.policy"].create(
                {"company_id": self.company.id, "task_id": self.task.id}
            )
            policy.write(values)
            [name] = values
            with self.subTest(changed=name):
                self.assertEqual(len(self.changes(policy)), 2, "the change left no event")
                _user, old, new = self.changes(policy)[1]
                self.assertEqual({key for key in new if old[key] != new[key]}, {name})

    def test_nothing_changed_is_no_event(self):
        before = self.changes(self.policy)
        self.policy.write({"mode": self.policy.mode, "sequence": self.policy.sequence})
        self.assertEqual(self.changes(self.policy), before)

    def test_changes_are_seen_by_who_manages_or_audits(self):
        self.policy.mode = "approve"
        changes = [("kind", "=", "policy"), ("company_id", "=", self.company.id)]
        Event = self.env["ai.audit.log.event"]
        self.assertTrue(Event.with_user(self.manager).search(changes))
        self.assertTrue(Event.with_user(self.auditor).search(changes))
        self.assertFalse(Event.with_user(self.user).search(changes))
        self.assertFalse(Event.with_user(self.approver).search(changes))

    def test_who_may_change_policies_cannot_hide_it(self):
        self.policy.with_user(self.manager).mode = "approve"
        events = (
            self.env["ai.audit.log.event"].with_user(self.manager).search([("kind", "=", "policy")])
        )
        with self.assertRaises(UserError):
            events.unlink()
        with self.assertRaises(UserError):
            events.write({"data": {}})

    # ------------------------------------------------------------------
    # For the gate
    # ------------------------------------------------------------------

    def selected(self):
        return self.env["ai.finance.policy"]._select(self.task, self.partner)[self.partner]

    def test_the_gate_gets_amounts_with_the_currencys_digits(self):
        self.policy.write({"mode": "automatic", "max_amount": 1000.1, "min_confidence": 0.9123})
        policy = self.selected()
        self.assertEqual(policy.max_amount, Decimal("1000.10"))
        self.assertEqual(str(policy.max_amount), "1000.10")
        self.assertEqual((policy.mode, policy.min_confidence), ("automatic", 0.9123))

    def test_an_archived_policy_does_not_count(self):
        self.policy.write({"mode": "automatic", "max_amount": 1})
        self.policy.active = False
        self.assertEqual(self.selected().mode, "suggest")

    def test_limits_hold_for_whoever_may_not_read_them(self):
        self.policy.mode = "off"
        policies = self.env["ai.finance.policy"].with_user(self.nobody)
        partner = self.partner.with_user(self.nobody)
        self.assertEqual(policies._select(self.task, partner)[partner].mode, "off")

    def test_each_document_gets_the_policy_of_its_company(self):
        other = self.env["res.company"].create({"name": "Subsidiary"})
        self.policy_of(other).mode = "off"
        theirs = self.new_partner(company=other)
        selected = self.env["ai.finance.policy"]._select(self.task, self.partner + theirs)
        self.assertEqual(
            [selected[document].mode for document in self.partner + theirs], ["suggest", "off"]
        )

    def test_a_thousand_documents_cost_one_query(self):
        partners = self.partner.union(*(self.new_partner(f"P{number}") for number in range(30)))
        self.env.flush_all()
        self.env.invalidate_all()
        self.policy.read()
        partners.mapped("company_id.currency_id.decimal_places")
        with self.assertQueryCount(__system__=1):
            self.env["ai.finance.policy"]._select(self.task, partners)

    def test_every_reason_of_the_gate_is_a_sentence_on_the_row(self):
        pipeline = self.env["ai.finance.pipeline"]
        names = ("confidence", "minimum", "amount", "maximum", "done", "needed")
        params = dict.fromkeys(names, "7")
        for code in GATE_TEXT:
            reason = pipeline._translated({"code": code, "params": params})
            with self.subTest(code=code):
                self.assertEqual(reason["text"], GATE_TEXT[code] % params)
        veto = {"code": "locked", "params": {}, "text": "The period is locked."}
        self.assertEqual(pipeline._translated(veto), veto, "a task's own text is kept")

    def test_roles_are_apart(self):
        """Who sets the limits is not who approves, and neither comes with the other."""
        manager, user, auditor = (self.env.ref(name) for name in (MANAGER, USER, AUDITOR))
        approver = self.env.ref("ai_audit_log.group_ai_approver")
        self.assertNotIn(approver, manager.all_implied_ids)
        self.assertNotIn(manager, approver.all_implied_ids)
        self.assertNotIn(user, auditor.all_implied_ids)
        self.assertNotIn(approver, self.env.ref("base.group_system").all_implied_ids)
