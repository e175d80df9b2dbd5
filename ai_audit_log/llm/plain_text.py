"""A sentence of a model that people read: plain words on one line, nothing to click or run."""

import re
import unicodedata

_FORBIDDEN = {
    "a link": re.compile(
        r"\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript|data|tel):|\b[\w-]+\.[a-z]{2,}/",
        re.IGNORECASE,
    ),
    "an e-mail address": re.compile(r"[^\s@]@[^\s@]"),
    "markup": re.compile(r"<\s*[/!?a-zA-Z]|&#?\w+;|\]\(|\]\[|!\[|`|\{\{|\$\{|\{%"),
}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain_sentence(text: str, max_length: int) -> None:
    """Refuse what is no plain sentence.

    :param max_length: in characters
    :raises ValueError: with the reason; it does not repeat the text
    """
    if not text.strip():
        raise ValueError("the sentence is empty")
    if len(text) > max_length:
        raise ValueError(f"the sentence is longer than {max_length} characters")
    if any(unicodedata.category(char) in _HIDDEN for char in text):
        raise ValueError("the sentence holds control or invisible characters")
    shown = unicodedata.normalize("NFKC", text)
    for what, pattern in _FORBIDDEN.items():
        if pattern.search(shown):
            raise ValueError(f"the sentence holds {what}")
