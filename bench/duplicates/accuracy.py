"""Print alarms and recall of the search for duplicate bills: python -m bench.duplicates.accuracy

Real ledgers are replayed in time order, each document compared with all before it. What a ledger
holds is taken as right, so every alarm there counts as a false one, though some may be true
duplicates. Then copies of documents are put in, changed as a second copy is in practice.
DATA=folder of the public sets.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from scripts import bare_addons

bare_addons.install()

from odoo.addons.ai_bookkeeping.engine.duplicates import Bill, normalised, twins  # noqa: E402

from bench.duplicates.ledgers import ledgers  # noqa: E402

COPIES = 500
WARNING = " (warning)"


class Books:
    """Documents by what the search looks for: vendor and amount, and number."""

    def __init__(self):
        self.by_amount = defaultdict(list)
        self.by_number = defaultdict(list)

    def add(self, bill: Bill) -> None:
        self.by_amount[bill.vendor, bill.amount].append(bill)
        if key := normalised(bill.reference):
            self.by_number[key].append(bill)

    def near(self, bill: Bill) -> list[Bill]:
        found = {one.id: one for one in self.by_amount[bill.vendor, bill.amount]}
        if key := normalised(bill.reference):
            found |= {one.id: one for one in self.by_number[key]}
        return list(found.values())


def _spelled(bill: Bill, _rng: random.Random) -> Bill:
    return replace(bill, reference=f"00{bill.reference[:4]}/{bill.reference[4:]}".lower())


def _misread(bill: Bill, rng: random.Random) -> Bill:
    place = rng.randrange(max(len(bill.reference) - 3, 1))
    digit = str((int(bill.reference[place]) + 5) % 10) if bill.reference[place].isdigit() else "8"
    return replace(bill, reference=bill.reference[:place] + digit + bill.reference[place + 1 :])


def _numberless(bill: Bill, _rng: random.Random) -> Bill:
    return replace(bill, reference="")


def _other_vendor(bill: Bill, _rng: random.Random) -> Bill:
    return replace(bill, vendor=f"{bill.vendor}, second record")


def _later(bill: Bill, rng: random.Random) -> Bill:
    return replace(bill, reference="", date=bill.date + timedelta(days=rng.randint(1, 7)))


WITH_NUMBER: dict[str, Callable] = {
    "spelled otherwise": _spelled,
    "a digit misread": _misread,
    "number missing": _numberless,
    "other vendor record": _other_vendor,
}
WITHOUT: dict[str, Callable] = {"same day": _numberless, "days later": _later}


def alarms(bills: list[Bill]) -> tuple[Counter, Books]:
    """Return the codes of alarms by replaying the ledger, and the books at its end."""
    books, found = Books(), Counter()
    for bill in bills:
        told = twins(bill, books.near(bill))
        if told:
            blocking = any(twin.blocking for twin in told)
            found[f"{told[0].code}{'' if blocking else WARNING}"] += 1
        books.add(bill)
    return found, books


def recall(bills: list[Bill], books: Books, changes: dict) -> Iterator[tuple[str, int, int]]:
    """Yield kind of copy, how many were found, of how many."""
    rng = random.Random(19)  # noqa: S311 - no secret
    chosen = rng.sample(bills, min(COPIES, len(bills)))
    for name, change in changes.items():
        found = 0
        for bill in chosen:
            copy = replace(change(bill, rng), id="copy")
            found += bill.id in {twin.bill.id for twin in twins(copy, books.near(copy))}
        yield name, found, len(chosen)


def show(name: str, rows: int, bills: list[Bill], changes: dict) -> None:
    """Print the figures of one ledger."""
    found, books = alarms(bills)
    quiet = sum(number for code, number in found.items() if code.endswith(WARNING))
    loud = found.total() - quiet
    say(
        f"{name}: {rows:,} rows, {len(bills):,} documents; alarms per 1,000 rows: "
        f"{1000 * loud / rows:.2f} blocking, {1000 * quiet / rows:.2f} warnings  {dict(found)}"
    )
    for kind, right, number in recall(bills, books, changes):
        say(f"    copies {kind:22} found {right:4} of {number} ({100 * right / number:.1f} %)")


def main() -> None:
    """Print all figures."""
    for name, rows, bills in ledgers():
        if any(bill.reference for bill in bills):
            show(f"{name}, with numbers", rows, bills, WITH_NUMBER)
        bare = [replace(bill, reference="") for bill in bills]
        show(f"{name}, without numbers", rows, bare, WITHOUT)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - the figures are the output


if __name__ == "__main__":
    main()
