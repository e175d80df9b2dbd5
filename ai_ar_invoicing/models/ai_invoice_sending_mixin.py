from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.ai_audit_log.engine import lifecycle
from odoo.addons.ai_audit_log.engine.checksum import checksum

from ..engine.sending import reason
from .ai_invoice_archive_mixin import AiInvoiceArchiveMixin
from .ai_invoice_sending import DONE, UNDER_WAY

TASK = "invoice.send"
#: How far back the nightly run looks for posted invoices that nobody suggested to send.
MISSED = timedelta(days=30)


class AiInvoiceSendingMixin(models.AbstractModel):
    """For invoices: the suggestion to send it, what became of it, and the link to pay."""

    _name = "ai.invoice.sending.mixin"
    _inherit = ["ai.suggestion.mixin", AiInvoiceArchiveMixin._name]
    _description = "Document that is Sent"

    ai_send_log_id = fields.Many2one(
        "ai.audit.log", string="Suggestion to Send", compute="_compute_ai_send_log"
    )
    ai_send_summary = fields.Char(compute="_compute_ai_send_log")
    ai_send_confidence = fields.Float(compute="_compute_ai_send_log")
    ai_send_reasons = fields.Json(compute="_compute_ai_send_log")
    ai_send_vetoes = fields.Json(compute="_compute_ai_send_log")
    ai_send_decision = fields.Char(compute="_compute_ai_send_log")
    ai_sending_ids = fields.One2many("ai.invoice.sending", "move_id", string="Sendings")
    ai_sending_id = fields.Many2one(
        "ai.invoice.sending", string="Last Sending", compute="_compute_ai_sending"
    )
    ai_sending_status = fields.Selection(
        selection=lambda self: self.env["ai.invoice.sending"]._get_statuses(),
        string="Sending",
        compute="_compute_ai_sending",
    )
    ai_sending_text = fields.Char(compute="_compute_ai_sending")
    ai_sending_changed = fields.Boolean(
        string="Changed After Sending", compute="_compute_ai_sending"
    )
    ai_payment_link = fields.Char(
        string="Link to Pay",
        compute="_compute_ai_payment_link",
        help="Always asks for what is open on that day; it ends when the invoice is paid.",
    )

    @api.depends("state")
    def _compute_ai_send_log(self):
        logs = self.env["ai.audit.log"].search(
            [("task_code", "=", TASK), ("res_model", "=", self._name)]
            + [("res_id", "in", self.ids), ("state", "in", [*lifecycle.OPEN])]
        )
        by_id = logs.grouped("res_id")
        for move in self:
            log = by_id.get(move.id, logs)[:1] if move.id in by_id else logs.browse()
            move.ai_send_log_id = log
            move.ai_send_summary = log.summary
            move.ai_send_confidence = log.confidence
            move.ai_send_reasons = log.reasons
            move.ai_send_vetoes = log.vetoes
            move.ai_send_decision = log.decision

    @api.depends("ai_sending_ids.state", "state", "amount_total", "partner_id", "invoice_date")
    def _compute_ai_sending(self):
        for move in self:
            last = move.sudo().ai_sending_ids.sorted("id")[-1:]
            move.ai_sending_id = last.sudo(False)
            move.ai_sending_status = last.status
            move.ai_sending_text = last._sentence() if last else False
            done = last.state in DONE and last.document_checksum
            move.ai_sending_changed = bool(
                done and last.document_checksum != move._ai_document_checksum()
            )

    def _compute_ai_payment_link(self):
        for move in self:
            move.ai_payment_link = move._ai_can_pay_online() and move._ai_live_payment_link()

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_ai_suggest_sending(self):
        """Suggest how to send these invoices; one that was sent already says so."""
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_user")):
            raise AccessError(self.env._("The role AI User is missing."))
        again = self.env.context.get("ai_send_again")
        problems = {move: move._ai_sending_problem(again=again) for move in self}
        if all(problems.values()):
            handler = self.env["ai.finance.task.invoice.send"]
            texts = {move.name: handler._text(problem) for move, problem in problems.items()}
            raise UserError("\n".join(f"{name}: {text}" for name, text in texts.items()))
        task = self.env["ai.finance.task.type"]._get(TASK)
        self.env["ai.finance.pipeline"]._suggest(task, self, "button")
        self._ai_invalidate()
        return True

    def action_ai_send_again(self):
        """Suggest to send once more what the customer has already got; a person decides."""
        return self.with_context(ai_send_again=True).action_ai_suggest_sending()

    def action_ai_send_approve(self):
        """Approve the open suggestions to send these invoices."""
        return self.ai_send_log_id.action_apply()

    def action_ai_send_reject(self):
        """Reject the open suggestions to send these invoices."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_audit_log.action_ai_audit_reject"
        )
        return {**action, "context": {"active_ids": self.ai_send_log_id.ids}}

    def action_ai_send_change(self):
        """Change the open suggestion: channel, recipients, text."""
        self.ensure_one()
        return self.env["ai.invoice.sending.change"]._offer(self.ai_send_log_id)

    def action_ai_sending_cancel(self):
        """Take these invoices off the queue; what was sent cannot be called back."""
        return self.ai_sending_id.action_cancel()

    def action_ai_sending_retry(self):
        """Send again what failed or did not arrive."""
        return self.ai_sending_id.action_retry()

    def action_ai_sending_confirm(self):
        """Confirm that it arrived, or that it was posted."""
        return self.ai_sending_id.action_confirm()

    def action_ai_payment_link(self):
        """Offer one link to pay all of these invoices."""
        return self.env["ai.payment.link"]._offer(self)

    # ------------------------------------------------------------------
    # For the task
    # ------------------------------------------------------------------

    def _ai_sending_problem(self, again=False):
        """Return why this invoice is not to be sent, as a reason without text, or ``None``.

        :param again: a person wants it sent once more, or it changed after it was sent
        """
        self.ensure_one()
        if self.state != "posted" or not self.is_sale_document():
            return reason("not_posted")
        rows = self.sudo().ai_sending_ids  # whoever asks: it must not go out twice
        under_way = rows.filtered(lambda row: row.state in UNDER_WAY)
        if under_way:
            stuck = under_way[0].state == "interrupted"
            return reason("interrupted" if stuck else "under_way")
        before = None if again else self._ai_sent_before()
        if not before or before["changed"]:
            return None
        if not before["date"]:
            return reason("sent_by_hand")
        return reason("sent", channel=before["channel"], date=before["date"])

    def _ai_sent_before(self):
        """Return ``{"channel", "date", "changed"}`` where the customer has got it."""
        self.ensure_one()
        rows = self.sudo().ai_sending_ids.sorted("id", reverse=True)
        done = rows.filtered(
            lambda row: row.state in DONE and row.status not in ("bounced", "failed")
        )[:1]
        if not done:
            by_hand = self.is_move_sent and not rows
            return {"channel": "hand", "date": None, "changed": False} if by_hand else None
        changed = done.document_checksum != self._ai_document_checksum()
        return {
            "channel": done.channel,
            "date": fields.Date.to_string(done.sent_at),
            "changed": bool(done.document_checksum and changed),
        }

    def _ai_document_checksum(self):
        """Return the checksum of what the customer reads on the invoice."""
        self.ensure_one()
        lines = [
            [
                line.name,
                *(Decimal(str(line[name])) for name in ("quantity", "price_unit", "discount")),
                line.tax_ids.ids,
            ]
            for line in self.invoice_line_ids.sorted("id")
        ]
        return checksum(
            {
                "name": self.name,
                "dates": [self.invoice_date, self.invoice_date_due],
                "partner": self.partner_id.id,
                "currency": self.currency_id.id,
                "total": Decimal(str(self.amount_total)),
                "lines": lines,
            }
        )

    def _ai_queue_sending(self):
        """Queue newly posted customer invoices for a suggestion to send them."""
        if self.env.context.get("ai_no_suggestions"):
            return
        invoices = self.filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
        if invoices:
            self.env["ai.finance.outbox"]._enqueue(TASK, invoices)

    @api.model
    def _cron_ai_suggest_sending(self):
        """Nightly: queue the posted invoices that were missed."""
        since = fields.Date.context_today(self) - MISSED
        logged = self.env["ai.audit.log"]._search(
            [("task_code", "=", TASK), ("res_model", "=", self._name)]
        )
        missed = self.search(
            [
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "posted"),
                ("is_move_sent", "=", False),
                ("ai_sending_ids", "=", False),
                ("invoice_date", ">=", since),
                ("id", "not in", logged.subselect("res_id")),
            ]
        )
        self.env["ai.finance.outbox"]._enqueue(TASK, missed, trigger="cron")

    # ------------------------------------------------------------------
    # Traces: sending a document does not make it
    # ------------------------------------------------------------------

    def _ai_applied(self, logs):
        if logs[:1].task_code != TASK:
            return super()._ai_applied(logs)
        title = self.env._("Sending approved")
        return self._ai_post_sending(title, logs)

    def _ai_undone(self, logs):
        if logs[:1].task_code != TASK:
            return super()._ai_undone(logs)
        return self._ai_post_sending(self.env._("Sending taken back"), logs)

    def _ai_post_sending(self, title, logs):
        bodies = {}
        for move, log in zip(self, logs, strict=True):
            why = ", ".join(item["text"] for item in log.reasons or ())
            bodies[move] = self._ai_body(title, log, why)
        self._ai_post(bodies)

    # ------------------------------------------------------------------
    # Paying
    # ------------------------------------------------------------------

    def _ai_can_pay_online(self):
        """Return whether a customer opening the link today could pay there."""
        self.ensure_one()
        if not self.id or not self._has_to_be_paid():
            return False
        return self.env["ai.payment.link"]._has_provider(self.company_id)

    def _ai_live_payment_link(self):
        """Return the address of the portal page, with no amount in it: it asks for what is open."""
        self.ensure_one()
        url = self.get_portal_url(query_string="&payment=True", anchor="portal_pay")
        return f"{self.get_base_url()}{url}"

    def _ai_payment_under_way(self):
        """Return whether the customer is paying, or paid what is not booked yet."""
        self.ensure_one()
        # Whether somebody pays is all that is told; the transactions stay hidden.
        for paid in self.sudo().transaction_ids:
            if paid.state == "done" and not paid.is_post_processed:
                return True
            # A promised bank transfer stops nobody who would rather pay at once, as in core.
            waits = paid.state in ("pending", "authorized")
            if waits and paid.provider_code not in ("none", "custom"):
                return True
        return False

    def _ai_payment_error(self):
        """Return what the customer reads where an invoice must not be paid now."""
        self.ensure_one()
        if self.payment_state == "reversed":
            return self.env._("This invoice was credited, there is nothing to pay.")
        if self._ai_payment_under_way():
            return self.env._(
                "A payment of this invoice is under way: please look again in a few minutes."
            )
        return None
