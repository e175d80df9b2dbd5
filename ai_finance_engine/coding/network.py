"""A small network that reads an account off many keys of a line at once.

Every key has a vector; their sum, cut at zero, is compared with a vector of each account. Like
fastText (Joulin et al., 2016) with a hidden layer, learned by AdaGrad (Duchi et al., 2011).
"""

import numpy as np

from .keys import mix

SLOTS = 1 << 16  # vectors that keys share by hash
SIZE = 64  # of a vector
BATCH = 64
LEARNING_RATE = 0.1


class KeyNetwork:
    """Probabilities of accounts from the sum of the keys' vectors."""

    def __init__(self, seed: int = 0):
        self._random = np.random.default_rng(seed)
        self._keys = np.float32(0.1) * self._random.standard_normal((SLOTS, SIZE), np.float32)
        self._key_steps = np.full(SLOTS, 0.01, np.float32)
        # the last column is the account's bias
        self._accounts = np.zeros((0, SIZE + 1), np.float32)
        self._account_steps = np.zeros((0, SIZE + 1), np.float32)

    def probabilities(self, slots: np.ndarray) -> np.ndarray:
        """Return the probability of each account known so far, (lines, accounts + 1)."""
        return _softmax(self._hidden(slots)[0] @ self._accounts.T)

    def learn(self, slots: np.ndarray, accounts: np.ndarray, passes: int = 1) -> None:
        """Learn booked lines in an order of its own.

        :param slots: (lines, keys), see ``slots_of``
        :param accounts: their accounts, from 1
        """
        self._make_room(int(accounts.max()) + 1)
        for _pass in range(passes):
            order = self._random.permutation(len(slots))
            for start in range(0, len(order), BATCH):
                rows = order[start : start + BATCH]
                self._step(slots[rows], accounts[rows])

    def _hidden(self, slots: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        used = (slots > 0).astype(np.float32)
        scale = 1 / np.sqrt(np.maximum(used.sum(1), 1)).astype(np.float32)[:, None]
        hidden = np.maximum(np.einsum("nkd,nk->nd", self._keys[slots], used) * scale, 0)
        return np.concatenate([hidden, np.ones_like(scale)], 1), scale

    def _step(self, slots: np.ndarray, accounts: np.ndarray) -> None:
        hidden, scale = self._hidden(slots)
        error = _softmax(hidden @ self._accounts.T)
        error[np.arange(len(accounts)), accounts] -= 1
        back = (error @ self._accounts[:, :SIZE]) * (hidden[:, :SIZE] > 0) * scale
        gradient = error.T @ hidden
        self._account_steps += gradient**2
        self._accounts -= LEARNING_RATE * gradient / np.sqrt(self._account_steps)
        rows, kinds = np.nonzero(slots)
        order = np.argsort(slots[rows, kinds], kind="stable")
        touched, starts = np.unique(slots[rows, kinds][order], return_index=True)
        gradient = np.add.reduceat(back[rows[order]], starts, 0)
        self._key_steps[touched] += (gradient**2).mean(1)
        step = LEARNING_RATE / np.sqrt(self._key_steps[touched])
        self._keys[touched] -= step[:, None] * gradient

    def _make_room(self, accounts: int) -> None:
        missing = ((0, max(0, accounts - len(self._accounts))), (0, 0))
        self._accounts = np.pad(self._accounts, missing)
        self._account_steps = np.pad(self._account_steps, missing, constant_values=0.01)


def slots_of(keys: np.ndarray) -> np.ndarray:
    """Return where the vectors of keys stand; 0 for no key."""
    hashed = (mix(keys) >> np.uint64(20)) % np.uint64(SLOTS - 1) + np.uint64(1)
    return np.where(keys > 0, hashed, 0).astype(np.int32)


def _softmax(scores: np.ndarray) -> np.ndarray:
    if not scores.size:
        return scores
    grown = np.exp(scores - scores.max(1, keepdims=True))
    return grown / grown.sum(1, keepdims=True)
