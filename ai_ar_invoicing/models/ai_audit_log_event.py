from odoo import fields, models
from odoo.fields import Domain


class AiAuditLogEvent(models.Model):
    _inherit = "ai.audit.log.event"

    # Events outlive what made them.
    kind = fields.Selection(
        selection_add=[("override", "Posted anyway"), ("sent", "Sent")],
        ondelete={"override": lambda events: None, "sent": lambda events: None},
    )

    def _visible_domain(self, Log):
        """What was posted in spite of a check is seen by who sets the checks, too."""
        visible = super()._visible_domain(Log)
        if self.env.user.has_group("ai_audit_log.group_ai_manager"):
            visible |= Domain("kind", "=", "override")
        return visible
