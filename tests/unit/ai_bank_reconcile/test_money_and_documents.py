"""The ways money meets documents, by name: sets, parts, differences, deposits, refunds."""

from datetime import timedelta
from decimal import Decimal

import pytest

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext, Party, Tolerance
from odoo.addons.ai_bank_reconcile.engine.matcher import propose

from tests.unit.ai_bank_reconcile.bank_cases import (
    AZURE,
    DAY,
    DECO,
    GEMINI,
    PARTIES,
    codes,
    item,
    line,
    match,
    match_one,
    parts,
)

ACCOUNTS = {"fee": 91, "discount": 92, "tolerance": 93}
CENTS = Tolerance(Decimal("1.00"), Decimal("0.5"))
OTHERS = [item(90, "77.77", partner=AZURE), item(91, "1313.13", partner=GEMINI)]


def booked(one, items, accounts=ACCOUNTS, **values):
    """Return the result for one line where differences have accounts."""
    values = {"parties": PARTIES, "tolerances": {1: CENTS}, **values}
    return propose(MatchContext((one,), (*items, *OTHERS), accounts=accounts, **values))[0]


def differences(result):
    return {one.purpose: one.amount for one in result.proposal.write_offs}


def test_one_line_to_many_with_references():
    items = [item(1, "100.10"), item(2, "200.20"), item(3, "300.30")]
    result = match_one(line("400.40", "INV/2026/00001 / INV/2026/00003", "Deco Addict"), items)
    assert parts(result) == {1: "100.10", 3: "300.30"}
    assert result.guards == ()


def test_one_line_to_many_without_references():
    items = [item(1, "123.45"), item(2, "67.89"), item(3, "300.30"), item(4, "5.55")]
    result = match_one(line("191.34", "transfer", "Deco Addict"), items)
    assert parts(result) == {1: "123.45", 2: "67.89"}
    assert result.guards == ()
    assert set(result.agreements) == {"amount", "payer"}


def test_a_long_row_of_documents_without_references():
    items = [item(key, f"{100 + key}.{key:02d}", days_ago=90 - key) for key in range(1, 13)]
    total = sum(one.residual for one in items[:9])
    result = match_one(line(total, "", "Deco Addict"), items)
    assert set(parts(result)) == set(range(1, 10))


def test_named_documents_and_one_that_is_not_named():
    items = [item(1, "123.45"), item(2, "67.89"), item(3, "300.30"), item(4, "11.17")]
    result = match_one(line("491.64", "INV/2026/00001 INV/2026/00002", "Deco Addict"), items)
    assert set(parts(result)) == {1, 2, 3}
    more = match_one(line("502.81", "INV/2026/00001 INV/2026/00002", "Deco Addict"), items)
    assert set(parts(more)) == {1, 2, 3, 4}
    assert codes(more.guards) == {"extra_unnamed"}


def test_two_sets_of_one_sum_are_never_automatic():
    items = [item(1, "10.00"), item(2, "20.00"), item(3, "5.00"), item(4, "25.00")]
    result = match_one(line("30.00", "", "Deco Addict"), items)
    assert result.guards or result.proposal.kind == "none"


def test_a_search_that_was_cut_short_is_never_automatic():
    items = [item(key, "10.00", days_ago=key) for key in range(1, 200)]
    result = match_one(line("40.00", "", "Deco Addict"), items)
    assert result.guards or result.proposal.kind == "none"


def test_many_lines_to_one():
    lines = [
        line("400.00", "INV/2026/00001", "Deco Addict", key=1),
        line("350.00", "INV/2026/00001 2nd", "Deco Addict", key=2),
        line("250.00", "INV/2026/00001 3rd", "Deco Addict", key=3),
    ]
    results = match(lines, [item(1, "1000.00")])
    assert [parts(one) for one in results] == [{1: "400.00"}, {1: "350.00"}, {1: "250.00"}]


