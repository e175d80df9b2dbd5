# ruff: noqa: E501 - lists of words are read better unbroken
"""The bill's currency: signs and codes beside amounts, else the countries that are named."""

import re
from collections import Counter
from collections.abc import Sequence

from odoo.addons.ai_finance_engine.documents.layout import Page, fold

from .bill_draft import Choice, Field

CODES = (
    "EUR USD GBP CHF CAD AUD NZD SGD HKD INR JPY CNY SEK NOK DKK PLN CZK HUF RON BGN "
    "TRY MYR THB IDR ZAR BRL MXN AED KRW ILS PHP RSD TWD VND SAR"
).split()
_CODE = re.compile(r"(?<![A-Za-z])(" + "|".join(CODES) + r")(?![A-Za-z])")
_NEAR = re.compile(
    r"(?:(?<![A-Za-z])(€|£|₹|₺|₪|₱|₩|฿|¥|\$|US\$|CA\$|C\$|AU\$|A\$|HK\$|NZ\$|S\$|R\$|zł|Kč|Rs\.?|Rp\.?|RM|TL|kr\.?|Fr\.?|"
    + "|".join(CODES)
    + r")\s{0,2}[-−]?\d[\d.,' ’]*)"
    r"|(?:\d(?:[.,]\d\d|[ .]\d{3})\s{0,2}(€|£|₹|₺|₪|₽|\$|¥|円|zł|kr|Kč|Ft|lei|RON|лв|TL|Fr\.?|"
    + "|".join(CODES)
    + r")(?![A-Za-z]))"
)
_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "$": "USD", "US$": "USD", "C$": "CAD", "A$": "AUD",
    "S$": "SGD", "zł": "PLN", "Rs": "INR", "Rs.": "INR", "RM": "MYR", "Fr": "CHF", "Fr.": "CHF",
    "CA$": "CAD", "AU$": "AUD", "HK$": "HKD", "NZ$": "NZD", "R$": "BRL", "Kč": "CZK", "Ft": "HUF",
    "lei": "RON", "лв": "BGN", "₺": "TRY", "TL": "TRY", "₪": "ILS", "₱": "PHP", "₩": "KRW",
    "฿": "THB", "¥": "JPY", "円": "JPY", "Rp": "IDR", "Rp.": "IDR",
}  # fmt: skip
_WORDS = {
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
    "dollars": "USD",
    "rupees": "INR",
    "franken": "CHF",
}
_COUNTRY = {
    "CH": "CHF", "GB": "GBP", "SE": "SEK", "DK": "DKK", "NO": "NOK", "PL": "PLN", "CZ": "CZK",
    "HU": "HUF", "RO": "RON", "BG": "BGN", "US": "USD",
}  # fmt: skip
_EURO = {
    "DE",
    "FR",
    "NL",
    "ES",
    "IT",
    "AT",
    "BE",
    "LU",
    "IE",
    "PT",
    "FI",
    "EE",
    "LV",
    "LT",
    "SK",
    "SI",
    "GR",
    "EL",
    "HR",
    "MT",
    "CY",
}
STATE_ZIP = re.compile(
    r"\b(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[TA]|W[AVIY]),? \d{5}(?:-\d{4})?\b"
)
_UK_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_LABEL = re.compile(
    r"(?:currency|wahrung|devise|valuta|munt|moneda|divisa|monnaie)[^a-z]{0,6}([a-z]{3})\b"
)


def currency_field(pages: Sequence[Page], country: str = "") -> Field[str]:
    """Return the ISO code.

    :param country: two letters of the vendor's VAT id or bank account, the last resort
    """
    votes: Counter[str] = Counter()
    for page in pages:
        for line in page.lines:
            _count(line.text, votes)
    if "USD" in votes:
        _settle_dollars(votes)
    if not votes:
        country = country or _by_address(pages)
        code = "EUR" if country in _EURO else _COUNTRY.get(country)
        return Field(code, 0.6, False, None, [Choice(code, 0.6)]) if code else Field()
    total = sum(votes.values())
    top = votes.most_common(3)
    choices = [Choice(code, round(count / total, 2)) for code, count in top]
    share = top[0][1] / total
    return Field(top[0][0], round(0.6 + 0.37 * share, 2), share > 0.8 and total >= 2, None, choices)


def _by_address(pages: Sequence[Page]) -> str:
    """Return the country that postcodes give away."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    american, british = len(STATE_ZIP.findall(text)), len(_UK_POSTCODE.findall(text))
    return "US" if american > british else "GB" if british else ""


def _count(text: str, votes: Counter[str]) -> None:
    for match in _NEAR.finditer(text):
        sign = match[1] or match[2]
        code = _SIGNS.get(sign, sign if sign in CODES else None)
        if code:
            votes[code] += 3
    for match in _CODE.finditer(text):
        votes[match[1]] += 1
    for sign in "€£₹$":
        votes[_SIGNS[sign]] += text.count(sign)
    plain = fold(text)
    for match in _LABEL.finditer(plain):
        if match[1].upper() in CODES:
            votes[match[1].upper()] += 12
    for word in re.findall(r"[a-z]+", plain):
        if word in _WORDS:
            votes[_WORDS[word]] += 1
    for code in [code for code, count in votes.items() if not count]:
        del votes[code]


def _settle_dollars(votes: Counter[str]) -> None:
    """A bare dollar sign is that of the dollar whose code stands on the page."""
    others = [code for code in ("CAD", "AUD", "SGD", "NZD", "HKD", "BRL", "MXN") if votes[code]]
    if len(others) == 1:
        votes[others[0]] += votes.pop("USD")
    for code in others:
        if not votes[code]:
            del votes[code]
