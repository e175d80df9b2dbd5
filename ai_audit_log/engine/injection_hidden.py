"""Characters and markup that people do not see but a model reads."""

import html
import re
import unicodedata

_SUSPECT = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKS = "\u200e\u200f\u061c"  # direction of neighbours without a letter
_PAIRS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069"}
_PAIRS["\u2068"] = "\u2069"
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u18af]")
_SOFT = "\u00ad"
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,7}\U000e007f")

_VOID = "br|hr|img|input|meta|link|area|base|col|embed|source|track|wbr"
_TAG = re.compile(r"<(/?)([a-z][\w:-]*)((?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0*(?:[01](?:\.\d+)?|\.\d+)\s*(?:px|pt|em|rem|%)?\s*(?![\d.%a-z])"
    r"|(?<!-)opacity\s*:\s*0*\.?0+\s*(?![.\d])"
    r"|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em|%)?\s*(?![.\d])[^\"']*overflow"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0"
    r"|color\s*:\s*transparent",
    re.IGNORECASE,
)
_EM = re.compile(r"font-size\s*:\s*1(?:\.\d+)?\s*r?em", re.IGNORECASE)
_COLOR = re.compile(
    r"(?<![\w-])(background(?:-color)?|bgcolor|color)\s*[:=]\s*[\"']?\s*"
    r"(#[0-9a-f]{3,8}|rgba?\([^)]*\)|[a-z]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_COMMENT_WORDS = 6  # shorter ones are the notes of mail programs


def invisible(text: str) -> str | None:
    """Return where ``text`` has invisible characters that no ordinary writing needs."""
    if text.isascii():
        return None
    plain = _FLAG.sub("", text).removeprefix("\ufeff")
    right_to_left = None
    marks = 0
    for match in _SUSPECT.finditer(plain):
        char, place = match.group(), match.start()
        before, after = plain[place - 1 : place], plain[place + 1 : place + 2]
        if char in _MARKS or char in _PAIRS or char in "\u202c\u2069":
            if right_to_left is None:
                right_to_left = any(unicodedata.bidirectional(c) in ("R", "AL") for c in plain)
            marks += char in _MARKS
            fine = right_to_left or _direction_at_edge(plain, place, marks)
        else:
            fine = _needed(plain, place, char, before, after)
        if not fine:
            return plain[max(0, place - 20) : place + 30]
    return None


def _direction_at_edge(text: str, place: int, marks: int) -> bool:
    """Whether a direction mark is what programs leave when a number or name is copied."""
    char = text[place]
    if char in _MARKS:
        inside = text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
        return marks <= 2 and not inside
    if char in _PAIRS:
        content = text[place + 1 :].partition(_PAIRS[char])
        return bool(content[1]) and bool(re.fullmatch(r"[\d\s+()./-]{3,30}", content[0]))
    opening = max(text.rfind(mark, 0, place) for mark in _PAIRS)
    return opening >= 0


def _needed(text: str, place: int, char: str, before: str, after: str) -> bool:
    """Whether emoji, a script or hyphenation needs an invisible character here."""
    if char == _SOFT:
        if before.isdigit() and after.isdigit():
            return True  # banks' systems turn the dashes of dates into it
        return _hyphenation(text, place)
    if char in "\ufe0e\ufe0f":
        return bool(before) and (before in "#*0123456789" or unicodedata.category(before) in _SIGNS)
    if "\ufe00" <= char <= "\ufe0d" or char >= "\U000e0100":
        return bool(before) and unicodedata.category(before) in ("Lo", "Sm", "So")
    if char == "\u200d" and before and after:
        # Emoji are joined by it: family, profession, flag.
        return bool(_JOINING.match(before)) or all(
            unicodedata.category(c) in (*_SIGNS, "Mn") for c in (before, after)
        )
    if char in "\u200b\u200c\u200d":
        return bool(before and _JOINING.match(before)) or bool(after and _JOINING.match(after))
    if char in "\u115f\u1160\u3164\uffa0":
        return bool(before) and "\u1100" <= before <= "\ud7ff"
    return "\u180b" <= char <= "\u180f" and "\u1800" <= before <= "\u18af"


_SIGNS = ("So", "Sk", "Sm", "Po")


def _hyphenation(text: str, place: int) -> bool:
    """Whether soft hyphens stand where words are divided: apart, and few in a word."""
    start, end = place, place
    while start and (text[start - 1].isalpha() or text[start - 1] == _SOFT):
        start -= 1
    while end < len(text) and (text[end].isalpha() or text[end] == _SOFT):
        end += 1
    parts = text[start:end].strip(_SOFT).split(_SOFT)
    return all(len(part) >= 2 for part in parts) and len(parts) <= 2 + len("".join(parts)) // 6


def hidden_markup(text: str) -> str | None:
    """Return text in ``text``'s HTML that is styled so that nobody sees it."""
    if "<" not in text:
        return None
    for match in _COMMENT.finditer(text):
        note = match.group(1).strip()
        words = re.findall(r"[^\W\d_]{2,}", note)
        if len(words) >= _COMMENT_WORDS and not note.startswith(("[if", "[endif", "<![")):
            return note
    for match in _TAG.finditer(text):
        if match.group(1) or re.fullmatch(_VOID, match.group(2), re.IGNORECASE):
            continue
        attributes = html.unescape(match.group(3))
        if attributes and _hides(attributes):
            content = _content(text, match)
            if re.search(r"[^\W\d_]{2}", content):
                return content
    return None


def _hides(attributes: str) -> bool:
    found = _HIDING.search(attributes)
    if found and not (found.group().lower().startswith("font-size") and _EM.search(attributes)):
        return True
    if re.search(r"(?<![\w-])hidden(?![\w-])", re.sub(r"(\"[^\"]*\"|'[^']*')", "", attributes)):
        return True
    colors = {"background": "#fff"}
    for name, value in _COLOR.findall(attributes):
        colors["color" if name.lower() == "color" else "background"] = value
    return "color" in colors and _same_color(colors["color"], colors["background"])


def _same_color(one: str, other: str) -> bool:
    first, second = _rgb(one), _rgb(other)
    if first is None or second is None:
        return False
    return max(abs(a - b) for a, b in zip(first, second, strict=True)) <= 12


def _rgb(color: str) -> tuple[int, ...] | None:
    color = color.lower()
    named = {"white": "#fff", "black": "#000", "snow": "#fffafa", "ivory": "#fffff0"}
    color = named.get(color, color)
    if color.startswith("#"):
        digits = color[1:]
        if len(digits) in (3, 4):
            digits = "".join(digit * 2 for digit in digits)
        return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4)) if len(digits) >= 6 else None
    numbers = re.findall(r"\d+", color)
    return tuple(map(int, numbers[:3])) if len(numbers) >= 3 else None


def _content(text: str, opening: re.Match[str]) -> str:
    """Return the text of the element that ``opening`` begins."""
    depth, name, end = 1, opening.group(2).lower(), len(text)
    for tag in _TAG.finditer(text, opening.end()):
        if tag.group(2).lower() == name:
            depth += -1 if tag.group(1) else 1
            if not depth:
                end = tag.start()
                break
    inner = html.unescape(_TAG.sub(" ", text[opening.end() : end]))
    return re.sub(r"\s+", " ", inner).strip()
