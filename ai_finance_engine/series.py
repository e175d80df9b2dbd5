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

from .listing import Member, between, completed, lists
from .number_keys import document_keys, run_keys, text_keys, year_and_number
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
)

MAX_SHARED = 64  # documents under one bare number: above, the number tells nothing
SAMPLE = 4000  # documents from which the form of their numbers is learned
SURE_DIGITS = 8  # digits that need no word before them
MOST_HEADS = 6  # documents that the first number of a list may mean
UNWRITTEN = 1000  # places before the text, beyond those of structured references
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
        documents = list(documents)
        by_group: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
        for group, text, year in own:
            by_group[group].append((text, year))
        ends = {group: ends_of_series(numbers) for group, numbers in by_group.items()}
        some = documents[:: max(1, len(documents) // SAMPLE)]
        alike = ends_of_series(((text, year) for _key, text, year in some), 5, 9)
        self._short_year = short_year_prefixes(alike)
        self._last: tuple | None = None  # a text is asked for its mentions, then for the rest
        self._by_key: dict[tuple, list[Document]] = defaultdict(list)
        self.series: dict[int, dict[str, Series]] = defaultdict(lambda: defaultdict(Series))
        for key, text, year in documents:
            if endings is None or _may_end(text, endings):
                document = self._parse(key, text, year)
                for name in document_keys(document):
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
        if self._last is None or self._last[:2] != (references, group):
            found = [*self._hits(references, group), *self._listed(references, group)]
            self._last = (references, group, found)
        return self._last[2]

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
        for run, keys in text_keys(references.runs):
            for key in keys:
                yield from self._lookup(run, key, group)

    def _listed(self, references: TextReferences, group: int) -> Iterator[tuple[Document, Mention]]:
        """Yield the documents of lists and ranges that write shared digits only once."""
        done = -1
        for base, members in lists(references.runs):
            if base.start == done:
                continue  # a longer beginning of the run is a number itself
            hits = [hit for key in run_keys(base.groups) for hit in self._lookup(base, key, group)]
            heads = {hit[0].text: hit for hit in hits if hit[1].form >= Form.WORD}
            if not heads or len(heads) > MOST_HEADS:
                continue
            done = base.start
            for document, mention in heads.values():
                yield document, mention
                yield from self._members(document, members)

    def _members(self, head: Document, members: list[Member]) -> Iterator[tuple[Document, Mention]]:
        before = head.number
        for one in members:
            number = completed(head.number, one.digits)
            found = self._in_series(head, number) if number else []
            for document in found:
                yield document, Mention(Form.WORD, len(one.digits), one.digits, one.start, one.end)
            if found and one.is_range:
                for value in between(before, number):
                    for document in self._in_series(head, str(value)):
                        # not written, so each has a place of its own before the text
                        place = -UNWRITTEN - value
                        yield (
                            document,
                            Mention(Form.WORD, len(one.digits), document.text, place, place + 1),
                        )
            before = number or before

    def _in_series(self, head: Document, number: str) -> list[Document]:
        """Return the documents numbered like another one, but for the running number."""
        return [
            document
            for document in self._by_key.get(("number", int(number)), ())
            if document.letters == head.letters
            and document.year == head.year
            and len(document.groups) == len(head.groups)
            and len(document.number) == len(head.number)
        ]

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
        if run.inherited and len(run.digits) >= SURE_DIGITS:
            return False  # a list may join numbers of several series
        near = run.words[-1] if run.words else ""
        return near in self.series[group] and near not in document.letters

    def _is_ours(self, run: Run, group: int) -> bool:
        """Tell whether a run names a number of one of our own series."""
        year, number = year_and_number(run.groups)
        if year is None and len(number) >= 5 and run.words and run.words[-1] in self._short_year:
            year, number = 2000 + int(number[:2]), number[2:]
        if not number or run.glued_right or not int(number):
            return False
        known = self.series[group]
        if is_year(run.digits) and any(int(run.digits) in one.highest for one in known.values()):
            return False  # "invoice 2026", cut off behind the year
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
        for run, _keys in text_keys(references.runs):
            found.update(int(group[-3:]) for group in run.groups)
            found.add(int(run.digits[-3:]))
        for base, members in lists(references.runs):
            found.update(_listed_endings(base, members))
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


def _listed_endings(base: Run, members: list[Member]) -> Iterator[int]:
    """Yield the last three digits of every number that a list may mean."""
    for group in base.groups:
        before = group
        for one in members:
            number = completed(group, one.digits)
            if number:
                yield int(number[-3:])
                if one.is_range:
                    yield from (value % 1000 for value in between(before, number))
                before = number


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
