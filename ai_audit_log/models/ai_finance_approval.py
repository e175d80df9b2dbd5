from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_amount

ACTIVITY = "ai_audit_log.activity_type_approval"


class AiFinanceApproval(models.Model):
    """What waits for one approver in one company: the one place their activity hangs on.

    One activity a person and company, not one a suggestion: it says how many wait and how much
    they come to, grows as more come, and is done when nothing waits for that person any more.
    """

    _name = "ai.finance.approval"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Waiting Approvals"
    _order = "company_id, user_id"
    # Whoever sees it may mark its activity as done, which leaves a message.
    _mail_post_access = "read"

    user_id = fields.Many2one(
        "res.users", string="Approver", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    waiting_count = fields.Integer(string="Waiting", readonly=True)
    waiting_amount = fields.Monetary(string="Amount", readonly=True)
    oldest_at = fields.Datetime(string="Oldest", readonly=True)
    newest_id = fields.Integer(
        readonly=True, help="The newest suggestion told of: only a newer one calls again."
    )
    digest_on = fields.Date(string="Last Mail", readonly=True)

    _person_uniq = models.UniqueIndex("(company_id, user_id)", "One for each person and company.")

    @api.depends("company_id")
    def _compute_display_name(self):
        for box in self:
            box.display_name = self.env._("Approvals of %(company)s", company=box.company_id.name)

    def action_review(self):
        """Open what waits for the current user."""
        return self.env["ir.actions.act_window"]._for_xml_id("ai_audit_log.action_ai_my_approvals")

    # ------------------------------------------------------------------
    # Kept up to date, after the work of others
    # ------------------------------------------------------------------

    @api.model
    def _wake(self, logs):
        """Have the approvers told after this transaction, if any of ``logs`` is theirs."""
        if any(log.decision == "approve" for log in logs.sudo()):
            self.env.ref("ai_audit_log.cron_approvals").sudo()._trigger()

    @api.model
    def _cron_refresh(self):
        """Open, change and close the activities of all approvers."""
        companies = self.env["res.company"].sudo().search([])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self.sudo()._refresh(company)
            if not cron._commit_progress(1):
                break

    def _refresh(self, company):
        """Bring the boxes of ``company`` and their activities to what waits now."""
        waiting = self.env["ai.finance.approver"]._waiting(company)
        boxes = self._boxes(company, [user for user, rows in waiting.items() if rows])
        nothing = self.env["ai.audit.log"].sudo()
        for box in boxes:
            box._show(waiting.get(box.user_id, nothing))

    def _boxes(self, company, users):
        """Return all boxes of ``company``, with new ones for ``users`` who have none."""
        boxes = self.search([("company_id", "=", company.id)])
        known = boxes.user_id
        new = [
            {"user_id": user.id, "company_id": company.id} for user in users if user not in known
        ]
        return boxes + self.create(new)

    def _show(self, rows):
        """Show that ``rows`` wait: in the numbers and in the one activity."""
        self.ensure_one()
        newest = max(rows.ids, default=0)
        called = newest > self.newest_id
        values = {
            "waiting_count": len(rows),
            "waiting_amount": sum(rows.mapped("amount")),
            "oldest_at": min(rows.mapped("create_date"), default=False),
            "newest_id": max(newest, self.newest_id),
        }
        changed = {name: value for name, value in values.items() if self[name] != value}
        if changed:
            self.write(changed)
        self.with_context(lang=self.user_id.lang)._update_activity(rows, called)

    def _update_activity(self, rows, called):
        open_activity = self.activity_search([ACTIVITY], user_id=self.user_id.id)
        if not rows:
            if open_activity:
                done = self.env._("Nothing waits any more.")
                self.activity_feedback([ACTIVITY], user_id=self.user_id.id, feedback=done)
            return
        values = {"summary": self._summary(), "note": self._note(rows)}
        if open_activity:
            if open_activity[0].summary != values["summary"]:
                open_activity[0].write(values)
        elif called:
            # Closed by hand it stays closed until more come. No mail each time: there is a digest.
            quiet = self.with_context(mail_activity_quick_update=True)
            quiet.activity_schedule(ACTIVITY, user_id=self.user_id.id, **values)

    def _summary(self):
        amount = format_amount(self.env, self.waiting_amount, self.currency_id)
        if self.waiting_count == 1:
            return self.env._("1 suggestion waits for your approval (%(amount)s)", amount=amount)
        return self.env._(
            "%(count)s suggestions wait for your approval (%(amount)s)",
            count=self.waiting_count,
            amount=amount,
        )

    def _note(self, rows):
        """Return the note of the activity: a line a task, and the way to the list."""
        lines = [
            Markup("%s: %s (%s)") % (task.with_context(lang=self.env.lang).name, len(own), amount)
            for task, own in rows.grouped("task_id").items()
            for amount in [format_amount(self.env, sum(own.mapped("amount")), self.currency_id)]
        ]
        link = Markup('<a href="/odoo/ai-my-approvals">%s</a>') % self.env._("Review")
        return Markup("<br/>").join([*lines, link])
