"""Scans and receipts read by OCR."""

import io
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from odoo.addons.ai_bookkeeping.engine import receipt_values
from odoo.addons.ai_bookkeeping.engine.extract import extract
from odoo.addons.ai_finance_engine.documents.layout import Word, page_of

from tests.unit.ai_bookkeeping.pages import BILL, pdf


def scan(turn=0, kind="PDF"):
    picture = pypdfium2.PdfDocument(pdf(BILL))[0].render(scale=200 / 72).to_pil()
    file = io.BytesIO()
    picture.rotate(turn, expand=True, fillcolor="white").save(file, kind, resolution=200)
    return file.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_scanned_bill_is_read_whichever_way_it_lay(turn):
    draft = extract(scan(turn), "scan.pdf")
    assert draft.source == "ocr"
    assert draft.reference.value == "RE-2024-0815"
    assert draft.date.value == date(2024, 3, 4)
    assert draft.total.value == Decimal("1428.00")


def test_picture_of_a_bill_is_read():
    draft = extract(scan(kind="PNG"), "photo.png")
    assert (draft.source, draft.total.value) == ("ocr", Decimal("1428.00"))
    assert draft.total.box.page == 1


def page(text):
    """A page of the lines of a text."""
    words = [
        Word(part, 40.0 * place, 20.0 * row, 40.0 * place + 35, 20.0 * row + 12)
        for row, line in enumerate(text.strip().splitlines())
        for place, part in enumerate(line.split())
    ]
    return page_of(1, 600, 800, words)


def best_total(*texts):
    return receipt_values.totals([page(text) for text in texts])[0].value


def test_paid_less_change_settles_the_total():
    text = "Coffee 9.50\nCake 4.00\nTota1 13.80\nCash 20.00\nChange 6.50"
    assert best_total(text) == Decimal("13.50")


def test_rounded_total_is_the_total():
    text = "Nails 12.32\nTotal 12.32\nRounding Adj -0.02\nTotal Rounded 12.30\nCash 12.30"
    assert best_total(text) == Decimal("12.30")


def test_tax_and_quantities_are_not_the_total():
    text = (
        "Tea 10.60\nTotal Qty 3.00\nTotal 10.60\nTotal includes 6% GST 0.60\nGST "
        "Summary\nTotal 10.00 0.60"
    )
    assert best_total(text) == Decimal("10.60")


def test_readings_vote():
    assert best_total("Total 18.00", "Total 48.00", "Total 18.00") == Decimal("18.00")


def test_misread_dates_are_mended():
    pages = [page("Date: 18/O4/2018 10:15"), page("Date: 18/64/2018"), page("no date")]
    assert receipt_values.dates(pages, date(2026, 1, 1))[0].value == date(2018, 4, 18)
