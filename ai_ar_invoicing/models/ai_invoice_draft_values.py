"""What our drafting adds to the values of Odoo's own invoicing, handed over in the context."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Name in the context of an order that is being invoiced.
CONTEXT_KEY = "ai_drafts"


@dataclass(frozen=True, eq=False)
class DraftValues:
    """Compared by identity, so that a context that holds it is compared quickly.

    :param orders: ``{order id: values of the invoice}``
    :param quantities: ``{order line id: quantity}`` where not all there is goes on the invoice
    :param lots: ``{order line id: [(lot or serial number, quantity)]}`` of what moved
    """

    orders: Mapping[int, dict[str, Any]]
    quantities: Mapping[int, float] | None = None
    lots: Mapping[int, list[tuple[str, float]]] = field(default_factory=dict)
