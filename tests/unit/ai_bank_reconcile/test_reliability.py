"""How often confidences came true, and the threshold that follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.reliability import (
    LEAST_DECISIONS,
    LEAST_HISTORY,
    Decided,
    at,
    better,
    curve,
    steps,
    wilson,
)

ROWS = st.lists(
    st.builds(
        Decided,
        confidence=st.integers(0, 10_000).map(lambda digits: digits / 10_000),
        right=st.booleans(),
        free=st.booleans(),
        count=st.integers(1, 60),
    ),
    max_size=25,
)


def rows(*groups):
    """Return decisions from (confidence, right, wrong)."""
    return [
        Decided(confidence=confidence, right=outcome, count=count)
        for confidence, *counts in groups
        for outcome, count in zip((True, False), counts, strict=True)
        if count
    ]


def test_wilson_by_hand():
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(9, 10)
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)
    assert wilson(100, 100)[0] == pytest.approx(0.963, abs=5e-4)
    assert wilson(100, 100)[1] == pytest.approx(1.0)
    assert wilson(0, 100)[0] == pytest.approx(0.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_range_holds_the_share_and_narrows(right, more):
    count = right + more
    low, high = wilson(right, count)
    assert 0 <= low <= right / count <= high <= 1
    wider = wilson(right * 4, count * 4)
    assert wider[1] - wider[0] < high - low + 1e-9


def test_steps_by_hand():
    found = steps(rows((0.96, 8, 2), (0.97, 10, 0), (0.3, 1, 3)))
    low, high = found
    assert (low["low"], low["high"], low["share"].count, low["share"].right) == (0.0, 0.5, 4, 1)
    assert (high["low"], high["high"], high["share"].count) == (0.95, 0.98, 20)
    assert high["said"] == pytest.approx(0.965)
    assert high["share"].value == pytest.approx(0.9)


@given(ROWS)
def test_no_decision_is_lost_in_the_steps(decided):
    assert sum(step["share"].count for step in steps(decided)) == sum(one.count for one in decided)


def test_what_a_threshold_lets_through():
    decided = rows((0.99, 98, 2), (0.8, 60, 40))
    decided.append(Decided(confidence=0.999, right=False, free=False, count=50))
    through, share = at(decided, 0.95)
    assert (through.count, through.right) == (100, 98)
    assert share == pytest.approx(0.4)
    assert at([], 0.95)[1] == 0.0


def test_the_lowest_threshold_that_is_surely_good_enough():
    decided = rows((0.995, 1000, 0), (0.98, 300, 1), (0.9, 50, 50))
    assert better(decided, 0.99) == 0.98
    assert better(decided, 0.999) is None
    assert better(rows((0.99, LEAST_DECISIONS - 1, 0)), 0.5) is None, "too few"
    assert better(rows((0.99, LEAST_DECISIONS, 0)), 0.9) == 0.99


@given(ROWS, st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_no_other_threshold_lets_more_through(decided, target):
    found = better(decided, target)
    free = sum(one.count for one in decided if one.free)
    fitting = [
        one.confidence
        for one in decided
        if one.free and one.confidence > 0 and free >= LEAST_DECISIONS
        if at(decided, one.confidence)[0].interval[0] >= target
    ]
    assert found == min(fitting, default=None)


def test_a_curve_needs_history():
    assert curve(rows((0.9, LEAST_HISTORY - 1, 0))) == []
    points = curve(rows((0.95, 100, 100), (0.99, 980, 20)))
    assert [round(said, 2) for said, _worth in points] == [0.95, 0.99]
    worth = [value for _said, value in points]
    assert worth[0] < 0.92 < worth[1], "what came true half of the time is not 95 %"
