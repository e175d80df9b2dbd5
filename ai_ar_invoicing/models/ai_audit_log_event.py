from odoo import fields, models


class AiAuditLogEvent(models.Model):
    _inherit = "ai.audit.log.event"

    # Events are never changed, also not when this addon goes.
    kind = fields.Selection(selection_add=[("sent", "Sent")], ondelete={"sent": lambda rows: None})
