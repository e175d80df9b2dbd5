import logging
from datetime import timedelta

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .account_bank_statement_line import TASK

_logger = logging.getLogger(__name__)

#: Up to so many lines are booked within the click; more are booked in parts of PART lines. Core
#: takes 20 to 26 ms a line, so a part ends well within a worker's time limit.
AT_ONCE = 150
PART = 100
#: A browser that has not asked for the next part for so long is gone: the server goes on.
SILENCE = timedelta(minutes=2)


class AiBankStatementUpload(models.Model):
    """An imported file: what of it is booked, how far it is, and what stopped it.

    All that is to be booked was read and checked before the first line. A part and the note of it
    are one transaction, so an import that was interrupted goes on where it was.
    """

    _name = "ai.bank.statement.upload"
    _description = "Statement Import"
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True

    journal_id = fields.Many2one(
        "account.journal", "Bank", required=True, readonly=True, index=True, ondelete="cascade",
        check_company=True,
    )  # fmt: skip
    company_id = fields.Many2one(related="journal_id.company_id", store=True, index=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    filename = fields.Char("File", readonly=True)
    state = fields.Selection(
        [
            ("importing", "Importing"),
            ("done", "Done"),
            ("failed", "Stopped"),
            ("taken_back", "Taken Back"),
        ],
        default="importing",
        required=True,
        readonly=True,
        index=True,
    )
    statement_id = fields.Many2one("account.bank.statement", readonly=True, ondelete="set null")
    rows = fields.Json(readonly=True, help="Values of the lines to be booked, oldest first.")
    total = fields.Integer("Lines", readonly=True)
    done = fields.Integer("Booked", readonly=True)
    known_count = fields.Integer("There Already", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    has_balance = fields.Boolean(readonly=True)
    balance_start = fields.Monetary("Opening Balance", readonly=True)
    balance_end = fields.Monetary("Closing Balance", readonly=True)
    note = fields.Text("Accepted", readonly=True, help="What was doubtful, and imported anyway.")
    error = fields.Text(readonly=True)
    last_part_at = fields.Datetime(readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Bank's File", readonly=True, bypass_search_access=True
    )

    @api.depends("journal_id")
    def _compute_currency_id(self):
        for upload in self:
            journal = upload.journal_id
            upload.currency_id = journal.currency_id or journal.company_id.currency_id

    @api.depends("done", "total")
    def _compute_progress(self):
        for upload in self:
            upload.progress = 100 * upload.done / upload.total if upload.total else 100

    def _attach(self, data):
        """Keep the bank's file.

        :param data: content in base64
        """
        self.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": self.filename,
                "datas": data,
                "res_model": self._name,
                "res_id": self.id,
                "company_id": self.company_id.id,
            }
        )

    # ------------------------------------------------------------------
    # From the click to the last line
    # ------------------------------------------------------------------

    def _start(self):
        """Book a short file at once; have the screen ask for the parts of a long one."""
        if self.total <= AT_ONCE:
            self._import_part(self.total)
            if self.state == "failed":
                raise UserError(self.env._("Nothing was imported.\n%s", self.error))
            return self._open_lines()
        self.last_part_at = fields.Datetime.now()
        self._wake(SILENCE)
        return {
            "type": "ir.actions.client",
            "tag": "ai_statement_import",
            "params": {"upload_id": self.id, "total": self.total, "filename": self.filename},
        }

    def action_next_part(self):
        """Book the next part and return how far the import is, for the screen."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "importing":
            self._import_part(PART)
        over = self.state != "importing"
        return {
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "error": self.error,
            "next": self._open_lines() if over and self.statement_id else False,
        }

    def action_continue(self):
        """Go on with an import that was interrupted, in the background or on the screen."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "failed":
            self.write({"state": "importing", "error": False})
        return self._start() if self.state == "importing" else False

    def action_in_background(self):
        """Have the server book the rest by itself."""
        self.check_access("write")
        self.last_part_at = False
        self._wake(timedelta())

    def _wake(self, after):
        # Waking a scheduled action is for administrators; this one only books what was begun.
        cron = self.env.ref("ai_bank_reconcile.cron_statement_import").sudo()
        cron._trigger(fields.Datetime.now() + after)

    def _import_part(self, size):
        """Book the next lines. Whoever comes second, browser or server, leaves it to the first."""
        if not self.try_lock_for_update():
            return
        try:
            with self.env.cr.savepoint():
                self._book(size)
        except (UserError, UniqueViolation) as error:
            self.invalidate_recordset()
            text = error.diag.message_primary if isinstance(error, UniqueViolation) else str(error)
            self.write({"state": "failed", "error": text})

    def _book(self, size):
        rows = self.rows[self.done : self.done + size]
        new = self._not_booked(rows)
        self._check_locks(new)
        self._create_lines(new)
        values = {
            "done": self.done + len(rows),
            "total": self.total,
            "known_count": self.known_count + len(rows) - len(new),
            "last_part_at": fields.Datetime.now(),
        }
        if values["done"] >= self.total:
            values.update(state="done", rows=False)
        self.write(values)
        if self.state == "done":
            self._finish()

    def _not_booked(self, rows):
        """Leave out what a colleague imported since the file was looked at."""
        marks = [row["ai_import_fingerprint"] for row in rows]
        lines = self.env["account.bank.statement.line"].search_fetch(
            [("journal_id", "=", self.journal_id.id), ("ai_import_fingerprint", "in", marks)],
            ["ai_import_fingerprint"],
        )
        there = set(lines.mapped("ai_import_fingerprint"))
        return [row for row in rows if row["ai_import_fingerprint"] not in there]

    def _check_locks(self, rows):
        """Core would silently move a line of a locked day to the next open one."""
        for date in sorted({row["date"] for row in rows}):
            day = fields.Date.to_date(date)
            if self.company_id._get_violated_lock_dates(day, False, self.journal_id):
                raise UserError(self.env._("The period of %(date)s is locked.", date=date))

    def _create_lines(self, rows):
        """Create bank lines, the first of them with their statement."""
        if not rows:
            return
        common = {"journal_id": self.journal_id.id}
        quiet = self.env["account.bank.statement"].with_context(ai_no_suggestions=True)
        if self.statement_id:
            common["statement_id"] = self.statement_id.id
            quiet.env["account.bank.statement.line"].create([{**row, **common} for row in rows])
            return
        values = {
            "name": self.filename,
            "reference": self.filename,
            "journal_id": self.journal_id.id,
            "line_ids": [Command.create({**row, **common}) for row in rows],
        }
        if self.has_balance:
            values |= {"balance_start": self.balance_start, "balance_end_real": self.balance_end}
        self.statement_id = quiet.create(values).with_env(self.env)
        self.attachment_ids.write(
            {"res_model": self.statement_id._name, "res_id": self.statement_id.id}
        )
        self.statement_id.attachment_ids = self.attachment_ids

    def _finish(self):
        """Queue all lines for suggestions, now that each can be compared with the others."""
        statement = self.statement_id
        if not self.has_balance:
            statement.balance_end_real = statement.balance_end
        if not self.env.context.get("ai_no_suggestions"):
            waiting = statement.line_ids.filtered(lambda line: not line.is_reconciled)
            self.env["ai.finance.outbox"]._enqueue(TASK, waiting)

    # ------------------------------------------------------------------
    # Without a browser
    # ------------------------------------------------------------------

    @api.model
    def _cron_continue(self):
        """Go on with imports that no browser works on any more, each as who began it."""
        cron = self.env["ir.cron"]
        silent = fields.Datetime.now() - SILENCE
        uploads = self.search(
            [
                ("state", "=", "importing"),
                "|",
                ("last_part_at", "=", False),
                ("last_part_at", "<", silent),
            ],
            order="id",
        )
        cron._commit_progress(remaining=len(uploads))
        for upload in uploads:
            upload._continue_alone()

    def _continue_alone(self):
        """Book part after part, each committed; what breaks stops this import, not the others."""
        cron = self.env["ir.cron"]
        while self.state == "importing":
            before = self.done
            try:
                self._as_importer()._import_part(PART)
                self.env.cr.flush()
            except OperationalError:
                raise  # somebody else is at it, or the database went away: the next run goes on
            except Exception as error:
                self.env.cr.rollback()
                _logger.warning("Statement import %s stopped", self.id, exc_info=error)
                self.write({"state": "failed", "error": str(error)})
            self.invalidate_recordset()
            over = self.state != "importing"
            if not over and self.done == before:
                self._wake(timedelta(seconds=30))
                return  # somebody else books a part right now
            if not over:
                self.last_part_at = False  # the server's now: its next run need not wait
            if not cron._commit_progress(1 if over else 0):
                if not over:
                    self._wake(timedelta())
                return

    def _as_importer(self):
        """Return this import with the rights and the language of who began it."""
        user = self.create_uid
        context = {"allowed_company_ids": self.company_id.ids, "lang": user.lang, "tz": user.tz}
        return self.with_user(user).with_context(**context)

    # ------------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------------

    def action_take_back(self):
        """Delete the lines of an import that stopped, as if it had never begun."""
        for upload in self:
            upload.check_access("write")
            lines = upload.statement_id.line_ids
            if upload.state == "done":
                raise UserError(self.env._("%s is imported to its end.", upload.filename))
            if any(lines.mapped("is_reconciled")):
                raise UserError(
                    self.env._("Lines of %s are matched already. Undo that first.", upload.filename)
                )
            lines.statement_id = False  # core keeps the lines of a statement that adds up
            upload.statement_id.unlink()
            lines.unlink()
            upload.write({"state": "taken_back", "rows": False, "done": 0, "error": False})

    def action_open_lines(self):
        """Show the bank lines of this import."""
        self.ensure_one()
        return self._lines_action()

    def _lines_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bank_reconcile.action_bank_lines"
        )
        action["display_name"] = action["name"] = self.statement_id.name
        action["domain"] = [("statement_id", "=", self.statement_id.id)]
        action["context"] = {}
        return action

    def _open_lines(self):
        """Show the new lines, and say how many of the file were there before."""
        action = self._lines_action()
        if not self.known_count:
            return action
        message = self.env._(
            "Lines imported: %(new)s. Left out because they were imported before: %(known)s.",
            new=len(self.statement_id.line_ids),
            known=self.known_count,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": message, "next": action},
        }
