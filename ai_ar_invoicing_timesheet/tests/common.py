from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.ai_ar_invoicing.tests.common import RECEIVABLES, InvoicingCommon

APPROVER = "ai_audit_log.group_ai_approver"


class ProjectCommon(InvoicingCommon):
    """A project sold by the hour, by milestones, at a fixed price and with materials.

    Hours are logged as people do it; what happens at night is done by :meth:`nightly`.
    """

    @classmethod
    def get_default_groups(cls):
        return (
            super().get_default_groups()
            | cls.quick_ref("project.group_project_manager")
            | cls.quick_ref("project.group_project_milestone")
            | cls.quick_ref("hr_timesheet.group_timesheet_manager")
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.context_today(cls.env.user)
        cls.end = today.replace(day=1) - timedelta(days=1)
        cls.today = today
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.lead = new_test_user(
            cls.env, "ts_lead", f"project.group_project_user,{APPROVER}", **own
        )
        cls.other_lead = new_test_user(
            cls.env, "ts_other_lead", f"project.group_project_user,{APPROVER}", **own
        )
        cls.biller = new_test_user(
            cls.env,
            "ts_biller",
            f"{RECEIVABLES},project.group_project_user,sales_team.group_sale_salesman_all_leads",
            **own,
        )
        hour = cls.env.ref("uom.product_uom_hour").id
        service = {"type": "service", "is_storable": False, "uom_id": hour}
        by_hour = {**service, "service_type": "timesheet"}
        cls.consulting = cls.new_product(
            "Consulting", 100.0, **by_hour, service_tracking="task_in_project"
        )
        cls.launch = cls.new_product(
            "Launch",
            5000.0,
            **{**service, "uom_id": cls.env.ref("uom.product_uom_unit").id},
            service_type="milestones",
            service_tracking="no",
        )
        cls.workshop = cls.new_product(
            "Workshop", 800.0, **service, invoice_policy="order", service_tracking="no"
        )
        cls.anna, cls.ben = cls.env["hr.employee"].create(
            [
                {"name": name, "company_id": cls.company.id, "hourly_cost": 40}
                for name in ("Anna", "Ben")
            ]
        )

    @classmethod
    def project_of(cls, *lines, **values):
        """Return the project of an order of ``lines`` of some time ago, with its manager."""
        order = cls.order(*(lines or ((cls.consulting, 100),)), **values)
        cls.backdate(order)
        project = order.order_line.project_id or order.project_id
        project.user_id = cls.lead
        return project.ensure_one()

    @classmethod
    def backdate(cls, order):
        """Have ``order`` ordered before the period ended."""
        since = fields.Datetime.to_datetime(cls.end) - timedelta(days=20)
        order.date_order = since
        order.order_line.flush_recordset()
        cls.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s WHERE order_id = %s", (since, order.id)
        )
        order.order_line.invalidate_recordset(["create_date"])

    @classmethod
    def reach(cls, milestone, date=None):
        """Have ``milestone`` reached on ``date``, by default the last day of the period."""
        milestone.is_reached = True
        milestone.reached_date = date or cls.end

    @classmethod
    def hours(cls, project, count, employee=None, date=None, task=None, **values):
        """Log ``count`` hours on the first task of ``project``, at the end of last month."""
        return cls.env["account.analytic.line"].create(
            {
                "name": "/",
                "project_id": project.id,
                "task_id": (task or project.task_ids[0]).id,
                "employee_id": (employee or cls.anna).id,
                "unit_amount": count,
                "date": date or cls.end,
                **values,
            }
        )

    def nightly(self):
        """Run the nightly action as it would run the next night."""
        self.env["project.project"].search([]).ai_looked_at = False
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing_timesheet.cron_invoice_projects").method_direct_trigger()
        self.env.invalidate_all()

    def logs(self, project, **values):
        domain = [("task_code", "=", "invoice.project"), ("res_id", "=", project.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["ai.audit.log"].sudo().search(domain)

    def suggested(self, project):
        """Return the one open suggestion for ``project`` after a night."""
        self.nightly()
        return self.logs(project, state="proposed")

    def approved(self, project, user=None):
        """Have the suggestion for ``project`` approved; returns the invoice."""
        log = self.suggested(project).ensure_one()
        log.with_user(user or self.lead).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        return self.env["account.move"].browse(log.undo_data["invoices"])

    def orders(self, project):
        return (
            project.sale_line_id.order_id
            | project.task_ids.sale_line_id.order_id
            | self.env["sale.order"].search([("project_id", "=", project.id)])
        )