def test_outstanding_payment_before_invoice():
    paid = item(5, "431.77", "PBNK1/2026/00001", AZURE, days_ago=2, is_payment=True)
    result = booked(line("431.77", "", "Azure Interior"), [paid, item(6, "431.77", partner=AZURE)])
    assert parts(result) == {5: "431.77"}
    assert result.guards == ()


def test_partial_stays_open_and_over_payment_stays_visible():
    over = booked(line("1300.00", "INV/2026/00012", "Deco Addict"), [item(12, "1210.50")])
    assert (over.proposal.remainder, over.proposal.remainder_handling) == ("89.50", "on_account")
    assert codes(over.guards) == {"over_payment"}
    part = booked(line("605.25", "INV/2026/00012", "Deco Addict"), [item(12, "1210.50")])
    assert (parts(part), part.guards, differences(part)) == ({12: "605.25"}, (), {})


def test_another_document_of_that_amount_keeps_a_part_payment_from_being_automatic():
    items = [item(12, "1210.50"), item(13, "605.25")]
    result = booked(line("605.25", "INV/2026/00012", "Deco Addict"), items)
    assert result.guards


@pytest.mark.parametrize("label", ["INV/2026/00012 CHARGES EUR 12.50", "INV/2026/00012"])
def test_bank_fee_is_for_a_person_at_first(label):
    result = booked(line("1198.00", label, "Deco Addict"), [item(12, "1210.50")])
    assert parts(result) == {12: "1210.50"}
    assert differences(result) == {"fee": "-12.50"}
    assert "fee_first" in codes(result.guards)


def test_without_an_account_a_difference_stays_open():
    one = line("1198.00", "INV/2026/00012 CHARGES EUR 12.50", "Deco Addict")
    result = booked(one, [item(12, "1210.50")], accounts={})
    assert (parts(result), differences(result)) == ({12: "1198.00"}, {})
    assert "partial" in codes(result.guards)


def discounted(key, amount, less, days=3):
    until = DAY + timedelta(days=days)
    return item(key, amount, discount_date=until, discount_amount=Decimal(less))


@pytest.mark.parametrize("label", ["INV/2026/00012", "payment"])
def test_cash_discount_by_value_date(label):
    result = booked(line("1186.29", label, "Deco Addict"), [discounted(12, "1210.50", "1186.29")])
    assert parts(result) == {12: "1210.50"}
    assert differences(result) == {"discount": "-24.21"}
    assert result.guards == ()


def test_cash_discount_on_some_of_several_documents():
    items = [discounted(12, "1210.50", "1186.29"), item(13, "99.90")]
    one = line("1286.19", "INV/2026/00012 INV/2026/00013", "Deco Addict")
    result = booked(one, items)
    assert set(parts(result)) == {12, 13}
    assert differences(result) == {"discount": "-24.21"}


def test_cash_discount_too_late_stays_open():
    late = discounted(12, "1210.50", "1186.29", days=-1)
    result = booked(line("1186.29", "INV/2026/00012", "Deco Addict"), [late])
    assert (parts(result), differences(result)) == ({12: "1186.29"}, {})
    assert "partial" in codes(result.guards)


@pytest.mark.parametrize(("paid", "off"), [("1210.45", "-0.05"), ("1210.60", "0.10")])
def test_tolerance(paid, off):
    result = booked(line(paid, "INV/2026/00012", "Deco Addict"), [item(12, "1210.50")])
    assert (parts(result), differences(result)) == ({12: "1210.50"}, {"tolerance": off})
    assert result.proposal.write_offs[0].tax_ids == ()
    assert result.guards == ()


def test_tolerance_is_capped_by_both_limits_and_the_partner_goes_first():
    one = line("1209.40", "INV/2026/00012", "Deco Addict")
    assert differences(booked(one, [item(12, "1210.50")])) == {}
    strict = Party(DECO, "Deco Addict GmbH", tolerance=Tolerance(Decimal("0.00"), Decimal("9")))
    near = line("1210.45", "INV/2026/00012", "Deco Addict")
    assert differences(booked(near, [item(12, "1210.50")], parties=(strict,))) == {}


