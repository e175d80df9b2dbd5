from odoo import models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _auto_reconcile(self):
        """Leave to the community widget only the lines that no policy of ours is active for.

        It reconciles new lines silently, without a reason, a threshold or a log. Its own proposals
        on its screen are not touched.
        """
        lines = self._ai_without_policy()
        return super(AccountBankStatementLine, lines)._auto_reconcile() if lines else None

    def _ai_without_policy(self):
        """Return the lines whose bank has matching switched off."""
        task = self.env["ai.finance.task.type"]._get(self._ai_task_code)
        policies = self.env["ai.finance.policy"]._select(task, self)
        return self.filtered(lambda line: policies[line].mode == "off")

    def unreconcile_bank_line(self):
        """What a suggestion did is undone as a suggestion, so that the log knows."""
        suggested = self.filtered("ai_applied_log_id")
        result = suggested.action_ai_undo() if suggested else None
        others = self - suggested
        return super(AccountBankStatementLine, others).unreconcile_bank_line() if others else result

    def _ai_undone(self, logs):
        """Forget what the widget had prepared before the line was matched."""
        super()._ai_undone(logs)
        prepared = self.filtered("reconcile_data")
        if prepared:
            prepared.write({"reconcile_data": False})
