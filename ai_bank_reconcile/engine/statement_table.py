"""Read a bank's CSV or XLSX file into rows of cells, whatever its dialect.

Nothing is raised for bad bytes: what cannot be read is returned as a `FileError`.
"""

import csv
import datetime
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from .statement_columns import recognised
from .statement_formats import is_binary, is_protected, other_format, wide_encoding

Cell = str | datetime.date | Decimal
MAX_BYTES = 20_000_000
MAX_UNPACKED = 120_000_000  # a spreadsheet is a zip: refuse what unpacks to far more
MAX_ROWS = 100_000
MAX_COLUMNS = 200
LARGEST = 10**15
LOOK_AHEAD = 40  # rows in which the heading is searched
DELIMITERS = (";", ",", "\t", "|")
_VALUE = re.compile(r"^[-+(]?[0-9][0-9.,'/ -]*[)+-]?$")


@dataclass(frozen=True, slots=True)
class FileError:
    """Why a file is no table: `code` is "empty", "too_large", "not_text", "old_excel",
    "protected", "broken_spreadsheet", "no_table", "broken_csv" or "other_format"."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row and its number in the file, counted from 1 as an editor shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of a file.

    :param headers: one for each column; "Column 3" where the file has none
    :param header_row: number of the heading row, 0 if there is none
    :param preamble: rows above the heading (account, period), as text
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    preamble: tuple[str, ...] = ()


def read_table(filename: str, content: bytes) -> Table | FileError:
    """Return the table in a CSV or XLSX file.

    :param filename: only its ending matters, and only where the content leaves a doubt
    :param content: the bytes of the file
    """
    if not content.strip():
        return FileError("empty")
    if len(content) > MAX_BYTES:
        return FileError("too_large", {"megabytes": MAX_BYTES // 1_000_000})
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return FileError("protected" if is_protected(content) else "old_excel")
    if content.startswith(b"PK\x03\x04") or filename.lower().endswith((".xlsx", ".xlsm")):
        rows = _spreadsheet_rows(content)
        return rows if isinstance(rows, FileError) else _table(rows, "", "")
    found = other_format(content)
    if found:
        return FileError("other_format", {"format": found})
    decoded = _decode(content)
    if isinstance(decoded, FileError):
        return decoded
    text, encoding = decoded
    return _text_table(text, encoding)


def _decode(content: bytes) -> tuple[str, str] | FileError:
    """Return the text and its encoding; single bytes are read as Windows wrote them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif b"\x00" in content:
        encodings = (wide_encoding(content),)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in filter(None, encodings):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return FileError("not_text") if is_binary(text) else (text, encoding)
    return FileError("not_text")


def _text_table(text: str, encoding: str) -> Table | FileError:
    """Return the table under the delimiter that makes the most regular one."""
    text = text.replace("\x00", "")
    hint = text[:6].lower()
    delimiters = DELIMITERS
    if hint.startswith("sep=") and len(hint) > 4 and hint[4] in DELIMITERS:
        delimiters = (hint[4],)
    head = "\n".join(text.splitlines()[:LOOK_AHEAD])
    best = max(delimiters, key=lambda mark: _regularity(_cells(head, mark)))
    rows = _cells(text, best)
    if rows is None:
        return FileError("broken_csv")
    if rows and rows[0].cells and str(rows[0].cells[0]).lower().startswith("sep="):
        rows = rows[1:]
    if not any(len(row.cells) > 1 for row in rows):
        return FileError("no_table")
    return _table(rows, encoding, best)


def _cells(text: str, delimiter: str) -> list[Row] | None:
    """Return the rows of a text; None if it breaks the limits of the format."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    number = 1
    try:
        for cells in reader:
            cleaned = tuple(cell.strip() for cell in cells[:MAX_COLUMNS])
            if any(cleaned):
                rows.append(Row(number, cleaned))
            number = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                return None
    except csv.Error:
        return None
    return rows


def _regularity(rows: list[Row] | None) -> tuple[int, int, int, int]:
    """Return how table-like rows are: headings recognised, cells that are a whole date or
    amount, rows of the usual width, and that width."""
    widths = Counter(len(row.cells) for row in rows or () if len(row.cells) > 1)
    if not rows or not widths:
        return (0, 0, 0, 0)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    known = max((recognised(row.cells) for row in rows if len(row.cells) > 1), default=0)
    values = sum(bool(_VALUE.match(str(cell))) for row in rows for cell in row.cells)
    return (known if known >= 2 else 0, values, count, width)


def _spreadsheet_rows(content: bytes) -> list[Row] | FileError:
    """Return the rows of the first sheet that has any."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                return FileError("too_large", {"megabytes": MAX_UNPACKED // 1_000_000})
        return _read_workbook(content)
    except Exception as error:  # noqa: BLE001 the reader raises whatever its XML contains
        return FileError("broken_spreadsheet", {"detail": type(error).__name__})


def _read_workbook(content: bytes) -> list[Row] | FileError:
    from openpyxl import load_workbook  # only needed for spreadsheets, and slow to import

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # some banks write a wrong range
            rows = list(_sheet_rows(sheet))
            if len(rows) > MAX_ROWS:
                return FileError("too_large", {"rows": MAX_ROWS})
            if rows:
                return rows
    finally:
        workbook.close()
    return FileError("empty")


def _sheet_rows(sheet) -> Iterator[Row]:
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), 1):
        cells = tuple(_cell(value) for value in values)
        while cells and cells[-1] == "":
            cells = cells[:-1]
        if any(cell != "" for cell in cells):
            yield Row(number, cells)
        if number > MAX_ROWS:
            return


def _cell(value) -> Cell:
    """Return a spreadsheet value as date, exact number or text."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        # binary fractions: six decimals are more than any amount has
        number = Decimal(repr(value))
        if not number.is_finite() or abs(number) >= LARGEST:
            return str(value)
        return Decimal(f"{number:.6f}").normalize() + 0
    return str(value).strip()


def _table(rows: list[Row], encoding: str, delimiter: str) -> Table | FileError:
    """Find the heading row: the one that names the most fields, else the first full row."""
    if not rows:
        return FileError("empty")
    head = rows[:LOOK_AHEAD]
    known = [recognised([cell for cell in row.cells if isinstance(cell, str)]) for row in head]
    best = max(range(len(head)), key=lambda position: (known[position], -position))
    width = max(len(row.cells) for row in rows)
    if known[best] < 2:
        first = next((at for at, row in enumerate(head) if _filled(row) > 1), 0)
        if any(_looks_like_data(cell) for cell in head[first].cells):
            headers = tuple(f"Column {column}" for column in range(1, width + 1))
            above = tuple(_as_text(row) for row in rows[:first])
            return Table(headers, tuple(rows[first:]), 0, encoding, delimiter, above)
        best = first
    headers = tuple(str(cell) for cell in head[best].cells)
    headers += tuple(f"Column {column}" for column in range(len(headers) + 1, width + 1))
    above = tuple(_as_text(row) for row in rows[:best])
    return Table(headers, tuple(rows[best + 1 :]), head[best].number, encoding, delimiter, above)


def _filled(row: Row) -> int:
    return sum(cell != "" for cell in row.cells)


def _looks_like_data(cell: Cell) -> bool:
    """Tell whether a cell is a date or an amount rather than a heading."""
    if not isinstance(cell, str):
        return True
    digits = sum(char.isdigit() for char in cell)
    return digits >= 3 and digits * 2 >= len(cell)


def _as_text(row: Row) -> str:
    return " ".join(str(cell) for cell in row.cells if cell != "")
