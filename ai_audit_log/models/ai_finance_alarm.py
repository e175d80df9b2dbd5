from odoo import api, models

APPROVER = "ai_audit_log.group_ai_approver"


class AiFinanceAlarm(models.AbstractModel):
    """Has a person look at what an engine noticed beside its suggestion: an activity, once."""

    _name = "ai.finance.alarm"
    _description = "Alarms of AI Finance"

    @api.model
    def _raise(self, rows, alarms):
        """Schedule an activity on the documents of ``rows`` that have alarms.

        :param alarms: ``{document: reasons}``, reasons as dicts with ``text``
        """
        for row in rows:
            document = row._document()
            reasons = alarms.get(document)
            if not reasons or row.decision == "shadow":
                continue
            # The kernel tells people, whoever asked for the suggestion.
            thread = document._ai_thread().sudo()
            summary = "; ".join(reason["text"] for reason in reasons)
            user = self._responsible(row)
            known = thread.activity_ids.filtered(lambda one, text=summary: one.summary == text)
            if user and not known:
                thread.activity_schedule(
                    "mail.mail_activity_data_warning", summary=summary, user_id=user.id
                )

    def _responsible(self, row):
        """Return who asked for the suggestion, else the first approver of the company."""
        service = self.env.ref("ai_audit_log.user_service")
        if row.maker_id != service:
            return row.maker_id
        approvers = row.policy_id.sudo().approver_ids or self.env.ref(APPROVER).sudo().all_user_ids
        here = approvers.filtered(
            lambda user: user.active and not user.share and row.company_id in user.company_ids
        )
        return here.sorted("id")[:1]
