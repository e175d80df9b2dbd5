"""What is explained adds up, whatever happened."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_cash_forecast.engine.variance import (
    Actual,
    Fate,
    Planned,
    bridge,
    explain,
)

MONEY = st.decimals(-10_000, 10_000, places=2)
KEYS = st.sampled_from(["", "a", "b", "c", "d"])
WEEKS = st.integers(0, 3)
PLANNED = st.lists(st.builds(Planned, KEYS, WEEKS, MONEY), max_size=10)
ACTUAL = st.lists(st.builds(Actual, KEYS, WEEKS, MONEY, MONEY), max_size=10)
FATES = st.dictionaries(KEYS, st.builds(Fate, MONEY, st.none() | MONEY))


def by_cause(parts):
    found = defaultdict(Decimal)
    for part in parts:
        found[part.cause] += part.amount
    return dict(found)


def test_later_is_timing_and_cancels_out():
    fates = {"a": Fate(Decimal(100), Decimal(100))}
    parts = explain(
        [Planned("a", 0, Decimal(100))], [Actual("a", 1, Decimal(100), Decimal(100))], fates
    )
    assert [(p.week, p.cause, p.amount) for p in parts] == [(0, "timing", -100), (1, "timing", 100)]


def test_less_is_amount():
    fates = {"a": Fate(Decimal(100), Decimal(90))}
    parts = explain(
        [Planned("a", 0, Decimal(100))], [Actual("a", 0, Decimal(90), Decimal(90))], fates
    )
    assert by_cause(parts) == {"amount": -10}


def test_cancelled_is_missing():
    parts = explain([Planned("a", 0, Decimal(100))], [], {"a": Fate(Decimal(100), None)})
    assert by_cause(parts) == {"missing": -100}


def test_still_open_is_timing():
    fates = {"a": Fate(Decimal(100), Decimal(100))}
    assert by_cause(explain([Planned("a", 0, Decimal(100))], [], fates)) == {"timing": -100}


def test_never_heard_of_is_unforeseen():
    parts = explain([], [Actual("x", 0, Decimal(-30), Decimal(-30), "rent")], {})
    assert by_cause(parts) == {"unforeseen": -30}


def test_other_rate_is_currency():
    fates = {"a": Fate(Decimal(100), Decimal(100))}
    parts = explain(
        [Planned("a", 0, Decimal(100))], [Actual("a", 0, Decimal(97), Decimal(100))], fates
    )
    assert by_cause(parts) == {"currency": -3}


@settings(max_examples=500, deadline=None)
@given(PLANNED, ACTUAL, FATES)
def test_parts_add_up_week_by_week(planned, actual, fates):
    parts = explain(planned, actual, fates)
    for week in range(4):
        came = sum((one.amount for one in actual if one.week == week), Decimal(0))
        expected = sum((one.amount for one in planned if one.week == week), Decimal(0))
        assert sum((p.amount for p in parts if p.week == week), Decimal(0)) == came - expected


@settings(max_examples=300, deadline=None)
@given(*[st.dictionaries(KEYS, MONEY) for _n in range(3)], MONEY)
def test_changes_add_up(old, new, moved, opening):
    total = opening + sum(new.values(), Decimal(0)) - sum(old.values(), Decimal(0))
    changes = bridge(old, new, moved, opening)
    assert sum((one.amount for one in changes), Decimal(0)) == total
