"""May a drafted invoice be posted: compared with its orders, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from .billing import LIKELY, SURE, UNSURE, shipment
from .billing_facts import Line
from .billing_reasons import Reason, quantity


@dataclass(frozen=True)
class InvoiceLine:
    """A line of an invoice with the order line it belongs to.

    :param quantity: in the unit of the order line, negative on a credit note
    :param price: of one unit after discount, without taxes
    :param line: ``None``: somebody added it by hand
    """

    name: str
    quantity: Decimal
    price: Decimal
    line: Line | None = None


@dataclass(frozen=True)
class Invoice:
    """A drafted invoice or credit note.

    :param dated: why it has its date, as the draft said
    """

    id: int
    credit_note: bool
    lines: tuple[InvoiceLine, ...]
    dated: Reason | None = None


@dataclass(frozen=True)
class Posting:
    """What speaks for posting an invoice, and what wants a person's eyes first."""

    invoice: Invoice
    confidence: float
    reasons: tuple[Reason, ...]
    vetoes: tuple[Reason, ...]


def review(invoices: Iterable[Invoice], tolerance: Decimal) -> list[Posting]:
    """Compare each invoice with its orders.

    :param tolerance: share of the ordered quantity that may be shipped less or more
    """
    return [_review(invoice, tolerance) for invoice in invoices]


def _review(invoice: Invoice, tolerance: Decimal) -> Posting:
    known = [item for item in invoice.lines if item.line and not item.line.down_payment]
    added = [item for item in invoice.lines if not item.line]
    # What this invoice takes stands for what was to be invoiced: returns show as negative.
    lines = [replace(item.line, to_invoice=item.quantity) for item in known]
    plain, unusual = shipment(lines, tolerance)
    changed = [*_prices(known), *_quantities(known)]
    if added:
        changed.append(Reason("by_hand", {"count": len(added)}))
    prices = [] if changed or not known else [Reason("price_as_ordered")]
    credit = [Reason("credit_note")] if invoice.credit_note else []
    confidence = UNSURE if changed else LIKELY if unusual or credit else SURE
    dated = [invoice.dated] if invoice.dated else []
    return Posting(
        invoice=invoice,
        confidence=confidence,
        reasons=(*plain, *prices, *dated),
        vetoes=(*unusual, *changed, *credit),
    )


def _prices(items: list[InvoiceLine]) -> list[Reason]:
    return [
        Reason(
            "price_differs",
            {"name": item.name, "price": str(item.price), "ordered": str(item.line.price)},
        )
        for item in items
        if item.price != item.line.price
    ]


def _quantities(items: list[InvoiceLine]) -> list[Reason]:
    """Say where more is invoiced, this invoice included, than Odoo lets invoice."""
    return [
        Reason(
            "more_than_due",
            {
                "name": item.name,
                "now": quantity(item.quantity),
                "due": quantity(item.quantity + item.line.to_invoice),
            },
        )
        for item in items
        if item.quantity > 0 and item.line.to_invoice < 0
    ]
