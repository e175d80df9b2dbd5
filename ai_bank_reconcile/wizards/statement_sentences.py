"""What the import says about a file or a row it cannot read, by the engine's codes."""

import datetime
from decimal import Decimal

from odoo.tools import LazyTranslate, format_date

_lt = LazyTranslate(__name__)

FILE_SENTENCES = {
    "too_many_rows": _lt("The file has more than %(rows)s rows. Split it."),
    "empty": _lt("The file is empty."),
    "too_large": _lt("The file is larger than %(megabytes)s MB. Export a shorter period."),
    "not_text": _lt("This is neither a CSV nor an XLSX file."),
    "old_excel": _lt("This is an old Excel file (.xls). Save it as .xlsx or .csv."),
    "protected": _lt("The spreadsheet is protected by a password. Save it without one."),
    "broken_spreadsheet": _lt("The spreadsheet is damaged. Save or export it again as .xlsx."),
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
    "account_other": _lt(
        "The statement is of account %(value)s, but this bank journal has %(own)s: "
        "choose the other bank."
    ),
    "account_several": _lt(
        "The file has statements of several accounts. Enter the account number of this bank "
        "journal, then its statement is taken."
    ),
    "balance_sum": _lt(
        "The lines lead to a balance of %(expected)s, but the statement ends with %(found)s: "
        "lines are missing."
    ),
    "balance_gap": _lt(
        "the balance is %(found)s, but %(expected)s was expected: "
        "lines are missing, or the column is another one."
    ),
    "too_many_decimals": _lt("“%(value)s” has more decimals than %(own)s has."),
    "period_locked": _lt("%(date)s is in a locked period: %(locks)s."),
}

FORMAT_SENTENCES = {
    "PDF": _lt("This is a PDF. Download the statement as CSV or XLSX instead."),
    "HTML": _lt(
        "This is a web page, not a file of the bank: the download did not work. Log in at the "
        "bank and download again."
    ),
    "missing": _lt(
        "This is a %(format)s file. Install the community importer for it (OCA, "
        "bank-statement-import), or download the statement as CSV or XLSX."
    ),
}
DOUBT_SENTENCES = {
    "balance_jump": _lt(
        "The statement before (%(name)s) ends with %(expected)s, but this file goes on from "
        "%(found)s: a difference of %(difference)s. Lines between them are missing, or are there "
        "twice."
    ),
    "quiet_days": _lt(
        "The last line that is there is of %(last)s, the first new one of %(first)s: "
        "%(days)s days between them have no line. Is a statement missing?"
    ),
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


def format_sentence(env, name, formats):
    """Return the sentence for a file that is in another format than ours.

    :param name: of the format, as the engine recognised it
    :param formats: what community importers here can read, as they name it
    """
    template = env._(FORMAT_SENTENCES.get(name, FORMAT_SENTENCES["missing"]))
    sentence = template % {"format": name}
    if not formats or name in FORMAT_SENTENCES:
        return sentence
    return env._(
        "%(sentence)s Can be read here: %(formats)s.", sentence=sentence, formats=", ".join(formats)
    )


def doubt_sentence(env, doubt, currency):
    """Return the sentence for a :class:`Doubt`, with amounts and dates as people write them."""
    params = {name: _written(env, value, currency) for name, value in doubt.params.items()}
    template = env._(DOUBT_SENTENCES[doubt.code])
    return template % params


def _written(env, value, currency):
    if isinstance(value, Decimal):
        return currency.format(float(value))
    if isinstance(value, datetime.date):
        return format_date(env, value)
    return value
