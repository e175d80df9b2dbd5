"""Words of a PDF with their positions, and those that a reader of the page would not see."""

import ctypes
import functools
import math
import threading
import time
from dataclasses import dataclass, field

import numpy
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from . import limits
from .layout import Page, Word, page_of

LEAST_SIZE = 2.5  # points; smaller letters are not meant to be read
LEAST_HIDDEN = 8  # letters; less is a stray word behind a picture, no message
LEAST_CONTRAST = 28  # of 255, between the darkest and the lightest spot under a word
GAP = 0.17  # of the letter size: a wider gap between letters parts words
SCAN_WORDS = 8  # a page with fewer words of its own is a picture


#: PDFium knows no threads: whoever calls it holds this, for one page at most.
PDFIUM = threading.RLock()


def alone(function):
    """Let one thread of the process at a time into ``function``, which calls PDFium."""

    @functools.wraps(function)
    def guarded(*args, **kwargs):
        with PDFIUM:
            return function(*args, **kwargs)

    return guarded


@dataclass(slots=True)
class PdfText:
    """A PDF's pages; ``pictures`` are the numbers of pages without words, to be read by OCR."""

    pages: list[Page] = field(default_factory=list)
    hidden: list[tuple[int, str]] = field(default_factory=list)  # page number and text
    pictures: list[int] = field(default_factory=list)
    total_pages: int = 0
    skipped: int = 0


@dataclass(slots=True)
class _Letter:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@alone
def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """Open the PDF; the error names why not: encrypted, broken, empty, too many pages."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "broken_file"
        raise limits.UnreadableDocument(code, str(error)) from error
    if len(document) > limits.MAX_PAGES:
        raise limits.UnreadableDocument("too_many_pages", str(len(document)))
    if not len(document):
        raise limits.UnreadableDocument("empty")
    return document


def close(document: pypdfium2.PdfDocument) -> None:
    """Close the PDF."""
    with PDFIUM:
        document.close()


def read_page(document: pypdfium2.PdfDocument, number: int) -> PdfText:
    """Return the words of one page (from 1).

    :raises UnreadableDocument: ``broken_file``
    """
    result = PdfText(total_pages=len(document))
    try:
        _read_page(document, number - 1, result)
    except pypdfium2.PdfiumError as error:
        raise limits.UnreadableDocument("broken_file", str(error)) from error
    return result


def read_pdf(document: pypdfium2.PdfDocument, until: float | None = None) -> PdfText:
    """Return words of the first pages and the last one.

    :param until: ``time.monotonic()`` at which to stop between pages
    """
    total = len(document)
    numbers = list(range(min(total, limits.READ_PAGES)))
    if total > len(numbers):
        numbers[-1] = total - 1  # totals stand on the last page
    result = PdfText(total_pages=total, skipped=total - len(numbers))
    for index in numbers:
        if until and time.monotonic() > until:
            result.skipped += 1
            continue
        try:
            _read_page(document, index, result)
        except pypdfium2.PdfiumError as error:
            raise limits.UnreadableDocument("broken_file", str(error)) from error
    return result


@alone
def render(document: pypdfium2.PdfDocument, number: int, dpi: int = 200) -> Image.Image:
    """Return a page (from 1) as a grey picture, smaller where the page is huge."""
    page = document[number - 1]
    scale = _scale(page, dpi / 72)
    return page.render(scale=scale, grayscale=True).to_pil().convert("L")


@alone
def render_to_look_at(document: pypdfium2.PdfDocument, number: int, width: int) -> Image.Image:
    """Return a page (from 1) in colour, ``width`` pixels wide or less where the page is huge.

    :raises UnreadableDocument: ``broken_file``
    """
    try:
        page = document[number - 1]
        scale = _scale(page, width / max(page.get_width(), 1))
        return page.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise limits.UnreadableDocument("broken_file", str(error)) from error


def _scale(page, scale: float) -> float:
    """Keep the pixels of a page within what is rendered."""
    width, height = page.get_size()
    wanted = width * height * scale * scale
    if wanted > limits.RENDER_PIXELS:
        scale *= math.sqrt(limits.RENDER_PIXELS / wanted)
    return scale


@alone
def _read_page(document: pypdfium2.PdfDocument, index: int, result: PdfText) -> None:
    page, number = document[index], index + 1
    width, height = page.get_size()
    words, hidden = [], []
    letters = _letters(page)
    if letters:
        grey = _picture(page)
        for word, size in _words(letters):
            target = words if _is_seen(word, size, grey, width, height) else hidden
            target.append(word)
    if len(words) < SCAN_WORDS:
        result.pictures.append(number)
    seen = _without_doubles(words)[: limits.MAX_WORDS]
    result.pages.append(page_of(number, width, height, seen))
    text = " ".join(word.text for word in hidden)
    if sum(sign.isalnum() for sign in text) >= LEAST_HIDDEN:
        result.hidden.append((number, text[:500]))


def _picture(page) -> numpy.ndarray:
    """The page as it looks, one pixel a point: the judge of what can be seen."""
    width, height = page.get_size()
    scale = min(1.0, 1200 / max(width, height, 1))
    return (
        page.render(scale=scale, grayscale=True)
        .to_numpy()
        .reshape(math.ceil(height * scale), math.ceil(width * scale), -1)[:, :, 0]
    )


def _letters(page) -> list[_Letter | None]:
    """Letters in the order of the file, turned as the page is shown; ``None`` for a gap."""
    text_page = page.get_textpage()
    raw, count = text_page.raw, text_page.count_chars()
    turn = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    found: list[_Letter | None] = []
    for index in range(min(count, limits.MAX_CHARS_A_PAGE)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        sign = chr(code) if 31 < code < 0xD800 else " "
        if sign.isspace():
            if pdfium.FPDFText_IsGenerated(raw, index) != 1:
                found.append(None)
            continue
        angle = math.degrees(pdfium.FPDFText_GetCharAngle(raw, index))
        if all(30 < (angle + way) % 360 < 330 for way in (turn, -turn)):
            continue  # text along the edge, stamps
        box = _letter_box(raw, index)
        if box:
            x0, y0, x1, y1 = box
            shown = (x0 - left, y0 - bottom, x1 - left, y1 - bottom)
            box = _turned(turn, shown, right - left, top - bottom)
            found.append(_Letter(sign, *box, box[3] - box[1]))
    return found


def _letter_box(raw, index: int) -> tuple[float, float, float, float] | None:
    """The room the font gives the letter: a dash is as high, a "1" as wide as their neighbours."""
    edges = [ctypes.c_double() for _edge in range(4)]
    if not pdfium.FPDFText_GetCharBox(raw, index, *map(ctypes.byref, edges)):
        return None
    x0, x1, y0, y1 = (edge.value for edge in edges)
    loose = pdfium.FS_RECTF()
    if pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(loose)):
        low, high = sorted((loose.bottom, loose.top))
        left, right = sorted((loose.left, loose.right))
        if y1 - y0 <= high - low + 1:
            y0, y1 = low, high
        if left - 0.2 * (x1 - x0) <= x0 <= x1 <= right + 0.4 * (x1 - x0) and right - left < 3 * (
            high - low
        ):
            x0, x1 = left, right
    return x0, y0, x1, y1


def _turned(turn: int, box: tuple, width: float, height: float) -> tuple:
    """Edges from the top left corner of the page as it is shown."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return (y0, x0, y1, x1)
    if turn == 180:
        return (width - x1, y0, width - x0, y1)
    if turn == 270:
        return (height - y1, width - x1, height - y0, width - x0)
    return (x0, height - y1, x1, height - y0)


