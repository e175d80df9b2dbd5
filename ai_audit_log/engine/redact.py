"""Data minimisation: what may leave the server, and personal numbers replaced by placeholders.

:func:`allowed` keeps allow-listed fields; :class:`Mask` replaces bank accounts, cards, e-mail
addresses, phone numbers and tax ids in what is left, and puts them back into an answer.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from .redact_detect import KINDS, detect, fold

#: Text from outside that looks like a placeholder is put under a placeholder of this kind.
FOREIGN = "TEXT"
_PLACEHOLDER = re.compile(rf"\[({'|'.join((*KINDS, FOREIGN))})_([1-9][0-9]*)\]")
_NAMES = "|".join((*KINDS, FOREIGN))
# Also what a model could take for a placeholder or tidy into one: other brackets, case, spaces.
_LOOKALIKE = re.compile(
    rf"[\[({{<\u3008-\u3011]\s*(?:{_NAMES})[\W_]*[0-9]+\s*[\])}}>\u3008-\u3011]"
    rf"|(?<![a-z])(?:{_NAMES})\s?_\s?[0-9]+",
    re.IGNORECASE,
)
_SCALARS = (str, int, float, Decimal, datetime.date, datetime.time, type(None))


class Masked(str):
    """Text that a :class:`Mask` has been over; masking it again changes nothing."""

    __slots__ = ()


class Mask:
    """Replace personal numbers by placeholders such as ``[IBAN_1]``, and back.

    The same value gets the same placeholder throughout one mask, however it is spelled;
    :meth:`unmask` restores the spelling met first. Mask values before they are put into a
    prompt: a placeholder look-alike in any other text counts as written by an outsider and is
    masked too, so that nobody can have another party's number put into a text.
    """

    def __init__(self) -> None:
        self._placeholders: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()

    @property
    def kinds(self) -> Counter[str]:
        """How many different values of each kind were masked."""
        return Counter({kind: self._numbers[kind] for kind in KINDS if self._numbers[kind]})

    def mask(self, value: Any) -> Any:
        """Return ``value`` with every text in it masked; keys and other types stay as they are.

        :param value: text, or dicts, lists and tuples of any depth
        """
        return _each_text(value, self._mask_text)

    def unmask(self, value: Any) -> Any:
        """Return ``value`` with this mask's placeholders replaced by what they stand for.

        A placeholder that this mask never gave stays. What is put in is not looked at again.
        """
        return _each_text(value, self._unmask_text)

    def _mask_text(self, text: str) -> str:
        if isinstance(text, Masked):
            return text
        folded, origin = fold(text)
        spans = [(m.start(), m.end(), FOREIGN, m.group()) for m in _LOOKALIKE.finditer(folded)]
        for span in detect(folded):
            if not any(span[0] < end and start < span[1] for start, end, _kind, _key in spans):
                spans.append(span)
        parts, done = [], 0
        for start, end, kind, key in sorted(spans):
            # Invisible characters inside a number belong to what is replaced.
            first, last = (start, end) if origin is None else (origin[start], origin[end - 1] + 1)
            original = text[first:last]
            key = original if kind == FOREIGN else key
            parts += text[done:first], self._placeholder(kind, key, original)
            done = last
        return Masked("".join((*parts, text[done:])))

    def _placeholder(self, kind: str, key: str, original: str) -> str:
        placeholder = self._placeholders.get((kind, key))
        if placeholder is None:
            self._numbers[kind] += 1
            placeholder = f"[{kind}_{self._numbers[kind]}]"
            self._placeholders[kind, key] = placeholder
            self._values[placeholder] = original
        return placeholder

    def _unmask_text(self, text: str) -> str:
        return _PLACEHOLDER.sub(
            lambda found: self._values.get(found.group(), found.group()), str(text)
        )


def allowed(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the part of ``facts`` that is allow-listed, sorted by name.

    :param names: dotted names of single values, such as ``candidates.amount``; lists on the way
        are gone through. The name of a dict alone lets nothing in it pass; names that are not in
        ``facts`` are ignored.
    """
    wanted: dict[str, Any] = {}
    for name in sorted(set(names)):
        node = wanted
        for part in name.split("."):
            node = node.setdefault(part, {})
        node[""] = {}  # a value may stand here; no part of a name is empty
    return _pick(facts, wanted)


_NOTHING = object()


def _pick(value: Any, wanted: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping):
        picked = {
            name: _pick(value[name], below)
            for name, below in sorted(wanted.items())
            if name and name in value
        }
        return {name: kept for name, kept in picked.items() if kept is not _NOTHING}
    if isinstance(value, (list, tuple)):
        # Places in a list carry meaning: rows without an allowed value stay, as empty ones.
        rows = [_pick(row, wanted) for row in value]
        return [row for row in rows if row is not _NOTHING]
    return value if "" in wanted and isinstance(value, _SCALARS) else _NOTHING


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, tuple):
        return tuple(_each_text(item, change) for item in value)
    return value
