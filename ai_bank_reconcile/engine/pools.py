"""Open items of one currency and direction by what lines are looked up under.

For many lines everything is indexed once. For a few lines that costs more than all the rest:
then the items are looked through for each key that is asked for, and what was found is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .subset import Sums

FEW_LINES = 12  # up to here items are looked through instead of indexed

#: Positions by a key; a key that is not there gives the default.
Lookup = Mapping[Any, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Deposit:
    """Registered payments that may reach the bank in one sum: of one batch, or of one day.

    :param positions: the payments
    :param total: their sum in minor units, in the line's direction
    """

    positions: tuple[int, ...]
    total: int
    batch: str
    last_day: int
    sums: Sums


@dataclass(slots=True)
class Pool:
    """Open items of one currency and direction, the ones a line of that direction may settle.

    :param by_amount: positions by absolute residual in minor units, earliest due first
    :param by_partner: positions by partner, smallest residual first
    :param by_discount: positions by what is to be paid within the discount's window
    :param deposits: registered payments by batch or day, in the order of their last days
    """

    count: int = 0
    by_amount: Lookup = field(default_factory=dict)
    by_amount_partner: Lookup = field(default_factory=dict)
    by_partner: Lookup = field(default_factory=dict)
    by_discount: Lookup = field(default_factory=dict)
    deposits: list[Deposit] = field(default_factory=list)


class Scan:
    """Positions by key, looked for when they are asked for.

    :param find: returns the positions of a key
    """

    def __init__(self, find: Callable[[Any], list[int]]):
        self._find = find
        self._found: dict[Any, list[int]] = {}

    def get(self, key: Any, default: Sequence[int] | None = None) -> Sequence[int] | None:
        """Return the positions of a key, else the default."""
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key] or default


@dataclass(frozen=True, slots=True)
class Columns:
    """What items are looked up by, as lists by position.

    :param amounts: absolute residuals in minor units
    :param discounted: what is asked for within the discount's window, by position
    """

    amounts: list[int]
    partners: list[int | None]
    due: list[int]
    discounted: dict[int, int]


def make_pool(members: list[int], columns: Columns, few: bool) -> Pool:
    """Return the pool of some items, looked through for a few lines and indexed for many."""
    return _scanned(members, columns) if few else _indexed(members, columns)


def _by(positions: Iterable[int], keys) -> dict[Any, list[int]]:
    found = defaultdict(list)
    for position in positions:
        found[keys[position]].append(position)
    return dict(found)


def _indexed(members: list[int], columns: Columns) -> Pool:
    amounts, partners, due = columns.amounts, columns.partners, columns.due
    ordered = sorted(members, key=due.__getitem__)  # stable: by position where due together
    by_amount_partner = defaultdict(list)
    for position in ordered:
        by_amount_partner[amounts[position], partners[position]].append(position)
    return Pool(
        count=len(members),
        by_amount=_by(ordered, amounts),
        by_amount_partner=dict(by_amount_partner),
        by_partner=_by(sorted(members, key=amounts.__getitem__), partners),
        by_discount=_by((pos for pos in ordered if pos in columns.discounted), columns.discounted),
    )


def _scanned(members: list[int], columns: Columns) -> Pool:
    amounts, partners, due = columns.amounts, columns.partners, columns.due

    def of_amount(amount: int) -> list[int]:
        found = [position for position in members if amounts[position] == amount]
        return sorted(found, key=due.__getitem__)

    def of_partner(partner: int | None) -> list[int]:
        found = [position for position in members if partners[position] == partner]
        return sorted(found, key=amounts.__getitem__)

    by_amount = Scan(of_amount)

    def of_both(key: tuple[int, int | None]) -> list[int]:
        amount, partner = key
        return [pos for pos in by_amount.get(amount, ()) if partners[pos] == partner]

    discounted = [position for position in members if position in columns.discounted]
    discounted.sort(key=due.__getitem__)
    return Pool(
        count=len(members),
        by_amount=by_amount,
        by_amount_partner=Scan(of_both),
        by_partner=Scan(of_partner),
        by_discount=_by(discounted, columns.discounted),
    )
