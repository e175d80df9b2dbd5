"""Payment dates: what is learned, what is told, and that nothing later than the day is used."""

import random
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.delay import OpenInvoice, PaidInvoice, fit

TODAY = date(2025, 9, 1)  # a Monday
START = TODAY - timedelta(days=280)
THURSDAY = 3
USUAL = {"Azure Interior": 6, "Deco Addict": 0, "Gemini Furniture": -4, "Lumber Inc": 14}


def bank_day(day):
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def ledger(weeks=40, a_week=2, seed=1, spread=1, usual=None):
    """Invoices of 40 weeks at 30 days net; each partner has its own delay."""
    chance, rows = random.Random(seed), []
    for week in range(weeks):
        for partner, delay in (usual or USUAL).items():
            for _number in range(a_week):
                posted = START + timedelta(days=7 * week + chance.randrange(5))
                due = posted + timedelta(days=30)
                paid = bank_day(due + timedelta(days=delay + chance.randint(-spread, spread)))
                amount = chance.randrange(100, 5000)
                rows.append(PaidInvoice(partner, posted, due, paid, amount, "30 days"))
    return rows


def open_invoice(partner, posted=TODAY, net=30, terms="30 days"):
    return OpenInvoice(partner, posted, posted + timedelta(days=net), 1000, terms)


def off(predicted, invoice):
    return (predicted.p50 - invoice.due).days


def errors(model, rows, as_of):
    dates = model.predict(rows, as_of)
    return [abs((row.paid - told.p50).days) for row, told in zip(rows, dates, strict=True)]


@pytest.mark.parametrize("weeks", [5, 15, 40])
def test_each_partner_is_expected_at_its_own_delay(weeks):
    """Holds with a handful of payments, with some dozens and with enough for trees."""
    rows = ledger(weeks, spread=0)
    as_of = max(row.paid for row in rows)
    model = fit(rows, as_of)
    for partner, delay in USUAL.items():
        invoice = open_invoice(partner, posted=as_of)
        told = model.predict([invoice], as_of)[0]
        usual = bank_day(invoice.due + timedelta(days=delay))
        assert abs((told.p50 - usual).days) <= 3, (partner, told, usual)


def test_a_weekly_payment_run_is_found():
    chance, rows = random.Random(3), []
    for day in range(0, 250):
        posted = START + timedelta(days=day)
        due = posted + timedelta(days=14)
        wait = (THURSDAY - due.weekday()) % 7
        rows.append(PaidInvoice("Runner", posted, due, due + timedelta(days=wait), 100))
        late = bank_day(due + timedelta(days=chance.randrange(8)))
        rows.append(PaidInvoice("Anyhow", posted, due, late, 100))
    model = fit(rows, TODAY)
    invoices = [open_invoice("Runner", TODAY + timedelta(days=step), 14, "") for step in range(5)]
    assert {told.p50.weekday() for told in model.predict(invoices, TODAY)} == {THURSDAY}
    assert model.partner("Runner").weekdays == (THURSDAY,)
    assert model.partner("Runner").rhythm == 7


def test_better_than_due_date_and_the_band_holds():
    rows = ledger(weeks=60, a_week=4, spread=3)
    as_of = START + timedelta(days=7 * 48)
    model = fit(rows, as_of)
    later = [row for row in rows if row.posted > as_of]
    due = [abs((row.paid - row.due).days) for row in later]
    assert np.mean(errors(model, later, as_of)) < 0.5 * np.mean(due)
    inside = [
        told.p10 <= row.paid <= told.p90
        for row, told in zip(later, model.predict(later, as_of), strict=True)
    ]
    assert 0.7 <= np.mean(inside) <= 0.95


def test_what_is_paid_later_is_not_known():
    """Removing payments and invoices after the day changes nothing."""
    rows = ledger(a_week=3)
    as_of = TODAY - timedelta(days=50)
    then = [replace(row, paid=None if row.paid > as_of else row.paid) for row in rows]
    then = [row for row in then if row.posted <= as_of]
    asked = [open_invoice(partner, as_of) for partner in (*USUAL, "nobody")]
    assert fit(rows, as_of).predict(asked, as_of) == fit(then, as_of).predict(asked, as_of)


def test_order_of_history_is_irrelevant():
    rows = ledger(a_week=3)
    shuffled = rows[:]
    random.Random(2).shuffle(shuffled)
    asked = [open_invoice(partner) for partner in USUAL]
    one, other = fit(rows, TODAY), fit(shuffled, TODAY)
    assert one.predict(asked, TODAY) == other.predict(asked, TODAY)
    assert np.array_equal(
        one.curve(asked[0], TODAY).probability, other.curve(asked[0], TODAY).probability
    )


def test_invoices_are_predicted_alike_alone_and_together():
    model = fit(ledger(), TODAY)
    asked = [open_invoice(partner) for partner in (*USUAL, "nobody")]
    assert model.predict(asked, TODAY) == [model.predict([one], TODAY)[0] for one in asked]


