"""Real payments of real invoices, read where ``DATA=`` points (see README): customer known only."""

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from odoo.addons.ai_bank_reconcile.engine.context import BankLine, MatchContext, OpenItem, Party

from .truth import Sample, Truth

MONTHS = ((2019, 3), (2019, 6), (2019, 9))


def folder() -> Path | None:
    """Return the folder of the public payments, None where it is not there."""
    path = Path(os.environ.get("DATA") or Path(__file__).parents[3] / "shared" / "data")
    return path if (path / "receivables_payments_dev.csv.gz").exists() else None


def files() -> Iterator[Sample]:
    """Yield one file a month: its payments, and what was open when it began or was posted in it."""
    invoices = {row["row_id"]: row for row in _rows("receivables_dev.csv.gz")}
    payments = list(_rows("receivables_payments_dev.csv.gz"))
    for year, month in MONTHS:
        yield _file(invoices, payments, date(year, month, 1))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder() / name, "rt", encoding="utf-8") as rows:
        yield from csv.DictReader(rows)


def _file(invoices: dict, payments: list, start: date) -> Sample:
    end = start + timedelta(days=30)
    ids = {row_id: number for number, row_id in enumerate(sorted(invoices), 1)}
    items = tuple(
        _item(ids[row_id], row)
        for row_id, row in invoices.items()
        if date.fromisoformat(row["posting_date_est"]) <= end
        and (not row["clear_date"] or date.fromisoformat(row["clear_date"]) >= start)
        and Decimal(row["amount"]) > 0
    )
    listed = {item.id for item in items}
    lines, truths = [], {}
    for number, row in enumerate(payments, 1):
        paid = row["invoices"].split()
        if not start <= date.fromisoformat(row["clear_date"]) < end:
            continue
        if not all(ids.get(one) in listed for one in paid):
            continue
        lines.append(_line(number, row))
        parts = {ids[one]: Decimal(invoices[one]["amount"]).quantize(CENT) for one in paid}
        truths[number] = Truth(_size(len(parts)), parts)
    names = {int(row["cust_number"], 36): row["name_any"] for row in invoices.values()}
    parties = tuple(Party(key, name, account_numbers=(f"C{key}",)) for key, name in names.items())
    return Sample(MatchContext(tuple(lines), items, parties), truths)


CENT = Decimal("0.01")


def _size(count: int) -> str:
    return "1" if count == 1 else "2-5" if count <= 5 else "6 and more"


def _item(key: int, row: dict[str, str]) -> OpenItem:
    return OpenItem(
        id=key,
        residual=Decimal(row["amount"]).quantize(CENT),
        currency="USD",
        number=row["row_id"],
        partner_id=int(row["cust_number"], 36),
        date=date.fromisoformat(row["posting_date_est"]),
        date_maturity=date.fromisoformat(row["due_date"]),
    )


def _line(number: int, row: dict[str, str]) -> BankLine:
    return BankLine(
        id=number,
        journal_id=1,
        amount=Decimal(row["amount"]).quantize(CENT),
        currency="USD",
        date=date.fromisoformat(row["clear_date"]),
        label="payment",
        partner_name=row["name"],
        account_number=f"C{int(row['cust_number'], 36)}",
    )
