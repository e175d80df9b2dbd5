from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_amount

#: How many automatically applied suggestions the mail lists, the largest first.
LISTED = 10


class AiFinanceDigest(models.AbstractModel):
    """One mail a day to each approver, in their language, when something waits for them."""

    _name = "ai.finance.digest"
    _description = "Daily Mail to Approvers"

    @api.model
    def _cron_send(self):
        """Write today's mails; whoever got one today gets no second."""
        approver = self.env["ai.finance.approver"]
        companies = self.env["res.company"].sudo().search([])
        waiting = {company: approver._waiting(company) for company in companies}
        for user in approver._approvers(companies):
            if user.ai_approval_digest and user.email:
                self.sudo()._send(user, waiting)

    def _send(self, user, waiting):
        """Write the mail of ``user`` about all their companies, if there is anything to tell.

        :param waiting: ``{company: {user: rows}}``
        """
        self = self.with_context(lang=user.lang, tz=user.tz)
        today = fields.Date.context_today(self)
        sections = []
        for company in user.company_ids & self.env["res.company"].union(*waiting):
            rows = waiting[company].get(user, self.env["ai.audit.log"].sudo())
            automatic = self._automatic(user, company)
            if rows or automatic.filtered(lambda row: row.review_state == "to_review"):
                box = self.env["ai.finance.approval"]._boxes(company, [user])
                box = box.filtered(lambda one: one.user_id == user)
                if box.digest_on != today:
                    box.digest_on = today
                    sections.append(self._section(company, rows, automatic))
        if sections:
            self._mail(user, sections)

    def _automatic(self, user, company):
        """Return what was applied without a person since yesterday and ``user`` may see."""
        service = self.env.ref("ai_audit_log.user_service")
        domain = (
            Domain("state", "=", "applied")
            & Domain("decided_by_id", "=", service.id)
            & Domain("company_id", "=", company.id)
            & Domain("applied_at", ">=", fields.Datetime.now() - timedelta(days=1))
        )
        log = self.env["ai.audit.log"].with_user(user)
        return log.with_context(allowed_company_ids=company.ids).search(domain).sudo()

    def _section(self, company, rows, automatic):
        """Return what the mail says about one company, ready to be shown."""
        largest = automatic.sorted("amount", reverse=True)[:LISTED]
        return {
            "company": company.name,
            "waiting": self._by_task(company, rows),
            "oldest": min(rows.mapped("create_date"), default=False),
            "automatic": self._by_task(company, automatic),
            "automatic_rows": [
                {
                    "summary": row.summary,
                    "partner": row.partner_id.name or "",
                    "amount": format_amount(self.env, row.amount, company.currency_id),
                }
                for row in largest
            ],
            "more": len(automatic) - len(largest),
        }

    def _by_task(self, company, rows):
        return [
            {
                "task": task.with_env(self.env).name,
                "count": len(own),
                "amount": format_amount(self.env, sum(own.mapped("amount")), company.currency_id),
            }
            for task, own in rows.grouped("task_id").items()
        ]

    def _mail(self, user, sections):
        count = sum(line["count"] for section in sections for line in section["waiting"])
        subject = self.env._("%(count)s suggestions wait for your approval", count=count)
        if not count:
            subject = self.env._("Posted automatically: to be reviewed")
        elif count == 1:
            subject = self.env._("1 suggestion waits for your approval")
        values = {"user": user, "sections": sections, "url": user.get_base_url()}
        body = self.env["ir.qweb"]._render("ai_audit_log.approval_digest_mail", values)
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": body,
                "recipient_ids": [fields.Command.link(user.partner_id.id)],
                "email_from": user.company_id.email_formatted or self.env.user.email_formatted,
                "author_id": self.env.ref("ai_audit_log.partner_service").id,
                "auto_delete": True,
            }
        )
