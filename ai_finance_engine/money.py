"""Decimal helpers: rounding to a currency and reading amounts as people and banks write them.

An amount that can be read in two ways ("1.234") is an error value, never a guess: the caller may
know the decimal separator from the rest of the column and ask again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

DEFAULT_DIGITS = 2
MAX_DIGITS = 18  # more than any ledger holds; keeps hostile text from becoming a huge number
_MINUS = str.maketrans({"−": "-", "–": "-", "‒": "-", "﹣": "-", "－": "-"})
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_CURRENCY = re.compile(r"^(?:[A-Z]{3}(?![A-Z])|[€$£¥₹])\s*|\s*(?:(?<![A-Z])[A-Z]{3}|[€$£¥₹])$")
# trailing letters of banks: S/H (Soll/Haben), DR/CR, D/C
_SIDE = re.compile(r"(?<=[0-9])\s*(DR|CR|D|C|S|H)$")
_DEBIT = {"DR", "D", "S"}


@dataclass(frozen=True, slots=True)
class AmountError:
    """Why a text is not an amount: `code` is "empty", "ambiguous", "not_a_number" or "sign"."""

    code: str
    text: str


def quantise(amount: Decimal, digits: int = DEFAULT_DIGITS) -> Decimal:
    """Round half up to `digits` decimal places, as Odoo's currencies do."""
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def to_minor(amount: Decimal, digits: int = DEFAULT_DIGITS) -> int:
    """Return the amount in minor units (cents), so that equality and sums are exact."""
    scaled = amount.scaleb(digits)
    whole = int(scaled)
    return whole if whole == scaled else int(quantise(amount, digits).scaleb(digits))


def from_minor(minor: int, digits: int = DEFAULT_DIGITS) -> Decimal:
    """Return the Decimal of an integer number of minor units."""
    return Decimal(minor).scaleb(-digits)


def plain(amount: Decimal, digits: int = DEFAULT_DIGITS) -> str:
    """Return the amount as digits with a decimal point, never in exponent form, never "-0"."""
    rounded = quantise(amount, digits)
    return f"{abs(rounded) if not rounded else rounded:f}"


def parse_amount(text: str, decimal_separator: str | None = None) -> Decimal | AmountError:
    """Read an amount written in any common locale.

    :param text: "1.234,56", "1,234.56", "1 234.56", "1'234.56", "(12.00)", "12.00-", "12,00 S"
    :param decimal_separator: "." or "," where the source is known to use it
    :return: the signed Decimal, or an `AmountError`
    """
    body = _SPACES.sub(" ", str(text).translate(_MINUS)).strip()
    if not body:
        return AmountError("empty", text)
    split = _split_sign(body)
    if split is None:
        return AmountError("sign", text)
    negative, body = split
    if not re.fullmatch(r"[0-9][0-9 .,'’]*|[.,][0-9]+", body):
        return AmountError("not_a_number", text)
    digits = _plain_digits(body, decimal_separator)
    if isinstance(digits, str) and len(digits.replace(".", "")) <= MAX_DIGITS:
        value = Decimal(digits)
        return -value if negative and value else value
    return AmountError("ambiguous" if digits is None else "not_a_number", text)


def guess_decimal_separator(texts: Iterable[str]) -> str | None:
    """Return the decimal separator a column of amounts uses; None if unseen or contradictory.

    Only amounts that can be read in one way count.
    """
    seen = set()
    for text in texts:
        match = re.search(r"[0-9]([.,])([0-9]+)[^0-9.,]*$", str(text))
        value = parse_amount(text) if match else None
        if isinstance(value, Decimal):
            is_decimal = value.as_tuple().exponent == -len(match[2])
            other = "," if match[1] == "." else "."
            seen.add(match[1] if is_decimal else other)
    return seen.pop() if len(seen) == 1 else None


def _split_sign(body: str) -> tuple[bool, str] | None:
    """Return (negative, digits and separators); None if signs contradict each other."""
    signs = []
    for _turn in range(3):  # sign, currency and brackets come in any order
        before = body
        body = _CURRENCY.sub("", body).strip()
        if body.startswith("(") and body.endswith(")"):
            signs.append(True)
            body = body[1:-1].strip()
        side = _SIDE.search(body)
        if side:
            signs.append(side[1] in _DEBIT)
            body = body[: side.start()].strip()
        for edge in (body[:1], body[-1:]):
            if edge and edge in "+-":
                signs.append(edge == "-")
                body = (body[1:] if body.startswith(edge) else body[:-1]).strip()
        if body == before:
            break
    if len(signs) > 1:
        return None
    return (bool(signs and signs[0]), body)


def _plain_digits(body: str, decimal_separator: str | None) -> str | bool | None:
    """Return "1234.56"; None if two readings are possible, False if none is."""
    grouped = re.search(r"[ '’]", body)
    marks = [mark for mark in body if mark in ".,"]
    decimal = decimal_separator
    if decimal is None:
        decimal = _decimal_mark(body, marks, bool(grouped))
        if decimal is None:
            return None
    whole, _, fraction = body.rpartition(decimal) if decimal in body else (body, "", "")
    if decimal and body.count(decimal) > 1:
        return False
    separators = set(re.findall(r"[^0-9]", whole))
    if len(separators) > 1 or (separators and not _well_grouped(whole, separators.pop())):
        return False
    if not fraction.isdigit() and fraction:
        return False
    return (
        f"{re.sub('[^0-9]', '', whole) or '0'}.{fraction}"
        if fraction
        else (re.sub("[^0-9]", "", whole) or False)
    )


def _decimal_mark(body: str, marks: list[str], grouped: bool) -> str | None:
    """Return the mark before the decimals, "x" if there are none, None if it is ambiguous."""
    if not marks:
        return "x"
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "x"  # one mark several times groups thousands
    whole, fraction = re.split(r"[.,]", body)
    could_group = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if could_group and not grouped else marks[0]


def _well_grouped(whole: str, separator: str) -> bool:
    """Tell whether thousands are grouped as 1 234 567 or, Indian, 12 34 567."""
    head, *middle, tail = whole.split(separator)
    if len(tail) != 3 or not 1 <= len(head) <= 3:
        return False
    widths = {len(group) for group in middle}
    return widths <= {3} or (widths <= {2} and len(head) <= 2)
