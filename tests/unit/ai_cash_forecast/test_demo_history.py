"""The demo company's history: the same every time, and plausible."""

import datetime
from collections import Counter
from statistics import mean

import pytest

from odoo.addons.ai_cash_forecast.demo.history import (
    CUSTOMERS,
    LOW,
    MONTHS,
    bank_day,
    make_history,
    next_run,
    owners,
)

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def history():
    return make_history(TODAY)


def late(history, partner):
    return mean(
        (one.paid - one.due).days
        for one in history.documents
        if one.partner == partner and one.paid and not one.is_bill
    )


def test_the_same_day_gives_the_same_history(history):
    assert make_history(TODAY) == history


def test_nothing_of_today_or_later_has_happened(history):
    assert all(one.date < TODAY for one in history.documents + history.regular)
    assert all(one.paid < TODAY for one in history.documents if one.paid)


def test_it_is_eighteen_months_long(history):
    assert (TODAY - min(one.date for one in history.documents)).days > (MONTHS - 1) * 30


def test_habits_differ(history):
    assert late(history, "base.res_partner_12") > 4
    assert late(history, "base.res_partner_3") < -4
    assert late(history, "base.res_partner_5") > 12


def test_who_pays_on_fridays_pays_on_fridays(history):
    days = {one.paid.weekday() for one in history.documents
            if one.partner == "base.res_partner_2" and one.paid}  # fmt: skip
    assert days == {4}


def test_one_customer_has_hardly_paid_yet(history):
    counts = Counter(one.partner for one in history.documents if one.paid)
    assert 0 < counts["base.res_partner_6"] < 5
    assert len({one.partner for one in CUSTOMERS} & set(counts)) == len(CUSTOMERS)


def test_money_moves_on_bank_days_only(history):
    days = [one.paid for one in history.documents if one.paid]
    days += [one.date for one in history.regular]
    assert all(day.weekday() < 5 for day in days)


@pytest.mark.parametrize("day", range(1, 29))
def test_next_run_is_never_before(day):
    date = datetime.date(2026, 2, day)
    assert next_run(date, (3,)) >= date
    assert next_run(date, (3,)).weekday() == 3
    assert next_run(date, (), (5, 20)) in {
        bank_day(datetime.date(2026, 2, 5)),
        bank_day(datetime.date(2026, 2, 20)),
        bank_day(datetime.date(2026, 3, 5)),
    }


@pytest.mark.parametrize("offset", range(0, 400, 13))
def test_any_day_can_be_today(offset):
    today = TODAY + datetime.timedelta(offset)
    history = make_history(today)
    assert any(not one.paid for one in history.documents if not one.is_bill)
    assert any(not one.paid for one in history.documents if one.is_bill)


def test_the_owners_keep_the_account_above_its_low(history):
    flows = [(one.paid, one.amount * (-1 if one.is_bill else 1))
             for one in history.documents if one.paid]  # fmt: skip
    flows += [(one.date, one.amount) for one in history.regular]
    opening, draw, day = owners(flows, TODAY)
    balance, course = opening, {}
    for date, amount in sorted([*flows, (day, -draw)]):
        balance += amount
        course[date] = balance
    assert opening >= LOW
    assert min(course.values()) == pytest.approx(LOW)
    assert min(value for date, value in course.items() if date >= day) == pytest.approx(LOW)
