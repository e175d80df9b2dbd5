"""From the rows of a remittance advice to the open documents they name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import squash

from .remittance import Row

LEAST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that is open; ``residual`` signed as the bank line that pays it.

    :param names: its number and the references printed on it
    :param discounted: what is to be paid while its cash discount may be taken, signed alike
    """

    id: int
    residual: Decimal
    names: tuple[str, ...]
    partner_id: int | None = None
    discounted: Decimal | None = None
    discount_date: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What the payment takes of one document; with a discount the whole of it."""

    document: OpenDocument
    amount: Decimal
    discount: Decimal = Decimal(0)

    @property
    def stays_open(self) -> Decimal:
        return self.document.residual - self.amount


@dataclass(frozen=True, slots=True)
class Allocation:
    """Parts that make the whole payment; ``problems`` say why they do not, as code and detail."""

    parts: tuple[Part, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        return bool(self.parts) and not self.problems


def allocate(
    rows: Sequence[Row],
    documents: Iterable[OpenDocument],
    amount: Decimal,
    day: date,
    partner_id: int | None = None,
    may_discount: bool = True,
) -> Allocation:
    """Return what the payment takes of each document.

    :param amount: of the bank line, positive
    :param day: of the bank line, for cash discounts
    :param partner_id: the payer where known; of several documents with one number his is taken
    """
    index = _by_name(documents)
    parts: list[Part] = []
    problems: list[tuple[str, str]] = []
    used: set[int] = set()
    for row in rows:
        document = _named(row, index, used, partner_id)
        if document is None:
            problems.append(("not_open", row.numbers[0]))
            continue
        used.add(document.id)
        part = _part(row, document, day, may_discount)
        if part is None:
            problems.append(("less_open", row.numbers[0]))
        else:
            parts.append(part)
    total = sum((part.amount - part.discount for part in parts), Decimal(0))
    if not problems and total != amount:
        problems.append(("other_amount", f"{total} / {amount}"))
    return Allocation(tuple(parts), tuple(problems))


def _by_name(documents: Iterable[OpenDocument]) -> dict[str, list[OpenDocument]]:
    index: dict[str, list[OpenDocument]] = {}
    for document in documents:
        for name in {squash(name) for name in document.names}:
            if sum(map(str.isdigit, name)) >= LEAST_DIGITS:
                index.setdefault(name, []).append(document)
    return index


def _named(row: Row, index, used: set[int], partner_id) -> OpenDocument | None:
    """Return the one open document the row names: whole, or by its digits where that is clear."""
    for number in row.numbers:
        found = [one for one in index.get(squash(number), ()) if one.id not in used]
        one = _the_one(found, row, partner_id)
        if one:
            return one
    for number in row.numbers:
        digits = re.sub(r"\D", "", number).lstrip("0")
        if len(digits) < 4:
            continue
        found = {
            one.id: one
            for name, several in index.items()
            if re.sub(r"\D", "", name).lstrip("0").endswith(digits)
            for one in several
            if one.id not in used and _fits(row, one)
        }
        one = _the_one(list(found.values()), row, partner_id)
        if one:
            return one
    return None


def _the_one(found: list[OpenDocument], row: Row, partner_id) -> OpenDocument | None:
    for wanted in (
        lambda one: partner_id is not None and one.partner_id == partner_id,
        lambda one: _fits(row, one),
        lambda one: True,
    ):
        some = [one for one in found if wanted(one)]
        if len(some) == 1:
            return some[0]
        found = some or found
    return None


def _fits(row: Row, document: OpenDocument) -> bool:
    """Whether the document's open amount is what the row says it asks for."""
    return document.residual in (row.gross, row.paid)


def _part(row: Row, document: OpenDocument, day: date, may_discount: bool) -> Part | None:
    """Return what is taken of a document; None where less is open than was paid."""
    same_side = (row.paid > 0) == (document.residual > 0)
    if not row.paid or not same_side or abs(row.paid) > abs(document.residual):
        return None
    missing = document.residual - row.paid
    in_time = document.discount_date is None or day <= document.discount_date
    if may_discount and missing and document.discounted == row.paid and in_time:
        return Part(document, document.residual, missing)
    return Part(document, row.paid)
