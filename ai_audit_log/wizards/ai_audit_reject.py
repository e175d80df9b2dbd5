from odoo import fields, models


class AiAuditReject(models.TransientModel):
    """Asks why suggestions are rejected; the answer is kept with the event."""

    _name = "ai.audit.reject"
    _description = "Reject Suggestions"

    log_ids = fields.Many2many(
        "ai.audit.log", default=lambda self: self.env.context.get("active_ids"), readonly=True
    )
    reason = fields.Selection(
        [
            ("wrong_document", "Another document is meant"),
            ("wrong_amount", "The amount is wrong"),
            ("wrong_partner", "Another customer or vendor is meant"),
            ("later", "Not now"),
            ("other", "Other"),
        ],
        required=True,
        default="wrong_document",
    )
    note = fields.Char()

    def action_reject(self):
        """Reject the suggestions with the chosen reason."""
        label = dict(self._fields["reason"]._description_selection(self.env))[self.reason]
        return self.log_ids.action_reject(": ".join(filter(None, (label, self.note))))
