"""Write a CAMT.053.001.02 bank statement, in the shape banks send it.

Used to make the demo company's statement file and test data; reading CAMT files is left to the
community importers. ISO 20022 message definition: BankToCustomerStatementV02.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from odoo.addons.ai_finance_engine.money import plain

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# domain, family and sub-family of the ISO bank transaction codes: credit transfers
_RECEIVED, _ISSUED = ("PMNT", "RCDT", "ESCT"), ("PMNT", "ICDT", "ESCT")


@dataclass(frozen=True, slots=True)
class CamtEntry:
    """One booked transaction.

    :param amount: positive for money in
    :param text: unstructured remittance information
    :param structured: creditor reference (ISO 11649 or the bank's own), instead of `text`
    """

    amount: Decimal
    date: datetime.date
    text: str = ""
    structured: str = ""
    partner_name: str = ""
    partner_account: str = ""
    partner_bic: str = ""
    end_to_end_id: str = "NOTPROVIDED"
    bank_reference: str = ""
    value_date: datetime.date | None = None
    transaction_code: tuple[str, str, str] | None = None
    additional: str = ""


@dataclass(frozen=True, slots=True)
class CamtStatement:
    """A statement of one account; the closing balance follows from opening and entries."""

    id: str
    account: str
    currency: str
    opening: Decimal
    entries: tuple[CamtEntry, ...]
    date_from: datetime.date
    date_to: datetime.date
    account_name: str = ""
    bic: str = ""
    number: int = 1
    digits: int = 2
    created: datetime.datetime | None = None


def write_camt053(statement: CamtStatement) -> bytes:
    """Return the statement as an XML document in UTF-8."""
    created = statement.created or datetime.datetime.combine(
        statement.date_to, datetime.time(20, 0)
    )
    stamp = created.isoformat(timespec="seconds")
    root = ElementTree.Element("Document", {"xmlns": NAMESPACE})
    message = _add(root, "BkToCstmrStmt")
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", statement.id[:35])
    _add(header, "CreDtTm", stamp)
    body = _add(message, "Stmt")
    _add(body, "Id", statement.id[:35])
    _add(body, "ElctrncSeqNb", str(statement.number))
    _add(body, "CreDtTm", stamp)
    period = _add(body, "FrToDt")
    _add(period, "FrDtTm", f"{statement.date_from.isoformat()}T00:00:00")
    _add(period, "ToDtTm", f"{statement.date_to.isoformat()}T23:59:59")
    _write_account(body, statement)
    closing = statement.opening + sum((entry.amount for entry in statement.entries), Decimal(0))
    _write_balance(body, statement, "OPBD", statement.opening, statement.date_from)
    _write_balance(body, statement, "CLBD", closing, statement.date_to)
    for position, entry in enumerate(statement.entries, 1):
        _write_entry(body, statement, entry, position)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag)
    if text is not None:
        child.text = _NOT_XML.sub("", text)
    return child


def _write_account(body: ElementTree.Element, statement: CamtStatement) -> None:
    account = _add(body, "Acct")
    _write_account_id(account, statement.account)
    _add(account, "Ccy", statement.currency)
    if statement.account_name:
        _add(account, "Nm", statement.account_name[:70])
    if statement.bic:
        _add(_add(_add(account, "Svcr"), "FinInstnId"), "BIC", statement.bic)


def _write_account_id(account: ElementTree.Element, number: str) -> None:
    """Write an account number as IBAN where it has the form of one, else as other id."""
    compact = re.sub(r"\s", "", number).upper()
    identity = _add(account, "Id")
    if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", compact):
        _add(identity, "IBAN", compact)
    else:
        _add(_add(identity, "Othr"), "Id", compact[:34])


def _write_amount(parent: ElementTree.Element, amount: Decimal, currency: str, digits: int):
    tag = _add(parent, "Amt", plain(abs(amount), digits))
    tag.set("Ccy", currency)


def _write_side(parent: ElementTree.Element, amount: Decimal) -> None:
    _add(parent, "CdtDbtInd", "DBIT" if amount < 0 else "CRDT")


def _write_balance(
    body: ElementTree.Element,
    statement: CamtStatement,
    code: str,
    amount: Decimal,
    date: datetime.date,
) -> None:
    balance = _add(body, "Bal")
    _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", code)
    _write_amount(balance, amount, statement.currency, statement.digits)
    _write_side(balance, amount)
    _add(_add(balance, "Dt"), "Dt", date.isoformat())


def _write_entry(
    body: ElementTree.Element, statement: CamtStatement, entry: CamtEntry, position: int
) -> None:
    node = _add(body, "Ntry")
    _write_amount(node, entry.amount, statement.currency, statement.digits)
    _write_side(node, entry.amount)
    _add(node, "Sts", "BOOK")
    _add(_add(node, "BookgDt"), "Dt", entry.date.isoformat())
    _add(_add(node, "ValDt"), "Dt", (entry.value_date or entry.date).isoformat())
    servicer = entry.bank_reference or f"{statement.id}-{position:04d}"
    _add(node, "AcctSvcrRef", servicer[-35:])
    family = entry.transaction_code or (_ISSUED if entry.amount < 0 else _RECEIVED)
    domain = _add(_add(node, "BkTxCd"), "Domn")
    _add(domain, "Cd", family[0])
    codes = _add(domain, "Fmly")
    _add(codes, "Cd", family[1])
    _add(codes, "SubFmlyCd", family[2])
    details = _add(_add(node, "NtryDtls"), "TxDtls")
    references = _add(details, "Refs")
    _add(references, "AcctSvcrRef", servicer[-35:])
    _add(references, "EndToEndId", (entry.end_to_end_id or "NOTPROVIDED")[:35])
    _write_parties(details, entry)
    _write_remittance(details, entry)
    if entry.additional:
        _add(node, "AddtlNtryInf", entry.additional[:500])


def _write_parties(details: ElementTree.Element, entry: CamtEntry) -> None:
    """Write the other side: debtor of money in, creditor of money out."""
    role = "Cdtr" if entry.amount < 0 else "Dbtr"
    if entry.partner_name or entry.partner_account:
        parties = _add(details, "RltdPties")
        if entry.partner_name:
            _add(_add(parties, role), "Nm", entry.partner_name[:70])
        if entry.partner_account:
            _write_account_id(_add(parties, f"{role}Acct"), entry.partner_account)
    if entry.partner_bic:
        agent = _add(_add(details, "RltdAgts"), f"{role}Agt")
        _add(_add(agent, "FinInstnId"), "BIC", entry.partner_bic)


def _write_remittance(details: ElementTree.Element, entry: CamtEntry) -> None:
    if not entry.structured and not entry.text:
        return
    remittance = _add(details, "RmtInf")
    if entry.structured:
        information = _add(_add(remittance, "Strd"), "CdtrRefInf")
        if entry.structured.startswith("RF"):
            _add(_add(_add(information, "Tp"), "CdOrPrtry"), "Cd", "SCOR")
        _add(information, "Ref", entry.structured[:35])
        return
    for start in range(0, len(entry.text), 140):
        _add(remittance, "Ustrd", entry.text[start : start + 140])
