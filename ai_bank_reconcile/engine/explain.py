"""All explanations of one bank line with their probabilities.

Explanations offered: each item the text names, each item of exactly the line's amount, items of
the certain payer with other amounts (part or over-payment), and sets of items that the text
names. Their scores and that of "nothing" are normalised together, with the weight of what was
not listed one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import exp, log

from .candidates import Facts, ItemIndex
from .scoring import NAMED, Explanation, Scorer, log_sum
from .weights import WEIGHTS

SEARCHED_SET = 10  # named items of which every subset is tried; above, only all of them
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
    :param incomplete: the search was cut short
    """

    facts: Facts
    scorer: Scorer
    explanations: list[Explanation]
    probabilities: list[float]
    nothing: float
    more: int = 0
    incomplete: bool = False

    def best(self) -> tuple[Explanation | None, float]:
        """Return the best explanation that can be chosen, and its probability."""
        for explanation, probability in zip(self.explanations, self.probabilities, strict=True):
            if not explanation.blocked:
                return explanation, probability
        return None, 0.0


def explain(index: ItemIndex, facts: Facts, claims: Claims) -> Verdict:
    """Return all explanations of a line, given what other lines have taken."""
    scorer = Scorer(index, facts)
    singles, more = index.same_amount(facts)
    singles = dict.fromkeys([*singles, *_named_singles(index, facts), *index.near_amounts(facts)])
    sets, incomplete = _named_sets(index, facts, scorer)
    explanations = []
    for positions in [*((position,) for position in singles), *sets]:
        explanations += _variants(index, scorer, positions, claims)
    explanations.sort(key=lambda one: (-round(one.log, 9), len(one.parts), one.positions))
    return _normalised(scorer, explanations, more, incomplete)


def _named_singles(index: ItemIndex, facts: Facts) -> list[int]:
    return [pos for pos in index.named(facts) if index.minor[pos] * facts.sign > 0]


def _named_sets(
    index: ItemIndex, facts: Facts, scorer: Scorer
) -> tuple[list[tuple[int, ...]], bool]:
    """Return sets of named items: those with the exact sum, and all named together.

    :return: sets of positions, and whether the search was cut short
    """
    agrees = WEIGHTS["payer_agrees"]
    named = [
        pos
        for pos in index.named(facts)
        if scorer.reference_log(pos) >= (0 if scorer.payer_log(pos) >= agrees else NAMED)
    ]
    if len(named) < 2:
        return [], False
    # where one number means several items, the payer's item stands for it
    named.sort(key=lambda pos: (-scorer.payer_log(pos), -scorer.reference_log(pos), pos))
    whole: tuple[int, ...] = ()
    for pos in named:
        if not _share_number(index, facts, (*whole, pos)):
            whole = (*whole, pos)
    whole = tuple(sorted(whole))
    open_amount = {pos: index.minor[pos] * facts.sign for pos in named}
    sets = [
        chosen
        for size in range(2, min(len(named), SEARCHED_SET) + 1)
        for chosen in combinations(sorted(named[:SEARCHED_SET]), size)
        if sum(map(open_amount.__getitem__, chosen)) == facts.minor
        and not _share_number(index, facts, chosen)
    ]
    if len(whole) > 1 and whole not in sets and any(open_amount[pos] > 0 for pos in whole):
        sets.append(whole)
    exact = sum(map(open_amount.__getitem__, whole)) == facts.minor
    return sets, len(named) > SEARCHED_SET and not exact


def _share_number(index: ItemIndex, facts: Facts, positions: tuple[int, ...]) -> bool:
    """Tell whether one number of the text stands for two of the items.

    Instalments of one document may share it: the number names them all.
    """
    spans = sorted((facts.mentions[pos].start, facts.mentions[pos].end, pos) for pos in positions)
    return any(
        end > start and index.items[left].number != index.items[right].number
        for (_, end, left), (start, _, right) in pairwise(spans)
    )


def _variants(
    index: ItemIndex, scorer: Scorer, positions: tuple[int, ...], claims: Claims
) -> Iterator[Explanation]:
    """Yield the explanation by what is left of the items; where another line has a claim, also
    the one as if it had not, which keeps its weight but cannot be chosen."""
    sign = scorer.facts.sign
    ordered = sorted(positions, key=lambda pos: (index.due[pos], pos))
    wanted = [(pos, index.minor[pos] * sign) for pos in ordered]
    sure = max((claims.sure.get(pos, 0.0) for pos in positions), default=0.0)
    explanation = _explanation(scorer, wanted)
    if not sure:
        if explanation:
            yield explanation
        return
    if explanation:
        explanation.blocked = True
        explanation.log += log(max(1.0 - sure, SMALLEST_DOUBT))
        yield explanation
    left = [(pos, amount - claims.taken.get(pos, 0) * sign) for pos, amount in wanted]
    remaining = _explanation(scorer, left) if all(amount for _pos, amount in left) else None
    if remaining:
        remaining.log += log(max(sure, SMALLEST_DOUBT))
        yield remaining


def _explanation(scorer: Scorer, wanted: list[tuple[int, int]]) -> Explanation | None:
    """Return the explanation by items; None where the line cannot reach every one of them."""
    explanation = scorer.explanation(wanted)
    return explanation if len(explanation.parts) == len(wanted) else None


def _normalised(
    scorer: Scorer, explanations: list[Explanation], more: int, incomplete: bool
) -> Verdict:
    """Divide the scores by their sum, with nothing, what is not listed and what is unseen."""
    logs = [explanation.log for explanation in explanations]
    others = [WEIGHTS["nothing"]]
    unnamed = [one.log for one in explanations if one.named < NAMED]
    if unnamed:
        others.append(max(unnamed) + scorer.unlisted_log())
    over_paid = [one.log for one in explanations if one.rest]
    if over_paid:
        others.append(max(over_paid) + WEIGHTS["unlisted_rest"])
    nothing = log_sum(others)
    everything = [*logs, nothing]
    if more:
        everything.append(log(more) + scorer.stranger_log())
    total = log_sum(everything)
    total = log_sum([total, total + WEIGHTS["unseen"]])
    return Verdict(
        facts=scorer.facts,
        scorer=scorer,
        explanations=explanations,
        probabilities=[exp(value - total) for value in logs],
        nothing=exp(nothing - total),
        more=more,
        incomplete=incomplete,
    )
