"""The same bill twice: by number, amount, date and file, without crying wolf at rents."""

import datetime
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import OSA

from odoo.addons.ai_finance_engine.names import strip_accents

#: Days two bills of one amount may lie apart where a number is missing or misread.
NEAR = 10
#: Days the same number and amount may lie apart; a year later numbers begin again.
FAR = 300
#: So often bills of one amount came within ``NEAR`` days: it is how this vendor bills.
USUAL = 2
#: A number says enough to be the same at another vendor from so many letters and digits on.
TELLING = 5


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill to compare.

    :param vendor: id or key of the vendor, ``None`` where not known
    :param amount: total in ``currency``, positive
    :param refund: credit notes are compared with credit notes
    :param files: checksums of its files
    """

    id: Hashable
    vendor: Hashable
    reference: str
    amount: Decimal
    currency: Hashable = None
    date: datetime.date | None = None
    refund: bool = False
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Twin:
    """A bill that is likely the same.

    :param code: ``same_file``, ``same_number``, ``number_again``, ``like_number``,
        ``amount_and_date`` or ``other_vendor``
    :param blocking: strong enough to stop a bill; otherwise only worth a look
    """

    bill: Bill
    code: str
    sure: bool
    blocking: bool = True


def normalised(reference: str | None) -> str:
    """Return a number without case, punctuation, accents and leading zeros.

    "RE-0042/2026" and "re 42 2026" are one number, "42-1" and "421" are not.
    """
    parts = re.findall(r"[a-z]+|\d+", strip_accents(reference or ""))
    kept = [part.lstrip("0") or "0" if part.isdigit() else part for part in parts]
    joined = ""
    for part in kept:
        both_digits = joined[-1:].isdigit() and part.isdigit()
        joined += f"-{part}" if both_digits else part
    return joined


def twins(bill: Bill, others: Iterable[Bill]) -> list[Twin]:
    """Return the bills that ``bill`` likely repeats, the surest first.

    :param others: earlier bills: of the vendor, and all that share a number or a file with it
    """
    others = [one for one in others if one.id != bill.id and one.refund == bill.refund]
    own = [one for one in others if bill.vendor is not None and one.vendor == bill.vendor]
    key = normalised(bill.reference)
    again = [one for one in own if key and _same_number(key, normalised(one.reference))]
    # A number that stands on many different bills (a contract, a customer number) tells nothing.
    telling = len({(one.amount, one.date) for one in again}) < 2
    usual = _is_usual(one for one in own if _same_amount(bill, one))
    found = [
        twin for one in others if (twin := _compared(bill, key, one, telling, usual)) is not None
    ]
    return sorted(found, key=lambda twin: (not twin.sure, _days(bill, twin.bill) or 0))


def _is_usual(same_amount: Iterable[Bill]) -> bool:
    """Tell whether bills of one amount come close together, as weekly ones do.

    A copy is found out among monthly ones, whose days lie further apart.
    """
    days = sorted(one.date for one in same_amount if one.date)
    gaps = [(later - earlier).days for earlier, later in zip(days, days[1:], strict=False)]
    return sum(gap <= NEAR for gap in gaps) >= USUAL


def _compared(bill: Bill, key: str, other: Bill, telling: bool, usual: bool) -> Twin | None:
    if bill.files & other.files:
        return Twin(other, "same_file", sure=True)
    code = _code(bill, key, other, telling, usual)
    if code is None:
        return None
    near = code == "amount_and_date" and _days(bill, other) != 0
    return Twin(other, code, code == "same_number", not near and code != "number_again")


def _code(bill: Bill, key: str, other: Bill, telling: bool, usual: bool) -> str | None:
    days = _days(bill, other)
    same_amount = _same_amount(bill, other)
    other_key = normalised(other.reference)
    if bill.vendor is None or other.vendor != bill.vendor:
        if key == other_key and same_amount and _tells(key) and _within(days, NEAR * 4):
            return "other_vendor"
        return None
    if key and _same_number(key, other_key):
        if same_amount and _within(days, FAR if telling else NEAR):
            return "same_number"
        return "number_again" if telling and _tells(key) and _within(days, NEAR * 4) else None
    if not same_amount or not _within(days, NEAR):
        return None
    if key and other_key:
        return "like_number" if not usual and _misread(key, other_key) else None
    return None if usual or days is None else "amount_and_date"


def _same_number(key: str, other: str) -> bool:
    """Tell whether two numbers are one; long ones also where only one sets parts apart."""
    return key == other or (_tells(key) and key.replace("-", "") == other.replace("-", ""))


def _same_amount(bill: Bill, other: Bill) -> bool:
    return bool(bill.amount) and (bill.amount, bill.currency) == (other.amount, other.currency)


def _tells(key: str) -> bool:
    return sum(sign.isalnum() for sign in key) >= TELLING and any(map(str.isdigit, key))


def _misread(key: str, other: str) -> bool:
    """One number read or typed wrong: one letter or digit off, or one holding the other.

    Numbers that only count on ("1041", "1042") are no misreading of each other.
    """
    short, full = sorted((key, other), key=len)
    if _tells(short) and full.endswith(short) or _tells(short) and full.startswith(short):
        return True
    if len(short) < TELLING or OSA.distance(short, full, score_cutoff=1) > 1:
        return False
    numbers = [int(re.sub(r"\D", "", one) or 0) for one in (key, other)]
    same_letters = re.sub(r"\d", "", key) == re.sub(r"\d", "", other)
    counts_on = len(key) == len(other) and _differs_at_end(key, other)
    return not (same_letters and counts_on and numbers[0] != numbers[1])


def _differs_at_end(key: str, other: str) -> bool:
    first = next(
        place for place, pair in enumerate(zip(key, other, strict=True)) if len({*pair}) > 1
    )
    return first >= len(key) - 3


def _days(bill: Bill, other: Bill) -> int | None:
    if bill.date is None or other.date is None:
        return None
    return abs((bill.date - other.date).days)


def _within(days: int | None, most: int) -> bool:
    return days is None or days <= most