def payments(*amounts, batch="BATCH/2026/0007"):
    return [
        item(key, amount, f"PBNK1/2026/{key:05d}", partner, 1, is_payment=True, batch=batch)
        for key, (amount, partner) in enumerate(
            zip(amounts, (DECO, AZURE, GEMINI), strict=False), 20
        )
    ]


def test_batch_deposit_by_its_reference():
    result = booked(
        line("600.60", "DEPOSIT BATCH/2026/0007"), payments("100.10", "200.20", "300.30")
    )
    assert set(parts(result)) == {20, 21, 22}
    assert result.guards == ()
    assert "batch" in codes(result.reasons)


def test_deposit_of_all_payments_of_a_day_needs_no_reference_but_of_some_does():
    day = payments("100.10", "200.20", "300.30", batch="")
    result = booked(line("600.60", "DEPOSIT"), day)
    assert set(parts(result)) == {20, 21, 22}
    assert result.agreements == ("amount", "deposit")
    assert not result.guards
    assert booked(line("300.30", "DEPOSIT"), day[:2]).guards


def test_provider_pay_out_gross_less_fees():
    one = line("588.60", "PAYOUT BATCH/2026/0007 FEES 12.00", "Stripe")
    result = booked(one, payments("100.10", "200.20", "300.30"))
    assert set(parts(result)) == {20, 21, 22}
    assert differences(result) == {"fee": "-12.00"}
    assert result.guards == ()


def test_refund_of_a_credit_note():
    note = item(16, "-19.00", "RINV/2026/00001", is_refund=True)
    result = booked(line("-19.00", "RINV/2026/00001", "Deco Addict"), [note])
    assert (parts(result), result.guards) == ({16: "19.00"}, ())


def test_a_number_with_a_typing_error():
    items = [item(12, "1210.50", "INV/2026/04712")]
    result = booked(line("1210.50", "INV/2026/04172", "Deco Addict"), items)
    assert parts(result) == {12: "1210.50"}
    assert codes(result.reasons) >= {"reference_nearly", "amount_exact"}


def test_parts_and_differences_add_up():
    items = [discounted(12, "1210.50", "1186.29"), item(13, "99.90"), *payments("10.10", "20.20")]
    for amount in ("1186.29", "1210.45", "1198.00", "30.00", "99.00", "1300.00"):
        one = line(amount, "INV/2026/00012 fee 0.30 BATCH/2026/0007", "Deco Addict")
        result = booked(one, items)
        for offer in (result.proposal, *result.proposal.alternatives):
            if offer.kind == "match":
                total = sum(Decimal(part.amount) for part in offer.counterparts)
                total += sum(Decimal(part.amount) for part in offer.write_offs)
                assert total + Decimal(offer.remainder) == Decimal(amount)


def test_document_in_another_currency():
    dollars = item(12, "1300.00", currency="USD", residual_in={"EUR": Decimal("1205.00")})
    named = booked(line("1210.50", "INV/2026/00012", "Deco Addict"), [dollars])
    (part,) = named.proposal.counterparts
    assert (part.amount, part.item_amount) == ("1210.50", "1300.00")
    assert "currency_other" in codes(named.reasons)
    nameless = booked(line("1210.50", "", "Deco Addict"), [dollars])
    assert nameless.proposal.kind == "none"
    stated = line("1210.50", "", "Deco Addict", amounts={"USD": Decimal("1300.00")})
    result = booked(stated, [dollars])
    assert parts(result) == {12: "1210.50"}
    assert "currency_other" in codes(result.guards), "never automatic without its number"
    far = booked(line("900.00", "INV/2026/00012", "Deco Addict"), [dollars])
    assert far.proposal.kind == "none"
