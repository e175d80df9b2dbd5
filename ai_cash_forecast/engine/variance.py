"""Why it came otherwise than forecast, and why today's forecast differs from an earlier one.

Both explain a difference completely: the parts add up to it to the cent, by construction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Planned:
    """What was expected of a thing in a week.

    :param key: names the thing; empty for what stands for things not known then
    """

    key: str
    week: int
    amount: Decimal


@dataclass(frozen=True)
class Actual:
    """What moved in a week.

    :param key: the planned thing it belongs to; empty when nothing of the kind was planned
    :param at_plan_rate: the same at the exchange rate of the forecast
    :param about: whom or what it is about, for what was not planned
    """

    key: str
    week: int
    amount: Decimal
    at_plan_rate: Decimal
    about: str = ""


@dataclass(frozen=True)
class Fate:
    """What became of a planned thing.

    :param planned: its whole amount in the forecast
    :param real: its whole amount now, paid and open; None when it is gone without money
    """

    planned: Decimal
    real: Decimal | None


@dataclass(frozen=True)
class Part:
    """A part of the difference of a week: ``cause`` is timing, amount, missing, unforeseen or
    currency."""

    week: int
    cause: str
    key: str
    amount: Decimal
    about: str = ""


def explain(
    planned: Iterable[Planned], actual: Iterable[Actual], fates: Mapping[str, Fate]
) -> list[Part]:
    """Return the parts of actual less planned, by week.

    :param fates: of the planned keys; one that is missing here counts as gone
    """
    plan: dict[tuple, Decimal] = defaultdict(lambda: ZERO)
    keys = set()
    for one in planned:
        plan[(one.key, one.week)] += one.amount
        keys.add(one.key)
    came: dict[tuple, list[Actual]] = defaultdict(list)
    for one in actual:
        came[(one.key if one.key in keys else "", one.week)].append(one)
    parts = []
    for key, week in sorted({*plan, *came}, key=lambda pair: (pair[1], pair[0])):
        own = came.get((key, week), [])
        parts += _parts(key, week, plan.get((key, week), ZERO), own, fates.get(key))
    return [part for part in parts if part.amount]


def _parts(key, week, planned, came, fate):
    """Return the parts of one thing in one week; they add up to what came less what was planned."""
    rate = [Part(week, "currency", key, one.amount - one.at_plan_rate, one.about) for one in came]
    if not key:
        parts = [Part(week, "unforeseen", "", one.at_plan_rate, one.about) for one in came]
        return [*rate, *parts, Part(week, "unforeseen", "", -planned, "usual")]
    moved = sum((one.at_plan_rate for one in came), ZERO)
    difference = moved - planned
    if fate is None or fate.real is None:
        return [*rate, Part(week, "missing", key, difference)]
    other = ZERO
    if fate.real and fate.real != fate.planned:
        share = moved / fate.real
        other = ((fate.real - fate.planned) * share).quantize(CENT, ROUND_HALF_UP)
    return [
        *rate,
        Part(week, "amount", key, other),
        Part(week, "timing", key, difference - other),
    ]


@dataclass(frozen=True)
class Change:
    """What a thing contributes to the difference between two forecasts.

    :param cause: ``paid`` (moved meanwhile), ``new``, ``gone``, ``moved`` (other date or amount)
        or ``other`` (money that moved without being planned)
    """

    key: str
    cause: str
    amount: Decimal


def bridge(
    old: Mapping[str, Decimal],
    new: Mapping[str, Decimal],
    moved: Mapping[str, Decimal],
    opening: Decimal,
) -> list[Change]:
    """Return why the expected balance on a day differs between two forecasts.

    :param old: expected by that day in the earlier forecast, by key
    :param new: the same in the later one
    :param moved: what came and went between the two, by key
    :param opening: opening balance of the later one less that of the earlier one
    :return: changes that add up to ``opening`` + sum of ``new`` - sum of ``old``
    """
    changes = []
    for key in sorted({*old, *new, *moved}):
        before, after, came = (part.get(key, ZERO) for part in (old, new, moved))
        amount = came + after - before
        if amount:
            changes.append(Change(key, _cause(key, old, new, came), amount))
    rest = opening - sum(moved.values(), ZERO)
    if rest:
        changes.append(Change("", "other", rest))
    return sorted(changes, key=lambda one: (-abs(one.amount), one.key))


def _cause(key, old, new, came):
    if came:
        return "paid" if key in old else "other"
    if key not in old:
        return "new"
    return "moved" if key in new else "gone"
