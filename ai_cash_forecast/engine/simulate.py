"""Many possible courses of the bank balance, drawn together.

When one document of a partner is late, its others tend to be: each partner has a factor, all
customers share a weak one (a bad month for the trade), all payments of our own another. A course
draws these once and then, for each document, the day its own curve gives for the draw.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np

COMMON = 0.08  # share of the variance that all customers, or all payments, have in common
PARTNER = 0.30  # share that the documents of one partner have in common
BINS = 1024  # steps a normal draw is told apart in
WIDTH = 4.0  # beyond so many standard deviations draws count as the last step
CHUNK = 1000  # documents at a time


@dataclass(frozen=True)
class Draws:
    """Simulated courses.

    :param balance: of each course at the end of each day, ``(draws, days)``
    """

    balance: np.ndarray

    def quantile(self, level: float) -> np.ndarray:
        """Return the balance that a share of the courses does not exceed, day by day."""
        return np.quantile(self.balance, level, axis=0)

    def ever_below(self, limit: float, first: int, last: int) -> float:
        """Return the share of courses below ``limit`` on any day from ``first`` to ``last``."""
        return float((self.balance[:, first : last + 1] < limit).any(axis=1).mean())


def simulate(
    opening: float,
    amount: np.ndarray,
    chance: np.ndarray,
    partner: np.ndarray,
    paths: np.ndarray | None = None,
    draws: int = 2000,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Draws:
    """Draw courses of the balance. The same input and seed give the same courses.

    :param amount: of each document, positive comes in
    :param chance: ``(documents, days)``, probability that the money moves on a day; what is
        missing to 1 moves later or never
    :param partner: number of whom each document belongs to, negative: each for itself
    :param paths: ``(paths, days)``, courses of other business, one is picked for each draw
    """
    days = chance.shape[1]
    random = np.random.default_rng(seed)
    common = random.standard_normal((2, draws), dtype=np.float32)
    flat = np.zeros(draws * (days + 1))
    factors = _Partners(random, draws)
    order = np.argsort(partner, kind="stable")
    for start in range(0, len(order), CHUNK):
        rows = order[start : start + CHUNK]
        shared = common[(amount[rows] < 0).astype(int)]
        own = random.standard_normal((len(rows), draws), dtype=np.float32)
        z = _mix(shared, factors.of(partner[rows]), own)
        flat += _spread(z, chance[rows], amount[rows])
        if progress:
            progress(start + len(rows))
    moves = flat.reshape(draws, days + 1)[:, :days]
    if paths is not None and len(paths):
        moves = moves + paths[random.integers(0, len(paths), draws)]
    return Draws(opening + np.cumsum(moves, axis=1))


def _mix(shared: np.ndarray, partner: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return normal draws that share what the module's text says."""
    own *= np.float32(sqrt(1 - COMMON - PARTNER))
    own += np.float32(sqrt(COMMON)) * shared
    own += np.float32(sqrt(PARTNER)) * partner
    return own


def _spread(z: np.ndarray, chance: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Return what each course moves on each day (the last one stands for later), flattened."""
    rows, draws = z.shape
    days = chance.shape[1]
    by = np.minimum(np.cumsum(chance, axis=1, dtype=np.float64), 1.0)
    apart = 2.0 * np.arange(rows)[:, None]
    table = np.searchsorted((by + apart).ravel(), (STEPS[None, :] + apart).ravel(), side="left")
    table = (table.reshape(rows, BINS) - days * np.arange(rows)[:, None]).astype(np.int32)
    z += np.float32(WIDTH)
    z *= np.float32(BINS / (2 * WIDTH))
    step = np.clip(z, 0, BINS - 1, out=z).astype(np.int32)
    step += (BINS * np.arange(rows, dtype=np.int32))[:, None]
    day = table.ravel()[step]
    day += (np.arange(draws, dtype=np.int32) * (days + 1))[None, :]
    weights = np.broadcast_to(amount[:, None], day.shape)
    return np.bincount(day.ravel(), weights.ravel(), minlength=draws * (days + 1))


class _Partners:
    """Factors of partners, which come in rising order, drawn when first met."""

    def __init__(self, random: np.random.Generator, draws: int):
        self._random, self._draws = random, draws
        self._last, self._factor = None, None

    def of(self, partners: np.ndarray) -> np.ndarray:
        alone = partners < 0
        groups = np.where(alone, -1 - np.arange(len(partners)), partners)
        unique, place = np.unique(groups, return_inverse=True)
        factors = self._random.standard_normal((len(unique), self._draws), dtype=np.float32)
        known = np.flatnonzero(unique == self._last) if self._last is not None else ()
        if len(known):
            factors[known[0]] = self._factor
        if not alone[-1]:
            self._last, self._factor = partners[-1], factors[place[-1]].copy()
        return factors[place]


def _normal(z: float) -> float:
    return 0.5 * (1 + erf(z / sqrt(2)))


#: Probability in the middle of each step of a normal draw.
_MIDDLES = (np.arange(BINS) + 0.5) * (2 * WIDTH / BINS) - WIDTH
STEPS = np.array([_normal(z) for z in _MIDDLES])
