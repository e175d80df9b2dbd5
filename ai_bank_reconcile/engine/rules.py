"""Rules found in booked bank lines, and what a rule would have done with them.

A rule says: a line with these words, in this direction, is booked like that. It is found where
lines that share words were booked alike nearly always, and tested on the same lines: how many it
would have hit, and how many of them people booked otherwise.
"""

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .account_choice import payer_keys

ACCOUNT, PARTNER = "account", "partner"
LEAST = 5  # lines booked alike before a rule is proposed
PRECISION = 0.9  # share of the lines hit that must have been booked alike
WORDS = 3  # words by which lines are told apart, at most
COMMON = 40  # words of an account's lines that are tried, the most frequent
MOST = 20  # rules proposed at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A booked bank line.

    :param amount: signed, in the currency of its journal
    :param words: see :func:`words_of`
    :param effect: how it was booked: ``("account", ...)``, ``("partner", id)`` where documents of
        one partner were settled, None where nothing follows from it
    """

    id: int
    day: datetime.date
    journal_id: int
    amount: Decimal
    words: frozenset[str]
    effect: tuple[Hashable, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Which lines a rule is about.

    :param words: all of them must be in the line
    :param inflow: money that comes in, else that goes out
    :param low: smallest amount without sign, 0: any
    :param high: largest amount without sign, 0: any
    """

    words: frozenset[str]
    inflow: bool
    journal_id: int | None = None
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def hits(self, amount: Decimal, journal_id: int, words: frozenset[str]) -> bool:
        """Tell whether a line is meant."""
        size = abs(amount)
        return (
            bool(self.words)
            and self.words <= words
            and amount != 0
            and (amount > 0) == self.inflow
            and self.journal_id in (None, journal_id)
            and size >= self.low
            and (not self.high or size <= self.high)
        )


@dataclass(frozen=True, slots=True)
class BackTest:
    """What a rule would have done with booked lines, by their ids, oldest first.

    :param right: booked as the rule says
    :param against: booked otherwise
    :param documents: left to open documents, which go before a rule on an account
    :param first: day of the oldest line of the whole history, None without any
    """

    right: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A rule worth proposing."""

    pattern: Pattern
    effect: tuple[Hashable, ...]
    test: BackTest


def words_of(text: str, name: str = "") -> frozenset[str]:
    """Return the words by which a line is known again: no numbers, no months, no single letters."""
    for key in payer_keys(f"{text or ''} {name or ''}", "", ""):
        return frozenset(word for word in key.split()[1:] if len(word) > 1)
    return frozenset()


def precision(right: int, against: int) -> float:
    """Return how probably a further hit is right, from what was (rule of succession)."""
    return (right + 1) / (right + against + 2)


def back_test(pattern: Pattern, effect: tuple[Hashable, ...], history: Iterable[Past]) -> BackTest:
    """Return what the rule would have done with the lines of `history`."""
    right, against, documents = [], [], []
    days = []
    for past in sorted(history, key=lambda past: (past.day, past.id)):
        days.append(past.day)
        if not pattern.hits(past.amount, past.journal_id, past.words):
            continue
        if past.effect == effect:
            right.append(past.id)
        elif effect[0] == ACCOUNT and (past.effect is None or past.effect[0] != ACCOUNT):
            documents.append(past.id)
        else:
            against.append(past.id)
    spans = (days[0], days[-1]) if days else (None, None)
    return BackTest(tuple(right), tuple(against), tuple(documents), *spans)


def find(history: Sequence[Past], least: int = LEAST, most: int = MOST) -> list[Found]:
    """Return the rules that `history` speaks for, those that hit most first.

    A rule is precise on all lines with its words, those settled with documents included, and
    speaks for at least `least` lines that no rule before it explains.
    """
    found = []
    for inflow in (False, True):
        lines = [past for past in history if past.amount and (past.amount > 0) == inflow]
        index = _Index(lines)
        for effect, mask in index.effects.items():
            if mask.bit_count() >= least:
                for words in _patterns(index, mask, least):
                    pattern = Pattern(words=words, inflow=inflow)
                    found.append(Found(pattern, effect, back_test(pattern, effect, history)))
    found.sort(key=lambda one: (-len(one.test.right), sorted(one.pattern.words), str(one.effect)))
    return found[:most]


class _Index:
    """Lines as bits of whole numbers: which have a word, which an effect."""

    def __init__(self, lines: Sequence[Past]):
        self.lines = lines
        self.words: dict[str, int] = {}
        self.effects: dict[tuple[Hashable, ...], int] = {}
        for place, past in enumerate(lines):
            bit = 1 << place
            for word in past.words:
                self.words[word] = self.words.get(word, 0) | bit
            if past.effect is not None:
                self.effects[past.effect] = self.effects.get(past.effect, 0) | bit

    def common(self, mask: int) -> frozenset[str]:
        """Return the words that all lines of `mask` have."""
        rest, shared = mask, None
        while rest:
            low = rest & -rest
            words = self.lines[low.bit_length() - 1].words
            shared = words if shared is None else shared & words
            rest ^= low
        return shared or frozenset()


def _patterns(index: _Index, mask: int, least: int) -> Iterable[frozenset[str]]:
    """Yield the words that tell lines of `mask` from all others, fewer words first."""
    counts = Counter({word: (bits & mask).bit_count() for word, bits in index.words.items()})
    usual = sorted(
        (word for word, count in counts.items() if count >= least),
        key=lambda word: (-counts[word], word),
    )[:COMMON]
    left = mask
    level = {(word,): index.words[word] for word in usual}
    for _size in range(WORDS):
        vague = {}
        ranked = sorted(level, key=lambda words: (-(level[words] & mask).bit_count(), words))
        for words in ranked:
            bits = level[words]
            right = (bits & mask).bit_count()
            if right < PRECISION * bits.bit_count():
                vague[words] = bits
            elif (bits & left).bit_count() >= least:
                left &= ~bits
                # All that the lines share, not just what tells them apart: closer to what was seen
                yield index.common(bits & mask)
        level = _longer(vague, usual, index, left, least)


def _longer(
    vague: dict[tuple[str, ...], int], usual: list[str], index: _Index, left: int, least: int
) -> dict[tuple[str, ...], int]:
    """Return the patterns of one word more that still hit enough lines."""
    longer = {}
    for words, bits in vague.items():
        for word in usual:
            if word > words[-1]:
                both = bits & index.words[word]
                if (both & left).bit_count() >= least:
                    longer[words + (word,)] = both
    return longer
