from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import lifecycle


class AiAuditFeedback(models.AbstractModel):
    """What people think of a suggestion, beside deciding on it; part of the log's rows."""

    _name = "ai.audit.feedback"
    _description = "Feedback on Suggestions"

    flagged = fields.Boolean(
        string="Flagged Wrong",
        readonly=True,
        help="Somebody said that this suggestion is wrong; why is in its history.",
    )
    outcome = fields.Selection(
        [
            ("agreed", "As suggested"),
            ("differed", "Otherwise"),
            ("unforeseen", "Nothing was suggested"),
        ],
        string="Done by Hand",
        readonly=True,
        help="What people did with the document themselves, compared with the suggestion.",
    )

    def action_flag_wrong(self, reason):
        """Say that suggestions are wrong, without deciding on them; counts as an override.

        What was flagged is not suggested again by itself and never applied automatically; what
        was learned from it is forgotten. For any AI user who may read the documents.

        :param reason: a sentence kept with the event
        :raises UserError: without a reason, or for suggestions that were closed otherwise
        """
        self._check_flag(reason)
        new = self.filtered(lambda log: not log.flagged)
        rows = new.sudo()
        rows._write_outcome({"flagged": True})
        self.env["ai.audit.log.event"].sudo().create(
            [
                {
                    "log_id": log.id,
                    "company_id": log.company_id.id,
                    "kind": "flag",
                    "user_id": self.env.uid,
                    "note": reason,
                }
                for log in rows
            ]
        )
        for task, group in rows.grouped("task_id").items():
            learned = group.filtered(lambda log: log.state == "applied")
            if learned:
                task._handler()._unlearn(learned)
            still_open = group.filtered(lambda log: log.state in lifecycle.OPEN)
            if still_open:
                # Someone should see something better than what was just called wrong.
                self.env["ai.finance.outbox"]._enqueue(task.code, still_open._documents())
        self.env["ai.finance.autonomy"]._watch(rows)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.private
    def _check_flag(self, reason):
        """Refuse a flag without a reason, by who may not, or on what is not there any more."""
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_user")):
            raise AccessError(self.env._("The role AI User is missing."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say what is wrong."))
        closed = self.filtered(lambda log: log.state not in (*lifecycle.OPEN, "applied"))
        if closed:
            raise UserError(
                self.env._("Only open and applied suggestions can be flagged as wrong.")
            )
