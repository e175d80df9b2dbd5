"""Print how right predicted payment dates are: python -m bench.delay.accuracy

The last 30 % of the paid invoices by posting are predicted, each as of the Monday of its posting
week by a model fitted on what was known that day. Beside it, in the same weeks: the due date and
the partner's median delay. DATA=folder of the public sets, SETS=names of those wanted (commas),
EVERY=weeks from one fit to the next (1).
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is there

# ruff: noqa: E402
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from statistics import median_low

import numpy as np

from scripts import bare_addons

bare_addons.install()

from odoo.addons.ai_finance_engine.delay import PaidInvoice, fit

from bench.delay import public

FITTED = 0.7
THIN = 5  # paid invoices of the partner before the week
EVERY = int(os.environ.get("EVERY", "1"))
HEADER = (
    f"{'invoices':34} {'number':>6} {'error':>6} {'<=3 d':>6} {'band':>6} {'width':>6} {'cash':>6}"
)


@dataclass
class Result:
    """Predictions of one method; days are ordinals."""

    rows: list[tuple] = field(default_factory=list)

    def add(self, invoice: PaidInvoice, paid_before: int, p50: date, low=None, high=None) -> None:
        """Note the date predicted for an invoice and its band, where there is one."""
        band = (low.toordinal(), high.toordinal()) if low else (0, 0)
        days = invoice.posted.year, paid_before, invoice.paid.toordinal(), p50.toordinal(), *band
        self.rows.append((*days, float(invoice.amount)))

    def print(self, name: str, years: bool) -> None:
        """Print a line for all, one for partners with few paid invoices and one for each year."""
        table = np.array(self.rows)
        print(_line(name, table))
        print(_line(f"  under {THIN} paid before", table[table[:, 1] < THIN]))
        for year in np.unique(table[:, 0]) if years else ():
            print(_line(f"  posted {year:.0f}", table[table[:, 0] == year]))


def _line(name: str, table: np.ndarray) -> str:
    if not len(table):
        return f"{name:34} {0:6}"
    _year, _number, paid, p50, low, high, amount = table.T
    late = np.abs(paid - p50)
    shares = late.mean(), 100 * (late <= 3).mean()
    if high.any():
        held = 100 * ((low <= paid) & (paid <= high)).mean()
        band = f"{held:6.1f} {(high - low).mean():6.2f}"
    else:
        band = f"{'':6} {'':6}"
    return (
        f"{name:34} {len(table):6} {shares[0]:6.3f} {shares[1]:6.1f} {band} "
        f"{100 * cash_error(paid, p50, amount):6.2f}"
    )


def cash_error(paid: np.ndarray, predicted: np.ndarray, amount: np.ndarray) -> float:
    """Return the difference of cash predicted and paid a week, as a share of all cash."""
    weeks = [((days - 1) // 7).astype(int) for days in (paid, predicted)]
    first = min(part.min() for part in weeks)
    sums = [np.bincount(part - first, amount, minlength=400)[:400] for part in weeks]
    return np.abs(sums[0] - sums[1]).sum() / amount.sum()


def monday(day: date) -> date:
    """Return the first day of a week."""
    return day - timedelta(days=day.weekday())


def measure(invoices: list[PaidInvoice]) -> tuple[dict[str, Result], list[float]]:
    """Predict the last invoices week by week; return results by method and seconds of the fits."""
    results: dict[str, Result] = defaultdict(Result)
    seconds = []
    settled = [invoice for invoice in invoices if invoice.paid]
    later = settled[int(FITTED * len(settled)) :]
    for number, (week, group) in enumerate(groupby(later, lambda invoice: monday(invoice.posted))):
        judged = list(group)
        known = [
            replace(invoice, paid=invoice.paid if invoice.paid and invoice.paid < week else None)
            for invoice in invoices
            if invoice.posted < week
        ]
        if number % EVERY == 0:
            started = time.process_time()
            model = fit(known, week)
            seconds.append(time.process_time() - started)
        predicted = model.predict(judged, week)
        delays = defaultdict(list)
        for invoice in known:
            if invoice.paid:
                delays[invoice.partner].append((invoice.paid, (invoice.paid - invoice.due).days))
        for invoice, dates in zip(judged, predicted, strict=True):
            own = [delay for _paid, delay in sorted(delays[invoice.partner])]
            results["predicted"].add(invoice, len(own), dates.p50, dates.p10, dates.p90)
            results["due date"].add(invoice, len(own), invoice.due)
            for name, part in (("customer median", own), ("median of last 10", own[-10:])):
                delay = median_low(part) if part else 0
                results[name].add(invoice, len(own), invoice.due + timedelta(days=delay))
    return results, seconds


def main() -> None:
    """Measure the public sets that are there."""
    wanted = [name.strip() for name in os.environ.get("SETS", "").split(",") if name.strip()]
    for name, invoices in public.sets():
        if wanted and name not in wanted:
            continue
        results, seconds = measure(invoices)
        print(f"{name}: {len(invoices)} invoices; error and width in days, shares in %")
        print(HEADER)
        for method, result in results.items():
            result.print(method, years=method == "predicted")
        print(f"fits: {len(seconds)}, the dearest {max(seconds):.1f} s of processor time\n")


if __name__ == "__main__":
    main()
