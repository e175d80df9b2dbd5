"""What was read off a bill: a value for every field with how sure it is and where it stands."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from odoo.addons.ai_finance_engine.documents.layout import Box

from .terms import Terms

T = TypeVar("T", str, date, Decimal)

FIELDS = (
    "vendor_name", "vendor_vat", "vendor_iban", "reference", "date", "due_date", "currency",
    "untaxed", "tax", "total",
)  # fmt: skip


@dataclass(slots=True)
class Choice(Generic[T]):
    """One reading of a field that was considered."""

    value: T
    confidence: float
    box: Box | None = None


@dataclass(slots=True)
class Field(Generic[T]):
    """A field of the bill.

    ``value`` is ``None`` where nothing was found or no reading was strong enough; then
    ``candidates`` still offers up to three. ``sure`` is set only on proof (arithmetic, a
    checksum, a clear lead), never on ``confidence`` alone. ``box`` is in shares of the page.
    """

    value: T | None = None
    confidence: float = 0.0
    sure: bool = False
    box: Box | None = None
    candidates: list[Choice[T]] = field(default_factory=list)


@dataclass(slots=True)
class Problem:
    """Something a person has to know: ``code`` for programs, ``message`` in English for people."""

    code: str
    message: str
    page: int | None = None


@dataclass(slots=True)
class TaxRow:
    """Tax of one rate, in per cent; amounts in the bill's currency."""

    rate: Decimal
    base: Decimal | None
    tax: Decimal | None


@dataclass(slots=True)
class DraftLine:
    """A line of the bill; ``amount`` is without tax where the bill prints it so."""

    description: str = ""
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    tax_rate: Decimal | None = None
    amount: Decimal | None = None
    box: Box | None = None


@dataclass(slots=True)
class BillDraft:
    """A bill as it was read.

    Amounts of a credit note are positive, as Odoo keeps them, and ``is_credit_note`` is set.
    ``source`` is ``xml``, ``text``, ``ocr`` or ``none``. ``service_from`` and ``service_to`` are
    the first and last day the bill is for, ``vendor_registry`` the vendor's number in its register,
    ``terms`` what it says of paying.
    """

    vendor_name: Field[str] = field(default_factory=Field)
    vendor_vat: Field[str] = field(default_factory=Field)
    vendor_iban: Field[str] = field(default_factory=Field)
    reference: Field[str] = field(default_factory=Field)
    date: Field[date] = field(default_factory=Field)
    due_date: Field[date] = field(default_factory=Field)
    currency: Field[str] = field(default_factory=Field)
    untaxed: Field[Decimal] = field(default_factory=Field)
    tax: Field[Decimal] = field(default_factory=Field)
    total: Field[Decimal] = field(default_factory=Field)
    lines: list[DraftLine] = field(default_factory=list)
    taxes: list[TaxRow] = field(default_factory=list)
    order_numbers: list[str] = field(default_factory=list)
    terms: Terms | None = None
    service_from: Field[date] = field(default_factory=Field)
    service_to: Field[date] = field(default_factory=Field)
    vendor_registry: Field[str] = field(default_factory=Field)
    is_credit_note: bool = False
    problems: list[Problem] = field(default_factory=list)
    source: str = "none"
    pages: int = 0
    text: str = ""

    def trouble(self, code: str, message: str, page: int | None = None) -> None:
        """Note something a person has to know."""
        self.problems.append(Problem(code, message, page))
