"""What the import says about a file or a row it cannot read, by the engine's codes."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

FILE_SENTENCES = {
    "too_many_rows": _lt("The file has more than %(rows)s rows. Split it."),
    "empty": _lt("The file is empty."),
    "too_large": _lt("The file is larger than %(megabytes)s MB. Export a shorter period."),
    "not_text": _lt("This is neither a CSV nor an XLSX file."),
    "old_excel": _lt("This is an old Excel file (.xls). Save it as .xlsx or .csv."),
    "broken_spreadsheet": _lt("The spreadsheet is damaged or protected by a password."),
    "no_table": _lt("The file has no columns. Is it the bank's CSV or XLSX export?"),
    "broken_csv": _lt("The rows of the file cannot be told apart. Export it again as CSV."),
}
ROW_SENTENCES = {
    "mapping_incomplete": _lt(
        "Choose the column of the date and that of the amount (or of money in and money out)."
    ),
    "column_missing": _lt("Column %(column)s is not in this file."),
    "date_missing": _lt("there is no date."),
    "date_unreadable": _lt("“%(value)s” is not a date."),
    "date_ambiguous": _lt(
        "Day and month could be exchanged in these dates: choose how dates are written."
    ),
    "amount_missing": _lt("there is no amount."),
    "amount_ambiguous": _lt("“%(value)s” can be read in two ways: choose how amounts are written."),
    "amount_unreadable": _lt("“%(value)s” is not an amount."),
    "both_sides": _lt("there is an amount for money in and one for money out."),
    "side_unknown": _lt("“%(value)s” says neither money in nor money out."),
    "currency_unknown": _lt("“%(value)s” is not a currency."),
    "currency_other": _lt("the currency is %(value)s, but the bank journal is kept in %(own)s."),
    "balance_gap": _lt(
        "the balance is %(found)s, but %(expected)s was expected: "
        "lines are missing, or the column is another one."
    ),
    "too_many_decimals": _lt("“%(value)s” has more decimals than %(own)s has."),
    "period_locked": _lt("%(date)s is in a locked period: %(locks)s."),
}


def file_sentence(env, error):
    """Return the sentence for a :class:`FileError`, saying what to do instead."""
    sentence = env._(FILE_SENTENCES["too_many_rows" if "rows" in error.params else error.code])
    return sentence % error.params


def row_sentence(env, error):
    """Return the sentence for a :class:`RowError`, beginning with the row where it is one's."""
    sentence = env._(ROW_SENTENCES[error.code])
    text = sentence % error.params
    if not error.row_number:
        return text
    return env._("Row %(number)s: %(text)s", number=error.row_number, text=text)
