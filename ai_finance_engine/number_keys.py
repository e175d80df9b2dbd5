"""Under which keys a document is entered and a text is looked up: see `series`."""

from collections.abc import Iterator

from .numbering import Document, is_year
from .references import Run, compact_code, is_creditor_reference, split


def document_keys(document: Document) -> Iterator[tuple]:
    """Yield the keys under which a document is entered."""
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


def text_keys(runs: tuple[Run, ...]) -> Iterator[tuple[Run, list[tuple]]]:
    """Yield the keys under which each run, and runs with only blanks between, are looked up.

    A run that may be a list ("7003891/ 7003896") is looked up as a whole and by its numbers.
    """
    yield from _keys_in_order(runs)
    pieces = tuple(one for run in runs for one in (split(run) or [run]))
    if len(pieces) > len(runs):
        yield from _keys_in_order(pieces)


def _keys_in_order(runs: tuple[Run, ...]) -> Iterator[tuple[Run, list[tuple]]]:
    for position, run in enumerate(runs):
        yield run, run_keys(run.groups)
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
                inherited=run.inherited,
            )
            yield joined, [key for key in run_keys(groups) if key[0] != "number"]


def run_keys(groups: tuple[str, ...]) -> list[tuple]:
    """Return the keys under which digit groups are looked up."""
    keys: list[tuple] = []
    digits = "".join(groups)
    if 6 <= len(digits) <= 40:
        keys.append(("digits", digits))
    if 2 <= len(groups) <= 4:
        keys.append(("groups", *map(int, groups)))
    year, number = year_and_number(groups)
    if year and len(number) <= 9:
        keys.append(("year", year, int(number)))
    if len(groups) == 1 and len(digits) <= 9:
        keys.append(("number", int(digits)))
    return keys


def year_and_number(groups: tuple[str, ...]) -> tuple[int | None, str]:
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
