"""Why an invoice is drafted as it is, and why a person should look: codes with parameters.

The engine only hands out codes; the ORM layer translates ``REASON_TEXT`` and fills the parameters
in.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


def _lt(text: str) -> str:
    """Mark a text for the translation template; the ORM layer translates it where it is shown."""
    return text


REASON_TEXT = {
    "as_ordered": _lt("delivered as ordered"),
    "partial": _lt("delivered %(delivered)s of %(ordered)s, the rest follows"),
    "short": _lt("short: %(delivered)s of %(ordered)s %(name)s, nothing follows"),
    "over": _lt("over: %(delivered)s of %(ordered)s %(name)s"),
    "returned": _lt("returned goods credited"),
    "by_order": _lt("invoiced as ordered"),
    "several_orders": _lt("%(count)s orders: %(names)s"),
    "several_deliveries": _lt("%(count)s deliveries: %(names)s"),
    "group_order": _lt("one invoice per order"),
    "group_delivery": _lt("one invoice per delivery"),
    "group_day": _lt("one invoice per day"),
    "group_month": _lt("one invoice per month"),
    "customer_rule": _lt("rule of the customer"),
    "date_delivery": _lt("dated as delivered, %(date)s"),
    "date_today": _lt("dated %(date)s"),
    "date_closed": _lt("cut-off: delivered %(delivered)s in a closed period, dated %(date)s"),
    "down_payment": _lt("down payment deducted"),
    "down_payment_later": _lt("down payment kept for a later invoice"),
    "charged_before": _lt("%(name)s was invoiced and credited before"),
    "price_as_ordered": _lt("price as ordered"),
    "price_differs": _lt("price of %(name)s is %(price)s, ordered at %(ordered)s"),
    "more_than_due": _lt("%(now)s of %(name)s on the invoice, %(due)s to invoice"),
    "credit_note": _lt("a credit note is a person's decision"),
    "by_hand": _lt("%(count)s lines added by hand"),
}


@dataclass(frozen=True)
class Reason:
    """A code of :data:`REASON_TEXT` with what fills its text."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the reason as it is logged, without the text."""
        return {"code": self.code, "params": self.params}


def quantity(value: Decimal) -> str:
    """Return a quantity as people write it: no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
