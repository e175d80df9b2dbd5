from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

#: Rows closed under one commit.
AT_ONCE = 500


class AiFinanceExpiry(models.AbstractModel):
    """What nobody decided in time expires; it is never approved by waiting."""

    _name = "ai.finance.expiry"
    _description = "Expiry of Suggestions"

    @api.model
    def _cron_expire(self):
        """Close the open suggestions that are older than their policy lets them wait."""
        rows = self.env["ai.audit.log"].sudo().search(self._old_enough(), order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(rows))
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            self._expire(part)
            if not cron._commit_progress(len(part)):
                break

    def _old_enough(self):
        """Return the open rows that are older than the shortest time any policy gives."""
        policies = self.env["ai.finance.policy"].sudo().search([("expire_days", ">", 0)])
        if not policies:
            return Domain.FALSE
        days = min(policies.mapped("expire_days"))
        return (
            Domain("state", "=", "proposed")
            & Domain("decision", "in", ["suggest", "approve"])
            & Domain("company_id", "in", policies.company_id.ids)
            & Domain("task_id", "in", policies.task_id.ids)
            & Domain("create_date", "<", fields.Datetime.now() - timedelta(days=days))
        )

    def _expire(self, rows):
        """Expire those of ``rows`` whose time is over under today's policy."""
        rows = rows.try_lock_for_update()
        rows.invalidate_recordset(["state"])
        rows = rows.filtered(lambda row: row.state == "proposed")
        now = fields.Datetime.now()
        over = {}
        for row, policy in self.env["ai.finance.approver"]._with_policies(rows):
            days = self.env["ai.finance.policy"].sudo().browse(policy.id or []).expire_days
            if days and row.create_date < now - timedelta(days=days):
                over.setdefault(days, rows.browse())
                over[days] |= row
        service = self.env.ref("ai_audit_log.user_service")
        for days, late in over.items():
            note = self.env._("Nobody decided within %(days)s days.", days=days)
            late.with_user(service).sudo()._transition("expired", note=note)
            self.env["ai.finance.approval"]._wake(late)
            for group in late.grouped("res_model").values():
                group._documents()._ai_invalidate()
