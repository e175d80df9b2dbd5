from odoo import api, models
from odoo.fields import Domain

#: Rows compared in one transaction.
BATCH = 500


class AiFinanceComparison(models.AbstractModel):
    """Compares suggestions that nobody decided with what people did with the documents."""

    _name = "ai.finance.comparison"
    _description = "Suggestions Compared with What People Did"

    @api.model
    def _cron_compare(self):
        """Close undecided suggestions of documents that people finished by hand."""
        self = self.sudo()  # shadow rows are nobody's to see
        cron = self.env["ir.cron"]
        for task in self.env["ai.finance.task.type"].search([]):
            last = 0
            while rows := self._undecided(task, last):
                last = rows[-1].id
                self._compare(task, rows)
                if not cron._commit_progress(len(rows)):
                    return

    def _undecided(self, task, last):
        """Return the next rows of ``task`` that nobody has decided, after row ``last``."""
        domain = Domain("task_id", "=", task.id) & Domain("state", "=", "proposed")
        domain &= Domain("id", ">", last)
        return self.env["ai.audit.log"].search(domain, order="id", limit=BATCH)

    @api.model
    def _compare(self, task, rows):
        """Close those of ``rows`` whose documents people finished, with what came of them.

        :return: the rows that were closed
        """
        if task.res_model not in self.env:
            return rows.browse()
        alive = set(rows._documents().exists().ids)
        rows = rows.filtered(lambda log: log.res_id in alive).try_lock_for_update()
        found = task._handler()._outcome(rows._proposals())
        done = rows.filtered(lambda log: found.get(log._document()))
        service = self.env.ref("ai_audit_log.user_service")
        closed = done.with_user(service).sudo()
        closed._transition(
            "superseded",
            note=self.env._("The document was finished by hand."),
            each={log: {"outcome": found[log._document()]} for log in done},
        )
        self.env["ai.audit.log.event"].create(
            [
                {
                    "log_id": log.id,
                    "company_id": log.company_id.id,
                    "kind": "outcome",
                    "user_id": service.id,
                    "data": {"outcome": log.outcome, "agreed": log.outcome == "agreed"},
                }
                for log in closed
            ]
        )
        return closed
