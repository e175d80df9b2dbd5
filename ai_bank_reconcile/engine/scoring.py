"""The probability model: how well one complete explanation accounts for a bank line.

An explanation is a set of open items with the amount each takes (and perhaps a remainder). Its
log score is a prior (what share of lines is of this kind, divided by how many such explanations
are possible) plus log-likelihood ratios of amount, references, payer and dates against chance.
Scores of all explanations and of "nothing" are then normalised together (module `explain`): ties,
round amounts and margins come out by themselves.
"""

from dataclasses import dataclass
from math import exp, log

from odoo.addons.ai_finance_engine.references import Form
from odoo.addons.ai_finance_engine.series import Mention

from .candidates import Facts, ItemIndex
from .weights import LOG_SCALE, ROUND_STEPS, WEIGHTS

SMALLEST_POOL = 20  # where little is open, fewer lines belong to what is open
NAMED = 4.0  # evidence from which an item counts as named in the text
SURELY_MEANT = 5  # digits of a bare number that is no quantity or house number
# upper bound above log(number of items), evidence before any digit, digits that prove nothing
_FORMS = {
    Form.FULL: (WEIGHTS["named_full"], 2.0, 0),
    Form.YEAR: (WEIGHTS["named_year"], 0.0, 2),
    Form.WORD: (WEIGHTS["named_word"], WEIGHTS["digits_word"], 0),
    Form.PADDED: (WEIGHTS["named_padded"], WEIGHTS["digits_padded"], 0),
    Form.BARE: (WEIGHTS["named_bare"], WEIGHTS["digits_bare"], 0),
}


@dataclass(slots=True)
class Explanation:
    """Items and what each takes of the line, in minor units in the line's direction.

    :param parts: (position of the item, amount taken); negative for a deducted credit note
    :param rest: part of the line that no item takes (over-payment)
    :param log: log score, comparable between explanations of one line
    :param open_rest: what stays open of the last item (partial payment)
    :param undated: the score without the dates, to tell twins from what fits better
    :param named: weakest evidence by which a member is named in the text
    :param blocked: an item is taken by another line of the batch; counts, cannot be chosen
    :param positions: positions of the items, derived from `parts`
    """

    parts: tuple[tuple[int, int], ...]
    log: float
    undated: float
    rest: int = 0
    open_rest: int = 0
    named: float = 0.0
    blocked: bool = False
    positions: tuple[int, ...] = ()

    def __post_init__(self):
        self.positions = tuple(position for position, _amount in self.parts)

    @property
    def exact(self) -> bool:
        """Whether the items take the line and the line settles the items, to the cent."""
        return not self.rest and not self.open_rest


