"""Parts of the payment-date model: bank days, holidays, counts before a day, curves, the band."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.delay.band import Band
from odoo.addons.ai_finance_engine.delay.bank_days import BankDays, weekdays_of
from odoo.addons.ai_finance_engine.delay.counts import Events
from odoo.addons.ai_finance_engine.delay.curves import Curves
from odoo.addons.ai_finance_engine.delay.features import lay_out
from odoo.addons.ai_finance_engine.delay.holidays import easter, england, euro, holidays_of, us

MONDAY = date(2025, 9, 1).toordinal()


def test_bank_days_skip_weekends_and_holidays():
    bank = BankDays(MONDAY, (0, 1, 2, 3, 4), [date(2025, 9, 4)])
    thursday, friday, saturday, monday = bank.index(MONDAY + np.array([3, 4, 5, 7]))
    assert thursday == friday  # moved to the next bank day
    assert saturday == monday == friday + 1
    assert bank.days[friday] == MONDAY + 4
    assert bank.since_last[[friday, monday]].tolist() == [2, 3]


def test_bank_days_are_counted_from_both_ends_of_the_month():
    bank = BankDays(MONDAY, (0, 1, 2, 3, 4))
    first, last = bank.index(np.array([MONDAY, date(2025, 9, 30).toordinal()]))
    assert (bank.from_start[first], bank.to_end[first]) == (0, 21)
    assert (bank.from_start[last], bank.to_end[last]) == (21, 0)


def test_bank_weekdays_are_those_on_which_payments_come():
    days = np.arange(MONDAY, MONDAY + 700)
    assert weekdays_of(days[:100]) == (0, 1, 2, 3, 4)
    assert weekdays_of(days) == (0, 1, 2, 3, 4, 5, 6)
    assert weekdays_of(days[days % 7 != 5]) == (0, 1, 2, 3, 5, 6)  # Friday is 4


def test_known_holidays():
    assert [easter(year) for year in (2000, 2019, 2025, 2038)] == [
        date(2000, 4, 23), date(2019, 4, 21), date(2025, 4, 20), date(2038, 4, 25),
    ]  # fmt: skip
    assert date(2025, 11, 27) in us(2025)
    assert date(2025, 5, 26) in us(2025)
    assert date(2025, 4, 18) in euro(2025)
    assert date(2025, 8, 25) in england(2025)
    assert {date(2021, 12, 27), date(2021, 12, 28)} < set(england(2021))


@pytest.mark.parametrize("calendar", [us, euro, england])
def test_holidays_are_found_in_the_payments(calendar):
    shut = {day.toordinal() for year in (2024, 2025) for day in calendar(year)}
    days = [MONDAY - step for step in range(400)]
    days = [day for day in days if (day - 1) % 7 < 5 and day not in shut]
    partners, paid = np.tile(np.arange(5), len(days)), np.repeat(np.array(days), 5)
    found = holidays_of(partners, paid, MONDAY)
    assert set(calendar(2026)) <= set(found)


def test_payments_on_every_day_leave_no_holidays():
    days = np.arange(MONDAY - 400, MONDAY)
    assert holidays_of(np.zeros(400, int), days, MONDAY) == []
    assert date(2025, 12, 25) in holidays_of(np.zeros(0, int), np.zeros(0, int), MONDAY)


EVENTS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 20), st.integers(0, 2)), max_size=30)
ASKED = st.lists(st.tuples(st.integers(-1, 4), st.integers(1, 22)), min_size=1, max_size=20)


@given(EVENTS, ASKED)
def test_counts_are_of_the_same_group_and_earlier_days(events, asked):
    groups, days, bins = (
        (np.array(column, np.int64) for column in zip(*events, strict=True))
        if (events)
        else (np.zeros(0, np.int64),) * 3
    )
    wanted, before = (np.array(column, np.int64) for column in zip(*asked, strict=True))
    table = Events(groups, days).counts(wanted, before, bins, 3)
    for row, (group, day) in zip(table, asked, strict=True):
        own = [one for one in events if one[0] == group and one[1] < day]
        assert row.tolist() == [sum(one[2] == place for one in own) for place in range(3)]


def test_curves_chain_the_chances_of_each_invoice():
    rows = lay_out(np.array([10, 50]), np.array([13, 52]))
    curves = Curves(rows, np.array([0.5, 0.5, 0.5, 0.1, 0.9]), 2)
    index, probability = curves.of(0)
    assert index.tolist() == [10, 11, 12]
    assert probability == pytest.approx([0.5, 0.25, 0.125])
    assert curves.of(1)[1] == pytest.approx([0.1, 0.81])
    assert curves.quantile(0.6).tolist() == [11, 51]
    assert curves.quantile(np.array([0.05, 0.05])).tolist() == [10, 50]
    assert curves.quantile(0.9375).tolist() == [13, 52]  # beyond the days told


@pytest.mark.parametrize("wide", [0.5, 2.0])
def test_band_holds_after_learning(wide):
    """A curve that is too narrow or too wide gets levels that cover 80 %."""
    chance = np.random.default_rng(1)
    number, length = 2000, 80
    first = np.full(number, 100)
    rows = lay_out(first, first + length)
    steps = np.arange(length) - 40
    weights = np.exp(-0.5 * (steps / (6 * wide)) ** 2)
    left = np.cumsum(weights[::-1])[::-1]
    curves = Curves(rows, np.tile(weights / left, number), number)
    paid = 140 + np.round(chance.normal(0, 6, number)).astype(int)
    band = Band()
    paid_before = np.full(number, 20)
    band.learn(curves, paid, paid_before)
    low, high = (curves.quantile(level) for level in band.levels(paid_before))
    assert 0.77 <= np.mean((low <= paid) & (paid <= high)) <= 0.86


def test_later_weeks_do_not_move_the_past():
    bank = BankDays(MONDAY, (0, 1, 2, 3, 4))
    far = bank.index(np.array([MONDAY + timedelta(days=365 * 60).days]))
    assert far == bank.clip(far) == len(bank.days) - 1
