from odoo import models
from odoo.tools import formatLang

from ..engine import closing

KINDS = ("invoice", "bill", "purchase_order")


class AiCashClosing(models.AbstractModel):
    """Turns a shortfall into suggestions on documents, and takes back those out of date."""

    _name = "ai.cash.closing"
    _description = "Suggestions of the Cash Forecast"

    def _suggest(self, forecast, trigger="cron"):
        """Have what closes the shortfall of ``forecast``, or uses its surplus, suggested.

        Below the company's level of risk nothing is.

        :return: the actions that are suggested now
        """
        steps, lines = self._steps(forecast)
        actions = self._store(forecast, steps, lines)
        task = self.env["ai.finance.task.type"]._get("cash.action")
        self.env["ai.finance.pipeline"]._suggest(task, actions, trigger)
        actions._ai_invalidate()
        return actions

    def _steps(self, forecast):
        weeks = [
            closing.Week(one.index, one.date_from, one.date_to, one.p10, one.p50, one.below_floor)
            for one in forecast.period_ids.filtered(lambda one: one.granularity == "week")
        ]
        weeks.sort(key=lambda one: one.index)
        found = self.env["ai.cash.forecast.line"].search(
            [("forecast_id", "=", forecast.id), ("kind", "in", KINDS), ("res_id", "!=", False)]
        )
        lines = {line.key: line for line in found}
        candidates = [self._candidate(line) for line in found]
        risk = forecast.company_id.ai_cash_alert_risk
        today = forecast.as_of
        steps = closing.close(weeks, candidates, forecast.floor, risk, today)
        if not steps and not forecast.is_short:
            steps = closing.use_surplus(weeks, candidates, forecast.floor, today)
        return steps, lines

    def _candidate(self, line):
        return closing.Candidate(
            key=line.key,
            kind=line.kind,
            amount=line.amount,
            due=line.date_due,
            by_week={int(week): amount for week, amount in (line.weeks or {}).items()},
            doubtful=line.doubtful,
        )

    def _store(self, forecast, steps, lines):
        """Write the steps as actions; those no longer needed and not carried out are archived."""
        # Actions are made by the forecast alone; people decide on them.
        Action = self.env["ai.cash.action"].sudo()
        open_ones = Action.search([("company_id", "in", forecast.company_ids.ids)])
        known = {action.key: action for action in open_ones}
        kept = Action
        for step in steps:
            values = self._values(forecast, step, lines[step.key])
            action = known.pop(values["key"], None)
            if action and not action.ai_applied_log_id:
                action.write(values)
            kept += action or Action.create(values)
        self._drop(Action.union(*known.values()).filtered(lambda one: not one.ai_applied_log_id))
        return kept.filtered(lambda one: not one.ai_applied_log_id).sudo(False)

    def _drop(self, actions):
        logs = actions.ai_suggestion_id.sudo()  # closed by the kernel, whoever asks
        if logs:
            note = self.env._("The forecast no longer needs it.")
            self.env["ai.finance.pipeline"]._close(list(logs), note)
        actions.active = False

    def _values(self, forecast, step, line):
        model, record = line.res_model, line.res_id
        if model == "account.move.line":
            # Names and links for who reads the forecast; opening it takes the right on it.
            model, record = "account.move", line.env[model].sudo().browse(record).move_id.id
        return {
            "forecast_id": forecast.id,
            "company_id": line.company_id.id,
            "key": f"{step.kind}:{line.key}",
            "kind": step.kind,
            "res_model": model,
            "res_id": record,
            "partner_id": line.partner_id.id,
            "amount": line.company_id.currency_id.round(step.gain),
            "week": step.week,
            "date": line.date_due,
            "risk": step.risk,
            "text": self._text(step, line),
        }

    def _text(self, step, line):
        texts = {
            "remind": self.env._("Remind %(partner)s of %(label)s: up to %(gain)s sooner"),
            "shift": self.env._("Pay %(label)s of %(partner)s later: %(gain)s stay longer"),
            "hold": self.env._("Hold %(label)s at %(partner)s: %(gain)s are not spent yet"),
            "early": self.env._(
                "Pay %(label)s of %(partner)s early: %(gain)s, the balance allows it"
            ),
        }
        gain = formatLang(self.env, step.gain, currency_obj=line.forecast_currency_id)
        partner = line.partner_id.display_name or self.env._("an unknown partner")
        return texts[step.kind] % {"partner": partner, "label": line.label, "gain": gain}
