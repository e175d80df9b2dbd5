from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bookkeeping.engine import (
    bill_choice,
    bill_lines,
    clicked,
    extract,
    iban,
    reading,
    tax_ids,
)
from odoo.addons.ai_bookkeeping.engine.bill_coding import BillLine, coded, codings
from odoo.addons.ai_bookkeeping.engine.bill_draft import BillDraft, DraftLine, Field, TaxRow
from odoo.addons.ai_bookkeeping.engine.bill_draft import Choice as DraftChoice
from odoo.addons.ai_bookkeeping.engine.posting import Line, confidence
from odoo.addons.ai_bookkeeping.engine.sample import SampleBill, draw
from odoo.addons.ai_bookkeeping.engine.senders import lookalike
from odoo.addons.ai_finance_engine.coding import Choice

D = Decimal


def draft(untaxed=None, tax=None, total=None, lines=(), taxes=()):
    one = BillDraft(lines=list(lines), taxes=list(taxes))
    for name, value in (("untaxed", untaxed), ("tax", tax), ("total", total)):
        setattr(one, name, Field(D(value) if value else None))
    return one


def line(amount, quantity=None, price=None, rate=None, text="x"):
    values = [D(one) if one else None for one in (quantity, price, rate, amount)]
    return DraftLine(text, values[0], None, *values[1:])


# Lines


def test_own_lines_where_they_add_up():
    one = draft(
        "100", "19", "119", [line("60", "3", "20"), line("40")], [TaxRow(D(19), D(100), D(19))]
    )
    planned = bill_lines.plan(one)
    assert [(p.quantity, p.price, p.rate) for p in planned] == [(3, 20, 19), (1, 40, 19)]


def test_else_one_line_a_rate():
    rows = [TaxRow(D(19), D(60), D("11.40")), TaxRow(D(7), D(40), D("2.80"))]
    planned = bill_lines.plan(draft("100", "14.20", "114.20", [line("60")], rows))
    assert [(p.amount, p.rate, p.tax) for p in planned] == [
        (60, 19, D("11.40")),
        (40, 7, D("2.80")),
    ]


def test_else_one_line_whose_rate_the_tax_says():
    (planned,) = bill_lines.plan(draft("100", "19", "119"))
    assert (planned.amount, planned.rate, planned.tax) == (100, 19, 19)
    (planned,) = bill_lines.plan(draft(None, "19", "119"))
    assert planned.amount == 100


def test_a_total_alone_is_a_line_without_tax():
    (planned,) = bill_lines.plan(draft(total="119"))
    assert (planned.amount, planned.rate) == (119, None)
    assert bill_lines.plan(draft()) == ()


def test_a_quantity_that_does_not_give_the_amount_is_left_out():
    (planned,) = bill_lines.plan(draft("10", "0", "10", [line("10", "3", "3.33", "0")]))
    assert (planned.quantity, planned.price) == (1, 10)


cents = st.integers(1, 10**7).map(lambda n: D(n) / 100)


@given(st.lists(cents, min_size=1, max_size=6), cents)
def test_planned_lines_make_the_untaxed_amount(amounts, tax):
    untaxed = sum(amounts)
    one = draft(f"{untaxed}", f"{tax}", f"{untaxed + tax}", [line(f"{a}") for a in amounts])
    assert sum(p.amount for p in bill_lines.plan(one)) == untaxed


# Clicked words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.428,00 EUR", "1428.00"), ("1,428.00", "1428.00"), ("€ 12,5", "12.5"),
        ("1'234.50", "1234.50"), ("1.234", "1234"), ("1 234,56", "1234.56"), ("-5,00", "-5.00"),
        ("12.00-", "-12.00"), ("1.234.567", "1234567"), ("0,99", "0.99"),
    ],
)  # fmt: skip
def test_amounts_in_every_way_of_writing(text, value):
    assert clicked.amount_of(text) == D(value)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("date", "4 March 2024", date(2024, 3, 4)),
        ("date", "04.03.2024", date(2024, 3, 4)),
        ("due_date", "soon", None),
        ("total", "much", None),
        ("currency", "in EUR", "EUR"),
        ("currency", "€", "EUR"),
        ("vendor_iban", "IBAN DE02 1203 0000 0000 2020 51", "DE02120300000000202051"),
        ("vendor_iban", "DE03 1203 0000 0000 2020 51", None),
        ("vendor_vat", "DE 136.695.976", "DE136695976"),
        ("reference", " RE-1 ", "RE-1"),
        ("reference", "  ", None),
    ],
)
def test_clicked_words_become_the_fields_value(key, text, value):
    assert clicked.value_of(key, text) == value


@given(st.sampled_from(["date", "total", "currency", "vendor_iban", "reference"]), st.text())
def test_any_text_is_a_value_or_none(key, text):
    clicked.value_of(key, text)


# Senders


@pytest.mark.parametrize(
    ("sender", "known"),
    [
        ("a@nord1icht.example", "b@nordlicht.example"),
        ("a@nordIicht.example", "b@nordlicht.example"),
        ("a@nordlicht.co", "b@nordlicht.com"),
        ("a@nordlichtt.com", "b@nordlicht.com"),
        ("a@rnarket.com", "b@market.com"),
    ],
)
def test_domains_that_only_look_alike(sender, known):
    assert lookalike(sender, [known])


