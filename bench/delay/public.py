"""The public sets of customer invoices, where their folder is there."""

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from odoo.addons.ai_finance_engine.delay import PaidInvoice

FOLDER = Path(os.environ.get("DATA") or Path(__file__).parents[3] / "shared" / "data")


def sets() -> Iterator[tuple[str, list[PaidInvoice]]]:
    """Yield name and invoices, in order of posting, of each set that is there."""
    for name, file, read in (
        ("receivables", "receivables_dev.csv.gz", _receivable),
        ("small company", "small_company_receivables.csv", _small),
    ):
        path = FOLDER / file
        if path.exists():
            opened = gzip.open if path.suffix == ".gz" else open
            with opened(path, "rt", encoding="utf-8", newline="") as lines:
                invoices = [read(row) for row in csv.DictReader(lines)]
            yield name, sorted(invoices, key=lambda invoice: invoice.posted)


def _receivable(row: dict) -> PaidInvoice:
    return PaidInvoice(
        row["cust_number"],
        date.fromisoformat(row["posting_date_est"]),
        date.fromisoformat(row["due_date"]),
        date.fromisoformat(row["clear_date"]) if row["clear_date"] else None,
        float(row["amount"]),
        row["terms_code_est"],
    )


def _small(row: dict) -> PaidInvoice:
    posted, due, paid = (
        datetime.strptime(row[name], "%m/%d/%Y").date()
        for name in ("InvoiceDate", "DueDate", "SettledDate")
    )
    return PaidInvoice(row["customerID"], posted, due, paid, float(row["InvoiceAmount"]))
