"""What a bank would report about the demo company's documents: plain values, no Odoo.

Every way people pay is told: with the number or a piece of it, with a mangled name only, with no
name at all, too little, two documents at once, one of two equal ones, money out, and money that
belongs to nothing.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from odoo.addons.ai_finance_engine.money import quantise

# days before today, amount, payer or payee, label: no document explains these
NOTHING_FITS = (
    (2, "-64.37", "", "CARD 4711 XXXX 0388 BAYSIDE FUEL STATION"),
    (4, "842.10", "STRIPE PAYMENTS", "STRIPE PAYOUT PO-7Q2M"),
    (5, "-12.90", "", "Account maintenance fee"),
    (8, "-89.95", "Golden Gate Telecom", "Direct debit mobile contract K-55821"),
    (11, "-4812.55", "PAYROLL SERVICES", "Salaries, payroll run"),
    (13, "-31.20", "", "CARD 4711 XXXX 0388 CORNER COFFEE ROASTERS"),
    (16, "-1850.00", "Bayview Properties LLC", "Rent warehouse"),
    (18, "-412.00", "Pacific Mutual Insurance", "Premium policy 8834-117"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One open document of the demo company.

    :param amount: what is open, signed: positive is received, negative is paid
    :param number: its number in our books
    :param reference: the vendor's number of a bill or its credit note
    :param account: a bank account the partner is known to have
    """

    number: str
    reference: str = ""
    from_vendor: bool = False
    partner_id: int
    partner: str
    account: str = ""
    amount: Decimal
    date: datetime.date
    due: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One movement on the bank account, signed."""

    date: datetime.date
    amount: Decimal
    label: str
    name: str = ""
    account_number: str = ""
    reference: str = ""


def demo_payments(documents, first, today):
    """Return the movements from ``first`` until yesterday, oldest first.

    :param documents: open documents; those of the last two days are too new to be paid
    :param first: first day of the statement
    """
    known = [doc for doc in documents if doc.date <= today - datetime.timedelta(days=2)]
    known.sort(key=lambda doc: (doc.date, doc.number))
    ours = [doc for doc in known if doc.amount > 0 and not doc.from_vendor]
    payments = _received(ours) + _paid([doc for doc in known if doc not in ours])
    dated = [
        (
            _day(doc, late, first, today),
            amount,
            label,
            name,
            doc.account or demo_iban(doc.partner_id),
        )
        for doc, late, amount, label, name in payments
    ]
    for days, amount, name, label in NOTHING_FITS:
        day = max(first, today - datetime.timedelta(days=days))
        dated.append((day, Decimal(amount), label, name, demo_iban(9000 + days) if name else ""))
    return [
        Payment(
            date=day,
            amount=amount,
            label=label,
            name=name,
            account_number=account,
        )
        for day, amount, label, name, account in sorted(dated, key=lambda item: item[:3])
    ]


def _received(invoices):
    """Tell how customers pay: (document, days late, amount, label, name) of each payment."""
    invoices = list(invoices)
    payments = _one_of_twins(invoices) + _two_at_once(invoices)
    stories = (
        _in_full,
        _mangled_name,
        _part_only,
        _piece_of_the_number,
        _no_name,
        _typing_error,
        _charges_deducted,
    )
    for turn, doc in enumerate(invoices):
        turn %= len(stories) + 1  # one in so many has not paid yet
        if turn < len(stories):
            payments.append(stories[turn](doc))
    return payments


def _paid(documents):
    """Tell how bills and credit notes of both kinds are settled; every third one waits."""
    payments = []
    for turn, doc in enumerate(documents):
        if turn % 3 == 0:
            label = doc.reference or doc.number
            payments.append((doc, 0, doc.amount, f"Payment {label}", doc.partner))
        elif turn % 3 == 1:
            payments.append((doc, -2, doc.amount, "SEPA credit transfer", doc.partner.upper()))
    return payments


def _one_of_twins(invoices):
    """Take two invoices of one customer and amount out of the list: which one is paid?"""
    twins = _pair(invoices, lambda one, two: one.amount == two.amount)
    return [(doc, 2, doc.amount, "Payment", doc.partner) for doc in twins[:1]]


def _two_at_once(invoices):
    """Take the first two invoices of one customer out of the list and pay them together."""
    pair = _pair(invoices, lambda one, two: True)
    if not pair:
        return []
    one, two = pair
    label = f"Invoices {one.number} and {_last_digits(two.number)}"
    return [(two, 1, one.amount + two.amount, label, one.partner)]


def _pair(invoices, fits):
    """Take the first two fitting invoices of one customer out of the list, empty if none fit."""
    for one, two in combinations(invoices, 2):
        if one.partner_id == two.partner_id and fits(one, two):
            invoices.remove(one)
            invoices.remove(two)
            return [one, two]
    return []


def _in_full(doc):
    return doc, 0, doc.amount, f"{doc.number} thank you", doc.partner


def _mangled_name(doc):
    """No number at all: only amount and a name in capitals that the bank has cut off."""
    return doc, 3, doc.amount, "Transfer", doc.partner.upper()[:14].strip(" ,")


def _part_only(doc):
    part = quantise(doc.amount * Decimal("0.6"), 0)
    return doc, -4, part, f"{doc.number} first instalment", doc.partner


def _piece_of_the_number(doc):
    return doc, 6, doc.amount, f"Your invoice no. {_last_digits(doc.number)}", doc.partner


def _no_name(doc):
    """The bank tells nothing but the amount."""
    return doc, 2, doc.amount, "Incoming payment", ""


def _charges_deducted(doc):
    """The banks on the way have kept their charges."""
    charges = min(Decimal(15), quantise(doc.amount / 10))
    return doc, 5, doc.amount - charges, f"Foreign transfer less charges {charges}", doc.partner


def _typing_error(doc):
    """Two letters of the name are swapped, and the number is written without separators."""
    label = re.sub(r"[^0-9A-Za-z]+", "", doc.number)
    return doc, 1, doc.amount, label, swap_letters(doc.partner)


def swap_letters(name):
    """Return the name with two letters of its longest word exchanged."""
    word = max(name.split(), key=len)
    middle = len(word) // 2
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return name.replace(word, swapped) if len(word) > 3 else name


def _last_digits(number):
    """Return the counter of a document number: 00012 of INV/2026/00012."""
    return re.findall(r"\d+", number)[-1]


def _day(doc, late, first, today):
    """Return when the bank books it: around the due date, inside the statement, not before."""
    day = max(doc.due + datetime.timedelta(days=late), doc.date + datetime.timedelta(days=1), first)
    newest = today - datetime.timedelta(days=1)
    if day > newest:  # due later: spread over the last two weeks by the document's age
        span = max((newest - max(first, doc.date)).days, 1)
        day = newest - datetime.timedelta(days=sum(map(ord, doc.number)) % min(span, 14))
    return max(min(day, newest), min(first, newest))


def demo_iban(owner):
    """Return an invented IBAN with right check digits for the owner's id."""
    account = f"50000000{owner:010d}"
    check = 98 - int(f"{account}131400") % 97
    return f"DE{check:02d}{account}"
