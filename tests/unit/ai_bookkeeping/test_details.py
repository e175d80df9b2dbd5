"""Service period, register, terms and where values stand; one bill of every country and trade."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.ai_bookkeeping.engine.bill_draft import FIELDS
from odoo.addons.ai_bookkeeping.engine.extract import extract

from bench.bills import world_set
from tests.unit.ai_bookkeeping.pages import BILL, HEAD, NUMBERS, SUMS, pdf


@pytest.mark.parametrize("family", [*world_set.LOOKED_AT, *world_set.KEPT_APART])
def test_bills_of_countries_and_trades(family):
    ((_family, file, content, truth),) = world_set.files((family,), 1)
    draft = extract(content, file)
    for name in ("reference", "date", "due_date", "currency", "untaxed", "tax", "total"):
        if truth[name] is not None:
            assert getattr(draft, name).value == truth[name], name
    assert draft.is_credit_note == truth["credit"]


def test_every_value_that_is_printed_has_its_place():
    draft = extract(pdf(BILL), "bill.pdf")
    for name in FIELDS:
        field = getattr(draft, name)
        assert field.value is not None
        if name != "currency":
            assert field.box.page == 1
            assert 0 <= field.box.x0 < field.box.x1 <= 1


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Leistungszeitraum: 01.02.2024 - 29.02.2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Leistung 1. Februar 2024 bis 29. Februar 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Leistungszeitraum: Februar 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_service_period(text, start, end):
    page = [*BILL, (50, 300, text)]
    draft = extract(pdf(page), "bill.pdf")
    assert (draft.service_from.value, draft.service_to.value) == (start, end)
    assert draft.service_from.box.page == 1
    assert draft.date.value == date(2024, 3, 4)


def test_no_period_where_none_is_printed():
    draft = extract(pdf(BILL), "bill.pdf")
    assert draft.service_from.value is None
    assert draft.service_to.value is None


def test_registry_number():
    page = [*BILL, (50, 792, "Amtsgericht Hamburg HRB 123456   Geschäftsführer: E. Muster", 8)]
    assert extract(pdf(page), "bill.pdf").vendor_registry.value == "HRB 123456"


def test_due_date_by_terms_is_computed_and_not_sure():
    numbers = [piece for piece in NUMBERS if piece[1] != 240]
    page = [*HEAD, *numbers, *SUMS, (50, 600, "Zahlbar innerhalb von 14 Tagen ohne Abzug.")]
    draft = extract(pdf(page), "bill.pdf")
    assert draft.due_date.value == date(2024, 3, 18)
    assert not draft.due_date.sure
    assert draft.terms.days == 14


def test_freight_belongs_to_the_untaxed_sum():
    page = [
        *HEAD, *NUMBERS,
        (350, 500, "Warenwert"), (480, 500, "100,00 EUR"),
        (350, 515, "Versandkosten"), (480, 515, "10,00 EUR"),
        (350, 530, "MwSt. 19 %"), (480, 530, "20,90 EUR"),
        (350, 545, "Gesamtbetrag"), (480, 545, "130,90 EUR"),
    ]  # fmt: skip
    draft = extract(pdf(page), "bill.pdf")
    assert (draft.untaxed.value, draft.tax.value) == (Decimal("110.00"), Decimal("20.90"))
