"""What to put on which invoice, of what date, and what a person should look at.

Nothing here knows taxes or prices: Odoo's own invoicing makes the invoice. This decides which
orders and quantities go together and explains it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .billing_facts import Document, Line, Order, Terms
from .billing_reasons import Reason, quantity

#: Probability that a person would post the draft unchanged: all as ordered and delivered.
SURE = 0.99
#: Something is unusual, and usually right.
LIKELY = 0.85
#: Rarely right without a change.
UNSURE = 0.5


@dataclass(frozen=True)
class Draft:
    """One document's share of the invoices to make; ``document`` leads ``documents``.

    :param quantities: ``{order line id: quantity}`` that goes on the invoices
    :param exact: the quantities are less than all there is to invoice on the orders
    :param merge: the orders go on one invoice, as far as their address and currency allow
    :param final: deduct down payments and credit what came back
    :param dated: why it has its date, one of ``reasons``
    """

    document: Document
    documents: tuple[Document, ...]
    orders: tuple[Order, ...]
    quantities: Mapping[int, Decimal]
    exact: bool
    merge: bool
    final: bool
    invoice_date: date
    delivery_date: date | None
    dated: Reason
    confidence: float
    reasons: tuple[Reason, ...]
    vetoes: tuple[Reason, ...]

    @property
    def lines(self) -> list[tuple[Line, Decimal]]:
        """The order lines concerned, each with the quantity that goes on the invoice."""
        return [
            (line, self.quantities[line.id])
            for order in self.orders
            for line in order.lines
            if line.id in self.quantities
        ]

    @property
    def total(self) -> Decimal:
        """What the invoices will come to with taxes, as the orders say; negative: a credit."""
        return sum((line.price_total * now for line, now in self.lines), Decimal(0))


def propose(
    documents: Iterable[Document], orders: Mapping[int, Order], terms: Terms
) -> list[Draft]:
    """Return one draft for each group of ``documents`` that belongs together.

    :param orders: the orders with something to invoice, by id
    """
    left = {line.id: line.to_invoice for order in orders.values() for line in order.lines}
    drafts = []
    for group in _groups(documents, orders):
        found = tuple(
            orders[key]
            for key in dict.fromkeys(k for d in group for k in d.order_ids if k in orders)
        )
        taken, exact = _take(group, found, left)
        if any(taken.values()):
            drafts.append(_draft(group, found, taken, exact, terms))
    return drafts


def _groups(
    documents: Iterable[Document], orders: Mapping[int, Order]
) -> list[tuple[Document, ...]]:
    """Put together what shares an invoice: by order, or by customer and period."""
    groups: dict[Any, list[Document]] = {}
    joined: dict[Any, Any] = {}
    for document in documents:
        own = [orders[key] for key in document.order_ids if key in orders]
        if not own:
            continue
        keys = [_key(document, order) for order in own]
        roots = dict.fromkeys(_root(joined, key) for key in keys)
        first, *others = roots
        for other in others:
            joined[other] = first
            groups.setdefault(first, []).extend(groups.pop(other, ()))
        groups.setdefault(first, []).append(document)
    return [tuple(group) for group in groups.values()]


def _root(joined: Mapping[Any, Any], key: Any) -> Any:
    while key in joined:
        key = joined[key]
    return key


def _key(document: Document, order: Order) -> tuple[Any, ...]:
    if order.grouping == "delivery":
        return ("delivery", document.id)
    if order.grouping == "day":
        return ("day", order.customer, document.day)
    if order.grouping == "month":
        month = document.day and (document.day.year, document.day.month)
        return ("month", order.customer, month)
    return ("order", order.id)


def _take(
    group: tuple[Document, ...], orders: tuple[Order, ...], left: dict[int, Decimal]
) -> tuple[dict[int, Decimal], bool]:
    """Take from ``left`` what goes on the invoices of ``group``; tell whether more is left.

    One invoice per delivery takes of the goods only what this delivery moved; everything else is
    taken whole, so that nothing waits for a delivery that never comes.
    """
    moved: dict[int, Decimal] = {}
    for document in group:
        for line_id, moved_now in document.quantities.items():
            moved[line_id] = moved.get(line_id, Decimal(0)) + moved_now
    taken, exact = {}, False
    for order in orders:
        for line in order.lines:
            whole = left[line.id]
            now = whole
            if order.grouping == "delivery" and line.by_delivery and line.by_moves and moved:
                now = _part(whole, moved.get(line.id, Decimal(0)))
            left[line.id] = whole - now
            exact = exact or now != line.to_invoice
            if now:
                taken[line.id] = now
    return taken, exact


def _part(whole: Decimal, moved: Decimal) -> Decimal:
    """Return the part of ``whole`` that ``moved`` accounts for; never more, nor the other way."""
    if whole * moved <= 0:
        return Decimal(0)
    return min(whole, moved) if whole > 0 else max(whole, moved)


def _draft(
    group: tuple[Document, ...],
    orders: tuple[Order, ...],
    taken: dict[int, Decimal],
    exact: bool,
    terms: Terms,
) -> Draft:
    delivery_date = max((document.day for document in group if document.day), default=None)
    invoice_date, dated = _date(delivery_date, terms)
    lines = [line for order in orders for line in order.lines if line.id in taken]
    final, deducted = _down_payment(lines, taken)
    if not final:
        taken = {line.id: taken[line.id] for line in lines if not line.down_payment}
    shipped, unusual = shipment(lines, terms.tolerance)
    again = [
        Reason("charged_before", {"name": line.name})
        for line in lines
        if _charged_before(line, taken.get(line.id, Decimal(0)))
    ]
    confidence = UNSURE if again else LIKELY if unusual else SURE
    reasons = [*shipped, *unusual, *deducted, *_grouping(group, orders), dated]
    return Draft(
        document=group[0],
        documents=group,
        orders=orders,
        quantities=taken,
        exact=exact,
        merge=orders[0].grouping != "order",
        final=final,
        invoice_date=invoice_date,
        delivery_date=delivery_date,
        dated=dated,
        confidence=confidence,
        reasons=tuple(reasons),
        vetoes=tuple(again),
    )


def _date(delivered: date | None, terms: Terms) -> tuple[date, Reason]:
    today = {"date": terms.today.isoformat()}
    if delivered in terms.closed and terms.by_delivery_date:
        return terms.today, Reason("date_closed", {"delivered": delivered.isoformat(), **today})
    if delivered and terms.by_delivery_date:
        return delivered, Reason("date_delivery", {"date": delivered.isoformat()})
    return terms.today, Reason("date_today", today)


def _down_payment(lines: list[Line], taken: dict[int, Decimal]) -> tuple[bool, list[Reason]]:
    """Tell whether to deduct down payments now: not where more was paid than is invoiced.

    What came back is credited in any case, and then down payments are deducted too, as Odoo does.
    """
    goods = sum(
        (line.price * taken[line.id] for line in lines if not line.down_payment), Decimal(0)
    )
    paid = sum((line.price * taken[line.id] for line in lines if line.down_payment), Decimal(0))
    if not any(line.down_payment for line in lines):
        return True, []
    returned = any(taken[line.id] < 0 for line in lines if not line.down_payment)
    if goods + paid < 0 and not returned:
        return False, [Reason("down_payment_later")]
    return True, [Reason("down_payment")]


def _charged_before(line: Line, now: Decimal) -> bool:
    """Tell whether ``now`` would put goods on an invoice a second time, after a credit note."""
    if now <= 0 or line.down_payment:
        return False
    if line.by_delivery:
        return line.charged + now > max(line.shipped, line.delivered)
    return line.charged + now > line.ordered


def shipment(lines: Iterable[Line], tolerance: Decimal) -> tuple[list[Reason], list[Reason]]:
    """Compare what was ordered with what was delivered.

    :return: reasons for people, and the reasons among them that are beyond ``tolerance``
    """
    plain: dict[str, Reason] = {}
    unusual = []
    for line in lines:
        if line.down_payment:
            continue
        if not line.by_delivery:
            plain.setdefault("by_order", Reason("by_order"))
            continue
        if line.to_invoice < 0:
            plain.setdefault("returned", Reason("returned"))
        reason = _compare(line)
        limit = abs(line.ordered) * tolerance
        difference = abs(line.delivered - line.ordered)
        if reason.code in ("short", "over") and difference > limit and line.to_invoice >= 0:
            unusual.append(reason)
        elif line.to_invoice >= 0:
            plain.setdefault(reason.code, reason)
    if unusual or len(plain) > 1:
        # Only where it holds for every line.
        plain.pop("as_ordered", None)
    return list(plain.values()), unusual


def _compare(line: Line) -> Reason:
    params = {
        "delivered": quantity(line.delivered),
        "ordered": quantity(line.ordered),
        "name": line.name,
    }
    # Re-invoiced expenses and the like were never ordered.
    if line.delivered == line.ordered or not (line.by_moves or line.ordered):
        return Reason("as_ordered")
    if line.delivered > line.ordered:
        return Reason("over", params)
    if line.waiting > 0 or not line.by_moves:
        return Reason("partial", params)
    return Reason("short", params)


def _grouping(group: tuple[Document, ...], orders: tuple[Order, ...]) -> list[Reason]:
    reasons = []
    for code, items in (("several_orders", orders), ("several_deliveries", group)):
        if len(items) > 1:
            names = ", ".join(item.name for item in items[:3]) + (", …" if len(items) > 3 else "")
            reasons.append(Reason(code, {"count": len(items), "names": names}))
    first = orders[0]
    if first.own_rule or first.grouping != "order" or reasons:
        reasons.append(Reason(f"group_{first.grouping}"))
    if first.own_rule:
        reasons.append(Reason("customer_rule"))
    return reasons
