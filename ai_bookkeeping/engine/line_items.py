"""The bill's lines: rows between the table's head and the totals."""

import re
from collections.abc import Sequence
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import Page

from .bill_draft import DraftLine
from .labelling import Candidate
from .table_head import is_item_head

_END = re.compile(
    r"^(?:sub-?total|zwischensumme|netto|summe|gesamt|total|totaal|subtotaal|subtotal|"
    r"base imponible|imponibile|nettobetrag|"
    r"sous-total|montant|vat|mwst|ust|tva|btw|iva|zzgl|net\b|totale)",
    re.I,
)
_NUMBER = re.compile(r"^-?\d{1,6}(?:[.,]\d{1,4})?$")
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?) ?%")
MOST_LINES = 500


def line_items(pages: Sequence[Page], found: Sequence[Candidate]) -> list[DraftLine]:
    """Return the lines of the bill; empty where no table is recognised."""
    lines: list[DraftLine] = []
    for page in pages:
        head = next((line.number for line in page.lines if is_item_head(line)), None)
        if head is None:
            continue
        for line in page.lines[head + 1 :]:
            amounts = [
                one for one in found
                if one.kind == "amount" and one.page == page.number and one.line == line.number
            ]  # fmt: skip
            if _END.search(line.text) and amounts:
                break
            if amounts and len(lines) < MOST_LINES:
                lines.append(_item(page, line, amounts))
            elif lines and not amounts and len(lines[-1].description) < 300 and _is_text(line):
                near = line.top - page.lines[line.number - 1].bottom < 1.2 * page.size
                if near and lines[-1].box and lines[-1].box.page == page.number:
                    lines[-1].description = f"{lines[-1].description} {line.text}".strip()
    return lines


def _is_text(line) -> bool:
    return sum(sign.isalpha() for sign in line.text) > 3


def _item(page: Page, line, amounts: list[Candidate]) -> DraftLine:
    last = amounts[-1]
    used = {index for one in amounts for index in range(one.first, one.last + 1)}
    numbers = [
        (index, Decimal(word.text.replace(",", ".")))
        for index, word in enumerate(line.words)
        if _NUMBER.match(word.text) and index < last.first
    ]
    quantity, price, at = _factors(numbers, amounts)
    rate = _RATE.search(line.text)
    words = [
        word.text for index, word in enumerate(line.words)
        if index not in used and index != at
        and not _RATE.match(word.text) and word.text not in "€$£%"
    ]  # fmt: skip
    if words and re.fullmatch(r"\d{1,3}\.?", words[0]):
        words = words[1:]
    return DraftLine(
        description=" ".join(words),
        quantity=quantity,
        price=price,
        tax_rate=Decimal(rate[1].replace(",", ".")) if rate else None,
        amount=last.value,
        box=page.box(line.words),
    )


def _factors(numbers, amounts):
    """Quantity and price whose product is the amount, where the line prints them."""
    total = amounts[-1].value
    for index, quantity in numbers:
        for price in [one.value for one in amounts[:-1]] + [one for _i, one in numbers]:
            if price and abs(quantity * price - total) <= Decimal("0.02") and quantity:
                return quantity, price, index
    return None, (amounts[0].value if len(amounts) > 1 else None), None
