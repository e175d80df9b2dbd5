"""The lines learned, to show the ones most similar to a new one."""

from collections.abc import Sequence

import numpy as np

from .keys import AMOUNT, FIRST, FIXED, SIZE, START, STEM, TEXT, WORDS
from .lines import CodedLine

CHAIN = 4  # earlier lines with the same stem, or the same first detail, that are looked at
SHOWN = 3
ENOUGH = 1.0  # likeness below which a line is not shown
_LIKENESS = {TEXT: 2.0, STEM: 3.0, START: 1.0, FIRST: 1.0, SIZE: 0.5, AMOUNT: 1.5}
DETAIL_LIKENESS, WORD_LIKENESS = 1.5, 0.5


class PastLines:
    """Booked lines in time order, each linked to the one before it that is like it.

    :param details: number of further details that lines have
    """

    def __init__(self, details: int):
        self.lines: list[CodedLine] = []
        self._linked = [STEM, FIXED] if details else [STEM]
        self._table = np.zeros((0, FIXED + details + WORDS), np.int32)
        self._before = np.zeros((0, len(self._linked)), np.int32)
        self._last: dict[tuple[int, int, int], int] = {}
        self._likeness = np.full(FIXED + details, DETAIL_LIKENESS)
        for column, likeness in _LIKENESS.items():
            self._likeness[column] = likeness

    def add(self, lines: Sequence[CodedLine], table: np.ndarray, accounts: np.ndarray) -> None:
        """Append booked lines with their details and accounts."""
        before = np.full((len(lines), len(self._linked)), -1, np.int32)
        for link, column in enumerate(self._linked):
            pairs = zip(table[:, column].tolist(), accounts.tolist(), strict=True)
            for row, (value, account) in enumerate(pairs):
                if value:
                    key = column, value, account
                    before[row, link] = self._last.get(key, -1)
                    self._last[key] = len(self.lines) + row
        self.lines.extend(lines)
        self._table = np.concatenate([self._table, table.astype(np.int32)])
        self._before = np.concatenate([self._before, before])

    def similar(self, table: np.ndarray, last: np.ndarray) -> list[tuple[CodedLine, ...]]:
        """Return the past lines most similar to each of some lines, with an account given.

        :param table: (lines, columns) their details
        :param last: (lines, keys) place of the last past line with that key and account
        """
        if not self.lines or not len(table):
            return [()] * len(table)
        # one line may be in the pool under many keys; newest first
        pool = -np.sort(-self._pool(last), axis=1)
        pool[:, 1:][pool[:, 1:] == pool[:, :-1]] = -1
        likeness = np.where(pool >= 0, self._compare(table, pool), 0.0)
        order = np.lexsort((-pool, -likeness), axis=1)[:, :SHOWN]
        pool = np.take_along_axis(pool, order, 1).tolist()
        likeness = np.take_along_axis(likeness, order, 1).tolist()
        return [
            tuple(
                self.lines[place]
                for place, value in zip(places, values, strict=True)
                if value >= ENOUGH
            )
            for places, values in zip(pool, likeness, strict=True)
        ]

    def _pool(self, last: np.ndarray) -> np.ndarray:
        """Return the lines found by keys and the ones before the most recent of them."""
        found = [last.astype(np.int32)]
        # from the most and the least special key that hit, backwards
        recent = last.max(1)
        special = np.take_along_axis(last, (last >= 0).argmax(1)[:, None], 1)[:, 0]
        for start in (recent, special):
            for link in range(self._before.shape[1]):
                place = start
                for _step in range(CHAIN):
                    place = np.where(place >= 0, self._before[place, link], -1)
                    found.append(place[:, None])
        return np.concatenate(found, 1)

    def _compare(self, table: np.ndarray, pool: np.ndarray) -> np.ndarray:
        other = self._table[pool]
        shared = len(self._likeness)
        equal = (other == table[:, None]) & (table[:, None] > 0)
        likeness = equal[:, :, :shared] @ self._likeness
        for word in table[:, shared:].T:
            has = (other[:, :, shared:] == word[:, None, None]).any(2) & (word > 0)[:, None]
            likeness += WORD_LIKENESS * has
        return likeness
