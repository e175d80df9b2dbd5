"""Values on a line of text: amounts, dates and document numbers, as candidates with their place."""

import re
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import Line, Page, squash

from .dates import find_dates
from .labelling import Candidate, candidate
from .labels import phrases

CURRENCY_SIGNS = (
    r"€|\$|£|¥|₹|₺|₪|₱|₩|฿|US\$|CA\$|C\$|AU\$|A\$|HK\$|NZ\$|S\$|R\$|EUR|USD|GBP|CHF|CAD|AUD|SGD|"
    r"INR|SEK|NOK|DKK|PLN|CZK|HUF|RM|MYR|JPY|CNY|RMB|HKD|NZD|KRW|IDR|Rp\.?|TRY|TL|RON|BGN|ZAR|BRL|"
    r"MXN|AED|THB|ILS|PHP|Rs\.?|Fr\.?|kr\.?|zł|Kč"
)


def _grouped(name: str) -> str:
    """Digits, thousands grouped by one and the same sign, or as in India."""
    return (
        rf"\d{{1,3}}(?:(?P<{name}>[.,'’ \u202f])\d{{3}})(?:(?P={name})\d{{3}})*"
        r"|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,9}"
    )


_AMOUNT = re.compile(
    rf"(?<![\d,/:])(?<!\d\.)(?P<open>\(\s?)?(?P<minus>[-−–]\s?)?(?:(?:{CURRENCY_SIGNS})\s{{0,2}})?"
    rf"(?P<minus2>[-−–]\s?)?(?P<whole>{_grouped('mark')})[.,](?P<cents>\d{{2}}|-{{1,2}}(?!\d)|–)"
    r"(?![\d/:])(?![.,'’]\d)(?P<after>\s?-(?![\w-])|\s?\)|\s?CR\b)?"
    r"(?!\s?(?:%|‰|°|(?i:kms?|kgs?|cm|mm|cbm|kwh|m[23²³]|lbs?|pcs|ltr|std|stk|st|szt|ks|kpl|un|hrs?|h|p)\b))"
)
_WHOLE_AMOUNT = re.compile(
    rf"(?<![\d.,/:\w])(?P<minus>[-−–]\s?)?(?:{CURRENCY_SIGNS})\s?(?P<minus2>[-−–])?"
    rf"(?P<whole>{_grouped('mark')})(?![\d/:%])(?![.,'’]\d)"
    rf"|(?<![\d.,/:\w-])(?P<minus3>[-−–]\s?)?(?P<whole2>{_grouped('mark2')})\s?"
    r"(?:€|\$|£|EUR|USD|GBP|CHF|JPY|円|HUF|Ft|CZK|Kč|SEK|NOK|DKK|kr|PLN|zł|RON|lei|KRW|IDR|TRY|TL)"
    r"(?![\d\w])"
)
_URL = re.compile(r"@|www\.|https?:|\.(?:com|de|fr|nl|it|es|net|org|eu|co\.uk)\b", re.I)
_TOKEN = re.compile(r"^[#№(]*([A-Za-z0-9][A-Za-z0-9/_.\-–#+*\\]*)$")
MAX_NUMBER = 32


def spaced_text(line: Line, size: float) -> tuple[str, list[int]]:
    """Return the line's text and each letter's word; wide gaps are three spaces, columns apart."""
    text, owners = "", []
    for index, word in enumerate(line.words):
        if index:
            before = line.words[index - 1]
            wide = 0.66 * max(size, min(word.height, before.height))
            spaces = "   " if word.x0 - before.x1 > wide else " "
            text += spaces
            owners += [index] * len(spaces)
        text += word.text
        owners += [index] * len(word.text)
    return text, owners


def values_of(page: Page) -> list[Candidate]:
    """Return every amount, date and possible number of the page."""
    found: list[Candidate] = []
    size = page.size
    for line in page.lines:
        text, owners = spaced_text(line, size)
        dates = _dates(page, line, text, owners)
        used = {
            index for one in dates if not one.text.isdigit()  # "20231226" may be a number, too
            for index in range(one.first, one.last + 1)
        }  # fmt: skip
        amounts = [
            one for one in _amounts(page, line, text, owners) if not used & {one.first, one.last}
        ]
        used |= {index for one in amounts for index in range(one.first, one.last + 1)}
        found += dates + amounts + _numbers(page, line, used, size)
    return found


def _dates(page: Page, line: Line, text: str, owners: list[int]) -> list[Candidate]:
    found = []
    for one in find_dates(text):
        words = (owners[one.start], owners[one.end - 1])
        found.append(candidate(page, line, words, one, "date", text[one.start : one.end]))
    return found


