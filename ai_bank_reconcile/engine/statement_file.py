"""Turn a bank's table into statement rows with exact amounts, dates and checked balances.

Rows that cannot be read become `RowError` values with their number in the file; nothing is
guessed where two readings are possible (order of day and month, decimal separator).
"""

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.ai_finance_engine.money import (
    AmountError,
    guess_decimal_separator,
    parse_amount,
)

from .statement_columns import FIELDS, guess_mapping, is_complete, side_sign, sums_up
from .statement_dates import DateColumn, guess_order, read_date
from .statement_table import Cell, FileError, Row, Table, read_table

__all__ = [
    "FIELDS",
    "FileError",
    "ParseOptions",
    "ParsedStatement",
    "RowError",
    "StatementRow",
    "Table",
    "fingerprint",
    "fingerprints",
    "guess_mapping",
    "is_complete",
    "parse",
    "read_table",
]

_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "FR": "CHF", "SFR": "CHF"}
_AMOUNTS = ("amount", "debit", "credit", "balance")


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What a person has decided about a file; None leaves it to the file's own evidence.

    :param date_order: "dmy", "mdy" or "ymd"
    :param decimal_separator: "." or ","
    :param currency: of rows without a currency of their own
    :param opposite: amounts are written from the bank's side, money in is negative
    """

    date_order: str | None = None
    decimal_separator: str | None = None
    currency: str = ""
    opposite: bool = False


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One transaction; `amount` is positive for money in."""

    row_number: int
    date: datetime.date
    amount: Decimal
    label: str = ""
    partner_name: str = ""
    account_number: str = ""
    currency: str = ""
    balance: Decimal | None = None
    reference: str = ""
    transaction_type: str = ""
    value_date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row: `row_number` as in the file, 0 for the whole file."""

    row_number: int
    column: str
    code: str
    params: dict[str, str | int] = field(default_factory=dict)


# English default texts by code; `%(value)s` is the cell as written
ERROR_TEXT = {
    "mapping_incomplete": "choose a column for the date and one for the amount",
    "column_missing": "column %(column)s does not exist",
    "date_missing": "no date",
    "date_unreadable": "%(value)s is not a date",
    "date_ambiguous": "day and month can be exchanged: choose the order of the date",
    "amount_missing": "no amount",
    "amount_ambiguous": "%(value)s can be read in two ways: choose the decimal separator",
    "amount_unreadable": "%(value)s is not an amount",
    "both_sides": "amounts for money in and for money out",
    "side_unknown": "%(value)s says neither money in nor money out",
    "currency_unknown": "%(value)s is not a currency",
    "balance_gap": "balance is %(found)s, expected %(expected)s",
}


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """Everything read from a table.

    :param lines: rows that could be read, in file order
    :param newest_first: the file's balances run from bottom to top
    :param opening: balance before the first transaction, None without a balance column
    :param ignored: numbers of rows with neither a date nor an amount (totals, remarks)
    """

    lines: tuple[StatementRow, ...] = ()
    errors: tuple[RowError, ...] = ()
    date_format: str = ""
    decimal_separator: str | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    newest_first: bool = False
    ignored: tuple[int, ...] = ()


class _Columns:
    """Cells of a row by field, with what was learned from whole columns."""

    def __init__(self, table: Table, mapping: Mapping[str, int], options: ParseOptions):
        self.mapping = {name: mapping[name] for name in FIELDS if name in mapping}
        self.options = options
        self.separator = options.decimal_separator or self._separator(table)
        cells = [self.cell(row, "date") for row in table.rows]
        guessed = guess_order(cells)
        chosen = options.date_order
        self.dates = DateColumn(chosen) if chosen else guessed
        debits = [self.amount(row, "debit") for row in table.rows]
        signed = [amount for amount in debits if isinstance(amount, Decimal) and amount]
        # some banks write money out as negative in a column of its own
        self.debit_is_negative = bool(signed) and all(amount < 0 for amount in signed)

    def _separator(self, table: Table) -> str | None:
        cells = (self.cell(row, name) for row in table.rows for name in _AMOUNTS)
        return guess_decimal_separator(cell for cell in cells if isinstance(cell, str) and cell)

    def cell(self, row: Row, name: str) -> Cell:
        column = self.mapping.get(name)
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def text(self, row: Row, name: str) -> str:
        return re.sub(r"\s+", " ", str(self.cell(row, name))).strip()

    def amount(self, row: Row, name: str) -> Decimal | AmountError:
        cell = self.cell(row, name)
        if isinstance(cell, Decimal):
            return cell
        return parse_amount(str(cell), self.separator)


def parse(
    table: Table, mapping: Mapping[str, int], options: ParseOptions | None = None
) -> ParsedStatement:
    """Return the transactions of a table.

    :param mapping: field of `FIELDS` -> column index, as `guess_mapping` proposes it
    """
    options = options or ParseOptions()
    wrong = _mapping_errors(table, mapping)
    if wrong:
        return ParsedStatement(errors=tuple(wrong))
    columns = _Columns(table, mapping, options)
    lines, errors, ignored = [], [], []
    if columns.dates.ambiguous:
        errors.append(RowError(0, "date", "date_ambiguous", {"value": columns.dates.order}))
    for row in table.rows:
        if _is_note(columns, row):
            ignored.append(row.number)
            continue
        line, found = _read_row(columns, row)
        errors += found
        if line:
            lines.append(line)
    newest_first, opening, closing, gaps = _check_balances(lines)
    return ParsedStatement(
        lines=tuple(lines),
        errors=tuple(errors + gaps),
        date_format=columns.dates.order,
        decimal_separator=columns.separator,
        opening=opening,
        closing=closing,
        newest_first=newest_first,
        ignored=tuple(ignored),
    )


def _is_note(columns: _Columns, row: Row) -> bool:
    """Tell whether a row is a total or a remark: without date or amount, or neither of them."""
    amount = any(columns.text(row, name) for name in ("amount", "debit", "credit"))
    date = read_date(columns.cell(row, "date"), columns.dates.order or "ymd")
    if amount and date:
        return False
    return not (amount or date) or sums_up(row.cells)


def _mapping_errors(table: Table, mapping: Mapping[str, int]) -> list[RowError]:
    width = len(table.headers)
    wrong = [
        RowError(0, name, "column_missing", {"column": column + 1})
        for name, column in mapping.items()
        if not 0 <= column < width
    ]
    if not is_complete(dict(mapping)):
        wrong.append(RowError(0, "date", "mapping_incomplete"))
    return wrong


def _read_row(columns: _Columns, row: Row) -> tuple[StatementRow | None, list[RowError]]:
    errors: list[RowError] = []
    date = read_date(columns.cell(row, "date"), columns.dates.order or "ymd")
    if date is None:
        value = columns.text(row, "date")
        code = "date_unreadable" if value else "date_missing"
        errors.append(RowError(row.number, "date", code, {"value": value}))
    amount = _signed_amount(columns, row, errors)
    currency = _currency(columns, row, errors)
    balance = columns.amount(row, "balance") if "balance" in columns.mapping else None
    if isinstance(balance, AmountError):
        if balance.code != "empty":
            errors.append(_amount_error(row, "balance", balance))
        balance = None
    if date is None or amount is None or currency is None:
        return None, errors
    texts = dict.fromkeys(columns.text(row, name) for name in ("label", "label_2", "reference"))
    value_cell = columns.cell(row, "value_date")
    line = StatementRow(
        row_number=row.number,
        date=date,
        amount=amount,
        label=" ".join(text for text in texts if text),
        partner_name=columns.text(row, "partner"),
        account_number=columns.text(row, "account"),
        currency=currency,
        balance=balance,
        reference=columns.text(row, "reference"),
        transaction_type=columns.text(row, "type"),
        value_date=read_date(value_cell, columns.dates.order or "ymd") if value_cell else None,
    )
    return line, errors


def _signed_amount(columns: _Columns, row: Row, errors: list[RowError]) -> Decimal | None:
    """Return the amount from the account holder's side; None after noting what is wrong."""
    if "amount" in columns.mapping:
        amount = _one_amount(columns, row, "amount", errors)
        if amount is not None and "side" in columns.mapping:
            amount = _with_side(columns, row, amount, errors)
    else:
        amount = _two_columns(columns, row, errors)
    if amount is None:
        return None
    return -amount if columns.options.opposite and amount else amount


