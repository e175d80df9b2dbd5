"""Figures in a text that a model wrote: every one must occur in the facts it was given.

Numbers are compared by value in every way a locale may mean them, dates by day, document numbers
by their groups of letters and digits. What cannot be traced to the facts is reported: a sentence
is dropped rather than shown with a figure that nobody knows the source of.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .figure_dates import Day, find_dates

_CURRENCY_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]{3})(?=\d)|(?<=\d)([A-Z]{3})(?![A-Za-z0-9])")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
#: Words of letters and digits, or digits with - and / between them: document numbers.
_CODE = re.compile(r"(?<![^\W_])(?:[^\W_]+[/\-_:#])*[^\W_]+(?:\.[^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,'’]\d+|(?:[ \u00a0\u202f]\d{3}(?!\d)))*")
_SCALE = re.compile(
    r"\s*(?:k|m|bn|thousand|million|billion|tsd|tausend|mio|mrd|million(?:en|s)|milliarden?)\b\.?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*(?:%|‰|percent\b|per cent\b|prozent\b|pour cent\b)", re.IGNORECASE)


@dataclass(slots=True)
class _Known:
    """The figures that facts hold.

    :param amounts: values that stand alone
    :param parts: digit groups of document numbers and dates, as whole numbers only
    :param codes: document numbers as their groups of letters and digits
    """

    amounts: set[Decimal] = field(default_factory=set)
    parts: set[Decimal] = field(default_factory=set)
    codes: set[tuple[str, ...]] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    days: set[Day] = field(default_factory=set)


def unknown_figures(text: str, facts: Any) -> list[str]:
    """Return the numbers, dates, percents and document numbers of ``text`` not in ``facts``.

    :param facts: nested dicts and lists of texts, numbers and dates; how many entries a list has
        is a fact, too
    """
    known = _Known()
    _learn(known, facts)
    text = _ascii_digits(text)
    found, rest = [], text
    for day in find_dates(text):
        if not any(_same_day(day, fact) for fact in known.days):
            found.append(day.text)
        rest = _blank(rest, day.start, day.end)
    return found + list(_unknown_rest(rest, known))


def _unknown_rest(text: str, known: _Known) -> Iterator[str]:
    """Yield what is left unknown of a text without its dates."""
    for match in _codes(text):
        if _knows_code(match[0], known):
            text = _blank(text, match.start(), match.end())
    # Only now: three letters before digits may be a currency or a document's prefix.
    text = _without_currency(_ORDINAL.sub("  ", text))
    for match in _codes(text):
        yield match[0]
        text = _blank(text, match.start(), match.end())
    for match in _NUMBER.finditer(text):
        percent = bool(_PERCENT.match(text, match.end()))
        # "1.25 million" is another figure than the 1.25 of the facts.
        scaled = bool(_SCALE.match(text, match.end()))
        if scaled or not _knows_number(match[0], known, amounts_only=percent):
            yield match[0]


def _learn(known: _Known, fact: Any) -> None:
    match fact:
        case bool() | None:
            return
        case int() | Decimal() | float():
            known.amounts.add(Decimal(str(fact)).copy_abs())
        case date():
            _learn_text(known, fact.isoformat()[:10])
        case str():
            _learn_text(known, fact)
        case dict():
            for value in fact.values():
                _learn(known, value)
        case list() | tuple():
            known.amounts.add(Decimal(len(fact)))
            for value in fact:
                _learn(known, value)


def _learn_text(known: _Known, text: str) -> None:
    text = _ascii_digits(text)
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text):
        # Written by a program: there is one way to read it.
        known.amounts.add(Decimal(text).copy_abs())
        return
    for day in find_dates(text):
        known.days.add(day)
        known.parts.update(Decimal(part) for part in re.findall(r"\d+", day.text))
        text = _blank(text, day.start, day.end)
    for match in _codes(text):
        groups = _groups(match[0])
        known.codes.add(groups)
        known.joined.add("".join(groups))
        known.parts.update(Decimal(group) for group in groups if group.isdigit())
        if not _CURRENCY_CODE.search(match[0]):
            text = _blank(text, match.start(), match.end())
    for match in _NUMBER.finditer(_without_currency(text)):
        # "1.2.3" has no value; it is known as it is written.
        known.joined.add(match[0])
        known.amounts |= _readings(match[0])
        known.amounts |= {value for part in match[0].split() for value in _readings(part)}


def _without_currency(text: str) -> str:
    return _CURRENCY_CODE.sub(lambda match: " " * len(match[0]), text)


def _codes(text: str) -> Iterator[re.Match]:
    for match in _CODE.finditer(text):
        word = match[0]
        has_digit = any(char.isdigit() for char in word)
        if has_digit and (any(char.isalpha() for char in word) or re.search(r"\d[/\-_:#]\d", word)):
            yield match


def _groups(code: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+|\d+", code.casefold()))


def _knows_code(code: str, known: _Known) -> bool:
    groups = _groups(code)
    if "".join(groups) in known.joined:
        return True
    size = len(groups)
    for fact in known.codes:
        # "2026/00012" names INV/2026/00012.
        if size > 1 and any(fact[at : at + size] == groups for at in range(len(fact) - size + 1)):
            return True
    # "3-5" and "2026/12" may be two known numbers side by side; letters would be a new name.
    numbers = [group for group in groups if group.isdigit()]
    return len(numbers) == size and all(Decimal(number) in known.amounts for number in numbers)


def _knows_number(text: str, known: _Known, amounts_only: bool) -> bool:
    values = known.amounts if amounts_only else known.amounts | known.parts
    if _readings(text) & values or (text in known.joined and not _readings(text)):
        return True
    parts = re.split(r"[ \u00a0\u202f]", text)
    return len(parts) > 1 and all(_readings(part) & values for part in parts)


def _readings(text: str) -> set[Decimal]:
    """Return the values that a number may mean: "1.250" is 1250 or 1.25."""
    body = re.sub(r"[ \u00a0\u202f'’]", "", text)
    marks = re.findall(r"[.,]", body)
    if not marks:
        return {Decimal(body)}
    found = set()
    whole, fraction = re.split(r"[.,](?=\d+$)", body)
    mark = marks[-1]
    if mark not in whole:
        found.add(Decimal(f"{re.sub('[.,]', '', whole)}.{fraction}"))
    if len(set(marks)) == 1 and re.fullmatch(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}", body):
        found.add(Decimal(re.sub("[.,]", "", body)))
    return found


def _same_day(day: Day, fact: Day) -> bool:
    """Tell whether a date of the text can be one of the facts, which may lack the year, too."""
    return any(
        (month, number) == (other_month, other_number)
        and (year is None or other_year is None or year == other_year)
        for year, month, number in day.readings
        for other_year, other_month, other_number in fact.readings
    )


def _ascii_digits(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("\u00a0", " ").replace("\u202f", " "))
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in text
    )


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\n" * (end - start) + text[end:]
