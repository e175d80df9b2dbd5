from odoo import fields, models
from odoo.exceptions import AccessError

from ..models.ai_invoice_check_mixin import ANYWAY


class AiInvoiceCheckOverride(models.TransientModel):
    """Asks an approver why an invoice is posted in spite of a blocking check."""

    _name = "ai.invoice.check.override"
    _description = "Post Anyway"

    move_id = fields.Many2one("account.move", string="Invoice", required=True, readonly=True)
    problems = fields.Text(compute="_compute_problems")
    reason = fields.Char(required=True)

    def _compute_problems(self):
        for wizard in self:
            blocked = wizard.move_id._ai_blocking_checks().get(wizard.move_id, ())
            wizard.problems = "\n".join(reason["text"] for reason in blocked)

    def action_post(self):
        """Post the invoice; who did it, why, and in spite of what is kept for good."""
        self.ensure_one()
        if not self.env.user.has_group("ai_audit_log.group_ai_approver"):
            raise AccessError(self.env._("Only an approver posts in spite of a blocking check."))
        move = self.move_id
        blocked = move._ai_blocking_checks().get(move, [])
        result = move.with_context(ai_post_anyway=ANYWAY).action_post()
        data = {"move_id": move.id, "name": move.name, "checks": blocked}
        self.env["ai.audit.log.event"]._append_change(
            "override", move.company_id, self.reason, data
        )
        lines = [self.env._("Posted in spite of: %s", reason["text"]) for reason in blocked]
        move.message_post(body="\n".join([*lines, self.env._("Reason: %s", self.reason)]))
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
