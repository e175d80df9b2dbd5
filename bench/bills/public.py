"""Public bills and receipts with truth, where their folder is present."""

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from odoo.addons.ai_bookkeeping.engine.dates import find_dates

_KEYS = {
    "reference": "number", "date": "date", "due_date": "due", "currency": "currency",
    "vendor_vat": "supplier_vat",
    "vendor_iban": "iban", "vendor_name": "supplier", "untaxed": "untaxed", "tax": "tax",
    "total": "total",
}  # fmt: skip
_PRINTED = {
    "reference": "number",
    "vendor_name": "supplier",
    "vendor_vat": "vat",
    "due_date": "due",
}


def _rows(folder: Path, name: str) -> list[dict]:
    file = folder / name / "truth.json"
    return json.loads(file.read_text()) if file.exists() else []


def _truth(row: dict, printed_only: bool) -> dict:
    truth: dict = {"credit": row["kind"] == "credit note"}
    for one, key in _KEYS.items():
        value = row.get(key)
        printed = row.get("printed")
        if value in (None, "") or (
            printed_only
            and printed is not None
            and not printed.get(_PRINTED.get(one, one), one in ("currency", "vendor_iban"))
        ):
            continue
        if one in ("date", "due_date"):
            value = date.fromisoformat(value)
        elif one in ("untaxed", "tax", "total"):
            value = Decimal(str(value))
        truth[one] = value
    return truth


def specimens(folder: Path):
    """Public PDFs without their attached XML: what a printed copy gives."""
    for row in _rows(folder, "invoices"):
        content = (folder / "invoices" / row["file"]).read_bytes()
        yield "specimen", row["file"], without_attachments(content), _truth(row, True)


def e_invoices(folder: Path):
    """PDFs with XML inside, as they came."""
    for row in _rows(folder, "invoices"):
        if row["embedded_xml"]:
            content = (folder / "invoices" / row["file"]).read_bytes()
            yield "e-invoice", row["file"], content, _truth(row, False)


def receipts(folder: Path):
    """Photographed receipts: date and total."""
    for row in _rows(folder, "receipts"):
        content = (folder / "receipts" / row["file"]).read_bytes()
        yield "receipt", row["file"], content, receipt_truth(row)


def receipt_truth(row: dict) -> dict:
    """Date (day first, as in the country of the receipts) and total of a receipt."""
    found = find_dates(row["date"])
    return {
        "date": found[0].in_order(False) if found else None,
        "total": Decimal(re.sub(r"[^0-9.]", "", row["total"])),
    }


def without_attachments(content: bytes) -> bytes:
    """Return the PDF without embedded files."""
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages:
        writer.add_page(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
