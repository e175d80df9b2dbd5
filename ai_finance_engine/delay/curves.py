"""Chances of payment day by day, chained for many invoices at once."""

import numpy as np

from .features import Rows

LAST = 250  # bank days a curve is drawn on beyond its end
SMALLEST = 1e-3  # chance of payment on a bank day, at least, beyond the end


class Curves:
    """Probability that each invoice is paid by a bank day.

    :param rows: the bank days of the invoices, each has one at least
    :param chance: of payment on each, if still open
    :param number: of invoices
    """

    def __init__(self, rows: Rows, chance: np.ndarray, number: int):
        self.rows = rows
        lengths = np.bincount(rows.invoice, minlength=number)
        self._starts = np.cumsum(lengths) - lengths
        self._ends = self._starts + lengths - 1
        chance = np.clip(chance, 1e-9, 1 - 1e-9)
        total = np.cumsum(np.log1p(-chance))
        earlier = np.where(self._starts > 0, total[self._starts - 1], 0.0)
        self.paid_by = -np.expm1(total - earlier[rows.invoice])
        self._last_chance = np.maximum(chance[self._ends], SMALLEST)

    def __len__(self) -> int:
        return len(self._starts)

    def quantile(self, levels: np.ndarray | float) -> np.ndarray:
        """Return the first bank day by which each invoice is paid with a probability."""
        levels = np.broadcast_to(levels, len(self))
        short = self.paid_by < levels[self.rows.invoice]
        steps = np.add.reduceat(short, self._starts, dtype=np.int64)
        found = self.rows.index[self._starts] + steps
        beyond = short[self._ends]
        left = (1 - levels) / np.maximum(1 - self.paid_by[self._ends], 1e-12)
        more = np.ceil(np.log(np.maximum(left, 1e-12)) / np.log1p(-self._last_chance))
        ends = self.rows.index[self._ends] + np.clip(more, 1, LAST).astype(np.int64)
        return np.where(beyond, ends, found)

    def of(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the bank days of an invoice and the probability of payment on each."""
        part = slice(self._starts[place], self._ends[place] + 1)
        return self.rows.index[part], np.diff(self.paid_by[part], prepend=0.0)
