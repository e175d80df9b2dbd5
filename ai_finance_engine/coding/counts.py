"""How often each account was chosen under each key, lately and ever, in sorted arrays."""

import numpy as np

HALF_LIVES = np.array([20.0, 90.0, 1440.0])  # days
REBASE = 400.0  # half-lives after which the weights are scaled down, far from overflow
NEVER = -1


class DecayedCounts:
    """Counts of (key, account) that fade with the age of what was counted.

    An entry's number is the key with the account in its last bits; account 0 is the key's total.
    A line that is t days after the start weighs 2 ** (t / half-life), so that only reading depends
    on the present and nothing is touched to let it fade.
    """

    def __init__(self):
        self.entries = np.zeros(0, np.uint64)
        self._weights = np.zeros((0, len(HALF_LIVES)))
        self._last = np.zeros(0, np.int64)
        self._start = 0.0

    def add(self, keys: np.ndarray, accounts: np.ndarray, days: np.ndarray, first: int) -> None:
        """Count booked lines.

        :param keys: (lines, kinds), 0 where a line has none
        :param accounts: their accounts, from 1
        :param days: when they were
        :param first: the first line's place in the history, the others follow
        """
        rows, kinds = np.nonzero(keys)
        key = keys[rows, kinds]
        entries = np.concatenate([key, key | accounts[rows].astype(np.uint64)])
        rows = np.concatenate([rows, rows])
        self._rebase(days)
        found, which = np.unique(entries, return_inverse=True)
        weights = [
            np.bincount(which, 2.0 ** ((days[rows] - self._start) / half_life), len(found))
            for half_life in HALF_LIVES
        ]
        last = np.full(len(found), NEVER)
        np.maximum.at(last, which, rows + first)
        self._merge(found, np.stack(weights, 1), last)

    def look_up(self, entries: np.ndarray, today: float) -> tuple[np.ndarray, np.ndarray]:
        """Return weights (..., half-lives) and the place of the last line of the entries."""
        if not len(self.entries):
            return np.zeros((*entries.shape, len(HALF_LIVES))), np.full(entries.shape, NEVER)
        place = np.minimum(np.searchsorted(self.entries, entries), len(self.entries) - 1)
        known = self.entries[place] == entries
        weights = self.weights(place, today)
        return (
            np.where(known[..., None], weights, 0.0),
            np.where(known, self._last[place], NEVER),
        )

    def span(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return first place and number of the entries with an account of each key."""
        first = np.searchsorted(self.entries, keys, "right")
        last = np.searchsorted(self.entries, keys | np.uint64(0xFFFF), "right")
        return first, np.where(keys > 0, last - first, 0)

    def weights(self, places: np.ndarray, today: float) -> np.ndarray:
        """Return the weights of entries by place, (places, half-lives)."""
        return self._weights[places] * 2.0 ** ((self._start - today) / HALF_LIVES)

    def _merge(self, entries, weights, last) -> None:
        place = np.searchsorted(self.entries, entries)
        known = np.zeros(len(entries), bool)
        if len(self.entries):
            known = self.entries[np.minimum(place, len(self.entries) - 1)] == entries
        old = place[known]
        self._weights[old] += weights[known]
        self._last[old] = last[known]
        new, place = ~known, place[~known]
        self.entries = np.insert(self.entries, place, entries[new])
        self._weights = np.insert(self._weights, place, weights[new], 0)
        self._last = np.insert(self._last, place, last[new])

    def _rebase(self, days: np.ndarray) -> None:
        if not len(self.entries):
            self._start = float(days.max())
        moved = float(days.max()) - self._start
        if moved > REBASE * HALF_LIVES.min():
            self._weights *= 2.0 ** (-moved / HALF_LIVES)
            self._start += moved
