from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import APPROVER, ProjectCommon


@tagged("post_install", "-at_install")
class TestProjectAccess(ProjectCommon):
    """The project's manager decides, the AI Finance user carries out, nobody else does either."""

    def waiting(self):
        project = self.project_of()
        self.hours(project, 5)
        return project, self.suggested(project)

    def test_the_manager_approves_without_any_right_on_invoices(self):
        for model in ("account.move", "sale.order"):
            self.assertFalse(self.env[model].with_user(self.lead).has_access("create"))
        project, log = self.waiting()
        self.assertEqual(log.decision, "approve")
        project.with_user(self.lead).action_ai_approve()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual(log.decided_by_id, self.lead)
        self.assertEqual(log.executed_by_id, self.service)
        invoice = self.orders(project).invoice_ids
        self.assertEqual(invoice.create_uid, self.service)
        body = project.message_ids[0].body
        self.assertIn(f"Invoice drafted, decided by {self.lead.name}", body)

    def test_a_manager_who_may_change_projects_still_needs_no_right_on_invoices(self):
        self.lead.group_ids += self.env.ref("project.group_project_manager")
        project, log = self.waiting()
        project.with_user(self.lead).action_ai_approve()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual(log.executed_by_id, self.service)

    def test_another_projects_manager_does_not_decide(self):
        project, log = self.waiting()
        project.with_user(self.other_lead).action_ai_approve()
        self.assertEqual(log.state, "proposed")
        log.with_user(self.other_lead).action_reject("no")
        self.assertEqual(log.state, "proposed")
        self.assertFalse(self.orders(project).invoice_ids)

    def test_a_biller_who_is_not_the_manager_does_not_decide_either(self):
        self.biller.group_ids += self.env.ref(APPROVER)
        project, log = self.waiting()
        log.with_user(self.biller).action_apply()
        self.assertEqual(log.state, "proposed")
        self.assertIn(self.lead.name, log.error)

    def test_only_the_manager_is_asked(self):
        _project, log = self.waiting()
        waiting = self.env["ai.finance.approver"].sudo()._waiting(self.company)
        self.assertIn(log, waiting[self.lead])
        self.assertNotIn(log, waiting[self.other_lead])

    def test_named_approvers_come_first(self):
        self.policy_of("project").approver_ids = self.other_lead
        _project, log = self.waiting()
        log.with_user(self.lead).action_apply()
        self.assertEqual(log.state, "proposed")
        log.with_user(self.other_lead).action_apply()
        self.assertEqual(log.state, "applied", log.error)

    def test_a_manager_without_the_role_does_not_decide(self):
        project, log = self.waiting()
        project.user_id = new_test_user(
            self.env,
            "ts_plain",
            "project.group_project_user,ai_audit_log.group_ai_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        log.with_user(project.user_id).action_apply()
        self.assertEqual(log.state, "proposed")

    def test_who_asks_for_it_may_decide_on_it(self):
        project = self.project_of()
        self.hours(project, 5)
        own = project.with_user(self.lead)
        own.action_ai_suggest_invoice()
        own.action_ai_approve()
        self.assertEqual(self.logs(project).state, "applied", self.logs(project).error)

    def test_in_mode_suggest_who_may_invoice_decides(self):
        self.policy_of("project").mode = "suggest"
        _project, log = self.waiting()
        log.with_user(self.other_lead).action_apply()
        self.assertEqual(log.state, "proposed")
        log.with_user(self.biller).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual(log.executed_by_id, self.biller)

    def test_who_cannot_see_the_project_sees_no_suggestion(self):
        project, log = self.waiting()
        project.privacy_visibility = "followers"
        project.message_unsubscribe(self.other_lead.partner_id.ids)
        found = self.env["ai.audit.log"].with_user(self.other_lead).search([("id", "=", log.id)])
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            project.with_user(self.other_lead).action_ai_suggest()

    def test_without_a_role_there_are_projects_without_suggestions(self):
        project, _log = self.waiting()
        plain = new_test_user(
            self.env,
            "ts_nobody",
            "project.group_project_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.assertFalse(project.with_user(plain).ai_suggestion_id)
        self.assertFalse(project.with_user(plain).ai_log_count)
        with self.assertRaises(AccessError):
            project.with_user(plain).action_ai_suggest()

    def test_private_projects_are_looked_at_too(self):
        project = self.project_of()
        project.privacy_visibility = "followers"
        self.hours(project, 5)
        self.assertEqual(self.suggested(project).amount, 500.0)

    def test_a_project_without_company_says_what_is_missing(self):
        project = self.project_of()
        project.company_id = False
        with self.assertRaisesRegex(UserError, "Set the company"):
            project.with_user(self.lead).action_ai_suggest()

    def test_another_company_has_its_own_period_and_sees_nothing(self):
        project, log = self.waiting()
        data = self.setup_other_company(name="Second company")
        other = data["company"]
        self.assertEqual(other.ai_project_invoice_period, "month")
        policy = self.policy_of("project", other)
        self.assertEqual((policy.mode, policy.execute_as_service), ("approve", True))
        stranger = new_test_user(
            self.env,
            "ts_stranger",
            f"project.group_project_manager,{APPROVER}",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        found = self.env["ai.audit.log"].with_user(stranger).search([("id", "=", log.id)])
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            project.with_user(stranger).action_ai_suggest()

    def test_each_company_by_itself(self):
        mine, log = self.waiting()
        other = self.setup_other_company(name="Second company")["company"]
        self.env.user.company_ids += other
        env = self.env(context={**self.env.context, "allowed_company_ids": other.ids})
        line = {"product_id": self.consulting.id, "product_uom_qty": 100, "tax_ids": []}
        order = env["sale.order"].create(
            {
                "partner_id": self.azure.id,
                "company_id": other.id,
                "order_line": [Command.create(line)],
            }
        )
        order.action_confirm()
        self.backdate(order)
        theirs = order.order_line.project_id
        self.assertEqual(theirs.company_id, other)
        carl = env["hr.employee"].create({"name": "Carl", "company_id": other.id})
        self.hours(theirs, 7, carl)
        theirs.user_id = self.lead
        self.nightly()
        row = self.logs(theirs)
        self.assertEqual((row.company_id, row.amount), (other, 700.0))
        self.assertEqual((log.company_id, self.logs(mine)), (self.company, log))
        with self.assertRaises(AccessError):
            row.with_user(self.lead).action_apply()
        self.assertEqual(row.state, "proposed")
