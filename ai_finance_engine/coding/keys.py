"""The keys a line is looked up under: each detail of it, and details combined, as 64-bit numbers.

The last 16 bits of a key are free for an account, so that in a sorted array the accounts of a key
stand beside each other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from ..names import strip_accents
from .lines import CodedLine, cents

LETTERS = 400  # of a text; what comes later says nothing about the account
WORDS = 5  # of a text that are keys of their own
PIECES, PIECE = 24, 4  # how many stretches of a text are keys of their own, their letters
DETAILS = 4  # further details that are used, the most telling ones
CROSSED = 3  # of these that are combined with each other
ACCOUNT_BITS = np.uint64(16)
ACCOUNT_MASK = np.uint64(0xFFFF)
_TOKEN = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# multipliers of splitmix64 (Steele, Lea and Flood, 2014)
_STEP, _FIRST, _SECOND = map(
    np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)

# Columns of a line's details, as numbered by the vocabulary; 0 stands for "has none"
TEXT, STEM, START, FIRST, SIZE, AMOUNT = range(6)
FIXED = 6


def mix(values: np.ndarray) -> np.ndarray:
    """Return 64-bit numbers that look random, one for each number (splitmix64)."""
    values = values + _STEP
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


class Vocabulary(dict):
    """Numbers for whatever it is asked about, from 1 in order of first sight."""

    def __missing__(self, name) -> int:
        self[name] = number = len(self) + 1
        return number


class KeyMaker:
    """Turns lines into keys.

    :param history: lines that show which details are telling
    """

    def __init__(self, history: Sequence[CodedLine]):
        self.names = telling_details(history)
        self._numbers = Vocabulary()
        self._single, self._by_word = _combinations(len(self.names))
        self._pieces: dict[int, np.ndarray] = {0: np.zeros(PIECES, np.uint64)}

    @property
    def width(self) -> int:
        """Number of keys that every line has one of."""
        return len(self._single)

    @property
    def kinds(self) -> int:
        """Number of keys of a line, those of its words included."""
        return len(self._single) + len(self._by_word) * WORDS

    def details(self, lines: Sequence[CodedLine]) -> np.ndarray:
        """Return the lines' details as numbers, (lines, columns)."""
        count = len(self.names)
        table = np.zeros((len(lines), FIXED + count + WORDS), np.int64)
        number = self._numbers
        for row, line in zip(table, lines, strict=True):
            tokens = _TOKEN.findall(strip_accents(str(line.text or "")[:LETTERS]))
            plain = [token for token in tokens if not _DIGIT.search(token)] or tokens
            amount = cents(line.amount)
            row[SIZE] = number[SIZE, amount > 0, round(2 * np.log2(abs(amount) + 1))]
            row[AMOUNT] = number[AMOUNT, amount]
            if plain:
                row[TEXT] = number[TEXT, " ".join(tokens)]
                row[STEM] = number[STEM, " ".join(plain)]
                if row[STEM] not in self._pieces:
                    self._pieces[int(row[STEM])] = self._spell(" ".join(plain))
                row[START] = number[START, " ".join(plain[:2])]
                row[FIRST] = number[FIRST, plain[0]]
            for place, name in enumerate(self.names, FIXED):
                value = detail(line, name)
                row[place] = number[name, value] if value else 0
            for place, word in enumerate(dict.fromkeys(plain[:WORDS]), FIXED + count):
                row[place] = number["word", word]
        return table

    def keys(self, table: np.ndarray) -> np.ndarray:
        """Return the lines' keys, (lines, kinds); 0 where there is none.

        The keys of one word group stand side by side.
        """
        found = [_combine(kind, table[:, columns]) for kind, columns in enumerate(self._single)]
        start = FIXED + len(self.names)
        for kind, columns in enumerate(self._by_word, len(found)):
            for word in range(start, start + WORDS):
                found.append(_combine(kind, table[:, [word, *columns]]))
        return np.stack(found, 1)

    def plain_keys(self, table: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Return the keys of single details, words and pieces of words only, (lines, any).

        What is learned from these holds for lines unlike any before, other spellings included.
        """
        single = [kind for kind, columns in enumerate(self._single) if len(columns) == 1]
        words = range(self.width, self.width + WORDS)
        pieces = [self._pieces[stem] for stem in table[:, STEM].tolist()]
        return np.concatenate([keys[:, [*single, *words]], np.stack(pieces)], 1)

    def _spell(self, stem: str) -> np.ndarray:
        stem = f"^{stem}$"[: PIECES + PIECE - 1]
        found = np.zeros(PIECES, np.uint64)
        for place in range(max(1, len(stem) - PIECE + 1)):
            found[place] = self._numbers["piece", stem[place : place + PIECE]]
        return found


def detail(line: CodedLine, name: str) -> str:
    """Return a further detail of a line in comparable form, "" if it has none that is usable."""
    value = line.vendor if name == "vendor" else line.extra.get(name[6:])
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(sorted(_plain(item) for item in value))
    return _plain(value)


def telling_details(history: Sequence[CodedLine]) -> list[str]:
    """Return the details that tell most about the account, by name, the most telling first.

    Measured by how many recent lines have the usual account among two or more lines with the same
    detail, so that neither a constant nor a serial number comes first.
    """
    recent = history[-20_000:]
    names = {f"extra:{name}" for line in recent for name in line.extra if name != "date"}
    scores = {}
    for name in ["vendor", *sorted(names)]:
        values = [detail(line, name) for line in recent]
        if name == "vendor" and all(
            value in ("", _plain(line.text)) for value, line in zip(values, recent, strict=True)
        ):
            continue  # the vendor is the text: nothing new
        scores[name] = _usual(zip(values, (line.account for line in recent), strict=True))
    useful = [name for name in sorted(scores, key=scores.get, reverse=True) if scores[name]]
    return useful[:DETAILS]


def _usual(pairs: Iterable[tuple]) -> int:
    usual: dict[str, int] = {}
    for (value, _account), count in Counter(pairs).items():
        if value and count > 1:
            usual[value] = max(count, usual.get(value, 0))
    return sum(usual.values())


def _plain(value) -> str:
    if isinstance(value, str):
        return " ".join(strip_accents(value[:LETTERS]).split())
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _combinations(details: int) -> tuple[list[list[int]], list[list[int]]]:
    """Return which columns make the keys, the most general first: single ones, ones by word."""
    places = list(range(FIXED, FIXED + details))
    single = [[], [SIZE], [FIRST], [START], [STEM], [TEXT], [STEM, SIZE], [STEM, AMOUNT]]
    for place in places:
        single += [[place], [place, SIZE], [place, AMOUNT]]
        single += [[name, place] for name in (FIRST, START, STEM, TEXT)]
        single.append([STEM, place, SIZE])
    crossed = places[:CROSSED]
    for index, one in enumerate(crossed):
        for other in crossed[:index]:
            pair = [other, one]
            single += [pair, [*pair, SIZE], [FIRST, *pair], [STEM, *pair], [STEM, *pair, SIZE]]
    return single, [[], *([place] for place in crossed)]


def _combine(kind: int, columns: np.ndarray) -> np.ndarray:
    hashed = np.full(len(columns), kind + 1, np.uint64)
    for column in columns.T:
        hashed = mix(hashed ^ column.astype(np.uint64))
    hashed = mix(hashed) << ACCOUNT_BITS
    return np.where((columns > 0).all(1), hashed, np.uint64(0))
