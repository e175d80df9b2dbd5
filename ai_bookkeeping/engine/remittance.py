"""Read a remittance advice: which documents a payment is for, with what was deducted.

A PDF, a table or the text of a mail; all of them become rows of cells with a place, so that one
reader serves them. Nothing is raised for bad files: problems are values.
"""

import datetime
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents import limits, ocr, pdf_words
from odoo.addons.ai_finance_engine.documents.layout import Page, fold
from odoo.addons.ai_finance_engine.documents.limits import UnreadableDocument
from odoo.addons.ai_finance_engine.money import guess_decimal_separator, parse_amount
from odoo.addons.ai_finance_engine.references import accounts_in

from . import remittance_labels as labels
from .dates import find_dates, is_month_first
from .extract import kind_of, turned_upright

MOST_ROWS = 2_000
MOST_TEXT = 400_000  # signs of a mail
LONGEST = 120  # signs of a payer's name
_CENTS = re.compile(r"[.,]\d{2}\b|[.,]\d{2}-")
_NUMBER = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9/_.#-]{2,34}")
_GAP = re.compile(r"\t+| {2,}|\s*[|;]\s*")

Value = str | datetime.date | Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row and where it stands; in a table by column, on a page in its unit."""

    value: Value
    left: float
    right: float

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else str(self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """A document that was paid.

    :param numbers: the document's number, then further ones of the row
    :param gross: what the document asks for; negative for a credit note
    :param deduction: what was not paid of it, positive
    :param paid: what this payment pays of it
    """

    numbers: tuple[str, ...]
    paid: Decimal
    gross: Decimal | None = None
    deduction: Decimal | None = None
    date: datetime.date | None = None


@dataclass(slots=True)
class Remittance:
    """What a remittance advice says; ``problems`` are codes with a detail."""

    rows: list[Row] = field(default_factory=list)
    total: Decimal | None = None
    payer: str = ""
    account: str = ""
    reference: str = ""
    date: datetime.date | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sum(self) -> Decimal:
        return sum((row.paid for row in self.rows), Decimal(0))

    @property
    def is_proven(self) -> bool:
        """Whether the rows add up to the printed total."""
        return bool(self.rows) and self.total is not None and self.sum == self.total


def read_file(content: bytes) -> Remittance:
    """Return what a PDF or picture says; one that cannot be read gives a problem."""
    try:
        pages = _pages(content)
    except UnreadableDocument as error:
        return Remittance(problems=[(error.code, error.detail)])
    except (ValueError, KeyError, IndexError, OSError, RuntimeError, MemoryError, ArithmeticError,
            TypeError, AttributeError, RecursionError) as error:  # fmt: skip
        return Remittance(problems=[("broken_file", type(error).__name__)])
    return _read([row for page in pages for row in _page_rows(page)])


def read_text(text: str) -> Remittance:
    """Return what the text of a mail says."""
    rows = []
    for line in text[:MOST_TEXT].splitlines():
        cells, start = [], 0
        for gap in [*_GAP.finditer(line), None]:
            end = gap.start() if gap else len(line)
            if line[start:end].strip():
                cells.append(Cell(line[start:end].strip(), start, end))
            start = gap.end() if gap else end
        rows.append(cells)
    return _read(rows)


def read_cells(rows: Iterable[Sequence[Value]]) -> Remittance:
    """Return what the rows of a table (CSV, spreadsheet) say."""
    return _read(
        [
            [Cell(value, place, place) for place, value in enumerate(row) if value != ""]
            for row in rows
        ]
    )


def _pages(content: bytes) -> list[Page]:
    if not content or not content.strip():
        raise UnreadableDocument("empty")
    if len(content) > limits.MAX_BYTES:
        raise UnreadableDocument("too_large", f"{len(content):,} bytes")
    kind = kind_of(content)
    if kind == "picture":
        return [turned_upright(ocr.sized(ocr.open_picture(content)))[1]]
    if kind != "pdf":
        raise UnreadableDocument("unknown_kind")
    until = time.monotonic() + limits.TOTAL_SECONDS
    document = pdf_words.open_pdf(content)
    try:
        text = pdf_words.read_pdf(document, until)
        pages = [page for page in text.pages if page.number not in text.pictures]
        for number in [] if pages else text.pictures[: limits.MAX_OCR_PAGES]:
            if time.monotonic() < until:
                pages.append(turned_upright(pdf_words.render(document, number), number)[1])
    finally:
        pdf_words.close(document)
    if not any(page.lines for page in pages):
        raise UnreadableDocument("no_text")
    return pages


def _page_rows(page: Page) -> Iterable[list[Cell]]:
    for line in page.lines:
        cells: list[Cell] = []
        for word in line.words:
            near = cells and word.x0 - cells[-1].right < 0.7 * max(word.height, 1)
            if near:
                cells[-1] = Cell(f"{cells[-1].text} {word.text}", cells[-1].left, word.x1)
            else:
                cells.append(Cell(word.text, word.x0, word.x1))
        yield cells


# --- rows of cells ----------------------------------------------------------------------------


class _Reader:
    """Reads the values of one document; how it writes amounts and dates is decided once."""

    def __init__(self, rows: list[list[Cell]]):
        texts = [cell.text for row in rows for cell in row]
        self.mark = guess_decimal_separator(text for text in texts if _CENTS.search(text))
        dates = [one for text in texts for one in find_dates(text)]
        self.month_first = is_month_first(dates, default=False)

    def amount(self, cell: Cell) -> Decimal | None:
        """Return the amount that a cell is as a whole."""
        if isinstance(cell.value, Decimal):
            return cell.value.quantize(Decimal("0.01"))
        if isinstance(cell.value, datetime.date):
            return None
        found = parse_amount(cell.value, self.mark)
        return found.quantize(Decimal("0.01")) if isinstance(found, Decimal) else None

    def money(self, cell: Cell) -> Decimal | None:
        """Return the amount of a cell that shows cents: nobody writes numbers of documents so."""
        if isinstance(cell.value, Decimal) or _CENTS.search(cell.text):
            return self.amount(cell)
        return None

    def date(self, cell: Cell) -> datetime.date | None:
        """Return the date in a cell."""
        if isinstance(cell.value, datetime.date):
            return cell.value
        found = find_dates(cell.text)
        return found[0].in_order(self.month_first) if found else None


def _read(rows: list[list[Cell]]) -> Remittance:
    rows = [row for row in rows if row]
    reader, result = _Reader(rows), Remittance()
    heading: dict[str, list[Cell]] = {}
    totals: list[Decimal] = []
    for cells in rows:
        found = _heading(cells)
        if found:
            heading = found
            continue
        text = fold(" ".join(cell.text for cell in cells))
        _facts(result, reader, cells, text)
        if labels.is_total(text):
            amounts = [one for cell in cells if (one := reader.money(cell)) is not None]
            column = _column(heading, cells, "paid") if heading else None
            paid = reader.money(column) if column else None
            totals += [paid if paid is not None else amounts[-1]] if amounts else []
            continue
        row = _row(reader, heading, cells, result) if heading else _loose(reader, cells)
        if row and len(result.rows) < MOST_ROWS:
            result.rows.append(row)
    return _checked(result, rows, totals)


def _heading(cells: list[Cell]) -> dict[str, list[Cell]]:
    """Return the columns by kind where the row is a heading: a number and an amount at least."""
    kinds: dict[str, list[Cell]] = {}
    for cell in cells:
        kind = labels.kind_of(cell.text)
        if kind:
            kinds.setdefault(kind, []).append(cell)
    amounts = {"paid", "gross"} & kinds.keys()
    if not ("number" in kinds and amounts) or len(kinds) * 2 < len(cells):
        return {}
    if "paid" not in kinds:
        kinds["paid"] = kinds.pop("gross")
    return kinds


def _column(heading: dict[str, list[Cell]], cells: list[Cell], kind: str) -> Cell | None:
    """Return the cell that stands under a heading of ``kind`` and under no other one nearer."""
    every = [(one, name) for name, several in heading.items() for one in several]
    best = None
    for cell in cells:
        head, name = min(every, key=lambda pair: _apart(pair[0], cell))
        if name == kind and (best is None or _apart(head, cell) < best[0]):
            best = (_apart(head, cell), cell)
    return best[1] if best else None


def _apart(head: Cell, cell: Cell) -> float:
    """How far two cells are apart: by their edges or middles, whichever are aligned."""
    middles = abs(head.left + head.right - cell.left - cell.right) / 2
    return min(abs(head.left - cell.left), abs(head.right - cell.right), middles)


def _row(reader: _Reader, heading, cells: list[Cell], result: Remittance) -> Row | None:
    """Return the document of a row under a heading."""
    place = {kind: _column(heading, cells, kind) for kind in heading}
    values = {
        kind: reader.amount(cell)
        for kind in ("paid", "gross", "deduction")
        if (cell := place.get(kind))
    }
    number = place.get("number")
    if not number or not re.search(r"\d", number.text) or values.get("paid") is None:
        paid = _from_parts(values)
        if not number or paid is None or not re.search(r"\d", number.text):
            return None
        values["paid"] = paid
    numbers = _numbers([number]) or (number.text[:35],)
    others = [cell for cell in cells if cell is not number and reader.money(cell) is None]
    when = reader.date(place["date"]) if place.get("date") else None
    more = tuple(one for one in _numbers(others) if one not in numbers and not find_dates(one))
    row = Row((*numbers, *more)[:4], values["paid"], date=when)
    return _with_parts(row, values.get("gross"), values.get("deduction"), result)


def _from_parts(values: dict) -> Decimal | None:
    gross = values.get("gross")
    if gross is None:
        return None
    return gross - abs(values.get("deduction") or Decimal(0)) * (-1 if gross < 0 else 1)


def _with_parts(row: Row, gross, deduction, result: Remittance) -> Row:
    """Complete what was deducted; say where the three amounts of a row contradict each other."""
    if gross is None:
        gross = row.paid + deduction if deduction else None
    if gross is None:
        return row
    missing = abs(gross) - abs(row.paid)
    if deduction is not None and abs(deduction) != abs(missing):
        result.problems.append(("row_arithmetic", row.numbers[0]))
    return replace(row, gross=gross, deduction=missing)


def _loose(reader: _Reader, cells: list[Cell]) -> Row | None:
    """Return the document of a row without a heading: a number, and amounts with cents."""
    pieces = [
        Cell(word, cell.left, cell.right)
        for cell in cells
        for word in ([cell.value] if not isinstance(cell.value, str) else cell.text.split())
    ]
    amounts = [one for cell in pieces if (one := reader.money(cell)) is not None]
    others = [cell for cell in pieces if reader.money(cell) is None and not reader.date(cell)]
    numbers = _numbers(others)
    if not numbers or not 1 <= len(amounts) <= 4:
        return None
    if accounts_in(" ".join(cell.text for cell in cells)):
        return None
    when = next((one for cell in cells if (one := reader.date(cell))), None)
    if len(amounts) == 3 and abs(abs(amounts[0]) - abs(amounts[1])) == abs(amounts[2]):
        gross, deduction, paid = amounts
        return Row(numbers, paid, gross, abs(deduction), when)
    return Row(numbers, amounts[-1], date=when)


def _numbers(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return what may be the number of a document, the longest digits first."""
    found = [
        match[0].rstrip(".-/_#")
        for cell in cells
        if isinstance(cell.value, str)
        for match in _NUMBER.finditer(cell.text)
    ]
    found += [f"{cell.value:f}" for cell in cells if isinstance(cell.value, Decimal)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: -sum(map(str.isdigit, one))))[:4]


