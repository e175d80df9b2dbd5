"""Dates and amounts in the ways that bills write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bookkeeping.engine.dates import find_dates, is_month_first
from odoo.addons.ai_bookkeeping.engine.values import values_of
from odoo.addons.ai_finance_engine.documents.layout import Word, page_of

DAYS = st.dates(date(2000, 1, 1), date(2068, 12, 31))


def amounts(text):
    """Amounts on a line whose words stand a normal space apart."""
    words, x = [], 0.0
    for part in text.split(" "):
        words.append(Word(part, x, 0, x + 5 * len(part), 10))
        x += 5 * len(part) + 3
    return [one.value for one in values_of(page_of(1, 600, 800, words)) if one.kind == "amount"]


@given(
    DAYS, st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%y", "%Y/%m/%d"])
)
def test_dates_in_numbers_are_read_back(day, form):
    [found] = find_dates(f"Datum {day.strftime(form)} Ort")
    assert found.in_order(month_first=False) == day


@given(DAYS)
def test_american_dates_are_read_back_when_month_comes_first(day):
    [found] = find_dates(day.strftime("on %m/%d/%Y."))
    assert found.in_order(month_first=True) == day


@pytest.mark.parametrize(
    "text",
    ["5. März 2024", "5 mars 2024", "5 maart 2024", "5 de marzo de 2024", "5 marzo 2024",
     "March 5, 2024",
     "5 March 2024", "5th March 2024", "Mar 5 , 2024", "05-MAR-2024", "5 Mär. 24", "20240305"],
)  # fmt: skip
def test_dates_in_words_are_read(text):
    assert [one.in_order(False) for one in find_dates(f"x {text} y")] == [date(2024, 3, 5)]


@pytest.mark.parametrize(
    "text", ["192.168.10.12", "1.234.567,89", "31.02.2024", "12 34 56", "v1.2.3"]
)
def test_what_is_no_date_is_left_alone(text):
    assert find_dates(text) == []


@given(st.text(max_size=60))
def test_any_text_is_searched_without_error(text):
    for one in find_dates(text):
        assert 0 <= one.start < one.end <= len(text)
    is_month_first(find_dates(text), default=False)


@given(
    st.decimals(0, 9_999_999, places=2),
    st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", "."), ("", ","), ("", ".")]),
)
def test_amounts_are_read_back_in_every_number_format(amount, marks):
    whole, cents = f"{amount:.2f}".split(".")
    text = f"{int(whole):,}".replace(",", marks[0]) + marks[1] + cents
    assert amounts(f"Total {text} EUR") == [amount]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-12,50", "-12.50"), ("12,50-", "-12.50"), ("(12.50)", "-12.50"), ("− 12,50 €", "-12.50"),
        ("$1,234", "1234.00"), ("€ 125,-", "125.00"), ("EUR12.50", "12.50"), ("1.250 €", "1250.00"),
        ("Gesamtbetrag12,50", "12.50"),
    ],
)  # fmt: skip
def test_signs_brackets_and_whole_amounts(text, found):
    assert amounts(text) == [Decimal(found)]


@pytest.mark.parametrize(
    "text", ["19,00 %", "A12.50", "12.03.2024", "0,7900", "10:30", "3.141,5926"]
)
def test_what_is_no_amount_is_left_alone(text):
    assert amounts(text) == []
