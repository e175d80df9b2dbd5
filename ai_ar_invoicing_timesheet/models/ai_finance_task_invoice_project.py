from datetime import date

from pydantic import ValidationError

from odoo import fields, models
from odoo.tools.misc import format_date

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion

from ..engine.project_billing import propose_project
from ..engine.project_proposal import project_json, validate_project
from .sale_order_line import CONTEXT_KEY, ProjectTexts

#: In the context of a person's own request: the last day of hours to invoice.
UNTIL_KEY = "ai_project_until"


class AiFinanceTaskInvoiceProject(models.AbstractModel):
    """Task ``invoice.project``: what a project has to invoice at the end of its period.

    Other than drafts of deliveries and orders, nothing is made before somebody decided: the
    manager of the project knows which hours the customer pays for.
    """

    _name = "ai.finance.task.invoice.project"
    _inherit = "ai.finance.task.invoice.draft"
    _description = "Draft Invoice of a Project"

    _apply_batch = 20
    _harmless = False

    def _build_context(self, records):
        reader = self.env["ai.project.context"]
        until = records.env.context.get(UNTIL_KEY)
        parts = []
        for company, own in records.grouped("company_id").items():
            own = own.with_company(company)
            terms = self.env["ai.invoice.context"]._terms(company, ())
            day = until and min(fields.Date.to_date(until), terms.today)
            projects = reader._projects(own, terms.today, day)
            days = {project.until for project in projects}
            parts.append((projects, self.env["ai.invoice.context"]._terms(company, days)))
        return parts

    def _propose(self, context):
        found = []
        for projects, terms in context:
            for project in projects:
                draft = propose_project(project, terms)
                if draft:
                    found.append(self._project_suggestion(project, draft))
        return found

    def _project_suggestion(self, project, draft):
        texts = self.env["ai.project.context"]._texts
        proposal = project_json(draft, project.until)
        return Suggestion(
            record_id=project.id,
            proposal=proposal,
            confidence=draft.confidence,
            reasons=tuple(texts(draft.reasons)),
            vetoes=tuple(texts(draft.vetoes)),
            payload={"lines": proposal["lines"]},
        )

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _order_lines(self, proposals):
        # With full rights: who decides for a project need not see every line of its orders.
        return {key: line.sudo() for key, line in super()._order_lines(proposals).items()}

    def _form_problem(self, proposal):
        try:
            validate_project(proposal)
        except ValidationError as error:
            return self.env._(
                "The suggestion is invalid: %(error)s", error=error.errors()[0]["msg"]
            )
        return None

    def _checksum(self, proposals):
        """Of hours only those up to the last day count: later ones change nothing."""
        lines = self._order_lines(proposals)
        day_of = {
            row["line"]: date.fromisoformat(proposal["until"])
            for proposal in proposals.values()
            for row in proposal["lines"]
        }
        found = self.env["sale.order.line"].browse(lines)
        due, _sheets = self.env["ai.project.context"]._due(found, day_of)
        return {
            record: checksum(
                {
                    "lines": [
                        self._line_inputs(lines.get(row["line"]), due) for row in proposal["lines"]
                    ],
                    "now": [row["now"] for row in proposal["lines"]],
                    "effect": [
                        proposal[name]
                        for name in ("exact", "merge", "final", "invoice_date", "until")
                    ],
                }
            )
            for record, proposal in proposals.items()
        }

    def _line_inputs(self, line, due):
        if not line:
            return None
        decimal = self.env["ai.invoice.context"]._decimal
        return [
            line.id,
            due.get(line.id, decimal(line.qty_to_invoice)),
            decimal(line.price_unit),
            decimal(line.discount),
            line.tax_ids.ids,
            self._order_inputs(line.order_id),
        ]

    def _summary_text(self, record, proposal):
        until = format_date(self.env, proposal["until"])
        return self.env._(
            "Draft invoice of %(name)s up to %(until)s", name=record.display_name, until=until
        )

    def _customer(self, proposal):
        order = self.env["sale.order"].sudo().browse(proposal["orders"][0])
        return order.partner_invoice_id.commercial_partner_id

    def _company_amount(self, proposal):
        return super(AiFinanceTaskInvoiceProject, self.sudo())._company_amount(proposal)

    # ------------------------------------------------------------------
    # Apply
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        source = f"invoice.project/{self._task_version}"
        made = {}
        for until in {proposal["until"] for proposal in proposals.values()}:
            group = {one: p for one, p in proposals.items() if p["until"] == until}
            made |= self._draft(group, date.fromisoformat(until), source)
        return {record: {"invoices": moves.ids} for record, moves in made.items()}

    def _draft(self, proposals, until, source):
        """Draft as any order is, with Odoo's own limit on the hours that go on the invoice."""
        reader = self.env["ai.project.context"]
        lines = self.env["sale.order.line"].browse(self._order_lines(proposals)).sudo()
        day_of = dict.fromkeys(lines.ids, until)
        _due, sheets = reader._due(lines, day_of)
        reached = reader._in_time(reader._milestones(lines), day_of)
        texts = ProjectTexts(reader._work(sheets), reached)
        context = {"timesheet_end_date": until, CONTEXT_KEY: texts}
        return self.env["ai.invoice.drafting"].with_context(**context)._draft(proposals, source)
