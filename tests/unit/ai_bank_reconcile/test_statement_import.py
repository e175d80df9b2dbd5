"""What is booked already, what continues the books, and files that are no table."""

import datetime
import io
import zipfile
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from odoo.addons.ai_bank_reconcile.engine.statement_columns import header_key
from odoo.addons.ai_bank_reconcile.engine.statement_duplicates import Booked, find_duplicates
from odoo.addons.ai_bank_reconcile.engine.statement_file import (
    FileError,
    StatementRow,
    fingerprints,
    guess_mapping,
    parse,
    read_table,
)
from odoo.addons.ai_bank_reconcile.engine.statement_gaps import Before, continuity

DAY = datetime.date(2026, 3, 2)
IBAN = "DE89370400440532013000"


def row(label="", partner="", account="", amount="10.00", reference="", date=DAY):
    return StatementRow(2, date, Decimal(amount), label, partner, account, "EUR", None, reference)


def booked(label="", partner="", account="", amount="10.00", reference="", date=DAY, marks=()):
    return Booked(date, Decimal(amount), label, partner, account, reference, frozenset(marks))


def found(rows, lines):
    return find_duplicates(rows, [[mark] for mark in fingerprints(rows)], lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("INV/2026/00012 Danke", "Azure Interior", IBAN), booked("INV/2026/00012 Danke")),
        (row("Rent", "Landlord"), booked("RENT", "LANDLORD LLC")),
        (row("Card 4711 Coffee Corner"), booked("COFFEE CORNER")),
        (row("Überweisung Müller", account=IBAN), booked("MUELLER", account="DE89 3704 0044 "
         "0532 0130 00")),
        (row("Salary", account="0532013000"), booked("Lohn März", account=IBAN)),
        (row("SEPA Lastschrift Telefonrechnung"), booked("Telefonrechnung", "TELEKOM AG")),
        (row("INV12 thanks", reference="E2E-998877"), booked("INV12 thanks", reference="435005")),
    ],
)  # fmt: skip
def test_the_same_transaction_in_another_format(one, other):
    assert found([one], [other]).known == {0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("INV/2026/00012"), booked("INV/2026/00013")),
        (row("Salary March", "Anna Berg"), booked("Salary March", "Bert Tal")),
        (row("Fee", account=IBAN), booked("Fee", account="DE02120300000000202051")),
        (row("Coffee"), booked("Bakery")),
        (row("Coffee"), booked("Coffee", date=DAY + datetime.timedelta(1))),
        (row("Coffee"), booked("Coffee", amount="-10.00")),
        (row("Coffee"), booked("/")),
    ],
)
def test_another_transaction_of_the_day(one, other):
    assert not found([one], [other]).known


def test_of_same_day_and_amount_with_another_text_is_told():
    assert found([row("Coffee")], [booked("Bakery")]).alike == {0}
    assert not found([row("Coffee")], [booked("Bakery", amount="9.00")]).alike


@given(st.integers(0, 6), st.integers(0, 6))
def test_look_alikes_are_counted(there, in_file):
    """Each booked line answers for one row: the others are new."""
    duplicates = found([row("Coffee")] * in_file, [booked("COFFEE")] * there)
    assert len(duplicates.known) == min(there, in_file)


def test_each_row_finds_its_best_line():
    rows = [row("Transfer Anna"), row("Transfer Anna Berg")]
    lines = [booked("Transfer Anna Berg"), booked("Transfer Anna")]
    assert found(rows, lines).known == {0, 1}
    assert found(rows[1:], lines).known == {0}


def test_a_mark_decides_and_its_line_answers_for_no_other_row():
    rows = [row("Coffee"), row("Coffee")]
    lines = [booked("changed by hand", marks=[fingerprints(rows)[0]])]
    assert found(rows, lines).known == {0}
    lines = [booked("Coffee", marks=[fingerprints(rows)[0]])]
    assert found(rows, lines).known == {0}


def test_ten_thousand_rows_of_one_day_and_amount():
    """A toll road or a fund: many equal lines are no reason to wait."""
    rows = [row(f"Toll {at % 50}") for at in range(10_000)]
    lines = [booked(f"TOLL {at % 50}") for at in range(5_000)]
    started = perf_counter()
    assert len(found(rows, lines).known) == 5_000
    assert perf_counter() - started < 5


def test_balances_that_follow_need_no_question():
    quiet = Before(datetime.date(2026, 1, 2), "January", Decimal("100.00"))
    assert continuity(DAY, Decimal("100.00"), quiet) is None
    assert continuity(DAY, Decimal("100.00"), None) is None


def test_a_jump_of_the_balance_is_told():
    doubt = continuity(DAY, Decimal("120.00"), Before(DAY, "February", Decimal("100.00")))
    assert (doubt.code, doubt.params["difference"]) == ("balance_jump", Decimal("20.00"))


