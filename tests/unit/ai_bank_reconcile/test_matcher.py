"""What a bank line settles: the named cases."""

from datetime import timedelta

import pytest

from odoo.addons.ai_bank_reconcile.engine.proposal import validate
from odoo.addons.ai_bank_reconcile.engine.reasons import REASON_TEXT, reason

from tests.unit.ai_bank_reconcile.bank_cases import (
    AZURE,
    DAY,
    DECO,
    GEMINI,
    codes,
    item,
    line,
    match,
    match_one,
    parts,
)

LEDGER = [
    item(12, "1210.50"),
    item(13, "99.00", days_ago=60),
    item(14, "431.77", partner=AZURE),
    item(15, "2380.00", partner=GEMINI),
    item(16, "-19.00", number="RINV/2026/00001", is_refund=True),
    item(21, "-400.25", number="BILL/2026/02/0001", reference="F-778812", partner=GEMINI),
]


@pytest.mark.parametrize(
    ("one", "expected", "code"),
    [
        (line("1210.50", "INV/2026/00012"), {12: "1210.50"}, "reference"),
        (line("1210.50", "inv 2026-12", "Deco Addict"), {12: "1210.50"}, "reference"),
        (line("1210.50", "INV202600012 thanks"), {12: "1210.50"}, "reference"),
        (line("431.77", "00014", "Azure Interior"), {14: "431.77"}, "reference"),
        (line("431.77", "Rechnung 14", "AZURE INTERI"), {14: "431.77"}, "reference"),
        (line("431.77", "payment", "AZURE INTERIOR"), {14: "431.77"}, "name"),
        (line("2380.00", "", "G.F. Trading"), {15: "2380.00"}, "alias"),
        (line("1210.50", "", account_number="DE89370400440532013000"), {12: "1210.50"}, "iban"),
        (line("431.77", "", partner_id=AZURE), {14: "431.77"}, "partner_set"),
        (line("431.77", "Azure Interior pays"), {14: "431.77"}, "name_in_text"),
        (line("-400.25", "F778812", "Gemini Furniture"), {21: "400.25"}, "reference"),
        (
            line("1309.50", "00012 and 00013", "Deco Addict"),
            {12: "1210.50", 13: "99.00"},
            "set_sum",
        ),
        (
            line("1191.50", "INV/2026/00012 less RINV/2026/00001", "Deco Addict"),
            {12: "1210.50", 16: "-19.00"},
            "refund",
        ),
        (
            line(
                "431.77",
                "EREF+435005714488-000012 KREF+NOTPROVIDED MREF+00013 SVWZ+INV/2026/00014",
                "AZURE INTERIOR",
            ),
            {14: "431.77"},
            "reference",
        ),
    ],
)
def test_sure_matches(one, expected, code):
    result = match_one(one, LEDGER)
    assert result.proposal.kind == "match"
    assert parts(result) == expected
    assert result.confidence > 0.95
    assert code in codes(result.reasons)
    assert result.guards == ()
    assert len(result.agreements) >= 2
    assert result.proposal.remainder_handling == "none"


def test_full_reference_and_amount_need_no_payer():
    result = match_one(line("1210.50", "INV/2026/00012"), LEDGER)
    assert result.agreements == ("reference", "amount")
    assert result.guards == ()
    assert result.proposal.partner_id == DECO


def test_partial_payment_by_reference():
    result = match_one(line("500.00", "INV/2026/00012 first part", "Deco Addict"), LEDGER)
    assert parts(result) == {12: "500.00"}
    assert result.confidence > 0.7
    assert result.guards == ()
    nearly = match_one(line("1150.00", "INV/2026/00012", "Deco Addict"), LEDGER)
    assert "partial" in codes(nearly.guards), "nearly all of it: a discount, a fee or a dispute"
    nobody = match_one(line("500.00", "INV/2026/00012"), LEDGER)
    assert "partial" in codes(nobody.guards)
    assert reason("amount_partial", rest="710.50") in result.reasons


def test_partial_payment_without_reference_is_not_sure():
    result = match_one(line("500.00", "", "Deco Addict"), [item(12, "1210.50")])
    chosen = result.confidence if result.proposal.kind == "match" else 0
    assert max([chosen, *(one.confidence for one in result.proposal.alternatives)]) < 0.7


