"""Names as banks and people spell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.names import found_in, information, parse, similarity, words

SAME = [
    ("Müller GmbH", "MUELLER GMBH"),
    ("Müller GmbH", "MULLER GMBH"),
    ("Müller G.m.b.H.", "Mueller GmbH"),
    ("S.A.R.L. Dupont & Fils", "DUPONT ET FILS SARL"),
    ("Autohaus Schmidt GmbH & Co. KG", "Autohaus Schmidt"),
    ("Meier, Hans", "HANS MEIER"),
    ("Lumber Inc", "Lumber Incorporated"),
    ("International Business Machines", "Intl Business Machines Corp"),
    ("Van den Berg B.V.", "Vandenberg BV"),
    ("The Jackson Group", "Jackson Group"),
    ("Azure Interior", "AZURE INTERI"),  # clipped
    ("Deco Addict", "Deco Adict"),  # typing errors
    ("Stadtwerke München", "Stadtwrke Munchen"),
    ("L'Oréal S.A.", "LOREAL SA"),
]
DIFFERENT = [
    ("Joel Willis", "Wood Corner"),
    ("ABC", "ABD"),
    ("Acme", "Acne"),
    ("IBM", "IBM Deutschland"),
    ("Anna Schmidt", "Hans Schmidt"),
    ("Bosch", "Bosch Rexroth"),
    ("Calyx Managed Services Ltd", "Norland Managed Services Limited"),
    ("", "Deco Addict"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_name(left, right):
    assert similarity(left, right) > 0.85


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_names(left, right):
    assert similarity(left, right) < 0.75


def test_legal_form_counts_only_where_both_show_one():
    assert similarity("Müller GmbH", "Müller AG") < similarity("Müller GmbH", "Müller")
    assert similarity("Müller Limited", "Müller Ltd.") > similarity("Müller Ltd", "Müller AG")


def test_a_longer_name_proves_more():
    shown = [information(length) for length in (1, 3, 6, 12)]
    assert shown == sorted(shown)
    assert similarity("ABC", "ABC") < 0.85 < similarity("ABC Handel", "ABC Handel")


def test_legal_form_words_are_no_name():
    assert parse("Müller G.m.b.H. & Co. KG").tokens == ("muller",)
    assert parse("GmbH").compact == "gmbh", "something must be left to compare"
    assert parse("Nowak Sp. z o.o.").legal == {"sro"}


def test_party_named_in_a_text():
    text = frozenset(words("Zahlung Deco Addict GmbH Rechnung 12"))
    assert found_in(parse("Deco Addict"), text) > 0.9
    assert found_in(parse("Azure Interior"), text) == 0
    assert found_in(parse("Deco Lumber"), text) < 0.5


@given(st.text(max_size=40), st.text(max_size=40))
def test_bounded_symmetric_and_never_raises(left, right):
    score = similarity(left, right)
    assert 0.0 <= score <= 1.0
    assert score == pytest.approx(similarity(right, left))


NAME_LETTERS = "abcdefghijklmnopqrstuvwxyzäöü &."


@given(st.text(NAME_LETTERS, min_size=2, max_size=30), st.text(NAME_LETTERS, max_size=30))
def test_nothing_is_more_like_a_name_than_itself(name, other):
    assert similarity(name, name) >= similarity(name, other)
