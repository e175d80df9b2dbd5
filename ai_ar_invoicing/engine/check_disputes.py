"""What the customer may dispute before anybody pays: said while it can still be mended."""

from collections.abc import Iterator
from decimal import Decimal

from .check_amounts import shown_amount, shown_price, shown_quantity
from .check_facts import Finding, Invoice

#: So many earlier invoices make a habit.
ENOUGH = 5


def short_delivery(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """Something ordered did not come yet."""
    for line in _sold(invoice):
        order_line = line.order_line
        if order_line and order_line.storable and order_line.delivered < order_line.ordered:
            params = {
                "line": line.name,
                "delivered": shown_quantity(order_line.delivered),
                "ordered": shown_quantity(order_line.ordered),
            }
            yield Finding("short_delivery", params)


def price_rise(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """A product costs more than last time, by more than so many percent."""
    for line in _sold(invoice):
        last = line.last_price
        if last is not None and last > 0 and line.price > last * (1 + limit / 100):
            params = {**shown_price(line), "last": shown_amount(last, line.digits)}
            yield Finding("price_rise", {**params, "invoice": line.last_invoice})


def late_delivery(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """Goods left more than so many days after the promised day."""
    if invoice.credit_note:
        return
    for order in invoice.orders:
        late = order.promised and order.delivered and (order.delivered - order.promised).days
        if late and late > limit:
            params = {
                "order": order.name,
                "promised": order.promised,
                "delivered": order.delivered,
            }
            yield Finding("late_delivery", params, ("sale.order", order.id))


def reference(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """The customer's reference is missing where nearly every invoice had one."""
    total, with_one = len(invoice.customer.amounts), invoice.customer.referenced
    habit = total >= ENOUGH and 100 * with_one >= limit * total
    if habit and not invoice.reference and not invoice.credit_note:
        yield Finding("reference", {"count": with_one, "total": total})


def _sold(invoice: Invoice):
    return () if invoice.credit_note else [line for line in invoice.lines if line.quantity > 0]
