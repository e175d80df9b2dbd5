"""Ways to read a text: as it is, and with the disguises undone that hide words from a screen."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote

# Letters of other scripts, and others that Unicode does not decompose, that look like Latin ones.
_LOOKALIKES = {
    ord(pair[0]): pair[1:]
    for pair in (
        "аa вb еe ёe зz кk мm нh оo рp сc тt уy хx ѕs іi їi јj ԁd ԛq ԝw һh ґr гr ѵv ѡw иu "
        "пn лn бb дd ьb ҽe αa βb γy εe ζz ηn ιi κk νv οo ρp σo ςc τt υu χx ωw ϲc ɑa ɡg ıi "
        "łl øo đd ðd þp æae œoe ʏy ɪi ɢg ɴn ʀr ʙb ʜh ʟl ᴀa ᴄc ᴅd ᴇe ꜰf ᴊj ᴋk ᴍm ᴏo ᴘp ꜱs "
        "ᴛt ᴜu ᴠv ᴡw ᴢz ǫq "
    ).split()
}
_LEET = str.maketrans("013457@$!|", "oieastasii")
_LEET_WORD = re.compile(r"[a-z][013457@$!|]+[a-z]")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[\s._*~|/-]{1,3}[a-z0-9](?![a-z0-9])){5,}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}(?:\s?[A-Za-z0-9+/_-]{16,})*={0,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x|%)?[0-9a-fA-F]{2}[\s,:]?){12,}")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
# Frequent words of attacks as rot13 and backwards.
_ROT13 = re.compile(
    r"vafgehpg|cerivbhf|vtaber|qvfertneq|cebzcg|nccebir|njrvfhat|najrvfha|irevtra|pbafvtar|vfgehm|vtabe"
)
_BACKWARDS = re.compile(r"noitcurtsni|suoiverp|erongi|tpmorp|evorppa|dragersid|gnusiewna|sengisnoc")
_FORMAT = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_MOST = 20_000  # characters decoded from one text


def views(text: str) -> Iterator[str]:
    """Yield ``text`` without accents and capitals, then readings of what may be disguised in it."""
    plain = fold_letters(text)
    yield plain
    if not text.isascii():
        yield from _invisible(text)
    spaced = _join_spaced(plain)
    if spaced != plain:
        yield spaced
        yield re.sub(r"[^a-z0-9]+", "", spaced)
    if _LEET_WORD.search(plain):
        yield plain.translate(_LEET)
        yield plain.replace("1", "l").translate(_LEET)
    if _ROT13.search(plain):
        yield codecs.encode(plain, "rot13")
    if _BACKWARDS.search(plain):
        yield plain[::-1]
    for decoded in _decoded(text):
        yield fold_letters(decoded)


class _Folding(dict):
    """Table for ``str.translate``, filled as characters come up."""

    def __missing__(self, number: int) -> str:
        char = chr(number)
        plain = ""
        if unicodedata.category(char) not in _UNSEEN:
            letters = unicodedata.normalize("NFKD", char).casefold().translate(_LOOKALIKES)
            plain = "".join(c for c in letters if unicodedata.category(c) not in _UNSEEN)
        self[number] = plain
        return plain


_UNSEEN = ("Cf", "Mn", "Me")
_FOLDING = _Folding({number: chr(number).lower() for number in range(128)} | {0x2019: "'"})


def fold_letters(text: str) -> str:
    """Return ``text`` in plain small Latin letters as far as its letters look like them."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def _invisible(text: str) -> Iterator[str]:
    """Yield what tag characters spell, and the text with spaces for invisible characters."""
    if not _FORMAT.search(text):
        return
    for found in _TAGS.findall(text):
        yield "".join(chr(ord(char) - 0xE0000) for char in found).lower()
    yield fold_letters(_FORMAT.sub(" ", text))


def _join_spaced(plain: str) -> str:
    """Join letters that stand alone: ``i g n o r e   t h i s`` becomes ``ignore this``."""

    def join(match: re.Match[str]) -> str:
        words = re.split(r"\s{2,}|\s*[/|]\s*", match.group())
        return " ".join(re.sub(r"[^a-z0-9]", "", word) for word in words)

    return _SPACED.sub(join, plain)


def _decoded(text: str) -> Iterator[str]:
    if "&#" in text or "&zw" in text or "&shy" in text:
        yield html.unescape(text)
    if "%" in text and re.search(r"(?:%[0-9a-fA-F]{2}|\w%20)", text):
        yield unquote(text)
    if "\\" in text and _ESCAPE.search(text):
        yield _ESCAPE.sub(_character, text)
    if "<" in text:
        yield re.sub(r"<[^>]{0,300}>", "", text)
    for match in _BASE64.finditer(text):
        if match.group().upper() != match.group() != match.group().lower():
            yield from _readable(_base64, match.group())
    for match in _HEX.finditer(text):
        yield from _readable(_hex, match.group())


def _character(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number <= 0x10FFFF else ""


def _base64(found: str) -> bytes:
    joined = re.sub(r"\s", "", found).rstrip("=").translate(str.maketrans("-_", "+/"))
    joined = joined[: len(joined) - (len(joined) % 4 == 1)]
    return base64.b64decode(joined + "=" * (-len(joined) % 4))


def _hex(found: str) -> bytes:
    digits = re.sub(r"\\x|0x|[^0-9a-fA-F]", "", found)
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def _readable(decode: Callable[[str], bytes], found: str) -> Iterator[str]:
    try:
        text = decode(found[:_MOST]).decode()
    except (binascii.Error, ValueError):
        return
    if text and sum(char.isalpha() or char == " " for char in text) > 0.8 * len(text):
        yield text
