"""Which revenue account an invoice line usually has, from lines that were posted before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_finance_engine.coding import Choice, CodedLine


def _lt(text: str) -> str:
    """Mark a text for the translation template; the models translate it where it is shown."""
    return text


REASON_TEXT = {
    "usual_account": _lt("%(line)s: %(account)s on %(invoices)s, here %(current)s"),
}

#: From this probability on another account is suggested than the line has.
LEAST = 0.8
#: So many posted lines a company needs before anything is said.
ENOUGH = 20


@dataclass(frozen=True)
class RevenueLine:
    """A line of an invoice.

    :param amount: in company currency, positive for a sale
    :param date: ISO text
    :param account_id: it has now
    :param invoice: its name, on posted ones
    """

    id: int
    move_id: int
    text: str
    amount: Decimal
    account_id: int
    date: str
    product_id: int | None = None
    category_id: int | None = None
    customer_id: int | None = None
    position_id: int | None = None
    invoice: str = ""


@dataclass(frozen=True)
class Change:
    """Another account for a line, with the invoices that had it."""

    line: RevenueLine
    account_id: int
    confidence: float
    invoices: tuple[str, ...]


def coded(line: RevenueLine, posted: bool) -> CodedLine:
    """Return the line as the coding engine reads it; ``posted`` ones carry their account."""
    product = f"product {line.product_id}" if line.product_id else None
    return CodedLine(
        text=line.text,
        vendor=product or line.text,
        amount=line.amount,
        account=line.account_id if posted else None,
        extra={
            "date": line.date,
            "category": line.category_id or 0,
            "customer": line.customer_id or 0,
            "position": line.position_id or 0,
            "direction": "sale" if line.amount >= 0 else "refund",
            "booked": (line.invoice,) if posted else (),
        },
    )


def changes(
    lines: Iterable[RevenueLine],
    choices: Iterable[list[Choice]],
    usable: Collection[int],
    refused: Mapping[int, Collection[int]],
) -> list[Change]:
    """Return the lines whose likeliest account is another one, and sure enough.

    :param choices: of the coding engine, for each line the best first
    :param usable: accounts that may be booked on
    :param refused: ``{move id: accounts}`` that people called wrong there
    """
    found = []
    for line, offered in zip(lines, choices, strict=True):
        best = next(iter(offered), None)
        if not best or best.account == line.account_id or best.confidence < LEAST:
            continue
        if best.account in usable and best.account not in refused.get(line.move_id, ()):
            invoices = dict.fromkeys(one.extra["booked"][0] for one in best.similar)
            found.append(Change(line, best.account, best.confidence, tuple(invoices)))
    return found
