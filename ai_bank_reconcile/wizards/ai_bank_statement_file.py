import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine.statement_file import (
    FileError,
    ParsedStatement,
    ParseOptions,
    RowError,
    guess_mapping,
    parse,
    read_table,
)
from ..engine.statement_formats import BANK_FORMATS
from .statement_sentences import file_sentence, format_sentence, row_sentence

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
    format_id = fields.Many2one(
        "ai.bank.statement.format",
        compute="_compute_format_id",
        help="How the last file with these columns was read for this bank.",
    )
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
    opposite = fields.Boolean(
        "Money In Is Negative",
        compute="_compute_columns",
        store=True,
        readonly=False,
        help="As some card companies write it.",
    )

    @api.constrains("journal_id")
    def _check_journal(self):
        for wizard in self:
            self._check_chosen(wizard.journal_id)

    def _check_chosen(self, journal):
        """Refuse the bank of a company that is not among the chosen ones."""
        company = journal.sudo().company_id  # only to say whose it is
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

    @api.depends("journal_id", "data", "filename")
    def _compute_format_id(self):
        formats = self.env["ai.bank.statement.format"]
        for wizard in self:
            headers = getattr(wizard._read_table(), "headers", ())
            wizard.format_id = formats._recall(wizard.journal_id, headers)

    @api.depends("journal_id", "data", "filename")
    def _compute_columns(self):
        for wizard in self:
            table = wizard._read_table()
            known = wizard.format_id
            chosen = {}
            if known:
                chosen = known.columns
            elif table and not isinstance(table, FileError):
                chosen = guess_mapping(table.headers, [row.cells for row in table.rows])
            for name in COLUMNS:
                wizard[f"column_{name}"] = str(chosen[name]) if name in chosen else False
            wizard.opposite = known.opposite

    @api.depends("journal_id", "data", "filename", *COLUMN_FIELDS)
    def _compute_notation(self):
        for wizard in self:
            parsed, known = wizard._parse(ParseOptions()), wizard.format_id
            ambiguous = parsed and any(error.code == "date_ambiguous" for error in parsed.errors)
            # What the file itself says is stronger than what was chosen for the last one.
            own_order = parsed and not ambiguous and parsed.date_format
            wizard.date_order = own_order or known.date_order
            own_separator = parsed and parsed.decimal_separator
            wizard.decimal_separator = own_separator or known.decimal_separator

    def _remember(self):
        """Keep how this file was read for the next one with the same columns."""
        table = self._read_table()
        if not table or isinstance(table, FileError):
            return
        chosen = {name: self[f"column_{name}"] for name in COLUMNS}
        self.env["ai.bank.statement.format"]._remember(
            self.journal_id,
            table.headers,
            {
                "columns": {name: int(at) for name, at in chosen.items() if at},
                "date_order": self.date_order,
                "decimal_separator": self.decimal_separator,
                "opposite": self.opposite,
                "filename": self.filename,
            },
        )

    def _content(self):
        """Return the bytes of the file and what identifies them, None where there is none."""
        data = self.with_context(bin_size=False).data
        if not data and not self.filename:
            return None, None
        content = base64.b64decode(data or b"")
        return content, (self.filename, hashlib.sha256(content).digest())

    def _read_table(self):
        """Return the file as ``Table`` or ``FileError``, None where there is no file yet."""
        content, key = self._content()
        if content is None:
            return None
        # Several computed fields of one request ask for it, and a spreadsheet is slow to read.
        key = ("ai_bank_statement_import", *key)
        if key not in self.env.cr.cache:
            self.env.cr.cache[key] = read_table(self.filename or "", content)
        return self.env.cr.cache[key]

    def _read_community(self):
        """Return the file as a community importer reads it: ``(ParsedStatement, values)``.

        :raises UserError: where the importer cannot read it
        """
        content, key = self._content()
        key = ("ai_bank_statement_community", self.journal_id.id, *key)
        if key not in self.env.cr.cache:
            community = self.env["ai.bank.statement.community"]
            self.env.cr.cache[key] = community._parse(self.journal_id, self.filename, content)
        return self.env.cr.cache[key]

    def _is_community(self):
        """Whether the file is in a format that community importers may read."""
        table = self._read_table()
        return (
            isinstance(table, FileError)
            and table.params.get("format") in BANK_FORMATS
            and self.env["ai.bank.statement.community"]._is_installed()
        )

    def _parse(self, options):
        """Return the ``ParsedStatement`` under the chosen columns, None without a table."""
        table = self._read_table()
        if not table or isinstance(table, FileError):
            return None
        chosen = ((name, self[f"column_{name}"]) for name in COLUMNS)
        return parse(table, {name: int(at) for name, at in chosen if at}, options)

    def _read(self):
        """Return the ``ParsedStatement`` or None, what forbids its import, and what is doubtful.

        Both as sentences. A balance that does not follow is a doubt: a person may know why.
        """
        table = self._read_table()
        if table is None:
            return None, [], []
        if self._is_community():
            try:
                parsed, _values = self._read_community()
            except UserError as error:
                return None, [str(error)], []
        elif isinstance(table, FileError):
            return None, [self._file_problem(table)], []
        else:
            parsed = self._parse(self._options())
        return (parsed, *self._judge(parsed))

    def _options(self):
        return ParseOptions(
            date_order=self.date_order or None,
            decimal_separator=self.decimal_separator or None,
            currency=self.currency_id.name or "",
            opposite=self.opposite,
        )

    def _file_problem(self, error):
        if error.code == "other_format":
            formats = self.env["ai.bank.statement.community"]._formats()
            return format_sentence(self.env, error.params["format"], formats)
        return file_sentence(self.env, error)

    def _judge(self, parsed: ParsedStatement):
        """Return what forbids the import of what was read, and what is doubtful about it."""
        errors = [*parsed.errors, *self._journal_errors(parsed.lines)]
        gaps = [error for error in errors if error.code.startswith("balance_")]
        errors = [error for error in errors if error not in gaps]
        if not parsed.lines and not errors:
            return [self.env._("The file has no transactions.")], []
        if errors:
            # A row that cannot be read leaves a gap in the balances by itself.
            errors.sort(key=lambda error: error.row_number)
            return [row_sentence(self.env, error) for error in errors], []
        return [], [row_sentence(self.env, self._readable(gap)) for gap in gaps]

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
