from odoo import Command, api, fields, models
from odoo.exceptions import UserError

READABLE = (".pdf", ".xlsx", ".xlsm", ".csv", ".txt", ".tsv", ".png", ".jpg", ".jpeg", ".tif")


class AiBankRemittance(models.Model):
    """What a payer says a payment is for: read from its file or mail, joined to its bank line."""

    _name = "ai.bank.remittance"
    _description = "Remittance Advice"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("new", "Being Read"),
            ("waiting", "Waits for Its Payment"),
            ("joined", "Joined"),
            ("unread", "Could Not Be Read"),
        ],
        default="new",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True, copy=False)
    checksum = fields.Char(related="attachment_id.checksum", store=True, index="btree_not_null")
    body = fields.Html(string="Text of the Mail", readonly=True, sanitize=True, copy=False)
    payer = fields.Char(string="Payer as Written", readonly=True)
    account_number = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", string="Payer", index="btree_not_null")
    reference = fields.Char(string="Payment Reference", readonly=True)
    date = fields.Date(string="Payment Date", readonly=True)
    total = fields.Monetary(readonly=True)
    row_sum = fields.Monetary(string="Sum of Rows", readonly=True)
    row_ids = fields.One2many("ai.bank.remittance.row", "remittance_id", string="Documents")
    row_count = fields.Integer(compute="_compute_row_count")
    has_deductions = fields.Boolean(compute="_compute_row_count")
    problems = fields.Json(readonly=True)
    note = fields.Text(string="To Know", compute="_compute_note")
    line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Bank Line",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        domain="[('company_id', '=', company_id), ('is_reconciled', '=', False)]",
        check_company=True,
        tracking=True,
    )
    is_matched = fields.Boolean(string="Bank Line Matched", related="line_id.is_reconciled")

    @api.depends("row_ids.gross")
    def _compute_row_count(self):
        for remittance in self:
            remittance.row_count = len(remittance.row_ids)
            remittance.has_deductions = any(row.gross for row in remittance.row_ids)

    @api.depends("problems")
    def _compute_note(self):
        for remittance in self:
            texts = remittance._sentences()
            remittance.note = "\n".join(texts) or False

    # ------------------------------------------------------------------
    # Coming in
    # ------------------------------------------------------------------

    @api.model
    def _from_files(self, attachments, line=None):
        """Return one remittance advice a file, read and joined; a file known already is found.

        :param line: the bank line the files are known to belong to, if it is
        """
        company = line.company_id if line else self.env.company
        known = self.search(
            [("company_id", "=", company.id), ("checksum", "in", attachments.mapped("checksum"))]
        ).grouped("checksum")
        found = self.browse()
        for attachment in attachments:
            same = known.get(attachment.checksum, self.browse())[:1]
            if not same:
                same = self.create(
                    {
                        "name": attachment.name,
                        "company_id": company.id,
                        "attachment_id": attachment.id,
                    }
                )
                attachment.write({"res_model": self._name, "res_id": same.id})
                known[attachment.checksum] = same
            found |= same
        found.filtered(lambda one: one.state in ("new", "unread"))._read_now()
        if line:
            found.filtered("row_ids").write({"line_id": line.id})
        found._join()
        return found

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep a mail to the address of remittance advices, to be read in the background."""
        values = {
            "name": msg_dict.get("subject") or self.env._("Remittance advice"),
            "body": msg_dict.get("body") or False,
            **(custom_values or {}),
        }
        self._wake()
        return super().message_new(msg_dict, values)

    def _message_post_after_hook(self, message, msg_vals):
        """Read the mail's file, where one came with it, instead of its text."""
        result = super()._message_post_after_hook(message, msg_vals)
        for remittance in self.filtered(lambda one: one.state == "new" and not one.attachment_id):
            files = message.attachment_ids.sorted("id").filtered(
                lambda one: (one.name or "").lower().endswith(READABLE)
            )
            if files:
                # With full rights: a mail's author has none, and the file is that mail's own.
                remittance.sudo().attachment_id = files[0]
        return result

    def write(self, vals):
        """Choosing the bank line joins; taking it away lets the advice wait again."""
        before = self.line_id
        result = super().write(vals)
        if "line_id" in vals:
            for remittance in self.filtered("row_ids"):
                state = "joined" if remittance.line_id else "waiting"
                if remittance.state != state:
                    super(AiBankRemittance, remittance).write({"state": state})
            self.env["ai.bank.remittance.join"]._look_again(before | self.line_id)
        return result

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_read_again(self):
        """Read the file or mail again, and look for the bank line."""
        self.check_access("write")
        self.filtered(lambda one: not one.line_id)._read_now()
        self._join()

    def action_join(self):
        """Look for the bank line now; say so where there is none."""
        self.check_access("write")
        self._join()
        if any(one.state == "waiting" for one in self):
            raise UserError(
                self.env._(
                    "No bank line fits yet: none has this amount and payer. It is looked for "
                    "again whenever bank lines come; or choose the line yourself."
                )
            )

    def action_part(self):
        """Take the advice away from its bank line."""
        self.write({"line_id": False})

    def action_open_line(self):
        """Open the bank line with its suggestion."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.bank.statement.line",
            "res_id": self.line_id.id,
            "views": [
                (self.env.ref("ai_bank_reconcile.view_bank_line_form").id, "form"),
            ],
        }

    # ------------------------------------------------------------------
    # Work
    # ------------------------------------------------------------------

    def _read_now(self):
        """Read these and keep what was found."""
        for remittance, found in self.env["ai.bank.remittance.reader"]._read(self).items():
            remittance.row_ids.unlink()
            remittance.write(
                {
                    "state": "waiting" if found.rows else "unread",
                    "payer": found.payer,
                    "account_number": found.account,
                    "reference": found.reference,
                    "date": found.date,
                    "total": found.total if found.total is not None else found.sum,
                    "row_sum": found.sum,
                    "problems": [list(problem) for problem in found.problems],
                    "row_ids": [
                        Command.create(values)
                        for values in self.env["ai.bank.remittance.row"]._values(found.rows)
                    ],
                }
            )

    def _join(self):
        """Find payers and bank lines."""
        self.env["ai.bank.remittance.join"]._set_partners(self)
        self.env["ai.bank.remittance.join"]._join(self.filtered(lambda one: one.state == "waiting"))

    @api.model
    def _wake(self):
        # With full rights: whoever sends a mail may not touch scheduled actions.
        self.env.ref("ai_bookkeeping_bank.cron_remittances").sudo()._trigger()

    @api.model
    def _cron_read_and_join(self):
        """Read what came by mail, then look for the bank lines of all that wait."""
        cron = self.env["ir.cron"]
        fresh = self.search([("state", "=", "new")], order="id")
        cron._commit_progress(remaining=len(fresh))
        for remittance in fresh:
            remittance._read_now()
            if not cron._commit_progress(1):
                return
        for company in self.search([("state", "=", "waiting")]).company_id:
            waiting = self.search([("state", "=", "waiting"), ("company_id", "=", company.id)])
            waiting.with_company(company)._join()

    def _sentences(self):
        """Return what is to be known of the reading, in words."""
        texts = {
            "no_rows": self.env._("No documents were found in it."),
            "no_total": self.env._("It prints no total: the sum of its rows counts."),
            "sum_differs": self.env._("The rows do not add up to the total: %s."),
            "row_arithmetic": self.env._("The amounts of %s contradict each other."),
            "encrypted": self.env._("The file is protected by a password."),
            "too_many_pages": self.env._("The file has too many pages."),
            "too_large": self.env._("The file is too large."),
            "empty": self.env._("The file is empty."),
            "no_text": self.env._("No text was found on the pages."),
            "unknown_kind": self.env._("This kind of file is not read."),
            "ocr_missing": self.env._("It is a scan, and text recognition is not installed."),
            "several_lines": self.env._("Several bank lines fit: please choose one."),
        }
        other = self.env._("The file is damaged or not what its name says.")
        found = []
        for code, detail in self.problems or ():
            text = texts.get(code, other)
            found.append(text % detail if "%s" in text else text)
        return found
