"""Bills drawn as PDF: for the demonstration data and the tests, nothing else."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HEIGHT = A4[1]
LEFT, LABELS, VALUES = 50, 350, 470


@dataclass(frozen=True, slots=True)
class SampleBill:
    """What a sample bill says; amounts and dates as they are printed.

    :param lines: description, quantity, price, amount
    :param hidden: text in white on white
    """

    vendor: str
    number: str
    date: str
    untaxed: str
    tax: str
    total: str
    due: str = ""
    vat: str = ""
    iban: str = ""
    rate: str = "19"
    buyer: str = "Azure Interior"
    title: str = "Invoice"
    currency: str = "EUR"
    lines: tuple[tuple[str, str, str, str], ...] = ()
    remark: str = ""
    hidden: str = ""


def draw(bill: SampleBill, encrypt: str | None = None) -> bytes:
    """Return the bill as a PDF of one page.

    :param encrypt: password without which the file cannot be opened
    """
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt, invariant=not encrypt)
    for x, y, text, size in _texts(bill):
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, HEIGHT - y, text)
    if bill.hidden:
        canvas.setFillGray(1)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(LEFT, HEIGHT - 700, bill.hidden)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _texts(bill: SampleBill) -> Iterable[tuple[float, float, str, float]]:
    yield LEFT, 50, bill.vendor, 16
    yield LEFT, 70, "12 Harbour Road, Hamburg", 10
    yield LEFT, 130, bill.buyer, 10
    yield LEFT, 180, bill.title, 14
    head = [(f"{bill.title} number:", bill.number), (f"{bill.title} date:", bill.date)]
    head += [("Due date:", bill.due)] if bill.due else []
    for place, (label, value) in enumerate(head):
        yield LABELS, 180 + 15 * place, label, 10
        yield VALUES, 180 + 15 * place, value, 10
    if bill.lines:
        columns = (LEFT, 310, 390, 480)
        for x, text in zip(columns, ("Description", "Quantity", "Price", "Amount"), strict=True):
            yield x, 280, text, 10
        for row, line in enumerate(bill.lines):
            for x, text in zip(columns, line, strict=True):
                yield x, 300 + 15 * row, text, 10
    sums = [("Subtotal", bill.untaxed), (f"VAT {bill.rate} %", bill.tax), ("Total", bill.total)]
    for place, (label, value) in enumerate(sums):
        yield LABELS, 500 + 15 * place, label, 10
        yield VALUES, 500 + 15 * place, f"{value} {bill.currency}", 10
    if bill.remark:
        yield LEFT, 600, bill.remark, 10
    feet = [f"VAT ID {bill.vat}" if bill.vat else "", f"IBAN {bill.iban}" if bill.iban else ""]
    yield LEFT, 780, "   ".join(filter(None, feet)), 8
