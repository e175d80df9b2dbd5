from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bookkeeping.engine.duplicates import Bill, normalised, twins

MARCH = date(2024, 3, 4)


def bill(number=1, reference="RE-2024-0815", amount="119.00", day=MARCH, vendor="azure", **more):
    return Bill(number, vendor, reference, Decimal(amount), "EUR", day, **more)


@pytest.mark.parametrize(
    ("one", "other"),
    [("RE-0042/2026", "re 42 2026"), ("Nº 007", "7"), ("A.12.b", "a12B")],
)
def test_numbers_are_one_however_they_are_punctuated(one, other):
    same = normalised(one) == normalised(other)
    assert same or normalised(one).removeprefix("no") == normalised(other)


def test_digits_that_stand_apart_stay_apart():
    assert normalised("42-1") != normalised("421")
    assert normalised(None) == normalised("") == ""


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, "same_number"),
        ({"reference": "re 2024 815"}, "same_number"),
        ({"reference": "", "day": date(2024, 3, 8)}, "amount_and_date"),
        ({"reference": "RE-2024-9815"}, "like_number"),
        ({"reference": "RE-2024-0815-K"}, "like_number"),
        ({"vendor": "azure, second record"}, "other_vendor"),
        ({"amount": "120.00"}, "number_again"),
    ],
)
def test_a_twin_is_found_and_named(other, code):
    assert [twin.code for twin in twins(bill(2), [bill(1, **other)])] == [code]


@pytest.mark.parametrize(
    "other",
    [
        {"reference": "RE-2024-0816"},
        {"reference": "RE-2023-0700"},
        {"reference": "RE-2024-0815", "day": date(2022, 3, 4)},
        {"vendor": "wood", "reference": "12", "day": MARCH},
        {"reference": "", "day": date(2024, 5, 4)},
        {"refund": True},
    ],
)
def test_no_alarm(other):
    assert not twins(bill(2), [bill(1, **other)])


def test_the_usual_amount_of_a_vendor_is_no_alarm():
    weekly = [bill(n, reference="", day=date(2024, 1, 7 * n)) for n in range(1, 5)]
    assert not twins(bill(9, reference="", day=date(2024, 1, 30)), weekly)


def test_a_number_on_every_bill_says_nothing():
    monthly = [bill(n, "Contract 4711", day=date(2024, n, 1)) for n in range(1, 7)]
    assert not twins(bill(9, "Contract 4711", day=date(2024, 7, 1)), monthly)


def test_the_same_file_is_the_surest():
    other = bill(1, reference="", amount="1", vendor="x", files=frozenset({"abc"}))
    found = twins(bill(2, files=frozenset({"abc"})), [bill(3), other])
    assert {twin.code for twin in found} == {"same_file", "same_number"}


@given(st.text(max_size=30), st.text(max_size=30), st.permutations(range(4)))
def test_order_of_candidates_does_not_matter(reference, other, order):
    known = [
        bill(10, other),
        bill(11, "", day=date(2024, 3, 5)),
        bill(12, reference),
        bill(13, reference, "7"),
    ]
    expected = {(one.bill.id, one.code) for one in twins(bill(1, reference), known)}
    shuffled = [known[place] for place in order]
    assert {(one.bill.id, one.code) for one in twins(bill(1, reference), shuffled)} == expected


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(reference):
    once = normalised(reference)
    assert normalised(once) == once
