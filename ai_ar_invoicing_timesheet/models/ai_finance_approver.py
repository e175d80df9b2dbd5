from odoo import api, models

from .project_project import TASK

BILLING = "account.group_account_invoice"


class AiFinanceApprover(models.AbstractModel):
    """Invoices of a project are decided on by its manager, and carried out by who may invoice."""

    _inherit = "ai.finance.approver"

    @api.model
    def _problem(self, log, policy):
        problem = super()._problem(log, policy)
        if problem or log.task_code != TASK or self.env.su:
            return problem
        manager = self._manager(log, policy)
        if manager and manager != self.env.user:
            return self.env._(
                "The manager of the project decides: %(name)s.", name=manager.sudo().name
            )
        return None

    def _manager(self, log, policy):
        """Return who alone approves ``log``; nobody where the policy or a tier names people."""
        if self._named(policy, log.amount):
            return self.env["res.users"]
        return log.sudo()._document().user_id.with_env(self.env)

    @api.model
    def _waiting(self, companies, users=None):
        waiting = super()._waiting(companies, users)
        rows = self.env["ai.audit.log"].sudo().union(*waiting.values())
        own = rows.filtered(lambda row: row.task_code == TASK)
        managers = {row: self._manager(row, policy) for row, policy in self._with_policies(own)}
        return {
            user: found.filtered(
                lambda row, user=user: not managers.get(row) or managers[row] == user
            )
            for user, found in waiting.items()
        }

    def _accessible(self, rows, operation):
        """To change a project in this sense is to invoice it, which its own rights do not tell."""
        if operation != "write":
            return super()._accessible(rows, operation)
        own = rows.filtered(lambda row: row.sudo().task_code == TASK)
        found = super()._accessible(rows - own, operation)
        if own and rows.env.user.has_group(BILLING) and self._may_invoice(rows.env):
            found |= self._accessible(own, "read")
        return found

    def _may_invoice(self, env):
        return env["sale.order"].has_access("write") and env["account.move"].has_access("create")
