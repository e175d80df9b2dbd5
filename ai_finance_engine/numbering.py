"""Take document numbers apart and learn how a company numbers its documents.

From the documents' own numbers the series are learned: prefix, year, width, highest number.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .names import fold

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"[0-9]+")
_PREFIX = re.compile(r"\s*([^\W\d_]+)")
_fold = lru_cache(maxsize=1 << 12)(fold)  # the same few prefixes again and again
SHORT_YEAR_SHARE = 0.8  # of a prefix's documents must begin with the year's two digits


@dataclass(frozen=True, slots=True)
class Document:
    """A document number taken apart.

    :param key: caller's id of the document
    :param letters: folded words of the number, prefix first
    :param groups: its digit groups as written
    :param year: year in the number, if any
    :param number: running number as written, leading zeros kept
    """

    key: int
    text: str
    letters: tuple[str, ...]
    groups: tuple[str, ...]
    year: int | None
    number: str

    @property
    def prefix(self) -> str:
        """First word of the number, "" if it begins with digits or has none."""
        return self.letters[0] if self.letters else ""


@dataclass(slots=True)
class Series:
    """What was learned about one prefix: highest and lowest number by year (None: no year)."""

    width: int = 0
    lowest: dict[int | None, int] = field(default_factory=dict)
    highest: dict[int | None, int] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Widen the series by one document."""
        number = int(document.number)
        self.width = max(self.width, len(document.number))
        year = document.year
        self.lowest[year] = min(number, self.lowest.get(year, number))
        self.highest[year] = max(number, self.highest.get(year, number))

    def may_contain(self, year: int | None, number: str) -> bool:
        """Tell whether a number could be one of the series, open or not."""
        if year is None and None not in self.highest:
            year = max(filter(None, self.highest), default=None)
        if year not in self.highest:
            near = year is not None and (year + 1 in self.highest or year - 1 in self.highest)
            return near and len(number) == self.width
        value = int(number)
        return 0 < value <= self.highest[year] * 5 // 4 + 50 and len(number) <= self.width

    def is_older(self, year: int | None, number: str) -> bool:
        """Tell whether a number written like the series' own is of a year before all open ones."""
        years = [known for known in self.highest if known]
        return bool(year and years) and year < min(years) and len(number) == self.width


def parse_document(key: int, text: str, year: int | None, short_year: bool = False) -> Document:
    """Take a document number apart.

    :param year: year of the document's date, to recognise it in the number
    :param short_year: the running number is known to begin with the year's two digits
    """
    letters = tuple(map(_fold, _LETTERS.findall(text)))
    groups = tuple(_DIGITS.findall(text))
    found, number = None, groups[-1] if groups else ""
    if len(groups) >= 2:
        found, number = _year_in_groups(groups, year)
    elif groups and year and len(number) >= 6 and abs(int(number[:4]) - year) <= 1:
        found, number = int(number[:4]), number[4:]
    elif groups and year and short_year and len(number) >= 5:
        found, number = 2000 + int(number[:2]), number[2:]
    return Document(key, text, letters, groups, found, number)


def _year_in_groups(groups: tuple[str, ...], year: int | None) -> tuple[int | None, str]:
    """Return (year, running number) of a number of several groups."""
    for position, group in enumerate(groups):
        if is_year(group) and (year is None or abs(int(group) - year) <= 1):
            last = position == len(groups) - 1
            return int(group), groups[-2] if last else groups[-1]
    if year and len(groups[0]) == 2 and abs(int(groups[0]) - year % 100) <= 1:
        return 2000 + int(groups[0]), groups[-1]
    return None, groups[-1]


def is_year(group: str) -> bool:
    """Tell whether a digit group is a year of this century."""
    return len(group) == 4 and group.startswith("20")


def prefix_of(text: str) -> str:
    """Return the folded word a number begins with, "" if there is none."""
    match = _PREFIX.match(text)
    return _fold(match[1]) if match else ""


def ends_of_series(
    numbers: Iterable[tuple[str, int | None]], fewest: int = 0, most: int = 64
) -> list[tuple[str, int | None, int]]:
    """Return the lowest and highest of all numbers that differ in their last digits only.

    What is learned from a series is learned from its ends, so few of many need to be read.

    :param fewest: last digits of the numbers to look at, at least; and at most
    :return: (number, year, how many it stands for), in the order of the numbers
    """
    ends: dict[tuple, list] = {}
    for low, high, year, count in _blocks(numbers):
        head = low.rstrip("0123456789")
        size = len(low) - len(head)
        if not fewest <= size <= most:
            continue
        # the year may stand before the running number without a separator
        start = low[len(head) : len(head) + 2] if size > 4 else ""
        if start == "20" and size > 5:
            start = low[len(head) : len(head) + 4]
        key = (head, year, size, start)
        found = ends.get(key)
        if found is None:
            ends[key] = [low, high, count]
            continue
        found[2] += count
        found[0] = min(low, found[0])
        found[1] = max(high, found[1])
    return [
        (text, key[1], count if text is low else 0)
        for key, (low, high, count) in ends.items()
        for text in dict.fromkeys((low, high))
    ]


def _blocks(
    numbers: Iterable[tuple[str, int | None]],
) -> Iterator[tuple[str, str, int | None, int]]:
    """Yield (lowest, highest, year, how many) of numbers that differ in their last two digits.

    Taking every single number apart would take longest of all.
    """
    blocks: dict[tuple[str, int | None], list] = {}
    for text, year in numbers:
        tail = text[-2:]
        if not (tail.isdigit() and tail.isascii()):
            yield text, text, year, 1
            continue
        found = blocks.get((text[:-2], year))
        if found is None:
            blocks[text[:-2], year] = [text, text, 1]
            continue
        found[2] += 1
        if text < found[0]:
            found[0] = text
        elif text > found[1]:
            found[1] = text
    for (_head, year), (low, high, count) in blocks.items():
        yield low, high, year, count


def short_year_prefixes(numbers: list[tuple[str, int | None, int]]) -> set[str]:
    """Return prefixes whose single digit group mostly begins with the year's two digits."""
    seen: dict[str, int] = defaultdict(int)
    hits: dict[str, int] = defaultdict(int)
    for text, year, count in numbers:
        match = re.fullmatch(r"\s*([^\W\d_]+)\W?([0-9]{5,9})\s*", text) if count else None
        if match and year:
            prefix = _fold(match[1])
            seen[prefix] += count
            hits[prefix] += count * (match[2][:2] == str(year)[2:])
    return {
        prefix
        for prefix, count in seen.items()
        if count >= 3 and hits[prefix] >= SHORT_YEAR_SHARE * count
    }
