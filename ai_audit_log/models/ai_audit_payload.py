from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import chain


class AiAuditPayload(models.Model):
    """What the engine saw when it made a suggestion: kept for a time, then redacted.

    Only a salted digest is part of the evidence, so the chain stays valid without the content.
    """

    _name = "ai.audit.payload"
    _description = "Input of a Suggestion"
    _rec_name = "log_id"

    log_id = fields.Many2one(
        "ai.audit.log", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    salt = fields.Char(required=True, readonly=True, groups="base.group_system")
    content = fields.Text(string="Input", readonly=True)
    redact_on = fields.Date(readonly=True, index="btree_not_null")
    redacted_at = fields.Datetime(readonly=True)
    redacted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    def write(self, vals):  # pylint: disable=method-required-super
        """Payloads are redacted, never changed; see :meth:`action_redact`."""
        raise UserError(self.env._("The input of a suggestion cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of suggestions cannot be deleted."))

    def action_redact(self):
        """Remove the content for good, as the law on personal data may ask; an event says so."""
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_manager")):
            raise UserError(self.env._("Only an AI Manager removes the input of a suggestion."))
        self.check_access("read")
        self._redact(self.env._("Input removed"))

    def _redact(self, note):
        """Blank the content of these payloads and log it."""
        present = self.sudo().filtered("content")
        super(AiAuditPayload, present).write(
            {
                "content": False,
                "redact_on": False,
                "redacted_at": fields.Datetime.now(),
                "redacted_by_id": self.env.uid,
            }
        )
        self.env["ai.audit.log.event"].sudo().create(
            [
                {
                    "log_id": payload.log_id.id,
                    "company_id": payload.company_id.id,
                    "kind": "payload",
                    "user_id": self.env.uid,
                    "note": note,
                }
                for payload in present
            ]
        )

    @api.autovacuum
    def _gc_payloads(self, limit=5000):
        """Redact what is past its retention period."""
        due = self.sudo().search([("redact_on", "<=", fields.Date.today())], limit=limit)
        due._redact(self.env._("Retention period is over"))
        return len(due), limit if len(due) == limit else 0

    @api.model
    def _digested(self, payload):
        """Return ``(digest, values)`` of a payload about to be stored with its log row."""
        salt, text = chain.new_salt(), chain.payload_text(payload)
        return chain.digest(salt, text), {"salt": salt, "content": text}
