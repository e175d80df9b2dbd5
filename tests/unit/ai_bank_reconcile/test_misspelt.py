"""Numbers that payers mistype and banks cut off, and other numbers beside a clear match."""

from datetime import timedelta
from decimal import Decimal

import pytest

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext, SettledItem
from odoo.addons.ai_bank_reconcile.engine.matcher import propose

from tests.unit.ai_bank_reconcile.bank_cases import (
    AZURE,
    DAY,
    DECO,
    PARTIES,
    codes,
    item,
    line,
    match_one,
    parts,
)

NUMBER = "INV/2026/04711"
LEDGER = [
    item(1, "733.41", number=NUMBER),
    item(2, "91.02", number="INV/2026/00013"),
    *(item(key, f"{key}.37", number=f"INV/2026/{key:05d}", partner=AZURE) for key in range(50, 60)),
]


@pytest.mark.parametrize(
    "written",
    [
        "INV/2026/04771",  # one digit wrong
        "INV/2026/07411",  # two swapped
        "INV/2026/4711",  # without its zero: the number itself
        "INV/2026/044711",  # a digit twice
        "INV/2026/0471",  # cut off
        "INV/2026/04",
    ],
)
def test_a_number_written_wrongly_does_not_stop_payer_and_amount(written):
    result = match_one(line("733.41", written, "Deco Addict"), LEDGER)
    assert parts(result) == {1: "733.41"}
    assert not result.guards
    assert result.confidence > 0.95


@pytest.mark.parametrize("written", ["INV/2026/00999", "INV/2026/04712"])
def test_another_number_and_a_neighbour_in_the_series_are_for_a_person(written):
    result = match_one(line("733.41", written, "Deco Addict"), LEDGER)
    assert "unknown_number" in codes(result.guards) or result.proposal.kind == "none"


def test_a_round_amount_does_not_make_up_for_a_wrong_number():
    ledger = [item(1, "900.00", number=NUMBER), *LEDGER[1:]]
    result = match_one(line("900.00", "INV/2026/04771", "Deco Addict"), ledger)
    assert "unknown_number" in codes(result.guards) or result.proposal.kind == "none"


def test_a_number_that_was_paid_before_is_no_typing_error():
    paid = SettledItem(
        id=9,
        amount=Decimal("733.41"),
        currency="EUR",
        number="INV/2026/04771",
        date=DAY - timedelta(days=20),
        partner_id=DECO,
    )
    one = line("733.41", "INV/2026/04771", "Deco Addict")
    (result,) = propose(MatchContext((one,), tuple(LEDGER), PARTIES, settled=(paid,)))
    assert "unknown_number" in codes(result.guards) or result.proposal.kind == "none"


def test_an_older_number_beside_the_full_number_amount_and_payer_stops_nothing():
    text = f"{NUMBER} (like INV/2026/00012)"
    result = match_one(line("733.41", text, "Deco Addict"), LEDGER)
    assert parts(result) == {1: "733.41"}
    assert not result.guards
    unknown_payer = match_one(line("733.41", text), LEDGER)
    assert "unknown_number" in codes(unknown_payer.guards)


def test_a_second_open_document_of_the_payer_that_is_named_is_for_a_person():
    result = match_one(line("733.41", f"{NUMBER} INV/2026/00013", "Deco Addict"), LEDGER)
    assert parts(result) == {1: "733.41"}
    assert "named_not_used" in codes(result.guards)


def test_a_number_of_another_open_document_of_the_payer_is_not_taken_for_one_cut_off():
    ledger = [item(1, "733.41", number="RE12345"), item(2, "91.02", number="RE00123")]
    result = match_one(line("733.41", "Rechnung 123", "Deco Addict"), ledger)
    assert result.guards or result.proposal.kind == "none"


def test_a_credit_note_that_is_deducted_without_being_named():
    note = item(3, "-33.40", number="RINV/2026/00002", is_refund=True)
    result = match_one(line("700.01", NUMBER, "Deco Addict"), [*LEDGER, note])
    assert parts(result) == {1: "733.41", 3: "-33.40"}
    assert not result.guards


def test_a_clipped_name_is_enough_only_where_nothing_else_has_the_odd_amount():
    odd, whole = line("733.41", "payment", "DECO A"), line("700.00", "payment", "DECO A")
    result = match_one(odd, LEDGER)
    assert parts(result) == {1: "733.41"}
    assert "payer" in result.agreements
    rival = match_one(odd, [*LEDGER, item(4, "733.41", partner=AZURE)])
    assert "payer" not in rival.agreements
    assert "payer" not in match_one(whole, [item(1, "700.00"), *LEDGER[1:]]).agreements


def test_all_payments_of_a_day_in_one_sum_need_no_reference():
    def payments(day):
        return [
            item(key, f"{key}.13", number=f"PAY/{key}", partner=None, is_payment=True, days_ago=day)
            for key in (301, 407, 555)
        ]

    one = line("1263.39", "deposit slip")
    assert not match_one(one, payments(2)).guards
    chosen = [*payments(2), item(999, "77.77", number="PAY/9", is_payment=True, days_ago=2)]
    assert match_one(one, chosen).guards


def test_a_batch_of_one_payment_is_no_second_agreement():
    alone = item(7, "733.41", partner=None, is_payment=True, batch="BATCH/7", days_ago=2)
    result = match_one(line("733.41", "payment"), [alone])
    assert "deposit" not in result.agreements
    assert result.guards


@pytest.mark.parametrize("label", [NUMBER, "payment", "INV/2026/00051, 52"])
def test_few_lines_and_many_are_read_alike(label):
    one = line("733.41", label, "Deco Addict")
    others = [line("5.55", f"nothing {key}", key=key) for key in range(100, 120)]
    alone = match_one(one, LEDGER)
    among = propose(MatchContext((one, *others), tuple(LEDGER), PARTIES))[0]
    assert among == alone
