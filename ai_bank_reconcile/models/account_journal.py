from ast import literal_eval

from odoo import fields, models
from odoo.fields import Domain

from .account_bank_statement_line import TASK
from .ai_bank_desk import DECISIONS, LINE
from .ai_bank_tolerance import AiBankTolerance


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", AiBankTolerance._name]

    ai_bank_oldest_first = fields.Boolean(
        string="Equal documents: oldest first",
        help="A payment that fits several equal documents of one customer and names none of them "
        "pays the one that is due first. Otherwise a person decides.",
    )

    def _fill_bank_cash_dashboard_data(self, dashboard_data):
        """Add how many bank lines wait for a decision, of all journals in one query."""
        super()._fill_bank_cash_dashboard_data(dashboard_data)
        journals = self.filtered(lambda journal: journal.type in ("bank", "cash", "credit"))
        waiting = journals._ai_lines_to_review()
        for journal in journals:
            dashboard_data[journal.id]["ai_to_review"] = waiting.get(journal.id, 0)

    def _ai_lines_to_review(self):
        """Return ``{journal id: open bank lines with a suggestion to decide on}``."""
        Log, Line = self.env["ai.audit.log"], self.env[LINE]
        if not (self and Log.has_access("read") and Line.has_access("read")):
            return {}
        logs = Log._search(
            Domain("task_code", "=", TASK)
            & Domain("res_model", "=", LINE)
            & Domain("state", "in", ["proposed", "approved"])
            & Domain("decision", "in", DECISIONS)
        )
        groups = Line._read_group(
            Domain("journal_id", "in", self.ids)
            & Domain("is_reconciled", "=", False)
            & Domain("id", "in", logs.subselect("res_id")),
            ["journal_id"],
            ["__count"],
        )
        return {journal.id: count for journal, count in groups}

    def action_ai_bank_desk(self):
        """Open the bank desk with the lines of this journal that wait."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bank_reconcile.action_bank_lines"
        )
        context = {**literal_eval(action["context"]), "search_default_journal_id": self.id}
        if self.env.context.get("ai_to_review"):
            context["search_default_to_review"] = 1
        return {**action, "context": context}
