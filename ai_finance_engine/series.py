"""Decide which document a number in a text means, and learn how a company numbers documents.

Every document is entered under several keys: its letters and digits joined, its digits joined,
its groups as numbers, (year, number), and the bare number. A text is looked up under the same
keys; the key that hits and the word before it say how completely the text writes the number.
From the documents' own numbers the series are learned (prefix, year, width, highest number), so
that a number which fits a series but is not open can be told from a number that is not ours.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .names import fold
from .references import (
    INVOICE_WORDS,
    SURE_WORDS,
    Form,
    Run,
    TextReferences,
    compact_code,
    is_creditor_reference,
)

MAX_SHARED = 64  # documents under one bare number: above, the number tells nothing
SURE_DIGITS = 8  # digits that need no word before them
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


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text.

    :param digits: digits of the number that the text writes
    :param start: where the number begins in the text; mentions that overlap share one number
    """

    form: Form
    digits: int
    value: str
    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the mention and a stretch of the text share a character."""
        return self.start < end and start < self.end

    def outweighs(self, other: "Mention") -> bool:
        """Tell whether the other mention is only a part of this number: 12 within 2026/12."""
        longer = self.end - self.start > other.end - other.start
        return longer and self.form > other.form and self.overlaps(other.start, other.end)


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
    letters = tuple(fold(word) for word in re.findall(r"[^\W\d_]+", text))
    groups = tuple(re.findall(r"[0-9]+", text))
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
        if _is_year(group) and (year is None or abs(int(group) - year) <= 1):
            last = position == len(groups) - 1
            return int(group), groups[-2] if last else groups[-1]
    if year and len(groups[0]) == 2 and abs(int(groups[0]) - year % 100) <= 1:
        return 2000 + int(groups[0]), groups[-1]
    return None, groups[-1]


def _is_year(group: str) -> bool:
    return len(group) == 4 and group.startswith("20")


class ReferenceIndex:
    """Documents by everything a text may call them.

    :param documents: (id, number or reference, year of the document or None); an id may come
        several times with different numbers
    :param own: (group, number, year) of documents numbered by ourselves, to learn the series
        from; a text is read against the series of one group (sales, purchases)
    """

    def __init__(
        self,
        documents: Iterable[tuple[int, str, int | None]],
        own: Iterable[tuple[int, str, int | None]] = (),
    ):
        documents = list(documents)
        self._short_year = _short_year_prefixes([(text, year) for _key, text, year in documents])
        self._by_key: dict[tuple, list[Document]] = defaultdict(list)
        self.series: dict[int, dict[str, Series]] = defaultdict(lambda: defaultdict(Series))
        for key, text, year in documents:
            document = self._parse(key, text, year)
            for name in _document_keys(document):
                self._by_key[name].append(document)
        for group, text, year in own:
            document = self._parse(0, text, year)
            if document.prefix and document.number:
                self.series[group][document.prefix].add(document)

    def _parse(self, key: int, text: str, year: int | None) -> Document:
        short = _prefix(text) in self._short_year
        return parse_document(key, text[:64], year, short)

    def mentions(self, references: TextReferences, group: int = 0) -> dict[int, Mention]:
        """Return the documents a text names, each with the most complete way it is named.

        :param group: whose series the words before the numbers belong to
        """
        hits = list(self._hits(references, group))
        complete = {mention for _document, mention in hits if mention.form >= Form.YEAR}
        best: dict[int, Mention] = {}
        for document, mention in hits:
            if any(other.outweighs(mention) for other in complete):
                continue
            known = best.get(document.key)
            if known is None or (mention.form, mention.digits) > (known.form, known.digits):
                best[document.key] = mention
        return best

    def unresolved(
        self, references: TextReferences, mentions: Iterable[Mention], group: int = 0
    ) -> list[str]:
        """Return numbers of our own series that a text names and that no document has."""
        found = {(mention.start, mention.end) for mention in mentions}
        return [
            f"{run.words[-1].upper()} {run.text}" if run.words else run.text
            for run in references.runs
            if not run.foreign
            and not any(start < run.end and run.start < end for start, end in found)
            and self._is_ours(run, group)
        ]

    def _hits(self, references: TextReferences, group: int) -> Iterator[tuple[Document, Mention]]:
        # what has no digit run of its own gets a place before the text, one for each
        for place, reference in enumerate(references.structured, 1):
            for document in self._by_key.get(("code", reference), ()):
                yield document, Mention(Form.FULL, len(reference), reference, -place, 1 - place)
        for code, place in references.codes.items():
            for document in self._by_key.get(("code", code), ()):
                yield (
                    document,
                    Mention(Form.FULL, len(code), place.text, place.start, place.end),
                )
        for run, keys in _text_keys(references.runs):
            for key in keys:
                yield from self._lookup(run, key, group)

    def _lookup(self, run: Run, key: tuple, group: int) -> Iterator[tuple[Document, Mention]]:
        documents = self._by_key.get(key, ())
        for document in documents:
            form = _form(run, key, document)
            if self._is_other_series(run, document, group):
                form = None
            if form is None or (form < Form.WORD and len(documents) > MAX_SHARED):
                continue
            digits = len(run.groups[-1]) if key[0] == "number" else len(run.digits)
            yield document, Mention(form, digits, run.text, run.start, run.end)

    def _is_other_series(self, run: Run, document: Document, group: int) -> bool:
        """Tell whether the word before a run is the prefix of another series of our own."""
        near = run.words[-1] if run.words else ""
        return near in self.series[group] and near not in document.letters

    def _is_ours(self, run: Run, group: int) -> bool:
        """Tell whether a run names a number of one of our own series."""
        year, number = _year_and_number(run.groups)
        if not number or run.glued_right or not int(number):
            return False
        known = self.series[group]
        for word in run.words[-1:]:
            series = known.get(word)
            if series and (series.may_contain(year, number) or series.is_older(year, number)):
                return True
        zeros = len(run.groups) == 1 and number.startswith("0") and not run.glued
        announced = any(word in INVOICE_WORDS for word in run.words)
        # "invoice 1092" is ours without its zeros; "no. 1092" may be anybody's
        clearly = len(number) >= 3 and any(word in SURE_WORDS for word in run.words)
        return any(
            series.may_contain(year, number)
            and (clearly or (len(number) == series.width >= 4 and (zeros or announced)))
            for series in known.values()
        )


def _prefix(text: str) -> str:
    match = re.match(r"\s*([^\W\d_]+)", text)
    return fold(match[1]) if match else ""


def _short_year_prefixes(numbers: list[tuple[str, int | None]]) -> set[str]:
    """Return prefixes whose single digit group mostly begins with the year's two digits."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for text, year in numbers:
        match = re.fullmatch(r"\s*([^\W\d_]+)\W?([0-9]{5,9})\s*", text)
        if match and year:
            seen[fold(match[1])].append(match[2][:2] == str(year)[2:])
    return {
        prefix
        for prefix, hits in seen.items()
        if len(hits) >= 3 and sum(hits) >= SHORT_YEAR_SHARE * len(hits)
    }


