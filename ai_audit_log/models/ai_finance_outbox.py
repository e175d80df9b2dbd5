import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..engine import lifecycle

_logger = logging.getLogger(__name__)

#: A claimed row whose worker has not reported for so long goes back into the queue.
CLAIM_TIMEOUT = timedelta(minutes=15)
#: Applying goes through the ledger, up to a fifth of a second a row: a batch has to end well
#: before a worker's time limit (two minutes), or it would never be committed.
APPLY_AT_ONCE = 100
#: So many batches ahead a worker looks for rows that no other worker has locked.
BATCHES_AHEAD = 8
#: So often a worker starts a step again when others changed the same rows meanwhile.
TRIES = 10
CLAIM_TIMEOUT_PARAMETER = "ai_audit_log.claim_timeout_seconds"


class AiFinanceOutbox(models.AbstractModel):
    """The work queue: rows of the log itself, written by hooks and drained by ``ir.cron``.

    Any number of workers may drain it at once, see :meth:`_drain_once`. Every step may run twice:
    rows are claimed and committed first, so a worker that dies leaves them to be claimed again,
    and the log's unique index keeps a second result out.
    """

    _name = "ai.finance.outbox"
    _description = "Work Queue of AI Finance"

    # ------------------------------------------------------------------
    # In: what hooks call
    # ------------------------------------------------------------------

    @api.model
    def _enqueue(self, task_code, records, trigger="hook", at=None):
        """Queue ``records`` for a task in the current transaction, and wake the worker.

        Cheap and silent on purpose: it runs inside what a user is doing. Records that wait
        already, or whose task is off, are left out.

        :param at: the time (UTC) from which there is something to do, by default now
        """
        task = self.env["ai.finance.task.type"]._get(task_code)
        policies = self.env["ai.finance.policy"]._select(task, records)
        wanted = records.filtered(lambda record: policies[record].mode != "off")
        # The log is written by the kernel for everybody; nobody has create rights on it.
        Log = self.env["ai.audit.log"].sudo()
        waiting = Log.search(
            [
                ("task_code", "=", task_code),
                ("res_model", "=", records._name),
                ("res_id", "in", wanted.ids),
                ("state", "in", [*lifecycle.WAITING]),
            ]
        ).filtered(lambda log: log.state == "queued")
        new = wanted - records.browse(waiting.mapped("res_id"))
        service = self.env.ref("ai_audit_log.user_service")
        base = {"task_id": task.id, "task_code": task.code, "res_model": records._name}
        base |= {"trigger": trigger, "maker_id": service.id}
        base["next_attempt_at"] = at or fields.Datetime.now()
        rows = [{**base, "res_id": one.id, "company_id": one.company_id.id} for one in new]
        try:
            with self.env.cr.savepoint():
                Log.create(rows)
        except psycopg2.errors.UniqueViolation:
            # Somebody queued some of them this instant; add what is still missing, one by one.
            self._enqueue_singly(Log, rows)
        if rows:
            self._wake(at)

    def _enqueue_singly(self, Log, rows):
        for row in rows:
            try:
                with self.env.cr.savepoint():
                    Log.create([row])
            except psycopg2.errors.UniqueViolation:
                _logger.info("%s %s is queued already", row["res_model"], row["res_id"])

    @api.model
    def _wake(self, at=None):
        """Have the worker look at the queue as soon as this transaction is committed.

        :param at: the time (UTC) from which there is something to do, by default now
        """
        self.env.ref("ai_audit_log.cron_outbox")._trigger(at)

    @api.model
    def _replay(self, logs):
        """Give failed rows a new start."""
        logs.check_access("read")
        failed = logs.filtered(lambda log: log.state == "failed")
        start = {"attempts": 0, "next_attempt_at": fields.Datetime.now()}
        self._queue_again(failed.sudo(), False, start)
        self._wake()

    def _queue_again(self, rows, note, values):
        """Queue rows again; where a newer event waits for the same document, that is enough."""
        waiting = (
            self.env["ai.audit.log"]
            .sudo()
            .search([("state", "=", "queued"), ("res_id", "in", rows.mapped("res_id"))])
        )
        known = {(log.task_code, log.res_model, log.res_id) for log in waiting}
        for row in rows:
            document = (row.task_code, row.res_model, row.res_id)
            state = "superseded" if document in known else "queued"
            row._transition(state, note=note, values=values)
            known.add(document)

    # ------------------------------------------------------------------
    # Out: the scheduled action
    # ------------------------------------------------------------------

    @api.model
    def _cron_drain(self):
        """Claim, commit, work, commit, until the queue is empty or the time is over."""
        self = self.sudo()  # the queue itself; the work is done with the service user's rights
        cron = self.env["ir.cron"]
        self._committed(self._return_dead_rows)
        cron._commit_progress(remaining=self.env["ai.audit.log"].search_count(self._due()))
        while done := self._drain_once():
            if not cron._commit_progress(done):
                break

    @api.model
    def _drain_once(self, only=Domain.TRUE):
        """Claim a batch, commit, work on it: the step that all kinds of workers share.

        :param only: domain that restricts the rows to take
        :return: how many rows were taken; the caller commits what was done with the last ones
        """
        batch = self._committed(self._claim, only)
        if batch:
            self._work(batch)
        return len(batch)

    def _committed(self, step, *args):
        """Do and commit ``step``; start over where another worker changed the same rows."""
        for tries_left in reversed(range(TRIES)):
            try:
                result = step(*args)
                self.env["ir.cron"]._commit_progress()
                return result
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                if not tries_left:
                    raise

    def _due(self):
        """Return the domain of rows to work on: to be suggested, or approved and not applied."""
        now = fields.Datetime.now()
        return Domain("next_attempt_at", "<=", now) & (
            Domain("state", "=", "queued")
            | (Domain("state", "=", "approved") & Domain("claimed_at", "=", False))
        )

    def _return_dead_rows(self):
        """Give rows back whose worker died; the claim is all that it left behind."""
        parameters = self.env["ir.config_parameter"].sudo()
        seconds = parameters.get_param(CLAIM_TIMEOUT_PARAMETER)
        timeout = timedelta(seconds=int(seconds)) if seconds else CLAIM_TIMEOUT
        dead = self.env["ai.audit.log"].search(
            Domain("state", "in", ["running", "approved"])
            & Domain("claimed_at", "<", fields.Datetime.now() - timeout)
        )
        dead = dead.try_lock_for_update()
        note = self.env._("The worker did not finish; the row is queued again.")
        self._give_back(dead, note)

    def _due_work(self, only=Domain.TRUE):
        """Return what is due as ``[(task, company, state)]``, the most urgent first.

        Tasks by their priority; what is decided goes before new suggestions, what waits longest
        before the rest.
        """
        groups = self.env["ai.audit.log"]._read_group(
            self._due() & only, ["task_id", "company_id", "state"], ["next_attempt_at:min"]
        )
        groups.sort(key=lambda row: (row[0].sequence, row[0].id, row[2] != "approved", row[3]))
        return [group[:3] for group in groups]

    def _claim(self, only=Domain.TRUE):
        """Take a batch of one task, company and kind of work, and mark it as taken."""
        Log = self.env["ai.audit.log"]
        for task, company, state in self._due_work(only):
            domain = self._due() & self._kind(task, company, state)
            size = task.batch_size if state == "queued" else min(task.batch_size, APPLY_AT_ONCE)
            rows = Log.search(domain, limit=size * BATCHES_AHEAD, order="id")
            rows = rows.try_lock_for_update(limit=size).filtered_domain(domain)
            if not rows:
                continue
            for log in rows:
                log._write_outcome({"attempts": log.attempts + 1})
            claim = {"claimed_at": fields.Datetime.now()}
            if state == "queued":
                rows._transition("running", values=claim)
            else:
                rows._write_outcome(claim)
            self._share(task, company, state)
            return rows
        return Log

    def _kind(self, task, company, state):
        """Return the domain of one kind of work, as :meth:`_due_work` tells kinds apart."""
        return Domain(
            [("task_id", "=", task.id), ("company_id", "=", company.id), ("state", "=", state)]
        )

    def _share(self, task, company, state):
        """Let others take the next batch meanwhile; the scheduled action works alone."""

    def _work(self, batch):
        """Work on claimed rows; where a batch fails, row by row, so that a bad row stays alone."""
        try:
            self._work_once(batch)
            self.env.cr.flush()  # what cannot be written is a failure of this batch
        except Exception as error:
            self.env.cr.rollback()
            if len(batch) == 1:
                self._fail(batch, error)
                return
            _logger.info("Batch of %s failed (%s), going row by row", len(batch), error)
            for log in batch:
                self._work(log)
                self.env["ir.cron"]._commit_progress()

    def _work_once(self, batch):
        service = self.env.ref("ai_audit_log.user_service")
        # What somebody else has brought to an end meanwhile is not touched.
        batch = batch.filtered(lambda log: log.state in ("running", "approved"))
        for company, logs in batch.grouped("company_id").items():
            env = self.env(user=service, su=False, context=self._context(company, service))
            rows = logs.with_env(env)
            if batch[0].state == "approved":
                self._execute(rows)
            else:
                self._ask(rows)
                self._suggest(rows)

    def _context(self, company, service):
        context = {"allowed_company_ids": company.ids, "lang": company.partner_id.lang}
        return {**self.env.context, **context, "tz": service.tz}

    def _ask(self, rows):
        """Have a model asked where one is connected; commits, the claim is all that is open."""
        documents = rows.sudo()._documents().with_env(rows.env).exists()
        rows.env["ai.finance.model.asking"]._ask_for(rows[0].sudo().task_id, documents)

    def _suggest(self, rows):
        documents = rows.sudo()._documents().with_env(rows.env)
        first = rows[0].sudo()
        waiting = dict(zip(documents, rows.sudo(), strict=True))
        pipeline = rows.env["ai.finance.pipeline"]
        pipeline._suggest(first.task_id, documents.exists(), first.trigger, waiting)

    def _execute(self, rows):
        outcome = rows.env["ai.finance.decision"]._apply(rows)
        # What the ledger refused goes back to people, with the reason on the row.
        refused = rows.sudo().browse(outcome.problems)
        refused = refused.filtered(lambda log: log.state == "approved")
        refused._transition("proposed", values={"claimed_at": False})

    # ------------------------------------------------------------------
    # When it goes wrong
    # ------------------------------------------------------------------

    def _give_back(self, rows, note):
        soon = {"claimed_at": False, "next_attempt_at": fields.Datetime.now()}
        for row in rows:
            attempts_left = row.attempts < row.task_id.max_attempts
            if row.state == "running" and attempts_left:
                self._queue_again(row, note, soon)
            elif row.state == "running":
                row._transition("failed", note=note, values=soon)
            elif attempts_left:
                row._write_outcome(soon)
            else:
                row._transition("proposed", note=note, values=soon)

    def _fail(self, row, error):
        """Keep the failure on the row and try again later, or give up and keep it for replay."""
        _logger.warning("Suggestion %s failed", row.id, exc_info=error)
        row.invalidate_recordset()
        if row.state not in ("running", "approved"):
            return  # somebody else has brought it to an end
        wait = timedelta(minutes=2 ** min(row.attempts, 8))
        values = {
            "error": str(error),
            "claimed_at": False,
            "next_attempt_at": fields.Datetime.now() + wait,
        }
        last = row.attempts >= row.task_id.max_attempts
        if not last:
            self._wake(values["next_attempt_at"])
        if row.state == "running" and not last:
            self._queue_again(row, str(error), values)
        elif row.state == "running":
            row._transition("failed", note=str(error), values=values)
        elif last:
            row._transition("proposed", note=str(error), values=values)
        else:
            row._write_outcome(values)
