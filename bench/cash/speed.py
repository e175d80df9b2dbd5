"""Simulate 20,000 open documents 2,000 times, and print time and memory at the peak.

Run it with ``make py FILE=bench/cash/speed.py``.
"""

import resource
import time
from datetime import date, timedelta

import numpy as np

from odoo.addons.ai_cash_forecast.engine import timing
from odoo.addons.ai_cash_forecast.engine.simulate import simulate
from odoo.addons.ai_finance_engine.delay import PaidInvoice, fit

DOCUMENTS, DRAWS, DAYS, PARTNERS = 20_000, 2000, 98, 1500
TODAY = date(2026, 3, 2)


def main():
    random = np.random.default_rng(1)
    partner = random.integers(0, PARTNERS, DOCUMENTS)
    amount = np.round(random.lognormal(6, 1.2, DOCUMENTS), 2) * random.choice([1, -1], DOCUMENTS)
    history = _history(random)
    model = _timed("fit on 30,000 paid documents", lambda: fit(history, TODAY))
    asked = [
        timing.Asked(int(p), (TODAY - timedelta(days=int(a)),), TODAY + timedelta(days=30 - int(a)),
                     0, abs(float(m)))
        for p, a, m in zip(partner, random.integers(0, 70, DOCUMENTS), amount, strict=True)
    ]  # fmt: skip
    chance = _timed("payment days", lambda: timing.chances(model, asked, TODAY, DAYS))
    _timed(
        f"simulation, {DOCUMENTS:,} documents x {DRAWS:,} draws",
        lambda: simulate(0.0, amount, chance, partner, draws=DRAWS, seed=1),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory at the peak':44} {peak:8.0f} MiB")


def _history(random):
    found = []
    for number in range(30_000):
        posted = TODAY - timedelta(days=int(random.integers(30, 700)))
        due = posted + timedelta(days=30)
        paid = due + timedelta(days=int(random.normal(4, 6)))
        found.append(PaidInvoice(number % PARTNERS, posted, due, min(paid, TODAY), 100.0))
    return found


def _timed(name, step):
    start = time.perf_counter()
    result = step()
    print(f"{name:44} {time.perf_counter() - start:8.1f} s")
    return result


if __name__ == "__main__":
    main()
