"""VAT ids and bank accounts on a page: found by form, strengthened by checksum and label."""

import re
from dataclasses import dataclass

from stdnum import exceptions
from stdnum.eu import vat as eu_vat

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, squash

from . import iban

_FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]?\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}",
    "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}", "FR": r"[0-9A-HJ-NP-Z]{2}\d{9}", "GB": r"\d{9}(?:\d{3})?", "HR": r"\d{11}",
    "HU": r"\d{8}", "IE": r"\d[A-Z0-9]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}(?:\d{3})?",
    "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}",
    "PT": r"\d{9}", "RO": r"\d{6,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
    "CHE": r"\d{9}(?:MWST|TVA|IVA)?", "XI": r"\d{9}", "NO": r"\d{9}MVA",
}  # fmt: skip
_START = re.compile(
    r"(?<![A-Z0-9])(" + "|".join(sorted(_FORMS, key=len, reverse=True)) + r")(?=[ .\-]?[A-Z0-9])"
)
#: national numbers printed without the country, where a label says what they are
_BARE = {
    "IT": (re.compile(r"(?<!\d)\d{11}(?!\d)"), re.compile(r"p\.? ?iva|partita ?iva|iva", re.I)),
    "ES": (
        re.compile(
        r"(?<![A-Z0-9])(?:[A-HJNP-SUVW][- ]?\d{7}[0-9A-J]|"
        r"[XYZ]?\d{7,8}[- ]?[A-Z])(?![A-Z0-9])"),
        re.compile(r"\b[cn]\.?i\.?f\b|\bvat\b|nif", re.I),
    ),
    "GB": (
        re.compile(r"(?<![\dA-Z])\d{3} ?\d{4} ?\d{2}(?!\d)"),
        re.compile(r"\bvat\b(?! ?\d)", re.I),
    ),
    "BE": (
        re.compile(r"(?<!\d)[01]\d{3}\.\d{3}\.\d{3}(?!\d)"),
        re.compile(r"btw|tva|ondernem|entreprise", re.I),
    ),
}  # fmt: skip
_IBAN = re.compile(r"(?<![A-Z0-9])(?=([A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}))")
VAT_WORDS = (
    "vat",
    "ust",
    "mwst",
    "tva",
    "btw",
    "iva",
    "uid",
    "umsatzsteuer",
    "taxid",
    "nif",
    "cif",
)


@dataclass(slots=True)
class Identifier:
    """An id as printed without spaces, whether its checksum holds, and where it stands."""

    value: str
    valid: bool
    page: int
    line: int
    first: int
    last: int
    box: Box
    labelled: bool = False


def vat_ids(page: Page) -> list[Identifier]:
    """Return every VAT id of the page; a failed checksum does not rule one out."""
    found = []
    for line in page.lines:
        text = line.text
        bank = [match.span(1) for match in _IBAN.finditer(text.upper())]
        for start, end, value in [*_with_country(text), *_without_country(text)]:
            if any(low < end and start < high for low, high in bank if _is_iban(text[low:high])):
                continue
            if any(one.line == line.number and one.value.endswith(value) for one in found):
                continue
            one = _identifier(page, line, start, end, value, _is_vat(value))
            before = squash(text[:start])[-40:]
            one.labelled = any(word in before for word in VAT_WORDS) or _label_above(page, one)
            if one.valid or one.labelled:
                found.append(one)
    return found


def ibans(page: Page) -> list[Identifier]:
    """Return the bank accounts of the page whose checksum holds, or that a label names."""
    found = []
    for line in page.lines:
        text = line.text
        for match in _IBAN.finditer(text.upper()):
            length = _iban_length(match[1])
            if not length:
                continue
            value = match[1].replace(" ", "")[:length]
            valid = iban.is_valid(value)
            if (
                valid
                or squash(text[: match.start()]).endswith("iban")
                or _heading(page, line, match.start())
            ):
                end = _end_of(text, match.start(), length)
                found.append(_identifier(page, line, match.start(), end, value, valid))
    return found


