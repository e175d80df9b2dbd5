"""Count what had happened in a group before a day, for many groups and days at once."""

import numpy as np

SPREAD = np.int64(1) << 24  # more than any day


class Events:
    """Events of groups in order of their days.

    :param groups: number of the group of each event, 0 or more
    :param days: ordinal of each event
    """

    def __init__(self, groups: np.ndarray, days: np.ndarray):
        keys = groups * SPREAD + days
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def counts(
        self, groups: np.ndarray, days: np.ndarray, bins: np.ndarray, number: int
    ) -> np.ndarray:
        """Return how many events of each group before each day fell into each bin.

        :param bins: of the events, as given to the constructor
        :param number: of bins
        """
        wanted = np.where(groups < 0, -1, groups * SPREAD + days)
        keys, place = np.unique(wanted, return_inverse=True)
        seen = np.searchsorted(keys, self._keys, side="right")  # first wanted day after the event
        inside = seen < len(keys)
        table = np.zeros((len(keys), number), np.float32)
        same = inside.copy()
        same[inside] = keys[seen[inside]] // SPREAD == self._keys[inside] // SPREAD
        np.add.at(table, (seen[same], bins[self._order][same]), 1)
        return _within(table, keys // SPREAD)[place]

    def before(self, groups: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the first and the end place, in order of days, of events before each day."""
        known = np.maximum(groups, 0)
        first = np.searchsorted(self._keys, known * SPREAD)
        end = np.searchsorted(self._keys, known * SPREAD + days)
        return first, np.where(groups < 0, first, end)

    def sorted(self, values: np.ndarray) -> np.ndarray:
        """Return values of the events in order of groups and days."""
        return values[self._order]


def _within(table: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Add up the rows of each group (they follow each other) from its first on."""
    total = np.cumsum(table, axis=0, dtype=np.float64)
    first = np.searchsorted(groups, groups)
    before = np.where((first > 0)[:, None], total[np.maximum(first - 1, 0)], 0.0)
    return (total - before).astype(np.float32)
