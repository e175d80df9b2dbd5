"""Days and weeks of a forecast."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np

WEEKS, DAYS = 13, 14


class Calendar:
    """The days of a forecast, its fourteen first days and thirteen weeks from Monday on.

    The first week begins with the day of the forecast, whatever weekday that is.

    :param days: how many days are told from the first on
    """

    days_shown = DAYS

    def __init__(self, as_of: date, days: int):
        self.as_of = as_of
        self.number = days
        ends = [7 * week + 6 - as_of.weekday() for week in range(WEEKS)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        self.weeks = list(zip(starts, ends, strict=True))
        self.cumulated: tuple[np.ndarray, np.ndarray] | None = None

    def day(self, place: int) -> date:
        """Return the date at a place; what lies beyond the last day stands on the last one."""
        return self.as_of + timedelta(days=min(int(place), self.number - 1))

    def bounds(self, week: int) -> tuple[date, date]:
        """Return first and last day of a week."""
        first, last = self.weeks[week]
        return self.day(first), self.day(last)

    def by_week(self, daily: np.ndarray) -> np.ndarray:
        """Return ``(rows, weeks)`` sums of ``(rows, days)``."""
        starts = [first for first, _last in self.weeks]
        return np.add.reduceat(daily[:, : self.weeks[-1][1] + 1], starts, axis=1)

    def week_of(self, day: date) -> int | None:
        """Return the week a day is in, or None beyond the last one; earlier is the first."""
        place = max((day - self.as_of).days, 0)
        return next((week for week, (_f, last) in enumerate(self.weeks) if place <= last), None)

    def expected(self, rows) -> tuple[np.ndarray, np.ndarray]:
        """Return expected money in and out (negative) by day, and keep their running totals."""
        into = rows.amount > 0
        flows = []
        for chosen, paths in ((into, rows.paths_in), (~into, rows.paths_out)):
            daily = rows.amount[chosen] @ rows.chance[chosen]
            flows.append(daily + (paths.mean(axis=0) if len(paths) else 0.0))
        self.cumulated = tuple(np.cumsum(flow) for flow in flows)
        return flows[0], flows[1]

    def naive(self, lines: Iterable[Mapping]) -> list[list[float]]:
        """Return ``[in, out]`` by week if everything moved on its due date, the overdue at once.

        The simple forecast that this one is compared with.

        :param lines: with ``amount`` and ``date_due``; business not known yet is not in it
        """
        totals = [[0.0, 0.0] for _week in self.weeks]
        for line in lines:
            week = self.week_of(line["date_due"]) if line["date_due"] else None
            if week is not None and line["kind"] != "new_business":
                totals[week][line["amount"] < 0] += abs(line["amount"])
        return totals
