"""What past lines say about tax, analytic and payer, and what keeps a line for a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine import account_choice
from odoo.addons.ai_bank_reconcile.engine.account_choice import (
    ACCOUNT_TEXT,
    Booked,
    Usual,
    coded_line,
    effect_of,
    payer_keys,
    similar_reasons,
)
from odoo.addons.ai_bank_reconcile.engine.reasons import REASON_TEXT
from odoo.addons.ai_finance_engine.coding import fit


def past(text="Rent", amount="-1200.00", account=6100, **values):
    """Return a booked line as the coding engine gets it."""
    name, number = values.pop("name", ""), values.pop("number", "")
    booked = {
        "item_id": 1,
        "line_id": 1,
        "text": text,
        "date": values.pop("date", "2026-01-05"),
        "amount": Decimal(amount),
        "account_id": account,
        "partner_id": None,
        "tax_ids": (),
        "analytic": (),
        "payers": payer_keys(text, name, number),
        **values,
    }
    return coded_line(
        text=text,
        partner_name=name,
        account_number=number,
        transaction_type="",
        journal_id=1,
        date=booked["date"],
        amount=booked["amount"],
        booked=Booked(**booked),
    )


def codes(guards):
    return [guard.code for guard in guards]


def test_payer_is_known_by_account_and_name_before_text():
    assert payer_keys("Rent", "Immo", "BE68 5390 0754 7034") == (
        "account BE68539007547034",
        "name immo",
    )
    assert payer_keys("Rent", "", "12") == payer_keys("RENT!", "", "")
    assert payer_keys("4711", "", "") == ()


@pytest.mark.parametrize("text", ["Rent March 2026", "Rent 03/26", "rent märz", "RENT oct."])
def test_months_and_numbers_make_no_other_payer(text):
    assert payer_keys(text, "", "") == ("text rent",)


def test_texts_of_different_shops_are_different_payers():
    assert payer_keys("CARD 4711 SHELL", "", "") != payer_keys("CARD 4711 IKEA", "", "")


def test_guards_by_what_is_usual():
    usual = Usual([past(amount=amount) for amount in ("-1200", "-1250", "-1180")])
    assert usual.guards(("text rent",), 6100, Decimal(-1190)) == []
    assert codes(usual.guards(("text rent",), 6100, Decimal(-12000))) == ["amount_unusual"]
    assert codes(usual.guards(("text rent",), 6100, Decimal(-12))) == ["amount_unusual"]
    assert codes(usual.guards(("text rent",), 6200, Decimal(-1190))) == ["first_time"]
    assert codes(usual.guards((), 6100, Decimal(-1190))) == ["first_time"]
    few = Usual([past(), past()])
    assert codes(few.guards(("text rent",), 6100, Decimal(-1200))) == ["few_similar"]


def test_most_similar_lines_decide():
    lines = [past(tax_ids=(2,)), past(tax_ids=(1,)), past(tax_ids=(1,))]
    effect = effect_of(lines, ("text rent",))
    assert effect.tax_ids == (1,)
    assert codes(effect.guards) == ["tax_differs"]
    tie = effect_of(lines[:2], ("text rent",))
    assert tie.tax_ids == (2,), "the nearest"


def test_analytic_that_differs():
    lines = [past(analytic=(("7", 100.0),)), past()]
    effect = effect_of(lines, ("text rent",))
    assert effect.analytic == {"7": 100.0}
    assert codes(effect.guards) == ["analytic_differs"]


def test_partner_only_of_the_same_payer():
    lines = [past(partner_id=5), past(text="Card IKEA", partner_id=6)]
    assert effect_of(lines, ("text rent",)).partner_id == 5
    assert effect_of(lines, ("text other",)).partner_id is None
    assert effect_of([past(partner_id=5), past()], ("text rent",)).partner_id is None


def test_reasons_are_readable():
    [reason] = similar_reasons([past(text="x" * 90)], "EUR")
    assert reason.params["amount"] == "-1200.00 EUR"
    assert len(reason.params["text"]) == account_choice.SHOWN_LETTERS
    assert ACCOUNT_TEXT["similar"] % reason.params


def test_codes_are_nobody_elses():
    assert not set(ACCOUNT_TEXT) & set(REASON_TEXT)
    with pytest.raises(KeyError):
        account_choice.account_reason("reference")


def test_what_booking_fills_in_is_hidden_from_the_coder():
    def one(n, **known):
        return past(text=f"text {n % 3}", account=n % 3, date=f"2026-01-{n + 1:02}", **known)

    plain = [one(n) for n in range(9)]
    told = [one(n, partner_id=n % 3, tax_ids=(n % 3,)) for n in range(9)]
    new = past(text="text 1", date="2026-02-01")
    seen = [
        [(choice.account, choice.confidence) for choice in choices]
        for history in (plain, told)
        for choices in fit(history).predict([new])
    ]
    assert seen[0] == seen[1]


@given(st.lists(st.decimals("0.01", "99999", places=2), min_size=3, max_size=9))
def test_amounts_seen_before_are_usual(amounts):
    usual = Usual([past(amount=str(-amount)) for amount in amounts])
    assert all(not usual.guards(("text rent",), 6100, amount) for amount in amounts)
