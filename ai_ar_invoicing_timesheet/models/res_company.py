from odoo import fields, models

from .project_project import PERIODS, TASK


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_project_invoice_period = fields.Selection(
        PERIODS,
        string="Projects are Invoiced",
        default="month",
        required=True,
        help="When invoices of projects are suggested, where the project has no rule of its own.",
    )

    def _ai_create_default_policies(self, tasks):
        """Invoices of projects start with the project's manager as approver."""
        own = tasks.filtered(lambda task: task.code == TASK)
        super()._ai_create_default_policies(tasks - own)
        values = {"mode": "approve", "execute_as_service": True}
        self.env["ai.finance.policy"].sudo().create(
            [
                {"company_id": company.id, "task_id": task.id, **values}
                for company in self
                for task in own
            ]
        )
