"""Where personal numbers stand in a text: bank accounts, cards, e-mail, phone, tax ids.

A number counts when its checksum agrees or when a word before it says what it is; document
numbers and payment references must survive, since matching lives on them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stdnum import iso11649, luhn
from stdnum.iso7064 import mod_97_10
from stdnum.numdb import read as read_number_database

from .redact_tax import tax_ids

KINDS = ("IBAN", "CARD", "EMAIL", "PHONE", "TAX")
#: Start, end, kind and normalised value.
Span = tuple[int, int, str, str]

_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"|]{1,64}(?:@|\s?[(\[]at[)\]]\s?)(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}"
    # Payment addresses of the Indian UPI: a name at a bank, without a dot.
    r"|(?<![\w.])[\w.-]{3,64}@[a-z]{3,20}(?![\w.-])",
    re.IGNORECASE,
)
_IBAN_START = re.compile(r"(?=([a-z]{2})[ .-]?[0-9])", re.IGNORECASE)
_RF = re.compile(r"(?<![a-z0-9])RF[0-9]{2}(?: ?[a-z0-9]){1,21}(?![a-z0-9])", re.IGNORECASE)
_BELGIAN = re.compile(r"([+*]{3}) ?[0-9]{3} ?/ ?[0-9]{4} ?/ ?[0-9]{5} ?\1")
# What follows a number but is another one: a date, a document number of a year.
_OTHER = r"(?!\s(?:\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d\b|(?:19|20)\d\d[-/.]\d|00[1-9]))"
_RUN = re.compile(rf"[0-9](?:{_OTHER}(?:[ .-]|[ ]?[()/][ ]?|[ ]-[ ])?[0-9])*")
_GROUPS = re.compile(r"[0-9]+")
_LABEL = r"\W{0,2}(?:nummern?|numbers?|num[eé]ro|num|nr|no|n[°ºo]|number|#)?[\W_]{0,4}$"
# Cheap to look for: without any of these no word introduces an account or a phone.
_ACCOUNT_HINTS = (
    "iban acc a/c konto kto blz bank compte rib cuenta conta conto rek rach nrb sort routing aba"
    " clabe bsb bban ccc giro"
).split()
_PHONE_HINTS = "tel tél phon fon fax mob mób handy cel gsm tlf tlm kom ruf durch whats".split()
_ACCOUNT = re.compile(
    r"(?<!\bon )(?<![^\W\d_])(?:iban|accounts?|acct|acc|a/c|konto(?:nummer|nr)?|kto|blz"
    r"|bankleitzahl|bankverbindung|compte|rib|cuenta|conto|rekening(?:nummer)?|rek|conta|rachunk?u?"
    r"|rachunek|nrb|sort[ -]?code|routing|aba|clabe|bsb|bban|ccc|giro)" + _LABEL,
    re.IGNORECASE,
)
_PHONE_WORD = re.compile(
    r"(?<![^\W\d_])(?:tel|tele(?:fon|phone|foon|fono|fone|fax|faks)|phone|fon|fax|mobil|mobile"
    r"|mobiel|handy|cell|cel|cellulare|gsm|t[eé]l|t[eé]l[eé]phone|tel[eé]fono|m[oó]vil|tlf|tlm"
    r"|telem[oó]vel|kom[oó]rk[aię]|kom|rufnummer|durchwahl|whatsapp)" + _LABEL,
    re.IGNORECASE,
)
_CARD_GROUPS = {(4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4), (4, 4, 5), (4, 3, 3, 3)}
_CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|(?:6011|64[4-9]\d|65\d\d|62\d\d|81\d\d|82\d\d|508\d|9792|220[0-4])\d{12,15}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}"
)
_CALLING = re.compile(
    r"1[2-9]|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689]\d|3[578]\d|42\d"
    r"|5[09]\d|6[789]\d|8[058]\d|9[679]\d"
)


def detect(text: str) -> list[Span]:
    """Return the personal numbers in ``text``, none overlapping another.

    :param text: as :func:`fold` returns it
    """
    taken = bytearray(len(text))
    found: list[Span] = []

    def take(spans: Iterator[Span]) -> None:
        for span in spans:
            if not any(taken[span[0] : span[1]]):
                taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])
                found.append(span)

    if "@" in text or "at)" in text.lower() or "at]" in text.lower():
        take(_emails(text))
    if sum(map(text.count, "0123456789")) < 5:
        return found
    for pattern in (_BELGIAN, _RF):
        for match in pattern.finditer(text):
            if pattern is _BELGIAN or iso11649.is_valid(match.group().upper()):
                taken[match.start() : match.end()] = b"\1" * len(match.group())
    take(_ibans(text))
    take(tax_ids(text))
    # What is found splits the numbers around it.
    take(_runs("".join("\0" if used else char for char, used in zip(text, taken, strict=True))))
    return found


# Everything but printable ASCII and accented Latin letters, which stay as they are.
_UNUSUAL = re.compile("[^ -~\u00c0-\u017e]")


@cache
def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me", "Cc") and not char.isspace():
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "\u2212":
        return "-"
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def fold(text: str) -> tuple[str, list[int] | None]:
    """Return ``text`` as detection sees it, and the place each character came from.

    Without invisible characters, with plain digits, letters, dashes and spaces. The places are
    ``None`` where nothing moved.
    """
    if not _UNUSUAL.search(text):
        return text, None
    chars, origin = [], []
    for place, char in enumerate(text):
        plain = _folded(char)
        if plain:
            chars.append(plain)
            origin.append(place)
    return "".join(chars), origin


def _emails(text: str) -> Iterator[Span]:
    for match in _EMAIL.finditer(text):
        yield *match.span(), "EMAIL", re.sub(r"\s?[(\[]at[)\]]\s?", "@", match.group().lower())


@cache
def _iban_database():
    # By path: Odoo's import hook on stdnum takes the library's own way to its data away.
    with Path(iso11649.__file__).with_name("iban.dat").open() as data:
        return read_number_database(data)


@cache
def _iban_length(country: str) -> int:
    """Characters of an IBAN of ``country``; 0 where there are none."""
    properties = _iban_database().info(country)[0][1]
    groups = re.findall(r"(\d+)!?[nace]", properties.get("bban", ""))
    return 4 + sum(map(int, groups)) if groups else 0


def _ibans(text: str) -> Iterator[Span]:
    for match in _IBAN_START.finditer(text):
        length = _iban_length(match.group(1).upper())
        end = length and _after(text, match.start(), length)
        if end:
            number = re.sub(r"[^A-Z0-9]", "", text[match.start() : end].upper())
            if mod_97_10.is_valid(number[4:] + number[:4]):
                yield match.start(), end, "IBAN", number


def _after(text: str, start: int, length: int) -> int:
    """Where ``length`` letters and digits from ``start`` end; 0 when something else is between."""
    gap = 0
    for place in range(start, len(text)):
        char = text[place]
        if char.isascii() and char.isalnum():
            length, gap = length - 1, 0
            if not length:
                return place + 1
        else:
            gap += 1
            if gap > 2 or char not in " .-/":
                return 0
    return 0


def _runs(text: str) -> Iterator[Span]:
    """Numbers without letters: cards, phones and national accounts."""
    lower = text.lower()
    accounts = any(hint in lower for hint in _ACCOUNT_HINTS)
    phones = any(hint in lower for hint in _PHONE_HINTS)
    for match in _RUN.finditer(text):
        start = match.start()
        if len(match.group()) < 5:
            continue
        before = text[max(0, start - 28) : start]
        yield from _cards(match)
        yield from _phone(match, before, phones)
        if accounts and _ACCOUNT.search(before):
            digits, end = _digits(match, 34)
            if len(digits) >= 5:
                yield start, end, "IBAN", digits


def _digits(run: re.Match[str], most: int) -> tuple[str, int]:
    """Return the digits of a run's first groups, ``most`` of them at most, and where they end."""
    digits, end = "", run.start()
    for group in _GROUPS.finditer(run.group()):
        if len(digits) + len(group.group()) > most:
            break
        digits, end = digits + group.group(), run.start() + group.end()
    return digits, end


