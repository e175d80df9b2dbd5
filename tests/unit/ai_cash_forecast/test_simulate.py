"""Courses follow the chances they are drawn from; the same seed gives the same ones."""

from datetime import date, timedelta

import numpy as np
import pytest

from odoo.addons.ai_cash_forecast.engine import scenario, timing
from odoo.addons.ai_cash_forecast.engine.scenario import Lever, Rows
from odoo.addons.ai_cash_forecast.engine.simulate import simulate
from odoo.addons.ai_finance_engine.delay import fit

DAYS = 20
MONDAY = date(2026, 3, 2)


def documents(number, chance=0.05):
    return np.full(number, 10.0), np.full((number, DAYS), chance, np.float32)


def test_mean_is_what_the_chances_say():
    amount, chance = documents(200)
    courses = simulate(100.0, amount, chance, np.arange(200) % 40, draws=4000, seed=1)
    expected = 100 + np.cumsum(chance.T @ amount)
    assert np.abs(courses.balance.mean(axis=0) - expected).max() < 25  # of 2,000 that move


def test_same_seed_same_courses():
    amount, chance = documents(50)
    runs = [simulate(0.0, amount, chance, np.arange(50), draws=300, seed=7) for _n in range(2)]
    assert (runs[0].balance == runs[1].balance).all()


def test_documents_of_a_partner_move_together():
    amount, chance = documents(100)
    alone = simulate(0.0, amount, chance, np.full(100, -1), draws=3000, seed=1)
    shared = simulate(0.0, amount, chance, np.full(100, 5), draws=3000, seed=1)
    assert shared.balance[:, 10].std() > 1.5 * alone.balance[:, 10].std()


def test_certain_money_has_no_band():
    chance = np.zeros((2, DAYS), np.float32)
    chance[0, 3] = chance[1, 5] = 1.0
    courses = simulate(0.0, np.array([7.0, -2.0]), chance, np.array([-1, -1]), draws=200)
    assert courses.quantile(0.1)[-1] == courses.quantile(0.9)[-1] == 5.0
    assert courses.ever_below(0.0, 0, DAYS - 1) == 0.0
    assert courses.ever_below(6.0, 5, 5) == 1.0


def test_chunks_keep_a_partner_whole():
    amount, chance = documents(2500)
    partner = np.zeros(2500, int)
    courses = simulate(0.0, amount, chance, partner, draws=2000, seed=2)
    share = courses.balance[:, 5] / 25_000
    assert share.std() > 0.15  # one factor for all 2,500, whatever chunk they are in


def test_no_documents_at_all():
    courses = simulate(9.0, np.zeros(0), np.zeros((0, DAYS)), np.zeros(0, int), draws=200)
    assert (courses.balance == 9.0).all()


# ----------------------------------------------------------------------
# Levers
# ----------------------------------------------------------------------


def rows():
    chance = np.zeros((4, DAYS), np.float32)
    chance[:, 4] = 1.0
    return Rows(
        amount=np.array([100.0, -50.0, 80.0, -40.0]),
        chance=chance,
        partner=np.array([1, 2, 1, 2]),
        kind=np.array(["invoice", "bill", "sale_order", "purchase_order"], object),
        currency=np.array([1, 1, 2, 1]),
        order=np.array([0, 0, 7, 0]),
        paths_in=np.ones((5, DAYS)),
        paths_out=-np.ones((5, DAYS)),
    )


def changed(*levers):
    return scenario.change(rows(), levers, MONDAY, 1)


def test_delay_of_a_customer():
    moved = changed(Lever("delay_partner", partner=1, days=3))
    assert moved.chance[0, 7] == moved.chance[2, 7] == 1.0
    assert moved.chance[1, 4] == 1.0


def test_payment_run_of_own_bills_only():
    moved = changed(Lever("shift_payment_run", days=7))
    assert (moved.chance[1, 11], moved.chance[0, 4], moved.chance[3, 4]) == (1.0, 1.0, 1.0)


def test_lost_order_sales_and_purchases():
    assert changed(Lever("lose_order", order=7)).amount[2] == 0.0
    less = changed(Lever("sales_change", factor=0.5))
    assert less.amount[2] == 40.0
    assert (less.paths_in == 0.5).all()
    more = changed(Lever("reorder", factor=2.0))
    assert more.amount[3] == -80.0
    assert (more.paths_out == -2.0).all()


def test_currency_and_one_off():
    assert changed(Lever("currency", factor=0.9)).amount[2] == pytest.approx(72.0)
    one = changed(Lever("one_off", amount=500.0, start=date(2026, 3, 6)))
    assert one.amount[-1] == 500.0
    assert one.chance[-1, 4] == 1.0


def test_supplier_terms_move_what_is_not_billed():
    later = changed(Lever("supplier_terms", days=5))
    assert (later.chance[3, 9], later.chance[1, 4]) == (1.0, 1.0)
    assert later.paths_out[:, :5].sum() == 0.0


def test_rows_given_are_not_changed():
    before = rows()
    scenario.change(before, [Lever("delay_partner", days=3), Lever("sales_change", factor=0)],
                    MONDAY, 1)  # fmt: skip
    assert (before.chance == rows().chance).all()
    assert (before.paths_in == 1.0).all()


# ----------------------------------------------------------------------
# Days
# ----------------------------------------------------------------------


def test_nothing_to_learn_from_still_givesdays_of():
    model = fit([], MONDAY)
    asked = [
        timing.Asked(1, (date(2026, 1, 5),), date(2026, 2, 4), 0, 100.0),
        timing.Asked(2, (MONDAY,), date(2026, 3, 20), 0, 100.0),
    ]
    chance = timing.chances(model, asked, MONDAY, 98)
    assert (chance >= 0).all()
    assert (chance.sum(axis=1) <= 1.0001).all()
    assert chance[1].sum() > 0.5
    assert chance[0, 0] < 0.9  # overdue does not all come at once


def test_clearing_and_lags():
    row = timing.clearing(date(2026, 2, 26), [1, 4, 6], MONDAY, DAYS)
    assert row.sum() == pytest.approx(1.0)
    assert row[0] == row[2] == pytest.approx(0.5)
    days = timing.lagged(date(2026, 2, 20), [2, 12, 20, 30], MONDAY)
    assert all(day >= MONDAY for day in days)
    assert len(days) == 3
    assert timing.lagged(date(2020, 1, 1), [2, 3], MONDAY) == (MONDAY,)


def test_new_business_knows_only_what_was_new():
    past = [
        timing.Past(MONDAY - days_of(n), MONDAY - days_of(n - 10), 5.0) for n in range(11, 500, 7)
    ]
    into, out = timing.new_business(past, MONDAY, 70)
    assert len(into) == 26
    assert out.sum() == 0.0
    assert into[:, :10].sum() == 0.0  # paid ten days after it was known
    assert into[0].sum() == pytest.approx(5.0 * 9, abs=6)


def days_of(number):
    return timedelta(days=number)
