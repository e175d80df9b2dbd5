from decimal import Decimal

import psycopg2

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.sending import CHANNEL_TEXT, CHANNELS, SENDING_TEXT, choose, reason

#: What people who decide are served before what the policy sends by itself.
BY_PERSON, BY_ITSELF = 10, 20


class AiFinanceTaskInvoiceSend(models.AbstractModel):
    """Task ``invoice.send``: by which channel does a posted invoice go, with which text, to whom.

    Applying puts the invoice on the queue ``ai.invoice.sending``; the worker sends it. Until then
    it can be undone, afterwards not.
    """

    _name = "ai.finance.task.invoice.send"
    _inherit = "ai.finance.task"
    _description = "Send Invoice"

    _apply_batch = 100

    def _build_context(self, records):
        return self.env["ai.invoice.sending.context"]._read(records)

    def _propose(self, context):
        return [self._suggestion(**part) for part in context]

    def _suggestion(self, move, facts, template, partners):
        choice = choose(facts)
        by_mail = choice.channel == "email"
        return Suggestion(
            record_id=move.id,
            proposal={
                "channel": choice.channel,
                "partner_ids": sorted(partners.ids) if by_mail else [],
                "template_id": template.id if by_mail else None,
                "subject": None,
                "note": None,
                "slip": by_mail and bool(facts.slips),
                "again": bool(facts.before),
            },
            confidence=choice.confidence,
            reasons=self._texts(choice.reasons),
            vetoes=self._texts(choice.vetoes),
            actionable=choice.channel is not None,
            payload={
                "wanted": facts.wanted,
                "obstacles": dict(facts.obstacles),
                "overdue": facts.overdue,
                "is_new": facts.is_new,
                "open_count": facts.open_count,
            },
        )

    def _texts(self, reasons):
        """Add the text in the current language to engine reasons, kept with code and params."""
        return tuple({**item, "text": self._text(item)} for item in reasons)

    def _text(self, item):
        params = dict(item["params"])
        if "channel" in params:
            params["channel"] = self.env._(CHANNEL_TEXT[params["channel"]])
        return self.env._(SENDING_TEXT[item["code"]], **params)

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _check(self, proposals):
        problems = {}
        for move, proposal in proposals.items():
            found = move._ai_sending_problem(again=proposal.get("again"))
            if not found and proposal["channel"] == "email" and not self._recipients(proposal):
                found = reason("no_recipient")
            if found:
                problems[move] = self._texts([found])
        return problems

    def _recipients(self, proposal):
        """Return the recipients, none of them where one cannot be reached any more."""
        partners = self.env["res.partner"].browse(proposal["partner_ids"]).exists()
        reached = partners.filtered("email_normalized")
        return reached if len(reached) == len(proposal["partner_ids"]) else partners.browse()

    def _checksum(self, proposals):
        return {
            move: checksum(
                {
                    "invoice": move._ai_document_checksum(),
                    "state": move.state,
                    "to": sorted(self._recipients(proposal).mapped("email_normalized")),
                    "effect": proposal,
                }
            )
            for move, proposal in proposals.items()
        }

    def _summary(self, proposals):
        return {
            move: Summary(
                text=self._summary_text(move, proposal),
                amount=abs(Decimal(str(move.amount_total_signed))),
                partner_id=move.commercial_partner_id.id,
            )
            for move, proposal in proposals.items()
        }

    def _summary_text(self, move, proposal):
        if not proposal["channel"]:
            return self.env._("The customer cannot be reached")
        to = ", ".join(self._recipients(proposal).mapped("email_normalized"))
        again = self.env._("Send again") if proposal["again"] else self.env._("Send")
        channel = self.env._(CHANNEL_TEXT[proposal["channel"]])
        return " ".join(filter(None, (again, channel, to and self.env._("to %s", to))))

    # ------------------------------------------------------------------
    # Apply, undo, edit
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        # Nobody has create rights on the queue: it is written by approving, as here.
        Sending = self.env["ai.invoice.sending"].sudo()
        service = self.env.ref("ai_audit_log.user_service")
        values = [self._row(move, proposal, service) for move, proposal in proposals.items()]
        failed = Sending.search(
            [("move_id", "in", [row["move_id"] for row in values]), ("state", "=", "failed")]
        )
        failed.write({"state": "cancelled"})
        try:
            with self.env.cr.savepoint():
                rows = Sending.create(values)
        except psycopg2.errors.UniqueViolation as error:
            raise UserError(self._text(reason("under_way"))) from error
        rows._wake()
        return {move: {"sending_id": row.id} for move, row in zip(proposals, rows, strict=True)}

    def _row(self, move, proposal, service):
        return {
            "move_id": move.id,
            "company_id": move.company_id.id,
            "partner_id": move.partner_id.id,
            "user_id": self.env.uid,
            "channel": proposal["channel"],
            "priority": BY_ITSELF if self.env.user == service else BY_PERSON,
            "recipient_ids": proposal["partner_ids"],
            "template_id": proposal["template_id"],
            "subject": proposal["subject"],
            "note": proposal["note"],
            "with_slip": proposal["slip"],
            "document_checksum": move._ai_document_checksum(),
        }

    def _learn(self, logs):
        """Bind the queue to the suggestion, whose log tells later what was sent."""
        for log in logs.sudo():
            sending = self.env["ai.invoice.sending"].sudo().browse(log.undo_data["sending_id"])
            sending.log_id = log

    def _undo(self, undo_data):
        ids = [data["sending_id"] for data in undo_data.values()]
        rows = self.env["ai.invoice.sending"].sudo().browse(ids).exists()
        locked = rows.try_lock_for_update()
        locked.invalidate_recordset(["state"])
        gone = (rows - locked) | locked.filtered(
            lambda one: one.state not in ("waiting", "failed", "cancelled")
        )
        if gone:
            text = self.env._(
                "%(names)s: what was sent cannot be called back. Send a credit note, or "
                "a corrected invoice.",
                names=", ".join(gone.move_id.mapped("name")),
            )
            raise UserError(text)
        locked.filtered(lambda one: one.state != "cancelled")._cancel()

    def _amend(self, log, change):
        """Replace by what a person chose: channel, recipients, template, subject, personal text."""
        proposal = {**log.proposal, **change}
        if proposal["channel"] not in CHANNELS:
            raise UserError(self.env._("Choose how the invoice is sent."))
        if proposal["channel"] == "email" and not self._recipients(proposal):
            raise UserError(self._text(reason("no_recipient")))
        chosen = {"code": "chosen", "params": {}, "text": self.env._("changed by a person")}
        return Suggestion(
            record_id=log.res_id,
            proposal=proposal,
            confidence=1.0,
            reasons=(*(log.reasons or ()), chosen),
            vetoes=tuple(log.vetoes or ()),
        )

    def _outcome(self, proposals):
        """Compare with what people sent themselves."""
        sent = self.env["ai.invoice.sending"]._of(
            self.env["account.move"].union(*proposals), ["sent", "to_post"]
        )
        return {
            move: "agreed" if sent[move].channel == proposal["channel"] else "differed"
            for move, proposal in proposals.items()
            if move in sent
        }
