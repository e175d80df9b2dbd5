"""On which day the money of each row moves, as probabilities from the day of the forecast on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import numpy as np

from odoo.addons.ai_finance_engine.delay import DelayModel, OpenInvoice

#: How a lag from history is told: three points with their weights.
LAG_LEVELS = (0.15, 0.5, 0.85)
LAG_WEIGHTS = (0.3, 0.4, 0.3)
TAIL = 5  # last known days whose chance goes on beyond the curve
LEAST = 1e-3  # chance of payment on a bank day beyond the curve, at least


@dataclass(frozen=True)
class Asked:
    """A row whose payment day is asked for.

    :param posted: days the document may be posted on, one as a rule, else as ``LAG_WEIGHTS``
    :param net: days from posting to due, for documents that do not exist yet
    """

    partner: int
    posted: tuple[date, ...]
    due: date | None
    net: int
    amount: float
    terms: str = ""


def chances(model: DelayModel, asked: Sequence[Asked], as_of: date, days: int) -> np.ndarray:
    """Return ``(rows, days)`` probabilities of payment on each day from ``as_of`` on."""
    rows, weights, invoices = [], [], []
    for number, one in enumerate(asked):
        shares = (1.0,) if len(one.posted) == 1 else LAG_WEIGHTS
        for posted, share in zip(one.posted, shares, strict=True):
            due = one.due or posted + timedelta(days=one.net)
            rows.append(number)
            weights.append(share)
            invoices.append(OpenInvoice(one.partner, posted, due, one.amount, one.terms))
    found = np.zeros((len(asked), days), np.float32)
    first = as_of.toordinal()
    for start in range(0, len(invoices), 4000):
        for place, curve in enumerate(model.curves(invoices[start : start + 4000], as_of), start):
            _add(found[rows[place]], curve, weights[place], first)
    return found


def _add(row: np.ndarray, curve, weight: float, first: int) -> None:
    """Add a curve to a row of days; beyond its end it goes on with the chance it ended with."""
    place = curve.days - first
    inside = (place >= 0) & (place < len(row))
    row[place[inside]] += weight * curve.probability[inside]
    left = 1.0 - float(curve.probability.sum())
    beyond = int(place[-1]) + 1
    if left <= 1e-6 or beyond >= len(row):
        return
    ended = curve.probability[-TAIL:].sum() / TAIL
    chance = max(float(ended) / max(left, 1e-6), LEAST)
    days = np.arange(max(beyond, 0), len(row))
    days = days[(days + first - 1) % 7 < 5]
    paid = left * chance * (1 - chance) ** np.arange(len(days))
    row[days] += weight * paid.astype(row.dtype)


def fixed(day: date, as_of: date, days: int) -> np.ndarray:
    """Return a row for money that moves on a known day; what is past moves on the first day."""
    row = np.zeros(days, np.float32)
    place = max((day - as_of).days, 0)
    if place < days:
        row[place] = 1.0
    return row


def clearing(posted: date, lags: Sequence[int], as_of: date, days: int) -> np.ndarray:
    """Return a row for a payment on its way, by how long others took to reach the bank.

    :param lags: days earlier payments took; those shorter than it is open already are left out
    """
    age = (as_of - posted).days
    left = [lag - age for lag in lags if lag >= age] or [0, 1, 2]
    row = np.zeros(days, np.float32)
    for lag in left:
        place = lag
        while (as_of.toordinal() + place - 1) % 7 >= 5:
            place += 1
        if place < days:
            row[place] += 1 / len(left)
    return row


def lagged(start: date, lags: Sequence[int], as_of: date) -> tuple[date, ...]:
    """Return the days a document may be posted on, given that it is not posted yet.

    :param lags: days other documents took, in any order
    """
    age = (as_of - start).days
    left = sorted(lag for lag in lags if lag >= age)
    if not left:
        return (max(start + timedelta(days=max(age, 0)), as_of),)
    points = np.quantile(left, LAG_LEVELS, method="nearest")
    return tuple(max(start + timedelta(days=int(lag)), as_of) for lag in points)


def quantile_days(chance: np.ndarray, level: float) -> np.ndarray:
    """Return the day by which each row's money moved with a probability; the last one: later."""
    by = np.cumsum(chance, axis=1)
    return (by < level).sum(axis=1)


@dataclass(frozen=True)
class Past:
    """A document of the past, as it counts for business that was not known before.

    :param known: day it, or its order, was first known
    :param amount: signed as cash, in the currency of the forecast
    """

    known: date
    paid: date
    amount: float


def new_business(
    past: Sequence[Past], as_of: date, days: int, weeks: int = 26
) -> tuple[np.ndarray, np.ndarray]:
    """Return what came and went on documents not known yet, from each of the last weeks on.

    Each path begins on the weekday of ``as_of``, whole weeks before, and is as long as the
    forecast, so all of it is past.

    :return: two ``(paths, days)``, money in and money out; no paths when history is too short
    """
    empty = np.zeros((0, days))
    if not past:
        return empty, empty
    known = np.array([one.known.toordinal() for one in past])
    paid = np.array([one.paid.toordinal() for one in past])
    amount = np.array([one.amount for one in past])
    today, oldest = as_of.toordinal(), known.min()
    starts = [today - days - 7 * week for week in range(weeks)]
    starts = [start for start in starts if start >= oldest + 28]
    if len(starts) < 4:
        return empty, empty
    both = []
    for sign in (1, -1):
        paths = np.zeros((len(starts), days))
        for number, start in enumerate(starts):
            later = (known >= start) & (paid >= start) & (paid < start + days) & (amount * sign > 0)
            np.add.at(paths[number], paid[later] - start, amount[later])
        both.append(_widened(paths, days))
    return both[0], both[1]


def _widened(paths: np.ndarray, days: int) -> np.ndarray:
    """Return the paths further from their mean, for what so few of them cannot tell.

    They overlap: a half year of them is worth about three that do not, and the mean of three is
    unsure itself. The factor is that of a prediction from so many observations.
    """
    alone = max((7 * (len(paths) - 1) + days) / days, 2.0)
    mean = paths.mean(axis=0)
    return mean + sqrt((alone + 1) / (alone - 1)) * (paths - mean)
