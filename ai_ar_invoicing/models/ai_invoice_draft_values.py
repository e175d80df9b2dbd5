"""What our drafting adds to the values of Odoo's own invoicing, handed over in the context."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..engine.texts import Shipment

#: Name in the context of an order that is being invoiced.
CONTEXT_KEY = "ai_drafts"


@dataclass(frozen=True)
class LineFacts:
    """What the description of an invoice line is written from.

    :param language: code of the customer's language
    :param shipments: all of the order line, the oldest first
    :param before: what earlier invoices took of them
    """

    language: str
    shipments: list[Shipment]
    before: Decimal


@dataclass(frozen=True, eq=False)
class DraftValues:
    """Compared by identity, so that a context that holds it is compared quickly.

    :param orders: ``{order id: values of the invoice}``
    :param quantities: ``{order line id: quantity}`` where not all there is goes on the invoice
    :param lots: ``{order line id: [(lot or serial number, quantity)]}`` of what moved
    :param lines: ``{order line id: LineFacts}`` of those whose description is written at once
    :param written: ``{order line id: mark}``: what was written, filled while invoices are made
    """

    orders: Mapping[int, dict[str, Any]]
    quantities: Mapping[int, float] | None = None
    lots: Mapping[int, list[tuple[str, float]]] = field(default_factory=dict)
    lines: Mapping[int, LineFacts] = field(default_factory=dict)
    written: dict[int, dict[str, str]] = field(default_factory=dict)