def _with_side(
    columns: _Columns, row: Row, amount: Decimal, errors: list[RowError]
) -> Decimal | None:
    value = columns.text(row, "side")
    sign = side_sign(value)
    if sign:
        # a negative amount on the debit side is a debit written twice, not a credit
        return abs(amount) * sign
    errors.append(RowError(row.number, "side", "side_unknown", {"value": value}))
    return None


def _two_columns(columns: _Columns, row: Row, errors: list[RowError]) -> Decimal | None:
    found = {name: columns.amount(row, name) for name in ("debit", "credit")}
    before = len(errors)
    for name, value in found.items():
        if isinstance(value, AmountError) and value.code != "empty":
            errors.append(_amount_error(row, name, value))
    if len(errors) > before:
        return None
    values = {name: value for name, value in found.items() if isinstance(value, Decimal)}
    if not values:
        errors.append(RowError(row.number, "amount", "amount_missing"))
        return None
    debit, credit = values.get("debit", Decimal(0)), values.get("credit", Decimal(0))
    if debit and credit:
        errors.append(RowError(row.number, "amount", "both_sides"))
        return None
    return credit + debit if columns.debit_is_negative else credit - debit


def _one_amount(columns: _Columns, row: Row, name: str, errors: list[RowError]) -> Decimal | None:
    amount = columns.amount(row, name)
    if isinstance(amount, Decimal):
        return amount
    errors.append(_amount_error(row, name, amount))
    return None


