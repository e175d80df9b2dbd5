"""Digit runs, codes and structured references in free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.references import (
    accounts_in,
    compact_account,
    is_creditor_reference,
    mod97,
    read_text,
)


def runs(text):
    return [(run.groups, run.foreign) for run in read_text(text).runs]


def test_groups_words_and_codes():
    found = read_text("Rechnung INV/2026/00012")
    (run,) = found.runs
    assert run.groups == ("2026", "00012")
    assert run.words == ("rechnung", "inv")
    assert "INV202600012" in found.codes


@pytest.mark.parametrize(
    "text",
    [
        "vom 12.05.2026",
        "2026-05-12",
        "12/05/26",
        "am 01.05.",
        "12:33:05",
        "EUR 1.234,56",
        "1,234.56",
        "19 %",
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
    ],
)
def test_dates_amounts_and_accounts_are_no_numbers(text):
    assert runs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "EREF+435005714488",
        "End-to-End-Ref.: 00012",
        "end to end id 00012",
        "Order no. 4711",
        "Bestellung 4711",
        "Kunden-Nr. 4711",
        "Mandatsref: 1880000341866",
        "Tel. 4711",
        "Vertrag: 4711",
    ],
)
def test_numbers_of_others_are_marked(text):
    assert [foreign for _groups, foreign in runs(text)] == [True]


def test_words_count_on_word_boundaries_only():
    """The tail of "Bordeaux" or "Beton" announces nothing."""
    assert runs("Bordeaux 4711") == [(("4711",), False)]
    (run,) = read_text("Beton 12").runs
    assert run.words == ("beton",)


def test_a_list_inherits_the_word_before_it():
    found = read_text("Rechnungen 12, 13 und 14 / Lager 15").runs
    assert [run.words[-1] for run in found] == ["rechnungen"] * 3 + ["lager"]


def test_creditor_reference():
    assert is_creditor_reference("RF18 5390 0754 7034")
    assert not is_creditor_reference("RF19 5390 0754 7034")
    assert not is_creditor_reference("RF18")
    assert read_text("danke RF18 5390 0754 7034 gruss").structured == ("RF18539007547034",)
    assert read_text("RF18 5390 0754 7035").structured == ()


def test_accounts():
    assert accounts_in("von DE89 3704 0044 0532 0130 00 am") == ["DE89370400440532013000"]
    assert accounts_in("DE88 3704 0044 0532 0130 00") == [], "check digits are wrong"
    assert compact_account(" de89-3704 ") == "DE893704"
    assert mod97("DE89370400440532013000") == 1


@given(st.text(max_size=200))
def test_never_raises_and_stays_inside_the_text(text):
    found = read_text(text)
    for run in found.runs:
        assert text[run.start : run.end] == run.text
    accounts_in(text)


@given(st.text("RF0123456789 INV/-.,:+é%()", max_size=120))
def test_never_raises_on_what_looks_like_numbers(text):
    read_text(text)
