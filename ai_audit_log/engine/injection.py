"""Screen of text from outside: bank texts, documents and mails that may talk to a model.

A finding vetoes automatic work and is shown to people; nothing is removed from the text. What
protects the books is that no model decides anything; the screen tells that somebody tried.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .gate import _lt
from .injection_hidden import hidden_markup, invisible
from .injection_instructions import instruction
from .injection_marks import role_mark, tool_mark

#: English text of each code.
INJECTION_TEXT = {
    "invisible": _lt("the text contains invisible characters"),
    "hidden": _lt("the text contains passages that people cannot see"),
    "instruction": _lt("the text gives instructions to a model"),
    "role": _lt("the text imitates the marks of a conversation with a model"),
    "tool": _lt("the text tries to make a model call something or open an address"),
}
_EXCERPT = 80
_CHECKS = {
    "invisible": invisible,
    "hidden": hidden_markup,
    "instruction": instruction,
    "role": role_mark,
    "tool": tool_mark,
}
RGB = tuple[float, float, float]
WHITE: RGB = (1.0, 1.0, 1.0)
_READABLE_SIZE = 2.0  # points
_READABLE_CONTRAST = 1.2
#: Letters and digits; ordinary files have a stray one, an instruction has more.
_FEWEST_HIDDEN = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """What the screen found.

    :param code: a key of :data:`INJECTION_TEXT`
    :param excerpt: the place, short, with invisible characters made visible
    """

    code: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpan:
    """A piece of a page's text as it is drawn; lengths in points.

    :param size: font size
    :param color: red, green, blue 0..1; ``None`` where unknown
    :param background: what is drawn behind it
    :param upright: false for turned text, whose size readers of PDF files report as its width
    """

    text: str
    size: float
    color: RGB | None
    x0: float
    y0: float
    x1: float
    y1: float
    background: RGB = WHITE
    upright: bool = True


def screen(text: str) -> tuple[Finding, ...]:
    """Return what in ``text`` is aimed at a model, at most one finding a code."""
    return tuple(
        Finding(code, _excerpt(found)) for code, check in _CHECKS.items() if (found := check(text))
    )


def screen_spans(
    spans: Iterable[TextSpan], page_width: float, page_height: float
) -> tuple[Finding, ...]:
    """Return a finding where a page has text that people cannot see.

    Text without size, in the colour of its background, or outside the page. Colours of text under
    pictures, and scanned pages with their recognised text behind the picture, need the caller's
    ``background``.
    """
    unseen = " ".join(span.text for span in _unseen(spans, page_width, page_height))
    if sum(char.isalnum() for char in unseen) < _FEWEST_HIDDEN:
        return ()
    return (Finding("hidden", _excerpt(unseen)),)


def contrast(one: RGB, other: RGB) -> float:
    """Contrast ratio 1..21 of two colours, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _unseen(spans: Iterable[TextSpan], width: float, height: float) -> Iterator[TextSpan]:
    for span in spans:
        if not any(char.isalnum() for char in span.text):
            continue
        outside = span.x1 <= 0 or span.y1 <= 0 or span.x0 >= width or span.y0 >= height
        sizes = (span.size, abs(span.y1 - span.y0) * 2)
        if not span.upright:
            sizes = (max(span.size, abs(span.x1 - span.x0)),)
        tiny = min(sizes) < _READABLE_SIZE
        pale = span.color is not None and contrast(span.color, span.background) < _READABLE_CONTRAST
        if outside or tiny or pale:
            yield span


def _luminance(color: RGB) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _excerpt(text: str) -> str:
    shown = re.sub(r"\s+", " ", text).strip()[:_EXCERPT]
    return "".join(
        char if char.isprintable() and not 0xFE00 <= ord(char) <= 0xFE0F else f"<U+{ord(char):04X}>"
        for char in shown
    )
