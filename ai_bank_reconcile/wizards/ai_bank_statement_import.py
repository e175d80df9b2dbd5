from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine.statement_file import fingerprints
from .ai_bank_statement_file import COLUMN_FIELDS

ROWS_SHOWN = 8
PROBLEMS_SHOWN = 15


class AiBankStatementImport(models.TransientModel):
    """Shows how a bank's file is read, then books all of it as one statement, or nothing."""

    _name = "ai.bank.statement.import"
    _inherit = ["ai.bank.statement.file"]
    _description = "Bank Statement Import"

    preview = fields.Json(compute="_compute_preview")
    problems = fields.Text(compute="_compute_preview")
    line_count = fields.Integer("Lines", compute="_compute_preview")
    new_count = fields.Integer("New Lines", compute="_compute_preview")
    known_count = fields.Integer("Imported Before", compute="_compute_preview")
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
            parsed, problems = wizard._read()
            rows = parsed.lines if parsed else ()
            known = wizard._known(fingerprints(rows))
            amounts = [float(row.amount) for row in rows]
            dates = [row.date for row in rows]
            wizard.update(
                {
                    "preview": wizard._preview_rows(rows, known),
                    "problems": wizard._joined(problems),
                    "line_count": len(rows),
                    "new_count": len(rows) - len(known),
                    "known_count": len(known),
                    "date_from": min(dates, default=False),
                    "date_to": max(dates, default=False),
                    "amount_in": sum(amount for amount in amounts if amount > 0),
                    "amount_out": sum(amount for amount in amounts if amount < 0),
                    "amount_total": sum(amounts),
                    "has_balance": bool(parsed) and parsed.opening is not None,
                    "balance_start": float(parsed and parsed.opening or 0),
                    "balance_end": float(parsed and parsed.closing or 0),
                }
            )

    def _preview_rows(self, rows, known):
        """Return the first rows for the screen, JSON-ready."""
        marks = fingerprints(rows)
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
                "known": mark in known,
            }
            for row, mark in zip(rows[:ROWS_SHOWN], marks, strict=False)
        ]

    def _joined(self, problems):
        """Return the first problems as text, one a line."""
        more = len(problems) - PROBLEMS_SHOWN
        if more > 0:
            rest = self.env._("And %s more of this kind.", more)
            problems = [*problems[:PROBLEMS_SHOWN], rest]
        return "\n".join(problems)

    def _known(self, marks):
        """Return which fingerprints the bank journal holds already."""
        if not marks:
            return set()
        lines = self.env["account.bank.statement.line"].search_fetch(
            [("journal_id", "=", self.journal_id.id), ("ai_import_fingerprint", "in", marks)],
            ["ai_import_fingerprint"],
        )
        return set(lines.mapped("ai_import_fingerprint"))

    def action_import(self):
        """Import the file and show the new lines, each waiting for its suggestion."""
        self.ensure_one()
        statement = self._import_statement()
        return self._open(statement, self.line_count - len(statement.line_ids))

    def _import_statement(self):
        """Book the lines of the file that are new as one statement.

        :raises UserError: when anything in the file cannot be read or booked: then nothing is
        """
        self._check_journal()
        parsed, problems = self._read()
        if problems or not parsed:
            nothing = self.env._("Nothing was imported.")
            raise UserError("\n".join([nothing, self._joined(problems)]))
        statement = self.with_company(self.journal_id.company_id)._create_statement(parsed)
        self._attach(statement)
        return statement

    def _create_statement(self, parsed):
        rows = list(zip(parsed.lines, fingerprints(parsed.lines), strict=True))
        if parsed.newest_first:  # the order of lines of one day is that of their creation
            rows.reverse()
        known = self._known([mark for _row, mark in rows])
        new = [(at, row, mark) for at, (row, mark) in enumerate(rows) if mark not in known]
        if not new:
            raise UserError(
                self.env._("All lines of this file were imported before: nothing was imported.")
            )
        values = {
            "name": self.filename,
            "reference": self.filename,
            "journal_id": self.journal_id.id,
            "line_ids": [Command.create(self._line_values(row, mark)) for _at, row, mark in new],
        }
        if parsed.opening is not None:
            before = sum(row.amount for row, _mark in rows[: new[0][0]])
            start = parsed.opening + before
            values["balance_start"] = float(start)
            values["balance_end_real"] = float(start + sum(row.amount for _at, row, _mark in new))
        return self.env["account.bank.statement"].create(values)

    def _line_values(self, row, mark):
        label = row.label or row.reference or row.partner_name or row.transaction_type or "/"
        return {
            "journal_id": self.journal_id.id,
            "date": row.date,
            "payment_ref": label,
            "partner_name": row.partner_name,
            "account_number": row.account_number,
            "ref": row.reference,
            "transaction_type": row.transaction_type,
            "amount": float(row.amount),
            "ai_import_fingerprint": mark,
        }

    def _attach(self, statement):
        """Keep the bank's file with the statement."""
        statement.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": self.filename,
                "datas": self.with_context(bin_size=False).data,
                "res_model": statement._name,
                "res_id": statement.id,
                "company_id": statement.company_id.id,
            }
        )

    def _open(self, statement, skipped):
        """Show the lines of the statement, and say how many of the file were there before."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bank_reconcile.action_bank_lines"
        )
        action["display_name"] = action["name"] = statement.name
        action["domain"] = [("statement_id", "=", statement.id)]
        action["context"] = {}
        if not skipped:
            return action
        message = self.env._(
            "Lines imported: %(new)s. Left out because they were imported before: %(known)s.",
            new=len(statement.line_ids),
            known=skipped,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": message, "next": action},
        }
