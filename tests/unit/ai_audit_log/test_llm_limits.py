"""Budget, prices and the pause of a failing provider, as tables."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.llm.breaker import Pause, after_failure, after_success
from odoo.addons.ai_audit_log.llm.budget import (
    Budget,
    Spent,
    cost,
    estimate_tokens,
    judge,
    reserve,
)
from odoo.addons.ai_audit_log.llm.client import Usage

from .llm_cases import ask_order

NOW = datetime(2026, 11, 12, 9, 0)


@pytest.mark.parametrize(
    ("tokens", "money", "spent", "reserved", "verdict"),
    [
        (None, None, Spent(10**9, Decimal(10**6)), Spent(1), "ok"),
        (1000, None, Spent(0), Spent(100), "ok"),
        (1000, None, Spent(699), Spent(100), "ok"),
        (1000, None, Spent(700), Spent(100), "warn"),
        (1000, None, Spent(900), Spent(100), "warn"),
        (1000, None, Spent(900), Spent(101), "stop"),
        (1000, None, Spent(1000), Spent(0), "stop"),
        (0, None, Spent(0), Spent(0), "stop"),
        (None, Decimal(5), Spent(0, Decimal("3.99")), Spent(), "ok"),
        (None, Decimal(5), Spent(0, Decimal(4)), Spent(), "warn"),
        (None, Decimal(5), Spent(0, Decimal("4.99")), Spent(0, Decimal("0.02")), "stop"),
        (None, Decimal(0), Spent(), Spent(), "stop"),
        (1000, Decimal(5), Spent(900, Decimal(1)), Spent(), "warn"),
        (1000, Decimal(5), Spent(900, Decimal(5)), Spent(), "stop"),
    ],
)
def test_budget(tokens, money, spent, reserved, verdict):
    assert judge(Budget(tokens, money), spent, reserved) == verdict


amounts = st.integers(0, 2000)


@given(amounts, amounts, amounts, amounts)
def test_more_never_is_allowed_where_less_is_not(limit, spent, reserved, more):
    ranks = ("ok", "warn", "stop")
    less = judge(Budget(limit), Spent(spent), Spent(reserved))
    worse = judge(Budget(limit), Spent(spent), Spent(reserved + more))
    assert ranks.index(worse) >= ranks.index(less)


def test_cost_is_exact():
    assert cost(Usage(1000, 100), Decimal("2.50"), Decimal(10)) == Decimal("0.0035")
    assert cost(Usage(1, 0), Decimal("0.15"), Decimal(0)) == Decimal("0.00000015")


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("a", 1), ("abcd", 2), ("请付款", 3)])
def test_estimate(text, tokens):
    assert estimate_tokens(text) == tokens


def test_a_question_reserves_prompt_schema_and_answer():
    ask = ask_order()
    reserved = reserve(ask)
    assert reserved.completion_tokens == ask.max_tokens
    assert reserved.prompt_tokens > (len(ask.system) + len(ask.user)) / 3


@pytest.mark.parametrize(
    ("before", "kind", "retry_after", "failures", "minutes"),
    [
        (0, "server", None, 1, None),
        (1, "timeout", None, 2, None),
        (2, "unreachable", None, 3, 1),
        (3, "server", None, 4, 2),
        (4, "rejected", None, 5, 4),
        (7, "server", None, 8, 30),
        (10**6, "server", None, 10**6 + 1, 30),
        (0, "rate_limited", 120, 1, 2),
        (2, "rate_limited", 30, 3, 1),
        (2, "rate_limited", 600, 3, 10),
        (0, "rate_limited", None, 1, None),
        (0, "rate_limited", -5, 1, None),
        (0, "rate_limited", 1e9, 1, 24 * 60),
        (0, "server", 600, 1, None),
        (2, "invalid", None, 0, None),
    ],
)
def test_pause(before, kind, retry_after, failures, minutes):
    until = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert after_failure(before, kind, retry_after, NOW) == Pause(failures, until)


def test_success_ends_the_pause():
    assert after_success() == Pause(0, None)
