"""Dates in running text, in every order that people write day, month and year."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: The first letters of month names in English, German, French, Spanish, Italian and Dutch,
#: without accents.
_MONTHS = {
    1: "january januar jan janvier janv enero ene gennaio gen januari janner",
    2: "february februar feb fevrier fevr febrero febbraio febbr februari feber",
    3: "march marz mar mars marzo maart mrt mrz",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag mei",
    6: "june juni jun juin junio giugno giu",
    7: "july juli jul juillet juil julio luglio lug",
    8: "august aug aout agosto ago augustus",
    9: "september sep sept septembre septiembre settembre set",
    10: "october oktober oct okt octobre octubre ottobre ott",
    11: "november nov novembre noviembre",
    12: "december dezember dec dez decembre diciembre dic dicembre",
}
_NUMBER_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAME = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_NOT_BEFORE = r"(?<![\w/.\-])"
_NOT_AFTER = r"(?![\w/\-]|\.\d)"
_PATTERNS = (
    re.compile(rf"{_NOT_BEFORE}{_YEAR}[-/.](?P<month>\d\d?)[-/.]{_DAY}(?![\w/\-]|[.,]\d)(?:T\S*)?"),
    re.compile(
        rf"{_NOT_BEFORE}(?P<a>\d\d?)(?P<sep>[-/.])\s?(?P<b>\d\d?)(?P=sep)\s?"
        rf"(?P<year>(?:19|20)?\d\d){_NOT_AFTER}"
    ),
    re.compile(rf"{_NOT_BEFORE}(?P<a>\d\d?)\.\s?(?P<b>\d\d?)\.(?!\d)"),
    re.compile(
        rf"{_NOT_BEFORE}{_DAY}(?:st|nd|rd|th|er|\.|º)?\s*(?:of\s+|de\s+)?[- ]?{_NAME}"
        rf"(?:(?:\s+de|,)?[- ]?\s*{_YEAR})?(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_NOT_BEFORE}{_NAME}\s+{_DAY}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?(?![\w/\-]|[.,]\d)",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as a text writes it.

    :param readings: (year or ``None``, month, day) it may mean: 3/4 is March or April
    """

    text: str
    start: int
    end: int
    readings: frozenset[tuple[int | None, int, int]]


def find_dates(text: str) -> Iterator[Day]:
    """Yield the dates of a text; a stretch counts once."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            readings = frozenset(_readings(match.groupdict()))
            if readings:
                taken.append(match.span())
                yield Day(match[0].rstrip("."), match.start(), match.end(), readings)


def _readings(parts: dict[str, str | None]) -> Iterator[tuple[int | None, int, int]]:
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        pairs = {(first, second), (second, first)}
    else:
        month = parts["month"]
        number = int(month) if month.isdigit() else _NUMBER_OF.get(_fold(month), 0)
        pairs = {(number, int(parts["day"]))}
    for month, day in pairs:
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield year, month, day


def _fold(name: str) -> str:
    split = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))
