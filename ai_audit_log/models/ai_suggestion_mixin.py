from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..engine import lifecycle


class AiSuggestionMixin(models.AbstractModel):
    """For business documents: the live suggestion, its buttons, and what was made by one.

    A document inherits this and names its task in ``_ai_task_code``.
    """

    _name = "ai.suggestion.mixin"
    _description = "Document with Suggestions"

    _ai_task_code = None

    ai_suggestion_id = fields.Many2one(
        "ai.audit.log",
        string="Suggestion",
        compute="_compute_ai_suggestion",
        search="_search_ai_suggestion_id",
    )
    ai_confidence = fields.Float(string="Confidence", compute="_compute_ai_suggestion")
    ai_summary = fields.Char(string="Suggested", compute="_compute_ai_suggestion")
    ai_reasons = fields.Json(string="Why", compute="_compute_ai_suggestion")
    ai_vetoes = fields.Json(compute="_compute_ai_suggestion")
    ai_explanation = fields.Text(string="In a Sentence", compute="_compute_ai_suggestion")
    ai_model_note = fields.Text(string="Part of the Model", compute="_compute_ai_suggestion")
    ai_model_name = fields.Char(string="Model", compute="_compute_ai_suggestion")
    ai_decision = fields.Char(compute="_compute_ai_suggestion")
    ai_candidates = fields.Json(compute="_compute_ai_candidates")
    ai_applied_log_id = fields.Many2one(
        "ai.audit.log", string="Applied Suggestion", compute="_compute_ai_suggestion"
    )
    ai_applied_by_id = fields.Many2one("res.users", compute="_compute_ai_suggestion")
    ai_applied_at = fields.Datetime(compute="_compute_ai_suggestion")
    ai_log_count = fields.Integer(string="Suggestions", compute="_compute_ai_suggestion")
    ai_generated = fields.Boolean(
        string="Made by a Suggestion", readonly=True, copy=False, index="btree_not_null"
    )
    ai_source = fields.Char(
        string="Source of Suggestion",
        readonly=True,
        copy=False,
        help="Task and version that made this.",
    )

    def _compute_ai_suggestion(self):
        # One search for all; no dependency on the log's columns, whose every write would search
        # back for documents. The kernel calls _ai_invalidate() after each decision instead.
        by_id = self._ai_logs()
        for record in self:
            own = by_id.get(record.id, self.env["ai.audit.log"])
            live = own.filtered(lambda log: log.state in lifecycle.OPEN)[:1]
            applied = own.filtered(lambda log: log.state == "applied")[:1]
            record.ai_suggestion_id = live
            record.ai_confidence = live.confidence
            record.ai_summary = live.summary
            record.ai_reasons = live.reasons
            record.ai_vetoes = live.vetoes
            record.ai_explanation = live.explanation
            record.ai_model_note = live.model_note
            record.ai_model_name = live.model_name
            record.ai_decision = live.decision
            record.ai_applied_log_id = applied
            record.ai_applied_by_id = applied.executed_by_id
            record.ai_applied_at = applied.applied_at
            record.ai_log_count = len(own)

    def _ai_logs(self):
        """Return ``{id: rows of the log that the document shows}``, newest first."""
        logs = self.env["ai.audit.log"].search(
            [("task_code", "=", self._ai_task_code), ("res_model", "=", self._name)]
            + [("res_id", "in", self.ids), ("decision", "!=", "shadow")]
        )
        return logs.grouped("res_id")

    @api.depends("ai_suggestion_id")
    def _compute_ai_candidates(self):
        for record in self:
            record.ai_candidates = record.ai_suggestion_id.candidates

    def _ai_invalidate(self):
        """Forget what was read of the log, after a suggestion was made or decided."""
        names = [name for name in self._fields if name.startswith("ai_")]
        self.invalidate_recordset([n for n in names if not self._fields[n].store], flush=False)

    def _search_ai_suggestion_id(self, operator, value):
        """Search by the live suggestion: ``("ai_suggestion_id", "!=", False)`` and paths."""
        live = Domain("task_code", "=", self._ai_task_code) & Domain("res_model", "=", self._name)
        live &= Domain("state", "in", [*lifecycle.OPEN])
        if operator in ("any", "any!"):
            live &= Domain(value)
        elif operator == "in":
            if set(value) == {False}:
                return ~Domain("id", "in", self._ai_ids(live))
            live &= Domain("id", "in", [item for item in value if item])
        else:
            return NotImplemented
        return Domain("id", "in", self._ai_ids(live))

    def _ai_ids(self, domain):
        return self.env["ai.audit.log"].search_fetch(domain, ["res_id"]).mapped("res_id")

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_ai_suggest(self):
        """Run the engine on these documents now and log one suggestion for each."""
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_user")):
            raise AccessError(self.env._("The role AI User is missing."))
        task = self.env["ai.finance.task.type"]._get(self._ai_task_code)
        self.env["ai.finance.pipeline"]._suggest(task, self, "button")
        self._ai_invalidate()
        return True

    def action_ai_approve(self):
        """Approve the live suggestions of these documents."""
        return self.ai_suggestion_id.action_apply()

    def action_ai_reject(self):
        """Ask for the reason, then reject the live suggestions of these documents."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_audit_log.action_ai_audit_reject"
        )
        return {**action, "context": {"active_ids": self.ai_suggestion_id.ids}}

    def action_ai_undo(self):
        """Undo what suggestions did to these documents."""
        return self.ai_applied_log_id.action_undo()

    def action_ai_open_suggestion(self):
        """Open the log row of the live suggestion."""
        self.ensure_one()
        return self.ai_suggestion_id.get_formview_action()

    def action_ai_open_log(self):
        """Open all that was ever suggested for these documents."""
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_audit_log.action_ai_audit_log")
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return {**action, "domain": domain, "context": {}}

    # ------------------------------------------------------------------
    # Traces on the document
    # ------------------------------------------------------------------

    def _ai_thread(self):
        """Return the record whose chatter tells about these documents."""
        return self

    def _ai_applied(self, logs):
        """Mark the documents and tell their chatter what was done and why."""
        task = logs.task_id
        source = f"{task.code}/{task._handler()._task_version}"
        self.write({"ai_generated": True, "ai_source": source})
        bodies = {}
        for document, log in zip(self, logs, strict=True):
            why = ", ".join(reason["text"] for reason in log.reasons or ())
            title = self.env._("Suggestion applied")
            if log.decided_by_id != log.executed_by_id:
                title = self.env._("Suggestion applied, decided by %s", log.decided_by_id.name)
            bodies[document] = self._ai_body(title, log, why)
        self._ai_post(bodies)

    def _ai_undone(self, logs):
        """Take the mark away and tell the chatter."""
        self.write({"ai_generated": False, "ai_source": False})
        title = self.env._("Suggestion undone")
        pairs = zip(self, logs, strict=True)
        self._ai_post({document: self._ai_body(title, log, "") for document, log in pairs})

    @api.model
    def _ai_body(self, title, log, why):
        link = Markup("<a href='#' data-oe-model='ai.audit.log' data-oe-id='%s'>%s</a>")
        lines = [
            Markup("<b>%s</b>") % title,
            log.summary or "",
            why,
            link % (log.id, log._description),
        ]
        return Markup("<br/>").join(line for line in lines if line)

    def _ai_post(self, bodies):
        threads = {document._ai_thread().id: body for document, body in bodies.items()}
        thread_model = self._ai_thread()._name
        self.env[thread_model].browse(threads)._message_log_batch(bodies=threads)
