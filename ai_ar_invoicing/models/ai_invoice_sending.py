from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..engine.sending import CHANNEL_TEXT, SENDING_TEXT

#: States in which nobody else may send the same invoice.
UNDER_WAY = ("waiting", "sending", "interrupted")
#: States in which the invoice is with the customer, or on its way.
DONE = ("sent", "to_post")
CHANNELS = [
    ("email", "By e-mail"),
    ("peppol", "By Peppol"),
    ("portal", "In the customer portal"),
    ("post", "By post"),
]


class AiInvoiceSending(models.Model):
    """One sending of one invoice: the queue, its status, and what became of it.

    Rows are written by approving a suggestion; the worker (``ai.invoice.sending.worker``) sends
    them one by one. What core's own Send button sends gets a row as well, made by hand.
    """

    _name = "ai.invoice.sending"
    _description = "Sending of an Invoice"
    _order = "id desc"

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, index=True)
    log_id = fields.Many2one(
        "ai.audit.log", string="Suggestion", readonly=True, ondelete="set null"
    )
    user_id = fields.Many2one("res.users", string="Sent by", readonly=True)
    channel = fields.Selection([*CHANNELS, ("hand", "By hand")], required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sending", "Being sent"),
            ("interrupted", "Interrupted, please check"),
            ("to_post", "To print and post"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    status = fields.Selection(
        selection="_get_statuses", compute="_compute_status", help="With what the mail server says."
    )
    by_hand = fields.Boolean(string="Sent by Hand", readonly=True)
    priority = fields.Integer(default=10, readonly=True)
    recipient_ids = fields.Many2many("res.partner", string="Recipients", readonly=True)
    template_id = fields.Many2one("mail.template", readonly=True, ondelete="set null")
    subject = fields.Char(readonly=True)
    note = fields.Text(string="Personal Text", readonly=True)
    with_slip = fields.Boolean(string="With Delivery Slip", readonly=True)
    document_checksum = fields.Char(readonly=True)
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null")
    error = fields.Text(string="Reason", readonly=True)
    attempts = fields.Integer(readonly=True)
    started_at = fields.Datetime(readonly=True)
    sent_at = fields.Datetime(string="Sent on", readonly=True)
    archive_ids = fields.One2many("ai.invoice.archive", "sending_id", string="Documents")

    _one_under_way = models.UniqueIndex(
        "(move_id) WHERE state IN ('waiting', 'sending', 'interrupted')",
        "This invoice is being sent already.",
    )

    @api.depends("move_id")
    def _compute_display_name(self):
        for sending in self:
            sending.display_name = sending.move_id.display_name

    def _get_statuses(self):
        states = self._fields["state"]._description_selection(self.env)
        return [*states, ("bounced", self.env._("Bounced")), ("queued", self.env._("Mail queued"))]

    @api.depends("state", "message_id")
    def _compute_status(self):
        # Who may read the row may know whether the mail arrived.
        sent = self.filtered(lambda one: one.state == "sent" and one.message_id).sudo()
        notifications = sent.message_id.notification_ids.filtered(
            lambda one: one.notification_type == "email"
        ).grouped("mail_message_id")
        status = {"bounce": "bounced", "exception": "failed", "ready": "queued"}
        for sending in self:
            found = notifications.get(sending.sudo().message_id, ()) if sending in sent else ()
            to_customer = {
                one.notification_status
                for one in found
                if one.res_partner_id in sending.sudo().recipient_ids
            }
            worst = next((text for key, text in status.items() if key in to_customer), None)
            sending.status = worst or sending.state

    def _sentence(self):
        """Return channel, recipients, time and trouble in one line, for the invoice's panel."""
        self.ensure_one()
        to = ", ".join(self.recipient_ids.mapped("email_normalized"))
        channel = self.env._(CHANNEL_TEXT[self.channel])
        parts = [" ".join(filter(None, (channel, to and self.env._("to %s", to))))]
        if self.sent_at:
            parts.append(format_datetime(self.env, self.sent_at, dt_format="short"))
        return ", ".join([*parts, *filter(None, [self.error])])

    # ------------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Take invoices off the queue that were not sent yet."""
        return self._by_person(("waiting", "failed"), "_cancel")

    def action_retry(self):
        """Send again what failed, as it was; or what was interrupted and did not arrive."""
        return self._by_person(("failed", "interrupted"), "_retry")

    def action_confirm(self):
        """Say that an interrupted sending did arrive, or that a printed invoice was posted."""
        return self._by_person(("interrupted", "to_post"), "_confirm")

    def action_open_invoice(self):
        """Open the invoice."""
        return self.move_id.get_formview_action()

    def _by_person(self, states, step):
        """Call the method ``step`` of the rows in ``states``, as who may change the invoices."""
        self.move_id.check_access("write")
        rows = self.sudo().try_lock_for_update()  # the queue is written for everybody
        rows.invalidate_recordset(["state"])
        fitting = rows.filtered(lambda one: one.state in states)
        if len(fitting) < len(self):
            raise UserError(self.env._("It is being sent right now, or its state has changed."))
        getattr(fitting, step)()
        self.move_id._ai_invalidate()
        return True

    def _cancel(self):
        self.write({"state": "cancelled", "error": False})
        self._message(self.env._("Sending cancelled before it went out."))

    def _retry(self):
        for sending in self:
            if sending.move_id._ai_document_checksum() != sending.document_checksum:
                text = self.env._("The invoice changed meanwhile: cancel, and suggest it again.")
                raise UserError(text)
        self.write({"state": "waiting", "error": False, "attempts": 0, "priority": 10})
        self._wake()

    def _confirm(self):
        self._done(self.env._("Confirmed by %s.", self.env.user.name))

    # ------------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------------

    def _done(self, note=False):
        """Mark as sent and archive what went out."""
        now = fields.Datetime.now()
        for sending in self:
            posted = sending.channel != "post" or sending.state == "to_post"
            state = "sent" if posted else "to_post"
            archived = bool(sending.archive_ids)
            sending.write({"state": state, "sent_at": now, "error": False})
            if not archived:
                sending._archive()
            sending.move_id.sudo().is_move_sent = True
            sending._log_sent()
        if note:
            self._message(note)

    def _failed(self, reason):
        self.write({"state": "failed", "error": reason})
        self._message(self.env._("Sending failed: %s", reason))
        self._call_a_person(self.env._("Sending failed"), reason)

    def _interrupted(self):
        text = self.env._(SENDING_TEXT["interrupted"])
        self.write({"state": "interrupted", "error": text})
        self._message(text)
        self._call_a_person(self.env._("Find out whether the invoice arrived"), text)

    def _call_a_person(self, summary, note):
        """Give who sent it, or the salesperson, something to do about it."""
        service = self.env.ref("ai_audit_log.user_service")
        for sending in self:
            user = sending.user_id if sending.user_id != service else sending.move_id.user_id
            if user and user.active and not user.share:
                sending.move_id.activity_schedule(
                    "mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id
                )

    def _message(self, text):
        bodies = {sending.move_id.id: text for sending in self}
        self.env["account.move"].browse(bodies)._message_log_batch(bodies=bodies)

    def _archive(self):
        """Keep the files exactly as they went out."""
        self.ensure_one()
        message = self.message_id
        names = ", ".join(filter(None, self.recipient_ids.mapped("email_formatted")))
        self.env["ai.invoice.archive"]._keep(
            self,
            self._files(),
            recipients=names or self.partner_id.display_name,
            sent_at=self.sent_at,
            message_uid=message.message_id,
            subject=message.subject,
            body=message.body,
        )

    def _files(self):
        """Return what went out: the attachments of the mail, else the documents of the invoice."""
        files = self.message_id.attachment_ids
        if not files:
            Send = self.env["account.move.send"]
            files = Send._get_invoice_extra_attachments(self.move_id.sudo())
        if not files and self.channel == "peppol":
            # The server stopped before core linked them; its message of the sending has them.
            messages = self.move_id.sudo().message_ids.filtered("attachment_ids")
            files = messages.sorted("id")[-1:].attachment_ids
        return [
            {"name": file.name, "raw": file.raw, "mimetype": file.mimetype}
            for file in files.sorted("id")
        ]

    def _log_sent(self):
        """Append to the suggestion's log what was sent, with the hash of each file."""
        for sending in self.filtered("log_id"):
            self.env["ai.audit.log.event"].sudo().create(
                {
                    "log_id": sending.log_id.id,
                    "company_id": sending.company_id.id,
                    "kind": "sent",
                    "user_id": self.env.uid,
                    "note": ", ".join(sending.archive_ids.mapped("name")),
                    "data": {
                        "sending_id": sending.id,
                        "channel": sending.channel,
                        "recipients": sending.recipient_ids.mapped("email"),
                        "message_id": sending.message_id.message_id or None,
                        "files": {file.name: file.sha256 for file in sending.archive_ids},
                    },
                }
            )

    # ------------------------------------------------------------------
    # For the task
    # ------------------------------------------------------------------

    @api.model
    def _wake(self):
        self.env.ref("ai_ar_invoicing.cron_send").sudo()._trigger()

    @api.model
    def _of(self, moves, states):
        """Return ``{invoice: newest row in one of the states}``."""
        rows = self.sudo().search(
            Domain("move_id", "in", moves.ids) & Domain("state", "in", states), order="id"
        )
        return {row.move_id.with_env(self.env): row for row in rows}