def _document_keys(document: Document) -> Iterator[tuple]:
    groups = document.groups
    if not groups:
        return
    code = compact_code(document.text)
    if len(code) >= 5 and (not code.isdigit() or is_creditor_reference(code)):
        yield ("code", code)
    digits = "".join(groups)
    if len(digits) >= 6:
        yield ("digits", digits)
    if 2 <= len(groups) <= 4:
        yield ("groups", *map(int, groups))
    number = int(document.number)
    if len(document.number) <= 9 and number:
        # a third group is a month or a branch: year and number alone do not name the document
        if document.year and len(groups) <= 2:
            yield ("year", document.year, number)
        yield ("number", number)


def _text_keys(runs: tuple[Run, ...]) -> Iterator[tuple[Run, list[tuple]]]:
    """Yield the keys under which each run, and runs with only blanks between, are looked up."""
    for position, run in enumerate(runs):
        yield run, _run_keys(run.groups)
        groups = run.groups
        for follower in runs[position + 1 : position + 6]:
            if not follower.spaced or follower.glued:
                break
            groups += follower.groups
            joined = Run(
                groups=groups,
                words=run.words,
                text=" ".join(groups),
                start=run.start,
                end=follower.end,
                glued=run.glued,
                glued_right=follower.glued_right,
                foreign=run.foreign,
            )
            yield joined, [key for key in _run_keys(groups) if key[0] != "number"]


def _run_keys(groups: tuple[str, ...]) -> list[tuple]:
    keys: list[tuple] = []
    digits = "".join(groups)
    if 6 <= len(digits) <= 40:
        keys.append(("digits", digits))
    if 2 <= len(groups) <= 4:
        keys.append(("groups", *map(int, groups)))
    year, number = _year_and_number(groups)
    if year and len(number) <= 9:
        keys.append(("year", year, int(number)))
    if len(groups) == 1 and len(digits) <= 9:
        keys.append(("number", int(digits)))
    return keys


def _year_and_number(groups: tuple[str, ...]) -> tuple[int | None, str]:
    """Return the year and running number that a run may stand for."""
    if len(groups) == 1:
        digits = groups[0]
        if len(digits) >= 6 and digits.startswith("20"):
            return int(digits[:4]), digits[4:]
        return None, digits
    if len(groups) == 2:
        first, second = groups
        if _is_year(first):
            return int(first), second
        if _is_year(second):
            return int(second), first
        if len(first) == 2:
            return 2000 + int(first), second
    if len(groups) == 3 and _is_year(groups[0]) and len(groups[1]) == 2:
        return int(groups[0]), groups[2]  # numbered by month: BILL/2026/01/0003
    return None, ""


def _form(run: Run, key: tuple, document: Document) -> Form | None:
    """Return how completely `run` writes the number of `document`; None if it does not."""
    kind = key[0]
    near = run.words[-1] if run.words else ""
    own_word = bool(near) and near in document.letters
    if run.foreign and not (own_word and kind in ("digits", "groups", "year")):
        return None
    if run.glued_right:
        return None
    known_word = own_word or any(word in INVOICE_WORDS for word in run.words)
    if kind == "number":
        return _number_form(run, document, known_word)
    if kind == "digits" and len(document.groups) == 1 and not document.year:
        if own_word or len(run.digits) >= SURE_DIGITS:
            return Form.FULL
        return Form.WORD if known_word else Form.PADDED
    complete = own_word or (not document.letters and kind != "year")
    return Form.FULL if complete else Form.YEAR


def _number_form(run: Run, document: Document, known_word: bool) -> Form | None:
    if run.glued and not known_word:
        return None  # part of a code that is not ours
    written = run.groups[-1]
    if known_word:
        return Form.WORD
    if _is_year(written):
        return None
    return Form.PADDED if written == document.number and len(written) >= 4 else Form.BARE
