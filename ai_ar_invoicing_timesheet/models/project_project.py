from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.ai_ar_invoicing.models.ai_invoice_source import AiInvoiceSource
from odoo.addons.ai_audit_log.engine import lifecycle

TASK = "invoice.project"
PERIODS = [
    ("month", "At the end of each month"),
    ("week", "At the end of each week"),
    ("milestone", "When a milestone is reached"),
    ("none", "Only when asked for"),
]


class ProjectProject(models.Model):
    _name = "project.project"
    _inherit = ["project.project", AiInvoiceSource._name]

    _ai_task_code = TASK

    ai_invoice_period = fields.Selection(
        PERIODS,
        string="Invoiced",
        help="When an invoice of the project is suggested. Empty: as set for the company.",
    )
    ai_looked_at = fields.Datetime(readonly=True, copy=False)
    ai_invoice_count = fields.Integer(compute="_compute_ai_invoice_count")
    ai_suggested_amount = fields.Monetary(
        string="To Invoice", compute="_compute_ai_suggested_amount"
    )

    def _compute_ai_invoice_count(self):
        for project in self:
            # The count is no secret; opening them asks for the right to.
            project.ai_invoice_count = len(project.sudo()._ai_invoices())

    @api.depends("ai_suggestion_id")
    def _compute_ai_suggested_amount(self):
        for project in self:
            project.ai_suggested_amount = project.ai_suggestion_id.amount

    def _ai_period(self):
        """Return when this project is invoiced, by its own rule or the company's."""
        self.ensure_one()
        return self.ai_invoice_period or self.company_id.ai_project_invoice_period or "none"

    # ------------------------------------------------------------------
    # For drafting
    # ------------------------------------------------------------------

    def _ai_logs(self):
        # Who may not read the log sees projects without their suggestions.
        return super()._ai_logs() if self.env["ai.audit.log"].has_access("read") else {}

    def _ai_invoices(self):
        """Return the invoices drafted for these projects, as the log tells."""
        made = (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [("task_code", "=", TASK), ("res_model", "=", self._name)]
                + [("res_id", "in", self.ids), ("state", "=", "applied")]
            )
        )
        ids = [key for log in made for key in (log.undo_data or {}).get("invoices", ())]
        return self.env["account.move"].browse(ids).exists()

    def _ai_open_logs(self):
        """Return the open suggestions for these projects, whoever may see them."""
        return (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [("task_code", "=", TASK), ("res_model", "=", self._name)]
                + [("res_id", "in", self.ids), ("state", "in", [*lifecycle.OPEN])]
            )
        )

    def _ai_deliveries(self, proposal):
        """Return the deliveries of materials that go on the invoice."""
        ids = [row["line"] for row in proposal["lines"]]
        lines = self.env["sale.order.line"].sudo().browse(ids).exists()
        until = fields.Date.to_date(proposal["until"])
        day = self.env["ai.invoice.context"]._day
        deliveries = lines.order_id._ai_open_deliveries()
        return deliveries.filtered(
            lambda one: one.move_ids.sale_line_id & lines and day(one) <= until
        ).sudo(False)

    @api.model
    def _ai_body(self, title, log, why):
        """Name the manager who decided where the AI Finance user carried it out."""
        decider = log.decided_by_id
        if log.state == "applied" and decider and decider != log.executed_by_id:
            title = self.env._("%(title)s, decided by %(name)s", title=title, name=decider.name)
        return super()._ai_body(title, log, why)

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_ai_suggest(self):
        """Suggest what may be invoiced up to today, whatever the period is.

        Made by the AI Finance user, so that the project's manager may ask for it and decide.
        """
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_user")):
            raise AccessError(self.env._("The role AI User is missing."))
        nowhere = self.filtered(lambda project: not project.company_id)
        if nowhere:
            raise UserError(
                self.env._("Set the company of %(name)s first.", name=nowhere[0].display_name)
            )
        self.env["ai.project.nightly"]._suggest(self, "button", fields.Date.today())
        self.invalidate_recordset()
        return True

    def action_ai_suggest_invoice(self):
        """Suggest an invoice now; say so where there is nothing to invoice."""
        self.action_ai_suggest()
        if self.ai_suggestion_id:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("There is nothing to invoice now."),
                "type": "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_ai_invoice_projects(self):
        """Suggest the invoices of projects whose period is over."""
        self.env["ai.project.nightly"]._run()