class Scorer:
    """Scores explanations of one line; what depends on the line alone is computed once."""

    def __init__(self, index: ItemIndex, facts: Facts):
        self._index = index
        self.facts = facts
        self._log_pool = log(max(facts.pool.count, SMALLEST_POOL))
        self._amount_exact = WEIGHTS["amount_exact"] - log(self._chance())
        self._prepayment = WEIGHTS["prepayment"] if facts.prepayment else 0.0
        # any number may stand in a text for another reason; these are meant as documents
        self._surely_named = sorted(
            (
                position
                for position, mention in facts.mentions.items()
                if mention.form > Form.BARE or mention.digits >= SURELY_MEANT
                if self.mention_log(mention) >= NAMED
            ),
            key=lambda position: (-self.mention_log(facts.mentions[position]), position),
        )

    def _chance(self) -> float:
        """Return how likely a line that belongs to no item shows exactly this amount."""
        minor, pool = max(self.facts.minor, 1), self.facts.pool
        smooth = sum(
            share * step / (LOG_SCALE * minor) for step, share in ROUND_STEPS if not minor % step
        )
        equal = len(pool.by_amount.get(minor, ()))
        repeated = max(0, equal - 1) / max(pool.count, 1) * WEIGHTS["chance_repeat"]
        return min(0.5, max(smooth, WEIGHTS["chance_floor"]) + repeated)

    def mention_log(self, mention: Mention) -> float:
        """Return the log-likelihood ratio of a number in the text meaning an item."""
        bound, base, free = _FORMS[mention.form]
        by_digits = base + WEIGHTS["per_digit"] * max(0, mention.digits - free)
        return min(self._log_pool + bound, by_digits)

    def reference_log(self, position: int) -> float:
        """Return the evidence that the text names an item; 0 if it does not."""
        mention = self.facts.mentions.get(position)
        return self.mention_log(mention) if mention else 0.0

    def explanation(self, wanted: list[tuple[int, int]]) -> Explanation:
        """Return the scored explanation of the line by items.

        :param wanted: (position, signed open amount in minor units in the line's direction);
            a line too small for all of them leaves the last one partly open
        """
        parts, rest, open_rest = _allocate(wanted, self.facts.minor)
        references = [self.reference_log(position) for position, _amount in parts]
        score = self._prior(len(parts)) + sum(references)
        score += self._amount(rest, open_rest, min(references))
        score += self._payer([position for position, _amount in parts])
        score += self._other_numbers({position for position, _amount in parts}, min(references))
        score += self._prepayment
        if all(self._index.is_payment[position] for position, _amount in parts):
            score += WEIGHTS["registered_payment"]
        date = self._date(max((position for position, _amount in parts), key=self._newest))
        return Explanation(tuple(parts), score + date, score, rest, open_rest, min(references))

    def _newest(self, position: int) -> tuple[int, int]:
        return self._index.day[position], position

    def _prior(self, members: int) -> float:
        if members == 1:
            return WEIGHTS["one_item"] - self._log_pool
        return WEIGHTS["named_set"] - members * self._log_pool

    def _amount(self, rest: int, open_rest: int, named: float) -> float:
        if not rest and not open_rest:
            return self._amount_exact
        inexact = WEIGHTS["amount_over"] if rest else WEIGHTS["amount_partial"]
        return inexact if named >= NAMED else inexact + WEIGHTS["unnamed_inexact"]

    def payer_log(self, position: int) -> float:
        """Return the evidence that an item's partner is the payer."""
        return self.facts.payers.of(self._index.partner[position]).log

    def _payer(self, positions: list[int]) -> float:
        best = max(self.payer_log(position) for position in positions)
        partners = {self._index.partner[position] for position in positions}
        return best + (WEIGHTS["mixed_partners"] if len(partners) > 1 else 0.0)

    def _date(self, position: int) -> float:
        """Return the evidence of the days between document, due date and line."""
        after = self.facts.day - self._index.day[position]
        if self._index.is_payment[position]:
            return max(WEIGHTS["date_payment_limit"], abs(after) * WEIGHTS["date_payment_day"])
        if after < -5:
            early = "date_long_before_document" if after < -30 else "date_before_document"
            return WEIGHTS[early]
        late = self.facts.day - self._index.due[position]
        if late >= 0:
            return max(WEIGHTS["date_late_limit"], late * WEIGHTS["date_day_late"])
        return max(WEIGHTS["date_early_limit"], -late * WEIGHTS["date_day_early"])

    def _other_numbers(self, used: set[int], named: float) -> float:
        """Return the evidence against, from numbers in the text that are not explained."""
        score = WEIGHTS["names_another"] * len(self.named_not_used(used))
        if self.facts.unresolved:
            beside = named >= WEIGHTS["reference_agrees"]
            key = "names_unresolved_beside" if beside else "names_unresolved"
            score += WEIGHTS[key] * len(self.facts.unresolved)
        return max(WEIGHTS["names_limit"], score)

    def named_not_used(self, used: set[int]) -> list[int]:
        """Return items the text names that an explanation leaves out, one for each number."""
        mentions = self.facts.mentions
        seen = [mentions[position] for position in used if position in mentions]
        missing = []
        for position in self._surely_named:
            mention = mentions[position]
            if not any(mention.overlaps(other.start, other.end) for other in seen):
                seen.append(mention)
                missing.append(position)
        return missing

    def stranger_log(self) -> float:
        """Return the score of an item of the line's amount whose partner is not the payer."""
        score = self._prior(1) + self._amount_exact + self._prepayment
        return score + self.facts.payers.others.log + self._other_numbers(set(), 0.0)

    def unlisted_log(self) -> float:
        """Return how likely the same evidence is for something that is not in the list."""
        minor = self.facts.minor
        if self.facts.unresolved:
            return WEIGHTS["unlisted_named"]
        if not minor % 10000:
            return WEIGHTS["unlisted_round"]
        return WEIGHTS["unlisted_whole" if not minor % 100 else "unlisted"]


def _allocate(wanted: list[tuple[int, int]], minor: int) -> tuple[list[tuple[int, int]], int, int]:
    """Spread the line over the items in the given order.

    :return: (position, amount taken) of each item, what is left of the line, and what stays open
    """
    left = minor - sum(amount for _position, amount in wanted if amount < 0)
    parts, open_rest = [], 0
    for position, amount in wanted:
        taken = min(amount, left) if amount > 0 else amount
        if taken:
            parts.append((position, taken))
            left -= max(taken, 0)
        open_rest += amount - taken
    return parts, left, open_rest


def log_sum(values: list[float]) -> float:
    """Return log(sum(exp(values))) without overflow."""
    top = max(values)
    return top + log(sum(exp(value - top) for value in values))
