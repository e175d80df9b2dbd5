from decimal import Decimal
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine.statement_duplicates import Booked, find_duplicates
from ..engine.statement_file import fingerprints
from ..engine.statement_gaps import Before, continuity
from .ai_bank_statement_file import COLUMN_FIELDS
from .statement_plan import Plan
from .statement_sentences import doubt_sentence

ROWS_SHOWN = 8
PROBLEMS_SHOWN = 15
COMMUNITY_MARK = "unique_import_id"  # of a line that a community importer brought


class AiBankStatementImport(models.TransientModel):
    """Shows how a bank's file is read, then books all of it as one statement, or nothing."""

    _name = "ai.bank.statement.import"
    _inherit = ["ai.bank.statement.file"]
    _description = "Bank Statement Import"

    preview = fields.Json(compute="_compute_preview")
    problems = fields.Text(compute="_compute_preview")
    doubts = fields.Text(compute="_compute_preview")
    accept_doubts = fields.Boolean(
        "Import all the same", compute="_compute_accept_doubts", store=True, readonly=False
    )
    is_table = fields.Boolean(compute="_compute_preview")
    format_note = fields.Char(compute="_compute_format_note")
    line_count = fields.Integer("Lines", compute="_compute_preview")
    new_count = fields.Integer("New Lines", compute="_compute_preview")
    known_count = fields.Integer("There Already", compute="_compute_preview")
    alike_count = fields.Integer("Alike", compute="_compute_preview")
    date_from = fields.Date("From", compute="_compute_preview")
    date_to = fields.Date("To", compute="_compute_preview")
    amount_in = fields.Monetary("Total In", compute="_compute_preview")
    amount_out = fields.Monetary("Total Out", compute="_compute_preview")
    amount_total = fields.Monetary("Sum", compute="_compute_preview")
    has_balance = fields.Boolean(compute="_compute_preview")
    balance_start = fields.Monetary("Opening Balance", compute="_compute_preview")
    balance_end = fields.Monetary("Closing Balance", compute="_compute_preview")

    @api.depends(
        "journal_id", "data", "filename", "date_order", "decimal_separator", "opposite",
        *COLUMN_FIELDS,
    )  # fmt: skip
    def _compute_preview(self):
        for wizard in self:
            parsed, problems, doubts = wizard._read()
            plan = wizard._plan(parsed)
            if parsed and not problems:
                doubts = [*doubts, *wizard._doubts(plan)]
            wizard.update(
                {
                    "problems": wizard._joined(problems),
                    "doubts": wizard._joined(doubts),
                    "is_table": bool(wizard.headers),
                    **wizard._preview_values(parsed, plan),
                }
            )

    def _preview_values(self, parsed, plan):
        """Return the figures of what was read."""
        rows = parsed.lines if parsed else ()
        amounts = [float(row.amount) for row in rows]
        dates = [row.date for row in rows]
        return {
            "preview": self._preview_rows(rows, plan.duplicates),
            "line_count": len(rows),
            "new_count": len(plan.new),
            "known_count": len(plan.duplicates.known),
            "alike_count": len(plan.duplicates.alike),
            "date_from": min(dates, default=False),
            "date_to": max(dates, default=False),
            "amount_in": sum(amount for amount in amounts if amount > 0),
            "amount_out": sum(amount for amount in amounts if amount < 0),
            "amount_total": sum(amounts),
            "has_balance": bool(parsed) and parsed.opening is not None,
            "balance_start": float(parsed and parsed.opening or 0),
            "balance_end": float(parsed and parsed.closing or 0),
        }

    @api.depends("journal_id", "data")
    def _compute_accept_doubts(self):
        """What was accepted was accepted of one file for one bank."""
        self.accept_doubts = False

    @api.depends("format_id")
    def _compute_format_note(self):
        for wizard in self:
            known, wizard.format_note = wizard.format_id, False
            if known:
                wizard.format_note = self.env._(
                    "Read as the file %(name)s of %(date)s, which had the same columns.",
                    name=known.filename,
                    date=format_date(self.env, known.used_on),
                )

    def _preview_rows(self, rows, duplicates):
        """Return the first rows for the screen, JSON-ready."""
        return [
            {
                "number": row.row_number,
                "date": format_date(self.env, row.date),
                "label": row.label,
                "partner": row.partner_name,
                "account": row.account_number,
                "reference": row.reference,
                "amount": float(row.amount),
                "balance": None if row.balance is None else float(row.balance),
                "currency_id": self.currency_id.id,
                "known": at in duplicates.known,
                "alike": at in duplicates.alike,
            }
            for at, row in enumerate(rows[:ROWS_SHOWN])
        ]

    def _joined(self, problems):
        """Return the first problems as text, one a line."""
        more = len(problems) - PROBLEMS_SHOWN
        if more > 0:
            rest = self.env._("And %s more of this kind.", more)
            problems = [*problems[:PROBLEMS_SHOWN], rest]
        return "\n".join(problems)

    # ------------------------------------------------------------------
    # What is there already, and does the file go on from it
    # ------------------------------------------------------------------

    def _plan(self, parsed):
        """Return the ``Plan`` of what was read; an empty one of nothing."""
        if not parsed or not parsed.lines:
            return Plan()
        marks = fingerprints(parsed.lines)
        more = self._read_community()[1] if self._is_community() else {}
        all_marks = [
            {mark, more.get(row.row_number, {}).get(COMMUNITY_MARK)} - {None}
            for row, mark in zip(parsed.lines, marks, strict=True)
        ]
        rows = list(enumerate(parsed.lines))
        if parsed.newest_first:  # the order of lines of one day is that of their creation
            rows.reverse()
        return Plan(
            rows=tuple(rows),
            marks=tuple(marks),
            duplicates=find_duplicates(parsed.lines, all_marks, self._booked(parsed.lines)),
            opening=parsed.opening,
            closing=parsed.closing,
        )

    def _booked(self, rows):
        """Return the lines that the bank journal has on the days of the file."""
        Line = self.env["account.bank.statement.line"]
        names = ["date", "amount", "payment_ref", "partner_name", "account_number", "ref"]
        kept = [name for name in ("ai_import_fingerprint", COMMUNITY_MARK) if name in Line._fields]
        dates = [row.date for row in rows]
        lines = Line.search_fetch(
            [
                ("journal_id", "=", self.journal_id.id),
                ("date", ">=", min(dates)),
                ("date", "<=", max(dates)),
                ("state", "!=", "cancel"),
            ],
            [*names, *kept],
            order="internal_index, id",
        )
        return [
            Booked(
                date=line.date,
                amount=self._decimal(line.amount),
                label=line.payment_ref or "",
                partner_name=line.partner_name or "",
                account_number=line.account_number or "",
                reference=line.ref or "",
                marks=frozenset(filter(None, (line[name] for name in kept))),
            )
            for line in lines
        ]

    def _decimal(self, amount):
        """Return an amount in the journal's currency as people write it, exact."""
        places = self.currency_id.decimal_places or 0
        return Decimal(f"{amount:.{places}f}").normalize() + 0

    def _doubts(self, plan):
        """Return what speaks against the new lines following on those that are there."""
        if not plan.new:
            return []
        first = plan.new[0][1].date
        doubt = continuity(first, plan.start, self._before(first))
        return [doubt_sentence(self.env, doubt, self.currency_id)] if doubt else []

    def _before(self, date):
        """Return what is booked up to a day as the engine sees it, None where nothing is."""
        domain = [("journal_id", "=", self.journal_id.id), ("date", "<=", date)]
        Line = self.env["account.bank.statement.line"]
        last = Line.search([*domain, ("state", "=", "posted")], limit=1)
        if not last:
            return None
        statement = last.statement_id
        # Lines without a statement tell no balance that a bank has confirmed.
        closing = self._decimal(statement.balance_end_real) if statement else None
        return Before(last.date, statement.name or "", closing)

    # ------------------------------------------------------------------
    # Import
    # ------------------------------------------------------------------

    def action_import(self):
        """Import the file and show the new lines, each waiting for its suggestion.

        :raises UserError: when anything in the file cannot be read or booked: then nothing is
        """
        self.ensure_one()
        self._check_journal()
        parsed, problems, doubts = self._read()
        if problems or not parsed:
            self._refuse(problems)
        plan = self._plan(parsed)
        if not plan.new:
            self._raise(
                self.env._("All lines of this file were imported before: nothing was imported.")
            )
        doubts = [*doubts, *self._doubts(plan)]
        if doubts and not self.accept_doubts:
            self._refuse([*doubts, self.env._("Mark “Import all the same” if that is right.")])
        self._remember()
        return self._create_upload(plan)._start()

    def _refuse(self, problems):
        nothing = self.env._("Nothing was imported.")
        self._raise("\n".join([nothing, self._joined(problems)]))

    def _raise(self, message):
        """Log that the file was refused, and say so."""
        content, _key = self._content()
        facts = {
            "filename": self.filename,
            "journal_id": self.journal_id.id,
            "sha256": sha256(content or b"").hexdigest(),
        }
        events = self.env["ai.audit.log.event"]
        events._append_refused(self.journal_id.company_id, message, facts)
        raise UserError(message)

    def _create_upload(self, plan):
        """Keep what is to be booked, so that a long import can be done in parts."""
        more = self._read_community()[1] if self._is_community() else {}
        rows = [
            {**self._line_values(row), **more.get(row.row_number, {}),
             "ai_import_fingerprint": plan.marks[at]}
            for at, row in plan.new
        ]  # fmt: skip
        uploads = self.env["ai.bank.statement.upload"].with_company(self.journal_id.company_id)
        upload = uploads.create(
            {
                "journal_id": self.journal_id.id,
                "filename": self.filename,
                "rows": rows,
                "total": len(rows),
                "known_count": len(plan.duplicates.known),
                "has_balance": plan.start is not None,
                "balance_start": float(plan.start or 0),
                "balance_end": float(plan.end or 0),
                "note": self.doubts,
            }
        )
        upload._attach(self.with_context(bin_size=False).data)
        return upload

    def _line_values(self, row):
        """Return the values of a bank line, JSON-ready."""
        label = row.label or row.reference or row.partner_name or row.transaction_type or "/"
        return {
            "date": row.date.isoformat(),
            "payment_ref": label,
            "partner_name": row.partner_name,
            "account_number": row.account_number,
            "ref": row.reference,
            "transaction_type": row.transaction_type,
            "amount": float(row.amount),
        }
