"""Decide which document a number in a text means.

Every document is entered under several keys: its letters and digits joined, its digits joined,
its groups as numbers, (year, number), and the bare number. A text is looked up under the same
keys; the key that hits and the word before it say how completely the text writes the number.
From the documents' own numbers the series are learned (prefix, year, width, highest number), so
that a number which fits a series but is not open can be told from a number that is not ours.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .numbering import (
    Document,
    Series,
    ends_of_series,
    is_year,
    parse_document,
    prefix_of,
    short_year_prefixes,
)
from .references import (
    INVOICE_WORDS,
    SURE_WORDS,
    Form,
    Run,
    TextReferences,
    compact_code,
    is_creditor_reference,
    split,
)

MAX_SHARED = 64  # documents under one bare number: above, the number tells nothing
SURE_DIGITS = 8  # digits that need no word before them
STRUCTURED = 12  # digits of a reference that is whole, whatever word stands before it


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


class ReferenceIndex:
    """Documents by everything a text may call them.

    :param documents: (id, number or reference, year of the document or None); an id may come
        several times with different numbers
    :param own: (group, number, year) of documents numbered by ourselves, to learn the series
        from; a text is read against the series of one group (sales, purchases)
    :param endings: what `endings` returned for all texts that will be looked up; documents that
        none of them can mean are left out. None where that would leave out nearly nothing
    """

    def __init__(
        self,
        documents: Iterable[tuple[int, str, int | None]],
        own: Iterable[tuple[int, str, int | None]] = (),
        endings: Collection[int] | None = None,
    ):
        documents, own = list(documents), list(own)
        ends = {
            group: ends_of_series((text, year) for one, text, year in own if one == group)
            for group in dict.fromkeys(group for group, _text, _year in own)
        }
        alike = ends_of_series(((text, year) for _key, text, year in documents), 5, 9)
        self._short_year = short_year_prefixes(alike)
        self._by_key: dict[tuple, list[Document]] = defaultdict(list)
        self.series: dict[int, dict[str, Series]] = defaultdict(lambda: defaultdict(Series))
        for key, text, year in documents:
            if endings is None or _may_end(text, endings):
                document = self._parse(key, text, year)
                for name in _document_keys(document):
                    self._by_key[name].append(document)
        for group, series in ends.items():
            for text, year, _count in series:
                document = self._parse(0, text, year)
                if document.prefix and document.number:
                    self.series[group][document.prefix].add(document)

    def _parse(self, key: int, text: str, year: int | None) -> Document:
        short = bool(self._short_year) and prefix_of(text) in self._short_year
        return parse_document(key, text[:64], year, short)

    def mentions(self, references: TextReferences, group: int = 0) -> dict[int, Mention]:
        """Return the documents a text names, each with the most complete way it is named.

        :param group: whose series the words before the numbers belong to
        """
        hits = self.hits(references, group)
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
        self, references: TextReferences, mentions: Mapping[int, Mention], group: int = 0
    ) -> list[str]:
        """Return numbers of our own series that a text names and that no document has.

        :param mentions: what `mentions` returned; a number may be written again elsewhere
        """
        found = {
            (mention.start, mention.end)
            for document, mention in self.hits(references, group)
            if document.key in mentions
        }
        names = [
            f"{run.words[-1].upper()} {run.text}" if run.words else run.text
            for run in references.runs
            if not run.foreign
            and not any(start < run.end and run.start < end for start, end in found)
            and self._is_ours(run, group)
        ]
        return list(dict.fromkeys(names))

    def hits(self, references: TextReferences, group: int) -> list[tuple[Document, Mention]]:
        """Return every way a text may name a document."""
        return list(self._hits(references, group))

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
        for run, keys in _text_keys(_with_lists(references.runs)):
            for key in keys:
                yield from self._lookup(run, key, group)

    def _lookup(self, run: Run, key: tuple, group: int) -> Iterator[tuple[Document, Mention]]:
        documents = self._by_key.get(key, ())
        for document in documents:
            form = _form(run, key, document)
            if len(run.digits) < STRUCTURED and self._is_other_series(run, document, group):
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


def endings(texts: Iterable[TextReferences]) -> set[int]:
    """Return the last three digits of every number that texts may name a document by."""
    found = set()
    for references in texts:
        for run, _keys in _text_keys(references.runs):
            found.update(int(group[-3:]) for group in run.groups)
            found.add(int(run.digits[-3:]))
        for code in (*references.codes, *references.structured):
            tail = code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            number = tail[len(tail.rstrip("0123456789")) :]
            found.add(int(number[-3:] or 0))
    return found


def _may_end(text: str, wanted: Collection[int]) -> bool:
    """Tell whether a document may be meant by a number with one of these last three digits.

    What does not end in a running number of three digits or more is always let through.
    """
    tail = text[-3:]
    if len(tail) < 3 or not (tail.isascii() and tail.isdigit()):
        return True
    if text[-4:-2] == "20" and not text[-5:-4].isdigit():
        return True  # the number stands before the year
    return int(tail) in wanted


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
        if document.year:
            yield ("year", document.year, number)
        yield ("number", number)


def _with_lists(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs, each that may be a list ("7003891/ 7003896") followed by its numbers."""
    return tuple(one for run in runs for one in (run, *split(run)))


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
                is_joined=True,
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
        if is_year(first):
            return int(first), second
        if is_year(second):
            return int(second), first
        if len(first) == 2:
            return 2000 + int(first), second
    if len(groups) == 3 and is_year(groups[0]) and len(groups[1]) == 2:
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
    if kind == "year" and len(document.groups) > 2:
        return Form.WORD  # the third group is a month or a branch, there may be others
    complete = own_word or (not document.letters and kind != "year")
    return Form.FULL if complete else Form.YEAR


def _number_form(run: Run, document: Document, known_word: bool) -> Form | None:
    if run.glued and not known_word:
        return None  # part of a code that is not ours
    written = run.groups[-1]
    if known_word:
        return Form.WORD
    if is_year(written):
        return None
    return Form.PADDED if written == document.number and len(written) >= 4 else Form.BARE
