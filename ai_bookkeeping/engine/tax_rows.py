"""Rows of tax by rate: a percentage with a base and its tax on one line."""

import re
from collections.abc import Sequence
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import Page, squash

from .bill_draft import TaxRow
from .labelling import Candidate
from .table_head import is_item_head

_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?) ?%")
_BARE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)(?![\d.,])")
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
    "moms",
    "dph",
    "mva",
    "alv",
    "afa",
    "ddv",
    "pdv",
    "kdv",
)
USUAL_RATES = [
    Decimal(rate)
    for rate in
        "19 7 20 10 5.5 2.1 21 9 6 12 4 22 5 13 25 15 8.1 7.7 2.6 2.5 3.8 17 8 16 14 18 "
        "6.6 8.25 8.875 7.25 9.5 23 24 27 25.5 13.5 14.975 11 8.5 28".split()
]  # fmt: skip
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
            if not rates and len(amounts) >= 2 and _below_tax_head(page, line):
                rates = _bare_rate(line.text, amounts)
            if not amounts or len(rates) != 1:
                continue
            row = _row(Decimal(rates[0].replace(",", ".")), amounts, line.text)
            if row and (row.rate not in rows or rows[row.rate].base is None):
                rows[row.rate] = row
    return sorted(rows.values(), key=lambda row: -row.rate)


def _below_tax_head(page: Page, line) -> bool:
    """Whether the heads of a table of taxes stand in the lines above."""
    return any(
        sum(word in squash(above.text) for word in _TAX_WORDS) and not _RATE.search(above.text)
        and not any(sign.isdigit() for sign in above.text) and not is_item_head(above)
        for above in page.lines[max(0, line.number - 4) : line.number]
    )  # fmt: skip


def _bare_rate(text: str, amounts: list[Decimal]) -> list[str]:
    """The number of the line that is the rate of two of its amounts: "1.200,00 21 252,00"."""
    found = set()
    for number in _BARE.findall(text):
        rate = Decimal(number.replace(",", "."))
        others = list(amounts)
        if rate in others:
            others.remove(rate)
        if 0 < rate < 30 and any(
            tax and abs(base * rate / 100 - tax) <= Decimal("0.01")
            for base in others for tax in others if base > tax
        ):  # fmt: skip
            found.add(number)
    usual = [number for number in found if Decimal(number.replace(",", ".")) in USUAL_RATES]
    return usual if len(usual) == 1 else list(found)


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
