from odoo import fields, models
from odoo.fields import Domain


class AiAuditLogEvent(models.Model):
    _inherit = "ai.audit.log.event"

    # Events outlive what made them.
    kind = fields.Selection(
        selection_add=[("forecast", "Forecast frozen")],
        ondelete={"forecast": lambda events: None},
    )

    def _visible_domain(self, Log):
        """That a forecast was frozen is seen by who works with forecasts."""
        visible = super()._visible_domain(Log)
        if self.env.user.has_group("ai_cash_forecast.group_cash_user"):
            visible |= Domain("kind", "=", "forecast")
        return visible
