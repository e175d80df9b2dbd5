from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.sending import reason
from .ai_invoice_sending import UNDER_WAY


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_move_constraints(self, move):
        # What the worker is sending this moment, or may have sent, is not sent by hand as well.
        constraints = super()._get_move_constraints(move)
        under_way = move.sudo().ai_sending_ids.filtered(
            lambda row: (
                row.state in ("sending", "interrupted")
                and row.id != self.env.context.get("ai_sending_id")
            )
        )
        if under_way:
            code = "interrupted" if under_way[0].state == "interrupted" else "under_way"
            constraints["ai_under_way"] = self.env["ai.finance.task.invoice.send"]._text(
                reason(code)
            )
        return constraints

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        if self.env.context.get("ai_sending_id"):
            return super()._hook_if_success(moves_data, from_cron=from_cron)
        moves = self.env["account.move"].union(*moves_data)
        self._ai_take_over(moves)
        messages = self.env["mail.message"].sudo()
        mine = [("model", "=", "account.move"), ("res_id", "in", moves.ids)]
        newest = messages.search(mine, order="id desc", limit=1).id or 0
        result = super()._hook_if_success(moves_data, from_cron=from_cron)
        new = messages.search([*mine, ("id", ">", newest), ("partner_ids", "!=", False)])
        self._ai_note(moves_data, {message.res_id: message for message in new})
        return result

    def _ai_take_over(self, moves):
        """What waited to be sent is sent by hand instead."""
        rows = (
            self.env["ai.invoice.sending"]
            .sudo()
            .search([("move_id", "in", moves.ids), ("state", "in", UNDER_WAY)])
        )
        if rows.try_lock_for_update() != rows or rows.filtered(lambda row: row.state != "waiting"):
            text = self.env["ai.finance.task.invoice.send"]._text(reason("under_way"))
            raise UserError(text)
        rows.write({"state": "cancelled", "error": self.env._("Sent by hand instead.")})

    def _ai_note(self, moves_data, messages):
        """Keep what people sent with core's own button: status, archive, refusal of a second."""
        # Nobody has create rights on the queue and the archive, they are written by sending.
        Sending = self.env["ai.invoice.sending"].sudo()
        for move, data in moves_data.items():
            message = messages.get(move.id, self.env["mail.message"])
            methods = data["sending_methods"]
            channel = "peppol" if "peppol" in methods else "email" if message else "hand"
            sending = Sending.create(
                {
                    "move_id": move.id,
                    "company_id": move.company_id.id,
                    "partner_id": move.partner_id.id,
                    "user_id": data["author_user_id"],
                    "channel": channel,
                    "by_hand": True,
                    "recipient_ids": message.partner_ids.ids,
                    "message_id": message.id,
                    "document_checksum": move._ai_document_checksum(),
                    "state": "sent",
                    "sent_at": fields.Datetime.now(),
                }
            )
            sending._archive()
