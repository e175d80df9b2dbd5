"""Learn the chance that an open invoice is paid on a bank day."""

import logging

import numpy as np
from threadpoolctl import threadpool_limits

from .features import column

TREES, LEAVES, RATE, LEAF = 100, 24, 0.06, 300
SHARE = 0.3  # of the figures a split may choose from
ENOUGH_FOR_TREES = 300  # payments
ENOUGH_FOR_LINE = 40
PLAIN = ("narrow", "wide", "terms", "weekday_share", "run_rate", "recent", "smooth")
STEPS = 20
RIDGE = 2.0

_logger = logging.getLogger(__name__)


class Profile:
    """The partner's own smoothed delays, as they are; nothing is learned."""

    def __call__(self, table: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-column(table, "narrow")))


class Line:
    """A logistic line over few features: for short histories and without scikit-learn."""

    def __init__(self, table: np.ndarray, paid: np.ndarray):
        design = self._design(table)
        start = np.zeros(design.shape[1])
        start[1] = 1.0  # the profile's own chance
        weights = start.copy()
        for _step in range(STEPS):
            chance = _squash(design @ weights)
            slope = design.T @ (paid - chance) - RIDGE * (weights - start)
            bend = (design * (chance * (1 - chance))[:, None]).T @ design
            step = np.linalg.solve(bend + RIDGE * np.eye(len(start)), slope)
            now = _loss(design, paid, weights, start)
            while _loss(design, paid, weights + step, start) > now and np.abs(step).max() > 1e-6:
                step /= 2
            weights = weights + step
        self._weights = weights

    def __call__(self, table: np.ndarray) -> np.ndarray:
        return _squash(self._design(table) @ self._weights)

    def _design(self, table: np.ndarray) -> np.ndarray:
        columns = [np.ones(len(table)), *(column(table, name) for name in PLAIN)]
        distance = np.clip(column(table, "from_middle"), -10, 10)
        columns += [np.minimum(distance, 0) / 5, np.maximum(distance, 0) / 5, distance == 0]
        return np.stack(columns, 1)


class Trees:
    """Boosted trees; raises ImportError without scikit-learn."""

    def __init__(self, table: np.ndarray, paid: np.ndarray):
        from sklearn.ensemble import HistGradientBoostingClassifier

        self._trees = HistGradientBoostingClassifier(
            max_iter=TREES,
            max_leaf_nodes=LEAVES,
            learning_rate=RATE,
            min_samples_leaf=LEAF,
            l2_regularization=1.0,
            max_features=SHARE,
            max_bins=128,
            early_stopping=False,
            random_state=0,
        )
        with threadpool_limits(limits=1):
            self._trees.fit(table, paid)

    def __call__(self, table: np.ndarray) -> np.ndarray:
        with threadpool_limits(limits=1):
            return self._trees.predict_proba(table)[:, 1]


def learn(table: np.ndarray, paid: np.ndarray) -> Profile | Line | Trees:
    """Return what tells the chance of payment on a bank day, as rich as the payments allow."""
    payments = paid.sum()
    if ENOUGH_FOR_TREES <= payments < len(paid):  # where all is paid at once trees learn nothing
        try:
            return Trees(table, paid)
        except ImportError:
            _logger.info("scikit-learn is missing: payment dates are predicted without trees")
    if payments >= ENOUGH_FOR_LINE:
        return Line(table, paid)
    return Profile()


def _loss(design: np.ndarray, paid: np.ndarray, weights: np.ndarray, start: np.ndarray) -> float:
    score = design @ weights
    likely = paid @ score - np.logaddexp(0, score).sum()
    return RIDGE / 2 * ((weights - start) ** 2).sum() - likely


def _squash(score: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(score, -30, 30)))
