"""Amounts in any locale; what can be read in two ways is an error, never a guess."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.money import (
    AmountError,
    from_minor,
    guess_decimal_separator,
    parse_amount,
    plain,
    quantise,
    to_minor,
)

READABLE = {
    "1.234,56": "1234.56",
    "1,234.56": "1234.56",
    "1 234.56": "1234.56",
    "1\u202f234,56": "1234.56",
    "1'234.50": "1234.50",
    "1.234.567": "1234567",
    "12,34,567.00": "1234567.00",
    "12,5": "12.5",
    "0.123": "0.123",
    "1234.567": "1234.567",
    ".50": "0.50",
    "(12.00)": "-12.00",
    "12.00-": "-12.00",
    "\u221212,00": "-12.00",
    "+12": "12",
    "12,00 S": "-12.00",
    "12,00 H": "12.00",
    "USD 1,234.00 CR": "1234.00",
    "€ 12,00": "12.00",
    "-EUR 12": "-12",
    "(5) EUR": "-5",
}
UNREADABLE = {
    "": "empty",
    "  ": "empty",
    "1.234": "ambiguous",
    "1,234": "ambiguous",
    "$1,000": "ambiguous",
    "--5": "sign",
    "(-5)": "sign",
    "abc": "not_a_number",
    "1e5": "not_a_number",
    "NaN": "not_a_number",
    "12 34": "not_a_number",
    "1.2.3": "not_a_number",
    "1.234,5.6": "not_a_number",
    "9" * 30: "not_a_number",
    "١٢": "not_a_number",
}


@pytest.mark.parametrize(("text", "value"), READABLE.items())
def test_readable_amounts(text, value):
    assert parse_amount(text) == Decimal(value)


@pytest.mark.parametrize(("text", "code"), UNREADABLE.items())
def test_unreadable_amounts_are_values(text, code):
    error = parse_amount(text)
    assert isinstance(error, AmountError)
    assert (error.code, error.text) == (code, text)


def test_known_separator_decides_what_is_ambiguous():
    assert parse_amount("1.234", ",") == 1234
    assert parse_amount("1.234", ".") == Decimal("1.234")
    assert parse_amount("1,234.50", ",").code == "not_a_number"


def test_separator_is_learned_from_unambiguous_amounts_only():
    assert guess_decimal_separator(["1.234", "5,60"]) == ","
    assert guess_decimal_separator(["1.234.567"]) == ","
    assert guess_decimal_separator(["1.234", "12"]) is None
    assert guess_decimal_separator(["1.5", "1,5"]) is None, "contradictory"


def test_rounding_and_plain_text():
    assert quantise(Decimal("1.005")) == Decimal("1.01")
    assert quantise(Decimal("-1.005")) == Decimal("-1.01")
    assert to_minor(Decimal("1.005")) == 101
    assert to_minor(Decimal("1500"), 0) == 1500
    assert from_minor(1500, 3) == Decimal("1.500")
    assert plain(Decimal("-0.001")) == "0.00"
    assert plain(Decimal("1E+3")) == "1000.00"


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_minor_units_there_and_back(minor, digits):
    assert to_minor(from_minor(minor, digits), digits) == minor


@given(st.integers(-(10**11), 10**11), st.sampled_from([(",", "."), (".", ","), (" ", ",")]))
def test_any_locale_there_and_back(minor, marks):
    thousands, decimal = marks
    value = from_minor(minor, 2)
    text = f"{value:,.2f}".translate(str.maketrans({",": thousands, ".": decimal}))
    assert parse_amount(text) == value


@given(st.text(max_size=40))
def test_never_raises(text):
    assert isinstance(parse_amount(text), Decimal | AmountError)
    guess_decimal_separator([text])
