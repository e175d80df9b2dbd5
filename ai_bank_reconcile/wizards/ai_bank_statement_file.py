import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine.statement_file import (
    FileError,
    ParseOptions,
    RowError,
    guess_mapping,
    parse,
    read_table,
)
from .statement_sentences import file_sentence, row_sentence

COLUMNS = (
    "date",
    "amount",
    "debit",
    "credit",
    "side",
    "currency",
    "balance",
    "label",
    "label_2",
    "partner",
    "account",
    "reference",
    "type",
)
COLUMN_FIELDS = tuple(f"column_{name}" for name in COLUMNS)


def _column(label, **options):
    return fields.Char(label, compute="_compute_columns", store=True, readonly=False, **options)


class AiBankStatementFile(models.AbstractModel):
    """A bank's CSV or XLSX file, read under columns and notations that a person can correct."""

    _name = "ai.bank.statement.file"
    _description = "Bank Statement File"

    journal_id = fields.Many2one(
        "account.journal",
        string="Bank",
        required=True,
        default=lambda self: self._default_journal(),
        domain=lambda self: [
            ("type", "in", ("bank", "credit")),
            ("company_id", "in", self.env.companies.ids),
        ],
    )
    currency_id = fields.Many2one(
        "res.currency", string="Journal Currency", compute="_compute_currency_id"
    )
    data = fields.Binary(string="File", attachment=False)
    filename = fields.Char()

    headers = fields.Json(compute="_compute_headers")
    column_date = _column("Date")
    column_amount = _column("Amount")
    column_debit = _column("Money Out")
    column_credit = _column("Money In")
    column_side = _column(
        "Debit or Credit Mark", help="Says D or C, S or H, debit or credit beside each amount."
    )
    column_currency = _column("Currency")
    column_balance = _column("Balance")
    column_label = _column("Label")
    column_label_2 = _column("More Text", help="A second column of text, added to the label.")
    column_partner = _column("Payer or Payee")
    column_account = _column("Their Account")
    column_reference = _column("Reference")
    column_type = _column("Kind of Payment")
    date_order = fields.Selection(
        [
            ("dmy", "31.12.2026: day, month, year"),
            ("mdy", "12/31/2026: month, day, year"),
            ("ymd", "2026-12-31: year, month, day"),
        ],
        string="Dates Written As",
        compute="_compute_notation",
        store=True,
        readonly=False,
    )
    decimal_separator = fields.Selection(
        [(",", "1.234,56: comma"), (".", "1,234.56: point")],
        string="Amounts Written As",
        compute="_compute_notation",
        store=True,
        readonly=False,
    )
    opposite = fields.Boolean("Money In Is Negative", help="As some card companies write it.")

    @api.constrains("journal_id")
    def _check_journal(self):
        for wizard in self:
            company = wizard.journal_id.sudo().company_id  # only to say whose it is
            if company not in self.env.companies:
                raise UserError(
                    self.env._("This bank belongs to %s, which is not chosen.", company.name)
                )

    def _default_journal(self):
        return self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self.env.company),
                ("type", "=", "bank"),
            ],
            limit=1,
        )

    @api.depends("journal_id")
    def _compute_currency_id(self):
        for wizard in self:
            journal = wizard.journal_id
            wizard.currency_id = journal.currency_id or journal.company_id.currency_id

    @api.depends("data", "filename")
    def _compute_headers(self):
        for wizard in self:
            table = wizard._read_table()
            headers = getattr(table, "headers", ())
            named = bool(getattr(table, "header_row", 0))
            wizard.headers = [
                (str(at), named and header or self.env._("Column %s", at + 1))
                for at, header in enumerate(headers)
            ]

    @api.depends("data", "filename")
    def _compute_columns(self):
        for wizard in self:
            table = wizard._read_table()
            guess = {}
            if table and not isinstance(table, FileError):
                guess = guess_mapping(table.headers, [row.cells for row in table.rows])
            for name in COLUMNS:
                wizard[f"column_{name}"] = str(guess[name]) if name in guess else False

    @api.depends("data", "filename", *COLUMN_FIELDS)
    def _compute_notation(self):
        for wizard in self:
            parsed = wizard._parse(ParseOptions())
            ambiguous = parsed and any(error.code == "date_ambiguous" for error in parsed.errors)
            wizard.date_order = parsed and not ambiguous and parsed.date_format or False
            wizard.decimal_separator = parsed and parsed.decimal_separator or False

    def _read_table(self):
        """Return the file as ``Table`` or ``FileError``, None where there is no file yet."""
        data = self.with_context(bin_size=False).data
        if not data and not self.filename:
            return None
        content = base64.b64decode(data or b"")
        # Several computed fields of one request ask for it, and a spreadsheet is slow to read.
        key = ("ai_bank_statement_import", self.filename, hashlib.sha256(content).digest())
        if key not in self.env.cr.cache:
            self.env.cr.cache[key] = read_table(self.filename or "", content)
        return self.env.cr.cache[key]

    def _parse(self, options):
        """Return the ``ParsedStatement`` under the chosen columns, None without a table."""
        table = self._read_table()
        if not table or isinstance(table, FileError):
            return None
        chosen = ((name, self[f"column_{name}"]) for name in COLUMNS)
        return parse(table, {name: int(at) for name, at in chosen if at}, options)

    def _read(self):
        """Return the ``ParsedStatement`` or None, and what forbids its import, as sentences."""
        table = self._read_table()
        if table is None:
            return None, []
        if isinstance(table, FileError):
            return None, [file_sentence(self.env, table)]
        options = ParseOptions(
            date_order=self.date_order or None,
            decimal_separator=self.decimal_separator or None,
            currency=self.currency_id.name or "",
            opposite=self.opposite,
        )
        parsed = self._parse(options)
        errors = [*parsed.errors, *self._journal_errors(parsed.lines)]
        gaps = [self._readable(error) for error in errors if error.code == "balance_gap"]
        # A row that cannot be read leaves a gap in the balances by itself.
        errors = [error for error in errors if error.code != "balance_gap"] or gaps
        errors.sort(key=lambda error: error.row_number)
        if not parsed.lines and not errors:
            return parsed, [self.env._("The file has no transactions.")]
        return parsed, [row_sentence(self.env, error) for error in errors]

    def _readable(self, error):
        """Return the error of a balance with its amounts written as people do."""
        params = {name: self.currency_id.format(float(at)) for name, at in error.params.items()}
        return RowError(error.row_number, error.column, error.code, params)

    def _journal_errors(self, rows):
        """Return errors of rows that can be read but not booked in this bank journal."""
        company, own, errors, locks = self.journal_id.company_id, self.currency_id, [], {}
        for row in rows:
            if row.currency != own.name:
                params = {"value": row.currency, "own": own.name}
                errors.append(RowError(row.row_number, "currency", "currency_other", params))
            elif -row.amount.normalize().as_tuple().exponent > own.decimal_places:
                params = {"value": f"{row.amount:f}", "own": own.name}
                errors.append(RowError(row.row_number, "amount", "too_many_decimals", params))
            if row.date not in locks:
                locks[row.date] = company._get_violated_lock_dates(row.date, False, self.journal_id)
            if locks[row.date]:
                params = {
                    "date": format_date(self.env, row.date),
                    "locks": company._format_lock_dates(locks[row.date]),
                }
                errors.append(RowError(row.row_number, "date", "period_locked", params))
        return errors
