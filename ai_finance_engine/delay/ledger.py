"""Turn invoices into columns, as they were known on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from .bank_days import BankDays
from .records import OpenInvoice, PaidInvoice

NEVER = np.iinfo(np.int64).max // 4  # day an open invoice is paid on
NET_DAYS = (0, 3, 10, 17, 24, 35, 50, 75, 105)  # bounds of the usual terms


@dataclass
class Ledger:
    """Columns of invoices; days are ordinals, ``*_index`` number bank days.

    ``partner`` and ``terms`` are numbers given by ``Names``; -1 for one never seen.
    """

    partner: np.ndarray
    terms: np.ndarray
    posted: np.ndarray
    due: np.ndarray
    paid: np.ndarray
    amount: np.ndarray
    due_index: np.ndarray
    paid_index: np.ndarray

    def __len__(self) -> int:
        return len(self.partner)

    def __getitem__(self, chosen: np.ndarray) -> "Ledger":
        return Ledger(**{name: column[chosen] for name, column in vars(self).items()})


class Names(dict):
    """Numbers of values, in an order that does not depend on the order they came in."""

    def __init__(self, values: Iterable):
        unique = sorted(set(values), key=lambda value: (type(value).__name__, repr(value)))
        super().__init__(zip(unique, range(len(unique)), strict=True))

    def of(self, values: Iterable) -> np.ndarray:
        return np.array([self.get(value, -1) for value in values], np.int64)


def known(history: Iterable[PaidInvoice | OpenInvoice], as_of: date) -> list[PaidInvoice]:
    """Return the invoices posted by the day, in an order of their own; later payments unknown."""
    rows = []
    for invoice in history:
        paid = getattr(invoice, "paid", None)
        if paid is not None and paid > as_of:
            paid = None
        if invoice.posted <= as_of or paid is not None:
            rows.append((invoice, paid))
    rows.sort(key=_order)
    return [
        PaidInvoice(i.partner, i.posted, i.due, paid, i.amount, i.terms, i.currency)
        for i, paid in rows
    ]


def _order(row: tuple) -> tuple:
    invoice, paid = row
    return (
        invoice.posted,
        invoice.due,
        repr(invoice.partner),
        float(invoice.amount),
        paid or date.max,
        invoice.terms,
        invoice.currency,
    )


def segment(invoice: PaidInvoice | OpenInvoice) -> str:
    """Return the terms of an invoice, by name or by about how many days they give."""
    if invoice.terms:
        return invoice.terms
    net = (invoice.due - invoice.posted).days
    return f"net {int(np.searchsorted(NET_DAYS, net))}"


def columns(
    invoices: Sequence[PaidInvoice | OpenInvoice], partners: Names, terms: Names, bank: BankDays
) -> Ledger:
    """Return the invoices as columns."""
    posted, due = (
        np.array([getattr(row, name).toordinal() for row in invoices], np.int64)
        for name in ("posted", "due")
    )
    paid = [getattr(row, "paid", None) for row in invoices]
    paid = np.array([NEVER if day is None else day.toordinal() for day in paid], np.int64)
    return Ledger(
        partner=partners.of(row.partner for row in invoices),
        terms=terms.of(segment(row) for row in invoices),
        posted=posted,
        due=due,
        paid=paid,
        amount=np.array([abs(float(row.amount)) for row in invoices], float),
        due_index=bank.index(due),
        paid_index=np.where(paid == NEVER, NEVER, bank.index(np.minimum(paid, due + 9000))),
    )
