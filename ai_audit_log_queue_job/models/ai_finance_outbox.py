from datetime import timedelta

from odoo import api, fields, models

#: The scheduled action stays the safety net: it looks so long after every event, when jobs have
#: had their time, and finds work only where no runner is there to do it.
SAFETY_NET = timedelta(minutes=1)


class AiFinanceOutbox(models.AbstractModel):
    """The same work queue, its rows handed to as many workers and hosts as the channel has.

    A job carries no rows: it says where work is due, and claims its batch when it runs, as the
    scheduled action does. So a job that is lost, or runs twice, loses and doubles nothing.
    """

    _inherit = "ai.finance.outbox"

    @api.model
    def _wake(self, at=None):
        """Queue one job that looks at the queue; what is due later is the scheduled action's."""
        if at is None:
            # One small record, however much is due: this runs inside what a user is doing.
            jobs = self._jobs(
                identity_key="ai_finance.dispatch",
                description=self.env._("AI Finance: look at the work queue"),
                priority=0,
            )
            jobs._job_dispatch()
            at = fields.Datetime.now() + SAFETY_NET
        return super()._wake(at)

    @api.model
    def _job_dispatch(self):
        """Queue a job for every task, company and kind of work that has something due."""
        outbox = self.sudo()  # the queue itself; the work is done with the service user's rights
        outbox._return_dead_rows()
        for kind in outbox._due_work():
            outbox._queue_drain(*kind)

    @api.model
    def _job_drain(self, task_id, company_id, state):
        """Work on one batch; another job takes the next one meanwhile, see :meth:`_share`.

        :param task_id: id of the task
        :param company_id: id of the company
        :param state: ``queued`` (to be suggested) or ``approved`` (to be applied)
        :return: what is kept with the job, for people
        """
        outbox = self.sudo()
        task = outbox.env["ai.finance.task.type"].browse(task_id)
        company = outbox.env["res.company"].browse(company_id)
        done = outbox._drain_once(outbox._kind(task, company, state))
        return self.env._("%(number)s rows", number=done)

    def _share(self, task, company, state):
        """Queue the next job before the work begins, so that a free worker takes it at once."""
        rest = self._due() & self._kind(task, company, state)
        if self.env["ai.audit.log"].search_count(rest, limit=1):
            self._queue_drain(task, company, state)
        return super()._share(task, company, state)

    def _queue_drain(self, task, company, state):
        jobs = self._jobs(
            company,
            identity_key=f"ai_finance.drain.{task.id}.{company.id}.{state}",
            description=self.env._(
                "AI Finance: %(task)s, %(company)s", task=task.name, company=company.name
            ),
            priority=task.sequence,
        )
        jobs._job_drain(task.id, company.id, state)

    def _jobs(self, company=None, **options):
        """Return the queue in a form that makes jobs of the service user out of calls."""
        service = self.env.ref("ai_audit_log.user_service")
        company = company or service.sudo().company_id
        env = self.env(user=service, su=False, context={"allowed_company_ids": company.ids})
        return env["ai.finance.outbox"].with_delay(**options)
