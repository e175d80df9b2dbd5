import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: First key of the session locks by which a worker holds what it is sending ("AINV").
LOCK_CLASS = 0x41494E56
#: So often a sending that provably did not go out is taken up again by itself.
TRIES = 3
#: How core calls the channels; the last two print only, nothing leaves the house.
METHODS = {"email": "email", "peppol": "peppol", "portal": "manual", "post": "manual"}


class AiInvoiceSendingWorker(models.AbstractModel):
    """Sends the queue, one invoice at a time, each step committed before the next.

    "Being sent" is committed first, and a session lock is held as long as the worker lives: a
    row in that state which nobody holds was left by a dead worker, and is not sent again before a
    person has looked. Mails are committed as not to be sent, so that no mail queue takes them up
    behind our back; only this worker sends them.
    """

    _name = "ai.invoice.sending.worker"
    _description = "Sending of Invoices"

    @api.model
    def _cron_send(self):
        """Send what waits until nothing is left or the time is over."""
        self = self.sudo()  # the queue itself; each invoice is sent with the rights of its sender
        cron = self.env["ir.cron"]
        committed = self.env["ai.finance.outbox"]._committed
        committed(self._look_after_the_dead)
        waiting = self.env["ai.invoice.sending"].search_count([("state", "=", "waiting")])
        cron._commit_progress(remaining=waiting)
        while sending := committed(self._claim):
            try:
                self._work(sending)
                time_left = cron._commit_progress(1)
            finally:
                self._release(sending)
            if not time_left:
                break

    # ------------------------------------------------------------------
    # Who sends what
    # ------------------------------------------------------------------

    def _claim(self):
        """Take the next invoice; the caller commits the mark before anything is sent."""
        waiting = [("state", "=", "waiting")]
        rows = self.env["ai.invoice.sending"].search(waiting, order="priority, id", limit=50)
        sending = rows.try_lock_for_update(limit=1).filtered_domain(waiting)
        if sending and self._hold(sending):
            now = fields.Datetime.now()
            attempts = sending.attempts + 1
            sending.write({"state": "sending", "started_at": now, "attempts": attempts})
            sending.flush_recordset()
            return sending
        return rows.browse()

    def _look_after_the_dead(self):
        """Bring to an end what a worker was sending when it died."""
        for sending in self.env["ai.invoice.sending"].search([("state", "=", "sending")]):
            if not self._hold(sending):
                continue  # its worker lives
            try:
                if not sending.try_lock_for_update():
                    continue
                if self._went_out(sending):
                    sending._done()
                elif self._is_unsent(sending) and sending.attempts < TRIES:
                    sending.state = "waiting"
                else:
                    sending._interrupted()
                sending.flush_recordset()
            finally:
                self._release(sending)

    def _went_out(self, sending):
        """Return whether the network itself has said that it took the document."""
        move = sending.move_id
        taken = "peppol_move_state" in move._fields and move.peppol_move_state
        return sending.channel == "peppol" and taken in ("processing", "done")

    def _is_unsent(self, sending):
        """Return whether nothing can have gone out: no mail was ready, or nothing ever is sent."""
        if sending.channel == "email":
            return not sending.message_id
        return METHODS[sending.channel] == "manual"

    def _hold(self, sending):
        lock = SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK_CLASS, sending.id)
        return self.env.execute_query(lock)[0][0]

    def _release(self, sending):
        self.env.cr.execute("SELECT pg_advisory_unlock(%s, %s)", (LOCK_CLASS, sending.id))

    # ------------------------------------------------------------------
    # One invoice
    # ------------------------------------------------------------------

    def _work(self, sending):
        """Prepare, commit, send; what is raised while sending may have gone out nevertheless."""
        try:
            mails = self._prepare(sending)
            self.env["ir.cron"]._commit_progress()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
            self._stopped(sending, error, again=self._is_unsent(sending))
            return
        except Exception as error:
            self._stopped(sending, error)
            return
        try:
            problem = mails and self._transmit(sending, mails)
            if problem:
                sending._failed(problem)
            else:
                sending._done()
            self.env.cr.flush()
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Sending %s ended in an error after it had begun", sending.id)
            sending._interrupted()

    def _stopped(self, sending, error, again=False):
        """Keep why an invoice was not sent, or could not be known to be."""
        self.env.cr.rollback()
        _logger.warning("Sending %s failed", sending.id, exc_info=error)
        if again and sending.attempts < TRIES:
            sending.state = "waiting"
        elif sending.channel == "peppol" and not isinstance(error, UserError):
            sending._interrupted()
        else:
            sending._failed(str(error) or type(error).__name__)

    def _prepare(self, sending):
        """Have core make the documents; return the mails to send, not to be sent by others."""
        move = self._as_sender(sending)
        if move.state == "posted" and move._ai_document_checksum() != sending.document_checksum:
            text = self.env._("The invoice changed since it was approved: suggest it again.")
            raise UserError(text)
        if sending.channel == "email":
            mails = self._mails(sending) if sending.message_id else self._new_mails(sending, move)
            mails.write({"state": "exception", "failure_reason": self.env._("Being sent")})
            return mails
        send = move.env["account.move.send"]
        send._generate_and_send_invoices(move, sending_methods=[METHODS[sending.channel]])
        return None

    def _as_sender(self, sending):
        """Return the invoice with the rights and in the company of who approved the sending."""
        service = self.env.ref("ai_audit_log.user_service")
        user = sending.user_id if sending.user_id.active else service
        context = {
            **self.env.context,
            "allowed_company_ids": sending.company_id.ids,
            "lang": user.lang,
            "tz": user.tz,
            "ai_sending_id": sending.id,
            "mail_notify_force_send": False,
        }
        return sending.move_id.with_env(self.env(user=user, su=False, context=context))

    def _new_mails(self, sending, move):
        """Return the mails core makes for ``move``, in the transaction that makes them known."""
        messages = self.env["mail.message"]
        mine = [("model", "=", "account.move"), ("res_id", "=", move.id)]
        before = messages.search(mine, order="id desc", limit=1).id
        move.env["ai.invoice.sending.text"]._send(sending, move)
        mine += [("id", ">", before or 0), ("partner_ids", "in", sending.recipient_ids.ids)]
        sending.message_id = messages.search(mine, order="id desc", limit=1)
        mails = self._mails(sending)
        if not mails:
            raise UserError(self.env._("There is nobody to send it to."))
        return mails

    def _mails(self, sending):
        mails = self.env["mail.mail"].search([("mail_message_id", "=", sending.message_id.id)])
        return mails.filtered(lambda mail: mail.state in ("outgoing", "exception"))

    def _transmit(self, sending, mails):
        """Hand the mails to the mail server; return why it took none of the customer's."""
        mails.write({"state": "outgoing", "failure_reason": False})
        mails.send()
        sending.message_id.notification_ids.invalidate_recordset()
        notifications = sending.message_id.notification_ids.filtered(
            lambda one: (
                one.res_partner_id in sending.recipient_ids and one.notification_type == "email"
            )
        )
        refused = notifications.filtered(lambda one: one.notification_status == "exception")
        reasons = [*refused.mapped("failure_reason"), *mails.exists().mapped("failure_reason")]
        text = ", ".join(dict.fromkeys(reason for reason in reasons if reason))
        if refused and refused == notifications:
            return text or self.env._("The mail server did not take it.")
        if refused:
            names = ", ".join(refused.res_partner_id.mapped("email_formatted"))
            sending._message(
                self.env._("Not delivered to %(names)s: %(why)s", names=names, why=text)
            )
        return None
