"""Pages of a bill as a person looks at them: a picture, and its words with their places."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image

from odoo.addons.ai_finance_engine.documents import limits, ocr, pdf_words
from odoo.addons.ai_finance_engine.documents.layout import Page
from odoo.addons.ai_finance_engine.documents.limits import UnreadableDocument

from . import receipts
from .extract import kind_of, turned_upright

WIDTHS = (600, 900, 1200, 1800)  # pixels a page is drawn at; few, so that pictures are kept
MOST_WORDS = 6_000  # of a page, more is no text but a pattern
SHOWN_TEXT = 80  # signs of a word


@dataclass(frozen=True, slots=True)
class PageView:
    """One page to look at.

    :param words: ``(text, left, top, right, bottom, line)``, edges as shares of the page
    :param picture: grey picture of a scan as it was read, PNG; ``None`` where the page has text
    """

    pages: int
    width: float
    height: float
    words: tuple[tuple[str, float, float, float, float, int], ...]
    picture: bytes | None = None


def view(content: bytes, number: int) -> PageView:
    """Return the words of a page; of a scan, by text recognition, also how it was turned.

    :param number: from 1
    :raises UnreadableDocument: ``no_such_page``, or what the readers of files raise
    """
    kind = _kind(content)
    with _no_surprise():
        if kind == "pdf":
            return _pdf_view(content, number)
        if number != 1:
            raise UnreadableDocument("no_such_page")
        picture = ocr.sized(ocr.crop_to_ink(ocr.open_picture(content)))
        return _scan_view(1, *receipts.first_pass(picture))


def picture(content: bytes, number: int, width: int, seen: PageView) -> bytes:
    """Return a page as PNG, about ``width`` pixels wide.

    :param seen: what ``view`` returned for this page
    :raises UnreadableDocument: what the readers of files raise
    """
    width = next((step for step in WIDTHS if step >= width), WIDTHS[-1])
    with _no_surprise():
        if seen.picture is None:
            with _document(content, number) as document:
                drawn = pdf_words.render_to_look_at(document, number, width)
        else:
            drawn = Image.open(io.BytesIO(seen.picture))
            if drawn.width > width:
                drawn = drawn.resize((width, max(round(drawn.height * width / drawn.width), 1)))
        return _png(drawn)


def _kind(content: bytes) -> str:
    if not content or not content.strip():
        raise UnreadableDocument("empty")
    if len(content) > limits.MAX_BYTES:
        raise UnreadableDocument("too_large")
    kind = kind_of(content)
    if kind not in ("pdf", "picture"):
        raise UnreadableDocument("unknown_kind")
    return kind


def _pdf_view(content: bytes, number: int) -> PageView:
    with _document(content, number) as document:
        text = pdf_words.read_page(document, number)
        pages = text.total_pages
        if not text.pictures:
            return _view(pages, text.pages[0])
        drawn = pdf_words.render(document, number)
    if drawn.getextrema()[0] > 250:
        return _view(pages, text.pages[0])  # an empty page
    try:
        return _scan_view(pages, *turned_upright(drawn, number))
    except UnreadableDocument as error:
        if error.code not in ("ocr_missing", "ocr_failed"):
            raise
        return _view(pages, text.pages[0])  # to look at, without words to click


def _scan_view(pages: int, drawn: Image.Image, page: Page) -> PageView:
    return _view(pages, page, _png(drawn))


def _view(pages: int, page: Page, drawn: bytes | None = None) -> PageView:
    words = []
    for line in page.lines:
        for word in line.words:
            if len(words) < MOST_WORDS:
                box = page.box([word])
                words.append(
                    (word.text[:SHOWN_TEXT], box.x0, box.top, box.x1, box.bottom, line.number)
                )
    return PageView(pages, page.width, page.height, tuple(words), drawn)


def _png(drawn: Image.Image) -> bytes:
    target = io.BytesIO()
    drawn.save(target, "PNG", compress_level=4)
    return target.getvalue()


@contextmanager
def _document(content: bytes, number: int) -> Iterator:
    document = pdf_words.open_pdf(content)
    try:
        with pdf_words.PDFIUM:
            pages = len(document)
        if not 1 <= number <= pages:
            raise UnreadableDocument("no_such_page")
        yield document
    finally:
        pdf_words.close(document)


@contextmanager
def _no_surprise() -> Iterator[None]:
    """Hostile files find paths nobody thought of; they end in a message like the others."""
    try:
        yield
    except (ValueError, KeyError, IndexError, OSError, RuntimeError, MemoryError, ArithmeticError,
            TypeError, AttributeError, RecursionError) as error:  # fmt: skip
        raise UnreadableDocument("broken_file", type(error).__name__) from error
