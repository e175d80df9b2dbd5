from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_amount, format_date

from .account_bank_statement_line import TASK

LINE = "account.bank.statement.line"
LEVELS = ("sure", "likely", "unsure")
DECISIONS = ["suggest", "approve", "apply"]
#: So many of the newest decisions are offered for undo one by one.
MOST_APPLIED = 200


class AiBankDesk(models.AbstractModel):
    """What the bank desk asks for: how much waits, one line with all about it, decisions.

    Everything is read and done with the rights of the current user. Domains are those of the
    search bar, over bank lines.
    """

    _name = "ai.bank.desk"
    _description = "Bank Desk"

    # ------------------------------------------------------------------
    # How much waits
    # ------------------------------------------------------------------

    @api.model
    def ai_desk_overview(self, scope, domain=None, line_ids=()):
        """Return the head of the desk, and which lines still belong into the list.

        :param scope: what the search bar asks for, but for the confidence
        :param domain: all the search bar asks for
        :param line_ids: lines that were decided on
        :return: ``{"counts": {...}, "title", "stay": [id], "may_decide"}``; the counts are of
            lines by confidence, of lines where nothing fits or nobody looked yet, and of the sure
            ones that nothing speaks against
        """
        Line = self.env[LINE]
        open_lines = Domain(scope) & self._open_domain()
        counts = self._counts(open_lines)
        total = Line.search_count(open_lines)
        counts["new"] = max(0, total - sum(counts[name] for name in (*LEVELS, "none")))
        counts["review"] = sum(counts[name] for name in LEVELS)
        stay = Line.search(Domain(domain or scope) & Domain("id", "in", list(line_ids)))
        return {
            "counts": counts,
            "title": self._title(scope),
            "stay": stay.ids if line_ids else [],
            "may_decide": self._may_decide(),
        }

    def _open_domain(self):
        return Domain("is_reconciled", "=", False) & Domain("state", "=", "posted")

    def _counts(self, domain):
        """Return the open lines of ``domain`` by what is suggested for them, in two queries."""
        counts = dict.fromkeys((*LEVELS, "none", "clear"), 0)
        Log = self.env["ai.audit.log"]
        if not Log.has_access("read"):
            return counts
        logs = self._logs_domain(domain)
        groups = Log._read_group(logs, ["decision", "confidence_level"], ["res_id:count_distinct"])
        for decision, level, count in groups:
            if decision == "none":
                counts["none"] += count
            elif decision in DECISIONS:
                counts[level] += count
        counts["clear"] = Log.search_count(logs & self._clear_domain())
        return counts

    def _logs_domain(self, domain):
        """Return the open suggestions for the bank lines in ``domain``."""
        lines = self.env[LINE]._search(domain)
        return (
            Domain("task_code", "=", TASK)
            & Domain("res_model", "=", LINE)
            & Domain("state", "in", ["proposed", "approved"])
            & Domain("res_id", "in", lines.subselect())
        )

    def _clear_domain(self):
        """Return the sure suggestions that nothing speaks against: no alarm, no doubt."""
        nothing = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "COALESCE(%s, 'null'::jsonb) IN ('null'::jsonb, '[]'::jsonb)",
                model._field_to_sql(alias, "vetoes", query),
            ),
            predicate=lambda log: not log.vetoes,
        )
        return (
            Domain("state", "=", "proposed")
            & Domain("decision", "in", DECISIONS)
            & Domain("confidence_level", "=", "sure")
            & nothing
        )

    def _title(self, scope):
        """Return bank and period of what the search bar asks for, such as "Bank, Nov 1 - 20"."""
        groups = self.env[LINE]._read_group(
            Domain(scope), ["journal_id"], ["date:min", "date:max", "__count"]
        )
        if not groups:
            return ""
        days = [day for _journal, *row in groups for day in row[:2] if day]
        names = list(dict.fromkeys(journal.name for journal, *_row in groups))
        text = ", ".join(names[:2]) + (", …" if len(names) > 2 else "")
        period = [format_date(self.env, day) for day in (min(days), max(days))]
        return f"{text}, {' – '.join(dict.fromkeys(period))}"

    def _may_decide(self):
        return self.env.user.has_group("ai_audit_log.group_ai_user") and self.env[LINE].has_access(
            "write"
        )

    @api.model
    def ai_desk_sure(self, scope):
        """Return the sure suggestions that nothing speaks against, for one click on all.

        :return: ``{"log_ids": [id], "line_ids": [id], "amount": str}``
        """
        logs = self.env["ai.audit.log"].search(
            self._logs_domain(Domain(scope) & self._open_domain()) & self._clear_domain()
        )
        sums = logs._read_group([("id", "in", logs.ids)], ["currency_id"], ["amount:sum"])
        return {
            "log_ids": logs.ids,
            "line_ids": logs.mapped("res_id"),
            "amount": " + ".join(
                format_amount(self.env, amount, currency) for currency, amount in sums
            ),
        }

    @api.model
    def ai_desk_new(self, scope):
        """Return the open lines that have no suggestion yet."""
        open_lines = Domain(scope) & self._open_domain()
        logs = self.env["ai.audit.log"]._search(self._logs_domain(open_lines))
        return (
            self.env[LINE].search(open_lines & Domain("id", "not in", logs.subselect("res_id"))).ids
        )

    # ------------------------------------------------------------------
    # One line
    # ------------------------------------------------------------------

    @api.model
    def ai_desk_card(self, line_id):
        """Return all the desk shows of a bank line; see ``ai.bank.desk.card``."""
        line = self.env[LINE].browse(line_id).exists()
        if not line:
            raise UserError(self.env._("This bank line does not exist any more."))
        line.check_access("read")
        card = self.env["ai.bank.desk.card"]._card(line)
        return {**card, "may_decide": self._may_decide() and line.has_access("write")}

    # ------------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------------

    @api.model
    def ai_desk_reject(self, log_ids, reason, note=""):
        """Reject suggestions for a reason of the wizard's list.

        :param reason: key of the selection ``reason`` of ``ai.audit.reject``
        :return: sentences about what could not be rejected
        """
        wizard = self.env["ai.audit.reject"]
        labels = dict(wizard._fields["reason"]._description_selection(self.env))
        if reason not in labels:
            raise UserError(self.env._("Say why you reject the suggestion."))
        text = ": ".join(filter(None, (labels[reason], note)))
        logs = self.env["ai.audit.log"].browse(log_ids)
        return list(self.env["ai.finance.decision"]._reject(logs, text).problems.values())

    @api.model
    def ai_desk_suggest(self, line_ids):
        """Look at bank lines now, those that were undone or rejected before included."""
        self.env[LINE].browse(line_ids).action_ai_suggest()

    @api.model
    def ai_desk_applied(self):
        """Return what the current user applied today, newest first.

        :return: ``[{"log_id", "line_id", "time", "label", "amount", "summary"}]``
        """
        if not self._may_decide():
            raise AccessError(self.env._("The role AI User is missing."))
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        start = fields.Datetime.context_timestamp(self, fields.Datetime.now()).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        since = fields.Datetime.now() - (today - start)
        logs = self.env["ai.audit.log"].search(
            [
                ("task_code", "=", TASK),
                ("state", "=", "applied"),
                ("executed_by_id", "=", self.env.uid),
                ("company_id", "in", self.env.companies.ids),
                ("applied_at", ">=", since),
            ],
            order="applied_at desc, id desc",
            limit=MOST_APPLIED,
        )
        lines = self.env[LINE].browse(logs.mapped("res_id"))
        return [
            {
                "log_id": log.id,
                "line_id": line.id,
                "time": fields.Datetime.context_timestamp(self, log.applied_at).strftime("%H:%M"),
                "label": line.payment_ref or "",
                "amount": format_amount(self.env, line.amount, line.currency_id),
                "summary": log.summary or "",
            }
            for log, line in zip(logs, lines, strict=True)
        ]
