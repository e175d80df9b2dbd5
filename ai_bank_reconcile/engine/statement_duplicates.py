"""Find the transactions of a file that are booked already, whatever format they came in before.

Each booked line answers for one row only: two equal payments on one day are two transactions.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.ai_finance_engine.names import fold, words

from .statement_file import StatementRow

_NUMBER = re.compile(r"[0-9]{2,}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
ENOUGH_SHARED = 0.6  # part of all words, where each text has some of its own
LONG_TEXT = 8  # letters of a label that may be looked for within another text
OTHER_NAME = 0.34
MOST_PAIRS = 20_000  # of one day and amount: more are compared by equal texts only
ACCOUNT_END = 6  # digits: a domestic number is the end of the international one


@dataclass(frozen=True, slots=True)
class Booked:
    """A bank line that is there already; `marks` are what it was imported under."""

    date: datetime.date
    amount: Decimal
    label: str = ""
    partner_name: str = ""
    account_number: str = ""
    reference: str = ""
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Positions of rows.

    :param known: booked already
    :param alike: a line of this day and amount is booked, but nothing else says it is this one
    """

    known: frozenset[int] = frozenset()
    alike: frozenset[int] = frozenset()


@dataclass
class _Text:
    """The words, numbers and names of one side, folded once."""

    name: set[str] = field(default_factory=set)
    all: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    label: str = ""
    squeezed: str = ""
    account: str = ""


def find_duplicates(
    rows: Sequence[StatementRow], marks: Sequence[Iterable[str]], booked: Iterable[Booked]
) -> Duplicates:
    """Return which rows are booked.

    :param marks: for each row what identifies it; one that a booked line has decides at once
    :param booked: lines of the same bank account, at least those of the file's days
    """
    known, free = _by_marks(marks, list(booked))
    places = defaultdict(list)
    for line in free:
        places[(line.date, line.amount)].append(line)
    waiting = defaultdict(list)
    for at, row in enumerate(rows):
        if at not in known and (row.date, row.amount) in places:
            waiting[(row.date, row.amount)].append(at)
    alike = set()
    for place, positions in waiting.items():
        found, left = _pair(rows, positions, places[place])
        known |= found
        alike.update([at for at in positions if at not in found][:left])
    return Duplicates(frozenset(known), frozenset(alike))


def _by_marks(marks, booked: list[Booked]) -> tuple[set[int], list[Booked]]:
    """Return the rows with the mark of a booked line, and the lines that are left."""
    by_mark = {mark: line for line in booked for mark in line.marks}
    known, taken = set(), set()
    for at, own in enumerate(marks):
        lines = [by_mark[mark] for mark in own if mark in by_mark]
        if lines:
            known.add(at)
            taken.update(id(line) for line in lines)
    return known, [line for line in booked if id(line) not in taken]


def _pair(
    rows: Sequence[StatementRow], positions: list[int], lines: list[Booked]
) -> tuple[set[int], int]:
    """Return the rows that agree with a line, each with one of its own, best pairs first; and
    how many lines are left over."""
    texts = {number: _text(line) for number, line in enumerate(lines)}
    own = {at: _text(rows[at]) for at in positions}
    found = _pair_equal(own, texts)
    open_rows = [at for at in positions if at not in found]
    if len(open_rows) * len(texts) > MOST_PAIRS:
        return found, len(texts)
    pairs = sorted(
        (-score, at, number)
        for at in open_rows
        for number, text in texts.items()
        if (score := _agreement(own[at], text)) > 0
    )
    for _score, at, number in pairs:
        if at not in found and number in texts:
            found.add(at)
            del texts[number]
    return found, len(texts)


def _pair_equal(own: dict[int, _Text], texts: dict[int, _Text]) -> set[int]:
    """Take lines of just the same text out of ``texts``, without looking at every pair."""
    by_text = defaultdict(list)
    for number, text in sorted(texts.items(), reverse=True):
        by_text[(text.squeezed, text.account)].append(number)
    found = set()
    for at, text in own.items():
        numbers = by_text.get((text.squeezed, text.account))
        if numbers and text.squeezed:
            del texts[numbers.pop()]
            found.add(at)
    return found


def _text(side: StatementRow | Booked) -> _Text:
    whole = " ".join((side.label, side.partner_name, side.reference))
    numbers = set(_NUMBER.findall(whole))
    return _Text(
        name=set(words(side.partner_name)),
        all=set(words(whole)),
        numbers={number for number in numbers if not _YEAR.fullmatch(number)},
        label=_squeeze(side.label),
        squeezed=_squeeze(whole),
        account=re.sub(r"\W+", "", side.account_number).upper(),
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def _agreement(one: _Text, other: _Text) -> float:
    """Return how well two sides of one day and amount agree, 0 where they are two payments."""
    same_account = _same_account(one.account, other.account)
    if same_account is False or _other_numbers(one.numbers, other.numbers):
        return 0
    if not same_account and one.name and other.name and _shared(one.name, other.name) < OTHER_NAME:
        return 0
    if not one.all or not other.all:
        return 1.0 if same_account or one.all == other.all else 0
    if one.squeezed == other.squeezed:
        return 3.0
    shared = _shared(one.all, other.all)
    within = one.all <= other.all or other.all <= one.all or _label_within(one, other)
    if same_account:
        return 2.0 + shared
    return 1.0 + shared if within or shared >= ENOUGH_SHARED else 0


def _same_account(one: str, other: str) -> bool | None:
    if not one or not other:
        return None
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) >= ACCOUNT_END and long.endswith(short))


def _other_numbers(one: set[str], other: set[str]) -> bool:
    """Tell whether each text has a number and none is in both: two documents."""
    return bool(one and other) and not one & other


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _label_within(one: _Text, other: _Text) -> bool:
    return (len(one.label) >= LONG_TEXT and one.label in other.squeezed) or (
        len(other.label) >= LONG_TEXT and other.label in one.squeezed
    )
