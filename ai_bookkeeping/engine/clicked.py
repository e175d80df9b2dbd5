"""What a person clicked on the page, as the value of the field they fill."""

import re
from datetime import date
from decimal import Decimal

from . import iban
from .dates import find_dates

DATES = ("date", "due_date")
AMOUNTS = ("untaxed", "tax", "total")
_AMOUNT = re.compile(r"\d[\d.,'’ \u00a0\u202f]*")
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "fr.": "CHF"}


def value_of(key: str, text: str, month_first: bool = False) -> str | date | Decimal | None:
    """Return what ``text`` means for the field ``key``; ``None`` where it is no such value.

    :param key: a name of ``bill_draft.FIELDS``
    :param month_first: how the document writes dates that can be read both ways
    """
    text = " ".join((text or "").split())
    if key in DATES:
        found = find_dates(text)
        return found[0].in_order(month_first) if found else None
    if key in AMOUNTS:
        return amount_of(text)
    if key == "currency":
        return _currency(text)
    if key == "vendor_iban":
        return _iban(text)
    if key == "vendor_vat":
        compact = re.sub(r"[^A-Z0-9]", "", text.upper())
        return compact if 6 <= len(compact) <= 16 and any(map(str.isdigit, compact)) else None
    return text.strip(" :#") or None


def amount_of(text: str) -> Decimal | None:
    """Return the amount in a text, in any of the ways that thousands and cents are set apart."""
    match = _AMOUNT.search(text)
    if not match:
        return None
    digits = re.sub(r"[ '’\u00a0\u202f]", "", match[0]).rstrip(".,")
    marks = [sign for sign in digits if sign in ".,"]
    if marks:
        last = digits.rfind(marks[-1])
        decimals = len(digits) - last - 1
        alone = marks.count(marks[-1]) == 1
        # one mark before three digits sets thousands apart, as in "1.234"
        is_cents = alone and (decimals != 3 or len(set(marks)) == 2)
        whole = re.sub(r"\D", "", digits[:last] if is_cents else digits)
        digits = f"{whole or 0}.{digits[last + 1 :]}" if is_cents else whole
    minus = bool(re.search(r"[-−–]\s*[^\d]{0,3}$", text[: match.start()])) or bool(
        re.match(r"\s?-(?!\w)", text[match.end() :])
    )
    value = Decimal(digits)
    return -value if minus else value


def _currency(text: str) -> str | None:
    for sign, code in _CURRENCIES.items():
        if sign in text.lower():
            return code
    match = re.search(r"\b[A-Za-z]{3}\b", text)
    return match[0].upper() if match else None


def _iban(text: str) -> str | None:
    compact = re.sub(r"[^A-Z0-9]", "", text.upper().replace("IBAN", ""))
    return compact if iban.is_valid(compact) else None
