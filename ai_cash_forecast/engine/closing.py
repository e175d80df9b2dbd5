"""What closes a shortfall, by how much; what a surplus could pay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: A bill is not put off further than this beyond its due date.
LONGEST = timedelta(days=21)
#: Less than this share of the shortfall is not worth anybody's time.
WORTH = 0.03


@dataclass(frozen=True)
class Week:
    """A week of the forecast."""

    index: int
    first: date
    last: date
    p10: float
    p50: float
    below_floor: float


@dataclass(frozen=True)
class Candidate:
    """A document something could be done about.

    :param amount: signed as cash
    :param by_week: expected amounts by week, the same sign
    """

    key: str
    kind: str
    amount: float
    due: date
    by_week: dict[int, float]
    doubtful: bool = False


@dataclass(frozen=True)
class Step:
    """A proposed step.

    :param kind: remind, shift, hold or early
    :param gain: by how much the balance of the week rises at most; for ``early`` what is paid
    """

    key: str
    kind: str
    gain: float
    week: int
    risk: float


def shortfall(weeks: Sequence[Week], floor: float, risk: float) -> tuple[Week, float] | None:
    """Return the first week whose risk to fall below the floor reaches ``risk``, and how much is
    missing there for the risk to fall to a tenth; None where there is none."""
    for week in weeks:
        if week.below_floor >= risk and week.below_floor > 0:
            worst = min(one.p10 for one in weeks if one.below_floor >= risk)
            return week, max(floor - worst, 0.0)
    return None


def close(
    weeks: Sequence[Week], candidates: Iterable[Candidate], floor: float, risk: float, today: date
) -> list[Step]:
    """Return steps that close the first shortfall, the cheapest kind and largest gain first.

    Customers are reminded before payments are put off, and these before purchases are held.
    """
    found = shortfall(weeks, floor, risk)
    if not found or not found[1]:
        return []
    week, missing = found
    steps = [
        Step(one.key, kind, gain, week.index, week.below_floor)
        for one in candidates
        for kind, gain in [_gain(one, week, today)]
        if gain >= missing * WORTH
    ]
    order = {"remind": 0, "shift": 1, "hold": 2}
    steps.sort(key=lambda step: (order[step.kind], -step.gain, step.key))
    chosen, gained = [], 0.0
    for step in steps:
        if gained >= missing:
            break
        chosen.append(step)
        gained += step.gain
    return chosen


def _gain(one: Candidate, week: Week, today: date) -> tuple[str, float]:
    """Return what can be done about a document, and what the balance of the week gains."""
    early = sum(amount for index, amount in one.by_week.items() if index <= week.index)
    if one.kind == "invoice" and one.due <= week.last and not one.doubtful:
        return "remind", max(one.amount - early, 0.0)
    if one.kind == "bill" and week.last < one.due + LONGEST and one.due >= today - LONGEST:
        return "shift", max(-early, 0.0)
    if one.kind == "purchase_order":
        return "hold", max(-early, 0.0)
    return "remind", 0.0


def use_surplus(
    weeks: Sequence[Week], candidates: Iterable[Candidate], floor: float, today: date
) -> list[Step]:
    """Return bills that could be paid now without any week coming near the floor.

    Only what is due within the forecast, the soonest first, up to what even a bad course leaves.
    """
    if not weeks or not floor:
        return []
    spare = min(week.p10 for week in weeks) - 1.5 * floor
    steps = []
    bills = [one for one in candidates if one.kind == "bill" and one.due > today]
    for one in sorted(bills, key=lambda bill: (bill.due, bill.key)):
        if -one.amount > 0 and -one.amount <= spare:
            steps.append(Step(one.key, "early", -one.amount, weeks[0].index, 0.0))
            spare += one.amount
    return steps[:5]
