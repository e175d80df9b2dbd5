"""What the import says about a file or a row it cannot read, by the engine's codes."""


def file_sentence(env, error):
    """Return the sentence for a :class:`FileError`, saying what to do instead."""
    _ = env._
    if "rows" in error.params:
        return _("The file has more than %(rows)s rows. Split it.") % error.params
    texts = {
        "empty": _("The file is empty."),
        "too_large": _("The file is larger than %(megabytes)s MB. Export a shorter period."),
        "not_text": _("This is neither a CSV nor an XLSX file."),
        "old_excel": _("This is an old Excel file (.xls). Save it as .xlsx or .csv."),
        "broken_spreadsheet": _("The spreadsheet is damaged or protected by a password."),
        "no_table": _("The file has no columns. Is it the bank's CSV or XLSX export?"),
        "broken_csv": _("The rows of the file cannot be told apart. Export it again as CSV."),
    }
    return texts[error.code] % error.params


def row_sentence(env, error):
    """Return the sentence for a :class:`RowError`, beginning with the row where it is one's."""
    _ = env._
    texts = {
        "mapping_incomplete": _(
            "Choose the column of the date and that of the amount (or of money in and money out)."
        ),
        "column_missing": _("Column %(column)s is not in this file."),
        "date_missing": _("there is no date."),
        "date_unreadable": _("“%(value)s” is not a date."),
        "date_ambiguous": _(
            "Day and month could be exchanged in these dates: choose how dates are written."
        ),
        "amount_missing": _("there is no amount."),
        "amount_ambiguous": _(
            "“%(value)s” can be read in two ways: choose how amounts are written."
        ),
        "amount_unreadable": _("“%(value)s” is not an amount."),
        "both_sides": _("there is an amount for money in and one for money out."),
        "side_unknown": _("“%(value)s” says neither money in nor money out."),
        "currency_unknown": _("“%(value)s” is not a currency."),
        "currency_other": _("the currency is %(value)s, but the bank journal is kept in %(own)s."),
        "balance_gap": _(
            "the balance is %(found)s, but %(expected)s was expected: "
            "lines are missing, or the column is another one."
        ),
        "too_many_decimals": _("“%(value)s” has more decimals than %(own)s has."),
        "period_locked": _("%(date)s is in a locked period: %(locks)s."),
    }
    text = texts[error.code] % error.params
    if not error.row_number:
        return text
    return _("Row %(number)s: %(text)s", number=error.row_number, text=text)
