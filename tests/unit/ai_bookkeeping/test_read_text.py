"""What is read off the text of a PDF, and what is left alone."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.ai_bookkeeping.engine.bill_draft import FIELDS
from odoo.addons.ai_bookkeeping.engine.extract import extract

from tests.unit.ai_bookkeeping.pages import BILL, FOOT, HEAD, NUMBERS, SUMS, pdf


def values(draft):
    return {name: getattr(draft, name).value for name in FIELDS}


def test_every_field_of_a_plain_bill_is_read_with_its_place():
    draft = extract(pdf(BILL), "scan.pdf")
    assert values(draft) == {
        "vendor_name": "Nordlicht GmbH",
        "vendor_vat": "DE136695976",
        "vendor_iban": "DE02120300000000202051",
        "reference": "RE-2024-0815",
        "date": date(2024, 3, 4),
        "due_date": date(2024, 4, 3),
        "currency": "EUR",
        "untaxed": Decimal("1200.00"),
        "tax": Decimal("228.00"),
        "total": Decimal("1428.00"),
    }
    assert draft.source == "text" and draft.pages == 1 and not draft.problems
    box = draft.total.box
    assert box.page == 1 and 0.75 < box.x0 < box.x1 < 1 and 0.6 < box.top < box.bottom < 0.66
    assert draft.total.sure and draft.untaxed.sure and draft.tax.sure
    assert [(row.rate, row.tax) for row in draft.taxes] == [(Decimal(19), Decimal("228.00"))]


def test_own_vat_id_is_never_the_vendors():
    page = [*HEAD, *NUMBERS, *SUMS, (50, 780, "USt-IdNr. DE136695976")]
    draft = extract(pdf(page), "x.pdf", own_vats=["DE136695976"])
    assert draft.vendor_vat.value is None


def test_amount_still_due_after_a_deposit_is_not_the_total():
    page = [*HEAD, *NUMBERS, *SUMS, (350, 545, "Abzgl. Anzahlung"), (480, 545, "-428,00 EUR"),
            (350, 560, "Noch zu zahlen"), (480, 560, "1.000,00 EUR"), *FOOT]  # fmt: skip
    assert extract(pdf(page), "x.pdf").total.value == Decimal("1428.00")


def test_end_of_cash_discount_is_not_the_due_date():
    page = [*HEAD, *NUMBERS[:-2], *SUMS, *FOOT,
            (50, 600, "Bei Zahlung bis 11.03.2024 gewähren wir 2 % Skonto."),
            (50, 615, "Zahlbar ohne Abzug bis 03.04.2024.")]  # fmt: skip
    assert extract(pdf(page), "x.pdf").due_date.value == date(2024, 4, 3)


def test_terms_in_days_give_a_due_date_that_is_never_sure():
    page = [*HEAD, *NUMBERS[:-2], *SUMS, *FOOT, (50, 600, "Zahlbar innerhalb von 14 Tagen.")]
    due = extract(pdf(page), "x.pdf").due_date
    assert due.value == date(2024, 3, 18) and not due.sure


@pytest.mark.parametrize("minus", ["-", ""])
def test_credit_note_has_positive_amounts_and_says_so(minus):
    page = [
        *HEAD, (50, 170, "Gutschrift", 18), (350, 180, "Gutschrift Nr. G-4711"),
        (350, 195, "Datum: 04.03.2024"), (350, 210, "Zu Rechnung: RE-2024-0700"),
        *[(x, y, text if x < 480 else minus + text) for x, y, text in SUMS], *FOOT,
    ]  # fmt: skip
    draft = extract(pdf(page), "x.pdf")
    assert draft.is_credit_note
    assert draft.reference.value == "G-4711"
    assert (draft.untaxed.value, draft.total.value) == (Decimal("1200.00"), Decimal("1428.00"))


def test_totals_on_the_last_page_win_over_carried_sums():
    first = [*HEAD, *NUMBERS, (350, 700, "Übertrag"), (480, 700, "900,00 EUR"), *FOOT]
    draft = extract(pdf(first, [*SUMS, *FOOT]), "x.pdf")
    assert draft.total.value == Decimal("1428.00") and draft.total.box.page == 2


def test_taxes_of_two_rates_are_summed():
    page = [
        *HEAD, *NUMBERS, *FOOT,
        (350, 500, "Nettobetrag"), (480, 500, "300,00 EUR"),
        (350, 515, "MwSt. 19 %"), (480, 515, "38,00 EUR"),
        (350, 530, "MwSt. 7 %"), (480, 530, "7,00 EUR"),
        (350, 545, "Gesamtbetrag"), (480, 545, "345,00 EUR"),
    ]  # fmt: skip
    draft = extract(pdf(page), "x.pdf")
    assert draft.tax.value == Decimal("45.00")
    assert [row.rate for row in draft.taxes] == [Decimal(19), Decimal(7)]


def test_order_and_customer_numbers_are_not_the_bills_number():
    page = [*HEAD, *SUMS, *FOOT, (350, 180, "Bestellnummer: 4500123456"),
            (350, 195, "Kundennummer: 77001"), (350, 210, "Lieferschein-Nr.: L-9")]  # fmt: skip
    draft = extract(pdf(page), "x.pdf")
    assert draft.reference.value is None
    assert draft.order_numbers == ["4500123456"]


def test_order_of_day_and_month_is_decided_once():
    def bill(other):
        return pdf([
            (50, 50, "Blue Harbor Inc."), (50, 65, "12 Oak Avenue, Austin, TX 78701"),
            (350, 100, "Invoice Number: 1042"), (350, 115, "Invoice Date: 03/04/2024"),
            (350, 130, f"Due Date: {other}"), (350, 145, "Total: $120.00"),
        ])  # fmt: skip

    assert extract(bill("04/18/2024"), "x.pdf").date.value == date(2024, 3, 4)
    assert extract(bill("18/04/2024"), "x.pdf").date.value == date(2024, 4, 3)
    open_one = extract(bill("05/06/2024"), "x.pdf").date
    assert open_one.value == date(2024, 3, 4) and not open_one.sure


def test_hidden_text_is_flagged_and_not_read():
    page = [*BILL, (350, 560, "Gesamtbetrag 9.999,00 EUR", 10, 1),
            (50, 600, "Rechnungsnummer: FALSCH-1", 1)]  # fmt: skip
    draft = extract(pdf(page), "x.pdf")
    assert [problem.code for problem in draft.problems] == ["hidden_text"]
    assert "9.999,00" in draft.problems[0].message
    assert "9.999" not in draft.text and "FALSCH" not in draft.text
    assert draft.total.value == Decimal("1428.00")


def test_white_letters_on_a_dark_ground_are_read():
    import io

    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFillGray(0.1)
    canvas.rect(40, 690, 400, 30, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(50, 700, "Invoice Number: WH-2024-77 of the house")
    canvas.setFillGray(0)
    canvas.drawString(50, 650, "Invoice Date: 5 March 2024 and some more words to read here")
    canvas.save()
    draft = extract(file.getvalue(), "x.pdf")
    assert draft.reference.value == "WH-2024-77" and not draft.problems


def test_lines_carry_quantity_price_and_amount():
    page = [
        *BILL,
        (50, 300, "Bezeichnung"), (250, 300, "Menge"), (350, 300, "Einzelpreis"),
        (480, 300, "Betrag"),
        (50, 315, "Bürostuhl"), (250, 315, "3"), (350, 315, "400,00"), (480, 315, "1.200,00"),
    ]  # fmt: skip
    [line] = extract(pdf(page), "x.pdf").lines
    assert (line.description, line.quantity, line.price, line.amount) == (
        "Bürostuhl", Decimal(3), Decimal("400.00"), Decimal("1200.00"),
    )  # fmt: skip
