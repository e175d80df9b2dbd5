"""Find out from the payments themselves which banks' holidays they keep.

Of the calendars known here the one is taken on whose past holidays hardly anything was paid. A
ledger too young to tell gets the two days on which banks are closed nearly everywhere.
"""

from datetime import date, timedelta

import numpy as np

CLOSED = 0.1  # share of usual payments that may come on a holiday all the same
AROUND = 28  # days before and after a holiday that show what is usual
HEAD_START = 1.0  # evidence granted to the holidays kept nearly everywhere


def holidays_of(groups: np.ndarray, paid: np.ndarray, today: int) -> list[date]:
    """Return past and coming holidays of the ledger.

    :param groups: partner of each payment
    :param paid: ordinal of each
    :param today: years around it are told
    """
    days = np.sort(np.unique(np.stack([groups, paid], 1), axis=0)[:, 1]) if len(paid) else paid
    year = date.fromordinal(today).year
    years = range(max(year - 25, 1), min(year + 12, date.max.year))
    best, found = 0.0, []
    for place, calendar in enumerate((everywhere, us, euro, england)):
        dates = [day for each in years for day in calendar(each)]
        score = _evidence(dates, days, today) + (0.0 if place else HEAD_START)
        if score > best:
            best, found = score, dates
    return found


def _evidence(dates: list[date], days: np.ndarray, today: int) -> float:
    """Return how much likelier the payments are if these days are holidays (log odds)."""
    score = 0.0
    if not len(days):
        return score
    for holiday in dates:
        day = holiday.toordinal()
        if holiday.weekday() > 4 or not days[0] < day < min(days[-1], today):
            continue
        beside = [day + step for step in range(-AROUND, AROUND + 1, 7) if step]
        beside = [other for other in beside if days[0] <= other <= days[-1]]
        usual = sum(_number(days, other) for other in beside) / max(len(beside), 1)
        score += _number(days, day) * np.log(CLOSED) + (1 - CLOSED) * usual
    return score


def _number(days: np.ndarray, day: int) -> int:
    first, end = np.searchsorted(days, [day, day + 1])
    return int(end - first)


def everywhere(year: int) -> list[date]:
    """Return the days on which hardly any bank books."""
    return [date(year, 1, 1), date(year, 12, 25)]


def us(year: int) -> list[date]:
    """Return the holidays of the US Federal Reserve; a Saturday's is not made up for."""
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year > 2020 else [])
    moved = [_off_sunday(date(year, *day)) for day in fixed]
    nth = ((1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2), (11, 3, 4))
    return [
        *moved,
        *(_nth(year, *rule) for rule in nth),
        _last_monday(year, 5),
    ]


def euro(year: int) -> list[date]:
    """Return the closing days of the euro's payment system."""
    sunday = easter(year)
    return [
        date(year, 1, 1),
        sunday - timedelta(2),
        sunday + timedelta(1),
        date(year, 5, 1),
        date(year, 12, 25),
        date(year, 12, 26),
    ]


def england(year: int) -> list[date]:
    """Return the bank holidays of England."""
    sunday = easter(year)
    christmas = {4: (25, 28), 5: (27, 28), 6: (26, 27)}.get(date(year, 12, 25).weekday(), (25, 26))
    return [
        _off_sunday(date(year, 1, 1), saturday=2),
        sunday - timedelta(2),
        sunday + timedelta(1),
        _nth(year, 5, 0, 1),
        _last_monday(year, 5),
        _last_monday(year, 8),
        *(date(year, 12, day) for day in christmas),
    ]


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian computation)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = century // 4, (century + 8) // 25
    moon = (19 * golden + century - leap - (century - skipped + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _off_sunday(day: date, saturday: int = 0) -> date:
    return day + timedelta({6: 1, 5: saturday}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)  # of May or August
    return last - timedelta(last.weekday())
