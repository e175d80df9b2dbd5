"""Fit the cold-start calibration: ``python -m bench.bank.calibrate`` prints its knots.

The knots go into `ai_bank_reconcile/engine/confidence.py`. The files are none of those that
`bench.bank.accuracy` measures. A knot is the lower confidence bound of the share that was right,
made never decreasing by pooling neighbours (pool adjacent violators).
"""

import argparse
from collections.abc import Callable, Iterator
from itertools import accumulate
from math import sqrt

from odoo.addons.ai_bank_reconcile.engine import confidence, matcher

from . import samples
from .measure import is_right
from .truth import Sample

SETS: tuple[Callable[[int], Sample], ...] = (
    samples.ordinary,
    samples.hard,
    samples.hard,
    samples.nasty,
    samples.nearly_all_paid,
    samples.many_open,
)
BINS = (-9.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.5, 8.0, 20.0)
FEWEST = 25  # proposals that make a knot
ONE_SIDED = 1.64  # 95 %


def outcomes(first: int, count: int) -> Iterator[tuple[bool, float, bool]]:
    """Yield (guarded, log odds of the raw probability, was right) for every proposed match."""

    def keep(probability: float, guarded: bool) -> float:
        return probability

    before, matcher.calibrated = matcher.calibrated, keep
    try:
        for number, make in enumerate(SETS):
            for seed in range(first + 20 * number, first + 20 * number + count):
                sample = make(seed)
                for result in matcher.propose(sample.ctx):
                    if result.proposal.kind == "match":
                        right = is_right(result.proposal, sample.truths[result.line_id])
                        odds = confidence.log_odds(result.confidence)
                        yield bool(result.guards), odds, right
    finally:
        matcher.calibrated = before


def lower_bound(right: int, count: int) -> float:
    """Return the one-sided Wilson bound of a share."""
    share, z = right / count, ONE_SIDED
    middle = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - spread) / (1 + z * z / count)


def knots(rows: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return (mean log odds, share right, count) of each bin, pooled until it never falls."""
    pooled: list[list[float]] = []
    for low, high in zip(BINS, BINS[1:], strict=False):
        inside = [(odds, right) for odds, right in rows if low <= odds < high]
        if not inside:
            continue
        pooled.append([sum(odds for odds, _ in inside), sum(r for _, r in inside), len(inside)])
        while len(pooled) > 1 and (
            pooled[-2][2] < FEWEST or pooled[-2][1] * pooled[-1][2] > pooled[-1][1] * pooled[-2][2]
        ):
            last = pooled.pop()
            pooled[-1] = [one + two for one, two in zip(pooled[-1], last, strict=True)]
    sure = accumulate((lower_bound(right, count) for _odds, right, count in pooled), max)
    return [
        (odds / count, share, count)
        for (odds, _right, count), share in zip(pooled, sure, strict=True)
    ]


def main() -> None:
    """Print both lists of knots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2, help="files of each set")
    options = parser.parse_args()
    rows: dict[bool, list[tuple[float, bool]]] = {False: [], True: []}
    for guarded, odds, right in outcomes(1000, options.files):
        rows[guarded].append((odds, right))
    for guarded, name in ((False, "FREE"), (True, "GUARDED")):
        found = knots(rows[guarded])
        print(f"{name} = {tuple((round(x, 1), round(y, 4)) for x, y, _count in found)}")
        print(f"# of {[count for _x, _y, count in found]} proposals")


if __name__ == "__main__":
    main()
