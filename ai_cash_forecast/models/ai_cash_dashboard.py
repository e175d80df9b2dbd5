from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

BACK = 8  # weeks of balances shown before today


class AiCashDashboard(models.AbstractModel):
    """What the cash page shows, read from forecasts that are computed already."""

    _name = "ai.cash.dashboard"
    _description = "Cash Page"

    def _read(self, company_ids, forecast_id=None, scenario_ids=()):
        """Return the page as a dict, with the current draft unless another one is asked for.

        :raises AccessError: for who has no right on cash forecasts, or on one of the companies
        """
        Forecast = self.env["ai.cash.forecast"]
        Forecast.check_access("read")
        forecast = Forecast.browse(forecast_id or ()).exists()
        if not forecast:
            forecast = Forecast._current(self.env["res.company"].browse(company_ids))
        forecast.check_access("read")
        result = forecast.result or {}
        days, weeks = self._periods(forecast)
        data = {
            "forecast": self._head(forecast),
            "days": days,
            "weeks": weeks,
            "totals": result.get("totals") or self._no_totals(),
            "lowest": self._lowest(weeks),
            "actual": self._actual(forecast),
            "drivers": self.env["ai.cash.drivers"]._drivers(forecast),
            "changes": self.env["ai.cash.changes"]._changes(forecast),
            "actions": self._actions(forecast),
            "accuracy": self.env["ai.cash.accuracy"]._accuracy(forecast),
            "sources": self._sources(forecast),
            "warnings": result.get("warnings") or [],
        }
        data["insight"] = self._insight(forecast, data)
        data["words"] = self.env["ai.finance.task.cash.insight"]._words(forecast, data["insight"])
        data["scenarios"] = [
            self._scenario(forecast, scenario)
            for scenario in self.env["ai.cash.scenario"].browse(scenario_ids)
        ]
        return data

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _head(self, forecast):
        states = dict(forecast._fields["state"]._description_selection(self.env))
        return {
            "id": forecast.id,
            "name": forecast.display_name,
            "as_of": fields.Date.to_string(forecast.as_of),
            "state": forecast.state,
            "state_label": states[forecast.state],
            "phase": forecast.phase,
            "currency_id": forecast.currency_id.id,
            "opening": forecast.opening,
            "floor": forecast.floor,
            "credit_line": forecast.credit_line,
            "generated_at": fields.Datetime.to_string(forecast.generated_at),
            "companies": [{"id": one.id, "name": one.name} for one in forecast.company_ids],
            "content_hash": forecast.content_hash,
        }

    def _periods(self, forecast):
        days, weeks = [], []
        for period in forecast.period_ids.sorted(lambda one: (one.granularity, one.index)):
            values = {
                "in": period.amount_in,
                "out": period.amount_out,
                "p10": period.p10,
                "p50": period.p50,
                "p90": period.p90,
            }
            if period.granularity == "day":
                days.append({"date": fields.Date.to_string(period.date_from), **values})
                continue
            weeks.append(
                {
                    "index": period.index,
                    "date_from": fields.Date.to_string(period.date_from),
                    "date_to": fields.Date.to_string(period.date_to),
                    "label": self._week_label(period.date_from),
                    **values,
                    "below_floor": period.below_floor,
                    "below_credit_line": period.below_credit_line,
                }
            )
        return days, weeks

    def _week_label(self, day):
        return self.env._("W%s", f"{day.isocalendar().week:02d}")

    def _no_totals(self):
        nothing = dict.fromkeys(("in", "out", "p10", "p50", "p90"), 0.0)
        return {days: dict(nothing) for days in ("30", "60", "90")}

    def _lowest(self, weeks):
        if not weeks:
            return {"week": "", "index": 0, "p50": 0.0, "p10": 0.0, "risk": 0.0}
        low = min(weeks, key=lambda one: one["p50"])
        return {
            "week": low["label"],
            "index": low["index"],
            "p50": low["p50"],
            "p10": low["p10"],
            "risk": max(one["below_floor"] for one in weeks),
            "credit_risk": max(one["below_credit_line"] for one in weeks),
        }

    def _actual(self, forecast):
        """Return the balance at the end of each of the last weeks, and today's."""
        if not forecast.known_on:
            return []
        as_of, known = forecast.as_of, forecast.known_on
        start = as_of - timedelta(days=as_of.weekday() + 1 + 7 * (BACK - 1))
        rates = self.env["ai.cash.builder"]._rates(forecast)
        moved = self.env["ai.cash.sources"]._balance_history(forecast.company_ids, start, known)
        by_day = {}
        for row in moved:
            amount = float(row["amount"]) * rates(row["currency_id"], row["company_id"])
            by_day[row["date"]] = by_day.get(row["date"], 0.0) + amount
        found = []
        for end in (start + timedelta(days=7 * week) for week in range(BACK)):
            later = sum(amount for day, amount in by_day.items() if day > end)
            balance = forecast.currency_id.round(forecast.opening - later)
            found.append({"date": fields.Date.to_string(end), "balance": balance})
        return [*found, {"date": fields.Date.to_string(as_of), "balance": forecast.opening}]

    def _actions(self, forecast):
        actions = self.env["ai.cash.action"].search([("forecast_id", "=", forecast.id)])
        return [
            {
                "id": action.id,
                "log_id": (action.ai_suggestion_id or action.ai_applied_log_id).id,
                "text": action.text,
                "amount": action.amount,
                "kind": action.kind,
                "week": action.week,
                "state": "applied" if action.ai_applied_log_id else "proposed",
                "res_model": action.res_model,
                "res_id": action.res_id,
            }
            for action in actions
            if action.ai_suggestion_id or action.ai_applied_log_id
        ]

    def _sources(self, forecast):
        labels = dict(
            self.env["ai.cash.forecast.line"]._fields["kind"]._description_selection(self.env)
        )
        order = {kind: number for number, kind in enumerate(labels)}
        sources = (forecast.result or {}).get("sources") or []
        return sorted(
            ({**one, "label": labels[one["kind"]]} for one in sources),
            key=lambda one: order[one["kind"]],
        )

    def _scenario(self, forecast, scenario):
        """Return a scenario's course, computed anew when it is older than ``forecast``."""
        own = forecast._of_scenario(scenario)
        _days, weeks = self._periods(own)
        return {
            "id": scenario.id,
            "name": scenario.name,
            "forecast_id": own.id,
            "weeks": weeks,
            "totals": (own.result or {}).get("totals") or self._no_totals(),
            "lowest": self._lowest(weeks),
        }

    def _compare(self, one, other):
        """Return the weeks of two forecasts side by side."""
        if one.currency_id != other.currency_id:
            raise UserError(self.env._("The forecasts are in different currencies."))
        return {
            "forecasts": [self._head(one), self._head(other)],
            "weeks": [self._periods(one)[1], self._periods(other)[1]],
            "totals": [(each.result or {}).get("totals") for each in (one, other)],
            "changes": self.env["ai.cash.changes"]._between(other, one),
        }

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _insight(self, forecast, data):
        """Return in plain words what matters, from the figures shown."""
        if not data["weeks"]:
            return self.env._("There is no forecast yet. Refresh to make one.")
        low, money = data["lowest"], lambda amount: self._money(forecast, amount)
        said = [
            self.env._(
                "The balance is %(now)s today and most likely lowest in %(week)s with %(low)s.",
                now=money(forecast.opening),
                week=low["week"],
                low=money(low["p50"]),
            )
        ]
        risk = f"{100 * low['risk']:.0f}"
        if forecast.floor and low["risk"] >= 0.005:
            said.append(
                self.env._(
                    "The risk to fall below the floor of %(floor)s is %(risk)s %% in the worst "
                    "week.",
                    floor=money(forecast.floor),
                    risk=risk,
                )
            )
        month = data["totals"]["30"]
        said.append(
            self.env._(
                "In 30 days %(into)s is expected in and %(out)s out.",
                into=money(month["in"]),
                out=money(month["out"]),
            )
        )
        if data["changes"]:
            first = data["changes"][0]
            said.append(self.env._("What changed most: %(text)s.", text=first["text"]))
        return " ".join(said)

    def _money(self, forecast, amount):
        return formatLang(self.env, amount, currency_obj=forecast.currency_id, digits=0)

    # ------------------------------------------------------------------
    # Drill-down
    # ------------------------------------------------------------------

    def _records_action(self, forecast, week, day, kind, direction, partner_id):
        """Return the action that lists the lines a number was made of."""
        forecast.check_access("read")
        domain = [("forecast_id", "=", forecast.id)]
        if kind:
            domain.append(("kind", "=", kind))
        if partner_id:
            domain.append(("partner_id", "=", partner_id))
        if day and week is None:
            week = forecast._week_of(fields.Date.to_date(day))
        if week is not None:
            domain.append(("id", "in", self._in_week(forecast, int(week), direction)))
        elif direction:
            domain.append(("amount", ">" if direction == "in" else "<", 0))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Is Expected"),
            "res_model": "ai.cash.forecast.line",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {"create": False, "cash_week": week},
        }

    def _in_week(self, forecast, week, direction):
        """Return the lines that a week's figure is the sum of."""
        self.env["ai.cash.forecast.line"].flush_model()
        sign = {"in": SQL("> 0"), "out": SQL("< 0")}.get(direction, SQL("<> 0"))
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM ai_cash_forecast_line WHERE forecast_id = %s"
                " AND weeks ? %s AND (weeks->>%s)::numeric %s",
                forecast.id,
                str(week),
                str(week),
                sign,
            )
        )
        return [row[0] for row in rows]
