"""What a person types and chooses is read without guessing, and adds up to the line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from odoo.addons.ai_bank_reconcile.engine import by_hand
from odoo.addons.ai_bank_reconcile.engine.by_hand import Part, parse_query
from odoo.addons.ai_bank_reconcile.engine.proposal import validate

D = Decimal


def codes(found):
    return [one.code for one in found]


@pytest.mark.parametrize(
    "text,amount,nearly",
    [
        ("1250", "1250", False),
        ("1.250,00", "1250.00", False),
        ("1,250.00", "1250.00", False),
        ("1.250", "1250", False),
        ("~1250", "1250", True),
        ("~ 1.250,00", "1250.00", True),
        ("-80", "80", False),
    ],
)
def test_amounts_as_people_type_them(text, amount, nearly):
    query = parse_query(text)
    assert (query.amount, query.nearly) == (D(amount), nearly)


@pytest.mark.parametrize(
    "text", ["INV/2026/00012", "azure", "", "0", "12 azure", "~azure", "1.2.3"]
)
def test_what_is_no_amount_is_words(text):
    assert parse_query(text).amount is None


def test_each_word_is_searched_for():
    assert parse_query("  INV/2026  azure ").words == ("INV/2026", "azure")
    assert parse_query("1250").words == ("1250",), "may be a fragment of a number"
    assert parse_query("~1250").words == ()


def test_near_means_five_percent():
    low, high = parse_query("~1000").limits
    assert (low, high) == (D("950.00"), D("1050.00"))
    low, high = parse_query("1000").limits
    assert low < D("1000") < high and high - low < D("0.02")


@given(st.text(max_size=300))
def test_any_text_can_be_typed(text):
    query = parse_query(text)
    assert len(query.words) <= by_hand.MOST_WORDS
    assert query.amount is None or query.amount > 0


def test_wrong_totals_are_refused():
    parts = [Part(D("60"), move_line_id=1), Part(D("30"), account_id=5)]
    [short] = by_hand.problems(parts, D("100"), 2)
    assert (short.code, short.params) == ("rest", {"rest": "10.00"})
    [over] = by_hand.problems(parts, D("80"), 2)
    assert (over.code, over.params) == ("too_much", {"rest": "10.00"})
    assert by_hand.problems(parts, D("90"), 2) == ()


def test_incomplete_parts_are_refused():
    assert codes(by_hand.problems([], D("1"), 2)) == ["no_parts"]
    twice = [Part(D("5"), move_line_id=1), Part(D("5"), move_line_id=1)]
    assert codes(by_hand.problems(twice, D("10"), 2)) == ["twice"]
    assert codes(by_hand.problems([Part(D("5"))], D("5"), 2)) == ["no_target"]
    empty = [Part(D("5"), account_id=5), Part(D("0"), account_id=5)]
    assert codes(by_hand.problems(empty, D("5"), 2)) == ["no_amount"]
    many = [Part(D("1"), account_id=5)] * 300
    assert codes(by_hand.problems(many, D("300"), 2)) == ["many_parts"]


def test_one_account_is_an_ordinary_account_proposal():
    made = by_hand.proposal([Part(D("12.9"), account_id=5)], 2).to_json()
    assert (made["kind"], made["write_off"]["amount"]) == ("account", "12.90")
    assert "splits" not in made
    assert made["by_hand"] is True
    assert validate(made)


def test_items_and_accounts_together():
    parts = [
        Part(D("60"), move_line_id=1),
        Part(D("35"), move_line_id=2, item_amount=D("70.000")),
        Part(D("5"), account_id=5, tax_ids=(9,), analytic={"3": 100.0}, label="Fee"),
    ]
    made = by_hand.proposal(parts, 2, partner_id=7).to_json()
    assert made["kind"] == "match"
    assert made["counterparts"][1] == {
        "move_line_id": 2,
        "amount": "35.00",
        "item_amount": "70.000",
    }
    [split] = made["splits"]
    assert (split["tax_ids"], split["analytic"], split["label"]) == ([9], {"3": 100.0}, "Fee")
    assert by_hand.parts_of(made) == (parts[0], parts[1], parts[2])


def test_a_split_is_refused_where_it_has_no_place():
    made = by_hand.proposal([Part(D("1"), move_line_id=1), Part(D("1"), account_id=5)], 2)
    stored = made.to_json()
    with pytest.raises(ValidationError, match="proposal of nothing"):
        validate({**stored, "kind": "none", "counterparts": []})
    with pytest.raises(ValidationError, match="no counterpart"):
        validate({**stored, "kind": "account"})
    one = by_hand.proposal([Part(D("1"), account_id=5)], 2).to_json()
    with pytest.raises(ValidationError, match="write-off or splits"):
        validate({**one, "splits": [one["write_off"]]})
    with pytest.raises(ValidationError, match="no purpose"):
        validate({**stored, "splits": [{**stored["splits"][0], "purpose": "fee"}]})


def test_rows_of_before_stay_readable_and_unchanged():
    old = {
        "kind": "account",
        "counterparts": [],
        "write_off": {
            **{"account_id": 5, "amount": "1.00", "label": "", "partner_id": None},
            **{"tax_ids": [], "purpose": None},
        },
        "write_offs": [],
        "alternatives": [],
        "partner_id": None,
        "remainder": "0.00",
        "remainder_handling": "none",
        "why_not": None,
    }
    assert validate(old).to_json() == old


def match(*ids):
    return {"kind": "match", "counterparts": [{"move_line_id": one, "amount": "1"} for one in ids]}


def test_differences():
    opens = {1: D("100"), 2: D("50")}
    assert by_hand.difference(match(1, 2), opens, D("150")) == 0
    assert by_hand.choices(D("0")) == ()
    assert by_hand.choices(by_hand.difference(match(1, 2), opens, D("140"))) == (
        "open",
        "write_off",
    )
    assert by_hand.choices(by_hand.difference(match(1), opens, D("140"))) == (
        "on_account",
        "write_off",
    )


money = st.decimals(min_value=D("0.01"), max_value=D("9999"), places=2)


@given(st.lists(money, min_size=1, max_size=6), st.data())
def test_a_short_payment_leaves_exactly_the_rest_open(residuals, data):
    opens = dict(enumerate(residuals, 1))
    total = data.draw(st.decimals(min_value=D("0.01"), max_value=sum(residuals), places=2))
    gap = by_hand.difference(match(*opens), opens, total)
    parts = by_hand.in_part(match(*opens), opens, gap)
    assert by_hand.rest(parts, total) == 0
    assert all(0 < part.amount <= opens[part.move_line_id] for part in parts)
