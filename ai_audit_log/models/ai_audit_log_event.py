from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .ai_audit_log import STATES


class AiAuditLogEvent(models.Model):
    """Everything that happened to a suggestion, and every change of what is allowed."""

    _name = "ai.audit.log.event"
    _description = "Event of the Suggestion Log"
    _order = "id desc"
    _rec_name = "kind"

    log_id = fields.Many2one(
        "ai.audit.log", string="Suggestion", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True)
    kind = fields.Selection(
        [
            ("state", "Suggestion"),
            ("problem", "Refused"),
            ("flag", "Flagged wrong"),
            ("outcome", "Done by hand"),
            ("review", "Reviewed"),
            ("payload", "Input removed"),
            ("policy", "Policy changed"),
            ("provider", "Model connection changed"),
            ("prompt", "Prompt changed"),
            ("group", "Role changed"),
            ("head", "Head sent out"),
            ("verify", "Found broken"),
        ],
        required=True,
        readonly=True,
    )
    old_state = fields.Selection(STATES, readonly=True)
    new_state = fields.Selection(STATES, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    note = fields.Text(readonly=True)
    data = fields.Json(readonly=True)
    # Both written by the database when the event is inserted, see data/evidence.sql.
    log_hash = fields.Char(string="Hash of the Suggestion", readonly=True)
    content_hash = fields.Char(string="Hash", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events.invalidate_recordset(["log_hash", "content_hash"], flush=False)
        return events

    @api.model
    @api.private
    def _append_change(self, kind, companies, note, data):
        """Append an event about a setting that is no suggestion, one for each company.

        Evidence is written by the kernel, whatever the rights of who changed the setting.
        """
        self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "kind": kind,
                    "user_id": self.env.uid,
                    "note": note,
                    "data": data,
                }
                for company in companies
            ]
        )

    @api.model
    @api.private
    def _append_refused(self, company, note, data):
        """Append that something from outside was refused, before the caller says so by an error.

        In a transaction of its own: the error takes back all else.
        """
        with self.env.registry.cursor() as cursor:
            own = self.with_env(self.env(cr=cursor))
            own._append_change("problem", company.with_env(own.env), note, data)

    def write(self, vals):  # pylint: disable=method-required-super
        """Events are appended, never changed."""
        raise UserError(self.env._("The log of suggestions cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of suggestions cannot be deleted."))

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        Log = self.env["ai.audit.log"]
        if not (bypass_access or Log._sees_all()):
            domain = Domain(domain) & self._visible_domain(Log)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _visible_domain(self, Log):
        """An event is visible with its suggestion; changes of policy to who manages policies."""
        visible = Domain("log_id", "in", Log._search([]))
        if self.env.user.has_group("ai_audit_log.group_ai_manager"):
            visible |= Domain(
                "kind", "in", ["policy", "provider", "prompt", "group", "head", "verify"]
            )
        return visible

    def _check_access(self, operation):
        result = super()._check_access(operation)
        Log = self.env["ai.audit.log"]
        if Log._sees_all() or not self.ids:
            return result
        forbidden = result[0] if result else self.browse()
        hidden = (self - forbidden) - self.search([("id", "in", (self - forbidden).ids)])
        if not hidden:
            return result
        return forbidden | hidden, lambda: AccessError(
            self.env._("You may not read the documents these suggestions are about.")
        )
