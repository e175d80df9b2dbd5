from odoo.tests import tagged

from odoo.addons.ai_audit_log.tests.common import KernelCommon
from odoo.addons.queue_job.tests.common import trap_jobs


@tagged("post_install", "-at_install")
class TestJobChannels(KernelCommon):
    """Waking makes jobs, jobs drain the queue; the scheduled action stays behind them."""

    def setUp(self):
        super().setUp()
        self.outbox = self.env["ai.finance.outbox"].sudo()
        self.env["queue.job"].search([]).unlink()

    def enqueue(self, *partners):
        self.outbox._enqueue("test.partner", self.env["res.partner"].union(*partners))

    def jobs(self, method):
        return self.env["queue.job"].search([("method_name", "=", method)])

    def rows(self, state):
        return (
            self.env["ai.audit.log"]
            .sudo()
            .search([("task_id", "=", self.task.id), ("state", "=", state)])
        )

    def drain(self, state="queued"):
        """Do what the job does, in the transaction of the test."""
        with self.enter_registry_test_mode(), self.env.registry.cursor() as cr, self.engine():
            outbox = self.outbox.with_env(self.env(cr=cr, user=self.service, su=False))
            result = outbox._job_drain(self.task.id, self.company.id, state)
        self.env.invalidate_all()
        return result

    def test_waking_often_makes_one_job(self):
        for _number in range(100):
            self.outbox._wake()
        job = self.jobs("_job_dispatch")
        self.assertEqual(len(job), 1)
        self.assertEqual((job.channel, job.user_id), ("root.ai_finance", self.service))

    def test_hooks_wake_the_jobs_of_people_without_any_role(self):
        self.env["ai.finance.outbox"].with_user(self.nobody)._enqueue(
            "test.partner", self.partner.with_user(self.nobody)
        )
        self.assertEqual(len(self.jobs("_job_dispatch")), 1)

    def test_the_scheduled_action_stays_behind_the_jobs(self):
        triggers = self.env["ir.cron.trigger"].sudo()
        cron = self.env.ref("ai_audit_log.cron_outbox")
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.outbox._wake()
        trigger = triggers.search([("cron_id", "=", cron.id)])
        self.assertGreater(trigger.call_at, self.env.cr.now())

    def test_what_is_due_later_makes_no_job(self):
        self.outbox._wake(self.env.cr.now())
        self.assertFalse(self.jobs("_job_dispatch"))

    def test_one_job_for_each_task_company_and_kind(self):
        other = self.env["res.company"].create({"name": "Second"})
        self.enqueue(self.partner, self.new_partner(), self.new_partner(company=other))
        self.row(self.new_partner(), "approved", next_attempt_at=self.env.cr.now())
        for _number in range(3):
            self.outbox._job_dispatch()
        ours = [job for job in self.jobs("_job_drain") if job.args[0] == self.task.id]
        self.assertEqual(
            sorted(tuple(job.args[1:]) for job in ours),
            sorted(
                [
                    (self.company.id, "approved"),
                    (self.company.id, "queued"),
                    (other.id, "queued"),
                ]
            ),
        )
        self.assertEqual({job.priority for job in ours}, {self.task.sequence})

    def test_a_job_works_on_one_batch_and_calls_the_next_one(self):
        self.task.batch_size = 2
        self.enqueue(*(self.new_partner(f"P{number}") for number in range(3)))
        self.assertEqual(self.drain(), "2 rows")
        self.assertEqual((len(self.rows("proposed")), len(self.rows("queued"))), (2, 1))
        self.assertEqual(len(self.jobs("_job_drain")), 1)
        self.jobs("_job_drain").unlink()
        self.assertEqual(self.drain(), "1 rows")
        self.assertEqual(len(self.rows("proposed")), 3)
        self.assertFalse(self.jobs("_job_drain"), "nothing is due any more")

    def test_a_job_that_finds_nothing_is_no_error(self):
        self.assertEqual(self.drain("approved"), "0 rows")

    def test_drain_commits_in_a_cursor_of_its_own(self):
        with trap_jobs() as trap:
            self.outbox._queue_drain(self.task, self.company, "queued")
        [job] = trap.enqueued_jobs
        self.assertTrue(job.job_config.allow_commit)
        self.assertEqual(job.job_config.channel, "root.ai_finance")