def _amounts(page: Page, line: Line, text: str, owners: list[int]) -> list[Candidate]:
    found, taken = [], []
    for pattern in (_AMOUNT, _WHOLE_AMOUNT):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            value = _amount(match)
            if value is None or not _stands_alone(text, match.start()):
                continue
            taken.append(match.span())
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            words = (owners[start], owners[match.end() - 1])
            one = candidate(page, line, words, value, "amount", match[0].strip())
            found.append(one)
    return found


def _stands_alone(text: str, start: int) -> bool:
    """Digits behind letters are a code ("A12.50"), unless the letters are a currency."""
    before = re.search(r"[A-Za-z]+$", text[:start])
    if not before or re.fullmatch(CURRENCY_SIGNS, before[0]):
        return True
    return len(before[0]) >= 4  # a label printed without a space


def _amount(match: re.Match) -> Decimal | None:
    parts = match.groupdict()
    whole = re.sub(r"\D", "", parts.get("whole") or parts.get("whole2") or "")
    cents = parts.get("cents") or "00"
    if not whole or len(whole) > 12:
        return None
    value = Decimal(f"{whole}.{cents if cents.isdigit() else '00'}")
    after = (parts.get("after") or "").strip()
    bracket = bool(parts.get("open")) and after == ")"
    minus = any(parts.get(name) for name in ("minus", "minus2", "minus3"))
    return -value if minus or bracket or after in ("-", "CR") else value


def _numbers(page: Page, line: Line, used: set[int], size: float) -> list[Candidate]:
    """Tokens that could be a document's number; joined where the number is printed in pieces."""
    found: list[Candidate] = []
    words = line.words
    for index, word in enumerate(words):
        text = _number_text(word.text)
        if index in used or not text:
            continue
        first, last = index, index
        while first - 1 not in used and first and _prefixes(words[first - 1], words[first], size):
            first -= 1
            text = f"{_clean(words[first].text)} {text}"
        while last + 1 < len(words) and last + 1 not in used and _goes_on(words, last, size):
            last += 1
            text = f"{text} {_clean(words[last].text)}"
        text = re.sub(r" ?([/–-]) ?", r"\1", text) if re.search(r" [/–-]|[/–-] ", text) else text
        if found and found[-1].last >= first:
            continue
        if len(text) <= MAX_NUMBER:
            found.append(candidate(page, line, (first, last), text, "number", text))
    return found


def _clean(text: str) -> str:
    return text.strip(".,;:()[]")


def _number_text(text: str) -> str | None:
    """Return the number a word holds: behind a glued label ("Nr.:4711"), without punctuation."""
    if _URL.search(text) or text.endswith("%"):
        return None
    text = _without_glued_label(text)
    text = re.split(r"[:#№]|[nN][°º]|(?<=[A-Za-z]{2})\.(?=\d)", text.rstrip("#:"))[-1]
    match = _TOKEN.match(_clean(text))
    if not match or not any(sign.isdigit() for sign in match[1]):
        return None
    return match[1].rstrip(".-/_")


def _without_glued_label(text: str) -> str:
    """ "InvoiceINV/2023" where a space is missing."""
    glued = re.match(r"[A-Z]?[a-z]{2,}(?=[A-Z0-9#])", text)
    if glued and any(role == "number" for role, _weight in phrases().get(squash(glued[0]), ())):
        return text[glued.end() :]
    return text


def _prefixes(before, word, size: float) -> bool:
    """A short prefix in capitals ("RE 2024-17") belongs to the number behind it."""
    if word.x0 - before.x1 > 0.5 * size:
        return False
    text = before.text
    if text in ("/", "-"):
        return True
    return bool(re.fullmatch(r"[A-Z]{1,4}[-/]?", text)) and squash(text) not in _NO_PREFIX


def _goes_on(words, last: int, size: float) -> bool:
    """Pieces behind a number: "2024 - 17", "2024 / 0017", "RE 2024 0017"."""
    word, after = words[last], words[last + 1]
    if after.x0 - word.x1 > 0.5 * size:
        return False
    if after.text in ("/", "-", "–"):
        further = words[last + 2] if last + 2 < len(words) else None
        return (
            bool(further)
            and further.x0 - after.x1 < 0.5 * size
            and bool(re.fullmatch(r"[A-Z0-9]{1,8}", further.text))
        )
    joined = word.text in ("/", "-", "–") or word.text[-1:] in "/-"
    return bool(re.fullmatch(r"\d{2,6}" if not joined else r"[A-Z0-9]{1,8}", _clean(after.text)))


_NO_PREFIX = {
    "nr", "no", "n", "ref", "num", "nro", "id", "der", "vom", "du", "del", "of", "le", "re",
    "po", "vat", "tva", "btw", "iva", "tel", "fax", "eur", "usd", "gbp", "chf", "page", "bl",
} - {"re"}  # fmt: skip
