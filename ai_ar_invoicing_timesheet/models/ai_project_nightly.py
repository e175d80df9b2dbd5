from odoo import api, fields, models
from odoo.fields import Domain

from .ai_finance_task_invoice_project import UNTIL_KEY
from .project_project import TASK


class AiProjectNightly(models.AbstractModel):
    """Suggests the invoices of projects whose period is over, in batches."""

    _name = "ai.project.nightly"
    _description = "Nightly Suggestions for Projects"

    @api.model
    def _run(self, batch=200):
        """Look at every project with something to invoice; what is unchanged stays as it is."""
        cron = self.env["ir.cron"]
        Project = self.env["project.project"]
        cron._commit_progress(remaining=Project.search_count(self._due()))
        while projects := Project.search(self._due(), limit=batch, order="company_id, id"):
            self._suggest(projects, "cron")
            # Not through write(): the time of a look is no change of the project.
            projects.flush_recordset()
            self.env.cr.execute(
                "UPDATE project_project SET ai_looked_at = %s WHERE id IN %s",
                (fields.Datetime.now(), tuple(projects.ids)),
            )
            projects.invalidate_recordset(["ai_looked_at"])
            if not cron._commit_progress(len(projects)):
                break

    def _due(self):
        """Return the domain of projects with a period and with an order to invoice."""
        lately = fields.Datetime.subtract(fields.Datetime.now(), hours=6)
        own = Domain("ai_invoice_period", "not in", (False, "none"))
        companies = Domain("ai_invoice_period", "=", False) & Domain(
            "company_id.ai_project_invoice_period", "!=", "none"
        )
        orders = (
            self.env["sale.order"]
            .sudo()
            ._search([("state", "=", "sale"), ("invoice_status", "=", "to invoice")])
        )
        due = Domain("sale_line_id.order_id", "in", orders)
        due |= Domain("task_ids.sale_line_id.order_id", "in", orders)
        Line = self.env["sale.order.line"].sudo()
        named = Line._search([("order_id", "in", orders), ("project_id", "!=", False)])
        due |= Domain("id", "in", named.subselect("project_id"))
        Order = self.env["sale.order"].sudo()
        named = Order._search([("id", "in", orders), ("project_id", "!=", False)])
        due |= Domain("id", "in", named.subselect("project_id"))
        return (
            Domain("allow_billable", "=", True)
            & Domain("is_template", "=", False)
            & Domain("company_id", "!=", False)
            & (Domain("ai_looked_at", "=", False) | Domain("ai_looked_at", "<", lately))
            & (own | companies)
            & due
        )

    @api.model
    def _suggest(self, projects, trigger, until=None):
        """Have the AI Finance user suggest for ``projects``, in each company's language.

        :param until: the last day of hours, by default the end of each project's period
        """
        service = self.env.ref("ai_audit_log.user_service")
        for company, own in projects.grouped("company_id").items():
            context = {"allowed_company_ids": company.ids, "lang": company.sudo().partner_id.lang}
            own = own.with_user(service).with_context(**context, **{UNTIL_KEY: until})
            # The task works in its own environment: the same as the projects'.
            task = own.env["ai.finance.task.type"]._get(TASK)
            own.env["ai.finance.pipeline"]._suggest(task, own, trigger)
