from collections import defaultdict
from datetime import timedelta

from odoo import fields, models

HORIZONS = (1, 4, 8, 13)
SHOWN_DAYS = 280


class AiCashAccuracy(models.AbstractModel):
    """How right earlier forecasts were, beside the simple one by due dates."""

    _name = "ai.cash.accuracy"
    _description = "Accuracy of the Cash Forecast"

    def _accuracy(self, forecast):
        """Return errors and share inside the band of the frozen forecasts, by weeks ahead.

        Error is what went otherwise than expected in a week, money in and out apart, as a share
        of what moved. ``h`` 1 is the first full week.
        """
        nothing = {"weeks": 0, "in_band": 0.0, "error": 0.0, "naive_error": 0.0, "by_horizon": []}
        frozen = forecast._frozen_ones(SHOWN_DAYS)
        if not frozen:
            return nothing
        counts = defaultdict(lambda: defaultdict(float))
        weeks = set()
        flows, balances = self._real(forecast, min(frozen.mapped("as_of")))
        today = fields.Date.context_today(self)
        periods = frozen.sudo().period_ids.filtered(  # read with the forecasts
            lambda one: one.granularity == "week" and one.date_to < today
        )
        for period in periods:
            horizon = period.index + 1 - bool(period.forecast_id.as_of.weekday())
            if horizon < 1:
                continue
            self._count(counts[horizon], period, flows, balances)
            weeks.add(period.date_to)
        if not counts:
            return nothing
        rows = [{"h": h, **self._shares(counts[h])} for h in sorted(counts)]
        total = defaultdict(float)
        for own in counts.values():
            for name, value in own.items():
                total[name] += value
        shares = self._shares(total)
        return {
            "weeks": len(weeks),
            "in_band": shares["coverage"],
            "error": shares["error"],
            "naive_error": shares["naive_error"],
            "by_horizon": [row for row in rows if row["h"] in HORIZONS],
        }

    def _real(self, forecast, start):
        """Return money in and out by week, and the balance by day, as they were.

        :return: ``{monday: [in, out]}`` and a function from a day to the balance at its end
        """
        moved = self.env["ai.cash.actuals"]._moved(
            forecast, start - timedelta(days=7), fields.Date.context_today(self)
        )
        flows, by_day = defaultdict(lambda: [0.0, 0.0]), defaultdict(float)
        for row in moved:
            amount = float(row["amount"])
            monday = row["date"] - timedelta(days=row["date"].weekday())
            flows[monday][amount < 0] += abs(amount)
            by_day[row["date"]] += amount
        days = sorted(by_day)
        now = sum(
            row["converted"]
            for row in self.env["ai.cash.builder"]._opening(
                forecast, fields.Date.context_today(self)
            )
        )

        def balance(day):
            return now - sum(by_day[one] for one in days if one > day)

        return flows, balance

    def _count(self, counts, period, flows, balances):
        monday = period.date_from - timedelta(days=period.date_from.weekday())
        into, out = flows[monday]
        counts["periods"] += 1
        counts["real"] += into + out
        counts["wrong"] += abs(period.amount_in - into) + abs(period.amount_out - out)
        counts["naive"] += abs(period.naive_in - into) + abs(period.naive_out - out)
        counts["bias"] += (period.amount_in - period.amount_out) - (into - out)
        real = balances(period.date_to)
        counts["inside"] += period.p10 <= real <= period.p90

    def _shares(self, counts):
        real = counts["real"] or 1.0
        return {
            "error": round(counts["wrong"] / real, 4),
            "naive_error": round(counts["naive"] / real, 4),
            "bias": round(counts["bias"] / real, 4),
            "coverage": round(counts["inside"] / (counts["periods"] or 1), 4),
        }
