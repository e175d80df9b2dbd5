"""What accountants rely on in the checks of an invoice, without Odoo."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_ar_invoicing.engine.check_facts import (
    Customer,
    Invoice,
    Line,
    Order,
    OrderLine,
    Rate,
    Twin,
)
from odoo.addons.ai_ar_invoicing.engine.check_texts import FIX, FOUND, GROUPS
from odoo.addons.ai_ar_invoicing.engine.checks import CHECKS, LEVELS, Rule, check, summary

TODAY = date(2026, 11, 21)
AZURE = Customer(id=7, name="Azure Interior", email="azure@example.com")
CLEAN = Invoice(id=1, customer=AZURE, date=TODAY, today=TODAY, currency="EUR")


def line(price="100", quantity="1", **values):
    values = {"id": 1, "name": "Desk", **values}
    return Line(price=Decimal(price), quantity=Decimal(quantity), **values)


def order_line(ordered="10", delivered="10", invoiced="10", price="100", **values):
    figures = {"ordered": ordered, "delivered": delivered, "invoiced": invoiced, "price": price}
    figures = {name: Decimal(value) for name, value in figures.items()}
    return OrderLine(**{"id": 5, **figures, **values})


def customer(**values):
    return replace(CLEAN, customer=replace(AZURE, **values))


def with_line(*args, **values):
    return replace(CLEAN, lines=(line(*args, **values),))


def found(invoice, **rules):
    """Return ``{code: finding codes}`` of the checks that found something."""
    return {
        result.code: [finding.code for finding in result.findings]
        for result in check(invoice, rules)
        if result.findings
    }


def test_a_clean_invoice_passes_every_check():
    results = check(CLEAN, {})
    assert found(CLEAN) == {}
    assert summary(results) == "ok"
    assert {result.level for result in results} == {"ok"}


def test_every_check_has_its_words():
    assert {one.group for one in CHECKS.values()} == set(GROUPS)
    assert set(FIX) == set(FOUND)
    assert all(one.level in LEVELS[1:] for one in CHECKS.values())


BROKEN = {
    "address": (customer(missing=("country",)), "address", "warning"),
    "vat_required": (
        replace(CLEAN, position=(3, "EU"), expected_position=(3, "EU"), vat_required=True),
        "vat_required",
        "blocking",
    ),
    "vat in the union": (replace(CLEAN, intra_eu=True), "vat_required", "warning"),
    "vat_format": (customer(vat="BE0477472702", vat_valid=False), "vat_format", "warning"),
    "vat_registry": (
        customer(vat="BE0477472701", vat_valid=True, registry="invalid", registry_date=TODAY),
        "vat_registry",
        "warning",
    ),
    "email": (customer(email=""), "email", "warning"),
    "peppol": (customer(channel="peppol"), "email", "warning"),
    "terms": (replace(CLEAN, has_terms=False), "terms", "warning"),
    "bank_account": (replace(CLEAN, has_bank_account=False), "bank_account", "warning"),
    "fiscal position": (
        replace(CLEAN, expected_position=(3, "Export")),
        "fiscal_position",
        "warning",
    ),
    "tax": (with_line(taxes=(1,), expected_taxes=(2,)), "taxes", "warning"),
    "tax missing": (with_line(expected_taxes=(2,)), "taxes", "warning"),
    "accounts": (
        with_line(missing_accounts=("expense",), category_id=4),
        "accounts",
        "warning",
    ),
    "future": (replace(CLEAN, date=TODAY + timedelta(1)), "date", "warning"),
    "locked": (replace(CLEAN, locked=TODAY), "date", "warning"),
    "no rate": (
        replace(
            CLEAN,
            rate=Rate(currency="USD", used=Decimal(1), of_the_day=Decimal(1), known_on=None),
        ),
        "rate_missing",
        "blocking",
    ),
    "quantity": (
        with_line(order_line=order_line(ordered="10", delivered="8", invoiced="9")),
        "quantity",
        "blocking",
    ),
    "more than ordered": (
        with_line(order_line=order_line(invoiced="11", by_delivery=False)),
        "quantity",
        "blocking",
    ),
    "price": (with_line("101", order_line=order_line()), "price_order", "warning"),
    "listed": (with_line("90", list_price=Decimal(100)), "price_list", "warning"),
    "credit": (replace(CLEAN, credit="over", credit_watched=True), "credit", "warning"),
    "duplicate": (
        replace(CLEAN, twins=(Twin(id=9, name="INV/1", date=TODAY),)),
        "duplicate",
        "blocking",
    ),
    "near": (
        replace(CLEAN, twins=(Twin(id=9, name="INV/1", date=TODAY - timedelta(3)),)),
        "duplicate_near",
        "warning",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_found_and_nothing_else(name):
    invoice, code, level = BROKEN[name]
    results = {result.code: result for result in check(invoice, {}) if result.findings}
    expected = {code} | ({"short_delivery"} if name == "quantity" else set())
    assert set(results) == expected
    assert results[code].level == level
    assert summary(list(results.values())) == level


def test_a_company_sets_how_hard_a_check_is():
    invoice = customer(email="")
    assert summary(check(invoice, {"email": Rule("blocking")})) == "blocking"
    assert found(invoice, email=Rule("off")) == {}


def test_a_hint_never_blocks():
    invoice = replace(CLEAN, intra_eu=True)
    assert summary(check(invoice, {"vat_required": Rule("blocking")})) == "warning"


def rate(days=0, used="1.10", of_the_day="1.10"):
    values = {"used": Decimal(used), "of_the_day": Decimal(of_the_day)}
    known_on = TODAY - timedelta(days)
    return replace(CLEAN, rate=Rate(currency="USD", known_on=known_on, **values))


def test_a_rate_may_be_so_many_days_old():
    assert found(rate(days=7)) == {}
    assert found(rate(days=8)) == {"rate_age": ["rate_age"]}
    assert found(rate(days=8), rate_age=Rule("warning", Decimal(30))) == {}


def test_a_rate_may_differ_by_so_much():
    assert found(rate(used="1.105")) == {}
    assert found(rate(used="1.11")) == {"rate_differs": ["rate_differs"]}


def test_two_deliveries_of_one_amount_are_no_duplicate():
    twin = Twin(id=9, name="INV/1", date=TODAY, order_lines=frozenset({6}))
    invoice = replace(with_line(order_line=order_line(id=5)), twins=(twin,))
    assert found(invoice) == {}
    again = replace(invoice, twins=(replace(twin, order_lines=frozenset({5, 6})),))
    assert found(again) == {"duplicate": ["duplicate"]}


def test_the_same_amount_every_month_is_no_duplicate():
    assert found(replace(CLEAN, twins=(Twin(id=9, name="x", date=date(2026, 10, 21)),))) == {}


AMOUNTS = tuple(Decimal(one) for one in (90, 100, 105, 110, 95, 100, 98, 104, 101, 99))


def test_an_amount_far_from_the_customers_own_is_unusual():
    usual = replace(CLEAN, customer=replace(AZURE, amounts=AMOUNTS, referenced=0))
    assert found(replace(usual, amount=Decimal(120))) == {}
    assert found(replace(usual, amount=Decimal(1000))) == {"amount": ["amount_high"]}
    assert found(replace(usual, amount=Decimal(10))) == {"amount": ["amount_low"]}


def test_one_large_invoice_does_not_make_the_next_usual():
    amounts = (*AMOUNTS, Decimal(50_000))
    invoice = replace(CLEAN, customer=replace(AZURE, amounts=amounts), amount=Decimal(50_000))
    assert found(invoice) == {"amount": ["amount_high"]}


def test_a_new_customer_has_no_habits():
    invoice = replace(CLEAN, customer=replace(AZURE, amounts=AMOUNTS[:4]), amount=Decimal(9999))
    assert found(invoice) == {}


def test_what_may_be_disputed():
    invoice = replace(
        CLEAN,
        customer=replace(AZURE, amounts=AMOUNTS[:6], referenced=5),
        lines=(
            line(
                "110",
                last_price=Decimal(100),
                last_invoice="INV/3",
                order_line=order_line(delivered="8", invoiced="8", price="110"),
            ),
        ),
        orders=(Order(id=2, name="S2", promised=date(2026, 11, 10), delivered=date(2026, 11, 20)),),
    )
    expected = {"short_delivery", "price_rise", "late_delivery", "reference"}
    assert set(found(invoice)) == expected
    kept = replace(invoice, reference="PO 77", lines=(), orders=())
    assert found(kept) == {}


def test_a_credit_note_is_not_asked_for_terms_bank_account_or_quantity():
    invoice = replace(
        with_line(order_line=order_line(delivered="0", invoiced="5")),
        credit_note=True,
        has_terms=False,
        has_bank_account=False,
    )
    assert found(invoice) == {}


prices = st.decimals(min_value=0, max_value=10_000, places=2)


@given(st.lists(st.tuples(prices, prices), min_size=1, max_size=6), st.randoms())
def test_the_order_of_lines_changes_no_level(pairs, random):
    lines = [
        line(str(price), id=number, order_line=order_line(price=str(ordered)))
        for number, (price, ordered) in enumerate(pairs)
    ]
    before = {result.code: result.level for result in check(replace(CLEAN, lines=lines), {})}
    random.shuffle(lines)
    after = {result.code: result.level for result in check(replace(CLEAN, lines=lines), {})}
    assert before == after
    assert (before["price_order"] == "ok") == all(
        abs(price - ordered) <= 0 for price, ordered in pairs
    )


@given(st.lists(prices, max_size=40), prices)
def test_any_history_is_read_without_an_error(amounts, amount):
    who = replace(AZURE, amounts=tuple(amounts), referenced=len(amounts))
    results = check(replace(CLEAN, customer=who, amount=amount), {})
    assert all(result.level in ("ok", "warning") for result in results)
