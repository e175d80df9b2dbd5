from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import APPROVER, KernelCommon


@tagged("post_install", "-at_install")
class TestApprovalDelegated(KernelCommon):
    """The right to decide apart from the right to carry out, where the policy says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # May read customers, as every employee, and change none.
        cls.salesperson = cls.person("salesperson", APPROVER)
        cls.service.group_ids += cls.env.ref("base.group_partner_manager")
        cls.policy.write({"mode": "approve", "execute_as_service": True})

    def waiting_row(self, **values):
        values = {"decision": "approve", "input_checksum": "looked at", **values}
        return self.row(self.new_partner(), **values)

    def apply(self, rows, user, work=None):
        """Approve ``rows`` with an engine that renames; returns the message."""

        def rename(_task, proposals):
            for partner in proposals:
                partner.name = "Azure"
            return {partner: {} for partner in proposals}

        handler = self.env.registry["ai.finance.task"]
        with self.engine(), patch.object(handler, "_apply", work or rename):
            action = rows.with_user(user).action_apply()
        self.env.flush_all()
        return action["params"]["message"]

    def test_the_person_decides_and_the_service_user_carries_out(self):
        row = self.waiting_row()
        message = self.apply(row, self.salesperson)
        self.assertEqual(row.state, "applied", message)
        self.assertEqual(row.decided_by_id, self.salesperson)
        self.assertEqual(row.executed_by_id, self.service)
        self.assertEqual(row._document().name, "Azure")
        self.assertEqual(row._document().write_uid, self.service)
        events = self.events(row)
        self.assertEqual(events.mapped("new_state"), ["approved", "applied"])
        self.assertEqual(events.user_id, self.salesperson + self.service)
        self.assertIn(self.salesperson.name, events[0].note)

    def test_without_the_flag_the_approvers_own_rights_count(self):
        self.policy.execute_as_service = False
        row = self.waiting_row()
        message = self.apply(row, self.salesperson)
        self.assertIn("You may not change this document.", message)
        self.assertEqual(row.state, "proposed")

    def test_who_may_change_the_document_carries_out_alone(self):
        row = self.waiting_row()
        self.apply(row, self.approver)
        self.assertEqual((row.decided_by_id, row.executed_by_id), (self.approver, self.approver))

    def test_only_the_approver_of_the_tier(self):
        other = self.person("other", APPROVER)
        self.policy.approver_ids = other
        row = self.waiting_row()
        self.assertIn("You may not change", self.apply(row, self.salesperson))
        self.assertIn("You may not change", self.apply(row, self.user), "no approver at all")
        self.assertEqual(row.state, "proposed")
        self.apply(row, other)
        self.assertEqual(row.decided_by_id, other)

    def test_never_what_one_made(self):
        row = self.waiting_row(maker_id=self.salesperson.id)
        self.apply(row, self.salesperson)
        self.assertEqual(row.state, "proposed")

    def test_only_where_an_approver_is_asked(self):
        self.policy.mode = "suggest"
        row = self.waiting_row(decision="suggest")
        self.assertIn("You may not change", self.apply(row, self.salesperson))

    def test_who_cannot_read_the_document_never_decides(self):
        self.env["ir.rule"].create(
            {
                "name": "no customers",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('name', '!=', 'Wood Corner')]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        row = self.waiting_row()
        for method in ("action_apply", "action_reject"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(row.with_user(self.salesperson), method)()
        # An auditor sees every row: seeing it is still not enough.
        self.salesperson.group_ids += self.env.ref("ai_audit_log.group_ai_auditor")
        for method in ("action_apply", "action_reject"):
            getattr(row.with_user(self.salesperson), method)()
            self.assertEqual(row.state, "proposed")
        self.assertEqual(row.error, "You may not change this document.")

    def test_a_refusal_of_the_ledger_leaves_it_open(self):
        def refuse(_task, proposals):
            raise UserError(self.env._("The period is locked."))

        row = self.waiting_row()
        self.assertIn("The period is locked.", self.apply(row, self.salesperson, refuse))
        self.assertEqual(row.state, "proposed")
        self.assertFalse(row.decided_by_id or row.executed_by_id)

    def test_what_changed_is_closed_in_the_persons_name(self):
        row = self.waiting_row(input_checksum="older")
        self.apply(row, self.salesperson)
        self.assertEqual((row.state, row.decided_by_id), ("stale", self.salesperson))

    def test_the_approver_rejects_too(self):
        row = self.waiting_row()
        row.with_user(self.salesperson).action_reject("no")
        self.assertEqual((row.state, row.decided_by_id), ("rejected", self.salesperson))

    def test_undoing_needs_the_right_on_the_document(self):
        row = self.waiting_row()
        self.apply(row, self.salesperson)
        message = row.with_user(self.salesperson).action_undo()["params"]["message"]
        self.assertIn("You may not change this document.", message)
        self.assertEqual(row.state, "applied")

    def test_a_mixed_selection_names_the_right_people(self):
        self.env["ir.rule"].create(
            {
                "name": "may change one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('ref', '=', 'mine')]",
                "perm_read": False,
                "groups": [(4, self.env.ref("base.group_partner_manager").id)],
            }
        )
        mine, theirs = self.waiting_row(), self.waiting_row()
        mine._document().ref = "mine"
        self.service.group_ids += self.env.ref("base.group_system")
        self.env["ir.rule"].create(
            {
                "name": "all",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[(1, '=', 1)]",
                "groups": [(4, self.env.ref("base.group_system").id)],
            }
        )
        message = self.apply(mine + theirs, self.approver)
        self.assertEqual((mine + theirs).mapped("state"), ["applied"] * 2, message)
        self.assertEqual(mine.executed_by_id, self.approver)
        self.assertEqual(theirs.executed_by_id, self.service)
        self.assertEqual((mine + theirs).decided_by_id, self.approver)
