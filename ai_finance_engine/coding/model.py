"""Learn from booked lines, propose accounts, learn on from what people confirm."""

from collections.abc import Iterable, Sequence

import numpy as np

from ..calibration import Calibration
from .candidates import CANDIDATES, Candidates, gather
from .counts import DecayedCounts
from .keys import ACCOUNT_MASK, KeyMaker, Vocabulary
from .lines import BLOCKS, MONTH, Choice, CodedLine, blocks, day_of
from .memory import PastLines
from .network import KeyNetwork, slots_of
from .ranker import Ranker
from .threads import one_thread

CHOICES = 5  # accounts proposed for a line
CHUNK = 1000  # lines weighed at a time
REPLAY = 24_000  # lines at the end of a history that are replayed, as they would have come
TRIED = 0.25  # of the replayed lines, the last ones: what is right there gives the confidence
WINDOW = 12_000  # recent lines the networks go over again
AGAIN = 4  # times as many lines as are new, at most the window
OUTCOMES = 12_000  # recent outcomes the confidence rests on
FLUSH = 256  # outcomes that are collected before network and ranker learn from them
SMALL = 3_000  # lines below which all is learned anew when a quarter has come
RANKERS = 3  # whose mean counts
ENOUGH = 100  # replayed lines a ranker can be learned from
AHEAD = 62  # days a line may move the present on; more is a typing error


def fit(history: Iterable[CodedLine]) -> "CodingModel":
    """Learn from booked lines in time order; lines without an account are left out."""
    return CodingModel(history)


