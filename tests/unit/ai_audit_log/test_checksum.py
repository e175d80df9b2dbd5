"""The checksum binds an approval to exactly what was looked at."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.engine.checksum import checksum

LINE = {
    "amount": Decimal("1250.00"),
    "date": date(2026, 3, 20),
    "items": [[7, Decimal("1250.00"), "posted"], [8, Decimal("-3.5"), "posted"]],
    "partner": None,
}


def test_is_a_sha_256():
    assert len(checksum(LINE)) == 64
    assert int(checksum(LINE), 16) >= 0


def test_is_the_same_on_every_machine():
    """The value is stored: a change of the algorithm would turn every open suggestion stale."""
    text = '{"a":["1.1","2026-03-20",null,"ä"],"b":7}'
    inputs = {"b": 7, "a": [Decimal("1.10"), date(2026, 3, 20), None, "ä"]}
    assert checksum(inputs) == hashlib.sha256(text.encode()).hexdigest()


def test_order_of_a_dict_is_irrelevant():
    assert checksum(dict(reversed(LINE.items()))) == checksum(LINE)


def test_order_of_a_list_matters():
    assert checksum({**LINE, "items": LINE["items"][::-1]}) != checksum(LINE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.10", "1.1"),
        ("1250.00", "1250"),
        ("1E+3", "1000"),
        ("0.00", "0"),
        ("-0.0", "0"),
        ("-5.50", "-5.5"),
    ],
)
def test_same_amount_written_differently_is_the_same(one, other):
    assert checksum([Decimal(one)]) == checksum([Decimal(other)])


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": Decimal("1250.01")},
        {"amount": Decimal("-1250.00")},
        {"amount": None},
        {"date": date(2026, 3, 21)},
        {"partner": 1},
        {"partner": False},
        {"items": [[7, Decimal("1250.00"), "posted"]]},
        {"items": [[7, Decimal("1250.00"), "draft"], [8, Decimal("-3.5"), "posted"]]},
        {"items": [[7, Decimal("1249.99"), "posted"], [8, Decimal("-3.5"), "posted"]]},
        {"another": 1},
    ],
    ids=str,
)
def test_any_change_of_what_was_looked_at_is_noticed(changed):
    assert checksum({**LINE, **changed}) != checksum(LINE)


def test_text_is_not_glued_together():
    assert checksum(["ab", "c"]) != checksum(["a", "bc"])
    assert checksum([["a"], "b"]) != checksum(["a", ["b"]])


@pytest.mark.parametrize(
    "inputs",
    [
        1.1,
        [1.1],
        {"amount": 1.1},
        {"items": [[7, 1.1]]},
        {"items": ({"deep": [1.1]},)},
        [0.0],
        [float("nan")],
        {1.5: "a float as key"},
    ],
    ids=str,
)
def test_float_is_refused_however_deep(inputs):
    with pytest.raises(TypeError, match="Decimal"):
        checksum(inputs)


@pytest.mark.parametrize("value", [{1, 2}, object(), b"bytes", 1j])
def test_what_has_no_stable_text_is_refused(value):
    with pytest.raises(TypeError):
        checksum({"value": value})


def test_date_and_time_enter_as_iso_text():
    assert checksum([datetime(2026, 3, 20, 12, 30)]) != checksum([date(2026, 3, 20)])


# What tasks put in: texts, ids, amounts, dates, nothing; lists and dicts of them.
plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.decimals(-(10**9), 10**9, places=2)
    | st.dates()
)
inputs = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def unfolded(value):
    """``value`` in a form that is equal exactly when the checksum has to be."""
    if isinstance(value, dict):
        return ("dict", tuple(sorted((key, unfolded(item)) for key, item in value.items())))
    if isinstance(value, list):
        return ("list", tuple(unfolded(item) for item in value))
    if isinstance(value, Decimal | date):
        # They enter as text: an amount and its own text are not told apart, and need not be.
        text = format(value.normalize(), "f") if isinstance(value, Decimal) else value.isoformat()
        return ("str", "0" if isinstance(value, Decimal) and not value else text)
    return (type(value).__name__, repr(value) if not isinstance(value, str) else value)


@given(inputs, inputs)
def test_equal_exactly_when_the_inputs_are(one, other):
    assert (checksum(one) == checksum(other)) is (unfolded(one) == unfolded(other))


@given(st.dictionaries(st.text(max_size=4), inputs, max_size=5), st.data())
def test_order_of_keys_never_matters(values, data):
    keys = data.draw(st.permutations(list(values)))
    assert checksum({key: values[key] for key in keys}) == checksum(values)
