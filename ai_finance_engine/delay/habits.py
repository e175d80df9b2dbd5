"""Say in few words how a partner pays."""

from collections.abc import Hashable

import numpy as np

from .ledger import Ledger
from .records import OpenInvoice, PartnerHabit, Reason

OFTEN = 0.3  # share of payments on a weekday that is worth a word
THIN = 5  # paid invoices below which others count more


def habit(partner: Hashable, paid: Ledger) -> PartnerHabit:
    """Return the summary of a partner from its paid invoices."""
    if not len(paid):
        return PartnerHabit(partner, None, 0)
    runs = np.unique(paid.paid)
    shares = np.bincount((runs - 1) % 7, minlength=7) / len(runs)
    days = [int(day) for day in np.argsort(-shares, kind="stable") if shares[day] >= OFTEN]
    rhythm = float(np.median(np.diff(runs))) if len(runs) > 2 else None
    delay = int(np.floor(np.median(paid.paid - paid.due) + 0.5))
    return PartnerHabit(partner, delay, len(paid), tuple(days), rhythm)


def reasons(
    habit: PartnerHabit, invoice: OpenInvoice, today: int, empty: bool
) -> tuple[Reason, ...]:
    """Return why a date was predicted, the weightiest first.

    :param today: ordinal
    :param empty: nothing was paid in the whole ledger
    """
    said = []
    overdue = today - invoice.due.toordinal()
    if overdue > 0:
        said.append(Reason("overdue", (overdue,)))
    if empty:
        return (*said, Reason("nothing"))
    if habit.delay is None:
        return (*said, Reason("unknown"))
    if habit.delay:
        code = "late" if habit.delay > 0 else "early"
        said.append(Reason(code, (abs(habit.delay), habit.paid)))
    else:
        said.append(Reason("on_time", (habit.paid,)))
    if habit.paid < THIN:
        said.append(Reason("thin", (habit.paid,)))
    elif habit.weekdays:
        said.append(Reason("weekday", (habit.weekdays[0],)))
    return tuple(said)
