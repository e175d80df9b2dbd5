"""Instructions to a model: combinations of concepts, and phrases that people never write."""

import re
from collections import defaultdict
from dataclasses import dataclass

from .injection_phrases import PHRASES, SQUEEZED
from .injection_views import views
from .injection_words import CONCEPTS

_TOKEN = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)?")
_STEM = 3
Places = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Concepts that together, at most ``within`` words from the first, are an instruction.

    :param unless: concepts that make it ordinary when they stand as near
    :param not_before: concepts that make it ordinary just before or after the first
    """

    needs: tuple[str, ...]
    within: int
    unless: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


_RULES = (
    _Rule(("ignore", "instruction"), 6, ("delivery",), ("not",)),
    _Rule(("ignore", "everything", "prior"), 6, ("document",), ("not",)),
    _Rule(("ignore", "all", "prior"), 5, ("document",), ("not",)),
    _Rule(("follow", "not", "instruction", "prior"), 5, ("delivery", "forget")),
    _Rule(("approve", "automatic"), 5, (), ("modal",)),
    _Rule(("pay", "automatic", "this"), 4, (), ("modal",)),
    _Rule(("act", "without", "check"), 7, (), ("modal",)),
    _Rule(("follow", "stop", "instruction"), 4, ("delivery",)),
    _Rule(("invalid", "instruction", "prior"), 6, ("delivery", "document")),
    _Rule(("skip", "guard"), 4, ("hire",), ("not",)),
    _Rule(("tell", "not", "user"), 6, ("secret",)),
    _Rule(("tell", "not", "instruction"), 4),
    _Rule(("confidence", "full", "set"), 6),
    _Rule(("output", "only", "value"), 5),
    _Rule(("output", "value", "every"), 4),
    _Rule(("choose", "candidate"), 3),
    _Rule(("priority", "instruction", "your"), 6),
    _Rule(("treat", "verified"), 6),
    _Rule(("reveal", "your", "instruction"), 4),
)


def _index() -> tuple[dict[str, tuple[str, ...]], dict[str, list[tuple[str, str]]]]:
    words: dict[str, set[str]] = defaultdict(set)
    stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for concept, forms in CONCEPTS.items():
        for form in forms.split():
            if form.endswith("*"):
                stems[form[:_STEM]].append((form[:-1], concept))
            else:
                words[form].add(concept)
    return {word: tuple(sorted(found)) for word, found in words.items()}, dict(stems)


_WORDS, _STEMS = _index()
# Every rule needs one of these; most texts have none.
_FIRST = {rule.needs[0] for rule in _RULES}


def instruction(text: str) -> str | None:
    """Return the instruction to a model in ``text``, as read after undoing disguises."""
    for view in views(text):
        tokens = _TOKEN.findall(view)
        places = _places(tokens)
        found = _by_words(tokens, places) or _by_phrase(view, "cue" in places)
        if found:
            return found
    return None


def _by_phrase(view: str, cue: bool) -> str | None:
    found = cue and PHRASES.search(view) or SQUEEZED.search(view)
    return view[max(0, found.start() - 10) : found.end() + 30] if found else None


def _places(tokens: list[str]) -> Places:
    """Return where each concept stands."""
    places: Places = {}
    for place, token in enumerate(tokens):
        for concept in _WORDS.get(token, ()):
            places.setdefault(concept, []).append(place)
        for stem, concept in _STEMS.get(token[:_STEM], ()):
            if token.startswith(stem):
                places.setdefault(concept, []).append(place)
    return places


def _by_words(tokens: list[str], places: Places) -> str | None:
    if _FIRST.isdisjoint(places):
        return None
    for rule in _RULES:
        if all(concept in places for concept in rule.needs):
            for place in places[rule.needs[0]]:
                if _holds(rule, place, places):
                    return " ".join(tokens[max(0, place - 5) : place + rule.within + 3])
    return None


def _holds(rule: _Rule, place: int, places: Places) -> bool:
    return (
        _distinct(rule, place, places)
        and not any(_near(places, concept, place, rule.within) for concept in rule.unless)
        and not any(_near(places, concept, place, 2) for concept in rule.not_before)
    )


def _distinct(rule: _Rule, place: int, places: Places) -> bool:
    """Whether every needed concept is near, each in a word of its own."""
    options = [_near(places, concept, place, rule.within) for concept in rule.needs[1:]]

    def assign(left: list[list[int]], used: frozenset[int]) -> bool:
        if not left:
            return True
        return any(assign(left[1:], used | {p}) for p in left[0] if p not in used)

    return all(options) and assign(options, frozenset((place,)))


def _near(places: Places, concept: str, place: int, within: int) -> list[int]:
    return [other for other in places.get(concept, ()) if abs(other - place) <= within]
