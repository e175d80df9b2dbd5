from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

REVIEWERS = ("ai_audit_log.group_ai_approver", "ai_audit_log.group_ai_auditor")


class AiAuditApprovalMixin(models.AbstractModel):
    """The part of the log about approvals: whose turn it is, and what is left to be reviewed."""

    _name = "ai.audit.approval.mixin"
    _description = "Approval of Suggestions"

    waits_for_me = fields.Boolean(
        string="My Approval",
        compute="_compute_waits_for_me",
        search="_search_waits_for_me",
        help="It is my turn to approve: by amount and policy, not my own, and I may decide.",
    )
    review_state = fields.Selection(
        [("none", "Not needed"), ("to_review", "To review"), ("reviewed", "Reviewed")],
        string="Review",
        default="none",
        readonly=True,
        help="Of what was applied without a person: has somebody looked at it afterwards?",
    )
    reviewed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reviewed_at = fields.Datetime(readonly=True)

    _review_idx = models.Index("(company_id, applied_at) WHERE review_state = 'to_review'")

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("state", "decision", "amount", "maker_id")
    def _compute_waits_for_me(self):
        mine = self._waiting_for_me(self.company_id)
        for log in self:
            log.waits_for_me = log in mine

    def _search_waits_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("id", "in", self._waiting_for_me(self.env.companies).ids)
        return Domain.OR([mine if one else ~mine for one in value])

    def _waiting_for_me(self, companies):
        """Return the rows of ``companies`` that wait for the current user's approval."""
        user = self.env.user
        waiting = self.env["ai.finance.approver"]._waiting(companies, user)
        return waiting.get(user, self.env["ai.audit.log"]).with_env(self.env)

    # ------------------------------------------------------------------
    # Afterwards: what was applied without a person
    # ------------------------------------------------------------------

    @api.private
    def _leave_for_review(self):
        """Put rows that were applied without a person on the controller's list, by policy."""
        service = self.env.ref("ai_audit_log.user_service")
        automatic = self.filtered(lambda log: log.decided_by_id == service)
        for log, policy in self.env["ai.finance.approver"]._with_policies(automatic):
            if self.env["ai.finance.policy"].sudo().browse(policy.id or []).leave_unreviewed:
                log.sudo()._write_outcome({"review_state": "to_review"})

    def action_mark_reviewed(self):
        """Note that the current user looked at what was posted automatically."""
        if not any(self.env.user.has_group(group) for group in REVIEWERS):
            raise AccessError(self.env._("Only AI approvers and AI auditors review the log."))
        self.check_access("read")
        # Two at once, or twice: the first name counts.
        left = self.sudo().try_lock_for_update()
        left.invalidate_recordset(["review_state"])
        left = left.filtered(lambda log: log.review_state == "to_review")
        left._write_outcome(
            {
                "review_state": "reviewed",
                "reviewed_by_id": self.env.uid,
                "reviewed_at": fields.Datetime.now(),
            }
        )
        self.env["ai.audit.log.event"].sudo().create(
            [
                {
                    "log_id": log.id,
                    "company_id": log.company_id.id,
                    "kind": "review",
                    "user_id": self.env.uid,
                }
                for log in left
            ]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("%(count)s marked as reviewed", count=len(left)),
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------
    # In parts: what the list calls for long selections
    # ------------------------------------------------------------------

    def action_part(self, action):
        """Decide on a part of a long selection; the list shows progress between the parts.

        :param action: ``apply`` or ``undo``
        :return: ``{"done": [id], "unchanged": [id], "problems": [{"id", "name", "text"}]}``
        """
        decision = self.env["ai.finance.decision"]
        work = {"apply": decision._apply, "undo": decision._undo}[action]
        outcome = work(self)
        failed = self.browse(outcome.problems)
        return {
            "done": outcome.done,
            "unchanged": outcome.unchanged,
            "problems": [
                {"id": log.id, "name": log.document_name, "text": outcome.problems[log.id]}
                for log in failed
            ],
        }
