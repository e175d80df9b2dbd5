from odoo import fields, models


class AiBillFlagOverride(models.TransientModel):
    """Asks an approver why a bill is right in spite of its flags."""

    _name = "ai.bill.flag.override"
    _description = "Set Flags Aside"

    flag_ids = fields.Many2many("ai.bill.flag", string="Flags", required=True, readonly=True)
    messages = fields.Text(compute="_compute_messages")
    reason = fields.Char(required=True)

    def _compute_messages(self):
        for wizard in self:
            wizard.messages = "\n".join(wizard.flag_ids.mapped("message"))

    def action_override(self):
        """Set the flags aside; who did it and why is kept for good."""
        self.ensure_one()
        self.flag_ids._override(self.reason)
        return {"type": "ir.actions.act_window_close"}