def _with_country(text: str):
    upper = text.upper()
    for match in _START.finditer(upper):
        country = match[1]
        rest = re.match(r"[ .\-]{0,2}((?:[A-Z0-9][ .\-]{0,1}){7,17})", upper[match.end() :])
        if not rest:
            continue
        kept = re.sub(r"[^A-Z0-9]", "", rest[1])
        form = re.match(_FORMS[country], kept)
        # the words behind must not be eaten: the form says how long the id is
        if form and (len(kept) == form.end() or _word_ends(upper, match.end(), form.end())):
            length = form.end()
            end = _end_of(upper, match.end(), length)
            yield match.start(), end, country + kept[:length]


def _word_ends(text: str, start: int, length: int) -> bool:
    end = _end_of(text, start, length)
    return end >= len(text) or not text[end].isalnum()


def _without_country(text: str):
    for _country, (form, label) in _BARE.items():
        for match in form.finditer(text):
            if label.search(text[max(0, match.start() - 30) : match.start()]):
                yield match.start(), match.end(), re.sub(r"[^A-Z0-9]", "", match[0])


def _end_of(text: str, start: int, length: int) -> int:
    """Position behind the ``length``-th letter or digit from ``start``."""
    for position in range(start, len(text)):
        if text[position].isalnum():
            length -= 1
            if not length:
                return position + 1
    return len(text)


def _iban_length(text: str, strict: bool = False) -> int:
    compact = text.replace(" ", "")
    for length in sorted(range(15, min(len(compact), 34) + 1), reverse=True):
        if iban.is_valid(compact[:length]):
            return length
    if strict:
        return 0
    expected = {"DE": 22, "FR": 27, "NL": 18, "ES": 24, "IT": 27, "GB": 22, "BE": 16, "AT": 20}
    length = expected.get(compact[:2], 0)
    return length if len(compact) >= length else 0


def _is_iban(text: str) -> bool:
    return bool(_iban_length(text.upper(), strict=True))


def _is_vat(value: str) -> bool:
    try:
        if value[:2].isalpha() and value[:3] != "CHE":
            return eu_vat.is_valid(value) or _national(value)
        return _national(value)
    except (exceptions.ValidationError, ValueError, IndexError):
        return False


def _national(value: str) -> bool:
    from stdnum.ch import uid
    from stdnum.es import nif
    from stdnum.gb import vat as gb_vat
    from stdnum.it import iva

    if value.startswith("CHE"):
        return uid.is_valid(value[:12])
    if value.startswith("GB"):
        return gb_vat.is_valid(value)
    return iva.is_valid(value) or nif.is_valid(value) or gb_vat.is_valid(value)


def _heading(page: Page, line, start: int) -> bool:
    """Whether "IBAN" stands in a line above, over the same place."""
    owners = [index for index, word in enumerate(line.words) for _sign in word.text + " "]
    left = line.words[owners[start]].x0
    return any(
        "iban" in squash(word.text) and word.x0 - 3 * page.size < left < word.x1 + 6 * page.size
        for above in page.lines[max(0, line.number - 2) : line.number]
        for word in above.words
    )


def _identifier(page: Page, line, start: int, end: int, value: str, valid: bool) -> Identifier:
    owners = [index for index, word in enumerate(line.words) for _sign in word.text + " "]
    first, last = owners[start], owners[min(end - 1, len(owners) - 1)]
    box = page.box(line.words[first : last + 1])
    return Identifier(value, valid, page.number, line.number, first, last, box)


def _label_above(page: Page, one: Identifier) -> bool:
    """Whether a heading in the lines above, over the same place, names a VAT id."""
    left, right = one.box.x0 * page.width, one.box.x1 * page.width
    for line in page.lines[max(0, one.line - 2) : one.line]:
        near = [word.text for word in line.words if word.x0 < right + 20 and word.x1 > left - 20]
        if any(word in squash(" ".join(near)) for word in VAT_WORDS):
            return True
    return False
