"""Lines of bills as the coding engine reads them, and what similar lines say beside the account."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_finance_engine.coding import Choice, CodedLine

#: So many posted lines a company needs before anything is said.
ENOUGH = 20
OFFERED = 3
#: Probability below which an account is not even offered.
LEAST_OFFERED = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """A line of a bill, posted or to be coded.

    :param text: as it stood on the bill, not as somebody worded it since
    :param amount: in company currency, positive for a bill
    :param rates: of its taxes in per cent
    """

    id: int
    text: str
    amount: Decimal
    date: str
    vendor_id: int | None
    account_id: int
    rates: tuple[str, ...] = ()
    tax_ids: tuple[int, ...] = ()
    analytic: tuple[tuple[str, float], ...] = ()
    product_id: int | None = None
    position_id: int | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """A way to book a line.

    :param tax_ids: ``None`` where the taxes of the line stay as they are
    """

    account_id: int
    confidence: float
    tax_ids: tuple[int, ...] | None
    analytic: dict[str, float] | None
    product_id: int | None
    similar: tuple[BillLine, ...]


def coded(line: BillLine, posted: bool) -> CodedLine:
    """Return the line for the coding engine; ``posted`` ones carry their account.

    The line itself goes along unread: only texts and numbers count as details.
    """
    return CodedLine(
        text=line.text,
        vendor=f"vendor {line.vendor_id}" if line.vendor_id else None,
        amount=line.amount,
        account=line.account_id if posted else None,
        extra={
            "date": line.date,
            "rates": line.rates,
            "position": line.position_id or 0,
            "direction": "bill" if line.amount >= 0 else "refund",
            "line": line,
        },
    )


def codings(line: BillLine, choices: Iterable[Choice], usable: Iterable[int]) -> list[Coding]:
    """Return up to three ways to book ``line``, the likeliest first.

    :param usable: accounts that may be booked on
    """
    allowed = set(usable)
    found = []
    for choice in choices:
        if choice.account in allowed and choice.confidence >= LEAST_OFFERED:
            similar = tuple(one.extra["line"] for one in choice.similar)
            found.append(_coding(line, choice, similar))
    return found[:OFFERED]


def _coding(line: BillLine, choice: Choice, similar: Sequence[BillLine]) -> Coding:
    own = [one for one in similar if one.vendor_id == line.vendor_id] or list(similar)
    return Coding(
        account_id=choice.account,
        confidence=choice.confidence,
        tax_ids=_taxes(line, own),
        analytic=_analytic(own),
        product_id=_product(line, own),
        similar=tuple(similar[:OFFERED]),
    )


def _taxes(line: BillLine, similar: Sequence[BillLine]) -> tuple[int, ...] | None:
    """Other taxes only where they are of the same rates: the bill's total must not change."""
    same = Counter(one.tax_ids for one in similar if one.rates == line.rates)
    best = same.most_common(1)
    return best[0][0] if best and best[0][0] != line.tax_ids else None


def _analytic(similar: Sequence[BillLine]) -> dict[str, float] | None:
    """The distribution that all similar lines have."""
    seen = {one.analytic for one in similar}
    return dict(seen.pop()) or None if len(seen) == 1 else None


def _product(line: BillLine, similar: Sequence[BillLine]) -> int | None:
    """The product that all lines of this vendor with this text have."""
    told = [one for one in similar if _plain(one.text) == _plain(line.text)]
    seen = {one.product_id for one in told}
    return seen.pop() if len(seen) == 1 else None


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalpha() else " " for sign in text.lower()).split())