def test_over_payment_is_offered_with_its_remainder_and_never_automatic():
    result = match_one(line("1300.00", "INV/2026/00012", "Deco Addict"), LEDGER)
    assert parts(result) == {12: "1210.50"}
    assert (result.proposal.remainder, result.proposal.remainder_handling) == (
        "89.50",
        "on_account",
    )
    assert "over_payment" in codes(result.guards)
    assert result.confidence < 0.9


def test_amount_alone_is_never_automatic():
    for one in (line("431.77"), line("431.77", "", "Somebody Else")):
        result = match_one(one, LEDGER)
        assert codes(result.guards) & {"amount_only", "few_agreements"}
    assert "payer_unsure" in codes(result.guards)


def test_third_party_payer_with_full_reference_wins_over_the_name():
    result = match_one(line("431.77", "INV/2026/00014", "Somebody Else Ltd"), LEDGER)
    assert parts(result) == {14: "431.77"}
    assert "name_differs" in codes(result.reasons)
    assert result.guards == ()


def test_equal_twins_are_guarded_and_both_offered():
    twins = [item(1, "99.00", days_ago=60), item(2, "99.00", days_ago=30)]
    result = match_one(line("99.00", "", "Deco Addict"), twins)
    assert "twin" in codes(result.guards)
    assert 0.4 < result.confidence < 0.9
    assert len(result.proposal.alternatives) == 1


def test_reference_tells_twins_apart():
    twins = [item(1, "99.00", days_ago=60), item(2, "99.00", days_ago=30)]
    result = match_one(line("99.00", "INV/2026/00002", "Deco Addict"), twins)
    assert parts(result) == {2: "99.00"}
    assert result.guards == ()


def test_two_lines_for_two_twins_take_one_each():
    twins = [item(1, "99.00", days_ago=60), item(2, "99.00", days_ago=30)]
    lines = [line("99.00", "", "Deco Addict", key=key) for key in (1, 2)]
    results = match(lines, twins)
    assert sorted(key for result in results for key in parts(result)) == [1, 2]
    assert all("twin" in codes(result.guards) for result in results)


def test_a_twin_taken_by_name_is_no_twin_any_more():
    twins = [item(1, "99.00", days_ago=60), item(2, "99.00", days_ago=30)]
    lines = [
        line("99.00", "INV/2026/00001", "Deco Addict", key=1),
        line("99.00", "", "Deco Addict", key=2),
    ]
    first, second = match(lines, twins)
    assert (parts(first), parts(second)) == ({1: "99.00"}, {2: "99.00"})
    assert "twin" not in codes(second.guards)


def test_two_lines_for_one_item():
    lines = [line("1210.50", "INV/2026/00012", "Deco Addict", key=key) for key in (1, 2)]
    first, second = match(lines, LEDGER)
    assert parts(first) == {12: "1210.50"}
    assert "contested" in codes(first.guards)
    assert second.proposal.kind == "none"
    assert "item_taken" in codes(second.reasons)


def test_two_part_payments_share_an_item():
    lines = [
        line("1000.00", "INV/2026/00012", "Deco Addict", key=1),
        line("210.50", "INV/2026/00012 rest", "Deco Addict", key=2),
    ]
    results = match(lines, [item(12, "1210.50"), item(14, "431.77", partner=AZURE)])
    assert [parts(result) for result in results] == [{12: "1000.00"}, {12: "210.50"}]
    assert all(result.guards == () for result in results)


def test_number_of_a_document_that_is_not_open_is_evidence_against_others():
    result = match_one(line("1210.50", "INV/2026/00011", "Deco Addict"), LEDGER)
    assert "unknown_number" in codes(result.guards)
    plainly = match_one(line("1210.50", "", "Deco Addict"), LEDGER)
    assert result.confidence < plainly.confidence


def test_number_of_another_open_document():
    result = match_one(line("1210.50", "INV/2026/00015", "Deco Addict"), LEDGER)
    assert "named_not_used" in codes(result.guards)


def test_prepayment_wording_is_guarded():
    result = match_one(line("1210.50", "Anzahlung", "Deco Addict"), LEDGER)
    assert "prepayment" in codes(result.guards)


def test_payment_registered_before_comes_first():
    paid = item(30, "431.77", number="PBNK1/2026/00001", partner=AZURE, is_payment=True, days_ago=2)
    result = match_one(line("431.77", "", "Azure Interior"), [*LEDGER, paid])
    assert parts(result) == {30: "431.77"}
    assert "registered_payment" in codes(result.reasons)