def _phone(run: re.Match[str], before: str, introduced: bool) -> Iterator[Span]:
    digits, end = _digits(run, 15)
    if len(digits) < 6:
        return
    text, start = run.string, run.start()
    head = before.rstrip(" (")
    if head.endswith("+"):
        place = start - len(before) + len(head) - 1
        around = head[-2:-1] + text[end : end + 1]
        if "+" not in around and _is_phone(digits, text[start:end], text[end : end + 3]):
            yield place, end, "PHONE", "+" + digits
    elif digits.startswith("00") and _is_padded_phone(before, digits):
        yield start, end, "PHONE", "+" + digits[2:]
    if introduced and _PHONE_WORD.search(before):
        yield start, end, "PHONE", digits


def _is_phone(digits: str, number: str, after: str) -> bool:
    """Whether what follows a plus sign is a phone number and no amount."""
    amount = re.fullmatch(r"\d+[.]\d\d", number) or re.match(r",\d\d?(?!\d)", after)
    return 7 <= len(digits) <= 15 and not amount and bool(_CALLING.match(digits))


def _is_padded_phone(before: str, digits: str) -> bool:
    """Whether leading zeros are the international prefix, and not those of a document number."""
    attached = re.search(r"[\w/.-]$", before)
    return not attached and len(digits) >= 11 and bool(_CALLING.match(digits, 2))


def _cards(run: re.Match[str]) -> Iterator[Span]:
    groups = [(g.start(), g.end()) for g in _GROUPS.finditer(run.group())]
    lengths = tuple(end - start for start, end in groups)
    for first in range(len(groups)):
        for last in range(first, min(first + 19, len(groups))):
            pattern = lengths[first : last + 1]
            if not 13 <= sum(pattern) <= 19:
                continue
            alone = len(pattern) in (1, len(groups)) or max(pattern) == 1
            if not (alone or pattern in _CARD_GROUPS):
                continue
            start, end = groups[first][0], groups[last][1]
            number = re.sub(r"[^0-9]", "", run.group()[start:end])
            if _CARD.fullmatch(number) and luhn.is_valid(number):
                yield run.start() + start, run.start() + end, "CARD", number
