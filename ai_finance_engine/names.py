"""Compare the names of companies and people as banks, suppliers and colleagues spell them.

Two spellings of one name differ by accents (umlaut as A or as AE), legal form, punctuation, word
order, clipping at a fixed width, abbreviations and one or two typing errors. Each is handled on
its own and the best explanation counts. What two names share proves more the longer it is: three
equal letters prove little.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_SPECIAL = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "þ": "th", "ı": "i"})
# an umlaut is written A or AE, a ring A or AA: both become the short form, on both sides
_DIGRAPH = re.compile(r"(?<=[aou])e|(?<=a)a")
_INITIALS = re.compile(r"\b(\w)\.\s?(?=\w\b)")
_SPELLED = re.compile(r"(?i)\bs\.?\s?[aà]\.?\s?r\.?\s?l\b|\bsp\.?\s?z\s?o\.?\s?o\b")
_JOINED = re.compile(r"(?<=\w)['’`´](?=\w)")
_TOKEN = re.compile(r"[^\W_]+")
_CONJUNCTIONS = frozenset("and und et y en og och the".split())
_TITLES = frozenset("herr frau mr mrs ms dr prof mme mlle sig dhr mevr".split())

# Legal forms by what they are equal to. The first line of a pair is safe anywhere in a name; the
# short ones are also ordinary words or initials and count at the end of a name only.
_ANYWHERE = {
    "gmbh": "gmbh mbh gesmbh ggmbh gesellschaft",
    "ltd": "ltd limited ltda",
    "llc": "llc llp",
    "inc": "inc incorporated",
    "corp": "corp corporation",
    "plc": "plc",
    "sarl": "sarl eurl sàrl",
    "sas": "sas sasu",
    "srl": "srl sprl srls",
    "spa": "spa",
    "bv": "bv bvba",
    "kg": "kg kgaa ohg gbr",
    "ug": "ug haftungsbeschränkt",
    "pty": "pty pvt",
    "aps": "aps",
    "asbl": "asbl vzw",
    "sro": "sro spzoo doo kft zrt eood",
}
_AT_END = {
    "ag": "ag se", "sa": "sa", "nv": "nv", "co": "co company", "ab": "ab", "as": "as asa",
    "oy": "oy oyj", "sl": "sl slu", "snc": "snc sci", "ev": "ev", "ek": "ek efk", "eg": "eg",
    "ou": "oü", "cv": "cv vof",
}  # fmt: skip
_AT_START = {
    "sarl": "sarl eurl",
    "sas": "sas",
    "sa": "sa",
    "": "firma fa stichting société sté ets",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name made comparable.

    :param tokens: folded words without legal forms, in written order
    :param compact: the tokens without spaces
    :param legal: legal forms as written, canonical (Limited and Ltd are one)
    :param weight: how much its words prove together, derived from them
    """

    tokens: tuple[str, ...]
    compact: str
    legal: frozenset[str]
    weight: int = 0


def strip_accents(text: str) -> str:
    """Return lower case without accents."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return "".join(char for char in text if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Return lower case without accents; umlaut letters in their short form (AE is A)."""
    return _DIGRAPH.sub("", strip_accents(text))


def _table(forms: dict[str, str]) -> dict[str, str]:
    return {fold(word): form for form, words in forms.items() for word in words.split()}


_LEGAL_ANYWHERE = _table(_ANYWHERE)
_LEGAL_END = {**_LEGAL_ANYWHERE, **_table(_AT_END)}
_LEGAL_START = _table(_AT_START)


def words(text: str) -> list[str]:
    """Return the folded words of a text, dotted abbreviations joined ("G.m.b.H." is one word)."""
    text = _SPELLED.sub(lambda match: re.sub(r"\W", "", match[0]), text.replace("&", " "))
    text = _JOINED.sub("", _INITIALS.sub(r"\1", text))
    return _TOKEN.findall(fold(text))


@lru_cache(maxsize=1 << 16)
def parse(name: str) -> Name:
    """Return the comparable form of a name; empty for a text without letters or digits."""
    tokens = [word for word in words(name) if word not in _CONJUNCTIONS]
    legal = set()
    while len(tokens) > 1 and tokens[-1] in _LEGAL_END:
        legal.add(_LEGAL_END[tokens.pop()])
    while len(tokens) > 1 and (tokens[0] in _LEGAL_START or tokens[0] in _TITLES):
        legal.add(_LEGAL_START.get(tokens.pop(0), ""))
    kept = tokens[:1]
    for token in tokens[1:]:
        if token in _LEGAL_ANYWHERE:
            legal.add(_LEGAL_ANYWHERE[token])
        elif token not in _TITLES:
            kept.append(token)
    weight = sum(map(_weight, kept))
    return Name(tuple(kept), "".join(kept), frozenset(legal - {""}), weight)


