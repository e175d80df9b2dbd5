import logging
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..engine import gate, lifecycle
from ..engine.outcome import Outcome

_logger = logging.getLogger(__name__)

#: How many failed records a notification names.
SHOWN = 10


class AiFinanceDecision(models.AbstractModel):
    """What people and the service user do with suggestions: apply, reject, undo, amend.

    Each method takes rows of any task and returns an :class:`~..engine.outcome.Outcome`: the
    failure of one record is reported with its reason and never stops the others.
    """

    _name = "ai.finance.decision"
    _description = "Decisions on Suggestions"

    @api.model
    def _apply(self, logs):
        """Approve and carry out ``logs`` as the current user, each bound to its checksum.

        Where the policy gives the decision to who may not change the document, the service user
        carries it out; the log names both.
        """
        outcome = Outcome("apply")
        ready = self._take(logs, lifecycle.OPEN, "applied", outcome)
        ready = self._with_rights(ready, outcome, deciding=True)
        for task, group in ready.grouped("task_id").items():
            current = self._within_policy(task, group, outcome)
            own = self._writable(current)
            self._carry_out(task, own, outcome, self.env.user)
            for company, rest in (current - own).grouped("company_id").items():
                service = self.with_user(self.env.ref("ai_audit_log.user_service"))
                env = service.with_context(allowed_company_ids=company.ids).env
                work = self.with_env(env)._carry_out
                work(task.with_env(env), rest.with_env(env), outcome, self.env.user)
        return self._report(outcome)

    def _carry_out(self, task, logs, outcome, decider):
        """Apply ``logs`` of one task with the rights of the current user, as ``decider`` said."""
        current = self._refuse_stale(task, logs, outcome, decider)
        current = self._refuse_blocked(task, current, outcome)
        work = partial(self._apply_batch, decider=decider)
        self._in_batches(task, current, work, outcome)

    @api.model
    def _reject(self, logs, reason=None):
        """Close ``logs`` without effect; unchanged, they are not suggested again by themselves."""
        outcome = Outcome("reject")
        ready = self._take(logs, lifecycle.OPEN, "rejected", outcome)
        ready = self._with_rights(ready, outcome, deciding=True)
        ready.sudo()._transition("rejected", note=reason, values=self._decided(self.env.user))
        outcome.done += ready.ids
        return self._report(outcome)

    @api.model
    def _undo(self, logs):
        """Take back applied ``logs``; balances, residuals and payment states are as before."""
        outcome = Outcome("undo")
        ready = self._take(logs, {"applied"}, "undone", outcome)
        ready = self._with_rights(ready, outcome)
        for task, group in ready.grouped("task_id").items():
            self._in_batches(task, group, self._undo_batch, outcome)
        return self._report(outcome)

    @api.model
    def _amend(self, log, change):
        """Replace ``log`` by what a person chose instead; that person becomes its maker.

        :param change: see ``_amend`` of the task
        :return: the new row
        :raises UserError: when the suggestion can no longer be changed
        """
        outcome = Outcome("amend")
        ready = self._with_rights(self._take(log, lifecycle.OPEN, "edited", outcome), outcome)
        if not ready:
            raise UserError(next(iter(outcome.problems.values()), self.env._("Changed already.")))
        task = log.task_id
        suggestion = task._handler()._amend(log, change)
        row = self.env["ai.finance.pipeline"]._replace(log, suggestion)
        row._documents()._ai_invalidate()
        return row

    # ------------------------------------------------------------------
    # Who and when
    # ------------------------------------------------------------------

    def _take(self, logs, states, done_state, outcome):
        """Lock rows and documents, and return the rows in ``states``; the others are reported."""
        logs.check_access("read")
        locked = logs.try_lock_for_update()
        locked.invalidate_recordset(["state"])
        busy = self.env._("Somebody else is deciding on it right now.")
        outcome.problems.update(dict.fromkeys((logs - locked).ids, busy))
        outcome.unchanged += locked.filtered(lambda log: log.state == done_state).ids
        names = dict(logs._fields["state"]._description_selection(self.env))
        for log in locked.filtered(lambda log: log.state not in {*states, done_state}):
            outcome.problems[log.id] = self.env._(
                "It is no longer open: %(state)s.", state=names[log.state]
            )
        taken = locked.filtered(lambda log: log.state in states)
        firsts = {}
        for log in taken:
            firsts.setdefault((log.task_code, log.res_model, log.res_id), log)
        second = taken - taken.browse().union(*firsts.values())
        text = self.env._("Another suggestion for the same document is being decided with it.")
        outcome.problems.update(dict.fromkeys(second.ids, text))
        taken -= second
        free = self._lock_documents(taken)
        outcome.problems.update(dict.fromkeys((taken - free).ids, busy))
        return free

    def _lock_documents(self, logs):
        free = logs.browse()
        for model, group in logs.grouped("res_model").items():
            documents = self.env[model].browse(group.mapped("res_id"))
            locked = set(documents.try_lock_for_update(allow_referencing=True).ids)
            free |= group.filtered(lambda log, locked=locked: log.res_id in locked)
        return free

    def _with_rights(self, logs, outcome, deciding=False):
        """Return the rows the current user may act on.

        :param deciding: also those they approve without a right to change the document
        """
        if self.env.su:
            return logs
        if not self.env.user.has_group("ai_audit_log.group_ai_user"):
            text = self.env._("The role AI User is missing.")
            outcome.problems.update(dict.fromkeys(logs.ids, text))
            return logs.browse()
        allowed = self._writable(logs)
        if deciding and logs - allowed:
            allowed |= self.env["ai.finance.approver"]._delegated(logs - allowed)
        text = self.env._("You may not change this document.")
        outcome.problems.update(dict.fromkeys((logs - allowed).ids, text))
        return logs & allowed

    def _writable(self, logs):
        """Return the rows whose document the current user may change."""
        return self.env["ai.finance.approver"]._accessible(logs, "write")

    def _within_policy(self, task, logs, outcome):
        """Return the rows that today's policy lets the current user apply."""
        documents = self.env[task.res_model].browse(logs.mapped("res_id"))
        policies = self.env["ai.finance.policy"]._select(task, documents)
        by_itself = self.env.user == self.env.ref("ai_audit_log.user_service")
        keys = {log._document(): (log.partner_id.id, log.input_checksum) for log in logs}
        tracks = self.env["ai.finance.autonomy"]._track_records(task, keys) if by_itself else {}
        allowed = logs.browse()
        for log, document in zip(logs, documents, strict=True):
            problem = self._policy_problem(log, policies[document], tracks.get(document))
            if problem:
                outcome.problems[log.id] = problem
            else:
                allowed |= log
        return allowed

    def _policy_problem(self, log, policy, track):
        """Return why the current user may not apply ``log`` under ``policy``, or ``None``.

        :param track: what people did before, where the service user applies without a person
        """
        if policy.mode in ("off", "shadow") or log.decision == "shadow":
            return self.env._("This task is switched off.")
        if log.decision == "none":
            return self.env._("There is nothing to apply.")
        if track:
            case = gate.Case(
                confidence=log.confidence,
                amount=self.env["ai.finance.policy"]._decimal(log.amount, log.currency_id),
                vetoes=tuple(log.vetoes or ()),
                harmless=log.task_id._handler()._harmless,
            )
            verdict = gate.decide(case, policy, track)
            return None if verdict.decision == "apply" else self.env._("A person has to decide.")
        if "approve" in (policy.mode, log.decision):
            return self.env["ai.finance.approver"]._problem(log, policy)
        return None

    # ------------------------------------------------------------------
    # Bound to what was looked at
    # ------------------------------------------------------------------

    def _refuse_stale(self, task, logs, outcome, decider):
        """Close the rows whose inputs changed since they were suggested."""
        checksums = task._handler()._checksum(logs._proposals())
        stale = logs.filtered(lambda log: checksums[log._document()] != log.input_checksum)
        text = self.env._("It changed since it was suggested.")
        stale.sudo()._transition("stale", note=text, values=self._decided(decider))
        outcome.problems.update(dict.fromkeys(stale.ids, text))
        return logs - stale

    def _refuse_blocked(self, task, logs, outcome):
        """Report the rows that live data forbids to apply; they stay open."""
        problems = task._handler()._check(logs._proposals())
        blocked = logs.filtered(lambda log: problems.get(log._document()))
        for log in blocked:
            reasons = problems[log._document()]
            outcome.problems[log.id] = " ".join(reason["text"] for reason in reasons)
        return logs - blocked

    # ------------------------------------------------------------------
    # Carrying out
    # ------------------------------------------------------------------

    def _in_batches(self, task, logs, work, outcome):
        """Run ``work`` on batches under a savepoint each, one by one where a batch fails."""
        size = max(task._handler()._apply_batch, 1)
        for start in range(0, len(logs), size):
            batch = logs[start : start + size]
            problem = self._attempt(task, batch, work)
            if problem and len(batch) > 1:
                problems = {log.id: self._attempt(task, log, work) for log in batch}
            else:
                problems = dict.fromkeys(batch.ids, problem)
            outcome.done += [log_id for log_id, text in problems.items() if not text]
            outcome.problems.update({log_id: text for log_id, text in problems.items() if text})

    def _attempt(self, task, logs, work):
        """Run ``work`` under a savepoint; return the sentence for people when it failed."""
        try:
            with self.env.cr.savepoint():
                work(task, logs)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # The transaction is lost: Odoo's own retry runs it again on fresh data.
            raise
        except UserError as error:
            return str(error)
        except Exception as error:
            # Nothing is swallowed: traceback in the server log, sentence on the row and screen.
            _logger.exception("Task %s failed on suggestions %s", task.code, logs.ids)
            return self.env._("Unexpected error (%(error)s), see the server log.", error=error)
        return None

    def _apply_batch(self, task, logs, decider):
        by_person = logs.filtered(lambda log: log.state == "proposed").sudo()
        by_person._write_outcome(self._decided(decider))
        if decider != self.env.user:
            note = self.env._("Decided by %(name)s.", name=decider.name)
            by_person.with_user(decider).sudo()._transition("approved", note=note)
        undo_data = task._handler()._apply(logs._proposals())
        values = {"executed_by_id": self.env.uid, "applied_at": fields.Datetime.now()}
        logs.sudo()._transition(
            "applied",
            values={**values, "error": False},
            each={log: {"undo_data": undo_data[log._document()]} for log in logs},
        )
        logs._leave_for_review()
        logs._documents()._ai_applied(logs)
        task._handler()._learn(logs)

    def _undo_batch(self, task, logs):
        undo_data = {log._document(): log.undo_data for log in logs}
        task._handler()._undo(undo_data)
        logs.sudo()._transition("undone", values={"undone_at": fields.Datetime.now()})
        logs._documents()._ai_undone(logs)
        task._handler()._unlearn(logs)

    def _decided(self, decider):
        return {"decided_by_id": decider.id, "decided_at": fields.Datetime.now()}

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    def _report(self, outcome):
        """Keep the problems with their rows, and return ``outcome``."""
        changed = self.env["ai.audit.log"].browse([*outcome.done, *outcome.problems])
        for group in changed.grouped("res_model").values():
            group._documents()._ai_invalidate()
        self.env["ai.finance.autonomy"]._watch(changed)
        self.env["ai.finance.approval"]._wake(changed)
        logs = changed.browse(outcome.problems).sudo()
        for log in logs:
            log.error = outcome.problems[log.id]
        self.env["ai.audit.log.event"].sudo().create(
            [
                {
                    "log_id": log.id,
                    "company_id": log.company_id.id,
                    "kind": "problem",
                    "user_id": self.env.uid,
                    "note": outcome.problems[log.id],
                }
                for log in logs
            ]
        )
        return outcome

    @api.model
    def _action(self, outcome):
        """Return the notification that tells people what came of ``outcome``."""
        verbs = {
            "apply": self.env._("%(count)s approved", count=len(outcome.done)),
            "reject": self.env._("%(count)s rejected", count=len(outcome.done)),
            "undo": self.env._("%(count)s undone", count=len(outcome.done)),
        }
        parts = [verbs[outcome.verb]]
        if outcome.unchanged:
            parts.append(self.env._("%(count)s were already", count=len(outcome.unchanged)))
        parts += self._problem_lines(outcome)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": "\n".join(parts),
                "type": "warning" if outcome.problems else "success",
                "sticky": bool(outcome.problems),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _problem_lines(self, outcome):
        """Return one sentence a failed record, with its name; many are cut to the first few."""
        logs = self.env["ai.audit.log"].browse(outcome.problems)
        lines = [f"{log.document_name}: {outcome.problems[log.id]}" for log in logs[:SHOWN]]
        if len(logs) > SHOWN:
            more = len(logs) - SHOWN
            lines.append(self.env._("and %(count)s more: filter “With a Problem”", count=more))
        return lines
