"""What goes into the coding engine and what comes out."""

import datetime
import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

BLOCKS = 24  # parts of a history without dates that stand for a month each
MONTH = 30.0  # days


@dataclass(frozen=True, slots=True)
class CodedLine:
    """A line of a bank statement, bill or card, booked or to be booked.

    :param text: what is printed on the line
    :param vendor: who it is from: id, name or None; may equal the text
    :param amount: signed, in one currency for all lines of a model
    :param account: where it was booked, any hashable value; None while not known
    :param extra: further details by name. Values that are str or int (or a tuple, list or set of
        them) help to choose; others are ignored. ``date`` (ISO text or date) tells the line's age
    """

    text: str
    vendor: Hashable = None
    amount: Decimal | float | int = 0
    account: Hashable = None
    extra: Mapping = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """An account that a line may belong to.

    :param confidence: 0..1, the share of such choices that people confirmed lately; those of one
        line do not add up to more than 1
    :param similar: up to three past lines booked on this account, the most similar first
    """

    account: Hashable
    confidence: float
    similar: tuple[CodedLine, ...] = ()


def cents(amount: Decimal | float | int) -> int:
    """Return the amount in hundredths; 0 for what is no finite number."""
    try:
        value = float(amount or 0)
    except (TypeError, ValueError, OverflowError):
        return 0
    return round(value * 100) if math.isfinite(value) and abs(value) < 1e15 else 0


def day_of(line: CodedLine) -> int | None:
    """Return the line's date as a count of days, None if it has none that can be read."""
    date = line.extra.get("date")
    if isinstance(date, str):
        try:
            date = datetime.date.fromisoformat(date[:10])
        except ValueError:
            return None
    return date.toordinal() if isinstance(date, datetime.date) else None


def blocks(lines: Iterable[CodedLine]) -> list[list[CodedLine]]:
    """Cut a history into months by date, into equal parts if not all lines have one."""
    lines = list(lines)
    days = [day_of(line) for line in lines]
    if None in days or (days and max(days) - min(days) < 2 * MONTH):
        size = -(-len(lines) // BLOCKS) or 1
        return [lines[start : start + size] for start in range(0, len(lines), size)]
    found: list[list[CodedLine]] = []
    month = None
    for line, day in zip(lines, days, strict=True):
        of_line = int(day // MONTH)
        if not found or (of_line != month and len(found[-1]) >= len(lines) // 200):
            found.append([])
            month = of_line
        found[-1].append(line)
    return found
