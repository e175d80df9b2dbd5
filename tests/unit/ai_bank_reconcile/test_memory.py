"""What lines teach about payers, and how long it is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.context import CERTAIN_ALIAS
from odoo.addons.ai_bank_reconcile.engine.memory import (
    HALF_LIFE,
    LEAST_WEIGHT,
    MEMORY_TEXT,
    alias_count,
    confidence,
    key_of,
    lesson,
    memory_reason,
    weight,
)

AZURE = (7, "Azure Interior")
IBAN = "DE89 3704 0044 0532 0130 00"
WEIGHTS = st.floats(0, 500)


def taught(name="", account="", partner=AZURE, own=(), known=None):
    return lesson(name, account, partner, own, known)


def test_another_name_is_an_alias_of_the_partner():
    found = taught("Rossi Holding", IBAN)
    assert (found.kind, found.partner_id, found.text) == ("alias", 7, "Rossi Holding")
    assert found.account == "DE89370400440532013000"


@pytest.mark.parametrize("name", ["Azure Interior", "AZURE INTERIOR GMBH", "azure  interior"])
def test_the_partners_own_name_teaches_nothing(name):
    assert taught(name, IBAN) is None


def test_a_known_partner_who_pays_for_another_is_a_payer():
    found = taught("Rossi Holding", known=9)
    assert (found.kind, found.payer_id) == ("payer", 9)
    assert taught("Rossi Holding", known=7).kind == "alias"


def test_without_a_name_the_account_is_learned_unless_it_is_known():
    assert taught("", IBAN).key == "account DE89370400440532013000"
    assert taught("", IBAN, own=["DE89370400440532013000"]) is None
    assert taught("", "") is None
    assert taught("...", "12") is None


def test_spellings_of_a_name_are_one():
    assert key_of("Müller & Söhne GmbH", "") == key_of("MUELLER SOEHNE", IBAN)


def test_a_line_counts_half_after_each_year():
    assert weight([0]) == 1
    assert weight([HALF_LIFE]) == 0.5
    assert weight([0, HALF_LIFE, 2 * HALF_LIFE]) == 1.75
    assert weight([]) == 0
    assert weight([-30]) == 1, "a line of tomorrow counts as one of today"
    assert weight([2 * HALF_LIFE + 1]) < LEAST_WEIGHT <= weight([2 * HALF_LIFE])


def test_what_a_person_entered_does_not_age():
    assert weight([], entered=True) == CERTAIN_ALIAS
    assert weight([9999], entered=True) == CERTAIN_ALIAS


def test_a_name_confirmed_for_two_partners_is_certain_for_neither():
    assert alias_count(8, 0) == 8
    assert alias_count(8, 1) == 8, "one slip does not shake eight"
    assert alias_count(8, 4) < CERTAIN_ALIAS
    assert alias_count(4, 8) < CERTAIN_ALIAS
    assert alias_count(0.1, 0) == 0, "forgotten"
    assert alias_count(0.4, 0) == 1


@given(WEIGHTS, WEIGHTS, st.floats(0, 50))
def test_contradictions_never_make_it_surer(own, others, more):
    assert 0 <= confidence(own, others + more) <= confidence(own, others) < 1
    assert alias_count(own, others + more) <= alias_count(own, others)
    assert confidence(own + more, others) >= confidence(own, others)


def test_every_reason_has_a_text():
    assert memory_reason("own_rule", name="Rent").params == {"name": "Rent"}
    assert MEMORY_TEXT["booked_times"] % {"count": 5, "account": "6300 Rent"}
    with pytest.raises(KeyError):
        memory_reason("unknown")
