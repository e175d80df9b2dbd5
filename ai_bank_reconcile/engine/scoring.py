"""The probability model: how well one complete explanation accounts for a bank line.

An explanation is a set of open items with the amount each takes (and perhaps a remainder). Its
log score is a prior (what share of lines is of this kind, divided by how many such explanations
are possible) plus log-likelihood ratios of amount, references, payer and dates against chance.
Scores of all explanations and of "nothing" are then normalised together (module `explain`): ties,
round amounts and margins come out by themselves.
"""

from dataclasses import dataclass
from functools import cached_property
from math import exp, log

from odoo.addons.ai_finance_engine.references import Form
from odoo.addons.ai_finance_engine.series import Mention

from .candidates import Facts, ItemIndex
from .differences import Difference
from .misspelt import NEIGHBOUR, Misspelt
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
    :param offs: parts of the line booked on an account: fee, cash discount, tolerated cents
    :param undated: the score without the dates, to tell twins from what fits better
    :param named: weakest evidence by which a member is named in the text
    :param blocked: an item is taken by another line of the batch; counts, cannot be chosen
    :param settled: what each item loses, in its own currency; as `parts` where that is the line's
    :param converted: the amounts are connected by a rate only
    :param positions: positions of the items, derived from `parts`
    """

    parts: tuple[tuple[int, int], ...]
    log: float
    undated: float
    rest: int = 0
    open_rest: int = 0
    offs: tuple[Difference, ...] = ()
    named: float = 0.0
    blocked: bool = False
    settled: tuple[tuple[int, int], ...] = ()
    converted: bool = False
    positions: tuple[int, ...] = ()

    def __post_init__(self):
        self.positions = tuple(position for position, _amount in self.parts)
        self.settled = self.settled or self.parts

    @property
    def exact(self) -> bool:
        """Whether line and items agree to the cent, stated fees and discounts counted."""
        whole = not self.rest and not self.open_rest and not self.converted
        return whole and all(off.stated for off in self.offs)


class Scorer:
    """Scores explanations of one line; what depends on the line alone is computed once."""

    def __init__(self, index: ItemIndex, facts: Facts):
        self._index = index
        self.facts = facts
        self.log_pool = log(max(facts.pool.count, SMALLEST_POOL))
        self.chance = self._chance()
        self._amount_exact = WEIGHTS["amount_exact"] - log(self.chance)
        self._set_exact = WEIGHTS["amount_exact"] - log(self._chance(WEIGHTS["set_chance_floor"]))
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

    def _chance(self, floor: float = WEIGHTS["chance_floor"], apart: int = 0) -> float:
        """Return how likely a line that belongs to no item shows exactly this amount.

        :param apart: items of the amount that do not count
        """
        minor, pool = max(self.facts.minor, 1), self.facts.pool
        smooth = sum(
            share * step / (LOG_SCALE * minor) for step, share in ROUND_STEPS if not minor % step
        )
        equal = len(pool.by_amount.get(minor, ())) - apart
        repeated = max(0, equal - 1) / max(pool.count, SMALLEST_POOL) * WEIGHTS["chance_repeat"]
        return min(0.5, max(smooth, floor) + repeated)

    def is_telling(self, positions: tuple[int, ...], apart: int = 0) -> bool:
        """Tell whether so few documents have the amounts that their agreement proves something.

        :param apart: items of the amount among which a policy has decided
        """
        pool, limit = self.facts.pool, WEIGHTS["amount_telling"]
        equal = max(len(pool.by_amount.get(abs(self._index.minor[pos]), ())) for pos in positions)
        common = (equal - apart - 1) / max(pool.count, SMALLEST_POOL) * WEIGHTS["chance_repeat"]
        chance = self._chance(apart=apart) if apart else self.chance
        return chance < limit and common < limit

    @property
    def is_odd(self) -> bool:
        """Whether the amount is no round one that people pay for many things."""
        return self.chance <= WEIGHTS["amount_odd"]

    def is_only_one(self, positions: tuple[int, ...]) -> bool:
        """Tell whether nothing else is open with an odd amount, and no payer is likelier."""
        pool, payers = self.facts.pool, self.facts.payers
        if payers.of(self._index.partner[positions[0]]).confirmed:
            return False  # an alias is believed after some confirmations, not before
        likelier = [one for one in payers.known.values() if one.log > self.payer_log(positions[0])]
        return (
            len(positions) == 1
            and self.is_odd
            and len(pool.by_amount.get(abs(self._index.minor[positions[0]]), ())) == 1
            and not likelier
        )

    def mention_log(self, mention: Mention) -> float:
        """Return the log-likelihood ratio of a number in the text meaning an item."""
        bound, base, free = _FORMS[mention.form]
        by_digits = base + WEIGHTS["per_digit"] * max(0, mention.digits - free)
        return min(self.log_pool + bound, by_digits)

    def reference_log(self, position: int) -> float:
        """Return the evidence that the text names an item; 0 if it does not."""
        mention = self.facts.mentions.get(position)
        return self.mention_log(mention) if mention else 0.0

    def is_settled_by_name(self, positions: tuple[int, ...]) -> bool:
        """Tell whether the text clearly names items that make the line's amount to the cent."""
        mentions, minor = self.facts.mentions, self._index.minor
        if not positions or sum(minor[pos] for pos in positions) != self.facts.minor * (
            self.facts.sign
        ):
            return False
        return all(
            mentions[position].form >= Form.YEAR
            or (
                self.reference_log(position) >= WEIGHTS["firm_reference"]
                and self.payer_log(position) >= WEIGHTS["payer_agrees"]
            )
            for position in positions
        )

    def explanation(
        self,
        wanted: list[tuple[int, int]],
        offs: tuple[Difference, ...] = (),
        prior: "tuple[float, bool] | None" = None,
    ) -> Explanation:
        """Return the scored explanation of the line by items.

        :param wanted: (position, signed open amount in minor units in the line's direction);
            a line too small for all of them leaves the last one partly open
        :param offs: differences booked on accounts
        :param prior: log prior of a set that was searched for, and whether its members count as
            named; else a set is one whose members are all named
        """
        parts, rest, open_rest = _allocate(
            wanted, self.facts.minor - sum(off.amount for off in offs)
        )
        positions = [position for position, _amount in parts]
        references = [self.reference_log(position) for position in positions]
        if prior is not None and not prior[1]:
            references = [0.0]
        score = self._prior(len(parts)) if prior is None else prior[0]
        amount = self._amount(rest, open_rest, offs, min(references))
        if prior is not None and not (rest or open_rest or offs):
            amount = self._set_exact
        score += sum(references) + amount
        score += self._payer(positions) + self._prepayment
        own = tuple(positions)
        if self.misspelt.mistyped(own):
            score += self.log_pool - WEIGHTS["nearly_named"]
        score += self._other_numbers(set(positions), min(references), self.explained(own))
        if all(self._index.is_payment[position] for position in positions):
            score += WEIGHTS["registered_payment"]
        date = self._date(max(positions, key=self._newest), alone=len(positions) == 1)
        return Explanation(
            tuple(parts), score + date, score, rest, open_rest, offs, min(references)
        )

    def whole_item_log(self, position: int) -> float:
        """Return the score of one item paid in full, but for the amount."""
        named = self.reference_log(position)
        score = self._prior(1) + named + self._payer([position]) + self._prepayment
        return score + self._other_numbers({position}, named) + self._date(position)

    def _newest(self, position: int) -> tuple[int, int]:
        return self._index.day[position], position

    def _prior(self, members: int) -> float:
        if members == 1:
            return WEIGHTS["one_item"] - self.log_pool
        return WEIGHTS["named_set"] - members * self.log_pool

    def _amount(
        self, rest: int, open_rest: int, offs: tuple[Difference, ...], named: float
    ) -> float:
        if offs and not rest and not open_rest:
            return self._difference(offs)
        if not rest and not open_rest:
            return self._amount_exact
        inexact = WEIGHTS["amount_over"] if rest else WEIGHTS["amount_partial"]
        return inexact if named >= NAMED else inexact + WEIGHTS["unnamed_inexact"]

    def _difference(self, offs: tuple[Difference, ...]) -> float:
        """Return the evidence of an amount that is exact but for a fee, discount or some cents."""
        score = 0.0
        for off in offs:
            if off.stated:  # exact arithmetic proves as much as an exact amount
                score += WEIGHTS[f"amount_{off.purpose}"] - log(self.chance)
            elif off.purpose == "tolerance":
                score += WEIGHTS["amount_tolerance"] - log(min(0.5, self.chance * 100))
            else:
                score += WEIGHTS["amount_unstated_fee"]
        return score

    def payer_log(self, position: int) -> float:
        """Return the evidence that an item's partner is the payer."""
        return self.facts.payers.of(self._index.partner[position]).log

    def _payer(self, positions: list[int]) -> float:
        best = max(self.payer_log(position) for position in positions)
        if len(positions) > 1 and all(self._index.is_payment[pos] for pos in positions):
            return max(0.0, best)  # whoever collected them, a deposit names none of the payers
        partners = {self._index.partner[position] for position in positions}
        return best + (WEIGHTS["mixed_partners"] if len(partners) > 1 else 0.0)

    def _date(self, position: int, alone: bool = True) -> float:
        """Return the evidence of the days between document, due date and line.

        :param alone: not the newest of several, whose payer may have waited for the others
        """
        after = self.facts.day - self._index.day[position]
        if self._index.is_payment[position]:
            return max(WEIGHTS["date_payment_limit"], abs(after) * WEIGHTS["date_payment_day"])
        late = self.facts.day - self._index.due[position]
        if alone and self._index.delays:
            habit = self._index.delays.log(self._index.partner[position], late)
            if habit is not None:
                return habit
        if after < -5:
            early = "date_long_before_document" if after < -30 else "date_before_document"
            return WEIGHTS[early]
        if late >= 0:
            return max(WEIGHTS["date_late_limit"], late * WEIGHTS["date_day_late"])
        return max(WEIGHTS["date_early_limit"], -late * WEIGHTS["date_day_early"])

    def _other_numbers(
        self, used: set[int], named: float, explained: frozenset[str] = frozenset()
    ) -> float:
        """Return the evidence against, from numbers in the text that are not explained."""
        mentions = self.facts.mentions
        others = [pos for pos in self.named_not_used(used) if mentions[pos].value not in explained]
        score = WEIGHTS["names_another"] * len(others)
        unresolved = [value for value in self.facts.unresolved if value not in explained]
        if unresolved:
            beside = named >= WEIGHTS["reference_agrees"]
            key = "names_unresolved_beside" if beside else "names_unresolved"
            score += WEIGHTS[key] * len(unresolved)
        return max(WEIGHTS["names_limit"], score)

    @cached_property
    def misspelt(self) -> Misspelt:
        """Numbers of the text that are not open, or that are open with another partner."""
        mentions, partner = self.facts.mentions, self._index.partner
        named = [(mentions[pos].value, partner[pos]) for pos in self._surely_named]
        unresolved = [(value, None) for value in self.facts.unresolved]
        return Misspelt(self._index, self.facts, [*unresolved, *named])

    def explained(self, positions: tuple[int, ...], apart: int = 0) -> frozenset[str]:
        """Return numbers of the text that are the items' own, mistyped or cut off.

        :param apart: how far a mistyped number is from the right one at least
        """
        mistyped = self.misspelt.mistyped(positions, apart)
        return self.misspelt.cut_off(positions) | ({mistyped} - {""})

    def named_not_used(self, used: set[int]) -> list[int]:
        """Return items the text names that an explanation leaves out, one for each number."""
        mentions = self.facts.mentions
        seen = [mentions[position] for position in used if position in mentions]
        missing = []
        for position in self._surely_named:
            mention = mentions[position]
            # The same number may stand in the text twice, once in a form that names another, too.
            if not any(
                mention.overlaps(other.start, other.end) or other.value.endswith(mention.value)
                for other in seen
            ):
                seen.append(mention)
                missing.append(position)
        return missing

    def stranger_log(self) -> float:
        """Return the score of an item of the line's amount whose partner is not the payer."""
        score = self._prior(1) + self._amount_exact + self._prepayment
        return score + self.facts.payers.others.log + self._other_numbers(set(), 0.0)

    def unlisted_log(self, positions: tuple[int, ...]) -> float:
        """Return how likely the evidence for items is for something that is not in the list."""
        minor, unresolved = self.facts.minor, self.facts.unresolved
        own = self.explained(positions, NEIGHBOUR) if unresolved and self.is_odd else frozenset()
        if not own.issuperset(unresolved):
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
