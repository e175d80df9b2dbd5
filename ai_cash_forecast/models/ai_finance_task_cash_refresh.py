from odoo import fields, models

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary


class AiFinanceTaskCashRefresh(models.AbstractModel):
    """Task ``cash.refresh``: compute a draft anew, because what it rests on changed."""

    _name = "ai.finance.task.cash.refresh"
    _inherit = "ai.finance.task"
    _description = "Refresh of a Cash Forecast"

    # A forecast is a report: nothing in the books changes.
    _harmless = True

    def _build_context(self, records):
        return records.filtered(lambda one: one.state == "draft")

    def _propose(self, context):
        now = fields.Datetime.to_string(fields.Datetime.now())
        return [
            Suggestion(record_id=one.id, proposal={"asked": now}, confidence=1.0) for one in context
        ]

    def _check(self, proposals):
        text = self.env._("This forecast is frozen. Open the current one instead.")
        problem = {"code": "frozen", "params": {}, "text": text}
        return {one: [problem] for one in proposals if one.state != "draft"}

    def _checksum(self, proposals):
        return {one: checksum({"asked": data["asked"]}) for one, data in proposals.items()}

    def _summary(self, proposals):
        return {one: Summary(text=self.env._("Refresh %s", one.display_name)) for one in proposals}

    def _apply(self, proposals):
        undo = {}
        for forecast in proposals:
            forecast.action_refresh()
            undo[forecast] = {}
        return undo

    def _undo(self, undo_data):
        """A refreshed draft has nothing to take back."""
