"""What the payment-date model is given and what it answers."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np


@dataclass(frozen=True)
class PaidInvoice:
    """An invoice of the past; ``paid`` is None while it is open.

    :param partner: id or name of who pays
    :param amount: in ``currency``; only compared with other invoices of the partner
    :param terms: payment terms, as a name; without it the days from posting to due stand for it
    """

    partner: Hashable
    posted: date
    due: date
    paid: date | None
    amount: float | Decimal
    terms: str = ""
    currency: str = ""


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice that is not paid yet, see ``PaidInvoice``."""

    partner: Hashable
    posted: date
    due: date
    amount: float | Decimal
    terms: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a date was predicted, as a code with its values, so that a screen can translate it."""

    code: str
    values: tuple = ()

    def __str__(self) -> str:
        return TEXTS[self.code].format(*self.values)


@dataclass(frozen=True)
class PaymentDate:
    """Days by which an invoice is paid with 10, 50 and 90 % probability."""

    p10: date
    p50: date
    p90: date
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Curve:
    """Probability of payment on each bank day; what is missing to 1 is paid later or never.

    :param days: proleptic ordinals (``date.fromordinal``), rising
    :param probability: of payment on that day
    """

    days: np.ndarray
    probability: np.ndarray


@dataclass(frozen=True)
class PartnerHabit:
    """How a partner paid so far.

    :param delay: median days from due to paid, negative when early; None without paid invoices
    :param paid: paid invoices this rests on
    :param weekdays: days most payments come on (0 is Monday), the most frequent first
    :param rhythm: usual days between two payments; None with fewer than three
    """

    partner: Hashable
    delay: int | None
    paid: int
    weekdays: tuple[int, ...] = ()
    rhythm: float | None = None

    def __str__(self) -> str:
        if self.delay is None:
            return "no paid invoice yet"
        number = f"from {self.paid} invoice{'s' if self.paid > 1 else ''}"
        if not self.delay:
            return f"pays on the due date, {number}"
        days = f"{abs(self.delay)} day{'s' if abs(self.delay) > 1 else ''}"
        return f"pays {days} {'late' if self.delay > 0 else 'early'}, {number}"


TEXTS = {
    "late": "usually pays {0} days late, from {1} invoices",
    "early": "usually pays {0} days early, from {1} invoices",
    "on_time": "usually pays on the due date, from {0} invoices",
    "thin": "only {0} paid invoices: leans on invoices with the same terms",
    "unknown": "no paid invoice yet: like invoices with the same terms",
    "nothing": "no paid invoices to learn from: expected around the due date",
    "weekday": "most payments come on weekday {0}",
    "overdue": "open {0} days past due",
}
