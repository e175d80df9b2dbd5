"""How many fields are read right: ``python -m bench.bills.accuracy``, see README.md."""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from odoo.addons.ai_bookkeeping.engine.extract import extract
from odoo.addons.ai_finance_engine.documents.layout import squash

from . import layouts, public, world_set

FIELDS = (
    "reference",
    "date",
    "due_date",
    "currency",
    "vendor_vat",
    "vendor_iban",
    "vendor_name",
    "untaxed",
    "tax",
    "total",
)


@dataclass(slots=True)
class Score:
    """Counts of one set; ``empty`` counts values that were left open."""

    right: Counter = field(default_factory=Counter)
    asked: Counter = field(default_factory=Counter)
    empty: Counter = field(default_factory=Counter)
    third: Counter = field(default_factory=Counter)
    sure: Counter = field(default_factory=Counter)
    sure_right: Counter = field(default_factory=Counter)
    credit_right: int = 0
    files: int = 0
    pages: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def matches(name: str, found, truth) -> bool:
    """Whether the reading is the truth; spaces and signs in texts do not count."""
    if found is None:
        return False
    if name in ("reference", "vendor_iban", "vendor_name"):
        return squash(found) == squash(truth)
    if name == "vendor_vat":  # printed without the country in some countries
        return squash(found) in (squash(truth), squash(truth)[2:])
    return found == truth


def measure(files: Iterable[tuple[str, str, bytes, dict]]) -> Score:
    """Read the files: (set, name, content, truth by field; a truth of ``None`` is not asked)."""
    score = Score()
    for group, name, content, truth in files:
        start = time.perf_counter()
        draft = extract(content, name)
        score.seconds += time.perf_counter() - start
        score.files += 1
        score.pages += max(draft.pages, 1)
        score.credit_right += draft.is_credit_note == truth.get("credit", draft.is_credit_note)
        for one in FIELDS:
            if truth.get(one) is not None:
                _count(score, f"{group} {name}", one, getattr(draft, one), truth[one])
    return score


def _count(score: Score, name: str, one: str, found, truth) -> None:
    right = matches(one, found.value, truth)
    score.asked[one] += 1
    score.right[one] += right
    score.empty[one] += found.value is None
    score.third[one] += right or any(matches(one, c.value, truth) for c in found.candidates)
    score.sure[one] += found.sure
    score.sure_right[one] += found.sure and right
    if not right:
        mark = " SURE" if found.sure else ""
        score.wrong.append(f"{name}: {one} {truth!s} read as {found.value!s}{mark}")


def made(group: str, each: int):
    """Made-up bills of one set of families."""
    for place, (family, bill, content) in enumerate(layouts.documents(group, each)):
        truth = {
            "reference": bill.number, "date": bill.date, "due_date": bill.due,
            "currency": bill.currency,
            "vendor_vat": bill.vat, "vendor_iban": bill.iban, "vendor_name": bill.seller,
            "untaxed": bill.untaxed, "tax": bill.tax, "total": bill.total, "credit": bill.is_credit,
        }  # fmt: skip
        yield family, f"bill{place}-{bill.language}.pdf", content, truth


def row(name: str, score: Score) -> str:
    """Return one line of the table."""
    cells = [
        f"{score.right[one]}/{score.asked[one]}" if score.asked[one] else "-" for one in FIELDS
    ]
    sure = f"{sum(score.sure_right.values())}/{sum(score.sure.values())}"
    pace = f"{score.seconds / max(score.pages, 1):.2f}"
    return f"| {name} | {score.files} | {' | '.join(cells)} | {sure} | {pace} |"


HEAD = (
    "| set | files | number | date | due | currency | VAT | IBAN | name | untaxed |"
    " tax | total | sure, right | s a page |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def merged(scores: Iterable[Score]) -> Score:
    """Return the sum of several scores."""
    whole = Score()
    for score in scores:
        for name in ("right", "asked", "empty", "third", "sure", "sure_right"):
            getattr(whole, name).update(getattr(score, name))
        whole.files += score.files
        whole.pages += score.pages
        whole.seconds += score.seconds
        whole.credit_right += score.credit_right
        whole.wrong += score.wrong
    return whole


def by_family(name: str, names: Iterable[str], files) -> Score:
    """Print a row a family and return the sum."""
    scores = []
    for one in names:
        scores.append(measure(files((one,))))
        say(row(f"{name}: {one}", scores[-1]))
    return merged(scores)


def main() -> None:
    """Print the table; ``--wrong`` lists what was read wrong."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", default=os.environ.get("DATA", "../shared/data"))
    arguments.add_argument("--each", type=int, default=3, help="bills a family and language")
    arguments.add_argument("--sets", default=",".join(SETS))
    arguments.add_argument("--wrong", action="store_true")
    options = arguments.parse_args()
    folder, each = Path(options.data), options.each
    sets = {
        **{group: partial(made, group, each) for group in layouts.SETS},
        "specimens": lambda: public.specimens(folder),
        "e-invoices": lambda: public.e_invoices(folder),
        "receipts": lambda: public.receipts(folder),
    }  # fmt: skip
    families = {
        "countries": (world_set.LOOKED_AT, lambda names: world_set.files(names, each)),
        "apart": (world_set.KEPT_APART, lambda names: world_set.files(names, each)),
        "scans": (world_set.SCANNED, lambda names: world_set.scans(names, 1)),
    }
    say(HEAD)
    for name in options.sets.split(","):
        if name in families:
            score = by_family(name, *families[name])
        else:
            score = measure(sets[name]())
        if score.files:
            say(row(name, score))
        if options.wrong:
            say("\n".join(score.wrong))


SETS = (
    "tuned",
    "unseen",
    "traps",
    "countries",
    "apart",
    "scans",
    "specimens",
    "e-invoices",
    "receipts",
)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