def test_days_without_lines_are_told_where_no_balance_helps():
    before = Before(DAY - datetime.timedelta(9), "", None)
    assert continuity(DAY, Decimal("120.00"), before).params["days"] == 8
    assert continuity(DAY, None, Before(DAY - datetime.timedelta(3))) is None


def test_headings_tell_a_layout():
    assert header_key(["Date", "Amount"]) == header_key(["date ", "AMOUNT"])
    assert header_key(["Date", "Amount"]) != header_key(["Amount", "Date"])
    assert header_key(["№", "Amount"]) != header_key(["§", "Amount"])


# ----------------------------------------------------------------------
# Files as they come
# ----------------------------------------------------------------------

PLAIN = "Date;Description;Amount\n2026-03-02;Café;1.234,56\n2026-03-03;Rent;-850,00\n"


def read(content, filename="bank.csv"):
    table = read_table(filename, content)
    if isinstance(table, FileError):
        return table
    mapping = guess_mapping(table.headers, [line.cells for line in table.rows])
    return parse(table, mapping)


def amounts(content, filename="bank.csv"):
    statement = read(content, filename)
    assert not isinstance(statement, FileError), statement
    assert not statement.errors, statement.errors
    return [str(line.amount) for line in statement.lines]


def spreadsheet(rows, prepare=None):
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    if prepare:
        prepare(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]
)
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_encodings_and_delimiters(encoding, delimiter):
    content = PLAIN.replace(";", delimiter).encode(encoding)
    assert amounts(content) == ["1234.56", "-850.00"]
    assert read(content).lines[0].label == "Café"


@pytest.mark.parametrize(
    "last",
    [
        "Total;;384,56",
        ";Summe;384,56",
        ";;384,56;Total",
        "31.03.2026;Endsaldo;",
        "Endsaldo 31.03.2026;;",
    ],
)
def test_totals_below_the_lines_are_no_lines(last):
    lines = "Date;Description;Amount\n22.03.2026;Café;1.234,56\n23.03.2026;Rent;-850,00\n"
    assert amounts(f"{lines}{last}\n".encode()) == ["1234.56", "-850.00"]


def test_a_payment_named_total_is_a_line():
    assert amounts(b"Date;Description;Amount\n2026-03-02;Total Energies;-50.00\n") == ["-50.00"]


def test_thousands_and_signs():
    text = 'Date,Description,Paid out,Paid in\n2026-03-02,A,"1,234.50",\n2026-03-03,B,,(12.00)\n'
    assert read(text.encode()).lines[0].amount == Decimal("-1234.50")
    text = "Datum;Text;Betrag;S/H\n22.03.2026;A;1'234,50;S\n23.03.2026;B;7,00;H\n"
    assert amounts(text.encode()) == ["-1234.50", "7.00"]


def test_merged_cells_above_the_table():
    rows = [["Statement of March"], [None], ["Date", "Description", "Amount"], [DAY, "One", 10.5]]
    content = spreadsheet(rows, lambda sheet: sheet.merge_cells("A1:C2"))
    assert amounts(content, "bank.xlsx") == ["10.5"]


def test_formulas_without_values_are_told():
    """A program that never calculated leaves the cells empty for a reader."""
    content = spreadsheet([["Date", "Description", "Amount"], [DAY, "One", "=5+5"]])
    assert read(content, "bank.xlsx").errors[0].code == "amount_missing"


def test_three_hundred_columns():
    heads = ["Date", "Description", "Amount", *(f"Field {at}" for at in range(300))]
    values = ["2026-03-02", "One", "10.00", *("x" for _at in range(300))]
    assert amounts(f"{';'.join(heads)}\n{';'.join(values)}\n".encode()) == ["10.00"]
    assert amounts(spreadsheet([heads, values]), "bank.xlsx") == ["10.00"]


def test_a_spreadsheet_that_unpacks_to_gigabytes_is_refused_at_once():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 130_000_000)
    started = perf_counter()
    assert read(file.getvalue(), "bank.xlsx").code == "too_large"
    assert perf_counter() - started < 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_text"),
        (bytes(range(1, 256)) * 20, "not_text"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected"),
        (b"\xd0\xcf\x11\xe0rest", "old_excel"),
        (b"PK\x03\x04rest", "broken_spreadsheet"),
    ],
)
def test_what_is_no_file_of_a_bank(content, code):
    assert read(content).code == code


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">',
         "CAMT"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n<OFX><SIGNONMSGSRSV1>", "OFX"),
        (b"!Type:Bank\nD03/02'26\nT10.00\n^", "QIF"),
        (b":20:0000001\n:25:12345678/0532013000\n:28C:1/1\n", "MT940"),
        (b"%PDF-1.4 rest", "PDF"),
        (b"<!DOCTYPE html><html>Please log in, then, download</html>", "HTML"),
        (b"<?xml version='1.0'?><root/>", "XML"),
    ],
)  # fmt: skip
def test_other_formats_are_named(content, name):
    error = read(content)
    assert (error.code, error.params) == ("other_format", {"format": name})
