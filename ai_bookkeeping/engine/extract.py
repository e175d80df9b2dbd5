"""Read a vendor bill from its file: electronic XML first, then the PDF's own text, then OCR."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

from odoo.addons.ai_finance_engine.documents import limits, ocr, pdf_words
from odoo.addons.ai_finance_engine.documents.layout import Page, squash
from odoo.addons.ai_finance_engine.documents.limits import UnreadableDocument

from . import einvoice, receipts, text_bill
from .bill_draft import FIELDS, BillDraft, Choice
from .known_vendors import KnownVendor

MESSAGES = {
    "encrypted": "The file is protected by a password and could not be read.",
    "broken_file": "The file is damaged or not what its name says.",
    "too_many_pages": "The file has more pages than are read from a bill.",
    "too_many_pixels": "The picture is larger than pictures that are read.",
    "too_large": "The file is larger than files that are read.",
    "empty": "The file is empty.",
    "unknown_kind": "This kind of file is not read.",
    "unsafe_xml": "The file declares entities, which electronic bills never do.",
    "not_a_bill": "The file is XML, but not an electronic bill.",
    "ocr_missing": "The file is a scan, and the text recognition is not installed.",
    "ocr_failed": "The text recognition gave up on this scan.",
    "no_text": "No text was found on the pages.",
    "hidden_text": "The file holds text that a reader does not see. It was not read.",
    "pages_skipped": "Only the first pages and the last one were read.",
    "no_arithmetic": "Untaxed amount and tax do not add up to the total.",
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM", b"RIFF")
XML_PARTS = (
    *FIELDS, "lines", "taxes", "order_numbers", "terms", "service_from", "service_to",
    "vendor_registry", "is_credit_note", "source",
)  # fmt: skip
_UPRIGHT_WORDS = 25  # fewer words with sense than this: try the other orientations


def extract(
    content: bytes,
    filename: str,
    own_vats: Iterable[str] = (),
    known: Iterable[KnownVendor] | None = None,
) -> BillDraft:
    """Return what could be read; a file that cannot be read gives problems, never an error.

    :param own_vats: VAT ids of the company that got the bill, never taken for the vendor's
    :param known: vendors of the company's books: an id of theirs on the page settles the vendor
    """
    draft = BillDraft()
    started = time.monotonic()
    try:
        job = _Job(
            filename or "", tuple(own_vats), tuple(known or ()), started + limits.TOTAL_SECONDS
        )
        _read(draft, content, job)
    except UnreadableDocument as error:
        _trouble(draft, error.code, error.detail)
    except (ValueError, KeyError, IndexError, OSError, RuntimeError, MemoryError, ArithmeticError,
            TypeError, AttributeError, RecursionError) as error:  # fmt: skip
        # hostile files find paths nobody thought of; the bill's file is kept all the same
        _trouble(draft, "broken_file", f"{type(error).__name__}: {error}"[:200])
    return draft


@dataclass(frozen=True, slots=True)
class _Job:
    """What goes with the file: its name, whose VAT ids are ours, known vendors, when to stop."""

    filename: str
    own_vats: tuple[str, ...]
    known: tuple[KnownVendor, ...]
    until: float


def _trouble(draft: BillDraft, code: str, detail: str = "", page: int | None = None) -> None:
    message = MESSAGES.get(code, code)
    draft.trouble(code, f"{message} ({detail})" if detail else message, page)


def _read(draft: BillDraft, content: bytes, job: _Job) -> None:
    if not content or not content.strip():
        raise UnreadableDocument("empty")
    if len(content) > limits.MAX_BYTES:
        raise UnreadableDocument("too_large", f"{len(content):,} bytes")
    kind = kind_of(content)
    if kind == "xml":
        root = einvoice.root_of(content.lstrip())
        if root is None:
            raise UnreadableDocument("not_a_bill")
        einvoice.read_xml(draft, root)
    elif kind == "pdf":
        _read_pdf(draft, content, job)
    elif kind == "picture":
        _read_picture(draft, content, job)
    else:
        raise UnreadableDocument("unknown_kind")


def kind_of(content: bytes) -> str:
    """Tell ``pdf``, ``xml``, ``picture`` or ``unknown`` by the content; names of files lie."""
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_PICTURES):
        return "picture"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<?xml") or re.match(rb"<(?:\w+:)?\w+[\s>]", text):
        return "unknown" if re.match(rb"<(?:!doctype )?html", text, re.I) else "xml"
    if head.startswith((b"\xff\xfe<", b"\xfe\xff")):
        return "xml"
    return "unknown"


def _read_pdf(draft: BillDraft, content: bytes, job: _Job) -> None:
    document = pdf_words.open_pdf(content)
    try:
        draft.pages = len(document)
        if _from_attachment(draft, document):
            _show_on_pages(draft, document, job)
            return
        text = pdf_words.read_pdf(document, job.until)
        for number, hidden in text.hidden:
            _trouble(draft, "hidden_text", hidden[:120], number)
        if text.skipped:
            _trouble(draft, "pages_skipped", f"{text.skipped} of {text.total_pages} left out")
        pages = [page for page in text.pages if page.number not in text.pictures]
        draft.source = "text"
        if not pages:
            pages = _scanned(draft, document, text.pictures, job.until)
        if not pages:
            pages = [page for page in text.pages if page.lines]
        if not pages:
            raise UnreadableDocument("no_text")
        _read_words(draft, pages, job)
    finally:
        pdf_words.close(document)


def _from_attachment(draft: BillDraft, document: pypdfium2.PdfDocument) -> bool:
    """Read the electronic bill inside the PDF, if there is one that is whole."""
    with pdf_words.PDFIUM:
        embedded = einvoice.embedded_xml(document)
    for xml in embedded:
        try:
            root = einvoice.root_of(xml)
        except UnreadableDocument as error:
            _trouble(draft, error.code, error.detail)
            continue
        if root is None:
            continue
        one = BillDraft()
        einvoice.read_xml(one, root)
        if one.reference.value is None and one.total.value is None:
            _trouble(draft, "not_a_bill")
            continue  # the pages say more
        for name in XML_PARTS:
            setattr(draft, name, getattr(one, name))
        draft.problems += one.problems
        return True
    return False


def _show_on_pages(draft: BillDraft, document: pypdfium2.PdfDocument, job: _Job) -> None:
    """Find the values of the electronic bill on the pages, so that they can be shown there."""
    seen = BillDraft()
    try:
        text = pdf_words.read_pdf(document, job.until)
        pages = [page for page in text.pages if page.lines]
        if pages:
            text_bill.read_pages(seen, pages, job.filename, job.own_vats)
    except (UnreadableDocument, ValueError, ArithmeticError, LookupError, AttributeError):
        return  # the electronic bill is whole without its picture
    draft.text = seen.text
    for name in (*FIELDS, "service_from", "service_to"):
        field, page = getattr(draft, name), getattr(seen, name)
        for choice in page.candidates:
            if field.value is not None and choice.box and _same(choice.value, field.value):
                field.box = choice.box
                field.candidates = [Choice(field.value, field.confidence, choice.box)]
                break
    if not draft.lines:  # the smallest profiles carry none
        draft.lines = seen.lines


def _same(one, other) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return squash(one) == squash(other)
    return one == other


def _scanned(draft, document, numbers: list[int], until: float) -> list[Page]:
    """Read pages that are pictures; one that stands on its side is turned first."""
    draft.source = "ocr"
    pages = []
    for number in numbers[: limits.MAX_OCR_PAGES]:
        if time.monotonic() > until:
            _trouble(draft, "pages_skipped", "time ran out")
            break
        picture = pdf_words.render(document, number)
        if picture.getextrema()[0] > 250:
            continue
        try:
            pages.append(read_upright(picture, number))
        except UnreadableDocument as error:
            _trouble(draft, error.code, error.detail, number)
    if len(numbers) > limits.MAX_OCR_PAGES:
        _trouble(draft, "pages_skipped", f"{len(numbers) - limits.MAX_OCR_PAGES} scans left out")
    return [page for page in pages if page.lines]


def read_upright(picture, number: int = 1) -> Page:
    """Read a page by OCR; where it gives little sense, turn it upright and read again."""
    return turned_upright(picture, number)[1]


def turned_upright(picture, number: int = 1):
    """Return the picture as it was read, which is what boxes refer to, and its page."""
    page = ocr.read_picture(picture, number, "plain", 4)
    if sensible_words(page) >= _UPRIGHT_WORDS:
        return picture, page
    turned = ocr.upright(picture)
    if turned is picture:
        return picture, page
    again = ocr.read_picture(turned, number, "plain", 4)
    if sensible_words(again) > sensible_words(page):
        return turned, again
    return picture, page


def sensible_words(page: Page) -> int:
    """Count words of letters or digits that OCR was sure of."""
    return sum(
        word.sure > 0.6 and len(word.text) > 2 and word.text.strip(".,:;()").isalnum()
        for line in page.lines
        for word in line.words
    )


def _read_picture(draft: BillDraft, content: bytes, job: _Job) -> None:
    draft.source, draft.pages = "ocr", 1
    picture = ocr.open_picture(content)
    receipts.read_picture(draft, picture, job.filename, job.own_vats, job.until, job.known)
    if not draft.text.strip():
        raise UnreadableDocument("no_text")
    _check(draft)


def _read_words(draft: BillDraft, pages: list[Page], job: _Job) -> None:
    text_bill.read_pages(draft, pages, job.filename, job.own_vats, job.known)
    _check(draft)


def _check(draft: BillDraft) -> None:
    """Say where the three amounts contradict each other."""
    three = (draft.untaxed.value, draft.tax.value, draft.total.value)
    if None not in three and three[0] + three[1] != three[2]:
        _trouble(draft, "no_arithmetic", f"{three[0]} + {three[1]}, {three[2]}")
