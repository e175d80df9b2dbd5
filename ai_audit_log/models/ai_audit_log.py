from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import lifecycle
from ..engine.columns import EVIDENCE, OUTCOME, WORK

STATES = [
    ("queued", "Queued"),
    ("running", "Running"),
    ("proposed", "To review"),
    ("approved", "Approved"),
    ("applied", "Applied"),
    ("edited", "Edited"),
    ("rejected", "Rejected"),
    ("expired", "Expired"),
    ("stale", "Changed since"),
    ("superseded", "Superseded"),
    ("failed", "Failed"),
    ("undone", "Undone"),
]


class AiAuditLog(models.Model):
    """One row a suggestion: what was proposed, why, what was decided and what came of it."""

    _name = "ai.audit.log"
    _inherit = ["ai.audit.access", "ai.audit.feedback", "ai.audit.approval.mixin"]
    _description = "Suggestion"
    _order = "id desc"
    _rec_name = "summary"

    task_id = fields.Many2one(
        "ai.finance.task.type", required=True, index=True, ondelete="restrict", readonly=True
    )
    task_code = fields.Char(required=True, readonly=True, index=True)
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(string="Document", compute="_compute_document_name")
    age = fields.Char(compute="_compute_age")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    trigger = fields.Selection(
        [
            ("button", "Button"),
            ("hook", "Document event"),
            ("cron", "Scheduled action"),
            ("import", "Import"),
            ("edit", "Edited by a person"),
        ],
        required=True,
        readonly=True,
    )
    run_id = fields.Many2one("ai.finance.run", index=True, readonly=True, ondelete="restrict")
    maker_id = fields.Many2one(
        "res.users", string="Suggested By", required=True, readonly=True, ondelete="restrict"
    )

    input_checksum = fields.Char(readonly=True, default="", required=True)
    proposal = fields.Json(readonly=True)
    candidates = fields.Json(compute="_compute_candidates")
    confidence = fields.Float(readonly=True, digits=(6, 4), aggregator="avg")
    confidence_level = fields.Selection(
        [("sure", "Sure"), ("likely", "Likely"), ("unsure", "Unsure")],
        compute="_compute_confidence_level",
        store=True,
    )
    reasons = fields.Json(string="Why", readonly=True)
    vetoes = fields.Json(readonly=True)
    summary = fields.Char(string="Suggestion", readonly=True)
    amount = fields.Monetary(readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    duration_ms = fields.Float(string="Duration (ms)", readonly=True, aggregator="avg")

    explanation = fields.Text(string="In a Sentence", readonly=True)
    model_uses = fields.Json(string="Questions to the Model", readonly=True)
    model_name = fields.Char(string="Model", readonly=True)
    model_note = fields.Text(string="Part of the Model", compute="_compute_model_note")
    model_refused = fields.Boolean(
        string="Model's Answer Refused",
        compute="_compute_model_note",
        search="_search_model_refused",
    )
    prompt_tokens = fields.Integer(string="Tokens Sent", readonly=True)
    completion_tokens = fields.Integer(string="Tokens Received", readonly=True)
    model_cost = fields.Float(string="Cost of the Model", digits=(16, 6), readonly=True)
    model_latency_ms = fields.Float(string="Model (ms)", readonly=True, aggregator="avg")

    policy_id = fields.Many2one("ai.finance.policy", readonly=True, ondelete="set null")
    policy_values = fields.Json(string="Policy at the Time", readonly=True)
    decision = fields.Selection(
        [
            ("none", "Nothing to decide"),
            ("shadow", "Shadow"),
            ("suggest", "A person accepts"),
            ("approve", "An approver decides"),
            ("apply", "Automatic"),
        ],
        readonly=True,
    )
    decision_reasons = fields.Json(readonly=True)
    auto_eligible = fields.Boolean(
        readonly=True, help="Automatic mode would have applied this suggestion."
    )

    state = fields.Selection(STATES, required=True, default="queued", readonly=True, index=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    executed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    applied_at = fields.Datetime(readonly=True)
    undone_at = fields.Datetime(readonly=True)
    undo_data = fields.Json(readonly=True)
    replaces_id = fields.Many2one(
        "ai.audit.log",
        readonly=True,
        ondelete="restrict",
        help="The suggestion a person changed into this one.",
    )
    payload_digest = fields.Char(string="Digest of the Input", readonly=True)
    payload_ids = fields.One2many("ai.audit.payload", "log_id", readonly=True)
    # Written by the database when the content is final, see data/evidence.sql.
    content_hash = fields.Char(string="Hash", readonly=True)
    event_ids = fields.One2many("ai.audit.log.event", "log_id", readonly=True)

    attempts = fields.Integer(readonly=True)
    next_attempt_at = fields.Datetime(readonly=True)
    claimed_at = fields.Datetime(readonly=True)
    error = fields.Text(string="Last Problem", readonly=True)

    # The same event twice, or two workers at once, make one suggestion. A row under way that
    # has no checksum yet lets a new event in: the worker may have read before it happened.
    _live_uniq = models.UniqueIndex(
        "(task_code, res_model, res_id, input_checksum)"
        " WHERE state IN ('queued', 'running', 'proposed', 'approved')"
        " AND (state != 'running' OR input_checksum != '')",
        "There is a suggestion for this already.",
    )
    _document_idx = models.Index("(res_model, res_id)")
    _work_idx = models.Index("(next_attempt_at) WHERE state IN ('queued', 'running', 'approved')")

    @api.depends("confidence")
    def _compute_confidence_level(self):
        for log in self:
            if log.confidence >= 0.95:
                log.confidence_level = "sure"
            else:
                log.confidence_level = "likely" if log.confidence >= 0.7 else "unsure"

    @api.depends("res_model", "res_id")
    def _compute_document_name(self):
        self.document_name = False
        for model, logs in self.grouped("res_model").items():
            if model not in self.env:
                continue
            names = dict.fromkeys(logs.mapped("res_id"), False)
            documents = self.env[model].browse(names).exists()._filtered_access("read")
            names.update({document.id: document.display_name for document in documents})
            for log in logs:
                log.document_name = names[log.res_id]

    @api.depends("proposal", "state")
    def _compute_candidates(self):
        """The alternatives of open suggestions as people read them."""
        self.candidates = False
        for log in self:
            alternatives = (log.proposal or {}).get("alternatives")
            if alternatives and log.state in lifecycle.OPEN:
                log.candidates = self._readable(log, alternatives)

    def _readable(self, log, alternatives):
        handler, document = log.task_id._handler(), log._document()
        return [
            {
                "label": handler._summary({document: alternative})[document].text,
                "confidence": alternative["confidence"],
                "reasons": alternative["reasons"],
            }
            for alternative in alternatives
        ]

    @api.depends("model_uses")
    def _compute_model_note(self):
        step = self.env["ai.finance.model.step"]
        for log in self:
            notes = [step._use_text(use) for use in log.model_uses or ()]
            log.model_note = "\n".join(notes) or False
            log.model_refused = any(use["outcome"] == "refused" for use in log.model_uses or ())

    def _search_model_refused(self, operator, value):
        if operator != "in":
            return NotImplemented
        refused = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "COALESCE(%s @> %s::jsonb, FALSE)",
                model._field_to_sql(alias, "model_uses", query),
                '[{"outcome": "refused"}]',
            )
        )
        return refused if True in value else ~refused

    @api.depends("create_date")
    def _compute_age(self):
        now = fields.Datetime.now()
        for log in self:
            hours = int((now - (log.create_date or now)).total_seconds() // 3600)
            if hours < 1:
                log.age = self.env._("now")
            elif hours < 48:
                log.age = self.env._("%(hours)s h", hours=hours)
            else:
                log.age = self.env._("%(days)s d", days=hours // 24)

    # ------------------------------------------------------------------
    # Written once
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        logs.invalidate_recordset(["content_hash"], flush=False)
        return logs

    def write(self, vals):
        """Refuse to change evidence or state; see :meth:`_complete` and :meth:`_transition`."""
        frozen = set(vals) - WORK
        if frozen:
            raise UserError(
                self.env._(
                    "The log of suggestions cannot be changed (%(fields)s).",
                    fields=", ".join(sorted(frozen)),
                )
            )
        return super().write(vals)

    @api.private
    def _store(self, vals):
        """Write columns past the guard of :meth:`write`; for the methods below only."""
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of suggestions cannot be deleted."))

    def copy_data(self, default=None):
        raise UserError(self.env._("A suggestion cannot be duplicated."))

    @api.private
    def _complete(self, vals_by_log):
        """Write the evidence of rows that come out of the work queue, once.

        :param vals_by_log: ``{log: values}``; every row must be in state running
        """
        for log, vals in vals_by_log.items():
            if log.state != "running" or set(vals) - EVIDENCE:
                raise UserError(self.env._("The log of suggestions cannot be changed."))
            log._store(vals)

    @api.private
    def _transition(self, state, *, note=False, values=None, each=None):
        """Bring rows into another state; the only way there is, and it leaves an event.

        :param state: the new state; see ``engine/lifecycle.py`` for what may follow what
        :param note: a sentence for people
        :param values: outcome and work columns to write along
        :param each: ``{log: values}`` for those that differ from row to row
        :raises UserError: when a row may not go to ``state``
        """
        for log in self:
            if not lifecycle.allowed(log.state, state):
                names = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "A suggestion that is “%(old)s” cannot become “%(new)s”.",
                        old=names[log.state],
                        new=names[state],
                    )
                )
        old_states = {log: log.state for log in self}
        for log, own in (each or {}).items():
            log.with_env(self.env)._write_outcome(own)
        self._write_outcome(values or {})
        self._store({"state": state})
        self._record_events(old_states, note)

    @api.private
    def _write_outcome(self, values):
        """Write what came of a decision; the columns are not part of what was suggested."""
        if set(values) - OUTCOME - WORK:
            raise UserError(self.env._("The log of suggestions cannot be changed."))
        if values:
            self._store(values)

    def _record_events(self, old_states, note):
        # The event carries the hash of the row, which the database writes with the new state.
        self.flush_recordset()
        self.invalidate_recordset(["content_hash"], flush=False)
        self.env["ai.audit.log.event"].create(
            [
                {
                    "log_id": log.id,
                    "company_id": log.company_id.id,
                    "kind": "state",
                    "old_state": old_states.get(log),
                    "new_state": log.state,
                    "user_id": self.env.uid,
                    "note": note,
                    # What was before and what it became, as far as undo has to know it.
                    "data": log.undo_data if log.state == "applied" else None,
                }
                for log in self
            ]
        )

    # ------------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------------

    def action_apply(self):
        """Approve and carry out the suggestions, as the current user; one outcome a record."""
        decision = self.env["ai.finance.decision"]
        return decision._action(decision._apply(self))

    def action_reject(self, reason=None):
        """Reject the suggestions.

        :param reason: a sentence kept with the event
        """
        decision = self.env["ai.finance.decision"]
        return decision._action(decision._reject(self, reason))

    def action_undo(self):
        """Take back applied suggestions; the books are as before."""
        decision = self.env["ai.finance.decision"]
        return decision._action(decision._undo(self))

    def action_choose(self, index):
        """Choose another candidate: a new suggestion of which the current user is the maker.

        :param index: position in the proposal's ``alternatives``, from 0
        """
        self.ensure_one()
        self.env["ai.finance.decision"]._amend(self, {"alternative": index})
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_replay(self):
        """Put failed rows into the work queue again."""
        self.env["ai.finance.outbox"]._replay(self)

    def action_open_document(self):
        """Open the document the suggestion is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _document(self):
        """Return the document of this row."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _documents(self):
        """Return the documents of these rows, which are of one model, in the same order."""
        return self.env[self[0].res_model].browse(self.mapped("res_id"))

    def _proposals(self):
        """Return ``{document: proposal}`` of rows of one model, sharing one prefetch."""
        return dict(zip(self._documents(), self.mapped("proposal"), strict=True)) if self else {}
