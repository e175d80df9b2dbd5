from datetime import timedelta

from odoo.tests import tagged

from .common import ProjectCommon


@tagged("post_install", "-at_install")
class TestProjectPeriods(ProjectCommon):
    """When a project is invoiced: month, week, milestone, or only when asked for."""

    def until(self, project):
        return self.suggested(project).proposal["until"]

    def test_a_month(self):
        project = self.project_of()
        self.hours(project, 5)
        self.assertEqual(self.until(project), self.end.isoformat())

    def test_a_week(self):
        project = self.project_of()
        project.ai_invoice_period = "week"
        sunday = self.today - timedelta(days=self.today.isoweekday())
        self.hours(project, 5, date=sunday)
        self.hours(project, 7, date=sunday + timedelta(days=1))
        log = self.suggested(project)
        self.assertEqual(log.proposal["until"], sunday.isoformat())
        self.assertEqual(log.amount, 500.0)

    def test_a_milestone(self):
        project = self.project_of((self.consulting, 100), (self.launch, 1))
        project.ai_invoice_period = "milestone"
        self.hours(project, 5)
        self.assertFalse(self.suggested(project), "hours alone wait for the milestone")
        line = self.orders(project).order_line.filtered(lambda one: one.product_id == self.launch)
        milestone = self.env["project.milestone"].create(
            {
                "name": "Go-live",
                "project_id": project.id,
                "sale_line_id": line.id,
                "quantity_percentage": 1,
            }
        )
        milestone.is_reached = True
        log = self.suggested(project)
        self.assertEqual(log.amount, 5500.0)
        self.assertEqual(log.proposal["until"], milestone.reached_date.isoformat())

    def test_only_when_asked_for(self):
        self.company.ai_project_invoice_period = "none"
        project = self.project_of()
        self.hours(project, 5, date=self.today)
        self.assertFalse(self.suggested(project))
        project.with_user(self.lead).action_ai_suggest()
        log = self.logs(project)
        self.assertEqual((log.state, log.amount), ("proposed", 500.0), log.error)
        self.assertEqual(project.with_user(self.lead).ai_suggested_amount, 500.0)
        self.company.ai_project_invoice_period = "month"
        self.assertEqual(self.suggested(project).amount, 500.0, "what was asked for stays")

    def test_without_a_period_orders_are_drafted_as_ever(self):
        self.company.ai_project_invoice_period = "none"
        project = self.project_of((self.consulting, 100), (self.workshop, 1))
        self.work()
        self.assertEqual(self.orders(project).invoice_ids.amount_untaxed, 800.0)

    def test_a_task_that_is_off_holds_nothing_back(self):
        self.policy_of("project").mode = "off"
        project = self.project_of((self.consulting, 100), (self.workshop, 1))
        self.work()
        self.assertEqual(self.orders(project).invoice_ids.amount_untaxed, 800.0)
        self.hours(project, 5)
        self.assertFalse(self.suggested(project))

    def test_orders_of_projects_wait_at_night_too(self):
        project = self.project_of((self.consulting, 100), (self.workshop, 1))
        self.env["sale.order"].search([]).write({"ai_looked_at": False})
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice").method_direct_trigger()
        self.work()
        self.assertFalse(self.orders(project).invoice_ids)

    def test_two_projects_of_one_order_share_nothing(self):
        project = self.project_of()
        order = self.orders(project)
        second = project.copy({"name": "Second", "sale_line_id": False})
        line = self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.workshop.id,
                "product_uom_qty": 1,
                "tax_ids": [],
            }
        )
        line.project_id = second
        self.backdate(order)
        self.hours(project, 5)
        self.nightly()
        self.assertEqual(self.logs(project).amount, 500.0)
        self.assertEqual(self.logs(second).amount, 800.0)

    def test_many_projects_cost_no_more_queries_than_few(self):
        def queries(count):
            projects = self.env["project.project"].union(
                *(self.project_of() for _number in range(count))
            )
            for project in projects:
                self.hours(project, 5)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            handler = self.env["ai.finance.task.invoice.project"]
            made = handler._propose(handler._build_context(projects))
            self.assertEqual(len(made), count)
            return self.env.cr.sql_log_count - before

        few = queries(2)
        self.assertLessEqual(queries(12), few + 2)
