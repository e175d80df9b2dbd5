"""Payers that are known to pay for others: believed more with every confirmation."""

import pytest

from odoo.addons.ai_bank_reconcile.engine.context import CERTAIN_ALIAS, Alias, Party

from tests.unit.ai_bank_reconcile.bank_cases import (
    AZURE,
    DECO,
    codes,
    item,
    line,
    match_one,
    parts,
)

LEDGER = [item(12, "1210.57"), item(14, "431.77", partner=AZURE)]
NAME, IBAN = "Nordic Treasury Services AB", "SE35 5000 0000 0549 1000 0003"


def known(*aliases, others=()):
    return (Party(DECO, "Deco Addict GmbH", aliases), Party(AZURE, "Azure Interior", others))


def paid(name=NAME, account="", parties=(), label="payment"):
    one = line("1210.57", label, name, account_number=account)
    return match_one(one, LEDGER, parties=parties)


@pytest.mark.parametrize("alias", [Alias(NAME), Alias(NAME, count=2), Alias("", IBAN)])
def test_a_payer_seen_once_or_twice_is_proposed_with_its_reason_and_left_to_a_person(alias):
    result = paid(account=IBAN, parties=known(alias))
    assert parts(result) == {12: "1210.57"}
    assert "alias" in codes(result.reasons)
    assert "payer" not in result.agreements
    assert result.guards
    stranger = paid(account=IBAN, parties=known())
    assert result.confidence > stranger.confidence or stranger.proposal.kind == "none"


@pytest.mark.parametrize(
    ("alias", "name", "account"),
    [
        (Alias(NAME, count=CERTAIN_ALIAS), "NORDIC TREASURY SERVIC", ""),
        (Alias("", IBAN, CERTAIN_ALIAS), "Somebody", IBAN.replace(" ", "")),
        (Alias(NAME, IBAN, CERTAIN_ALIAS), "", IBAN),
    ],
)
def test_a_payer_confirmed_three_times_is_as_good_as_the_partner(alias, name, account):
    result = paid(name, account, known(alias))
    assert parts(result) == {12: "1210.57"}
    assert {"amount", "payer"} <= set(result.agreements)
    assert not result.guards
    assert result.confidence > 0.95
    (why,) = [one for one in result.reasons if one.code == "alias"]
    assert why.params == {"count": CERTAIN_ALIAS}


def test_confirmations_under_several_spellings_of_one_payer_are_added_up():
    seen = (Alias(NAME, count=2), Alias(NAME.upper()))
    assert "payer" in paid(parties=known(*seen)).agreements
    assert "payer" not in paid(parties=known(*seen[:1])).agreements


def test_an_alias_whose_matches_were_all_undone_says_nothing():
    result = paid(account=IBAN, parties=known(Alias(NAME, IBAN, 0)))
    assert "alias" not in codes(result.reasons)
    assert "payer" not in result.agreements


def test_a_payer_of_several_partners_is_shared_by_how_often_it_paid_for_each():
    twins = [item(12, "1210.57"), item(14, "1210.57", partner=AZURE)]
    one = line("1210.57", "payment", NAME)
    mostly = known(Alias(NAME, count=40), others=(Alias(NAME, count=3),))
    seldom = known(Alias(NAME, count=3), others=(Alias(NAME, count=40),))
    assert parts(match_one(one, twins, parties=mostly)) == {12: "1210.57"}
    assert parts(match_one(one, twins, parties=seldom)) == {14: "1210.57"}


def test_a_partner_that_pays_for_another_from_its_own_account_is_not_shut_out():
    parties = (
        Party(DECO, "Deco Addict GmbH", (Alias("Azure Interior", IBAN, 5),)),
        Party(AZURE, "Azure Interior", account_numbers=(IBAN,)),
    )
    result = paid("Azure Interior", IBAN, parties)
    assert parts(result) == {12: "1210.57"}
    assert "alias" in codes(result.reasons)


def test_a_named_document_outweighs_the_alias():
    result = paid(parties=known(Alias(NAME, count=9)), label="INV/2026/00014")
    assert "named_not_used" in codes(result.guards) or parts(result) != {12: "1210.57"}
