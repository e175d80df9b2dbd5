"""Autonomy: when automatic work ends by itself, and what limits would have done before."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.engine.autonomy import (
    Demotion,
    Past,
    Watch,
    WhatIf,
    demotion,
    what_if,
)
from odoo.addons.ai_audit_log.engine.gate import Case, Policy, TrackRecord

VETO = {"code": "locked", "params": {}, "text": "The period is locked."}
WATCH = Watch(last=50, limit=0.05, least=20)


def decisions(wrong, right):
    return [True] * wrong + [False] * right


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        (0, 0, None),
        (0, 50, None),
        (19, 0, None),  # too few to conclude anything
        (1, 19, None),  # exactly 5 % is accepted
        (2, 18, Demotion(2, 20)),
        (2, 48, None),
        (3, 47, Demotion(3, 50)),
        (4, 46, Demotion(4, 50)),
        (3, 500, Demotion(3, 50)),  # only the newest fifty count
        (2, 500, None),
    ],
)
def test_demotion(wrong, right, expected):
    assert demotion(decisions(wrong, right), WATCH) == expected


def test_old_mistakes_are_forgotten():
    assert demotion([False] * 50 + [True] * 500, WATCH) is None


def test_rate_as_people_read_it():
    assert Demotion(4, 50).rate == 0.08


def test_without_a_window_nothing_is_watched():
    assert demotion([True] * 100, replace(WATCH, last=0, least=0)) is None


def test_a_limit_of_zero_accepts_no_mistake():
    watch = Watch(last=10, limit=0.0, least=1)
    assert demotion([False] * 10, watch) is None
    assert demotion([False] * 9 + [True], watch) == Demotion(1, 10)


@given(st.lists(st.booleans(), max_size=80), st.integers(0, 60), st.floats(0, 1))
def test_one_more_mistake_never_saves_a_policy(overridden, last, limit):
    watch = Watch(last, limit, 1)
    if demotion(overridden, watch):
        for position, wrong in enumerate(overridden):
            if not wrong:
                worse = [*overridden[:position], True, *overridden[position + 1 :]]
                assert demotion(worse, watch)


def past(confidence, amount, *, wrong=False, vetoes=(), confirmed=0, actionable=True):
    case = Case(confidence, Decimal(amount), vetoes, actionable)
    return Past(case, TrackRecord(confirmed), wrong)


HISTORY = (
    past(0.99, "100.00", confirmed=3),
    past(0.98, "-200.50", confirmed=1),
    past(0.97, "50.25", wrong=True),
    past(0.90, "10.00", confirmed=9),
    past(0.99, "5000.00", confirmed=9),
    past(1.0, "10.00", vetoes=(VETO,), confirmed=9),
    past(1.0, "10.00", actionable=False, confirmed=9),
)
LIMITS = Policy("automatic", 0.95, Decimal(1000))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (LIMITS, WhatIf(3, Decimal("350.75"), 1, 4)),
        (replace(LIMITS, min_confidence=0.9), WhatIf(4, Decimal("360.75"), 1, 3)),
        (replace(LIMITS, min_confidence=0.98), WhatIf(2, Decimal("300.50"), 0, 5)),
        (replace(LIMITS, max_amount=Decimal(150)), WhatIf(2, Decimal("150.25"), 1, 5)),
        (replace(LIMITS, max_amount=Decimal(5000)), WhatIf(4, Decimal("5350.75"), 1, 3)),
        (replace(LIMITS, first_n=1), WhatIf(2, Decimal("300.50"), 0, 5)),
        (replace(LIMITS, first_n=3), WhatIf(1, Decimal("100.00"), 0, 6)),
        (replace(LIMITS, max_amount=None), WhatIf(0, Decimal(0), 0, 7)),
        (replace(LIMITS, mode="suggest"), WhatIf(3, Decimal("350.75"), 1, 4)),
        (replace(LIMITS, mode="shadow", max_amount=None), WhatIf(4, Decimal("5350.75"), 1, 3)),
    ],
)
def test_what_if(policy, expected):
    assert what_if(HISTORY, policy) == expected


def test_nothing_happened_yet():
    assert what_if((), LIMITS) == WhatIf()


@given(
    st.lists(
        st.builds(
            past,
            st.floats(0, 1),
            st.decimals(-(10**6), 10**6, places=2),
            wrong=st.booleans(),
            confirmed=st.integers(0, 5),
            actionable=st.booleans(),
        )
    ),
    st.integers(0, 5),
)
def test_every_suggestion_is_counted_once(history, first_n):
    counted = what_if(history, replace(LIMITS, first_n=first_n))
    assert counted.automatic + counted.people == len(history)
    assert counted.overridden <= counted.automatic
    stricter = what_if(history, replace(LIMITS, first_n=first_n + 1))
    assert stricter.automatic <= counted.automatic, "a stricter rule applied more"
