"""CSV dialects, spreadsheets and broken files."""

import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from odoo.addons.ai_bank_reconcile.engine import statement_table
from odoo.addons.ai_bank_reconcile.engine.statement_table import FileError, Table, read_table

HEADINGS = ("Buchungstag", "Verwendungszweck", "Betrag")
CELLS = ("12.05.2026", "Gebühr, Mai; €", "-5,00")


def csv_text(delimiter):
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in cells) for cells in (HEADINGS, CELLS))


def spreadsheet(*rows):
    workbook, buffer = Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_dialects(delimiter, encoding):
    table = read_table("bank.csv", csv_text(delimiter).encode(encoding))
    assert table.headers == HEADINGS
    assert table.delimiter == delimiter
    assert [row.cells for row in table.rows] == [CELLS]
    assert table.rows[0].number == 2


def test_unquoted_decimal_commas_do_not_hide_the_delimiter():
    table = read_table("x.csv", b"Datum;Betrag;Text\n1.2.2026;1.234,50;a, b, c\n2.2.2026;5,00;d\n")
    assert table.delimiter == ";"
    assert table.rows[0].cells == ("1.2.2026", "1.234,50", "a, b, c")


def test_preamble_blank_rows_and_row_numbers():
    text = (
        'My bank\nAccount;DE12\n\nDate;Text;Amount\n\n1.2.2026;"two\nlines";5\n;;\n2.2.2026;x;6\n'
    )
    table = read_table("x.csv", text.encode())
    assert table.headers == ("Date", "Text", "Amount")
    assert table.header_row == 4
    assert table.preamble == ("My bank", "Account DE12")
    assert [row.number for row in table.rows] == [6, 9]
    assert table.rows[0].cells[1] == "two\nlines"


def test_separator_line_of_spreadsheet_programs():
    table = read_table("x.csv", b"sep=|\nDate|Amount|Text\n1.2.2026|5,00|a;b;c;d\n")
    assert (table.delimiter, table.headers) == ("|", ("Date", "Amount", "Text"))


def test_file_without_headings():
    table = read_table("x.csv", b"12.05.2026;Rent;-900,00\n13.05.2026;x;5,00;more\n")
    assert table.headers == ("Column 1", "Column 2", "Column 3", "Column 4")
    assert table.header_row == 0
    assert len(table.rows) == 2


def test_spreadsheet_keeps_dates_and_exact_numbers():
    rows = [["My bank"], [], ["Date", "Details", "Amount"]]
    rows.append([datetime.datetime(2026, 5, 12, 10, 30), "INV 12", 0.1 + 0.2])
    rows.append([datetime.date(2026, 5, 13), 4711, -5])
    table = read_table("x.xlsx", spreadsheet(*rows))
    assert table.headers == ("Date", "Details", "Amount")
    assert table.rows[0].number == 4
    assert table.rows[0].cells == (datetime.date(2026, 5, 12), "INV 12", Decimal("0.3"))
    assert table.rows[1].cells == (datetime.date(2026, 5, 13), Decimal(4711), Decimal(-5))


def test_spreadsheet_with_absurd_numbers_is_still_read():
    table = read_table("x.xlsx", spreadsheet(["Date", "Amount"], ["1.2.2026", 1e300], ["x", True]))
    assert table.rows[0].cells[1] == "1e+300"
    assert table.rows[1].cells[1] == "True"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"PK\x03\x04junk", "broken_spreadsheet"),
        (spreadsheet(["a", "b"])[:500], "broken_spreadsheet"),
        (spreadsheet(), "empty"),
        (b"\x00\x01\x02", "not_text"),
        (b"\xff\xfe\x00", "not_text"),
        (b"\xd0\xcf\x11\xe0old", "old_excel"),
        (b"just a sentence", "no_table"),
        (b'a;"' + b"x" * 200_000, "broken_csv"),
        (b"a;b\n" * 5_000_001, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_broken_files_are_values(content, code):
    error = read_table("bank.csv", content)
    assert isinstance(error, FileError)
    assert error.code == code


def test_zip_bomb_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(statement_table, "MAX_UNPACKED", 1000)
    assert read_table("bank.xlsx", spreadsheet(["Date", "Amount"])).code == "too_large"


@given(st.one_of(st.binary(max_size=300), st.text(';,\t|"\n1.5aé', max_size=120)))
def test_never_raises(content):
    content = content if isinstance(content, bytes) else content.encode()
    for name in ("x.csv", "x.xlsx"):
        assert isinstance(read_table(name, content), Table | FileError)
