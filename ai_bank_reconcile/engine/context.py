"""What the matching engine is told: plain frozen values, read once by the ORM layer.

Money is `Decimal`, signed. A bank line is positive when money comes in. An open item is positive
when it is a debit to be received (customer invoice, vendor refund, outstanding receipt) and
negative when it is a credit to be paid (vendor bill, customer refund, outstanding payment): an
item of the line's own sign is settled by the line.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """One bank statement line that is not reconciled yet.

    :param amount: signed, in the transaction currency of the line
    :param label: everything the bank wrote: payment reference and narration
    :param partner_id: partner a person or rule has set on the line
    :param partner_name: payer or payee as the bank spells it
    :param account_number: counterpart account (IBAN or national), any spacing
    :param amounts: the same money in further currencies, where the bank states them
    """

    id: int
    journal_id: int
    amount: Decimal
    currency: str
    date: datetime.date
    label: str = ""
    partner_id: int | None = None
    partner_name: str = ""
    account_number: str = ""
    transaction_type: str = ""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """One open journal item (`account.move.line`) that a bank line may settle.

    :param id: id of the journal item
    :param residual: signed open amount in the item's own currency
    :param number: number of the document in our books (INV/2026/00012)
    :param reference: number the other side gave it (vendor's bill number, customer's order)
    :param payment_reference: structured or free reference printed for the payer
    :param is_payment: outstanding line of a payment already registered, not a document
    :param is_refund: comes from a credit note
    :param discount_date: last day on which the cash discount may be taken
    :param discount_amount: what is to be paid until then, signed as the residual; core splits the
        discount and its tax when it is booked
    :param batch: reference of the batch a registered payment was sent or deposited with
    :param residual_in: the residual in other currencies at the rate of the day
    :param account_id: account of the journal item; equal items of two accounts are not equal
    """

    id: int
    residual: Decimal
    currency: str
    number: str
    reference: str = ""
    payment_reference: str = ""
    partner_id: int | None = None
    date: datetime.date
    date_maturity: datetime.date | None = None
    is_payment: bool = False
    is_refund: bool = False
    discount_date: datetime.date | None = None
    discount_amount: Decimal | None = None
    batch: str = ""
    residual_in: Mapping[str, Decimal] = field(default_factory=dict)
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A small difference that may be written off without tax: the lower of both limits.

    :param absolute: most that is written off, in the currency of the line
    :param percent: of what is open on the documents
    """

    absolute: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Alias:
    """Somebody under whose name or account a partner's documents were paid: payer -> debtor.

    The engine normalises `text` as any name (accents, case, legal form, clipping), so it is handed
    over as the bank wrote it. An alias is recognised by its account or by its text; either may be
    empty. One payer may be the alias of several parties (a parent company, a factoring house): the
    evidence is then divided among them by their counts.

    How far an alias is believed grows with `count`: after one confirmation it is a reason and
    lifts the party's documents, and nothing becomes automatic through it alone; from
    `CERTAIN_ALIAS` on it is as strong as the party's own name. Whoever counts takes undone matches
    off; an alias with `count` below 1 is ignored.

    :param text: payer or payee as the bank spells it, "" where only the account is known
    :param iban: account the money came from or went to, any spacing, "" where unknown
    :param count: matches people confirmed for this payer and party, undone ones taken off; a name
        that somebody entered by hand counts as `CERTAIN_ALIAS`
    """

    text: str
    iban: str = ""
    count: int = 1


CERTAIN_ALIAS = 3  # confirmations from which a payer's other name is as good as the partner's own


@dataclass(frozen=True, slots=True)
class Party:
    """A commercial partner with what is known to recognise it on a statement.

    :param aliases: others who pay or are paid for the partner, and further names of it
    :param account_numbers: bank accounts of the partner, any spacing
    :param tolerance: write-off tolerance of the partner; goes before the journal's
    """

    id: int
    name: str
    aliases: tuple[Alias, ...] = ()
    account_numbers: tuple[str, ...] = ()
    vat: str = ""
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledItem:
    """A document that is paid already: what a second payment or a return may be about.

    :param amount: signed as an open item's residual was
    :param date: day it was paid
    """

    id: int
    amount: Decimal
    currency: str
    number: str
    date: datetime.date
    reference: str = ""
    payment_reference: str = ""
    partner_id: int | None = None


@dataclass(frozen=True, slots=True)
class MatchContext:
    """One batch for the engine: lines to explain and everything they may be explained by.

    :param digits: decimal places by currency code; two where a currency is missing
    :param flagged: by line, the items of each match that people flagged as wrong
    :param settled: documents paid lately, for alarms only
    :param tolerances: write-off tolerance by bank journal
    :param accounts: where a difference may be booked: account by purpose ("fee", "discount",
        "tolerance"); a difference whose purpose has no account stays open
    :param oldest_first: bank journals whose lines take the oldest of equal items of one partner;
        in others such lines are for a person
    """

    lines: tuple[BankLine, ...]
    items: tuple[OpenItem, ...]
    parties: tuple[Party, ...] = ()
    digits: Mapping[str, int] = field(default_factory=dict)
    flagged: Mapping[int, frozenset[frozenset[int]]] = field(default_factory=dict)
    settled: tuple[SettledItem, ...] = ()
    tolerances: Mapping[int, Tolerance] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    oldest_first: frozenset[int] = frozenset()
