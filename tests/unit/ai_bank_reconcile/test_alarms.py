"""Alarms are data beside a match, and keep its line from automatic work."""

from datetime import date
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext, Party, SettledItem
from odoo.addons.ai_bank_reconcile.engine.matcher import propose

from tests.unit.ai_bank_reconcile.bank_cases import DECO, PARTIES, codes, item, line, parts

BILL = item(21, "-400.25", "BILL/2026/02/0001", reference="F-778812")
KNOWN = (Party(DECO, "Deco Addict GmbH", account_numbers=("DE89 3704 0044 0532 0130 00",)),)


def watched(one, items=(), settled=(), parties=PARTIES):
    return propose(MatchContext((one,), tuple(items), parties, settled=tuple(settled)))[0]


def paid(amount, number="BILL/2026/01/0009", **values):
    return SettledItem(
        id=7, amount=Decimal(amount), currency="EUR", number=number, partner_id=DECO,
        date=date(2026, 2, 1), **values,
    )  # fmt: skip


def test_bill_paid_a_second_time():
    one = line("-99.50", "F-991234", "Deco Addict")
    result = watched(one, [BILL], [paid("-99.50", reference="F-991234")])
    assert codes(result.alarms) == {"paid_twice"}
    assert result.proposal.kind == "none"
    assert result.alarms[0].params == {"number": "BILL/2026/01/0009", "date": "2026-02-01"}


def test_other_amount_or_an_exact_open_document_raises_no_alarm():
    settled = [paid("-99.50", reference="F-778812")]
    assert watched(line("-400.25", "F-778812", "Deco Addict"), [BILL], settled).alarms == ()
    assert watched(line("-12.00", "F-778812", "Deco Addict"), [], settled).alarms == ()


def test_direct_debit_that_comes_back_with_a_fee():
    settled = [paid("120.00", "INV/2026/00044")]
    result = watched(line("-123.50", "Rücklastschrift INV/2026/00044 MD07"), [BILL], settled)
    assert codes(result.alarms) == {"returned"}


def test_account_of_a_supplier_changed():
    strange = line(
        "-400.25", "F-778812", "Deco Addict", account_number="FR7630006000011234567890189"
    )
    result = watched(strange, [BILL], parties=KNOWN)
    assert parts(result) == {21: "400.25"}
    assert codes(result.alarms) == {"account_changed"} <= codes(result.guards)
    national = line("-400.25", "F-778812", "Deco Addict", account_number="0532013000")
    assert watched(national, [BILL], parties=KNOWN).alarms == ()
    nothing_known = watched(strange, [BILL], parties=(Party(DECO, "Deco Addict GmbH"),))
    assert nothing_known.alarms == ()
