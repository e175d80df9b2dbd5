"""The statement file of the demo company has the shape banks send."""

import datetime
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.camt_writer import (
    NAMESPACE,
    CamtEntry,
    CamtStatement,
    write_camt053,
)

DAY = datetime.date(2026, 5, 12)


def read(*entries, **values):
    statement = CamtStatement(
        id="STMT-1",
        account=values.pop("account", "DE89 3704 0044 0532 0130 00"),
        currency="EUR",
        opening=Decimal("100.00"),
        entries=entries,
        date_from=DAY,
        date_to=DAY,
        **values,
    )
    return ElementTree.fromstring(write_camt053(statement))


def texts(node, path):
    tags = "/".join(tag if tag in ("", ".") else f"{{{NAMESPACE}}}{tag}" for tag in path.split("/"))
    return [found.text for found in node.findall(tags)]


def test_balances_follow_from_the_entries():
    root = read(CamtEntry(Decimal("12.5"), DAY), CamtEntry(Decimal("-130"), DAY))
    assert texts(root, ".//Bal/Tp/CdOrPrtry/Cd") == ["OPBD", "CLBD"]
    assert texts(root, ".//Bal/Amt") == ["100.00", "17.50"]
    assert texts(root, ".//Bal/CdtDbtInd") == ["CRDT", "DBIT"]
    assert texts(root, ".//Ntry/Amt") == ["12.50", "130.00"]
    assert texts(root, ".//Ntry/CdtDbtInd") == ["CRDT", "DBIT"]
    assert texts(root, ".//Acct/Id/IBAN") == ["DE89370400440532013000"]


def test_money_in_has_a_debtor_and_money_out_a_creditor():
    party = {
        "partner_name": "Müller & Söhne <GmbH>",
        "partner_account": "FR7630006000011234567890189",
    }
    root = read(CamtEntry(Decimal(1), DAY, **party), CamtEntry(Decimal(-1), DAY, **party))
    assert texts(root, ".//RltdPties/Dbtr/Nm") == ["Müller & Söhne <GmbH>"]
    assert texts(root, ".//RltdPties/Cdtr/Nm") == ["Müller & Söhne <GmbH>"]
    assert texts(root, ".//DbtrAcct/Id/IBAN") == [party["partner_account"]]
    assert texts(root, ".//CdtrAcct/Id/IBAN") == [party["partner_account"]]


def test_remittance_text_and_structured_reference():
    root = read(
        CamtEntry(Decimal(1), DAY, text="x" * 200, end_to_end_id="E2E-1"),
        CamtEntry(Decimal(1), DAY, structured="RF18539007547034"),
    )
    assert [len(text) for text in texts(root, ".//RmtInf/Ustrd")] == [140, 60]
    assert texts(root, ".//RmtInf/Strd/CdtrRefInf/Ref") == ["RF18539007547034"]
    assert texts(root, ".//CdtrRefInf/Tp/CdOrPrtry/Cd") == ["SCOR"]
    assert texts(root, ".//Refs/EndToEndId") == ["E2E-1", "NOTPROVIDED"]


def test_order_of_elements_is_that_of_the_schema():
    root = read(CamtEntry(Decimal(1), DAY, "INV 1", additional="SEPA"), bic="COBADEFF")
    (entry,) = root.iter(f"{{{NAMESPACE}}}Ntry")
    assert [child.tag.partition("}")[2] for child in entry] == [
        "Amt", "CdtDbtInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd", "NtryDtls",
        "AddtlNtryInf",
    ]  # fmt: skip


def test_account_that_is_no_iban():
    assert texts(read(account="12-345 678"), ".//Acct/Id/Othr/Id") == ["12-345678"]


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.decimals(-9999, 9999, places=2))
def test_any_text_gives_well_formed_xml(text, name, amount):
    root = read(CamtEntry(amount, DAY, text, partner_name=name))
    assert len(texts(root, ".//Ntry/Amt")) == 1