def information(letters: int) -> float:
    """Return 0..1: how much `letters` shared letters prove (3: 0.80, 6: 0.95, 12: 1.00)."""
    return 1.0 - 0.5 * math.exp(-(letters - 1) / 2.2) if letters else 0.0


def similarity(left: str, right: str) -> float:
    """Return 0..1: how likely two spellings are one name, growing with what they share.

    Symmetric. 0 if either has no letters or digits.
    """
    return compare(parse(left), parse(right))


def compare(left: Name, right: Name) -> float:
    """Return the similarity 0..1 of two parsed names."""
    if not left.compact or not right.compact:
        return 0.0
    shared = min(len(left.compact), len(right.compact))
    if left.compact == right.compact:
        score = 1.0
        if left.legal == right.legal:  # an equal legal form is shared text, too
            shared += sum(map(len, left.legal))
    else:
        score = max(_typing_errors(left, right), _clipped(left, right), _aligned(left, right))
    if left.legal and right.legal and not left.legal & right.legal:
        score -= 0.06
    return max(0.0, score) * information(shared)


def _typing_errors(left: Name, right: Name) -> float:
    """Score one or two edits (swapped neighbours count once) in a long enough name."""
    length = min(len(left.compact), len(right.compact))
    allowed = 0 if length < 5 else 1 if length < 9 else 2 if length < 16 else 3
    edits = OSA.distance(left.compact, right.compact, score_cutoff=allowed)
    if edits <= allowed:
        return 1.0 - 0.35 * edits / math.sqrt(length)
    ratio = fuzz.ratio(" ".join(sorted(left.tokens)), " ".join(sorted(right.tokens))) / 100
    return ratio * ratio


def _clipped(left: Name, right: Name) -> float:
    """Score one name being the beginning of the other, as banks cut names at a fixed width."""
    short, full = sorted((left, right), key=lambda name: (len(name.compact), name.tokens))
    if not full.compact.startswith(short.compact):
        return 0.0
    length = len(short.compact)
    if length < 5:
        return 0.5
    share = length / len(full.compact)
    in_word = short.tokens[-1] not in full.tokens
    return min(0.96, 0.62 + 0.012 * length + 0.2 * share + (0.06 if in_word else 0.0))


def _aligned(left: Name, right: Name) -> float:
    """Score words paired one to one in any order, each by its own spelling."""
    few, many = sorted(
        (left.tokens, right.tokens), key=lambda tokens: (len(tokens), sum(map(len, tokens)), tokens)
    )
    if len(few) > 12 or len(many) > 40:
        return 0.0
    rest = list(many)
    matched = 0.0
    for token in sorted(few, key=len, reverse=True):
        best = max(rest, key=lambda other: _token_score(token, other), default=None)
        score = _token_score(token, best) if best else 0.0
        if score > 0:
            rest.remove(best)
            matched += score * (_weight(token) + _weight(best)) / 2
    all_few, all_many = sum(map(_weight, few)), sum(map(_weight, many))
    covered, common = matched / all_few, 2 * matched / (all_few + all_many)
    return min(0.97, 0.4 * min(1.0, covered) + 0.6 * min(1.0, common))


def _weight(token: str) -> int:
    return min(len(token), 8)


@lru_cache(maxsize=1 << 17)
def _token_score(left: str, right: str) -> float:
    """Return 0..1 for two words: equal, one typing error, abbreviation, initial, else 0."""
    if left == right:
        return 1.0
    short, full = sorted((left, right), key=len)
    if len(short) >= 5 and OSA.distance(left, right, score_cutoff=1) <= 1:
        return 0.9
    if len(short) >= 9 and OSA.distance(left, right, score_cutoff=2) <= 2:
        return 0.85
    if full.startswith(short):
        return 0.8 if len(short) >= 3 else 0.6 if len(short) == 1 else 0.4
    if len(short) >= 4 and short[0] == full[0] and _is_skeleton(short, full):
        return 0.7
    return 0.0


def _is_skeleton(short: str, full: str) -> bool:
    """Tell whether `short` leaves letters out of `full` (intl, mgmt), keeping their order."""
    letters = iter(full)
    return len(short) * 2 <= len(full) + 1 and all(char in letters for char in short)


def found_in(name: Name, text_words: frozenset[str]) -> float:
    """Return 0..1: how surely a free text names this party (whole words, any order).

    :param text_words: result of `words` on the text
    """
    if name.weight < 4:
        return 0.0
    found = [token for token in name.tokens if token in text_words]
    if not found:
        return 0.0
    share = sum(map(_weight, found)) / name.weight
    return 0.97 * share * share * information(sum(map(len, found)))
