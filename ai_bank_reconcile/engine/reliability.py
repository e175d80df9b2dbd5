"""How often suggestions proved right, by how sure they were, and which threshold that supports.

Only what somebody decided counts. A share of few decisions is uncertain: it is told as a range in
which it lies with 95 % probability (Wilson, 1927).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from odoo.addons.ai_finance_engine.calibration import Calibration

Z = 1.96  # standard deviations of a range that holds with 95 % probability
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)  # where steps of confidence begin
LEAST_DECISIONS = 200  # before another threshold is proposed
LEAST_HISTORY = 300  # before a curve is fitted on own history; below, what is known before counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Suggestions of one confidence with one outcome.

    :param right: approved unchanged and kept, or done just so by hand
    :param free: nothing but the threshold stood between them and automatic work
    :param automatic: applied without a person; nobody has undone it since
    """

    confidence: float
    right: bool
    free: bool = True
    automatic: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right, and in which range the true share lies."""

    count: int
    right: int

    @property
    def value(self) -> float | None:
        """Share of right ones, None without any."""
        return self.right / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval, all that is possible without any."""
        return wilson(self.right, self.count)


def wilson(right: int, count: int) -> tuple[float, float]:
    """Return the range in which the share that `right` of `count` were drawn from lies."""
    if not count:
        return 0.0, 1.0
    share, square = right / count, Z * Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = Z / (1 + square / count)
    half *= math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    # The share lies inside, also where rounding would put it a hair outside.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def _share(decided: Sequence[Decided]) -> Share:
    return Share(sum(one.count for one in decided), sum(one.count for one in decided if one.right))


def steps(decided: Sequence[Decided]) -> list[dict]:
    """Return the steps of confidence that hold decisions.

    Each has its limits, `said` (mean confidence), `share` and how many nobody but the machine saw.
    """
    found = []
    for low, high in zip(EDGES, (*EDGES[1:], 1.01), strict=True):
        inside = [one for one in decided if low <= one.confidence < high]
        share = _share(inside)
        if share.count:
            said = sum(one.confidence * one.count for one in inside) / share.count
            found.append(
                {
                    "low": low,
                    "high": min(high, 1.0),
                    "said": said,
                    "share": share,
                    "automatic": sum(one.count for one in inside if one.automatic),
                }
            )
    return found


def at(decided: Sequence[Decided], threshold: float) -> tuple[Share, float]:
    """Return what a threshold lets through, and as which share of all decisions."""
    through = _share([one for one in decided if one.free and one.confidence >= threshold])
    everything = sum(one.count for one in decided)
    return through, through.count / everything if everything else 0.0


def better(decided: Sequence[Decided], target: float) -> float | None:
    """Return the lowest threshold whose precision is surely at least `target`.

    The lowest lets most through. None with too few decisions, or where nothing reaches the target.

    :param target: 0..1; the lower end of the range must reach it
    """
    free = [one for one in decided if one.free]
    if sum(one.count for one in free) < LEAST_DECISIONS:
        return None
    count = right = 0
    best = None
    by_confidence: dict[float, list[Decided]] = {}
    for one in free:
        by_confidence.setdefault(one.confidence, []).append(one)
    for confidence in sorted(by_confidence, reverse=True):
        share = _share(by_confidence[confidence])
        count, right = count + share.count, right + share.right
        if confidence > 0 and wilson(right, count)[0] >= target:
            best = confidence
    return best


def curve(decided: Sequence[Decided]) -> list[tuple[float, float]]:
    """Return what a confidence has been worth, fitted on own history; empty with little of it.

    With fewer than `LEAST_HISTORY` decisions the confidence stands for itself: it was calibrated
    on many companies' lines before, and a handful of own ones would only shake it. With more, own
    history counts beside that (isotonic regression, see `Calibration`).
    """
    if sum(one.count for one in decided) < LEAST_HISTORY:
        return []
    scores = [one.confidence for one in decided for _time in range(one.count)]
    right = [one.right for one in decided for _time in range(one.count)]
    fitted = Calibration(scores, right)
    points = [step["said"] for step in steps(decided)]
    return list(zip(points, (float(value) for value in fitted(points)), strict=True))
