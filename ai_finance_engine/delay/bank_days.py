"""Number the days on which banks book, so that distances count these days only."""

from collections.abc import Collection
from datetime import date

import numpy as np

YEARS_BACK, YEARS_ON = 25, 12
WORKWEEK = (0, 1, 2, 3, 4)
ENOUGH = 200  # payments that show which weekdays are bank days
RARE = 0.03  # share of payments on a weekday that is none


class BankDays:
    """Bank days around a date, numbered in order.

    :param around: proleptic ordinal
    :param weekdays: weekdays (0 is Monday) on which payments come
    :param holidays: further days without payments
    """

    def __init__(self, around: int, weekdays: Collection[int], holidays: Collection[date] = ()):
        self._first = max(around - YEARS_BACK * 366, 1)
        days = np.arange(self._first, min(around + YEARS_ON * 366, date.max.toordinal()))
        shut = [day.toordinal() for day in holidays]
        is_open = np.isin((days - 1) % 7, list(weekdays)) & ~np.isin(days, shut)
        is_open[-1] = True  # so that every day has a bank day after it
        self._index = np.cumsum(is_open) - is_open
        self.days = days[is_open]
        self.weekday = (self.days - 1) % 7
        self.since_last = np.diff(self.days, prepend=self.days[0] - 1)
        self._number_in_month()

    def index(self, ordinals: np.ndarray) -> np.ndarray:
        """Return the number of each day, of the next bank day where it is none."""
        place = np.asarray(ordinals, np.int64) - self._first
        return self._index[np.clip(place, 0, len(self._index) - 1)]

    def clip(self, numbers: np.ndarray) -> np.ndarray:
        """Return the numbers, those beyond the known days moved to the last of them."""
        return np.clip(numbers, 0, len(self.days) - 1)

    def _number_in_month(self) -> None:
        """Count each month's bank days from its start and from its end."""
        dates = np.array(self.days - date(1970, 1, 1).toordinal(), "datetime64[D]")
        months = dates.astype("datetime64[M]").astype(np.int64)
        starts = np.flatnonzero(np.diff(months, prepend=months[0] - 1))
        lengths = np.diff(starts, append=len(months))
        place = np.arange(len(months)) - np.repeat(starts, lengths)
        self.from_start = place
        self.to_end = np.repeat(lengths, lengths) - 1 - place


def weekdays_of(paid: np.ndarray) -> tuple[int, ...]:
    """Return the weekdays on which payments come: Monday to Friday until payments show others."""
    if len(paid) < ENOUGH:
        return WORKWEEK
    shares = np.bincount((paid - 1) % 7, minlength=7) / len(paid)
    return tuple(np.flatnonzero(shares >= RARE).tolist())
