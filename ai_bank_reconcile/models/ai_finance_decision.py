from dataclasses import replace

from odoo import models

from .ai_finance_pipeline import SILENT


class AiFinanceDecision(models.AbstractModel):
    _inherit = "ai.finance.decision"

    def _policy_problem(self, log, policy, track):
        # Switched off are the suggestions, not the people who work by hand.
        if policy.mode in SILENT and (log.proposal or {}).get("by_hand"):
            policy = replace(policy, mode="suggest")
        return super()._policy_problem(log, policy, track)
