"""Which open items may explain a bank line: looked up by number, amount and partner.

Never all pairs: a line meets the items its text names, the items of exactly its amount and the
items of the partners it may come from. Everything is held as lists by position; positions follow
the items' ids, so that the order in which items are handed in changes nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from odoo.addons.ai_finance_engine import money
from odoo.addons.ai_finance_engine.names import fold
from odoo.addons.ai_finance_engine.references import read_text
from odoo.addons.ai_finance_engine.series import Mention, ReferenceIndex

from .context import BankLine, MatchContext, OpenItem
from .payers import PayerIndex, Payers

PER_PARTNER = 24  # items of one partner and amount looked at one by one; the rest by number
STRANGERS = 6  # items of unlikely partners looked at one by one
NEAREST = 12  # items of a likely partner offered with another amount
PREPAYMENT_WORDS = frozenset(
    fold(word)
    for word in (
        "anzahlung vorauszahlung vorkasse abschlag abschlagszahlung akonto prepayment prepaid "
        "deposit downpayment acompte arrhes anticipo aanbetaling voorschot acconto anticipato"
    ).split()
)
_PREPAYMENT_PHRASES = ("a conto", "on account", "advance payment", "down payment", "in advance")


@dataclass(slots=True)
class Pool:
    """Open items of one currency and direction, the ones a line of that direction may settle.

    :param by_amount: positions by absolute residual in minor units, earliest due first
    :param by_partner: positions by partner, smallest residual first
    """

    count: int = 0
    by_amount: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_amount_partner: dict[tuple[int, int | None], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_partner: dict[int | None, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Facts:
    """A bank line with everything its own text says, ready for scoring.

    :param minor: absolute amount in minor units
    :param sign: 1 for money in, -1 for money out
    :param mentions: how the text names open items, by position
    :param unresolved: numbers of our own series in the text that are not open
    """

    line: BankLine
    minor: int
    sign: int
    digits: int
    day: int
    pool: Pool
    mentions: dict[int, Mention]
    unresolved: tuple[str, ...]
    payers: Payers
    prepayment: str = ""


class ItemIndex:
    """All open items of a context, indexed once for all lines."""

    def __init__(self, ctx: MatchContext):
        self.items: list[OpenItem] = sorted(
            (item for item in ctx.items if item.residual), key=lambda item: item.id
        )
        self._digits = ctx.digits
        self.minor = [self.to_minor(item.residual, item.currency) for item in self.items]
        self.partner = [item.partner_id for item in self.items]
        self.day = [item.date.toordinal() for item in self.items]
        self.due = [(item.date_maturity or item.date).toordinal() for item in self.items]
        self.is_payment = [item.is_payment for item in self.items]
        self._pools: dict[tuple[str, int], Pool] = defaultdict(Pool)
        for position in sorted(range(len(self.items)), key=lambda pos: (self.due[pos], pos)):
            self._enter(position)
        for pool in self._pools.values():
            for positions in pool.by_partner.values():
                positions.sort(key=lambda pos: (abs(self.minor[pos]), pos))
        self._payers = PayerIndex(ctx.parties)

    def _enter(self, position: int) -> None:
        item, minor = self.items[position], self.minor[position]
        if not minor:
            return
        pool = self._pools[item.currency, 1 if minor > 0 else -1]
        pool.count += 1
        pool.by_amount[abs(minor)].append(position)
        pool.by_amount_partner[abs(minor), item.partner_id].append(position)
        pool.by_partner[item.partner_id].append(position)

    @cached_property
    def _references(self) -> ReferenceIndex:
        documents, own = [], []
        for position, item in enumerate(self.items):
            year = item.date.year
            texts = dict.fromkeys((item.number, item.payment_reference, item.reference))
            documents += [(position, text, year) for text in texts if text]
            if item.number and not item.is_payment:
                # sales and purchases are numbered apart; a credit note belongs to its side
                side = -1 if (self.minor[position] < 0) != item.is_refund else 1
                own.append((side, item.number, year))
        return ReferenceIndex(documents, own)

    def digits(self, currency: str) -> int:
        """Return the decimal places of a currency."""
        return self._digits.get(currency, money.DEFAULT_DIGITS)

    def to_minor(self, amount: Decimal, currency: str) -> int:
        """Return a signed amount in minor units of its currency."""
        return money.to_minor(amount, self.digits(currency))

    def facts(self, line: BankLine) -> Facts:
        """Read one line: amount, direction, numbers in its text, payer."""
        minor = self.to_minor(line.amount, line.currency)
        sign = 1 if minor > 0 else -1
        references = read_text(line.label)
        mentions = self._references.mentions(references, sign)
        return Facts(
            line=line,
            minor=abs(minor),
            sign=sign,
            digits=self.digits(line.currency),
            day=line.date.toordinal(),
            pool=self._pools.get((line.currency, sign)) or Pool(),
            mentions=mentions,
            unresolved=tuple(self._references.unresolved(references, mentions.values(), sign)),
            payers=self._payers.find(line),
            prepayment=prepayment_wording(line.label),
        )

    def same_amount(self, facts: Facts) -> tuple[list[int], int]:
        """Return items of exactly the line's amount, and how many more were not listed.

        Items of partners the line speaks for come first and (nearly) all of them; of the others
        only those due nearest to the line's date are listed.
        """
        pool, minor = facts.pool, facts.minor
        everything = pool.by_amount.get(minor)
        if not everything:
            return [], 0
        listed: dict[int, None] = {}
        for partner_id in facts.payers.likely():
            own = pool.by_amount_partner.get((minor, partner_id), ())
            listed.update(dict.fromkeys(self._nearest_due(own, facts.day, PER_PARTNER)))
        listed.update(dict.fromkeys(self._nearest_due(everything, facts.day, STRANGERS)))
        return list(listed), len(everything) - len(listed)

    def _nearest_due(self, positions, day: int, limit: int):
        if len(positions) <= limit:
            return positions
        middle = bisect_left(positions, day, key=self.due.__getitem__)
        window = positions[max(0, middle - limit) : middle + limit]
        return sorted(window, key=lambda pos: (abs(self.due[pos] - day), pos))[:limit]

    def near_amounts(self, facts: Facts) -> list[int]:
        """Return items of the one certain payer whose amounts come nearest to the line's."""
        if facts.payers.best is None:
            return []
        own = facts.pool.by_partner.get(facts.payers.best, [])
        middle = bisect_left(own, facts.minor, key=lambda pos: abs(self.minor[pos]))
        window = own[max(0, middle - NEAREST) : middle + NEAREST]
        return sorted(window, key=lambda pos: (abs(abs(self.minor[pos]) - facts.minor), pos))[
            :NEAREST
        ]

    def named(self, facts: Facts) -> list[int]:
        """Return the items the text names, in the line's currency, of either direction."""
        currency = facts.line.currency
        return [pos for pos in sorted(facts.mentions) if self.items[pos].currency == currency]


def prepayment_wording(label: str) -> str:
    """Return the word that announces money before its document, "" if there is none."""
    folded = fold(label[:500])
    for phrase in _PREPAYMENT_PHRASES:
        if phrase in folded:
            return phrase
    for word in folded.replace("/", " ").replace(":", " ").replace(",", " ").split():
        if word.strip(".-") in PREPAYMENT_WORDS:
            return word.strip(".-")
    return ""