class CodingModel:
    """Proposes accounts for lines, see ``fit``. The same calls in the same order answer the same.

    :raises ValueError: more than 65,534 different accounts
    """

    def __init__(self, history: Iterable[CodedLine] = ()):
        with one_thread():
            self._fit([line for line in history if line.account is not None])

    def predict(self, lines: Iterable[CodedLine]) -> list[list[Choice]]:
        """Return the likeliest accounts of each line, the best first.

        At most as many as are known; none before anything was learned.
        """
        lines = list(lines)
        if not self._accounts:
            return [[] for _line in lines]
        found: list[list[Choice]] = []
        with one_thread():
            for start in range(0, len(lines), CHUNK):
                found += self._choices(lines[start : start + CHUNK])
        return found

    def update(self, confirmed_lines: Iterable[CodedLine]) -> None:
        """Learn lines that people booked or confirmed, in time order: one, or a month of them."""
        with one_thread():
            self._update([line for line in confirmed_lines if line.account is not None])

    # Learning

    def _update(self, lines: list[CodedLine]) -> None:
        past = self._past.lines
        if lines and len(past) < SMALL and len(past) + len(lines) >= 1.25 * self._fitted:
            self._fit([*past, *lines])
        elif lines:
            self._collect(lines)
            self._learn(lines)
            if sum(len(right) for _features, right in self._pending) >= FLUSH:
                self._study()

    def _fit(self, lines: list[CodedLine]) -> None:
        self._fitted = len(lines)
        self._maker = KeyMaker(lines)
        self._counts = DecayedCounts()
        self._networks = KeyNetwork(0), KeyNetwork(1)  # of all keys, of the plain ones
        self._rankers = [Ranker(seed) for seed in range(RANKERS)]
        self._past = PastLines(len(self._maker.names))
        self._accounts = Vocabulary()
        self._recent: list[np.ndarray] = []
        days = [day for line in lines[:20] if (day := day_of(line)) is not None]
        self._today = float(np.median(days)) if days else 0.0
        self._pace = BLOCKS * MONTH / max(len(lines), BLOCKS)
        self._outcomes = np.zeros(0), np.zeros(0, bool)
        self._calibration = Calibration()
        self._pending: list[tuple[np.ndarray, np.ndarray]] = []
        if lines:
            self._replay(blocks(lines))

    def _replay(self, parts: list[list[CodedLine]]) -> None:
        """Learn the first blocks at once, then each as if it had just been confirmed."""
        lengths = np.cumsum([len(part) for part in reversed(parts)])
        replayed = min(int(np.searchsorted(lengths, REPLAY)) + 1, len(parts) * 2 // 3)
        warm = [line for part in parts[: len(parts) - replayed] for line in part]
        for start in range(0, len(warm), WINDOW):
            self._learn(warm[start : start + WINDOW], keep=len(warm))
        if warm:
            self._go_over(len(warm), passes=2)
        for part in parts[len(parts) - replayed :]:
            self._collect(part)
            self._learn(part)
            self._go_over(AGAIN * len(part))
        if self._pending:
            self._try()

    def _try(self) -> None:
        """Learn the ranker from what was replayed but its end, then see how right it is there."""
        features, right = map(np.concatenate, zip(*self._pending, strict=True))
        first = int(len(right) * (1 - TRIED))
        if len(right) >= ENOUGH:
            self._teach(features[:first], right[:first])
        if self._ready:
            self._outcomes = np.zeros(0), np.zeros(0, bool)
            self._note(self._ranked(features[first:]), right[first:])
            self._teach(features[first:], right[first:])
        self._pending = []
        self._calibration = Calibration(*self._outcomes)

    def _learn(self, lines: Sequence[CodedLine], keep: int = WINDOW) -> None:
        """Count the lines and remember them; keep the most recent ones for the network."""
        table = self._maker.details(lines)
        keys = self._maker.keys(table)
        codes = np.array([self._accounts[line.account] for line in lines])
        if len(self._accounts) >= ACCOUNT_MASK:
            raise ValueError("too many different accounts")
        self._counts.add(keys, codes, self._days(lines), len(self._past.lines))
        self._past.add(lines, table, codes)
        new = [*self._slots(table, keys), codes]
        old = self._recent or [part[:0] for part in new]
        pairs = zip(old, new, strict=True)
        self._recent = [np.concatenate(pair)[-keep:] for pair in pairs]

    def _slots(self, table: np.ndarray, keys: np.ndarray) -> list[np.ndarray]:
        """Return what each network reads of lines."""
        return [slots_of(keys[:, 1:]), slots_of(self._maker.plain_keys(table, keys))]

    def _days(self, lines: Sequence[CodedLine]) -> np.ndarray:
        """Return when the lines were; one without a date comes a little after the one before."""
        days = []
        for line in lines:
            day = day_of(line)
            if day is None:
                day = self._today + self._pace
            day = min(day, self._today + AHEAD)
            self._today = max(self._today, day)
            days.append(day)
        return np.array(days, float)

    def _collect(self, lines: Sequence[CodedLine]) -> None:
        """Note what would have been proposed for lines that are about to be learned."""
        for start in range(0, len(lines), CHUNK):
            part = lines[start : start + CHUNK]
            _table, candidates = self._weigh(part)
            codes = np.array([self._accounts.get(line.account, 0) for line in part])
            right = (candidates.accounts == codes[:, None]) & (codes > 0)[:, None]
            self._note(self._chances(candidates), right)
            self._pending.append((candidates.features, right))

    def _note(self, chances: np.ndarray, right: np.ndarray) -> None:
        best = chances.argmax(1)[:, None]
        new = [np.take_along_axis(values, best, 1)[:, 0] for values in (chances, right)]
        self._outcomes = tuple(
            np.concatenate([old, values])[-OUTCOMES:]
            for old, values in zip(self._outcomes, new, strict=True)
        )

    def _study(self) -> None:
        """Let network, ranker and confidence learn from what was collected."""
        features, right = map(np.concatenate, zip(*self._pending, strict=True))
        self._pending = []
        self._go_over(AGAIN * len(right))
        if self._ready:
            self._teach(features, right)
        self._calibration = Calibration(*self._outcomes)

    def _teach(self, features: np.ndarray, right: np.ndarray) -> None:
        for ranker in self._rankers:
            ranker.learn(features, right)

    def _go_over(self, number: int, passes: int = 1) -> None:
        """Let the networks learn the most recent lines, as many as are kept at most."""
        *slots, codes = (part[-number:] for part in self._recent)
        for network, read in zip(self._networks, slots, strict=True):
            network.learn(read, codes, passes)

    # Proposing

    def _weigh(self, lines: Sequence[CodedLine]) -> tuple[np.ndarray, Candidates]:
        table = self._maker.details(lines)
        keys = self._maker.keys(table)
        # with few accounts some that do not exist fill up, so that features have one shape
        known = max(len(self._accounts), CANDIDATES)
        said = np.zeros((len(self._networks), len(lines), known + 1))
        slots = self._slots(table, keys)
        for place, (network, read) in enumerate(zip(self._networks, slots, strict=True)):
            chances = network.probabilities(read)
            said[place, :, : chances.shape[1]] = chances
        return table, gather(self._counts, keys, self._maker.width, said, self._today)

    def _chances(self, candidates: Candidates) -> np.ndarray:
        if self._ready:
            chances = self._ranked(candidates.features)
        else:
            known = len(self._past.lines)
            whole = candidates.score.sum(1, keepdims=True) + 1
            chances = candidates.score / whole * known / (known + 2)
        return np.where(candidates.accounts <= len(self._accounts), chances, 0.0)

    @property
    def _ready(self) -> bool:
        return all(ranker.ready for ranker in self._rankers)

    def _ranked(self, features: np.ndarray) -> np.ndarray:
        return np.mean([ranker.chances(features) for ranker in self._rankers], 0)

    def _choices(self, lines: Sequence[CodedLine]) -> list[list[Choice]]:
        table, candidates = self._weigh(lines)
        chances = self._chances(candidates)
        order = np.argsort(-chances, 1, kind="stable")[:, :CHOICES]
        codes = np.take_along_axis(candidates.accounts, order, 1)
        confidence = self._confidence(np.take_along_axis(chances, order, 1))
        last = np.take_along_axis(candidates.last, order[:, :, None], 1)
        number = order.shape[1]
        similar = self._past.similar(
            np.repeat(table, number, 0), last.reshape(len(lines) * number, -1)
        )
        names = list(self._accounts)
        return [
            [
                Choice(names[code - 1], value, similar[row * number + place])
                for place, (code, value) in enumerate(zip(*found, strict=True))
                if code <= len(names)
            ]
            for row, found in enumerate(zip(codes.tolist(), confidence.tolist(), strict=True))
        ]

    def _confidence(self, chances: np.ndarray) -> np.ndarray:
        """Return probabilities: the best one's as calibrated, the others share what is left."""
        best = self._calibration(chances[:, :1])
        rest = (1 - best) / np.maximum(1 - chances[:, :1], 1e-9)
        return np.concatenate([best, np.minimum(chances[:, 1:] * rest, best)], 1)