@pytest.mark.parametrize(
    ("sender", "known"),
    [
        ("a@nordlicht.com", "b@nordlicht.com"), ("a@mail.nordlicht.com", "b@nordlicht.com"),
        ("a@gmail.com", "b@gmai1.com"), ("a@broker.example", "b@nordlicht.example"),
        ("", "b@nordlicht.com"), ("a@x.com", ""),
    ],
)  # fmt: skip
def test_other_domains_are_no_lookalikes(sender, known):
    assert lookalike(sender, [known]) is None


# Ids


def test_tax_ids_and_accounts():
    assert tax_ids.checked("DE 136 695 976") == (True, "DE")
    assert tax_ids.checked("DE136695977") == (False, "DE")
    assert tax_ids.checked("12345") == tax_ids.checked(None) == (False, None)
    assert iban.is_valid("DE02120300000000202051")
    assert not iban.is_valid("DE02120300000000202052")
    assert not iban.is_valid("XX02120300000000202051")


# Coding and posting


def booked(number, **values):
    base = {"text": "Hosting", "amount": D(10), "date": "2024-01-01", "vendor_id": 1}
    return BillLine(**{**base, "id": number, "account_id": 60, "rates": ("19",), **values})


def test_what_similar_lines_say_beside_the_account():
    past = [booked(n, tax_ids=(5,), analytic=(("3", 100.0),), product_id=8) for n in (1, 2, 3)]
    choice = Choice(60, 0.9, tuple(coded(one, posted=True) for one in past))
    new = booked(9, account_id=50, tax_ids=(4,))
    (found,) = codings(new, [choice, Choice(61, 0.05)], {60})
    assert (found.tax_ids, found.analytic, found.product_id) == ((5,), {"3": 100.0}, 8)


def test_taxes_of_another_rate_are_never_taken():
    past = coded(booked(1, tax_ids=(5,), rates=("7",)), posted=True)
    (found,) = codings(booked(9, tax_ids=(4,)), [Choice(60, 0.9, (past,))], {60})
    assert found.tax_ids is None


def test_a_bill_is_as_sure_as_its_weakest_part():
    chosen = Line(1, 60, 50, None)
    sure = Line(2, 60, 60, {"account_id": 60, "confidence": 0.9})
    unknown = Line(3, 60, 60, None)
    assert confidence(0.95, [chosen]) == 0.95
    assert confidence(0.95, [chosen, sure]) == 0.9
    assert confidence(0.95, [chosen, sure, unknown]) == 0.0


# Reading as JSON


def test_a_reading_is_json_with_boxes_in_shares_of_the_page():
    sample = SampleBill("Nordlicht GmbH", "RE-1", "2024-03-04", "100.00", "19.00", "119.00")
    found = reading.to_json(extract.extract(draw(sample), "bill.pdf"))
    total = found["fields"]["total"]
    assert (total["value"], total["page"], found["source"]) == ("119.00", 1, "text")
    assert all(0 <= edge <= 1 for edge in total["box"])
    assert found["fields"]["date"]["value"] == "2024-03-04"


def test_a_file_without_anything_is_empty():
    assert reading.is_empty(extract.extract(b"no bill", "x.pdf"))
    assert reading.confidence(extract.extract(b"no bill", "x.pdf")) == 0.0


# A model's choice


def choice(*pairs):
    return bill_choice.BillChoice(
        chosen=[bill_choice.ChosenValue(field=field, id=one) for field, one in pairs]
    )


ASKED = {
    "text": "",
    "candidates": [
        {"id": "reference-1", "field": "reference", "value": "RE-1"},
        {"id": "date-1", "field": "date", "value": "2024-03-04"},
        {"id": "due_date-1", "field": "due_date", "value": "2024-03-01"},
    ],
}


@pytest.mark.parametrize(
    "pairs",
    [
        [("reference", "reference-2")],
        [("reference", "date-1")],
        [("total", "reference-1")],
        [("reference", "reference-1"), ("reference", "reference-1")],
        [("date", "date-1"), ("due_date", "due_date-1")],
    ],
)
def test_a_model_cannot_choose_what_was_not_offered(pairs):
    with pytest.raises(ValueError):
        bill_choice.check(choice(*pairs), ASKED)


def test_a_model_may_choose_what_was_offered_or_nothing():
    bill_choice.check(choice(("reference", "reference-1"), ("date", "date-1")), ASKED)
    bill_choice.check(choice(), ASKED)


def test_only_open_fields_are_asked_about():
    draft = BillDraft(
        reference=Field(candidates=[reading_choice("A-1")]), date=Field(date(2024, 3, 4))
    )
    facts = bill_choice.facts(reading.to_json(draft), "text")
    assert [one["id"] for one in facts["candidates"]] == ["reference-1"]
    assert bill_choice.facts(reading.to_json(BillDraft()), "text") is None


def reading_choice(value):
    return DraftChoice(value, 0.4)
