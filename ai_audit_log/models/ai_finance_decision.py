import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import gate, lifecycle
from ..engine.outcome import Outcome

_logger = logging.getLogger(__name__)

#: How many failed records a notification names.
SHOWN = 10
#: The transaction is lost with these: Odoo's own retry runs it again on fresh data.
RETRIED = (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected)


class AiFinanceDecision(models.AbstractModel):
    """What people and the service user do with suggestions: apply, reject, undo, amend.

    Each method takes rows of any task and returns an :class:`~..engine.outcome.Outcome`: the
    failure of one record is reported with its reason and never stops the others.
    """

    _name = "ai.finance.decision"
    _description = "Decisions on Suggestions"

    @api.model
    def _apply(self, logs):
        """Approve and carry out ``logs`` as the current user, each bound to its checksum."""
        outcome = Outcome("apply")
        ready = self._take(logs, lifecycle.OPEN, "applied", outcome)
        ready = self._with_rights(ready, outcome)
        for task, group in ready.grouped("task_id").items():
            current = self._within_policy(task, group, outcome)
            current = self._refuse_stale(task, current, outcome)
            current = self._refuse_blocked(task, current, outcome)
            self._in_batches(task, current, self._apply_batch, outcome)
        return self._report(outcome)

    @api.model
    def _reject(self, logs, reason=None):
        """Close ``logs`` without effect; unchanged, they are not suggested again by themselves."""
        outcome = Outcome("reject")
        ready = self._take(logs, lifecycle.OPEN, "rejected", outcome)
        ready = self._with_rights(ready, outcome)
        ready.sudo()._transition("rejected", note=reason, values=self._decided())
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

    def _with_rights(self, logs, outcome):
        """Return the rows the current user may decide on."""
        if self.env.su:
            return logs
        if not self.env.user.has_group("ai_audit_log.group_ai_user"):
            text = self.env._("The role AI User is missing.")
            outcome.problems.update(dict.fromkeys(logs.ids, text))
            return logs.browse()
        allowed = logs.browse()
        for model, group in logs.grouped("res_model").items():
            documents = self.env[model].browse(group.mapped("res_id"))
            writable = set(documents._filtered_access("write").ids)
            allowed |= group.filtered(lambda log, writable=writable: log.res_id in writable)
        text = self.env._("You may not change this document.")
        outcome.problems.update(dict.fromkeys((logs - allowed).ids, text))
        return allowed

    def _within_policy(self, task, logs, outcome):
        """Return the rows that today's policy lets the current user apply."""
        documents = self.env[task.res_model].browse(logs.mapped("res_id"))
        policies = self.env["ai.finance.policy"]._select(task, documents)
        by_itself = self.env.user == self.env.ref("ai_audit_log.user_service")
        allowed = logs.browse()
        for log, document in zip(logs, documents, strict=True):
            problem = self._policy_problem(log, policies[document], by_itself)
            if problem:
                outcome.problems[log.id] = problem
            else:
                allowed |= log
        return allowed

    def _policy_problem(self, log, policy, by_itself):
        """Return why the current user may not apply ``log`` under ``policy``, or ``None``.

        :param by_itself: the service user applies, without a person
        """
        if policy.mode in ("off", "shadow") or log.decision == "shadow":
            return self.env._("This task is switched off.")
        if log.decision == "none":
            return self.env._("There is nothing to apply.")
        if by_itself:
            case = gate.Case(
                confidence=log.confidence,
                amount=self.env["ai.finance.policy"]._decimal(log.amount, log.currency_id),
                vetoes=tuple(log.vetoes or ()),
            )
            verdict = gate.decide(case, policy)
            return None if verdict.decision == "apply" else self.env._("A person has to decide.")
        if "approve" in (policy.mode, log.decision):
            return self._approver_problem(log, policy)
        return None

    def _approver_problem(self, log, policy):
        """Return why the current user may not act as approver of ``log``, or ``None``."""
        user = self.env.user
        if log.maker_id == user:
            return self.env._("Who made a suggestion cannot approve it.")
        if self.env.su:
            return None
        if user.has_group("ai_audit_log.group_ai_manager"):
            return self.env._("Who manages the policies cannot approve.")
        named = self.env["ai.finance.policy"].sudo().browse(policy.id or []).approver_ids
        if not user.has_group("ai_audit_log.group_ai_approver") or (named and user not in named):
            return self.env._("Waits for an approver.")
        return None

    # ------------------------------------------------------------------
    # Bound to what was looked at
    # ------------------------------------------------------------------

    def _refuse_stale(self, task, logs, outcome):
        """Close the rows whose inputs changed since they were suggested."""
        checksums = task._handler()._checksum(logs._proposals())
        stale = logs.filtered(lambda log: checksums[log._document()] != log.input_checksum)
        text = self.env._("It changed since it was suggested.")
        stale.sudo()._transition("stale", note=text, values=self._decided())
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
        except RETRIED:
            raise
        except UserError as error:
            return str(error)
        except Exception as error:
            # Nothing is swallowed: traceback in the server log, sentence on the row and screen.
            _logger.exception("Task %s failed on suggestions %s", task.code, logs.ids)
            return self.env._("Unexpected error (%(error)s), see the server log.", error=error)
        return None

    def _apply_batch(self, task, logs):
        undo_data = task._handler()._apply(logs._proposals())
        values = {"executed_by_id": self.env.uid, "applied_at": fields.Datetime.now()}
        by_person = logs.filtered(lambda log: log.state == "proposed")
        by_person.sudo()._write_outcome(self._decided())
        logs.sudo()._transition(
            "applied",
            values={**values, "error": False},
            each={log: {"undo_data": undo_data[log._document()]} for log in logs},
        )
        logs._documents()._ai_applied(logs)
        task._handler()._learn(logs)

    def _undo_batch(self, task, logs):
        undo_data = {log._document(): log.undo_data for log in logs}
        task._handler()._undo(undo_data)
        logs.sudo()._transition("undone", values={"undone_at": fields.Datetime.now()})
        logs._documents()._ai_undone(logs)
        task._handler()._unlearn(logs)

    def _decided(self):
        return {"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    def _report(self, outcome):
        """Keep the problems with their rows, and return ``outcome``."""
        changed = self.env["ai.audit.log"].browse([*outcome.done, *outcome.problems])
        for group in changed.grouped("res_model").values():
            group._documents()._ai_invalidate()
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
