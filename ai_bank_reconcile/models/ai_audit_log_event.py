from odoo import fields, models
from odoo.fields import Domain


def _kept(events):
    """Leave events as they are when the addon goes: the log is never rewritten."""


class AiAuditLogEvent(models.Model):
    _inherit = "ai.audit.log.event"

    kind = fields.Selection(
        selection_add=[("memory", "Memory changed"), ("rule", "Rule changed")],
        ondelete={"memory": _kept, "rule": _kept},
    )

    def _visible_domain(self, Log):
        """Who works on bank lines sees what colleagues changed of memory and rules."""
        visible = super()._visible_domain(Log)
        if self.env.user.has_group("ai_bank_reconcile.group_bank_user"):
            visible |= Domain("kind", "in", ["memory", "rule"])
        return visible
