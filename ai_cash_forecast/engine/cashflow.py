"""From orders, invoices, payments and bank lines to what is still to come, no euro twice.

The money of one sale is seen in several places on its way: order, invoice, payment, bank line.
Here each step takes away what the next one already shows. Amounts are signed as cash: positive
comes in. Everything is per partner, company and currency; nothing is netted across them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Item:
    """An open amount of the ledger: an instalment, a credit, a payment on its way.

    :param ledger: "in" for customers, "out" for vendors, "bank" for payments on their way; only
        items of one ledger are netted with each other
    :param posted: day of the document
    """

    key: str
    kind: str
    ledger: str
    partner: int
    company: int
    currency: int
    amount: Decimal
    due: date
    posted: date
    terms: str = ""
    label: str = ""
    record: tuple[str, int] = ("", 0)
    blocked: bool = False
    order: int = 0


@dataclass(frozen=True)
class OrderLine:
    """A line of an order.

    :param quantity: to be invoiced in the end: ordered, or delivered where that is more
    :param invoiced: on invoices that are counted elsewhere
    :param unit: total with tax of one unit, signed as cash
    """

    quantity: Decimal
    invoiced: Decimal
    unit: Decimal


@dataclass(frozen=True)
class Order:
    """An order that is not invoiced completely.

    :param advance: down payments invoiced and not deducted yet, with tax, signed as cash
    :param planned: day the goods are promised for, if known
    """

    key: str
    kind: str
    partner: int
    company: int
    currency: int
    lines: tuple[OrderLine, ...]
    ordered: date
    advance: Decimal = ZERO
    planned: date | None = None
    terms: int = 0
    label: str = ""
    record: tuple[str, int] = ("", 0)

    def remaining(self) -> Decimal:
        """Return what is still to be invoiced, down payments taken off.

        It turns its sign where more was paid down than is left: that comes back as a credit.
        """
        return sum((_left(line) * line.unit for line in self.lines), ZERO) - self.advance


@dataclass(frozen=True)
class InBank:
    """Money that is in the bank balance while the books still show something open for it.

    :param takes: what the best suggestion would settle, by key of the item, in the item's currency
    :param on_account: what is left settles the partner's open items, oldest first
    """

    key: str
    partner: int
    company: int
    currency: int
    amount: Decimal
    takes: Mapping[str, Decimal] = field(default_factory=dict)
    on_account: bool = True


@dataclass(frozen=True)
class Expected:
    """One day of a line entered by hand; a document of the partner takes its place."""

    key: str
    kind: str
    partner: int
    company: int
    currency: int
    amount: Decimal
    day: date
    tolerance: Decimal = Decimal("0.1")
    window: int = 15
    probability: float = 1.0
    label: str = ""
    record: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Document:
    """A real document, paid or not, that may take the place of an expected line."""

    partner: int
    company: int
    currency: int
    amount: Decimal
    day: date


@dataclass(frozen=True)
class Flow:
    """What is still to come of one thing, after everything else was taken off.

    :param source: the item, order or expected line it rests on
    :param netted: ``(key, amount)`` of what was taken off, in the order it was
    """

    source: Item | Order | Expected
    amount: Decimal
    netted: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Netted:
    """The answer of :func:`net`.

    :param flows: what is to come
    :param in_bank: ``{key of the bank line: what it settled, by key}``
    :param consumed: keys of expected lines whose place a document took
    """

    flows: tuple[Flow, ...]
    in_bank: Mapping[str, Mapping[str, Decimal]]
    consumed: frozenset[str]


def net(
    items: Iterable[Item],
    orders: Iterable[Order] = (),
    in_bank: Iterable[InBank] = (),
    expected: Iterable[Expected] = (),
    documents: Iterable[Document] = (),
) -> Netted:
    """Return what is still to come; the order in which things are given does not matter."""
    book = _Book(items, orders)
    settled: dict[str, dict[str, Decimal]] = {}
    money = sorted(in_bank, key=lambda one: one.key)
    rest = {one.key: book.settle(one, settled.setdefault(one.key, {})) for one in money}
    for one in money:
        if one.on_account and rest[one.key]:
            book.on_account(one, rest[one.key], settled[one.key])
    book.net_credits()
    flows = book.flows()
    left, consumed = _expected(expected, flows, documents)
    return Netted((*flows, *left), settled, consumed)


class _Book:
    """Open amounts while they are being netted."""

    def __init__(self, items: Iterable[Item], orders: Iterable[Order]):
        self.items = {item.key: item for item in sorted(items, key=_age)}
        self.orders = {one.key: one for one in sorted(orders, key=lambda o: (o.ordered, o.key))}
        self.open = {key: item.amount for key, item in self.items.items()}
        self.open |= {key: one.remaining() for key, one in self.orders.items()}
        self.netted: dict[str, list] = defaultdict(list)
        self._by_group: dict[tuple, list[str]] = defaultdict(list)
        for key, item in self.items.items():
            self._by_group[(item.ledger, *_group(item))].append(key)
        for key, one in self.orders.items():
            ledger = "in" if one.kind == "sale_order" else "out"
            self._by_group[(ledger, *_group(one))].append(key)

    def take(self, key: str, amount: Decimal, by: str) -> Decimal:
        """Take up to ``amount`` off an open one of the same sign, and return how much it was."""
        there = self.open.get(key, ZERO)
        if there * amount <= 0:
            return ZERO
        taken = amount if abs(amount) <= abs(there) else there
        self.open[key] = there - taken
        self.netted[key].append((by, taken))
        return taken

    def settle(self, money: InBank, settled: dict) -> Decimal:
        """Take off what the best suggestion names, and return what is left of the money."""
        left = money.amount
        for key, amount in sorted(money.takes.items()):
            taken = self.take(key, amount, money.key)
            if taken:
                settled[key] = taken
            item = self.items.get(key)
            if item and item.currency == money.currency:
                left -= taken
            elif item and taken:
                left = ZERO  # in another currency the suggestion takes the line whole
        return left if left * money.amount > 0 else ZERO

    def on_account(self, money: InBank, left: Decimal, settled: dict) -> None:
        """Settle the partner's open items and then orders with what no suggestion names."""
        if not money.partner:
            return
        ledgers = ("bank", "in", "out") if money.amount > 0 else ("bank", "out", "in")
        groups = [(ledger, *_group(money)) for ledger in ledgers]
        for key in [key for group in groups for key in self._by_group.get(group, ())]:
            taken = self.take(key, left, money.key)
            if taken:
                settled[key] = settled.get(key, ZERO) + taken
                left -= taken

    def net_credits(self) -> None:
        """Set credits off against what the partner owes, the oldest first, then its orders."""
        for group, keys in self._by_group.items():
            sign = {"in": 1, "out": -1}.get(group[0])
            if not sign:
                continue
            for credit in [key for key in keys if self.open[key] * sign < 0]:
                for key in keys:
                    taken = self.take(key, -self.open[credit], credit)
                    if taken:
                        self.open[credit] += taken
                        self.netted[credit].append((key, -taken))

    def flows(self) -> list[Flow]:
        """Return what is left open."""
        return [
            Flow(source, self.open[key], tuple(self.netted.get(key, ())))
            for key, source in (self.items | self.orders).items()
            if self.open[key]
        ]


