"""What people rely on in the texts of an invoice, without Odoo."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_ar_invoicing.engine.invoice_note import InvoiceNote, check_note
from odoo.addons.ai_ar_invoicing.engine.texts import (
    DEFAULT_LINE,
    DEFAULT_NOTE,
    LINE_PLACEHOLDERS,
    NOTE_PLACEHOLDERS,
    Shipment,
    charged,
    fill,
    listed,
    problems,
)


def shipment(quantity, delivery, *lots):
    return Shipment(Decimal(quantity), delivery, f"day of {delivery}", lots)


def test_the_templates_of_the_product_are_in_order():
    assert not problems(DEFAULT_NOTE, NOTE_PLACEHOLDERS)
    assert not problems(DEFAULT_LINE, LINE_PLACEHOLDERS)


@pytest.mark.parametrize(
    "template",
    ["{price}", "{", "{}", "{orders", "{orders!r}", "{orders:>10}", "{orders.x}", "{orders[0]}"],
)
def test_what_cannot_be_filled_in_is_refused(template):
    assert problems(template, NOTE_PLACEHOLDERS)


def test_a_line_that_lacks_what_it_names_is_left_out():
    values = {"reference": "", "orders": "S1", "dates": "1/2", "deliveries": "OUT/1"}
    assert fill(DEFAULT_NOTE, values) == "Our order: S1\nDelivered on 1/2 with OUT/1"
    assert fill("Thank you, {customer}!", {"customer": "Azure"}) == "Thank you, Azure!"
    assert fill("Thank you!\n{lots}", {}) == "Thank you!"


def test_values_are_not_taken_for_templates():
    assert fill("{reference}", {"reference": "{orders}"}) == "{orders}"


def test_an_invoice_speaks_of_what_it_charges_and_no_other_delivery():
    parts = [shipment(3, "OUT/1"), shipment(2, "OUT/2"), shipment(5, "OUT/3")]
    names = lambda before, quantity: [  # noqa: E731
        one.delivery for one in charged(parts, Decimal(before), Decimal(quantity))
    ]
    assert names(0, 3) == ["OUT/1"]
    assert names(3, 2) == ["OUT/2"]
    assert names(2, 2) == ["OUT/1", "OUT/2"]
    assert names(5, 99) == ["OUT/3"]
    assert names(10, 1) == []


def test_deliveries_and_lots_are_named_once():
    parts = [shipment(1, "OUT/1", "A1"), shipment(1, "OUT/1", "A2", "A1")]
    expected = {"deliveries": "OUT/1", "dates": "day of OUT/1", "lots": "A1, A2"}
    assert listed(parts) == expected


@given(st.lists(st.integers(1, 9), max_size=8), st.lists(st.integers(1, 9), max_size=8))
def test_invoices_in_turn_name_every_delivery_they_reach(shipped, invoiced):
    parts = [shipment(quantity, f"OUT/{place}") for place, quantity in enumerate(shipped)]
    named, before = set(), Decimal(0)
    for quantity in invoiced:
        named |= {one.delivery for one in charged(parts, before, Decimal(quantity))}
        before += quantity
    reached = {
        f"OUT/{place}" for place in range(len(shipped)) if sum(shipped[:place]) < sum(invoiced)
    }
    assert named == reached


FACTS = {"orders": "S00031", "deliveries": "WH/OUT/00012", "dates": "20 November 2026"}


@pytest.mark.parametrize(
    "note",
    [
        "Delivered on 20 November 2026 with WH/OUT/00012.",
        "Thank you for your order S00031.",
        "Vielen Dank!",
    ],
)
def test_a_note_of_facts_is_taken(note):
    check_note(InvoiceNote(note=note), FACTS)


@pytest.mark.parametrize(
    "note",
    [
        "Delivered on 21 November 2026 with WH/OUT/00012.",
        "Thank you for your order S00032.",
        "We give you 5 % next time.",
        "See www.example.com for more.",
        "<b>Thank you</b>",
        "",
        "Thank you. " * 60,
    ],
)
def test_a_note_with_more_than_the_facts_is_refused(note):
    with pytest.raises(ValueError):
        check_note(InvoiceNote(note=note), FACTS)
