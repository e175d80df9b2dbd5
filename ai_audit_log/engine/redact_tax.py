"""Tax ids in a text, by python-stdnum's checksums or by the word that introduces them."""

import re
from collections.abc import Iterator

from stdnum import get_cc_module
from stdnum.eu import vat

#: Countries whose VAT number has eight digits: document numbers look like that after a space.
_SHORT = {"DK", "FI", "HU", "LU", "MT", "SI"}
_VAT = re.compile(
    r"(?<![a-z0-9])(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI"
    r"|SK|XI|GB)([ -]?)(?=[a-z0-9+*]{0,3}[ .-]?[0-9]{2})"
    # Ahead only: what follows may be the next number's beginning.
    r"(?=([a-z0-9+*](?:[ .-]?[a-z0-9+*]){5,13}))",
    re.IGNORECASE,
)
# Format, country and module of python-stdnum; formats no document number has.
_FORMATS = [
    (re.compile(pattern, re.IGNORECASE), country, module)
    for pattern, country, module in (
        (r"\bCHE[ -]?[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}\b", "ch", "uid"),
        (r"\b[0-9]{2}[a-z]{5}[0-9]{4}[a-z][0-9a-z]z[0-9a-z]\b", "in", "gstin"),
        (r"\bNO[ -]?[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?MVA\b", "no", "mva"),
        (r"\b[a-z]{6}[0-9]{2}[a-z][0-9]{2}[a-z][0-9]{3}[a-z]\b", "it", "codicefiscale"),
        (r"\b[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-[0-9]{2}\b", "br", "cnpj"),
        (r"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b", "br", "cpf"),
    )
]
_CANADA = re.compile(r"\b[0-9]{9} ?R[TPCZ] ?[0-9]{4}\b", re.IGNORECASE)
_NUMBER = r"(?:nummer|numbers?|num[eé]ro|nr|no|n[°ºo]|id|ident\w*|reg\w*|code)"
# Cheap to look for: without any of these no word introduces a tax id.
_HINTS = (
    "ust umsatzst uid steuer st. st- tax tin ein ssn abn gst sire nif n.i c.i cif dni nie nip"
    " pesel iva fiscal fiscale c.f rsin bsn cnp cpf rfc inn npwp tva btw pan vat trn mwst mva"
).split()
_WORD = re.compile(
    r"(?<![^\W\d_])(?:"
    # These words alone name a tax id ...
    r"ust[ .-]*id\w*|umsatzsteuer[ .-]*id\w*|uid|steuer(?:nummer|[ .-]*(?:id|nr)\w*)|st[.-]{1,2}nr"
    r"|tax ?id|tin|f?ein|itin|ssn|abn|gstin|siren|siret|n[.]?i[.]?f|c[.]?i[.]?f|dni|nie|nip"
    r"|pesel|nipc|p[ .]*iva|partita iva|cod(?:ice|[ .]?)* ?fiscale|c\.f|rsin|bsn|cnpj|cpf|rfc|inn"
    r"|npwp|uidnr|tva intra\w*|n[°ºo] tva|btw[ -]?(?:id|nr|nummer)|pan"
    # ... these also stand before amounts.
    rf"|(?:vat|tax|gst|trn|tva|iva|btw|mwst|mva|fiscal|fiscale)[ .-]*{_NUMBER}"
    rf")(?:[ .-]*{_NUMBER})?[\W_]{{0,4}}"
    r"((?=[a-z0-9]*[ ./-]?[0-9])[a-z0-9]{1,9}(?:[ ./-]?[a-z]?[0-9]+){0,6}[a-z]?)(?![a-z0-9%])",
    re.IGNORECASE,
)


def tax_ids(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, kind and normalised value of each tax id in ``text``.

    :param text: without invisible characters, digits plain
    """
    for match in _VAT.finditer(text):
        end = _vat_end(match)
        if end:
            yield _span(text, match.start(), end)
    for pattern, country, name in _FORMATS:
        for match in pattern.finditer(text):
            module = get_cc_module(country, name)
            if module is not None and module.is_valid(match.group()):
                yield _span(text, *match.span())
    for match in _CANADA.finditer(text):
        yield _span(text, *match.span())
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return
    for match in _WORD.finditer(text):
        if sum(char.isdigit() for char in match.group(1)) >= 6:
            yield _span(text, *match.span(1))


def _vat_end(match: re.Match[str]) -> int:
    """Where the longest valid VAT number that begins with the match ends; 0 without any."""
    country, gap = match.group(1).upper(), match.group(2)
    for end in range(match.end(3), match.start() + 8, -1):
        if match.string[end : end + 1].isalnum() or not match.string[end - 1].isalnum():
            continue  # a part of a longer number or word, or more than the number
        number = match.string[match.start() : end]
        digits = sum(char.isdigit() for char in number)
        if digits < (9 if gap and country in _SHORT else 8):
            return 0
        if _is_vat(country, number):
            return end
    return 0


def _is_vat(country: str, number: str) -> bool:
    if country == "GB":
        module = get_cc_module("gb", "vat")
        return module is not None and bool(module.is_valid(number))
    return bool(vat.is_valid(number))


def _span(text: str, start: int, end: int) -> tuple[int, int, str, str]:
    return start, end, "TAX", re.sub(r"[^A-Z0-9]", "", text[start:end].upper())
