"""Choose the levels of the band so that it holds what it says."""

import numpy as np

from .curves import Curves

LOW, HIGH = 0.1, 0.9
THIN = 5  # paid invoices below which a partner is judged apart
ENOUGH = 60  # outcomes that count fully
GRID = np.linspace(0.01, 0.4, 40)


class Band:
    """Levels of the curve between which 80 % of recent invoices were paid."""

    def __init__(self):
        self._levels = {True: (LOW, HIGH), False: (LOW, HIGH)}

    def learn(self, curves: Curves, paid_index: np.ndarray, number: np.ndarray) -> None:
        """Set the levels from what became of invoices.

        :param paid_index: bank day each was paid on
        :param number: paid invoices of its partner then
        """
        thin = number < THIN
        lows = np.stack([curves.quantile(level) for level in GRID])
        highs = np.stack([curves.quantile(1 - level) for level in GRID])
        inside = (lows <= paid_index) & (paid_index <= highs)
        for group in (True, False):
            part = thin == group
            if not part.any():
                continue
            held = inside[:, part].mean(1)
            weight = min(1.0, part.sum() / ENOUGH)
            level = np.interp(-(HIGH - LOW), -held, GRID)
            level = weight * level + (1 - weight) * LOW
            self._levels[group] = (level, 1 - level)

    def levels(self, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the lower and the upper level of invoices with so many paid ones before."""
        thin = number < THIN
        low, high = (np.where(thin, self._levels[True][i], self._levels[False][i]) for i in (0, 1))
        return low, high
