from dataclasses import replace
from functools import partial

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.question import Question
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.insight import PROMPT, CashInsight, check_insight

TASK = "cash.insight"
MOST = 5  # of the drivers, changes and actions


class AiFinanceTaskCashInsight(models.AbstractModel):
    """Task ``cash.insight``: what matters in a forecast in a model's words, where one is connected.

    Words beside the figures, which are checked one by one; there is nothing to apply.
    """

    _name = "ai.finance.task.cash.insight"
    _inherit = "ai.finance.task"
    _description = "Words About a Cash Forecast"

    def _build_context(self, records):
        return {
            one.id: self._facts(one) for one in records if one.state == "draft" and one.period_ids
        }

    def _facts(self, forecast):
        language = forecast.company_id.partner_id.lang or "en_US"
        companies = forecast.company_ids
        page = (
            self.env["ai.cash.dashboard"]
            .with_context(lang=language, allowed_company_ids=companies.ids)
            ._read(companies.ids, forecast.id)
        )
        facts = {"language": language, "said": page["insight"]}
        for name in ("drivers", "changes", "actions"):
            facts[name] = [
                {"text": one["text"], "amount": f"{one['amount']:.0f}"} for one in page[name][:MOST]
            ]
        return facts

    def _propose(self, context):
        return [
            Suggestion(
                record_id=forecast_id,
                proposal={"said": facts["said"], "text": ""},
                confidence=0.0,
                actionable=False,  # words are shown, nothing is done
            )
            for forecast_id, facts in context.items()
        ]

    def _questions(self, context, suggestions, every=False):
        return [
            Question(
                record_id=forecast_id,
                prompt=PROMPT,
                facts=facts,
                schema=CashInsight,
                check=partial(check_insight, facts=facts),
            )
            for forecast_id, facts in context.items()
            if forecast_id in suggestions
        ]

    def _answered(self, suggestion, question, value):
        return replace(suggestion, proposal={**suggestion.proposal, "text": value.text.strip()})

    def _check(self, proposals):
        return {}

    def _checksum(self, proposals):
        return {one: checksum(proposal) for one, proposal in proposals.items()}

    def _summary(self, proposals):
        return {
            one: Summary(text=proposal["text"] or proposal["said"])
            for one, proposal in proposals.items()
        }

    def _apply(self, proposals):
        raise UserError(self.env._("There is nothing to apply: the words are shown as they are."))

    # ------------------------------------------------------------------
    # Asked for, and shown
    # ------------------------------------------------------------------

    def _ask(self, forecast):
        """Queue the question where a model is connected; nobody waits for it."""
        company = forecast.company_id.sudo()  # connections are for administrators
        wanted = forecast.state == "draft" and not forecast.scenario_id and not forecast.backtest
        if wanted and company.ai_provider_id and not company.ai_model_stopped:
            self.env["ai.finance.outbox"]._enqueue(TASK, forecast)

    def _words(self, forecast, said):
        """Return a model's words about just these figures, empty where there are none."""
        # They say what the page says; who may read the forecast was checked.
        rows = (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [("task_code", "=", TASK), ("res_model", "=", forecast._name)]
                + [("res_id", "=", forecast.id), ("decision", "!=", "shadow")],
                limit=1,
            )
        )
        proposal = rows.proposal or {}
        return proposal.get("text") or "" if proposal.get("said") == said else ""
