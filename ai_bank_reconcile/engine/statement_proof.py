"""Prove a bank balance: what the bank says = what the books say + explained items.

Amounts are `Decimal` in the currency of the bank journal, money in is positive.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

#: Kinds of explanations in the order in which they are shown.
KINDS = (
    "suspense",
    "receipts",
    "payments",
    "after",
    "no_line",
    "changed",
    "opening",
    "gap",
    "incomplete",
)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the bank.

    :param lines: sum of its lines
    :param between: sum of lines without a statement since the one before
    """

    id: int
    name: str
    date: datetime.date
    start: Decimal
    end: Decimal
    lines: Decimal
    between: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Item:
    """What explains a part of the difference; `amount` is what the bank has more than the books.

    :param record: model and id of what it is about
    """

    kind: str
    amount: Decimal
    label: str = ""
    date: datetime.date | None = None
    partner: str = ""
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The figures of a proof.

    :param bank: closing balance of the last statement, zero where there is none
    :param ledger: balance of the bank account in the ledger
    :param outstanding: receipts less payments that are booked and on no statement yet
    :param suspense: balance of bank lines that are not matched
    """

    bank: Decimal
    ledger: Decimal
    outstanding: Decimal
    suspense: Decimal
    items: tuple[Item, ...] = field(default_factory=tuple)

    @property
    def books(self) -> Decimal:
        """Cash as the books know it: payments as registered, bank lines as far as matched."""
        return self.ledger + self.outstanding + self.suspense

    @property
    def difference(self) -> Decimal:
        """What the bank has more than the books."""
        return self.bank - self.books

    @property
    def explained(self) -> Decimal:
        """The part of the difference that items explain."""
        return sum((item.amount for item in self.items), ZERO)

    @property
    def unexplained(self) -> Decimal:
        """The part of the difference that nothing explains: zero in a proven balance."""
        return self.difference - self.explained


def statement_items(statements: Sequence[Statement]) -> list[Item]:
    """Return what statements themselves leave open: gaps between them, lines that do not add up.

    :param statements: in their order
    """
    items, before = [], ZERO
    for number, one in enumerate(statements):
        record = ("account.bank.statement", one.id)
        gap = one.start - before - one.between
        if gap:
            kind = "gap" if number else "opening"
            items.append(Item(kind, gap, one.name, one.date, record=record))
        missing = one.end - one.start - one.lines
        if missing:
            items.append(Item("incomplete", missing, one.name, one.date, record=record))
        before = one.end
    return items


def totals(items: Iterable[Item]) -> dict[str, tuple[int, Decimal]]:
    """Return number and sum of the items of each kind that has any, in the order of `KINDS`."""
    found: dict[str, tuple[int, Decimal]] = {}
    for item in items:
        count, amount = found.get(item.kind, (0, ZERO))
        found[item.kind] = (count + 1, amount + item.amount)
    return {kind: found[kind] for kind in KINDS if kind in found}