def _words(letters: list[_Letter | None]):
    """Join letters that follow each other without a gap; yield the word and its letter size."""
    run: list[_Letter] = []
    for letter in [*letters, None]:
        if letter is not None and (not run or _goes_on(run[-1], letter)):
            run.append(letter)
            continue
        if run:
            yield _word(run)
        run = [letter] if letter is not None else []


def _goes_on(last: _Letter, letter: _Letter) -> bool:
    size = max(min(last.size, letter.size), 1.0)
    gap = letter.x0 - last.x1
    level = abs((letter.top + letter.bottom) - (last.top + last.bottom)) / 2
    return -0.6 * size < gap < GAP * size and level < 0.7 * size


def _word(run: list[_Letter]) -> tuple[Word, float]:
    top, bottom = min(one.top for one in run), max(one.bottom for one in run)
    size = max(one.size for one in run)
    text = "".join(one.text for one in run)
    return Word(text, min(one.x0 for one in run), top, max(one.x1 for one in run), bottom), size


def _is_seen(word: Word, size: float, grey: numpy.ndarray, width: float, height: float) -> bool:
    """Whether a person sees the word: on the page, large enough, unlike its ground."""
    if word.x1 < 0 or word.bottom < 0 or word.x0 > width or word.top > height:
        return False
    if size < LEAST_SIZE:
        return False
    ratio = grey.shape[1] / width
    spot = grey[
        max(math.floor(word.top * ratio) - 1, 0) : math.ceil(word.bottom * ratio) + 1,
        max(math.floor(word.x0 * ratio) - 1, 0) : math.ceil(word.x1 * ratio) + 1,
    ]
    if not any(sign.isalnum() for sign in word.text):
        return True
    return spot.size == 0 or int(spot.max()) - int(spot.min()) >= LEAST_CONTRAST


def _without_doubles(words: list[Word]) -> list[Word]:
    """Bold by printing twice leaves every word there twice, a hair's breadth apart."""
    kept, seen = [], set()
    for word in words:
        keys = {
            (word.text, round((word.x0 + dx) / 3), round((word.top + dy) / 3))
            for dx in (-0.8, 0, 0.8)
            for dy in (-0.8, 0, 0.8)
        }
        if not keys & seen:
            kept.append(word)
            seen.add((word.text, round(word.x0 / 3), round(word.top / 3)))
    return kept
