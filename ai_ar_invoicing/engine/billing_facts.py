"""What billing looks at: orders, their lines and the deliveries, as plain values.

Quantities are in the unit of the order line, amounts in the currency of the order; negative
quantities are goods that came back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

#: What goes on one invoice.
GROUPINGS = ("order", "delivery", "day", "month")


@dataclass(frozen=True)
class Line:
    """A line of an order.

    :param to_invoice: what Odoo says may be invoiced now
    :param price: of one unit after discount, without taxes
    :param price_total: the same with taxes
    :param shipped: all that ever left for the customer, returns not deducted
    :param charged: all that was ever put on an invoice, credit notes not deducted
    :param waiting: what is still to be shipped
    :param by_delivery: invoiced as delivered, not as ordered
    :param by_moves: its delivered quantity comes from deliveries, not from a person
    """

    id: int
    order_id: int
    name: str
    unit: str
    ordered: Decimal
    delivered: Decimal
    invoiced: Decimal
    to_invoice: Decimal
    price: Decimal
    price_total: Decimal
    shipped: Decimal = Decimal(0)
    charged: Decimal = Decimal(0)
    waiting: Decimal = Decimal(0)
    by_delivery: bool = True
    by_moves: bool = True
    down_payment: bool = False


@dataclass(frozen=True)
class Order:
    """A confirmed order with something to invoice.

    :param customer: id of the partner the invoice goes to
    :param grouping: one of :data:`GROUPINGS`
    :param own_rule: the grouping is the customer's own rule, not the company's
    """

    id: int
    name: str
    customer: int
    currency: str
    digits: int
    lines: tuple[Line, ...]
    grouping: str = "order"
    own_rule: bool = False


@dataclass(frozen=True)
class Document:
    """What calls for an invoice: a delivery, a return, or an order itself.

    :param day: when it was delivered, in the company's time zone; ``None`` for an order
    :param quantities: ``{order line id: quantity}`` of a delivery, negative for a return
    """

    id: int
    name: str
    order_ids: tuple[int, ...]
    day: date | None = None
    quantities: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """How the company invoices.

    :param by_delivery_date: the invoice has the date of the delivery, not of today
    :param closed: the days of deliveries whose period is locked
    :param tolerance: share of the ordered quantity that may be shipped less or more
    """

    today: date
    by_delivery_date: bool = True
    closed: frozenset[date] = frozenset()
    tolerance: Decimal = Decimal(0)
