import json

import numpy as np

from odoo import fields, models
from odoo.tools import SQL

from ..engine import timing
from ..engine.periods import Calendar
from .ai_cash_gathering import HORIZON

COLUMNS = (
    *("forecast_id", "kind", "label", "key", "res_model", "res_id", "partner_id", "company_id"),
    *("currency_id", "amount_currency", "amount", "rate", "date_due", "date_p10", "date_p50"),
    *("date_p90", "probability", "weeks", "reason", "doubtful"),
)


class AiCashWriter(models.AbstractModel):
    """Writes what was computed: lines, days and weeks, and what the page shows of them."""

    _name = "ai.cash.writer"
    _description = "Writing of a Cash Forecast"

    def _write_all(self, forecast, table, rows, courses, balances, facts, netted):
        """Replace lines, periods and result of ``forecast``.

        :param rows: as the scenario made them; the first ones are those of ``table``
        """
        calendar = Calendar(forecast.as_of, HORIZON)
        lines = self._lines(forecast, table, rows, calendar)
        lines += self._extra(forecast, rows, len(table["flows"]), calendar)
        lines += self._new_business(forecast, rows, calendar)
        shown = self._balances(forecast, balances) + self._in_bank(forecast, facts, netted)
        self._clear(forecast)
        self._insert([*shown, *lines])
        periods = self._periods(forecast, lines, rows, courses, calendar)
        self.env["ai.cash.forecast.period"].sudo().create(periods)  # see the builder
        self._summary(forecast, [*shown, *lines], periods, courses, facts, netted, calendar)

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _lines(self, forecast, table, rows, calendar):
        chance = rows.chance[: len(table["flows"])]
        quantiles = [timing.quantile_days(chance, level) for level in (0.1, 0.5, 0.9)]
        sums = chance.sum(axis=1)
        weekly = calendar.by_week(chance * rows.amount[: len(chance), None])
        found = []
        for number, flow in enumerate(table["flows"]):
            days = [calendar.day(days[number]) for days in quantiles]
            source = flow.source
            model, record = source.record
            found.append(
                {
                    **self._base(forecast, source, days),
                    "res_model": model or None,
                    "res_id": record or None,
                    "amount_currency": float(flow.amount),
                    "amount": float(rows.amount[number]),
                    "rate": table["rate"][number],
                    "date_due": table["due"][number],
                    "probability": round(float(min(sums[number], 1)), 4),
                    "weeks": self._weeks(forecast, weekly[number]),
                    "reason": table["reasons"][number],
                    "doubtful": table["doubtful"][number],
                }
            )
        return found

    def _base(self, forecast, source, days):
        kind = source.kind
        return {
            "forecast_id": forecast.id,
            "kind": kind,
            "label": source.label,
            "key": source.key,
            "partner_id": source.partner or None,
            "company_id": source.company,
            "currency_id": source.currency,
            **dict(zip(("date_p10", "date_p50", "date_p90"), days, strict=True)),
        }

    def _weeks(self, forecast, weekly):
        """Return the expected amount by week, rounded; what the weeks' totals are made of."""
        home = forecast.currency_id
        rounded = {str(week): home.round(float(weekly[week])) for week in np.flatnonzero(weekly)}
        return {week: amount for week, amount in rounded.items() if amount}

    def _plain(self, forecast, kind, label, key, amount, **values):
        return {
            **dict.fromkeys(COLUMNS),
            "forecast_id": forecast.id,
            "kind": kind,
            "label": label,
            "key": key,
            "company_id": forecast.company_id.id,
            "currency_id": forecast.currency_id.id,
            "amount_currency": amount,
            "amount": amount,
            "rate": 1.0,
            "probability": 1.0,
            "weeks": {},
            "reason": [],
            "doubtful": False,
            **values,
        }

    def _extra(self, forecast, rows, first, calendar):
        """Return lines of what a scenario added."""
        weekly = calendar.by_week(rows.chance[first:] * rows.amount[first:, None])
        days = timing.quantile_days(rows.chance[first:], 0.5)
        return [
            self._plain(
                forecast,
                "manual",
                forecast.scenario_id.name,
                f"scenario:{number}",
                float(rows.amount[first + number]),
                date_due=calendar.day(days[number]),
                date_p50=calendar.day(days[number]),
                weeks=self._weeks(forecast, own),
            )
            for number, own in enumerate(weekly)
        ]

    def _new_business(self, forecast, rows, calendar):
        """Return a line for each week and direction of what is usual and not known yet."""
        found = []
        if not len(rows.paths_in):
            return found
        why = [["usual", [len(rows.paths_in)]]]
        for direction, paths in (("in", rows.paths_in), ("out", rows.paths_out)):
            weekly = calendar.by_week(paths.mean(axis=0)[None, :])[0]
            for week, amount in enumerate(weekly):
                amount = forecast.currency_id.round(float(amount))
                if not amount:
                    continue
                first, last = calendar.bounds(week)
                label = (
                    self.env._("New sales") if direction == "in" else self.env._("New purchases")
                )
                days = {"date_p10": first, "date_p50": first, "date_p90": last}
                found.append(
                    self._plain(
                        forecast,
                        "new_business",
                        label,
                        f"new:{direction}:{first}",
                        amount,
                        date_due=first,
                        weeks={str(week): amount},
                        reason=why,
                        **days,
                    )
                )
        return found

    def _balances(self, forecast, balances):
        lang = self.env["account.journal"]
        return [
            self._plain(
                forecast,
                "bank",
                row["name_lang"] or row["name"],
                f"journal:{row['journal_id']}:{row['currency_id']}",
                row["converted"],
                company_id=row["company_id"],
                currency_id=row["currency_id"],
                amount_currency=float(row["amount"]),
                rate=row["rate"],
                res_model=lang._name,
                res_id=row["journal_id"],
                date_due=forecast.as_of,
            )
            for row in balances
        ]

    def _in_bank(self, forecast, facts, netted):
        """Return bank lines that are not matched yet: shown apart, they move nothing more."""
        names = {}
        for flow in netted.flows:
            names[flow.source.key] = flow.source.label
        return [
            self._plain(
                forecast,
                "unmatched_bank",
                row["label"],
                one.key,
                0.0,
                partner_id=row["partner_id"] or None,
                company_id=row["company_id"],
                currency_id=row["currency_id"],
                amount_currency=float(one.amount),
                res_model="account.bank.statement.line",
                res_id=row["id"],
                date_due=row["posted"],
                reason=self._settled(netted.in_bank.get(one.key, {}), names),
            )
            for row, one in facts["in_bank"]
        ]

    def _settled(self, settled, names):
        if not settled:
            return [["in_bank", []], ["unsettled", []]]
        told = ", ".join(names.get(key) or key for key in list(settled)[:3])
        return [["in_bank", []], ["settles", [told]]]

    def _clear(self, forecast):
        """Remove lines and periods of a draft, each in one statement; nothing hangs on them."""
        for model in ("ai.cash.forecast.line", "ai.cash.forecast.period"):
            Model = self.env[model]
            Model.flush_model()
            table = SQL.identifier(Model._table)
            self.env.cr.execute(SQL("DELETE FROM %s WHERE forecast_id = %s", table, forecast.id))
            Model.invalidate_model(flush=False)
        forecast.invalidate_recordset(["line_ids", "period_ids"], flush=False)

    def _insert(self, lines):
        if not lines:
            return
        user, now = self.env.uid, fields.Datetime.now()
        values = [
            (
                *(
                    json.dumps(line[name]) if name in ("weeks", "reason") else line[name]
                    for name in COLUMNS
                ),
                *(user, now, user, now),
            )
            for line in lines
        ]
        columns = ", ".join((*COLUMNS, "create_uid", "create_date", "write_uid", "write_date"))
        # Twenty thousand rows in one statement; the columns are the constants above.
        self.env.cr.execute_values(
            f"INSERT INTO ai_cash_forecast_line ({columns}) VALUES %s",  # pylint: disable=sql-injection
            values,
            page_size=2000,
        )
        self.env["ai.cash.forecast.line"].invalidate_model()
        self.env["ai.cash.forecast"].invalidate_model(["line_ids"], flush=False)

    # ------------------------------------------------------------------
    # Days and weeks
    # ------------------------------------------------------------------

    def _periods(self, forecast, lines, rows, courses, calendar):
        bands = [courses.quantile(level) for level in (0.1, 0.5, 0.9)]
        flows = calendar.expected(rows)
        found = []
        for day in range(calendar.days_shown):
            amounts = {"amount_in": flows[0][day], "amount_out": -flows[1][day]}
            found.append(
                self._period(forecast, "day", day, (day, day), amounts, bands, courses, calendar)
            )
        totals = self._week_totals(lines, calendar)
        naive = calendar.naive(lines)
        for week, (first, last) in enumerate(calendar.weeks):
            amounts = {
                "amount_in": totals[week][0],
                "amount_out": totals[week][1],
                "naive_in": naive[week][0],
                "naive_out": naive[week][1],
            }
            found.append(
                self._period(
                    forecast, "week", week, (first, last), amounts, bands, courses, calendar
                )
            )
        return found

    def _period(self, forecast, granularity, index, span, amounts, bands, courses, calendar):
        first, last = span
        home = forecast.currency_id
        return {
            "forecast_id": forecast.id,
            "granularity": granularity,
            "index": index,
            "date_from": calendar.day(first),
            "date_to": calendar.day(last),
            **{name: home.round(float(amount)) for name, amount in amounts.items()},
            **{
                name: home.round(float(band[last]))
                for name, band in zip(("p10", "p50", "p90"), bands, strict=True)
            },
            "below_floor": courses.ever_below(forecast.floor, first, last),
            "below_credit_line": courses.ever_below(-forecast.credit_line, first, last),
        }

    def _week_totals(self, lines, calendar):
        """Return ``[(in, out)]`` by week, out as a positive amount: the sums of the lines."""
        totals = [[0.0, 0.0] for _week in calendar.weeks]
        for line in lines:
            for week, amount in line["weeks"].items():
                totals[int(week)][amount < 0] += abs(amount)
        return totals

    # ------------------------------------------------------------------
    # What the page shows
    # ------------------------------------------------------------------

    def _summary(self, forecast, lines, periods, courses, facts, netted, calendar):
        weeks = [one for one in periods if one["granularity"] == "week"]
        low = min(weeks, key=lambda one: one["p50"])
        risk = max(one["below_floor"] for one in weeks)
        home = forecast.currency_id
        opening = home.round(sum(one["amount"] for one in lines if one["kind"] == "bank"))
        forecast.write(
            {
                "opening": opening,
                "generated_at": fields.Datetime.now(),
                "lowest_balance": low["p50"],
                "lowest_date": low["date_from"],
                "risk": risk,
                "is_short": risk >= forecast.company_id.ai_cash_alert_risk and risk > 0,
                "result": {
                    "totals": self._totals(forecast, periods, lines, courses, calendar),
                    "sources": self._sources(lines),
                    "warnings": self._warnings(forecast, lines, facts),
                    "consumed": len(netted.consumed),
                },
            }
        )

    def _totals(self, forecast, periods, lines, courses, calendar):
        """Return flows and band of the balance for 30, 60 and 90 days."""
        home, flows, totals = forecast.currency_id, calendar.cumulated, {}
        for days in (30, 60, 90):
            bands = [courses.quantile(level)[days] for level in (0.1, 0.5, 0.9)]
            totals[str(days)] = {
                "in": home.round(float(flows[0][days])),
                "out": home.round(float(-flows[1][days])),
                **{
                    name: home.round(float(band))
                    for name, band in zip(("p10", "p50", "p90"), bands, strict=True)
                },
            }
        return totals

    def _sources(self, lines):
        """Return count and amount by kind; what is in the bank already with its own amount."""
        found = {}
        for line in lines:
            kind = line["kind"]
            one = found.setdefault(kind, {"kind": kind, "count": 0, "amount": 0.0})
            one["count"] += 1
            amount = line["amount"]
            if kind == "unmatched_bank":
                amount = line["amount_currency"] * (line["rate"] or 1.0)
            one["amount"] = round(one["amount"] + amount, 2)
        return list(found.values())

    def _warnings(self, forecast, lines, facts):
        warnings = []
        unsettled = [one for one in lines if ["unsettled", []] in (one["reason"] or ())]
        if unsettled:
            warnings.append(
                self.env._(
                    "%(count)s bank lines are not matched and no document was found for them. "
                    "If they paid something open, that is counted twice until they are matched.",
                    count=len(unsettled),
                )
            )
        doubtful = [one for one in lines if one["doubtful"]]
        if doubtful:
            warnings.append(
                self.env._(
                    "%(count)s documents are long overdue or blocked; they count only in part.",
                    count=len(doubtful),
                )
            )
        return warnings + self._more_warnings(forecast, lines, facts)

    def _more_warnings(self, forecast, lines, facts):
        warnings = []
        foreign = {one["currency_id"] for one in lines} - {forecast.currency_id.id}
        if foreign:
            names = ", ".join(sorted(self.env["res.currency"].browse(foreign).mapped("name")))
            warnings.append(
                self.env._(
                    "Amounts in %(names)s are converted at the rate of %(date)s throughout.",
                    names=names,
                    date=forecast.as_of,
                )
            )
        if facts["intercompany"]:
            warnings.append(
                self.env._("Documents between the companies of this forecast are left out.")
            )
        wanted = any(forecast.company_ids.mapped("ai_cash_new_business"))
        if wanted and not any(one["kind"] == "new_business" for one in lines):
            warnings.append(
                self.env._(
                    "There is not enough history yet for business that is not ordered: later "
                    "weeks hold only what is known today."
                )
            )
        return warnings
