"""Read a column of dates: the order of day, month and year is decided over the whole column."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_finance_engine.names import strip_accents

ORDERS = ("ymd", "dmy", "mdy")
EXCEL_EPOCH = datetime.date(1899, 12, 30)
OLDEST, NEWEST = datetime.date(1970, 1, 1), datetime.date(2100, 1, 1)
_GROUPS = re.compile(r"^([0-9]{1,4})\s?[./\-\s]\s?([0-9]{1,2})\s?[./\-\s]\s?([0-9]{2,4})(?![0-9])")
_COMPACT = re.compile(r"^([0-9]{8})(?:[0-9]{6})?$")
_NAMED = re.compile(r"^([0-9]{1,2})[.\s/-]*([^\W\d_]{3,})[.\s/,-]*([0-9]{2,4})\b")
_NAMED_FIRST = re.compile(r"^([^\W\d_]{3,})[.\s]*([0-9]{1,2})[\s,.]+([0-9]{4})\b")
# first letters of the month names in English, German, French, Spanish, Dutch and Italian
_MONTHS = tuple(
    tuple(strip_accents(start) for start in starts.split())
    for starts in (
        "jan ene gen", "feb fev fév", "mar mär maa mrt mrz", "apr avr abr", "may mai mei mag",
        "jun juin giu", "jul juil lug", "aug aoû ago aou", "sep set", "oct okt ott", "nov",
        "dec dez dic déc",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateColumn:
    """How a column writes dates.

    :param order: "dmy", "mdy" or "ymd"; "" where nothing could be read
    :param ambiguous: another order reads all cells as well, and differently
    """

    order: str
    ambiguous: bool = False


def guess_order(cells: Iterable) -> DateColumn:
    """Return the order in which every cell of a column is a date.

    Where several orders can read all of them, the one that keeps the rows sorted wins, because
    statements are; if that does not decide, the column is ambiguous.
    """
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    readings = {}
    for order in ORDERS:
        dates = [read_date(text, order) for text in texts]
        readings[order] = [date for date in dates if date]
    most = max((len(dates) for dates in readings.values()), default=0)
    if not most:
        return DateColumn("ymd" if not texts else "")
    possible = [order for order in ORDERS if len(readings[order]) == most]
    different = [
        order
        for at, order in enumerate(possible)
        if all(readings[order] != readings[other] for other in possible[:at])
    ]
    if len(different) == 1:
        return DateColumn(different[0])
    ordered = [order for order in different if _is_sorted(readings[order])]
    if len(ordered) == 1 and most > 2:
        return DateColumn(ordered[0])
    return DateColumn("dmy" if "dmy" in different else different[0], True)


def _is_sorted(dates: list[datetime.date]) -> bool:
    return dates == sorted(dates) or dates == sorted(dates, reverse=True)


def read_date(cell, order: str) -> datetime.date | None:
    """Return the date in a cell, None if it is none in this order.

    :param cell: text, date, or number of days as spreadsheets count them
    """
    if isinstance(cell, datetime.date):
        return _between(cell)
    if isinstance(cell, Decimal):
        whole = int(cell)
        if 20000 <= whole <= 80000:
            return EXCEL_EPOCH + datetime.timedelta(days=whole)
        cell = str(whole)
    return _read_text(cell.strip(), order)


def _read_text(text: str, order: str) -> datetime.date | None:
    named = _NAMED.match(text)
    if named:
        return _date(named[3], _month(named[2]), named[1])
    named = _NAMED_FIRST.match(text)
    if named:
        return _date(named[3], _month(named[1]), named[2])
    groups = _GROUPS.match(text)
    if groups:
        return _ordered(groups.groups(), order)
    compact = _COMPACT.match(text)
    if compact:
        digits = compact[1]
        cut = (4, 6) if order == "ymd" else (2, 4)
        return _ordered((digits[: cut[0]], digits[cut[0] : cut[1]], digits[cut[1] :]), order)
    return None


def _ordered(groups: tuple[str, ...], order: str) -> datetime.date | None:
    parts = dict(zip(order, groups, strict=True))
    if len(parts["y"]) not in (2, 4) or len(parts["d"]) > 2 or len(parts["m"]) > 2:
        return None
    return _date(parts["y"], int(parts["m"]), parts["d"])


def _month(word: str) -> int | None:
    word = strip_accents(word)
    for number, starts in enumerate(_MONTHS, 1):
        if word.startswith(starts):
            return number
    return None


def _date(year: str, month: int | None, day: str) -> datetime.date | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return _between(datetime.date(number, month or 0, int(day)))
    except ValueError:
        return None


def _between(date: datetime.date) -> datetime.date | None:
    if isinstance(date, datetime.datetime):
        date = date.date()
    return date if OLDEST <= date < NEWEST else None