# --- what is said of the payment as a whole ---------------------------------------------------


def _facts(result: Remittance, reader: _Reader, cells: list[Cell], text: str) -> None:
    joined = " ".join(cell.text for cell in cells)
    payer = labels.PAYER.match(text)
    if payer and not result.payer:
        result.payer = joined[payer.end() :].strip()[:LONGEST]
    reference = labels.REFERENCE.search(text)
    if reference and not result.reference and len(text) == len(joined):
        result.reference = joined[reference.start(1) : reference.end(1)]
    if labels.PAYMENT_DATE.search(text) and result.date is None:
        found = find_dates(joined)
        result.date = found[0].in_order(reader.month_first) if found else None
        whole = next((cell.value for cell in cells if isinstance(cell.value, datetime.date)), None)
        result.date = result.date or whole
    accounts = accounts_in(joined)
    if accounts and not result.account:
        result.account = accounts[0]


def _checked(result: Remittance, rows: list[list[Cell]], totals: list[Decimal]) -> Remittance:
    """Choose the total and say what does not add up."""
    if not result.payer and rows and result.rows:
        first = rows[0][0].text
        result.payer = "" if re.search(r"\d{2}", first) else first[:LONGEST]
    if not result.rows:
        result.problems.append(("no_rows", ""))
        return result
    if not totals:
        result.problems.append(("no_total", ""))
        return result
    result.total = result.sum if result.sum in totals else totals[-1]
    if result.sum != result.total:
        result.problems.append(("sum_differs", f"{result.sum} / {result.total}"))
    return result