def test_an_overdue_invoice_is_expected_later_the_longer_it_is_open():
    model = fit(ledger(), TODAY)
    invoice = open_invoice("Azure Interior", TODAY - timedelta(days=60))
    days = [TODAY + timedelta(days=step) for step in (0, 10, 40, 400)]
    told = [model.predict([invoice], day)[0] for day in days]
    assert all(
        day <= date.p10 <= date.p50 <= date.p90 for day, date in zip(days, told, strict=True)
    )
    assert [reason.code for reason in told[0].reasons][0] == "overdue"
    assert "open 30 days past due" in str(told[0].reasons[0])


def test_unknown_partner_leans_on_its_terms():
    short = [replace(row, terms="quick", paid=row.due) for row in ledger(seed=5)]
    slow = [
        replace(row, partner=row.partner + " B", paid=bank_day(row.due + timedelta(days=20)))
        for row in ledger(seed=6)
    ]
    model = fit(short + slow, TODAY)
    quick, late = (open_invoice("New", terms=terms) for terms in ("quick", "30 days"))
    told = model.predict([quick, late], TODAY)
    assert off(told[0], quick) <= 3
    assert off(told[1], late) >= 15
    assert told[0].reasons[0].code == "unknown"


def test_curve_and_dates_tell_the_same():
    model = fit(ledger(), TODAY)
    invoice = open_invoice("Lumber Inc")
    curve, told = model.curve(invoice, TODAY), model.predict([invoice], TODAY)[0]
    days = [date.fromordinal(int(day)) for day in curve.days]
    assert all(day.weekday() < 5 and day >= TODAY for day in days)
    assert np.all(np.diff(curve.days) > 0)
    assert np.all(curve.probability >= 0)
    assert 0.9 < curve.probability.sum() <= 1 + 1e-9
    assert days[int(np.searchsorted(np.cumsum(curve.probability), 0.5))] == told.p50


def test_partner_in_words():
    model = fit(ledger(spread=0), TODAY)
    early = model.partner("Gemini Furniture")
    assert early.delay is not None and early.delay < 0
    late = [PaidInvoice(7, START, START, START + timedelta(days=6), 1)] * 14
    assert str(fit(late, TODAY).partner(7)) == "pays 6 days late, from 14 invoices"
    assert str(model.partner("nobody")) == "no paid invoice yet"


def test_without_trees_dates_are_told_as_well(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    rows = ledger(weeks=60, a_week=4)
    as_of = START + timedelta(days=7 * 48)
    later = [row for row in rows if row.posted > as_of]
    assert np.mean(errors(fit(rows, as_of), later, as_of)) <= 1.5


def test_nothing_to_learn_from():
    told = fit([], TODAY).predict([open_invoice("New")], TODAY)[0]
    assert TODAY <= told.p10 <= told.p50 <= told.p90
    assert abs(off(told, open_invoice("New"))) <= 7
    assert [reason.code for reason in told.reasons] == ["nothing"]


def test_only_open_invoices():
    rows = [replace(row, paid=None) for row in ledger()]
    told = fit(rows, TODAY).predict([open_invoice("Deco Addict")], TODAY)[0]
    assert told.p50 >= TODAY


@pytest.mark.parametrize(
    "posted, due, amount",
    [
        (date(1901, 1, 1), date(1901, 1, 31), 5),
        (date(2025, 8, 1), date(2099, 1, 1), 5),
        (date(2025, 8, 20), date(2025, 8, 1), 5),  # due before posted
        (date(2026, 8, 20), date(2026, 9, 1), 5),  # posted later
        (date(2025, 8, 20), date(2025, 9, 20), Decimal("-12.50")),
        (date(2025, 8, 20), date(2025, 9, 20), 0),
    ],
)
def test_odd_invoices(posted, due, amount):
    odd = OpenInvoice("Deco Addict", posted, due, amount)
    rows = [*ledger(), PaidInvoice("Deco Addict", posted, due, None, amount)]
    told = fit(rows, TODAY).predict([odd], TODAY)[0]
    assert TODAY <= told.p10 <= told.p50 <= told.p90


def test_invoices_paid_at_once():
    days = [START + timedelta(days=step % 250) for step in range(600)]
    rows = [PaidInvoice("Shop", bank_day(day), bank_day(day), bank_day(day), 10) for day in days]
    told = fit(rows, TODAY).predict([open_invoice("Shop", TODAY, 0, "")], TODAY)[0]
    assert told.p50 == TODAY


DAYS = st.integers(0, 300).map(lambda step: START + timedelta(days=step))
ROWS = st.builds(
    lambda partner, posted, net, late, amount: PaidInvoice(
        partner,
        posted,
        posted + timedelta(days=net),
        None if late is None else posted + timedelta(days=max(net + late, 0)),
        amount,
    ),
    st.sampled_from("abcd"),
    DAYS,
    st.integers(0, 60),
    st.none() | st.integers(-40, 90),
    st.integers(0, 10_000),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=80), DAYS, st.lists(ROWS, min_size=1, max_size=5), st.randoms())
def test_whatever_the_history(rows, as_of, asked, chance):
    """Order and later payments do not matter; dates are in order and not in the past."""
    told = fit(rows, as_of).predict(asked, as_of)
    assert all(as_of <= one.p10 <= one.p50 <= one.p90 for one in told)
    then = [replace(row, paid=row.paid if row.paid and row.paid <= as_of else None) for row in rows]
    chance.shuffle(then)
    assert fit(then, as_of).predict(asked, as_of) == told
