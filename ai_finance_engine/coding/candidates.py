"""Which accounts a line may belong to, and what history says for each of them."""

from dataclasses import dataclass

import numpy as np

from .counts import HALF_LIVES, DecayedCounts
from .keys import ACCOUNT_MASK, WORDS

CANDIDATES = 14  # accounts of a line that are weighed
WIDE = 64  # accounts under a key: with more it proposes none itself, it is only asked
PRIOR_WEIGHT = np.array([0.3, 1.0, 0.3])  # lines that the general share counts for, by half-life
PROPOSING = np.array([1.0, 0.2, 0.0])  # weight of the half-lives where accounts are proposed
NETWORK_WEIGHT = 3.0  # of all networks together, against the keys
SMALL = 1e-3


@dataclass(frozen=True, slots=True)
class Candidates:
    """The accounts weighed for some lines.

    :param accounts: (lines, candidates), the most likely first; 0 fills up
    :param score: (lines, candidates), how much speaks for them at first sight
    :param features: (lines, candidates, features)
    :param last: (lines, candidates, keys), place in the history of the last line with that key and
        account, negative where there is none
    """

    accounts: np.ndarray
    score: np.ndarray
    features: np.ndarray
    last: np.ndarray


def gather(
    counts: DecayedCounts, keys: np.ndarray, width: int, networks: np.ndarray, today: float
) -> Candidates:
    """Weigh the accounts of lines.

    :param keys: (lines, kinds) as of ``KeyMaker``
    :param width: the first so many kinds are single, the rest come in groups, one for each word
    :param networks: (networks, lines, accounts + 1), probability of each account
    :param today: day of the history's end
    """
    totals = counts.look_up(keys, today)[0]
    score = _propose(counts, keys, totals, networks.shape[2], today)
    score += NETWORK_WEIGHT * networks.mean(0)
    general = keys[0, 0] | np.arange(score.shape[1], dtype=np.uint64)
    share = counts.look_up(general, today)[0]
    share = share / np.maximum(share[0], SMALL)
    score += SMALL * share[:, 1]
    score[:, 0] = 0
    accounts = np.argsort(-score[:, 1:], 1, kind="stable")[:, :CANDIDATES] + 1
    chosen = np.take_along_axis(score, accounts, 1)
    usual = np.maximum(share[accounts], 1e-4)
    prior = usual[..., 1]
    rank = np.broadcast_to(np.arange(accounts.shape[1]), accounts.shape)
    features = [_log(chosen), _log(chosen / score.sum(1, keepdims=True)), rank]
    features.extend(np.moveaxis(_log(usual), 2, 0))
    for network in networks:
        features += _of_network(network, accounts)
    last = np.empty((*accounts.shape, width - 1), np.int64)
    for kind in range(1, width):
        found = _entries(counts, keys[:, kind], accounts, today)
        last[:, :, kind - 1] = found[1]
        features += _of_key(found[0], totals[:, kind], prior)
    for start in range(width, keys.shape[1], WORDS):
        group = slice(start, start + WORDS)
        features += _of_words(counts, keys[:, group], totals[:, group], accounts, prior, today)
    return Candidates(accounts, chosen, np.stack(features, 2, dtype=np.float32), last)


def _propose(counts, keys, totals, width, today) -> np.ndarray:
    """Return how much each account is used under the lines' keys, (lines, width)."""
    score = np.zeros(len(keys) * width)
    for kind in range(keys.shape[1]):
        first, number = counts.span(keys[:, kind])
        number = np.where(number > WIDE, 0, number)
        rows = np.repeat(np.arange(len(keys)), number)
        places = np.repeat(first - np.cumsum(number) + number, number) + np.arange(number.sum())
        accounts = (counts.entries[places] & ACCOUNT_MASK).astype(np.int64)
        whole = (totals[:, kind] @ PROPOSING)[rows] + 0.3
        shares = counts.weights(places, today) @ PROPOSING / whole
        score += np.bincount(rows * width + accounts, shares, len(score))
    return score.reshape(len(keys), width)


def _entries(counts, key, accounts, today) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and last line of candidates under one key of each line."""
    weights, last = counts.look_up(key[:, None] | accounts.astype(np.uint64), today)
    absent = (key == 0)[:, None]
    return np.where(absent[..., None], 0.0, weights), np.where(absent, -1, last)


def _of_network(network, accounts) -> list[np.ndarray]:
    said = np.take_along_axis(network, accounts, 1)
    return [_log(said), np.log1p((network[:, None] > said[:, :, None]).sum(2))]


def _of_key(weights, totals, prior) -> list[np.ndarray]:
    shares = (weights + PRIOR_WEIGHT * prior[..., None]) / (totals[:, None] + PRIOR_WEIGHT)
    seen = np.broadcast_to(np.log1p(totals[:, -1:]), prior.shape)
    return [*np.moveaxis(_log(shares), 2, 0), seen]


def _of_words(counts, keys, totals, accounts, prior, today) -> list[np.ndarray]:
    """Return mean and greatest share under a line's words; rare words tell more."""
    longest = len(HALF_LIVES) - 1
    shares, trust = [], []
    for word in range(keys.shape[1]):
        weights, _last = _entries(counts, keys[:, word], accounts, today)
        total = np.where(keys[:, word] > 0, totals[:, word, longest], 0.0)[:, None]
        shares.append((weights[..., longest] + prior) / (total + 1))
        trust.append((total > 0) / (1 + np.log1p(total)))
    shares, trust = np.stack(shares), np.stack(trust)
    whole = trust.sum(0)
    mean = np.where(whole > 0, (shares * trust).sum(0) / np.maximum(whole, SMALL), prior)
    return [_log(mean), _log(shares.max(0))]


def _log(values: np.ndarray) -> np.ndarray:
    return np.log(values + SMALL)
