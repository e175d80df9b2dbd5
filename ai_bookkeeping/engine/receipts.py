"""Photographed or scanned single pages: several differently prepared readings and a vote."""

import time
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents import ocr
from odoo.addons.ai_finance_engine.documents.layout import Page
from odoo.addons.ai_finance_engine.documents.limits import UnreadableDocument

from . import receipt_values, text_bill
from .bill_draft import FIELDS, BillDraft, Choice, Field

FEW_WORDS = 20  # on a whole receipt: it may lie on its side
#: (preparation, page segmentation of Tesseract); the last only where the others leave doubt
PASSES = (("plain", 6), ("clean", 4), ("soft", 6), ("soft", 4))


def read_picture(draft: BillDraft, picture, filename: str, own_vats: Iterable[str], until: float):
    """Fill the draft from up to four readings of the picture.

    :param until: ``time.monotonic()`` after which no further reading is begun
    :raises UnreadableDocument: where not one reading succeeded
    """
    cropped = ocr.sized(ocr.crop_to_ink(picture))
    pages: list[Page] = []
    failed = None
    for turn, (way, segmentation) in enumerate(PASSES):
        if pages and time.monotonic() > until:
            break
        try:
            if turn:
                page = ocr.read_picture(cropped, 1, way, segmentation)
            else:
                cropped, page = first_pass(cropped)
        except UnreadableDocument as error:
            failed = error
            continue
        pages.append(page)
        if turn == len(PASSES) - 2 and _is_settled(pages):
            break
    if failed and not pages:
        raise failed
    read_passes(draft, pages, filename, own_vats)


def first_pass(cropped):
    """Return the picture as it is read, which is what boxes refer to, and its first reading."""
    way, segmentation = PASSES[0]
    page = ocr.read_picture(cropped, 1, way, segmentation)
    if sum(len(line.words) for line in page.lines) < FEW_WORDS:
        turned = ocr.upright(cropped)
        if turned is not cropped:
            return turned, ocr.read_picture(turned, 1, way, segmentation)
    return cropped, page


def _is_settled(pages: Sequence[Page]) -> bool:
    """Whether total and date are clear, so that one more reading is not worth its time."""
    guesses = (receipt_values.totals(pages), receipt_values.dates(pages, date.today()))
    return all(found and found[0].passes == len(pages) for found in guesses)


def read_passes(
    draft: BillDraft, pages: Sequence[Page], filename: str, own_vats: Iterable[str] = ()
) -> None:
    """Fill the draft from several readings of the same page."""
    drafts = []
    for page in pages:
        one = BillDraft()
        if page.lines:
            text_bill.read_pages(one, [page], filename, own_vats)
        drafts.append(one)
    best = max(drafts, key=lambda one: sum(getattr(one, name).confidence for name in FIELDS))
    for name in ("lines", "taxes", "order_numbers", "is_credit_note", "text"):
        setattr(draft, name, getattr(best, name))
    for name in FIELDS:
        setattr(draft, name, vote([getattr(one, name) for one in drafts]))
    if not is_invoice(draft):
        read_receipt(draft, pages)


def is_invoice(draft: BillDraft) -> bool:
    """Whether the scan is an invoice that was read with proof, not a till receipt."""
    three = (draft.untaxed.value, draft.tax.value, draft.total.value)
    adds_up = None not in three and bool(three[1]) and three[0] + three[1] == three[2]
    labelled = bool(draft.reference.value and draft.date.value and draft.vendor_vat.value)
    return adds_up and labelled


def read_receipt(draft: BillDraft, pages: Sequence[Page]) -> None:
    """Read total and date as those of a till receipt; other amounts must fit the total."""
    totals = receipt_values.totals(pages)
    if totals:
        draft.total = _field(totals, len(pages), 0.7)
    dates = receipt_values.dates(pages, date.today())
    if dates:
        draft.date = _field(dates, len(pages), 0.45)
    total, net, tax = draft.total.value, draft.untaxed.value, draft.tax.value
    if None not in (total, net, tax) and abs(net + tax - total) > Decimal("0.05"):
        draft.untaxed = Field(candidates=draft.untaxed.candidates)
        draft.tax = Field(candidates=draft.tax.candidates)
    due = draft.due_date.value
    if due and draft.date.value and due < draft.date.value:
        draft.due_date = Field(candidates=draft.due_date.candidates)


def _field(guesses: Sequence[receipt_values.Guess], passes: int, least: float) -> Field:
    """The heaviest guess; sure only where all passes saw it and nothing else comes near."""
    best = guesses[0]
    second = guesses[1].weight if len(guesses) > 1 else 0.0
    share = best.weight / (best.weight + second) if best.weight > 0 else 0.0
    top = [
        Choice(one.value, round(max(min(one.weight / 5, 0.95), 0.01), 2), one.box)
        for one in guesses[:3]
    ]
    if best.weight < least:
        return Field(candidates=top)
    sure = best.passes == passes > 1 and share > 0.7 and best.weight > 1.1 * passes
    return Field(best.value, round(0.95 * share, 2), sure, best.box, top)


def vote(fields: Sequence[Field]) -> Field:
    """Return the reading with most weight over all passes; sure only where two agree."""
    weights: dict = {}
    first: dict = {}
    for field in fields:
        for rank, choice in enumerate(field.candidates):
            chosen = rank == 0 and field.value is not None
            weight = field.confidence + 0.3 * field.sure if chosen else 0.15 * choice.confidence
            weights[choice.value] = weights.get(choice.value, 0.0) + weight
            first.setdefault(choice.value, choice)
    if not weights:
        return Field()
    order = sorted(weights, key=lambda value: -weights[value])
    top = [
        Choice(v, round(min(weights[v] / len(fields), 0.99), 2), first[v].box) for v in order[:3]
    ]
    winners = [field for field in fields if field.value == order[0]]
    if not winners:
        return Field(candidates=top)
    sure = sum(field.sure for field in winners) >= 2 and len(winners) == len(fields)
    box = next((field.box for field in winners if field.box), first[order[0]].box)
    return Field(order[0], top[0].confidence, sure, box, top)
