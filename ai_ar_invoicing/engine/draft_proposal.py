"""The form of a drafted invoice in the log; what is not of this form is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict

from .billing import Draft


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LineForm(_Form):
    """A row of the comparison: ordered, delivered, invoiced before, and on the invoice now."""

    line: int
    order: str
    name: str
    unit: str
    ordered: Decimal
    delivered: Decimal
    invoiced: Decimal
    now: Decimal
    price: Decimal


class DraftForm(_Form):
    """Which orders and quantities go on the invoices of one document, and of what date."""

    documents: list[int]
    orders: list[int]
    lines: list[LineForm]
    exact: bool
    merge: bool
    final: bool
    grouping: str
    invoice_date: date
    delivery_date: date | None
    dated: dict[str, Any]
    total: Decimal
    currency: str


def to_json(draft: Draft) -> dict[str, Any]:
    """Return ``draft`` as it is logged."""
    names = {order.id: order.name for order in draft.orders}
    lines = [
        LineForm(
            line=line.id,
            order=names[line.order_id],
            name=line.name,
            unit=line.unit,
            ordered=line.ordered,
            delivered=line.delivered,
            invoiced=line.invoiced,
            now=now,
            price=line.price,
        )
        for line, now in draft.lines
    ]
    first = draft.orders[0]
    form = DraftForm(
        documents=[document.id for document in draft.documents],
        orders=list(names),
        lines=lines,
        exact=draft.exact,
        merge=draft.merge and len(draft.orders) > 1,
        final=draft.final,
        grouping=first.grouping,
        invoice_date=draft.invoice_date,
        delivery_date=draft.delivery_date,
        dated=draft.dated.to_json(),
        total=draft.total.quantize(Decimal(1).scaleb(-first.digits)),
        currency=first.currency,
    )
    return form.model_dump(mode="json")


def validate(proposal: dict[str, Any]) -> DraftForm:
    """Return ``proposal`` in its form.

    :raises pydantic.ValidationError: where it is not complete, or holds what nobody knows
    """
    return DraftForm.model_validate(proposal)
