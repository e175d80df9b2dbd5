from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.ai_audit_log.engine import lifecycle

from ..engine import duplicates
from .ai_bill_fill_mixin import AiBillFillMixin
from .ai_bill_landing_mixin import AiBillLandingMixin

BILLS = ("in_invoice", "in_refund")
#: Tasks of bills, the one a person decides first comes first.
TASKS = ("bill.vendor", "bill.code", "bill.post", "bill.read")
#: What flags and suggestions of a bill depend on; another value calls for another look.
INPUTS = {
    *("invoice_line_ids", "line_ids", "partner_id", "ref", "invoice_date", "invoice_date_due"),
    *("currency_id", "journal_id", "partner_bank_id", "fiscal_position_id", "move_type", "date"),
}


class AccountMove(models.Model):
    _name = "account.move"
    # Where files land and what they fill stands before core's own handling.
    _inherit = [
        AiBillLandingMixin._name,
        AiBillFillMixin._name,
        "account.move",
        "ai.suggestion.mixin",
    ]

    ai_bill_file_id = fields.Many2one(
        "ir.attachment",
        string="File of the Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    ai_bill_reading = fields.Json(string="Reading", readonly=True, copy=False)
    ai_bill_state = fields.Selection(
        [("waiting", "Being read"), ("read", "Read"), ("unread", "Not read")],
        string="Reading of the File",
        readonly=True,
        copy=False,
    )
    ai_bill_filled = fields.Json(
        readonly=True,
        copy=False,
        help="Field values that came from the file or the mail's sender; whatever differs from "
        "them was entered by a person and stays.",
    )
    ai_bill_printed_total = fields.Monetary(
        string="Printed Total",
        copy=False,
        help="The total as it stands on the bill, compared with the draft at every change.",
    )
    ai_bill_flag_ids = fields.One2many("ai.bill.flag", "move_id", string="Flags", readonly=True)
    ai_bill_flags = fields.Json(string="Flags in Detail", compute="_compute_ai_bill_flags")
    ai_bill_blocked = fields.Boolean(
        string="Blocked", compute="_compute_ai_bill_flags", search="_search_ai_bill_blocked"
    )
    ai_reference_key = fields.Char(
        compute="_compute_ai_reference_key", store=True, index="btree_not_null"
    )

    @api.depends("ref", "move_type")
    def _compute_ai_reference_key(self):
        for move in self:
            is_bill = move.move_type in BILLS
            move.ai_reference_key = (is_bill and duplicates.normalised(move.ref)) or False

    @api.depends("ai_bill_flag_ids.state", "ai_bill_flag_ids.message")
    def _compute_ai_bill_flags(self):
        for move in self:
            flags = move.ai_bill_flag_ids
            move.ai_bill_flags = [flag._shown() for flag in flags]
            move.ai_bill_blocked = bool(flags._blocking())

    def _search_ai_bill_blocked(self, operator, value):
        if operator != "in":
            return NotImplemented
        blocked = Domain(
            "ai_bill_flag_ids", "any", [("state", "=", "open"), ("level", "=", "blocking")]
        )
        wanted = {bool(one) for one in value}
        if wanted == {True, False}:
            return Domain.TRUE
        return blocked if True in wanted else ~blocked

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_ai_bill_read_again(self):
        """Queue the files of these drafts to be read, once more where they were read before."""
        self.check_access("write")
        bills = self.filtered(lambda move: move.move_type in BILLS and move.state == "draft")
        for move in bills.filtered(lambda move: not move.ai_bill_file_id):
            move.ai_bill_file_id = move._ai_bill_attachment()
        with_file = bills.filtered("ai_bill_file_id")
        if not with_file:
            raise UserError(self.env._("There is no draft of a bill with a file to read."))
        if not with_file._ai_bill_queue("button"):
            raise UserError(self.env._("Reading of bills is switched off in the settings."))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("%(count)s are being read.", count=len(with_file)),
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _ai_bill_attachment(self):
        """Return the file a person attached that a bill is read from: a PDF, XML, or picture."""
        self.ensure_one()
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False)],
            order="id",
        )
        main = self.message_main_attachment_id & files
        readable = (main | files).filtered(
            lambda one: one.mimetype and one.mimetype.endswith(("/pdf", "/xml"))
        )
        pictures = (main | files).filtered(lambda one: (one.mimetype or "").startswith("image/"))
        return (readable or pictures or files)[:1]

    def action_ai_suggest(self):
        """Look at bills again: coding first, then posting."""
        bills = self._ai_bills()
        if bills:
            bills._ai_check_user()
            bills._ai_bill_recheck()
            for code in ("bill.code", "bill.post"):
                task = self.env["ai.finance.task.type"]._get(code)
                self.env["ai.finance.pipeline"]._suggest(task, bills, "button")
            bills._ai_invalidate()
        return super(AccountMove, self - bills).action_ai_suggest() if self - bills else True

    def _ai_check_user(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_user")):
            raise UserError(self.env._("The role AI User is missing."))

    # ------------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if not INPUTS.isdisjoint(vals) and not self.env.context.get("ai_bill_working"):
            drafts = self.filtered(lambda move: move.ai_bill_state and move.state == "draft")
            if drafts:
                drafts._ai_bill_changed()
        return result

    def _ai_bill_changed(self):
        """Look at the flags again, and have the suggestion to post made anew."""
        drafts = self.filtered(lambda move: move.state == "draft")
        drafts._ai_bill_recheck()
        ready = drafts.filtered(lambda move: move.ai_bill_state in ("read", "unread"))
        if ready:
            self.env["ai.finance.outbox"]._enqueue("bill.post", ready)

    def _ai_bill_recheck(self):
        """Bring the flags of these bills up to date with what they are now."""
        bills = self.filtered(lambda move: move.ai_bill_state in ("read", "unread"))
        if bills:
            self.env["ai.bill.check"]._run(bills)

    def _post(self, soft=True):
        bills = self._ai_bills().filtered("ai_bill_state")
        if bills:
            bills._ai_bill_recheck()
            blocked = bills.ai_bill_flag_ids._blocking()
            if blocked:
                raise UserError(self._ai_blocked_message(blocked))
        posted = super()._post(soft)
        done = posted & bills
        if done:
            if not self.env.context.get("ai_bill_working"):
                done._ai_bill_close(self.env._("Posted by %(name)s.", name=self.env.user.name))
            self.env["ai.bill.vendor"]._learn(done)
        return posted

    def _ai_blocked_message(self, flags):
        lines = [
            self.env._(
                "%(bill)s: %(problem)s",
                bill=flag.move_id.ref or flag.move_id.display_name,
                problem=flag.message,
            )
            for flag in flags
        ]
        way_out = self.env._("Correct it, or have an approver set the flag aside with a reason.")
        return "\n".join([*lines, way_out])

    def unlink(self):
        read = self.filtered("ai_bill_state")
        if read:
            read._ai_bill_close(self.env._("The draft was removed."))
        return super().unlink()

    # ------------------------------------------------------------------
    # Suggestions of bills
    # ------------------------------------------------------------------

    def _ai_bills(self):
        return self.filtered(lambda move: move.move_type in BILLS)

    def _ai_bill_close(self, note):
        """End suggestions that a person's own deed made needless."""
        rows = (
            self.env["ai.audit.log"]
            .sudo()  # whoever posts may not see all suggestions that wait
            .search(
                [("task_code", "in", TASKS), ("res_model", "=", self._name)]
                + [("res_id", "in", self.ids), ("state", "in", [*lifecycle.OPEN])]
            )
        )
        if rows:
            rows._transition("superseded", note=note)
            self.env["ai.finance.approval"]._wake(rows)
            self._ai_invalidate()

    def _ai_logs(self):
        """Return the suggestions of bills, those of the first task that waits first."""
        bills = self._ai_bills()
        found = super(AccountMove, self - bills)._ai_logs() if self - bills else {}
        Log = self.env["ai.audit.log"]
        if bills and Log.has_access("read"):
            logs = Log.search(
                [("task_code", "in", TASKS), ("res_model", "=", self._name)]
                + [("res_id", "in", bills.ids), ("decision", "!=", "shadow")]
            )
            ranked = logs.sorted(lambda log: (TASKS.index(log.task_code), -log.id))
            found = {**found, **ranked.grouped("res_id")}
        return found

    def _search_ai_suggestion_id(self, operator, value):
        parent = super()._search_ai_suggestion_id(operator, value)
        live = Domain("task_code", "in", TASKS) & Domain("res_model", "=", self._name)
        live &= Domain("state", "in", [*lifecycle.OPEN])
        if operator in ("any", "any!"):
            return parent | Domain("id", "in", self._ai_ids(live & Domain(value)))
        if operator == "in" and set(value) == {False}:
            return parent & ~Domain("id", "in", self._ai_ids(live))
        if operator == "in":
            live &= Domain("id", "in", [item for item in value if item])
            return parent | Domain("id", "in", self._ai_ids(live))
        return NotImplemented

    def _ai_applied(self, logs):
        """Tell the chatter; that a draft was read is said in few words."""
        if logs[:1].task_code not in TASKS:
            return super()._ai_applied(logs)
        if logs[:1].task_code in ("bill.read", "bill.vendor"):
            return super()._ai_applied(logs)
        bodies = {
            move: self._ai_body(
                self.env._("Suggestion applied"),
                log,
                ", ".join(reason["text"] for reason in log.reasons or ()),
            )
            for move, log in zip(self, logs, strict=True)
        }
        return self._ai_post(bodies)
