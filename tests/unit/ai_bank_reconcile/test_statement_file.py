"""Rows, dates, amounts, balances and fingerprints of a bank's own table."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.statement_dates import guess_order, read_date
from odoo.addons.ai_bank_reconcile.engine.statement_file import (
    ERROR_TEXT,
    ParseOptions,
    Table,
    fingerprint,
    fingerprints,
    guess_mapping,
    is_complete,
    parse,
    read_table,
)

HEADINGS = {
    "Buchungstag;Valuta;Auftraggeber/Empfänger;Verwendungszweck;IBAN;Betrag (EUR);Währung;Saldo": (
        "date value_date partner label account amount currency balance"
    ),
    "Date;Description;Paid out;Paid in;Balance": "date label debit credit balance",
    "Datum;Text;Soll;Haben": "date label debit credit",
    "Datum;Naam / Omschrijving;Rekening;Tegenrekening;Code;Af Bij;Bedrag (EUR);Mutatiesoort;"
    "Mededelingen": "date partner - account - side amount type label",
    "Date de comptabilisation;Libellé;Débit;Crédit;Solde": "date label debit credit balance",
    "Fecha operación;Fecha valor;Concepto;Importe;Divisa;Saldo": (
        "date value_date label amount currency balance"
    ),
    "Data contabile;Data valuta;Descrizione;Uscite;Entrate": "date value_date label debit credit",
    "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Glaeubiger ID;"
    "Mandatsreferenz;Kundenreferenz (End-to-End);Sammlerreferenz;"
    "Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC (SWIFT-Code);Betrag;Waehrung": (
        "- date value_date type label - - - - partner account - amount currency"
    ),
    "Booking Date;Value Date;Partner Name;Partner Iban;Type;Payment Reference;Account Name;"
    "Amount (EUR)": "date value_date partner account type label - amount",
}


def table_of(text):
    table = read_table("bank.csv", text.encode())
    assert isinstance(table, Table)
    return table


def parsed(text, **options):
    table = table_of(text)
    mapping = guess_mapping(table.headers, [row.cells for row in table.rows])
    return parse(table, mapping, ParseOptions(**options))


def amounts(statement):
    return [str(line.amount) for line in statement.lines]


def problems(statement):
    return [(error.row_number, error.code) for error in statement.errors]


@pytest.mark.parametrize(("headings", "fields"), HEADINGS.items())
def test_headings_in_six_languages(headings, fields):
    expected = {
        field: column for column, field in enumerate(fields.split()) if not field.startswith("-")
    }
    found = guess_mapping(headings.split(";"))
    assert {field: column for field, column in found.items() if field in expected} == expected
    assert set(found) - set(expected) <= {"type", "reference"}
    assert is_complete(found)


def test_valuta_is_a_date_or_a_currency():
    headings = ["Datum", "Valuta", "Bedrag"]
    assert guess_mapping(headings, [("1-2-2026", "EUR", "5,00")])["currency"] == 1
    assert guess_mapping(headings, [("1-2-2026", "2-2-2026", "5,00")])["value_date"] == 1


def test_a_whole_statement():
    statement = parsed(
        "Konto;DE1\n\nBuchungstag;Empfänger;Verwendungszweck;Betrag;Währung;Saldo\n"
        '12.05.2026;Müller;"Rechnung ""12""\nzwei";1.234,56;EUR;2.234,56\n'
        "13.05.2026;Bank;Gebühr;-5,00;EUR;2.229,56\nSumme;;;;;\n"
    )
    first, second = statement.lines
    assert first.date == datetime.date(2026, 5, 12)
    assert first.label == 'Rechnung "12" zwei'
    assert (first.partner_name, first.currency, first.row_number) == ("Müller", "EUR", 4)
    assert amounts(statement) == ["1234.56", "-5.00"]
    assert second.balance == Decimal("2229.56")
    assert (statement.opening, statement.closing) == (Decimal("1000.00"), Decimal("2229.56"))
    assert (statement.date_format, statement.decimal_separator) == ("dmy", ",")
    assert statement.errors == ()
    assert statement.ignored == (7,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date;Debit;Credit\n13.5.2026;10.50;\n14.5.2026;;20.00\n", ["-10.50", "20.00"]),
        ("Date;Debit;Credit\n13.5.2026;-10.50;\n14.5.2026;;20.00\n", ["-10.50", "20.00"]),
        ("Date;Debit;Credit\n13.5.2026;10.50;0.00\n14.5.2026;0.00;20.00\n", ["-10.50", "20.00"]),
        ("Datum;Af Bij;Bedrag\n20260512;Af;12,50\n20260513;Bij;3,00\n", ["-12.50", "3.00"]),
        ("Datum;Betrag;Soll/Haben\n13.5.2026;12,50;S\n13.5.2026;3,00;H\n", ["-12.50", "3.00"]),
        ("Date;Amount\n13.5.2026;(12.00)\n14.5.2026;1.00-\n", ["-12.00", "-1.00"]),
    ],
)
def test_signs(text, expected):
    assert amounts(parsed(text)) == expected


def test_opposite_sign_and_default_currency():
    statement = parsed("Date;Amount\n13.5.2026;5.00\n", opposite=True, currency="CHF")
    assert amounts(statement) == ["-5.00"]
    assert statement.lines[0].currency == "CHF"


def test_bad_rows_are_reported_and_good_rows_kept():
    statement = parsed(
        "Date;Text;Amount;Currency;Balance\n13.05.2026;ok;1,00;EUR;\nsoon;a;1,00;EUR;\n"
        ";b;1,00;EUR;\n14.05.2026;c;much;EUR;\n15.05.2026;d;;EUR;\n16.05.2026;e;1,00;Euros;\n"
        "17.05.2026;f;1,00;EUR;none\n"
    )
    assert [line.label for line in statement.lines] == ["ok", "f"]
    assert problems(statement) == [
        (3, "date_unreadable"),
        (4, "date_missing"),
        (5, "amount_unreadable"),
        (6, "amount_missing"),
        (7, "currency_unknown"),
        (8, "amount_unreadable"),
    ]
    for error in statement.errors:
        assert ERROR_TEXT[error.code] % error.params


def test_amounts_that_can_be_read_in_two_ways_wait_for_a_decision():
    text = "Date;Amount\n13.05.2026;1.234\n14.05.2026;5.678\n"
    assert problems(parsed(text)) == [(2, "amount_ambiguous"), (3, "amount_ambiguous")]
    assert amounts(parsed(text, decimal_separator=",")) == ["1234", "5678"]
    assert amounts(parsed(text + "15.05.2026;7,50\n")) == ["1234", "5678", "7.50"]


def test_both_sides_and_unknown_side():
    assert problems(parsed("Date;Debit;Credit\n13.5.2026;1.00;2.00\n")) == [(2, "both_sides")]
    assert problems(parsed("Date;Amount;D/C\n13.5.2026;1.00;?\n")) == [(2, "side_unknown")]


def test_incomplete_mapping():
    table = table_of("Date;Amount\n13.5.2026;1.00\n")
    assert problems(parse(table, {"date": 0})) == [(0, "mapping_incomplete")]
    assert (0, "column_missing") in problems(parse(table, {"date": 0, "amount": 9}))


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "order", "ambiguous"),
    [
        (["13/05/2026", "14/05/2026"], "dmy", False),
        (["05/13/2026", "05/14/2026"], "mdy", False),
        (["2026-05-13"], "ymd", False),
        (["20260513", "20260514"], "ymd", False),
        (["13.5.26", "1.6.26"], "dmy", False),
        (["05/05/2026"], "dmy", False),  # the same date in both orders
        (["01/02/2026", "03/02/2026"], "dmy", True),
        # as day-month-year they jump back and forth, as month-day-year they are sorted
        (["01/12/2026", "02/03/2026", "02/11/2026"], "mdy", False),
        (["12 May 2026", "3 Mär 2026"], "ymd", False),
        ([], "ymd", False),
        (["soon"], "", False),
    ],
)
def test_order_is_decided_over_the_whole_column(cells, order, ambiguous):
    guessed = guess_order(cells)
    assert (guessed.order, guessed.ambiguous) == (order, ambiguous)


def test_ambiguous_dates_are_reported_until_chosen():
    text = "Date;Amount\n01/02/2026;5.00\n03/02/2026;6.00\n"
    assert problems(parsed(text)) == [(0, "date_ambiguous")]
    chosen = parsed(text, date_order="mdy")
    assert chosen.errors == ()
    assert chosen.lines[0].date == datetime.date(2026, 1, 2)


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("12.05.2026", "dmy"),
        ("12.05.26 10:33", "dmy"),
        ("05/12/2026", "mdy"),
        ("2026-05-12T10:33:00Z", "ymd"),
        ("12052026", "dmy"),
        ("12 May 2026", "dmy"),
        ("12. Mai 2026", "ymd"),
        ("12-MAY-26", "ymd"),
        ("mayo 12, 2026", "dmy"),
        ("12 maggio 2026", "dmy"),
        (datetime.date(2026, 5, 12), "dmy"),
        (Decimal(46154), "dmy"),  # days as spreadsheets count them
    ],
)
def test_dates(cell, order):
    assert read_date(cell, order) == datetime.date(2026, 5, 12)


@pytest.mark.parametrize("cell", ["", "31.02.2026", "12.05.1066", "4711", "1.2", Decimal(7)])
def test_no_dates(cell):
    assert read_date(cell, "dmy") is None


# --- balances -----------------------------------------------------------------------------------


def test_balances_newest_first():
    statement = parsed("Date;Amount;Balance\n14.5.2026;-5,00;95,00\n13.5.2026;10,00;100,00\n")
    assert statement.newest_first
    assert (statement.opening, statement.closing) == (Decimal("90.00"), Decimal("95.00"))
    assert statement.errors == ()


def test_balance_gap_names_the_row():
    text = "Date;Amount;Balance\n13.5.2026;10,00;100,00\n14.5.2026;5,00;105,00\n"
    statement = parsed(text + "16.5.2026;1,00;110,00\n17.5.2026;1,00;111,00\n")
    assert problems(statement) == [(4, "balance_gap")]
    assert statement.errors[0].params == {"expected": "106.00", "found": "110.00"}


def test_balance_on_some_rows_only():
    text = "Date;Amount;Balance\n13.5.2026;10,00;\n13.5.2026;5,00;115,00\n14.5.2026;1,00;116,00\n"
    statement = parsed(text + "14.5.2026;2,00;\n")
    assert statement.errors == ()
    assert (statement.opening, statement.closing) == (Decimal("100.00"), Decimal("118.00"))


def test_no_balance_column():
    statement = parsed("Date;Amount\n13.5.2026;10,00\n")
    assert (statement.opening, statement.closing) == (None, None)


# --- fingerprints -------------------------------------------------------------------------------

SHOP = "Date;Text;Amount\n13.5.2026;Shop 1;5,00\n13.5.2026;Shop 1;5,00\n14.5.2026;Shop 2;5,00\n"


def test_look_alike_rows_are_kept_apart():
    found = fingerprints(parsed(SHOP).lines)
    assert len(set(found)) == 3
    first = parsed(SHOP).lines[0]
    assert found[:2] == [fingerprint(first, 0), fingerprint(first, 1)]


def test_the_same_transactions_in_another_file_are_recognised():
    heading, *rows = SHOP.strip().split("\n")
    again = "\n".join([heading.replace("Date", "Booking date"), *reversed(rows)])
    assert set(fingerprints(parsed(again).lines)) == set(fingerprints(parsed(SHOP).lines))
    first = parsed(SHOP).lines[0]
    same = replace(first, row_number=99, amount=Decimal("5"), label=" SHOP  1")
    assert fingerprint(same, 0) == fingerprint(first, 0)
    assert fingerprint(replace(first, amount=Decimal("5.01")), 0) != fingerprint(first, 0)


# --- anything at all ----------------------------------------------------------------------------

CELL = st.one_of(
    st.text(max_size=15),
    st.dates(),
    st.decimals(-(10**9), 10**9, allow_nan=False, places=2),
    st.sampled_from(["12.05.2026", "05/06/2026", "1.234,56", "1,234", "S", "EUR", ""]),
)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELL, max_size=6), max_size=8),
    st.dictionaries(st.sampled_from(["date", "amount", "debit", "credit", "side", "balance",
                                     "label", "currency"]), st.integers(-1, 7)),
)  # fmt: skip
def test_never_raises(rows, mapping):
    from odoo.addons.ai_bank_reconcile.engine.statement_table import Row

    cells = tuple(Row(at, tuple(row)) for at, row in enumerate(rows, 2))
    table = Table(tuple("abcdef"), cells)
    guess_mapping(table.headers, [row.cells for row in table.rows])
    statement = parse(table, mapping)
    assert len(fingerprints(statement.lines)) == len(statement.lines)
