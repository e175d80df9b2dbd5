"""Print how right the proposed accounts are and what they cost: python -m bench.coding.accuracy

Every set is split by time: the first 70 % of the lines are fitted, the rest is proposed a month at
a time, each month with all confirmations of the months before. The made-up company is fitted on
its first twelve months. DATA=folder of the public sets, SETS=names of those wanted.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is there

# ruff: noqa: E402
import resource
import time
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from scripts import bare_addons

bare_addons.install()

from odoo.addons.ai_finance_engine.coding import CodedLine, fit

from bench.coding import company, public

FITTED = 0.7
SURE = 0.9
HEADER = (
    f"{'set':24} {'lines':>7} {'top-1':>6} {'top-3':>6} {'sure':>6} {'right':>6} "
    f"{'fit s':>7} {'update':>7} {'1,000':>6}"
)


@dataclass
class Result:
    """What became of the proposals of one set; seconds are processor time of the one thread."""

    first: list[bool] = field(default_factory=list)
    third: list[bool] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)
    fit: float = 0.0
    update: float = 0.0
    predict: float = 0.0

    def add(self, line: CodedLine, choices: list) -> None:
        """Compare the choices of a line with its account."""
        accounts = [choice.account for choice in choices[:3]]
        self.first.append(accounts[:1] == [line.account])
        self.third.append(line.account in accounts)
        self.confidence.append(choices[0].confidence if choices else 0.0)

    def row(self, name: str) -> str:
        """Return the result as a line of the table."""
        first, sure = np.array(self.first), np.array(self.confidence) >= SURE
        right = first[sure].mean() if sure.any() else float("nan")
        shares = first.mean(), np.mean(self.third), sure.mean(), right
        thousand = 1000 * self.predict / len(first)
        return (
            f"{name:24} {len(first):7} "
            + " ".join(f"{100 * share:6.2f}" for share in shares)
            + f" {self.fit:7.1f} {self.update:7.1f} {thousand:6.2f}"
        )


def measure(lines: list[CodedLine], fitted: int) -> Result:
    """Fit the first lines, then propose and confirm the others month by month."""
    result, started = Result(), time.process_time()
    model = fit(lines[:fitted])
    result.fit = time.process_time() - started
    for _month, group in groupby(lines[fitted:], lambda line: line.extra["date"][:7]):
        month = list(group)
        started = time.process_time()
        proposed = model.predict(month)
        result.predict += time.process_time() - started
        started = time.process_time()
        model.update(month)
        result.update = max(result.update, time.process_time() - started)
        for line, choices in zip(month, proposed, strict=True):
            result.add(line, choices)
    return result


def main() -> None:
    """Measure the made-up company and the public sets that are there."""
    print("Accounts proposed from history, month by month; shares in %.")
    print(
        f"sure: share of lines at confidence >= {SURE}, right: of these; update: the dearest month"
    )
    print(HEADER)
    own = company.history()
    twelve = sum(line.extra["date"] < "2026-01" for line in own)
    print(measure(own, twelve).row("recurring vendors"), flush=True)
    wanted = os.environ.get("SETS", "").split()
    for name, lines in public.sets():
        if not wanted or name in wanted:
            print(measure(lines, int(FITTED * len(lines))).row(name), flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
