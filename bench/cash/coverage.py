"""Print whether the bands of the forecast hold: python -m bench.cash.coverage

On each of the last Mondays of a public set of invoices the money of the next thirteen weeks is
forecast from what was known on the day before: open invoices by their payment days, and business
not known yet as in the half year before. Beside it: every open invoice on its due date, the
overdue at once, which also knows no new business. Band: share of balances inside P10-P90 at the
end of the week. Error: of the money of the single week, as a share of all that came. DATA=folder
of the public sets, SETS=names of those wanted (commas), EVERY=weeks from one Monday to the next
(4), FROM=share of the time that is only learned from (0.5).
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is there

# ruff: noqa: E402
from collections import defaultdict
from datetime import timedelta

import numpy as np

from scripts import bare_addons

bare_addons.install()

from odoo.addons.ai_cash_forecast.engine import timing
from odoo.addons.ai_cash_forecast.engine.simulate import simulate
from odoo.addons.ai_finance_engine.delay import fit

from bench.delay import public

EVERY = int(os.environ.get("EVERY", "4"))
FROM = float(os.environ.get("FROM", "0.5"))
DAYS, WEEKS, DRAWS = 98, 13, 1000


def main():
    wanted = [name for name in os.environ.get("SETS", "").split(",") if name]
    for name, invoices in public.sets():
        if not wanted or name in wanted:
            _print(name, _run(invoices))


def _run(invoices):
    """Return ``{week ahead: [[inside, wrong, wrong by due dates, real]]}``."""
    first, last = invoices[0].posted, max(one.paid for one in invoices if one.paid)
    day = first + (last - first) * FROM
    day += timedelta(days=-day.weekday() % 7)
    found = defaultdict(list)
    while day + timedelta(days=7 * WEEKS) <= last:
        _monday(invoices, day, found)
        day += timedelta(days=7 * EVERY)
    return found


def _monday(invoices, day, found):
    known = day - timedelta(days=1)
    model = fit(invoices, known)
    still = [one for one in invoices if one.posted < day and not (one.paid and one.paid < day)]
    asked = [
        timing.Asked(one.partner, (one.posted,), one.due, 0, float(one.amount), one.terms)
        for one in still
    ]
    chance = timing.chances(model, asked, day, DAYS)
    amount = np.array([float(one.amount) for one in still])
    past = [
        timing.Past(one.posted, one.paid, float(one.amount))
        for one in invoices
        if one.paid and one.paid < day and one.posted < day
    ]
    paths, _out = timing.new_business(past, day, DAYS)
    names = {one: number for number, one in enumerate(sorted({o.partner for o in still}, key=str))}
    partner = np.array([names[one.partner] for one in still])
    courses = simulate(0.0, amount, chance, partner, paths, DRAWS, seed=day.toordinal())
    low, high = courses.quantile(0.1), courses.quantile(0.9)
    expected = amount @ chance + (paths.mean(axis=0) if len(paths) else 0.0)
    real = _real(invoices, day)
    naive = np.zeros(DAYS)
    for one, sure in zip(still, amount, strict=True):
        place = max((one.due - day).days, 0)
        if place < DAYS:
            naive[place] += sure
    total = np.cumsum(real)
    for week in range(WEEKS):
        days, end = slice(7 * week, 7 * week + 7), 7 * week + 6
        inside = low[end] <= total[end] <= high[end]
        came = real[days].sum()
        wrong = abs(expected[days].sum() - came)
        found[week + 1].append((inside, wrong, abs(naive[days].sum() - came), came))


def _real(invoices, day):
    real = np.zeros(DAYS)
    for one in invoices:
        place = (one.paid - day).days if one.paid else -1
        if 0 <= place < DAYS:
            real[place] += float(one.amount)
    return real


def _print(name, found):
    print(f"{name:24} {'week':>5} {'Mondays':>8} {'band':>7} {'error':>7} {'due dates':>10}")
    rows = {week: np.array(values, float) for week, values in found.items()}
    rows["all"] = np.vstack(list(rows.values()))
    for week in (1, 2, 4, 8, 13, "all"):
        table = rows[week]
        inside, wrong, naive, real = table.sum(axis=0)
        print(
            f"{'':24} {week:>5} {len(table):8} {100 * inside / len(table):6.1f}% "
            f"{100 * wrong / real:6.1f}% {100 * naive / real:9.1f}%"
        )


if __name__ == "__main__":
    main()
