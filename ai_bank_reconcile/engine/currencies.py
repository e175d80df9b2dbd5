"""A line that settles a document in another currency: whole documents only, core books the rest.

Two things connect the amounts: the bank states the line in the document's currency (to the cent),
or the context gives the residual at the rate of the day (the bank's own rate is near it). The
second proves little, so the document must be named.
"""

from collections.abc import Iterator
from math import log

from .candidates import ItemIndex
from .scoring import NAMED, Explanation, Scorer
from .weights import WEIGHTS

RATE_MARGIN = 0.03  # how far a bank's rate and fees move an amount from the rate of the day


def in_other_currencies(index: ItemIndex, scorer: Scorer) -> Iterator[Explanation]:
    """Yield explanations of a line by one document in another currency each."""
    facts = scorer.facts
    named = {
        position
        for position in facts.mentions
        if index.items[position].currency != facts.line.currency
        and scorer.reference_log(position) >= NAMED
    }
    for position in sorted(named | set(_stated(index, scorer))):
        explanation = _explanation(index, scorer, position)
        if explanation:
            yield explanation


def _stated(index: ItemIndex, scorer: Scorer) -> Iterator[int]:
    """Yield documents of the payer with exactly an amount the bank states."""
    facts = scorer.facts
    for currency, amount in sorted(facts.line.amounts.items()):
        if currency != facts.line.currency:
            minor = abs(index.to_minor(amount, currency))
            for position in index.pool(currency, facts.sign).by_amount.get(minor, ()):
                if scorer.payer_log(position) >= WEIGHTS["payer_agrees"]:
                    yield position


def _explanation(index: ItemIndex, scorer: Scorer, position: int) -> Explanation | None:
    facts, item = scorer.facts, index.items[position]
    own = index.minor[position] * facts.sign
    if own <= 0:
        return None
    stated = facts.line.amounts.get(item.currency)
    rated = item.residual_in.get(facts.line.currency)
    if stated is not None:
        fits, exact = abs(index.to_minor(stated, item.currency)) == own, True
    elif rated is not None:
        expected = abs(index.to_minor(rated, facts.line.currency))
        fits, exact = abs(facts.minor - expected) <= RATE_MARGIN * expected, False
    else:
        return None
    if not fits:
        return None
    amount = -log(scorer.chance) if exact else WEIGHTS["amount_converted"]
    score = scorer.whole_item_log(position) + amount
    return Explanation(
        parts=((position, facts.minor),),
        log=score,
        undated=score,
        named=scorer.reference_log(position),
        settled=((position, own),),
        converted=not exact,
    )
