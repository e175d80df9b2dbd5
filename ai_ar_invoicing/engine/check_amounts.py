"""Checks of date, rate, prices, quantities and amounts."""

import math
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from .check_facts import Finding, Invoice, Line, Twin

#: So many earlier invoices make a habit.
ENOUGH = 8
#: No amounts are so alike that a fifth more is a surprise.
LEAST_SPREAD = 0.1
#: From the median absolute deviation to a standard deviation.
TO_SIGMA = 1.4826
#: Rounding of a price in another unit is no difference.
SMALLEST = Decimal("0.00005")


def date(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The date is not ahead, and its period is open."""
    if invoice.draft and invoice.date > invoice.today:
        yield Finding("date_future", {"date": invoice.date})
    if invoice.draft and invoice.locked:
        yield Finding("date_locked", {"date": invoice.date, "locked": invoice.locked})


def rate_missing(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """There is a rate: without one Odoo takes a later one, or 1."""
    rate = invoice.rate
    if rate and not rate.known_on:
        params = {"currency": rate.currency, "date": invoice.date}
        yield Finding("rate_missing", params, ("res.currency", rate.currency_id))


def rate_age(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """The rate is not older than so many days."""
    rate = invoice.rate
    if rate and rate.known_on and (days := (invoice.date - rate.known_on).days) > limit:
        params = {"currency": rate.currency, "days": days}
        yield Finding("rate_age", params, ("res.currency", rate.currency_id))


def rate_differs(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """The rate on the invoice is the company's rate of the day, within so many percent."""
    rate = invoice.rate
    if rate and rate.known_on and _apart(rate.used, rate.of_the_day) > limit / 100:
        shown = {"used": _rate(rate.used), "expected": _rate(rate.of_the_day)}
        yield Finding("rate_differs", shown)


def price_order(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """A line costs what was ordered, within so many percent."""
    for line in invoice.lines:
        ordered = line.order_line and line.order_line.price
        if ordered is not None and _differs(line.price, ordered, limit):
            params = {**shown_price(line), "ordered": shown_amount(ordered, line.digits)}
            yield Finding("price_order", params)


def price_list(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """A line without an order costs what the customer's pricelist says."""
    for line in invoice.lines:
        if line.list_price is not None and _differs(line.price, line.list_price, limit):
            params = {**shown_price(line), "listed": shown_amount(line.list_price, line.digits)}
            yield Finding("price_list", params)


def quantity(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """No more is invoiced, on all invoices, than was delivered or ordered."""
    if invoice.credit_note:
        return
    for line in invoice.lines:
        order_line = line.order_line
        if not order_line or line.quantity <= 0:
            continue
        params = {"line": line.name, "invoiced": shown_quantity(order_line.invoiced)}
        if order_line.by_delivery and order_line.invoiced > order_line.delivered:
            yield Finding("quantity", {**params, "delivered": shown_quantity(order_line.delivered)})
        most = max(order_line.ordered, order_line.delivered)
        if not order_line.by_delivery and order_line.invoiced > most:
            yield Finding(
                "quantity_ordered", {**params, "ordered": shown_quantity(order_line.ordered)}
            )


def duplicate(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """No other invoice of the day has this amount, unless it charges other order lines."""
    for twin in invoice.twins:
        if (twin.date is None or twin.date == invoice.date) and _same_goods(invoice, twin):
            yield Finding("duplicate", {"invoice": twin.name}, ("account.move", twin.id))


def duplicate_near(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """Nor has one of so many days around it."""
    for twin in invoice.twins:
        near = twin.date and 0 < abs((twin.date - invoice.date).days) <= limit
        if near and _same_goods(invoice, twin):
            params = {"invoice": twin.name, "date": twin.date}
            yield Finding("duplicate_near", params, ("account.move", twin.id))


def credit(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The customer stays within the credit limit."""
    if invoice.credit:
        yield Finding("credit", {"message": invoice.credit}, ("res.partner", invoice.customer.id))


def amount(invoice: Invoice, limit: Decimal) -> Iterator[Finding]:
    """The amount is one the customer is used to.

    Compared are logarithms with their median, in median absolute deviations: one large invoice of
    the past does not make the next one usual.
    """
    known = [math.log(float(one)) for one in invoice.customer.amounts if one > 0]
    if len(known) < ENOUGH or invoice.amount <= 0 or invoice.credit_note:
        return
    middle = median(known)
    spread = max(TO_SIGMA * median(abs(one - middle) for one in known), LEAST_SPREAD)
    distance = math.log(float(invoice.amount)) - middle
    if abs(distance) > float(limit) * spread:
        low, high = (math.exp(middle + sign * float(limit) * spread) for sign in (-1, 1))
        params = {"amount": shown_amount(invoice.amount, 2)}
        params |= {"low": f"{low:.0f}", "high": f"{high:.0f}"}
        yield Finding("amount_high" if distance > 0 else "amount_low", params)


def _same_goods(invoice: Invoice, twin: Twin) -> bool:
    """Two invoices that charge different order lines are two deliveries, not one twice."""
    return not (invoice.order_lines and twin.order_lines) or bool(
        invoice.order_lines & twin.order_lines
    )


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return abs(one - other) / abs(other) if other else Decimal(bool(one))


def _differs(price: Decimal, expected: Decimal, limit: Decimal) -> bool:
    return abs(price - expected) > SMALLEST and _apart(price, expected) > limit / 100


def _rate(value: Decimal) -> str:
    return f"{value:.6g}"


def shown_price(line: Line) -> dict[str, str]:
    """Return the params of a line with its price."""
    return {"line": line.name, "price": shown_amount(line.price, line.digits)}


def shown_amount(value: Decimal, digits: int) -> str:
    """Return an amount with its decimals."""
    return f"{value:.{digits}f}"


def shown_quantity(value: Decimal) -> str:
    """Return a quantity without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
