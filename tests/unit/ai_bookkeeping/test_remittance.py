"""Remittance advices: rows, deductions, totals in several layouts, and what they pay."""

import datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bookkeeping.engine import remittance
from odoo.addons.ai_bookkeeping.engine.remittance_match import OpenDocument, allocate

from tests.unit.ai_bookkeeping.pages import pdf

DAY = datetime.date(2026, 11, 10)
GERMAN = [
    (50, 60, "Wood Corner GmbH", 16),
    (50, 110, "Zahlungsavis"),
    (50, 130, "Zahlungsreferenz: ZA-2026-118"),
    (50, 145, "Zahlungsdatum: 10.11.2026"),
    (50, 160, "IBAN DE02 1203 0000 0000 2020 51"),
    (50, 200, "Belegnummer"), (190, 200, "Datum"), (290, 200, "Brutto"), (370, 200, "Skonto"),
    (450, 200, "Zahlbetrag"),
    (50, 220, "INV/2026/00012"), (190, 220, "01.11.2026"), (280, 220, "1.250,00"),
    (375, 220, "25,00"), (450, 220, "1.225,00"),
    (50, 236, "INV/2026/00015"), (190, 236, "03.11.2026"), (290, 236, "310,50"),
    (380, 236, "0,00"), (460, 236, "310,50"),
    (50, 252, "RINV/2026/00003"), (190, 252, "04.11.2026"), (286, 252, "-50,00"),
    (380, 252, "0,00"), (460, 252, "-50,00"),
    (50, 280, "Gesamtbetrag"), (450, 280, "1.485,50"),
]  # fmt: skip


def numbers(found):
    return [(row.numbers[0], row.paid) for row in found.rows]


def test_a_german_pdf():
    found = remittance.read_file(pdf(GERMAN))
    assert numbers(found) == [
        ("INV/2026/00012", D("1225.00")),
        ("INV/2026/00015", D("310.50")),
        ("RINV/2026/00003", D("-50.00")),
    ]
    assert (found.rows[0].gross, found.rows[0].deduction) == (D("1250.00"), D("25.00"))
    assert found.rows[0].date == datetime.date(2026, 11, 1)
    assert (found.total, found.is_proven, found.problems) == (D("1485.50"), True, [])
    assert (found.payer, found.reference) == ("Wood Corner GmbH", "ZA-2026-118")
    assert found.account == "DE02120300000000202051"
    assert found.date == DAY


@pytest.mark.parametrize(
    "head",
    [
        ("Invoice no.", "Invoice date", "Gross amount", "Discount", "Amount paid"),
        ("Numéro de facture", "Date facture", "Montant brut", "Escompte", "Montant payé"),
        ("Factuurnummer", "Factuurdatum", "Bruto", "Korting", "Betaald bedrag"),
        ("Número de factura", "Fecha", "Importe bruto", "Descuento", "Importe pagado"),
        ("Numero fattura", "Data fattura", "Importo lordo", "Sconto", "Importo pagato"),
    ],
)
def test_tables_in_six_languages(head):
    rows = [
        head,
        ("INV/2026/00012", datetime.date(2026, 11, 1), D("1250"), D("25"), D("1225")),
        ("INV/2026/00015", "2026-11-03", "310.50", "", "310.50"),
        ("Total", "", "", "", D("1535.5")),
    ]
    found = remittance.read_cells(rows)
    assert numbers(found) == [("INV/2026/00012", D("1225")), ("INV/2026/00015", D("310.50"))]
    assert found.is_proven
    assert not found.problems


def test_the_text_of_a_mail():
    found = remittance.read_text(
        "Dear Sirs,\n\nwe paid today by bank transfer:\n"
        "INV/2026/00012   01/11/2026   1,250.00   25.00   1,225.00\n"
        "INV/2026/00015   03/11/2026     310.50\n\n"
        "Total paid: EUR   1,535.50\nPayment reference: PAY-77\nRegards\n"
    )
    assert numbers(found) == [("INV/2026/00012", D("1225.00")), ("INV/2026/00015", D("310.50"))]
    assert found.rows[0].deduction == D("25.00")
    assert found.is_proven
    assert found.reference == "PAY-77"


def test_a_sum_that_differs_is_said():
    found = remittance.read_cells(
        [("Invoice", "Amount"), ("INV/1001", "10.00"), ("Total", "12.00")]
    )
    assert found.problems == [("sum_differs", "10.00 / 12.00")]
    assert not found.is_proven


