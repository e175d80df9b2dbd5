"""Weigh the candidates of a line against each other.

A network with one hidden layer gives each candidate a score from its features; the softmax over a
line's candidates is the chance of each. Learned by Adam (Kingma and Ba, 2015) with decoupled weight
decay on lines replayed as they came: what was known of them was what is known of a new line.
"""

import numpy as np

HIDDEN = 32
BATCH = 64
DECAY = 1e-3
FIRST_RATE, LATER_RATE = 1e-3, 5e-4
STEPS = 900  # at least, when learning from scratch
PASSES = 10


class Ranker:
    """Chances of the candidates of lines."""

    def __init__(self, seed: int = 0):
        self._random = np.random.default_rng(seed)
        self._weights: list[np.ndarray] = []

    @property
    def ready(self) -> bool:
        """Whether it has learned anything."""
        return bool(self._weights)

    def chances(self, features: np.ndarray) -> np.ndarray:
        """Return the chance of each candidate, (lines, candidates)."""
        return _softmax(self._score(self._scaled(features))[1])

    def learn(self, features: np.ndarray, right: np.ndarray) -> None:
        """Learn from lines whose account is known.

        :param features: (lines, candidates, features)
        :param right: (lines, candidates), True at the account that was confirmed
        """
        known = np.nonzero(right.any(1))[0]
        if not len(known):
            return
        fresh = not self.ready
        if fresh:
            self._begin(features)
        batches = -(-len(known) // BATCH)
        passes = max(PASSES, STEPS // batches) if fresh else 2
        for number in range(passes):
            rate = FIRST_RATE * (1 - number / passes) if fresh else LATER_RATE
            order = self._random.permutation(known)
            for start in range(0, len(order), BATCH):
                rows = order[start : start + BATCH]
                self._step(self._scaled(features[rows]), right[rows], rate)

    def _begin(self, features: np.ndarray) -> None:
        size = features.shape[2]
        self._mean = features.mean((0, 1))
        self._spread = features.std((0, 1)) + 1e-3
        into = self._random.standard_normal((size, HIDDEN)) * np.sqrt(2 / size)
        out = self._random.standard_normal((HIDDEN, 1)) * np.sqrt(0.1 / HIDDEN)
        shapes = into, np.zeros(HIDDEN), out
        self._weights = [values.astype(np.float32) for values in shapes]
        self._drift = [np.zeros_like(values) for values in self._weights]
        self._power = [np.zeros_like(values) for values in self._weights]
        self._steps = 0

    def _scaled(self, features: np.ndarray) -> np.ndarray:
        return np.clip((features - self._mean) / self._spread, -8, 8)

    def _score(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        into, bias, out = self._weights
        hidden = np.maximum(features @ into + bias, 0)
        return hidden, (hidden @ out)[..., 0]

    def _step(self, features: np.ndarray, right: np.ndarray, rate: float) -> None:
        hidden, score = self._score(features)
        error = ((_softmax(score) - right) / len(right)).astype(np.float32).reshape(-1, 1)
        hidden, flat = hidden.reshape(-1, HIDDEN), features.reshape(-1, features.shape[2])
        back = (error @ self._weights[2].T) * (hidden > 0)
        self._steps += 1
        for place, gradient in enumerate((flat.T @ back, back.sum(0), hidden.T @ error)):
            self._drift[place] += 0.1 * (gradient - self._drift[place])
            self._power[place] += 0.01 * (gradient**2 - self._power[place])
            drift = self._drift[place] / (1 - 0.9**self._steps)
            power = self._power[place] / (1 - 0.99**self._steps)
            self._weights[place] -= rate * (
                drift / (np.sqrt(power) + 1e-6) + DECAY * self._weights[place]
            )


def _softmax(scores: np.ndarray) -> np.ndarray:
    grown = np.exp(scores - scores.max(1, keepdims=True))
    return grown / grown.sum(1, keepdims=True)
