"""All explanations of one bank line with their probabilities.

What may explain a line comes from module `search`. The scores and that of "nothing" are normalised
together, with the weight of what was not listed one by one.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp, log

from .candidates import Facts, ItemIndex
from .currencies import in_other_currencies
from .scoring import NAMED, Explanation, Scorer, log_sum
from .search import PAYERS, Found, Offs, Prior, search
from .weights import WEIGHTS

SMALLEST_DOUBT = 1e-6


@dataclass(slots=True)
class Claims:
    """What lines of the batch have taken so far.

    :param taken: minor units taken of an item, by position, in the item's own direction
    :param sure: probability of the claims on an item
    :param firm: items taken by a line that names them and settles them exactly
    """

    taken: dict[int, int] = field(default_factory=dict)
    sure: dict[int, float] = field(default_factory=dict)
    firm: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Verdict:
    """Every explanation of a line, best first, and how likely none of them is true.

    :param probabilities: of the explanations, in their order
    :param more: items of the line's amount that were weighed together, not one by one
    :param incomplete: the search among named items was cut short
    :param unseen_sets: the search for sums was cut short
    """

    facts: Facts
    scorer: Scorer
    explanations: list[Explanation]
    probabilities: list[float]
    nothing: float
    more: int = 0
    incomplete: bool = False
    unseen_sets: bool = False

    def best(self) -> tuple[Explanation | None, float]:
        """Return the best explanation that can be chosen, and its probability."""
        for explanation, probability in zip(self.explanations, self.probabilities, strict=True):
            if not explanation.blocked:
                return explanation, probability
        return None, 0.0

    def alike(self, index: ItemIndex, explanation: Explanation) -> float:
        """Return the probability of all explanations by the same partner's equal amounts."""

        def kin(one: Explanation) -> list:
            return sorted((index.partner[pos] or 0, amount) for pos, amount in one.parts)

        mine = kin(explanation)
        return sum(
            probability
            for one, probability in zip(self.explanations, self.probabilities, strict=True)
            if not one.blocked and len(one.parts) == len(mine) and kin(one) == mine
        )


def explain(index: ItemIndex, facts: Facts, claims: Claims) -> Verdict:
    """Return all explanations of a line, given what other lines have taken."""
    scorer = Scorer(index, facts)
    found = search(index, scorer)
    explanations = []
    for (positions, offs), prior in found.sets.items():
        explanations += _variants(index, scorer, positions, offs, prior, claims)
    for other in in_other_currencies(index, scorer):
        if not any(claims.taken.get(position) for position in other.positions):
            explanations.append(other)
    explanations.sort(key=lambda one: (-round(one.log, 9), len(one.parts), one.positions, one.offs))
    return _normalised(index, scorer, explanations, found)


def _variants(
    index: ItemIndex,
    scorer: Scorer,
    positions: tuple[int, ...],
    offs: Offs,
    prior: Prior | None,
    claims: Claims,
) -> Iterator[Explanation]:
    """Yield the explanation by what is left of the items; where another line has a claim, also
    the one as if it had not, which keeps its weight but cannot be chosen."""
    sign = scorer.facts.sign
    ordered = sorted(positions, key=lambda pos: (index.due[pos], pos))
    wanted = [(pos, index.minor[pos] * sign) for pos in ordered]
    sure = max((claims.sure.get(pos, 0.0) for pos in positions), default=0.0)
    explanation = _explanation(scorer, wanted, offs, prior)
    if not sure:
        if explanation:
            yield explanation
        return
    if explanation:
        explanation.blocked = True
        explanation.log += log(max(1.0 - sure, SMALLEST_DOUBT))
        yield explanation
    left = [(pos, amount - claims.taken.get(pos, 0) * sign) for pos, amount in wanted]
    remaining = None
    if all(amount for _pos, amount in left) and not (offs and left != wanted):
        remaining = _explanation(scorer, left, offs, prior)
    if remaining:
        remaining.log += log(max(sure, SMALLEST_DOUBT))
        yield remaining


def _explanation(
    scorer: Scorer, wanted: list[tuple[int, int]], offs: Offs, prior: Prior | None
) -> Explanation | None:
    """Return the explanation by items; None where the line cannot reach every one of them."""
    explanation = scorer.explanation(wanted, offs, prior)
    if len(explanation.parts) != len(wanted):
        return None
    # a set found by its sum is nothing else once others have taken a part of it
    odd = explanation.rest or explanation.open_rest
    return None if odd and (offs or prior is not None) else explanation


def _unlisted_payer(index: ItemIndex, scorer: Scorer) -> float:
    """Return how likely the line is of its likeliest payer, but for nothing that is listed."""
    payers, pool = scorer.facts.payers, scorer.facts.pool
    logs = [
        payers.of(pid).log + log(max(1, len(pool.by_partner.get(pid, ()))))
        for pid in payers.likely()[:PAYERS]
    ]
    if not logs:
        return -math.inf
    kinds = log_sum([WEIGHTS["unlisted_payer"], WEIGHTS["unseen_sets"]])
    return max(logs) + kinds - scorer.log_pool


def _normalised(
    index: ItemIndex, scorer: Scorer, explanations: list[Explanation], found: Found
) -> Verdict:
    """Divide the scores by their sum, with nothing, what is not listed and what is unseen."""
    logs = [explanation.log for explanation in explanations]
    others = [WEIGHTS["nothing"], _unlisted_payer(index, scorer)]
    unnamed = [
        one.log + scorer.unlisted_log(one.positions) for one in explanations if one.named < NAMED
    ]
    if unnamed:
        others.append(max(unnamed))
    over_paid = [one.log for one in explanations if one.rest]
    if over_paid:
        others.append(max(over_paid) + WEIGHTS["unlisted_rest"])
    nothing = log_sum(others)
    everything = [*logs, nothing]
    if found.more:
        everything.append(log(found.more) + scorer.stranger_log())
    total = log_sum(everything)
    total = log_sum([total, total + WEIGHTS["unseen"]])
    return Verdict(
        facts=scorer.facts,
        scorer=scorer,
        explanations=explanations,
        probabilities=[exp(value - total) for value in logs],
        nothing=exp(nothing - total),
        more=found.more,
        incomplete=found.incomplete,
        unseen_sets=found.unseen_sets,
    )
