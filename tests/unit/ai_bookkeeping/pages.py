"""Small bills drawn for the tests."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HEIGHT = A4[1]


def pdf(*pages, encrypt=None):
    """Return a PDF; a page is a list of (x, y from the top, text[, size[, colour]])."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt)
    for page in pages:
        for x, y, text, *more in page:
            canvas.setFont("Helvetica", more[0] if more else 10)
            canvas.setFillGray(more[1] if len(more) > 1 else 0)
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


HEAD = [
    (50, 50, "Nordlicht GmbH", 16),
    (50, 70, "Hafenweg 3, 20095 Hamburg"),
    (50, 130, "Azure Interior"),
    (50, 145, "Parkallee 9"),
]
FOOT = [(50, 780, "USt-IdNr. DE136695976   IBAN DE02 1203 0000 0000 2020 51", 8)]
NUMBERS = [
    (350, 180, "Rechnungsnummer:"), (460, 180, "RE-2024-0815"),
    (350, 195, "Kundennummer:"), (460, 195, "77001"),
    (350, 210, "Rechnungsdatum:"), (460, 210, "04.03.2024"),
    (350, 225, "Lieferdatum:"), (460, 225, "01.03.2024"),
    (350, 240, "Zahlbar bis:"), (460, 240, "03.04.2024"),
]  # fmt: skip
SUMS = [
    (350, 500, "Nettobetrag"), (480, 500, "1.200,00 EUR"),
    (350, 515, "MwSt. 19 %"), (480, 515, "228,00 EUR"),
    (350, 530, "Gesamtbetrag"), (480, 530, "1.428,00 EUR"),
]  # fmt: skip
BILL = [*HEAD, *NUMBERS, *SUMS, *FOOT]
