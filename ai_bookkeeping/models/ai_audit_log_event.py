from odoo import fields, models


class AiAuditLogEvent(models.Model):
    _inherit = "ai.audit.log.event"

    # Events outlive what made them.
    kind = fields.Selection(
        selection_add=[("bill_override", "Flag of a bill set aside")],
        ondelete={"bill_override": lambda events: None},
    )
