"""Words on pages, grouped to lines: what every reader of a document works on."""

import re
import statistics
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands: page from 1, edges as shares (0 to 1) of the page's size."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Word:
    """A word and its rectangle in the page's own unit (points, or pixels after OCR)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    sure: float = 1.0  # how sure the reader is of the letters, 0 to 1

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words of one row of the page, from left to right."""

    words: list[Word]
    page: int
    number: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return statistics.median(word.middle for word in self.words)

    @property
    def height(self) -> float:
        return statistics.median(word.height for word in self.words)


@dataclass(slots=True)
class Page:
    """One page: its size and its lines from top to bottom."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Usual height of a word, the measure for distances."""
        heights = [word.height for line in self.lines for word in line.words]
        return statistics.median(heights) if heights else self.height / 80

    def box(self, words: Iterable[Word]) -> Box:
        """Return the rectangle round the words as shares of the page."""
        words = list(words)
        edges = (
            min(word.x0 for word in words) / self.width,
            min(word.top for word in words) / self.height,
            max(word.x1 for word in words) / self.width,
            max(word.bottom for word in words) / self.height,
        )
        return Box(self.number, *(round(min(max(edge, 0.0), 1.0), 4) for edge in edges))


def page_of(number: int, width: float, height: float, words: Iterable[Word]) -> Page:
    """Return the page with its words grouped to lines."""
    page = Page(number, width, height)
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        row = next((row for row in rows[:-7:-1] if _same_row(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    rows.sort(key=lambda row: statistics.median(word.middle for word in row))
    for index, row in enumerate(rows):
        row.sort(key=lambda word: word.x0)
        page.lines.append(Line(row, number, index))
    return page


def _same_row(row: list[Word], word: Word) -> bool:
    """A word belongs to the row of its nearest neighbour, so that slanted scans hold together."""
    near = min(row, key=lambda one: min(abs(one.x1 - word.x0), abs(one.x0 - word.x1)))
    tallest = max(min(near.height, word.height), 1.0)
    return abs(near.middle - word.middle) < 0.45 * tallest


_ODD = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "’": "'",
        "°": "o",
        "º": "o",
        "ª": "a",
        "ı": "i",
        "đ": "d",
    }
)


def fold(text: str) -> str:
    """Return the text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_ODD))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def squash(text: str) -> str:
    """Return folded letters and digits only, so that missing or odd spaces do not matter."""
    return re.sub(r"[^a-z0-9]", "", fold(text))
