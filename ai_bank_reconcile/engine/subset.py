"""Find sets of open amounts that add up to a sum, in whole minor units and never by trying all.

Pairs are summed once and sorted; two, three and four items then meet in the middle: what is
missing is looked up among the pairs (Horowitz and Sahni, 1974). Longer sets are only looked for
where people pay them: everything due in a row, everything until a day, the same less one.
"""

from collections.abc import Sequence

import numpy as np

MOST_ITEMS = 160  # items of which every four are searched; above, every three
MOST_ITEMS_AT_ALL = 700  # above, nothing but runs is searched
MOST_HITS = 4000  # sets looked at before the search is cut short


class Sums:
    """Amounts in the order they are due, prepared to be searched for sums.

    :param amounts: minor units, negative for what is deducted
    """

    def __init__(self, amounts: Sequence[int]):
        self.values = np.asarray(amounts, dtype=np.int64)
        self.count = len(amounts)
        self.searchable = 2 <= self.count <= MOST_ITEMS_AT_ALL
        self.most = sum(amount for amount in amounts if amount > 0)
        if self.searchable:
            self._pair_up()

    def _pair_up(self) -> None:
        left, right = np.triu_indices(self.count, 1)
        sums = self.values[left] + self.values[right]
        order = np.argsort(sums, kind="stable")
        self._sums = sums[order]
        self._left = left[order].astype(np.int32)
        self._right = right[order].astype(np.int32)

    def find(self, target: int) -> tuple[list[tuple[int, ...]], bool]:
        """Return the sets of two to four amounts with this sum, and whether all were seen."""
        if not self.searchable or target > self.most:
            return [], self.count < 2 or target > self.most
        found, complete = self.pairs(target), True
        alone = np.arange(self.count)
        for wanted, last, more in (
            (target - self.values, alone, self._with_one),
            (target - self._sums, self._right, self._with_pair),
        ):
            if more == self._with_pair and self.count > MOST_ITEMS:
                return found, False
            low = np.searchsorted(self._sums, wanted, "left")
            high = np.searchsorted(self._sums, wanted, "right")
            hits = high - low
            if int(hits.sum()) > MOST_HITS * 4:
                return found, False
            first = np.repeat(np.arange(len(wanted)), hits)
            start = np.repeat(high - np.cumsum(hits), hits)
            second = start + np.arange(len(first))
            keep = last[first] < self._left[second]
            found += more(first[keep], second[keep])
            complete = complete and len(found) <= MOST_HITS
        return found[:MOST_HITS], complete

    def pairs(self, target: int) -> list[tuple[int, ...]]:
        """Return the pairs of amounts with this sum."""
        if not self.searchable:
            return []
        low, high = np.searchsorted(self._sums, [target, target + 1])
        left, right = self._left[low:high].tolist(), self._right[low:high].tolist()
        return list(zip(left, right, strict=True))

    def _with_one(self, first: np.ndarray, second: np.ndarray) -> list[tuple[int, ...]]:
        columns = (first, self._left[second], self._right[second])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def _with_pair(self, first: np.ndarray, second: np.ndarray) -> list[tuple[int, ...]]:
        columns = (
            self._left[first], self._right[first], self._left[second], self._right[second],
        )  # fmt: skip
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def runs(self, target: int) -> list[tuple[int, int]]:
        """Return (begin, end) of each stretch of two or more amounts with this sum."""
        if target > self.most:
            return []
        totals = [0, *np.cumsum(self.values).tolist()]
        seen: dict[int, list[int]] = {}
        found = []
        for end, total in enumerate(totals):
            found += [(begin, end) for begin in seen.get(total - target, ()) if end - begin > 1]
            seen.setdefault(total, []).append(end)
        return found

    def all_but_one(self, target: int) -> list[tuple[int, ...]]:
        """Return each stretch of four or more amounts less one, where that is the sum."""
        if not 4 <= self.count <= MOST_ITEMS * 2 or target > self.most:
            return []
        totals = np.concatenate(([0], np.cumsum(self.values)))
        excess = totals[None, :] - totals[:, None] - target
        begins, ends = np.nonzero(np.triu(np.isin(excess, self.values), 4))
        found = []
        for begin, end in zip(begins.tolist()[:MOST_HITS], ends.tolist(), strict=False):
            over = excess[begin, end]
            # the first or last left out is a shorter stretch
            for out in np.flatnonzero(self.values[begin + 1 : end - 1] == over).tolist():
                found.append(tuple(at for at in range(begin, end) if at != begin + 1 + out))
        return found
