"""Turn scores into probabilities that hold, from what became of earlier scores."""

from collections.abc import Sequence

import numpy as np

GROUPS = 40
SMALLEST = 15  # outcomes in a group
PRIOR = 200.0  # outcomes of a group that the score itself counts for


class Calibration:
    """A rising curve from score to probability: isotonic regression over groups of outcomes.

    Pool adjacent violators (Ayer et al., 1955), straight lines between the groups' means. Without
    outcomes the score stands for itself, with few of them it still counts.

    :param scores: 0..1
    :param right: whether what had the score proved right
    """

    def __init__(self, scores: Sequence[float] = (), right: Sequence[bool] = ()):
        scores, right = np.asarray(scores, float), np.asarray(right, float)
        if len(scores) != len(right):
            raise ValueError("every score needs its outcome")
        self._scores, self._shares = np.array([0.0, 1.0]), np.array([0.0, 1.0])
        if len(scores) >= SMALLEST:
            self._learn(scores, right)

    def __call__(self, scores: np.ndarray) -> np.ndarray:
        """Return the probability of each score; never falls while the score rises."""
        return np.interp(scores, self._scores, self._shares)

    def _learn(self, scores: np.ndarray, right: np.ndarray) -> None:
        order = np.argsort(scores, kind="stable")
        parts = max(1, min(GROUPS, len(scores) // SMALLEST))
        groups = np.array_split(order, parts)
        number = np.array([len(group) for group in groups], float)
        score = np.array([scores[group].mean() for group in groups])
        hits = np.array([right[group].sum() for group in groups])
        share = (hits + PRIOR * score) / (number + PRIOR)
        share = _rising(share, number)
        self._scores = np.concatenate([[0.0], score, [1.0]])
        self._shares = np.clip(np.concatenate([[0.0], share, share[-1:]]), 0, 1)


def _rising(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the rising sequence closest to the values (least squares)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        length = 1
        while pools and pools[-1][0] >= value:
            before, heavy, many = pools.pop()
            value = (before * heavy + value * weight) / (heavy + weight)
            weight, length = weight + heavy, length + many
        pools.append((value, weight, length))
    return np.repeat([pool[0] for pool in pools], [pool[2] for pool in pools])
