"""Labels found on a page and how strongly each speaks for a value near it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from odoo.addons.ai_finance_engine.documents.layout import Box, Line, Page, Word, fold

from .labels import kind_of, phrases
from .table_head import is_item_head

_SIGNS_ONLY = 0.97
_WORD_BETWEEN = 0.8
_CODE = re.compile(r"[A-Z]{1,3}[-/]\d")  # the head of a number, no label: "R-7609"
_COMPOUNDS = (
    "rechnungnr",
    "rechnungsnummer",
    "rechnungsnr",
    "rechnungsdatum",
    "factuurn",
    "factuurdatum",
)


@dataclass(slots=True)
class Label:
    """A label on a line: its roles with weight and its rectangle."""

    roles: list[tuple[str, float]]
    page: int
    line: int
    x0: float
    x1: float
    top: float
    bottom: float
    first: int  # index of its first and last word on the line
    last: int
    length: int
    colon: bool = False
    head: bool = False  # one of several column heads of the table of items


@dataclass(slots=True)
class Candidate:
    """A value read off the page, with the words it stands in and its score for every role."""

    value: Any
    kind: str
    page: int
    line: int
    x0: float
    x1: float
    top: float
    bottom: float
    first: int
    last: int
    text: str
    box: Box
    scores: dict[str, float] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    def score(self, role: str) -> float:
        return self.scores.get(role, 0.0)


def candidate(
    page: Page, line: Line, words: tuple[int, int], value: Any, kind: str, text: str
) -> Candidate:
    """Return the candidate that stands in the words ``first`` to ``last`` of the line."""
    used = line.words[words[0] : words[1] + 1]
    return Candidate(
        value,
        kind,
        page.number,
        line.number,
        min(word.x0 for word in used),
        max(word.x1 for word in used),
        min(word.top for word in used),
        max(word.bottom for word in used),
        *words,
        text,
        page.box(used),
    )


def labels_of(page: Page) -> list[Label]:
    """Return all labels of the page; of overlapping ones the longest."""
    found = []
    for line in page.lines:
        labels = _labels_of_line(line, page)
        if is_item_head(line):
            for label in labels:
                label.head = True
        found.extend(labels)
    return found


def _labels_of_line(line: Line, page: Page) -> list[Label]:
    signs = _signs(line)
    text = "".join(sign for sign, _index, _start in signs)
    ends = [start for _sign, _index, start in signs] + [True]
    known, longest = phrases(), _longest_phrase()
    labels, position = [], 0
    while position < len(text):
        match = None
        if text[position].isdigit():
            match = None
        elif signs[position][2] or text.startswith(_COMPOUNDS, position):
            match = _longest(text, position, longest, ends)
        if match:
            match = _within_reach(line, page, signs, ends, text, position, match)
        if match:
            piece = text[position : position + match]
            words = (signs[position][1], signs[position + match - 1][1])
            labels.append(_label(line, known[piece], words, match))
        position += match or 1
    return labels


@cache
def _longest_phrase() -> int:
    return max(map(len, phrases()))


def _signs(line: Line) -> list[tuple[str, int, bool]]:
    """Folded letters of the line with their word and whether a label may start (or end) there."""
    signs: list[tuple[str, int, bool]] = []
    for index, word in enumerate(line.words):
        fresh, previous = True, ""
        code = bool(_CODE.match(word.text))
        for raw in word.text:
            for sign in fold(raw):
                if not ("a" <= sign <= "z" or "0" <= sign <= "9"):
                    fresh = not code
                    continue
                turn = previous.islower() and raw.isupper()
                edge = not code and bool(previous) and sign.isdigit() != previous.isdigit()
                signs.append((sign, index, fresh or turn or edge))
                fresh = False
            previous = raw
    return signs


def _within_reach(line, page, signs, ends, text, position, length):
    """Shorten a match whose words stand in different columns; None if nothing is left."""
    reach = length
    for step in range(1, length):
        before, after = signs[position + step - 1][1], signs[position + step][1]
        if before != after and line.words[after].x0 - line.words[before].x1 > 1.4 * page.size:
            reach = step
            break
    if reach == length:
        return length
    return _longest(text, position, reach, ends)


def _longest(text, position, limit, ends):
    for length in range(min(limit, len(text) - position), 0, -1):
        if ends[position + length] and text[position : position + length] in phrases():
            return length
    return None


def _label(line: Line, roles, words: tuple[int, int], length: int) -> Label:
    used = line.words[words[0] : words[1] + 1]
    after = line.words[words[1] + 1].text if words[1] + 1 < len(line.words) else ""
    if "#" in used[-1].text or after.startswith("#"):
        roles = [(role, 1.0 if role == "number" else weight) for role, weight in roles]
    return Label(
        roles,
        line.page,
        line.number,
        min(word.x0 for word in used),
        max(word.x1 for word in used),
        min(word.top for word in used),
        max(word.bottom for word in used),
        *words,
        length,
        used[-1].text.endswith(":") or after.startswith(":"),
    )


def score_all(page: Page, labels: Sequence[Label], found: Sequence[Candidate]) -> None:
    """Give every candidate of the page its score for every role that a label near it says."""
    size = page.size
    rows: dict[int, list[Label]] = {}
    for label in labels:
        rows.setdefault(label.line, []).append(label)
    on_line: dict[int, list[Candidate]] = {}
    for one in found:
        on_line.setdefault(one.line, []).append(one)
    taken = {
        id(label): _has_value(label, rows[label.line], on_line.get(label.line, ()), size)
        for label in labels
    }
    for one in found:
        line = page.lines[one.line]
        for label in rows.get(one.line, ()):
            _offer(one, label, _right_of(one, label, line, rows[one.line], on_line[one.line], size))
            if one.kind == "date" and label.last < one.first:
                if any(role == "number" for role, _weight in label.roles):
                    one.marks.add("behind_number")
        for label in labels:
            if label.line < one.line:
                _offer(one, label, _below(one, label, page, size, taken[id(label)]))


def _offer(one: Candidate, label: Label, strength: float) -> None:
    if strength <= 0.02:
        return
    longer = min(1.0, 0.9 + label.length / 100)
    for role, weight in label.roles:
        kind = kind_of(role)
        if kind == one.kind or (kind == "any" and one.kind != "amount"):
            value = weight * strength * longer
            if value > one.scores.get(role, 0.0):
                one.scores[role] = value


def _has_value(label: Label, row: Iterable[Label], found: Iterable[Candidate], size: float) -> bool:
    """Whether a value stands right beside the label, so that what is below is another's."""
    kinds = {kind_of(role) for role, _weight in label.roles}
    for one in found:
        fits = one.kind in kinds or "any" in kinds
        if fits and label.last < one.first and one.x0 - label.x1 < 12 * size:
            between = [x for x in row if label.last < x.first and x.last < one.first]
            if not between and one.first - label.last <= 3:
                return True
    return False