def test_nothing_fits_and_why():
    result = match_one(line("77.00", "bank fees"), LEDGER)
    assert result.proposal.kind == "none"
    assert result.proposal.why_not == "no open item with this amount, number or payer"
    assert result.confidence > 0.9
    near = match_one(line("1222.50", "", "Deco Addict"), LEDGER)
    assert near.proposal.kind == "none"
    assert near.proposal.why_not.startswith("amount differs by 12.00 from INV/2026/00012; name 9")
    assert near.proposal.alternatives
    assert near.proposal.partner_id == DECO
    nobody = match_one(line("5.00"), [])
    assert codes(nobody.reasons) == {"nothing_open"}
    assert codes(match_one(line("0.00"), LEDGER).reasons) == {"zero_amount"}


def test_other_direction_and_other_currency_are_no_candidates():
    assert match_one(line("-1210.50", "INV/2026/00012"), LEDGER).proposal.kind == "none"
    one = line("1210.50", "INV/2026/00012", currency="USD")
    assert match_one(one, LEDGER).proposal.kind == "none"


def test_currency_without_decimals():
    yen = item(40, "15000", currency="JPY")
    result = match_one(line("15000", yen.number, currency="JPY"), [yen], digits={"JPY": 0})
    assert parts(result) == {40: "15000"}


def test_item_without_partner_and_mixed_partners_are_guarded():
    alone = [item(1, "77.10", partner=None)]
    assert "partner_unknown" in codes(match_one(line("77.10", "INV/2026/00001"), alone).guards)
    two = [item(1, "77.10"), item(2, "10.00", partner=AZURE)]
    result = match_one(line("87.10", "INV/2026/00001 INV/2026/00002"), two)
    assert parts(result) == {1: "77.10", 2: "10.00"}
    assert "partners_mixed" in codes(result.guards)


def test_one_number_names_all_instalments_of_its_document():
    instalments = [
        item(key, "500.00", number="INV/2026/00050", days_ago=90 - 30 * key) for key in (1, 2)
    ]
    whole = match_one(line("1000.00", "INV/2026/00050", "Deco Addict"), [*LEDGER, *instalments])
    assert parts(whole) == {1: "500.00", 2: "500.00"}
    assert whole.guards == ()
    first = match_one(line("500.00", "INV/2026/00050", "Deco Addict"), [*LEDGER, *instalments])
    assert len(parts(first)) == 1
    assert "twin" in codes(first.guards)


def test_too_many_named_items_are_marked_incomplete():
    many = [item(key, f"{key}.37") for key in range(1, 15)]
    text = " ".join(one.number for one in many)
    whole = match_one(line(str(sum(one.residual for one in many)), text, "Deco Addict"), many)
    assert len(parts(whole)) == 14
    assert "incomplete" not in codes(whole.guards)
    short = match_one(line("60.00", text, "Deco Addict"), many)
    assert short.proposal.kind == "none" or "incomplete" in codes(short.guards)


def test_dates_decide_between_items_but_little():
    items = [item(1, "99.00", days_ago=300), item(2, "99.00", days_ago=30)]
    result = match_one(line("99.00", "", "Deco Addict"), items)
    assert parts(result) == {2: "99.00"}
    assert "twin" in codes(result.guards)
    early = match_one(line("99.00", "", "Deco Addict", date=DAY - timedelta(days=45)), items[1:])
    assert "date_before" in codes(early.reasons)
    assert "date_unusual" in codes(early.guards)
    old = match_one(line("99.00", "", "Deco Addict"), items[:1])
    assert "date_unusual" in codes(old.guards)
    named = match_one(line("99.00", "INV/2026/00001", "Deco Addict"), items[:1])
    assert named.guards == ()


def test_every_code_has_a_text_and_every_text_its_values():
    result = match_one(line("500.00", "INV/2026/00012", "Deco Addict"), LEDGER)
    for one in (*result.reasons, *result.guards):
        assert one.english == REASON_TEXT[one.code] % one.params
    with pytest.raises(KeyError):
        reason("no_such_code")


def test_results_come_in_the_order_of_the_lines_and_are_valid_json():
    lines = [line("5.00", key=9), line("1210.50", "INV/2026/00012", key=3), line("0", key=5)]
    results = match(lines, LEDGER)
    assert [result.line_id for result in results] == [9, 3, 5]
    for result in results:
        assert validate(result.proposal.to_json()) == result.proposal
