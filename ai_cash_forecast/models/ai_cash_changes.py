from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import models

from ..engine.variance import bridge

SHOWN = 8
ZERO = Decimal(0)


class AiCashChanges(models.AbstractModel):
    """Why a forecast differs from an earlier one: changes that add up to the difference."""

    _name = "ai.cash.changes"
    _description = "Changes Between Cash Forecasts"

    def _changes(self, forecast):
        """Return what changed since the last one that was frozen before, see :meth:`_between`."""
        if not forecast.id or not forecast.generated_at:
            return []
        earlier = forecast._last_frozen()
        return self._between(earlier, forecast) if earlier else []

    def _between(self, old, new):
        """Return ``[{text, amount, cause, action}]``, the largest first, the rest as one.

        They add up to the difference of the expected balance at the end of the earlier
        forecast's last week.
        """
        new_weeks = 13 - max((self._monday(new) - self._monday(old)).days // 7, 0)
        if new_weeks <= 0 or new.as_of < old.as_of:
            return []
        before, labels = self._expected(old, 13)
        after, newer = self._expected(new, new_weeks)
        labels.update(newer)
        moved = self._moved(old, new, before)
        opening = self._decimal(new.opening) - self._decimal(old.opening)
        parts = bridge(before, after, moved, opening)
        return self._told(new, parts, labels)

    def _monday(self, forecast):
        return forecast.as_of - timedelta(days=forecast.as_of.weekday())

    def _decimal(self, amount):
        return Decimal(str(amount or 0.0))

    def _expected(self, forecast, weeks):
        """Return what is expected by key within the first weeks, and what the keys stand for."""
        expected, labels = defaultdict(lambda: ZERO), {}
        for line in forecast.sudo().line_ids:  # read with the forecast, whose access was checked
            key = line.key if line.kind != "new_business" else "new_business"
            for week, amount in (line.weeks or {}).items():
                if int(week) < weeks:
                    expected[key] += self._decimal(amount)
            labels[key] = (line.kind, line.partner_id.id, line.label, line.id)
        return dict(expected), labels

    def _moved(self, old, new, before):
        """Return what came and went since the earlier forecast, by key where it was planned."""
        end, start = new.known_on, old.known_on + timedelta(days=1)
        moved = defaultdict(lambda: ZERO)
        if end >= start:
            for row in self.env["ai.cash.actuals"]._moved(new, start, end):
                key = next((key for key in row["keys"] if key in before), "")
                moved[key or "new_business"] += row["amount"]
        return dict(moved)

    def _told(self, forecast, parts, labels):
        found = [self._change(forecast, part, labels) for part in parts[:SHOWN]]
        if rest := parts[SHOWN:]:
            found.append(
                {
                    "text": self.env._("%s smaller changes", len(rest)),
                    "amount": float(sum(part.amount for part in rest)),
                    "cause": "other",
                    "action": False,
                }
            )
        return found

    def _change(self, forecast, part, labels):
        kind, partner, label, line = labels.get(part.key, ("", False, "", False))
        texts = {
            "paid": self.env._("%s moved on the bank"),
            "new": self.env._("%s is new"),
            "gone": self.env._("%s is no longer expected"),
            "moved": self.env._("%s at another time or amount"),
            "other": self.env._("Other movements on the bank%s"),
        }
        names = {"new_business": self.env._("Business not ordered yet")}
        name = names.get(part.key) or label or ""
        if part.key == "new_business":
            text = self.env._("Business that was not known, against what is usual")
        else:
            text = texts[part.cause] % name
        action = False
        if line:
            action = forecast.get_records_action(forecast.id, kind=kind, partner_id=partner or None)
        return {
            "text": text,
            "amount": float(part.amount),
            "cause": part.cause,
            "action": action,
        }