def _amount_error(row: Row, name: str, error: AmountError) -> RowError:
    codes = {"empty": "amount_missing", "ambiguous": "amount_ambiguous"}
    code = codes.get(error.code, "amount_unreadable")
    return RowError(row.number, name, code, {"value": str(error.text)[:60]})


def _currency(columns: _Columns, row: Row, errors: list[RowError]) -> str | None:
    value = columns.text(row, "currency").upper()
    if not value:
        return columns.options.currency
    value = _SYMBOLS.get(value.rstrip("."), value)
    if re.fullmatch(r"[A-Z]{3}", value):
        return value
    errors.append(RowError(row.number, "currency", "currency_unknown", {"value": value[:20]}))
    return None


def _check_balances(
    lines: list[StatementRow],
) -> tuple[bool, Decimal | None, Decimal | None, list[RowError]]:
    """Return (newest first, opening, closing, gaps) of the order with the fewest gaps."""
    forward = _walk(lines)
    backward = _walk(lines[::-1])
    dates = [line.date for line in lines]
    newest_on_top = dates != sorted(dates) and dates == sorted(dates, reverse=True)
    newest_first = (len(backward[2]), not newest_on_top) < (len(forward[2]), newest_on_top)
    return (newest_first, *(backward if newest_first else forward))


def _walk(
    lines: list[StatementRow],
) -> tuple[Decimal | None, Decimal | None, list[RowError]]:
    """Follow the balances; rows without one are added up until the next that has one."""
    opening = running = None
    pending = Decimal(0)
    gaps = []
    for line in lines:
        pending += line.amount
        if line.balance is None:
            continue
        if running is None:
            opening = line.balance - pending
        elif running + pending != line.balance:
            params = {"expected": str(running + pending), "found": str(line.balance)}
            gaps.append(RowError(line.row_number, "balance", "balance_gap", params))
        running, pending = line.balance, Decimal(0)
    return opening, None if running is None else running + pending, gaps


def fingerprint(row: StatementRow, occurrence: int) -> str:
    """Return what identifies a transaction across files that overlap.

    :param occurrence: how many equal rows stand before it: two equal payments on one day are
        two transactions, the same row in two files is one
    """
    return _digest(_identity(row), occurrence)


def fingerprints(rows: Iterable[StatementRow]) -> list[str]:
    """Return the fingerprint of each row, equal rows counted."""
    seen: Counter[tuple] = Counter()
    found = []
    for row in rows:
        identity = _identity(row)
        found.append(_digest(identity, seen[identity]))
        seen[identity] += 1
    return found


def _identity(row: StatementRow) -> tuple[str, ...]:
    texts = (row.label, row.partner_name, row.account_number)
    folded = (re.sub(r"\W+", "", text.casefold()) for text in texts)
    amount = f"{row.amount.normalize() + 0:f}"
    return (row.date.isoformat(), amount, row.currency, *folded)


def _digest(identity: tuple[str, ...], occurrence: int) -> str:
    return hashlib.sha256(json.dumps([*identity, occurrence]).encode()).hexdigest()
