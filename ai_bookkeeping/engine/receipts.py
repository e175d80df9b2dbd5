"""Photographed or scanned single pages: several differently prepared readings and a vote."""

import time
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents import ocr
from odoo.addons.ai_finance_engine.documents.layout import Box, Line, Page, Word
from odoo.addons.ai_finance_engine.documents.limits import UnreadableDocument

from . import receipt_values, text_bill
from .bill_draft import FIELDS, BillDraft, Choice, Field
from .known_vendors import KnownVendor

FEW_WORDS = 20  # on a whole receipt: it may lie on its side
#: (preparation, page segmentation of Tesseract); the fourth only where the others leave doubt,
#: the last two only where total or date was not seen at all
LINE_PASSES = ((1.6, "plain"), (2.2, "plain"), (1.6, "clean"), (2.2, "clean"))
DOUBTFUL = 3  # readings whose lines are read again
PASSES = (("plain", 6), ("clean", 4), ("soft", 6), ("soft", 4), ("clean", 6), ("plain", 4))


def read_picture(
    draft: BillDraft, picture, filename: str, own_vats: Iterable[str], until: float, known=()
):
    """Fill the draft from up to six readings of the picture.

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
        if turn == 2 and _is_settled(pages) or turn >= 3 and not _is_missing(pages):
            break
    if failed and not pages:
        raise failed
    lines = lines_again(cropped, pages, until)
    read_passes(draft, pages, filename, own_vats, known, lines)


def lines_again(picture, pages: Sequence[Page], until: float) -> list[Page]:
    """Read the lines of doubtful totals and dates again, each by itself and larger."""
    found: list[Page] = []
    for guesses in (receipt_values.totals(pages), receipt_values.dates(pages, date.today())):
        if guesses and guesses[0].passes == len(pages) and _leads(guesses):
            continue
        boxes = []
        for guess in guesses[:DOUBTFUL]:
            if guess.box and guess.weight > 0.3 and not any(_overlap(guess.box, x) for x in boxes):
                boxes.append(guess.box)
        for box in boxes:
            for scale, way in LINE_PASSES:
                if time.monotonic() > until:
                    return found
                text = ocr.read_line(picture, box, scale, way)
                if text:
                    found.append(_page_of_line(text, box))
    return found


def _leads(guesses: Sequence[receipt_values.Guess]) -> bool:
    return len(guesses) < 2 or guesses[0].weight > 2 * guesses[1].weight


def _overlap(one: Box, other: Box) -> bool:
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * (one.bottom - one.top)


def _page_of_line(text: str, box: Box) -> Page:
    """A page with one line, at its place, in shares of the page."""
    words = [Word(word, box.x0, box.top, box.x1, box.bottom) for word in text.split()]
    return Page(1, 1.0, 1.0, [Line(words, 1)])


def _is_missing(pages: Sequence[Page]) -> bool:
    """Whether nothing that could be the total or the date was seen so far."""
    totals = receipt_values.totals(pages)
    return (
        not totals or totals[0].weight < 0.7 or not receipt_values.dates(pages, date.today())
    )  # fmt: skip


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
    draft: BillDraft,
    pages: Sequence[Page],
    filename: str,
    own_vats: Iterable[str] = (),
    known: Sequence[KnownVendor] = (),
    lines: Sequence[Page] = (),
) -> None:
    """Fill the draft from several readings of the same page."""
    drafts = []
    for page in pages:
        one = BillDraft()
        if page.lines:
            text_bill.read_pages(one, [page], filename, own_vats, known)
        drafts.append(one)
    best = max(drafts, key=lambda one: sum(getattr(one, name).confidence for name in FIELDS))
    for name in ("lines", "taxes", "order_numbers", "terms", "is_credit_note", "text"):
        setattr(draft, name, getattr(best, name))
    for name in (*FIELDS, "service_from", "service_to", "vendor_registry"):
        setattr(draft, name, vote([getattr(one, name) for one in drafts]))
    if not is_invoice(draft):
        read_receipt(draft, pages, lines)


def is_invoice(draft: BillDraft) -> bool:
    """Whether the scan is an invoice that was read with proof, not a till receipt."""
    three = (draft.untaxed.value, draft.tax.value, draft.total.value)
    adds_up = None not in three and bool(three[1]) and three[0] + three[1] == three[2]
    labelled = bool(draft.reference.value and draft.date.value and draft.vendor_vat.value)
    return adds_up and labelled


def read_receipt(draft: BillDraft, pages: Sequence[Page], lines: Sequence[Page] = ()) -> None:
    """Read total and date as those of a till receipt; other amounts must fit the total."""
    totals = receipt_values.totals(pages, lines)
    if totals:
        draft.total = _field(totals, len(pages), 0.7)
    dates = receipt_values.dates(pages, date.today(), lines)
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
