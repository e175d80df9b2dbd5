"""Which open items may explain a bank line: looked up by number, amount and partner.

Never all pairs: a line meets the items its text names, the items of exactly its amount and the
items of the partners it may come from. Everything is held as lists by position; positions follow
the items' ids, so that the order in which items are handed in changes nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from odoo.addons.ai_finance_engine import money
from odoo.addons.ai_finance_engine.names import fold
from odoo.addons.ai_finance_engine.references import read_text
from odoo.addons.ai_finance_engine.series import Mention, ReferenceIndex, endings

from .context import BankLine, MatchContext, OpenItem, Tolerance
from .delays import Delays
from .differences import stated_fees
from .payers import PayerIndex, Payers
from .pools import FEW_LINES, Columns, Deposit, Pool, make_pool
from .subset import Sums

MOST_ENDINGS = 600  # of a thousand: with more, hardly any document can be left out
PER_PARTNER = 24  # items of one partner and amount looked at one by one; the rest by number
STRANGERS = 6  # items of unlikely partners looked at one by one
WHOLE_DAY = 3  # registered payments of a day whose sum is no chance
NEAREST = 12  # items of a likely partner offered with another amount
PREPAYMENT_WORDS = frozenset(
    fold(word)
    for word in (
        "anzahlung vorauszahlung vorkasse abschlag abschlagszahlung akonto prepayment prepaid "
        "deposit downpayment acompte arrhes anticipo aanbetaling voorschot acconto anticipato"
    ).split()
)
_PREPAYMENT_PHRASES = ("a conto", "on account", "advance payment", "down payment", "in advance")


@dataclass(frozen=True, slots=True)
class Account:
    """What one partner has open in one currency and direction, in the order it is due.

    :param positions: documents and, as deductions, credit notes; no registered payments
    """

    positions: tuple[int, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Facts:
    """A bank line with everything its own text says, ready for scoring.

    :param minor: absolute amount in minor units
    :param sign: 1 for money in, -1 for money out
    :param mentions: how the text names open items, by position
    :param unresolved: numbers of our own series in the text that are not open
    :param fees: fees the text states, in minor units
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
    fees: tuple[int, ...] = ()