def _right_of(one, label, line, row, found, size: float) -> float:
    """How strongly a label to the left on the same line speaks for the value."""
    if label.last > one.first:
        return 0.0
    if label.last == one.first and line.words[one.first].text.lstrip("#(").startswith(one.text):
        return 0.0  # letters at the head of a number are no label
    gap = max(one.x0 - label.x1, 0.0)
    amount = one.kind == "amount"
    strength = 1 / (1 + gap / ((120 if amount else 35) * size))
    aside = False  # "(please quote)" between a label and its value says nothing
    for word in line.words[label.last + 1 : one.first]:
        aside = aside or word.text.startswith("(")
        strength *= _SIGNS_ONLY if aside else _between(word, amount)
        aside = aside and ")" not in word.text
    for other in found:
        if other is not one and other.kind == one.kind and label.last < other.first < one.first:
            strength *= 0.75 if amount else 0.35
    for other in row:
        if label.last < other.first <= other.last < one.first:
            both = {role for role, _w in other.roles} & {role for role, _w in label.roles}
            between = [word.text for word in line.words[label.last + 1 : other.first]]
            joined = other.first - label.last <= 2 and set(between) <= {"/", "&", "-", "und", "and"}
            strength *= 0.9 if both or (joined and between) else 0.3 if other.colon else 0.55
    return strength


def _between(word: Word, amount: bool) -> float:
    letters = sum(sign.isalpha() for sign in word.text)
    if letters <= 1 or word.text.endswith("%") or (amount and letters <= 3):
        return _SIGNS_ONLY
    return 0.88 if amount else _WORD_BETWEEN


def _below(one: Candidate, label: Label, page: Page, size: float, taken: bool) -> float:
    """How strongly a label above, in the same column, speaks for the value."""
    drop = one.top - label.bottom
    amount = one.kind == "amount"
    if not amount and one.first == 0 and label.line == one.line - 1:
        above = page.lines[label.line].words
        in_text = label.first > 1 and all(
            right.x0 - left.x1 < 0.9 * size for left, right in pairwise(above[: label.last + 1])
        )
        if label.last == len(above) - 1 and in_text and drop < size:
            return 0.65  # a sentence goes on in the next line
    if drop < -0.4 * size or drop > (60 if amount else 7) * size:
        return 0.0
    overlap = min(one.x1, label.x1) - max(one.x0, label.x0)
    aligned = min(abs(one.x0 - label.x0), abs(one.x1 - label.x1)) < 0.6 * size
    if not aligned and overlap < -0.3 * size:
        return 0.0
    strength = 0.9 if aligned else 0.75
    if amount and label.head:
        strength *= 0.3  # amounts of items
    strength /= 1 + max(drop, 0) / ((40 if amount else 6) * size)
    if taken:
        strength *= 0.35
    elif label.colon:
        strength *= 0.8
    if not amount:
        between = 0
        for line in page.lines[label.line + 1 : one.line]:
            between += any(
                word.x0 < max(one.x1, label.x1) and word.x1 > min(one.x0, label.x0)
                for word in line.words
            )
        strength *= 0.45**between
        strength *= _starts_cell(one, page, size)
    return strength


def _starts_cell(one: Candidate, page: Page, size: float) -> float:
    """A value below its label starts its cell; in the middle of a sentence it is another's."""
    words = page.lines[one.line].words
    if one.first and one.x0 - words[one.first - 1].x1 < 0.8 * size:
        return 0.5
    return 1.0
