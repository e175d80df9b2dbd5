"""What if: levers that change the rows of a forecast, never the books."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

SALES = ("sale_order", "draft_invoice")
CUSTOMER = ("invoice", "draft_invoice", "sale_order")
VENDOR = ("bill", "draft_bill", "purchase_order")
ORDERED = ("purchase_order",)


@dataclass(frozen=True)
class Lever:
    """One assumption; which parameters count depends on the kind.

    :param kind: delay_partner, shift_payment_run, lose_order, sales_change, currency, reorder,
        supplier_terms or one_off
    :param days: later; negative is earlier
    :param factor: 0.8 is a fifth less
    :param start: first and ``end`` last day the lever counts for
    """

    kind: str
    partner: int | None = None
    days: int = 0
    factor: float = 1.0
    order: int | None = None
    currency: int | None = None
    amount: float = 0.0
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Rows:
    """What the simulation draws from, one row a document.

    :param chance: ``(rows, days)`` probability that a row's money moves on a day
    :param paths_in: ``(paths, days)`` courses of business not ordered yet, money coming in
    """

    amount: np.ndarray
    chance: np.ndarray
    partner: np.ndarray
    kind: np.ndarray
    currency: np.ndarray
    order: np.ndarray
    paths_in: np.ndarray
    paths_out: np.ndarray

    @property
    def paths(self) -> np.ndarray:
        return self.paths_in + self.paths_out


def change(rows: Rows, levers: Iterable[Lever], as_of: date, home: int) -> Rows:
    """Return the rows as the levers make them; ``rows`` stays as it is.

    :param home: id of the forecast's currency
    """
    for lever in levers:
        rows = _LEVERS[lever.kind](rows, lever, as_of, home)
    return rows


def _delay_partner(rows, lever, as_of, home):
    chosen = _of(rows, lever, CUSTOMER)
    rows = _shifted(rows, chosen, lever.days)
    return rows if lever.partner else _shifted_paths(rows, lever.days, "paths_in")


def _shift_payment_run(rows, lever, as_of, home):
    return _shifted(rows, _of(rows, lever, VENDOR[:2]), lever.days)


def _supplier_terms(rows, lever, as_of, home):
    rows = _shifted(rows, _of(rows, lever, ORDERED), lever.days)
    return rows if lever.partner else _shifted_paths(rows, lever.days, "paths_out")


def _lose_order(rows, lever, as_of, home):
    lost = np.isin(rows.kind, SALES) & (rows.order == lever.order)
    return _scaled(rows, lost, 0.0)


def _sales_change(rows, lever, as_of, home):
    rows = _scaled(rows, _of(rows, lever, SALES), lever.factor)
    return _scaled_paths(rows, lever, as_of, "paths_in")


def _reorder(rows, lever, as_of, home):
    rows = _scaled(rows, _of(rows, lever, ORDERED), lever.factor)
    return _scaled_paths(rows, lever, as_of, "paths_out")


def _currency(rows, lever, as_of, home):
    foreign = rows.currency != home
    if lever.currency:
        foreign &= rows.currency == lever.currency
    return _scaled(rows, foreign, lever.factor)


def _one_off(rows, lever, as_of, home):
    days = rows.chance.shape[1]
    place = max((lever.start - as_of).days, 0)
    chance = np.zeros((1, days), rows.chance.dtype)
    if place < days:
        chance[0, place] = 1.0
    return replace(
        rows,
        amount=np.append(rows.amount, lever.amount),
        chance=np.vstack([rows.chance, chance]),
        # The highest number, so that the draws of all other rows stay what they are.
        partner=np.append(rows.partner, rows.partner.max(initial=0) + 1),
        kind=np.append(rows.kind, "manual"),
        currency=np.append(rows.currency, home),
        order=np.append(rows.order, 0),
    )


def _of(rows, lever, kinds):
    chosen = np.isin(rows.kind, kinds)
    return chosen & (rows.partner == lever.partner) if lever.partner else chosen


def _scaled(rows, chosen, factor):
    return replace(rows, amount=np.where(chosen, rows.amount * factor, rows.amount))


def _scaled_paths(rows, lever, as_of, name):
    if lever.partner:
        return rows  # business not ordered yet is not known by partner
    paths = getattr(rows, name).copy()
    first = max((lever.start - as_of).days, 0) if lever.start else 0
    last = (lever.end - as_of).days + 1 if lever.end else paths.shape[1]
    paths[:, first : max(last, first)] *= lever.factor
    return replace(rows, **{name: paths})


def _shifted(rows, chosen, days):
    chance = rows.chance.copy()
    chance[chosen] = shift(chance[chosen], days)
    return replace(rows, chance=chance)


def _shifted_paths(rows, days, name):
    return replace(rows, **{name: shift(getattr(rows, name), days, keep=False)})


def shift(values: np.ndarray, days: int, keep: bool = True) -> np.ndarray:
    """Return ``(rows, days)`` values moved later; moved before the first day they stand on it.

    :param keep: earlier than the first day counts on the first day, else it is gone
    """
    moved = np.zeros_like(values)
    if days >= 0:
        if days < values.shape[1]:
            moved[:, days:] = values[:, : values.shape[1] - days]
        return moved
    early = min(-days, values.shape[1])
    moved[:, : values.shape[1] - early] = values[:, early:]
    if keep:
        moved[:, 0] += values[:, :early].sum(axis=1)
    return moved


_LEVERS = {
    "delay_partner": _delay_partner,
    "shift_payment_run": _shift_payment_run,
    "lose_order": _lose_order,
    "sales_change": _sales_change,
    "currency": _currency,
    "reorder": _reorder,
    "supplier_terms": _supplier_terms,
    "one_off": _one_off,
}