class ItemIndex:
    """All open items of a context, indexed once for all lines."""

    def __init__(self, ctx: MatchContext):
        self._few = len(ctx.lines) <= FEW_LINES
        self.items: list[OpenItem] = sorted(
            (item for item in ctx.items if item.residual), key=attrgetter("id")
        )
        self._digits = ctx.digits
        self._texts = {line.label: read_text(line.label) for line in ctx.lines}
        wanted = endings(self._texts.values())
        self._endings = wanted if len(wanted) < MOST_ENDINGS else None
        self.accounts = ctx.accounts
        self.delays: Delays | None = None
        self._tolerances = ctx.tolerances
        self._own_tolerance = {one.id: one.tolerance for one in ctx.parties if one.tolerance}
        self._sums: dict[tuple[str, int, int | None], Account] = {}
        self.minor = self._in_minor_units()
        self.partner = [item.partner_id for item in self.items]
        self.day = [item.date.toordinal() for item in self.items]
        self.due = [(item.date_maturity or item.date).toordinal() for item in self.items]
        self.is_payment = [item.is_payment for item in self.items]
        self._pools = self._pooled(ctx.lines)
        self.batches: dict[str, list[int]] = defaultdict(list)
        self._whole_days: set[tuple[int, ...]] = set()
        self._enter_deposits()
        self._payers = PayerIndex(ctx.parties, ctx.lines if self._few else None)
        self._settled = ctx.settled

    def _in_minor_units(self) -> list[int]:
        """Return the signed residuals; as `to_minor`, in a third of the time for many items."""
        factors: dict[str, Decimal] = {}
        found = []
        for item in self.items:
            factor = factors.get(item.currency)
            if factor is None:
                factor = factors[item.currency] = Decimal(10) ** self.digits(item.currency)
            scaled = item.residual * factor
            whole = int(scaled)
            found.append(whole if whole == scaled else self.to_minor(item.residual, item.currency))
        return found

    def _pooled(self, lines: Iterable[BankLine]) -> dict[tuple[str, int], Pool]:
        """Return the items that lines of each currency and direction may settle."""
        sides = {
            (currency, line.amount > 0)
            for line in lines
            for currency in (line.currency, *line.amounts)
        }
        members: dict[tuple[str, int], list[int]] = defaultdict(list)
        discounted = {}
        for position, item in enumerate(self.items):
            minor = self.minor[position]
            side = (item.currency, minor > 0)
            if minor and (side in sides or item.is_refund):
                members[side].append(position)
                if item.discount_amount is not None:
                    discounted[position] = abs(self.discounted(position))
        columns = Columns(list(map(abs, self.minor)), self.partner, self.due, discounted)
        return {
            (currency, 1 if is_in else -1): make_pool(positions, columns, self._few)
            for (currency, is_in), positions in members.items()
        }

    def pool(self, currency: str, sign: int) -> Pool:
        """Return the open items of a currency that money in (1) or out (-1) may settle."""
        return self._pools.get((currency, sign)) or Pool()

    def discounted(self, position: int) -> int:
        """Return what is to be paid within the discount's window, else the residual."""
        item = self.items[position]
        if item.discount_amount is None:
            return self.minor[position]
        return self.to_minor(item.discount_amount, item.currency)

    def discount(self, position: int) -> int:
        """Return the cash discount of an item, 0 if it has none."""
        return abs(self.minor[position] - self.discounted(position))

    def may_discount(self, position: int, day: int) -> bool:
        """Tell whether the cash discount of an item may be taken on a day."""
        until = self.items[position].discount_date
        return until is not None and day <= until.toordinal()

    def is_batch(self, positions: tuple[int, ...]) -> bool:
        """Tell whether items are all the registered payments of one batch."""
        batch = self.items[positions[0]].batch
        return bool(batch) and sorted(positions) == self.batches[batch]

    def account(self, facts: "Facts", partner_id: int | None) -> Account:
        """Return what a partner has open, ready to be searched for sums."""
        key = (facts.line.currency, facts.sign, partner_id)
        if key not in self._sums:
            other = self.pool(facts.line.currency, -facts.sign)
            own = list(facts.pool.by_partner.get(partner_id, ()))
            own += [p for p in other.by_partner.get(partner_id, ()) if self.items[p].is_refund]
            own = [pos for pos in own if not self.is_payment[pos]]
            own.sort(key=lambda pos: (self.due[pos], pos))
            sums = Sums([self.minor[pos] * facts.sign for pos in own])
            self._sums[key] = Account(tuple(own), sums)
        return self._sums[key]

    def tolerance(self, facts: "Facts", partner_id: int | None) -> Tolerance | None:
        """Return what may be written off for a partner, else on the line's journal."""
        own = self._own_tolerance.get(partner_id)
        return own or self._tolerances.get(facts.line.journal_id)

    def _enter_deposits(self) -> None:
        groups: dict[tuple, list[int]] = defaultdict(list)
        for position in [pos for pos, is_payment in enumerate(self.is_payment) if is_payment]:
            item = self.items[position]
            if item.batch:
                self.batches[item.batch].append(position)
            if self.minor[position]:
                sign = 1 if self.minor[position] > 0 else -1
                day = None if item.batch else self.day[position]
                groups[item.currency, sign, item.batch, day].append(position)
        for (currency, sign, batch, _day), positions in groups.items():
            if len(positions) > 1:
                amounts = [abs(self.minor[position]) for position in positions]
                last = max(self.day[position] for position in positions)
                deposit = Deposit(tuple(positions), sum(amounts), batch, last, Sums(amounts))
                self._pools.setdefault((currency, sign), Pool()).deposits.append(deposit)
                if not batch:
                    self._whole_days.add(tuple(sorted(positions)))
        for pool in self._pools.values():
            pool.deposits.sort(key=attrgetter("last_day"))

    @cached_property
    def _references(self) -> ReferenceIndex:
        documents, own = [], []
        for position, item in enumerate(self.items):
            year, number = item.date.year, item.number
            paper, reference = item.payment_reference, item.reference
            if number:
                documents.append((position, number, year))
            if paper and paper != number:
                documents.append((position, paper, year))
            if reference and reference != number and reference != paper:
                documents.append((position, reference, year))
            if item.batch:
                documents.append((position, item.batch, year))
            if number and not item.is_payment:
                # sales and purchases are numbered apart; a credit note belongs to its side
                side = -1 if (self.minor[position] < 0) != item.is_refund else 1
                own.append((side, number, year))
        return ReferenceIndex(documents, own, self._endings)

    @cached_property
    def settled(self) -> frozenset[str]:
        """Digits of the numbers of documents that are paid already."""
        texts = {
            text
            for item in self._settled
            for text in (item.number, item.reference, item.payment_reference)
        }
        return frozenset("".join(filter(str.isdigit, text)) for text in texts) - {""}

    def is_whole_day(self, positions: tuple[int, ...]) -> bool:
        """Tell whether items are all the registered payments of one day, three or more."""
        return len(positions) >= WHOLE_DAY and tuple(sorted(positions)) in self._whole_days

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
        mentions, unresolved = self._numbers(line.label, sign)
        return Facts(
            line=line,
            minor=abs(minor),
            sign=sign,
            digits=self.digits(line.currency),
            day=line.date.toordinal(),
            pool=self.pool(line.currency, sign),
            mentions=mentions,
            unresolved=unresolved,
            payers=self._payers.find(line),
            prepayment=prepayment_wording(line.label),
            fees=stated_fees(line.label, self.digits(line.currency)),
        )

    def _numbers(self, label: str, sign: int) -> tuple[dict[int, Mention], tuple[str, ...]]:
        """Return the items a text names, and numbers of our own series that are not open."""
        references = self._texts[label]
        if not (references.runs or references.codes or references.structured):
            return {}, ()  # without learning the series, which takes longest
        mentions = self._references.mentions(references, sign)
        return mentions, tuple(self._references.unresolved(references, mentions, sign))

    def same_amount(self, facts: Facts, minor: int) -> tuple[list[int], int]:
        """Return items of exactly an amount, and how many more were not listed.

        Items of partners the line speaks for come first and (nearly) all of them; of the others
        only those due nearest to the line's date are listed.
        """
        pool = facts.pool
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
