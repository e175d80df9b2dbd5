"""Rows of tax by rate: a percentage with a base and its tax on one line."""

import re
from collections.abc import Sequence
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import Page, squash

from .bill_draft import TaxRow
from .labelling import Candidate

_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?) ?%")
_TAX_WORDS = (
    "vat",
    "tax",
    "mwst",
    "ust",
    "umsatzsteuer",
    "mehrwertsteuer",
    "tva",
    "taxe",
    "btw",
    "iva",
    "gst",
)
TWO_CENTS = Decimal("0.02")


def tax_rows(pages: Sequence[Page], found: Sequence[Candidate]) -> list[TaxRow]:
    """Return one row a rate, from lines that print the rate beside its amounts."""
    rows: dict[Decimal, TaxRow] = {}
    for page in pages:
        for line in page.lines:
            amounts = [
                one.value for one in found
                if one.kind == "amount" and one.page == page.number and one.line == line.number
            ]  # fmt: skip
            rates = _RATE.findall(line.text)
            if not amounts or len(rates) != 1:
                continue
            row = _row(Decimal(rates[0].replace(",", ".")), amounts, line.text)
            if row and (row.rate not in rows or rows[row.rate].base is None):
                rows[row.rate] = row
    return sorted(rows.values(), key=lambda row: -row.rate)


def _row(rate: Decimal, amounts: list[Decimal], text: str) -> TaxRow | None:
    """A row if base times rate is the tax, or if only a tax stands beside its name."""
    named = any(word in squash(text) for word in _TAX_WORDS)
    for base in amounts:
        for tax in amounts:
            if base != tax and tax and abs(base * rate / 100 - tax) <= TWO_CENTS:
                return TaxRow(rate, base, tax)
    if named and len(amounts) == 1 and rate:
        return TaxRow(rate, None, amounts[0])
    return None
