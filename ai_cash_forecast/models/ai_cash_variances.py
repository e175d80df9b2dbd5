from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import fields, models

from ..engine.variance import Actual, Fate, Planned, explain

FIXED = ("manual", "recurring", "payroll", "tax")
NEAR = 10  # days between a planned day and the money that came without a document


class AiCashVariances(models.AbstractModel):
    """Explains the weeks of frozen forecasts that are over, completely."""

    _name = "ai.cash.variances"
    _description = "Explanation of Cash Variances"

    def _explain_all(self, forecast):
        """Explain the frozen forecasts of the same companies that are less than 13 weeks old."""
        for frozen in forecast._frozen_ones(13 * 7 + 7):
            self._explain(frozen)

    def _explain(self, frozen):
        """Write the variances of the weeks of ``frozen`` that are over, anew.

        They add up to what moved less what was expected, week by week, to the cent.
        """
        frozen = frozen.sudo()  # variances are written by the forecast alone
        weeks = self._over(frozen)
        frozen.variance_ids.unlink()
        if not weeks:
            return self.env["ai.cash.variance"]
        lines = frozen.line_ids
        planned = self._planned(lines, weeks)
        rows = self.env["ai.cash.actuals"]._moved(
            frozen, frozen.known_on + timedelta(days=1), fields.Date.context_today(self)
        )
        actual, paid = self._actual(frozen, lines, rows, weeks)
        fates = self._fates(frozen, lines, paid)
        parts = explain(planned, actual, fates)
        return self._store(frozen, parts, {line.key: line for line in lines})

    def _over(self, frozen):
        """Return ``{week: its last day}`` of the weeks that are over."""
        today = fields.Date.context_today(self)
        weeks = frozen.period_ids.filtered(
            lambda one: one.granularity == "week" and one.date_to < today
        )
        return {one.index: one.date_to for one in weeks}

    def _decimal(self, amount):
        return Decimal(str(round(amount or 0.0, 6)))

    def _planned(self, lines, weeks):
        return [
            Planned(
                "" if line.kind == "new_business" else line.key,
                int(week),
                self._decimal(amount),
            )
            for line in lines
            for week, amount in (line.weeks or {}).items()
            if int(week) in weeks
        ]

    def _actual(self, frozen, lines, rows, weeks):
        """Return what moved in these weeks as the engine takes it, and all sums by planned key."""
        keys = {line.key for line in lines if line.kind not in ("bank", "unmatched_bank")}
        moves = self._keys_by_move(lines)
        fixed = defaultdict(list)
        for line in lines.filtered(lambda one: one.kind in FIXED):
            fixed[line.partner_id.id or 0].append(line)
        found, paid = [], defaultdict(Decimal)
        for row in rows:
            week = frozen._week_of(row["date"])
            key = next((key for key in row["keys"] if key in keys), "")
            key = key or moves.get(row.get("document_id"), "")
            if not key and not row["keys"]:
                key = self._fixed_key(fixed, row)
            about = f"{row['partner_id'] or ''}|{row['label'] or ''}|{row['move_id']}"
            if week in weeks:
                found.append(Actual(key, week, row["amount"], row["at_plan_rate"], about))
            paid[key] += row["at_plan_rate"]
        return found, paid

    def _keys_by_move(self, lines):
        """Return ``{invoice or bill: key}``: a changed document has other lines."""
        own = lines.filtered(lambda one: one.res_model == "account.move.line")
        ids = own.mapped("res_id")
        there = self.env["account.move.line"].sudo().browse(ids).exists()  # whose they are
        moves = {line.id: line.move_id.id for line in there}
        return {moves[line.res_id]: line.key for line in own if line.res_id in moves}

    def _fixed_key(self, fixed, row):
        """Return the expected line that money without a document stands for, used once."""
        for partner in dict.fromkeys((row["partner_id"] or 0, 0)):
            for line in fixed.get(partner, ()):
                near = abs((line.date_due - row["date"]).days) <= NEAR
                close = abs(float(row["amount"]) - line.amount) <= abs(line.amount) * 0.1
                if near and close:
                    fixed[partner].remove(line)
                    return line.key
        return ""

    def _fates(self, frozen, lines, paid):
        """Return what became of each planned line: its amount then and now."""
        still = self._still_open(frozen, lines)
        fates = {}
        for line in lines:
            open_now, came = still.get(line.key), paid.get(line.key)
            real = None
            if open_now is not None or came is not None:
                real = (open_now or Decimal(0)) + (came or Decimal(0))
            fates[line.key] = Fate(self._decimal(line.amount), real)
        return fates

    def _still_open(self, frozen, lines):
        """Return what is open of the planned documents now, at the rates of the forecast."""
        today = fields.Date.context_today(self)
        history = ()
        netted, _facts = self.env["ai.cash.gathering"]._gather(
            frozen.company_ids, today, today, True, history
        )
        rate = {line.key: line.rate for line in lines}
        home = frozen.currency_id
        found = {}
        for flow in netted.flows:
            key = flow.source.key
            if key in rate:
                found[key] = self._decimal(home.round(float(flow.amount) * rate[key]))
        for line in lines.filtered(lambda one: one.kind in FIXED and one.date_due >= today):
            found[line.key] = self._decimal(line.amount)
        return found

    def _store(self, frozen, parts, lines):
        values = []
        monday = frozen.as_of - timedelta(days=frozen.as_of.weekday())
        for part in parts:
            line = lines.get(part.key)
            partner, label, move = (part.about.split("|") + ["", ""])[:3]
            own = {
                "forecast_id": frozen.id,
                "week": part.week,
                "date_from": monday + timedelta(days=7 * part.week),
                "cause": part.cause,
                "amount": float(part.amount),
            }
            if line:
                own |= {"kind": line.kind, "label": line.label, "partner_id": line.partner_id.id}
                own |= {"res_model": line.res_model, "res_id": line.res_id}
            elif part.about == "usual":
                own |= {"kind": "new_business", "label": self.env._("Expected as usual")}
            else:
                own |= {"label": label, "partner_id": int(partner or 0) or False}
                own |= {"res_model": "account.move", "res_id": int(move or 0)}
            values.append(own)
        return self.env["ai.cash.variance"].sudo().create(values)  # see above
