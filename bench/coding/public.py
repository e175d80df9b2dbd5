"""The public sets of coded payments, where their folder is there."""

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

from odoo.addons.ai_finance_engine.coding import CodedLine

FOLDER = Path(os.environ.get("DATA") or Path(__file__).parents[3] / "shared" / "data")


def sets() -> Iterator[tuple[str, list[CodedLine]]]:
    """Yield name and lines, in order of their dates, of each set that is there."""
    for name, read in (
        ("purchasing_cards_dev", _card),
        ("council_spend_dev", _council),
        ("city_vendor_payments", _city),
    ):
        path = FOLDER / f"{name}.csv.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                lines = [read(row) for row in csv.DictReader(file)]
            yield name, sorted(lines, key=lambda line: line.extra["date"])


def _card(row: dict) -> CodedLine:
    extra = {"date": row["date"], "card": row["card_masked"], "vat": row["vat"]}
    return CodedLine(row["merchant"], row["merchant"], _amount(row), row["gl_code"], extra)


def _council(row: dict) -> CodedLine:
    extra = {"date": row["D"], "unit": row["unit"]}
    return CodedLine(row["S"], row["S"], float(row["A"] or 0), row["code"], extra)


def _city(row: dict) -> CodedLine:
    month, day, year = row["PaymentDate"].split()[0].split("/")
    vendor = row["VendorName"].strip()
    extra = {"date": f"{year}-{int(month):02}-{int(day):02}", "centre": row["Center"]}
    return CodedLine(vendor, vendor, float(row["PaymentAmount"] or 0), row["Account"], extra)


def _amount(row: dict) -> float:
    return float(row["amount"] or 0)
