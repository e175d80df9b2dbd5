from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine import lifecycle

#: Modes in which nothing is suggested to people; what they do by hand is theirs nevertheless.
SILENT = ("off", "shadow")


class AiFinancePipeline(models.AbstractModel):
    _inherit = "ai.finance.pipeline"

    @api.model
    def _made_by_hand(self, line, suggestion):
        """Log what a person made of a bank line without an open suggestion; returns the new row."""
        if not line.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Somebody else is deciding on it right now."))
        task = self.env["ai.finance.task.type"]._get(line._ai_task_code)
        policies = self.env["ai.finance.policy"]._select(task, line)
        waiting = self._absorb(task, line, "edit")
        drafts = self._evidence(task, {line: suggestion}, policies, 0)
        row = self._create_rows(task, drafts, "edit", waiting).sudo(False)
        line._ai_invalidate()
        return row

    @api.model
    def _evidence(self, task, by_record, policies, duration_ms):
        own = {
            record: replace(policies[record], mode="suggest")
            for record, item in by_record.items()
            if item.proposal.get("by_hand") and policies[record].mode in SILENT
        }
        return super()._evidence(task, by_record, {**policies, **own}, duration_ms)

    def _unchanged(self, previous, draft, trigger):
        """Keep what a person made and what waits to be approved, as long as it can be booked.

        Who would rather have the engine's suggestion rejects it first.
        """
        for log in previous:
            made = (log.proposal or {}).get("by_hand")
            if made and log.state in lifecycle.OPEN and self._is_current(log):
                return log
        return super()._unchanged(previous, draft, trigger)

    def _is_current(self, log):
        document = log._document()
        checksums = log.task_id._handler()._checksum({document: log.proposal})
        return checksums[document] == log.input_checksum
