"""Documents of real ledgers, as bills that were entered one after the other."""

import csv
import datetime
import gzip
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from odoo.addons.ai_bookkeeping.engine.duplicates import Bill

FOLDER = Path(os.environ.get("DATA") or Path(__file__).parents[3] / "shared" / "data")


def ledgers() -> Iterator[tuple[str, int, list[Bill]]]:
    """Yield name, number of ledger rows and documents in order of their dates, of each set."""
    for name, read in (("council_spend_dev", _council), ("city_vendor_payments", _city)):
        path = FOLDER / f"{name}.csv.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                rows = [read(row) for row in csv.DictReader(file)]
            yield name, len(rows), _documents(rows)


def _documents(rows: list[tuple]) -> list[Bill]:
    """Join the rows of one document: same vendor, number and day; without a number each row."""
    totals: dict[tuple, Decimal] = {}
    for place, (vendor, number, day, amount) in enumerate(rows):
        key = (vendor, number or f"row {place}", day)
        totals[key] = totals.get(key, Decimal(0)) + amount
    ordered = sorted(totals.items(), key=lambda one: (one[0][2], one[0][1]))
    return [
        Bill(
            place,
            vendor,
            "" if number.startswith("row ") else number,
            abs(amount),
            "money",
            day,
            amount < 0,
        )
        for place, ((vendor, number, day), amount) in enumerate(ordered)
        if amount
    ]


def _council(row: dict) -> tuple:
    number = row["trans"].rpartition("_")[0] or row["trans"]
    day = datetime.date.fromisoformat(row["D"][:10])
    return row["I"], number, day, Decimal(row["A"] or 0)


def _city(row: dict) -> tuple:
    month, day, year = map(int, row["PaymentDate"].split()[0].split("/"))
    amount = Decimal(row["PaymentAmount"] or 0)
    return row["VendorName"].strip(), "", datetime.date(year, month, day), amount
