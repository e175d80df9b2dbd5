from odoo import fields, models


class AiAuditFlag(models.TransientModel):
    """Asks what is wrong with suggestions; the answer is kept with the event."""

    _name = "ai.audit.flag"
    _description = "Flag Suggestions as Wrong"

    log_ids = fields.Many2many(
        "ai.audit.log", default=lambda self: self.env.context.get("active_ids"), readonly=True
    )
    reason = fields.Selection(
        [
            ("wrong_document", "Another document is meant"),
            ("wrong_amount", "The amount is wrong"),
            ("wrong_partner", "Another customer or vendor is meant"),
            ("not_at_all", "It should not have been suggested at all"),
            ("other", "Other"),
        ],
        required=True,
        default="wrong_document",
    )
    note = fields.Char()

    def action_flag(self):
        """Flag the suggestions with the chosen reason."""
        label = dict(self._fields["reason"]._description_selection(self.env))[self.reason]
        return self.log_ids.action_flag_wrong(": ".join(filter(None, (label, self.note))))
