from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .ai_bank_by_hand_mixin import AiBankByHandMixin

TASK = "bank.match"


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = [
        "account.bank.statement.line",
        "ai.suggestion.mixin",
        AiBankByHandMixin._name,
    ]

    _ai_task_code = TASK

    ai_entry_preview = fields.Json(
        string="Entry", compute="_compute_ai_entry_preview", help="The entry that will be made."
    )
    ai_checked_at = fields.Datetime(readonly=True, copy=False)
    ai_learned_at = fields.Datetime(readonly=True, copy=False)
    ai_import_fingerprint = fields.Char(
        string="Import Fingerprint",
        copy=False,
        readonly=True,
        help="Tells this line from all others of its bank journal, so that a file that holds it "
        "again does not import it again.",
    )

    _ai_import_fingerprint_uniq = models.UniqueIndex(
        "(journal_id, ai_import_fingerprint) WHERE ai_import_fingerprint IS NOT NULL",
        "One of these bank lines was imported before, perhaps by a colleague just now.",
    )

    _ai_to_learn_idx = models.Index("(id) WHERE is_reconciled AND ai_learned_at IS NULL")
    _ai_learned_idx = models.Index("(id) WHERE NOT is_reconciled AND ai_learned_at IS NOT NULL")

    @api.depends("ai_suggestion_id")
    def _compute_ai_entry_preview(self):
        handler = self.env["ai.finance.task.bank.match"]
        for line in self:
            log = line.ai_suggestion_id
            line.ai_entry_preview = handler._entry_preview(line, log.proposal) if log else False

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.context.get("ai_no_suggestions"):
            open_lines = lines.filtered(lambda line: not line.is_reconciled)
            self.env["ai.finance.outbox"]._enqueue(TASK, open_lines)
        return lines

    def action_undo_reconciliation(self):
        """Also take back what the lines taught."""
        result = super().action_undo_reconciliation()
        self.env["ai.bank.memory.lessons"]._forget(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_what_it_taught(self):
        self.env["ai.bank.memory.lessons"]._forget(self)

    def _ai_thread(self):
        """The chatter of a bank line is that of its entry."""
        return self.move_id

    def action_open_entry(self):
        """Open the journal entry of the bank line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_ai_suggest(self):
        """Look again at open lines without a suggestion: new ones, and those nothing fitted.

        Unchanged input leaves no trace but the time of the look.
        """
        cron = self.env["ir.cron"]
        task = self.env["ai.finance.task.type"]._get(TASK)
        domain = self._ai_unanswered_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        while lines := self.search(domain, limit=task.batch_size, order="id"):
            self._ai_suggest_as_service(task, lines)
            # Not through write(): the time of a look is no change of the bank entry.
            lines.flush_recordset()
            self.env.cr.execute(
                "UPDATE account_bank_statement_line SET ai_checked_at = %s WHERE id IN %s",
                (fields.Datetime.now(), tuple(lines.ids)),
            )
            lines.invalidate_recordset(["ai_checked_at"])
            if not cron._commit_progress(len(lines)):
                break

    def _ai_unanswered_domain(self):
        """Return open lines that have no usable suggestion and were not looked at this hour."""
        hour_ago = fields.Datetime.now() - timedelta(minutes=55)
        answered = Domain("task_code", "=", TASK) & Domain("decision", "!=", "none")
        answered &= Domain("state", "in", ["queued", "running", "proposed", "approved"])
        logs = self.env["ai.audit.log"].sudo()._search(answered)
        return (
            Domain("is_reconciled", "=", False)
            & Domain("state", "=", "posted")
            & (Domain("ai_checked_at", "=", False) | Domain("ai_checked_at", "<", hour_ago))
            & Domain("id", "not in", logs.subselect("res_id"))
        )

    def _ai_suggest_as_service(self, task, lines):
        service = self.env.ref("ai_audit_log.user_service")
        for company, group in lines.grouped("company_id").items():
            context = {"allowed_company_ids": company.ids, "lang": company.partner_id.lang}
            own = group.with_user(service).with_context(**context)
            own.env["ai.finance.pipeline"]._suggest(task, own, "cron")