def _expected(expected, flows, documents):
    """Return the expected lines no document took the place of, and the keys of the others."""
    known: dict[tuple, list[Document]] = defaultdict(list)
    for one in documents:
        known[_group(one)].append(one)
    for flow in flows:
        source = flow.source
        day = getattr(source, "due", None) or source.planned or source.ordered
        known[_group(source)].append(Document(*_group(source), flow.amount, day))
    left, consumed = [], set()
    for one in sorted(expected, key=lambda e: (e.day, e.key)):
        near = [doc for doc in known.get(_group(one), ()) if one.partner and _fits(one, doc)]
        if near:
            best = min(near, key=lambda doc: (abs((doc.day - one.day).days), doc.day, doc.amount))
            known[_group(one)].remove(best)
            consumed.add(one.key)
        else:
            left.append(Flow(one, one.amount))
    return left, frozenset(consumed)


def _fits(one: Expected, document: Document) -> bool:
    close = abs(document.amount - one.amount) <= abs(one.amount) * one.tolerance
    return close and abs(document.day - one.day) <= timedelta(days=one.window)


def _left(line: OrderLine) -> Decimal:
    left = line.quantity - line.invoiced
    return left if left * line.quantity > 0 else ZERO


def _group(one) -> tuple[int, int, int]:
    return (one.partner, one.company, one.currency)


def _age(item: Item) -> tuple:
    return (item.due, item.posted, item.key)