def test_a_row_that_contradicts_itself_is_said():
    found = remittance.read_cells(
        [("Invoice", "Gross", "Discount", "Paid"), ("INV/1001", "10.00", "3.00", "8.00"),
         ("Total", "", "", "8.00")]
    )  # fmt: skip
    assert ("row_arithmetic", "INV/1001") in found.problems


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"%PDF-1.4 nothing", "broken_file"), (b"PK\x03\x04", "unknown_kind"),
     (pdf([(50, 50, "Nothing to see here")]), "no_rows"),
     (pdf(GERMAN, encrypt="x"), "encrypted")],
)  # fmt: skip
def test_files_that_are_no_advice_say_why(content, code):
    found = remittance.read_file(content)
    assert [one for one, _detail in found.problems] == [code]
    assert not found.rows


@given(st.text(max_size=300))
def test_no_text_raises(text):
    remittance.read_text(text)


def document(number, residual, **more):
    names = (number, more.pop("reference", ""))
    return OpenDocument(sum(map(ord, number)) + len(number), D(residual), names, **more)


def rows(*pairs):
    return remittance.read_cells([("Invoice", "Paid"), *pairs]).rows


TWELVE = document("INV/2026/00012", "1250.00", partner_id=1)
FIFTEEN = document("INV/2026/00015", "310.50", partner_id=1)
CREDIT = document("RINV/2026/00003", "-50.00", partner_id=1)


def test_every_row_takes_its_document():
    found = allocate(
        rows(("INV/2026/00012", "1250.00"), ("RINV/2026/00003", "-50.00")),
        [TWELVE, FIFTEEN, CREDIT], D("1200.00"), DAY,
    )  # fmt: skip
    assert found.is_whole
    assert [(part.document, part.amount) for part in found.parts] == [
        (TWELVE, D("1250.00")), (CREDIT, D("-50.00")),
    ]  # fmt: skip


def test_a_short_payment_leaves_the_rest_open():
    found = allocate(rows(("INV/2026/00012", "1000.00")), [TWELVE], D("1000.00"), DAY)
    assert found.is_whole
    assert found.parts[0].stays_open == D("250.00")


@pytest.mark.parametrize(
    ("day", "may", "discount"),
    [(DAY, True, "25.00"), (DAY, False, "0"), (datetime.date(2026, 12, 1), True, "0")],
)
def test_a_cash_discount_in_time_pays_the_whole(day, may, discount):
    bill = document("INV/7001", "1250.00", discounted=D("1225.00"), discount_date=DAY)
    found = allocate(rows(("INV/7001", "1225.00")), [bill], D("1225.00"), day, may_discount=may)
    assert found.is_whole
    assert found.parts[0].discount == D(discount)
    assert found.parts[0].stays_open == (0 if D(discount) else D("25.00"))


def test_what_is_not_open_or_less_is_said():
    found = allocate(
        rows(("INV/2026/00099", "10.00"), ("INV/2026/00015", "400.00")), [FIFTEEN], D("410"), DAY
    )
    assert found.problems == (("not_open", "INV/2026/00099"), ("less_open", "INV/2026/00015"))


def test_a_payment_of_another_amount_is_no_match():
    found = allocate(rows(("INV/2026/00015", "310.50")), [FIFTEEN], D("310.51"), DAY)
    assert not found.is_whole


def test_the_payers_own_document_goes_before_anothers():
    mine, other = (
        document("INV/5005", "20.00", partner_id=1),
        OpenDocument(9, D("20.00"), ("INV/5005",), 2),
    )
    found = allocate(rows(("INV/5005", "20.00")), [other, mine], D("20"), DAY, partner_id=1)
    assert [part.document for part in found.parts] == [mine]
    assert not allocate(rows(("INV/5005", "20.00")), [other, mine], D("20"), DAY).parts


def test_digits_alone_name_a_document_of_the_same_amount():
    found = allocate(rows(("2026-00015", "310.50")), [TWELVE, FIFTEEN], D("310.50"), DAY)
    assert [part.document for part in found.parts] == [FIFTEEN]


@given(st.lists(st.decimals("1", "9999", places=2), min_size=1, max_size=12))
def test_parts_of_a_whole_allocation_are_the_payment(amounts):
    documents = [
        OpenDocument(index, amount, (f"INV/{1000 + index}",))
        for index, amount in enumerate(amounts)
    ]
    listed = rows(*[(f"INV/{1000 + index}", amount) for index, amount in enumerate(amounts)])
    found = allocate(listed, documents, sum(amounts), DAY)
    assert found.is_whole
    assert sum(part.amount for part in found.parts) == sum(amounts)
    assert len({part.document.id for part in found.parts}) == len(amounts)
