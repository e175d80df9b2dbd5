"""A bill read from words with positions, whether a PDF's own or those of OCR."""

import re
from collections.abc import Iterable, Sequence

from odoo.addons.ai_finance_engine.documents.layout import Page, fold, squash

from . import currency, details, header, line_items, parties, terms, totals
from .bill_draft import BillDraft, Choice, Field
from .known_vendors import KnownVendor, find_known, settle
from .labelling import labels_of, score_all
from .tax_rows import tax_rows
from .values import values_of

_CREDIT = re.compile(
    r"credit ?note|credit ?memo|gutschrift|rechnungskorrektur|stornorechnung|\bavoir\b|"
    r"facture d'avoir|note de credit|"
    r"credit ?nota|credit ?factuur|factura rectificativa|nota de credito|\babono\b|"
    r"nota di (?:credito|accredito)|tax credit note"
)
_PERCENT = re.compile(r"[1-9]\d?(?:[.,]\d{1,3})? ?%")
_BILL = re.compile(r"rechnung|invoice|facture|factuur|factura|fattura")


def read_pages(
    draft: BillDraft,
    pages: Sequence[Page],
    filename: str,
    own_vats: Iterable[str] = (),
    known: Sequence[KnownVendor] = (),
) -> None:
    """Fill the draft from the words of the pages."""
    found = []
    for page in pages:
        values = values_of(page)
        score_all(page, labels_of(page), values)
        found.extend(values)
    draft.text = "\n".join(line.text for page in pages for line in page.lines)
    draft.vendor_name, draft.vendor_vat, draft.vendor_iban = parties.parties(pages, own_vats)
    vendor = None
    if known:
        vendor, how, box = find_known(pages, known)
        if vendor:
            settle(draft, vendor, how, box)
    country = (draft.vendor_iban.value or draft.vendor_vat.value or "")[:2]
    draft.currency = currency.currency_field(pages, country)
    patterns = vendor.number_patterns if vendor else ()
    draft.reference = header.number_field(pages, found, filename, patterns)
    american = is_american(draft)
    draft.terms = terms.terms_of(pages)
    draft.date, draft.due_date = header.date_fields(pages, found, american, draft.terms)
    draft.service_from, draft.service_to = details.service_period(pages, found, american)
    draft.vendor_registry = details.registry_field(pages)
    draft.order_numbers = header.order_numbers(found)
    draft.taxes = tax_rows(pages, found)
    draft.untaxed, draft.tax, draft.total, negative = totals.solve(pages, found, draft.taxes)
    _without_tax(draft)
    draft.lines = line_items.line_items(pages, found)
    draft.is_credit_note = is_credit_note(pages, negative)
    if draft.is_credit_note and negative:
        _turn(draft)


def _without_tax(draft: BillDraft) -> None:
    """A bill that prints one sum and no rate has none: the sum is untaxed, though never sure."""
    if draft.source != "text" or draft.total.value is None or _PERCENT.search(draft.text):
        return
    if draft.untaxed.value is None and draft.tax.value is None:
        total = draft.total
        choice = Choice(total.value, 0.4, total.box)
        draft.untaxed = Field(total.value, 0.4, False, total.box, [choice])


def is_american(draft: BillDraft) -> bool:
    """Whether an open date like 03/04/2024 is meant with the month first."""
    if draft.currency.value not in ("USD", None) or draft.vendor_vat.value:
        return False
    if draft.vendor_iban.value:
        return False
    text = fold(draft.text)
    foreign = re.search(
        r"rechnung|facture|factuur|factura|fattura|\bvat\b|\babn\b|\bgst\b|sdn bhd", text
    )
    if foreign:
        return False
    return draft.currency.value == "USD" or bool(currency.STATE_ZIP.search(draft.text))


def is_credit_note(pages: Sequence[Page], negative: bool) -> bool:
    """Whether the bill's title says so, or it is negative and speaks of credit."""
    for page in pages[:1]:
        tallest = max((word.height for line in page.lines for word in line.words), default=0)
        for line in page.lines:
            text = fold(line.text)
            match = _CREDIT.search(text)
            if not match:
                continue
            is_title = line.height > 0.7 * tallest or len(squash(text)) < 45 or match.start() < 3
            early = line.number < max(0.6 * len(page.lines), 8)
            if is_title and early and not _is_remark(text):
                return True
    return negative


def _is_remark(text: str) -> bool:
    """ "Gutschrift auf Konto", "the credit note will follow": not the title."""
    return bool(
        re.search(r"konto|gutgeschrieben|will be|erfolgt|sera |wordt |se abonar|verra", text)
    )


def _turn(draft: BillDraft) -> None:
    """Amounts of credit notes are positive."""
    for line in draft.lines:
        if line.amount is not None:
            line.amount = -line.amount
    for row in draft.taxes:
        row.base = abs(row.base) if row.base is not None else None
        row.tax = abs(row.tax) if row.tax is not None else None
