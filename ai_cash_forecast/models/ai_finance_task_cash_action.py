from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

#: What may still be done about a document, by model.
OPEN_STATES = {"account.move": ("posted",), "purchase.order": ("purchase",)}


class AiFinanceTaskCashAction(models.AbstractModel):
    """Task ``cash.action``: an activity and a note on the document; nothing is booked or sent."""

    _name = "ai.finance.task.cash.action"
    _inherit = "ai.finance.task"
    _description = "Cash Action"

    def _build_context(self, records):
        return records

    def _propose(self, context):
        return [
            Suggestion(
                record_id=action.id,
                proposal={"kind": action.kind, "date": str(action.date), "text": action.text},
                confidence=min(max(action.risk, 0.5), 0.99),
                reasons=(self._reason(action),),
            )
            for action in context
        ]

    def _reason(self, action):
        if action.kind == "early":
            text = self.env._("Even a bad course of the forecast leaves this much.")
        else:
            text = self.env._(
                "The risk to fall below the floor is %(risk)s %%, first in week %(week)s of the "
                "forecast.",
                risk=round(100 * action.risk),
                week=action.week + 1,
            )
        return {"code": f"cash_{action.kind}", "params": {"week": action.week}, "text": text}

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _target(self, action):
        return self.env[action.res_model].browse(action.res_id).exists()

    def _check(self, proposals):
        problems = {}
        for action in proposals:
            target = self._target(action)
            allowed = OPEN_STATES.get(action.res_model, ())
            if not target or target.sudo().state not in allowed or self._settled(target):
                text = self.env._("%s is settled or gone meanwhile.", action.text)
                problems[action] = [{"code": "settled", "params": {}, "text": text}]
        return problems

    def _settled(self, target):
        # Whether it is still open, not what it says; applying takes the right on it.
        return target._name == "account.move" and not target.sudo().amount_residual

    def _checksum(self, proposals):
        return {
            action: checksum(
                {"document": [action.res_model, action.res_id], "kind": proposal["kind"]}
            )
            for action, proposal in proposals.items()
        }

    def _summary(self, proposals):
        return {
            action: Summary(
                text=proposal["text"],
                amount=Decimal(str(action.amount)),
                partner_id=action.partner_id.id or None,
            )
            for action, proposal in proposals.items()
        }

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        undo = {}
        for action, proposal in proposals.items():
            target = self._target(action)
            target.check_access("write")
            activity = target.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=proposal["text"],
                user_id=self._person(target).id,
                date_deadline=fields.Date.context_today(self),
            )
            undo[action] = {"activity": activity.id}
        return undo

    def _person(self, target):
        """Return who looks after the document, else who approved."""
        names = ("invoice_user_id", "user_id")
        name = next((name for name in names if name in target._fields), None)
        user = target[name] if name else self.env.user
        service = self.env.ref("ai_audit_log.user_service")
        if user and user.active and user != service:
            return user
        return self.env.user

    def _undo(self, undo_data):
        for action, data in undo_data.items():
            activity = self.env["mail.activity"].browse(data["activity"]).exists()
            if activity and not activity.active:
                raise UserError(
                    self.env._("“%s” is done already and stays in the history.", action.text)
                )
            activity.unlink()

    def _amend(self, log, change):
        raise UserError(self.env._("Change the activity on the document itself."))
