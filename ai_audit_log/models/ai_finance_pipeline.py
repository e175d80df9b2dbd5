import time

import psycopg2

from odoo import api, fields, models, tools
from odoo.exceptions import ConcurrencyError

from ..engine import gate, lifecycle
from ..engine.suggestion import stored_confidence

#: Triggers of a person who asks for it.
BY_PERSON = ("button", "edit")


class AiFinancePipeline(models.AbstractModel):
    """From documents to logged suggestions: context, engine, check, gate, log."""

    _name = "ai.finance.pipeline"
    _description = "Making of Suggestions"

    @api.model
    def _suggest(self, task, records, trigger, waiting=None):
        """Run the engine of ``task`` over ``records`` and log one row a record.

        Unchanged input writes no new row; changed input supersedes the row there was.

        :param task: the ``ai.finance.task.type``
        :param records: documents of one model, any number of companies
        :param trigger: what started it, see ``ai.audit.log.trigger``
        :param waiting: ``{record: log}`` of claimed work queue rows to complete; by default the
            rows that wait for these records are taken over
        :return: the live rows of ``records``
        """
        if waiting is None:
            waiting = self._absorb(task, records, trigger)
        policies = self.env["ai.finance.policy"]._select(task, records)
        wanted = records.filtered(lambda record: policies[record].mode != "off")
        self._close(
            [waiting[record] for record in records - wanted if record in waiting],
            self.env._("This task is switched off."),
        )
        drafts, later = self._drafts(task, wanted, policies)
        try:
            rows = self._log(task, drafts, trigger, waiting)
            rows.flush_model()
        except psycopg2.errors.UniqueViolation as error:
            # Somebody logged the same this instant: Odoo runs us again, on data that shows it.
            raise ConcurrencyError("the same suggestion was logged at the same time") from error
        rest = [row for row in waiting.values() if row.state == "running"]
        self._close(rest, self.env._("There is nothing to suggest any more."))
        self._ask_later(task, later)
        return rows

    def _ask_later(self, task, later):
        """Queue the documents whose question to a model is still to be asked.

        :param later: ``{record: when}``; never asked here, where a user may be waiting
        """
        for when, records in tools.groupby(later, later.get):
            documents = self.env[task.res_model].union(*records)
            self.env["ai.finance.outbox"]._enqueue(task.code, documents, at=when)

    def _absorb(self, task, records, trigger):
        """Take over the rows that wait for ``records``, so that one look makes one row."""
        rows = (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [
                    ("task_code", "=", task.code),
                    ("res_model", "=", task.res_model),
                    ("res_id", "in", records.ids),
                    ("state", "=", "queued"),
                ]
            )
        )
        rows = rows.try_lock_for_update()
        rows._transition("running")
        rows._complete(dict.fromkeys(rows, {"trigger": trigger, "maker_id": self.env.uid}))
        by_id = {row.res_id: row for row in rows}
        return {record: by_id[record.id] for record in records if record.id in by_id}

    @api.model
    def _replace(self, log, suggestion):
        """Log what a person made of ``log``, which is closed as edited; returns the new row."""
        task, record = log.task_id, log._document()
        policies = self.env["ai.finance.policy"]._select(task, record)
        drafts = self._evidence(task, {record: suggestion}, policies, 0)
        drafts[record]["replaces_id"] = log.id
        decided = {"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        log.sudo()._transition("edited", values=decided)
        log.flush_model(["state"])
        self.env["ai.finance.autonomy"]._watch(log)
        return self._create_rows(task, drafts, "edit", {}).sudo(False)

    @api.model
    def _drafts(self, task, records, policies):
        """Return what the engine suggests as ``{record: evidence values}``.

        Answers of a model that are there already have their part in it; the second value returned
        says for which records, and when, one is still to be asked.
        """
        handler = task._handler()
        if not records:
            return {}, {}
        started = time.monotonic()
        context = handler._build_context(records)
        by_id = {record.id: record for record in records}
        by_record = {by_id[item.record_id]: item for item in handler._propose(context)}
        elapsed = (time.monotonic() - started) * 1000 / len(records)
        step = self.env["ai.finance.model.step"]
        by_record, later = step._improve(task, context, by_record, policies)
        return self._evidence(task, by_record, policies, elapsed), later

    @api.model
    def _evidence(self, task, by_record, policies, duration_ms):
        """Return ``{record: evidence values}``: engine result, live check, gate decision."""
        handler = task._handler()
        proposals = {record: item.proposal for record, item in by_record.items()}
        problems = handler._check(proposals)
        checksums = handler._checksum(proposals)
        summaries = handler._summary(proposals)
        keys = {record: (summaries[record].partner_id, checksums[record]) for record in by_record}
        tracks = self.env["ai.finance.autonomy"]._track_records(task, keys)
        step = self.env["ai.finance.model.step"]
        drafts = {}
        for record, item in by_record.items():
            vetoes = (*item.vetoes, *problems.get(record, ()), *step._screen(item.outside))
            summary, policy, track = summaries[record], policies[record], tracks[record]
            confidence = stored_confidence(item.confidence)
            case = gate.Case(confidence, summary.amount, vetoes, item.actionable, handler._harmless)
            verdict = gate.decide(case, policy, track)
            drafts[record] = {
                "proposal": item.proposal,
                "confidence": confidence,
                "reasons": list(item.reasons),
                "vetoes": list(vetoes),
                "summary": summary.text,
                "amount": float(summary.amount),
                "partner_id": summary.partner_id,
                "input_checksum": checksums[record],
                "policy_id": policy.id or False,
                "policy_values": self._policy_values(policy, track),
                "decision": verdict.decision,
                "decision_reasons": [self._translated(reason) for reason in verdict.reasons],
                "auto_eligible": verdict.auto_eligible,
                "duration_ms": duration_ms,
                "payload": item.payload,
                "alarms": item.alarms,
                **self._model_values(item),
            }
        return drafts

    def _model_values(self, item):
        """Return the evidence of what a model had to do with a suggestion, if it had."""
        uses = item.model_uses
        if not uses:
            return {}
        return {
            "explanation": item.explanation or False,
            "model_uses": [use.to_json() for use in uses],
            "model_name": next((use.model for use in uses if use.model), False),
            "prompt_tokens": sum(use.tokens[0] for use in uses),
            "completion_tokens": sum(use.tokens[1] for use in uses),
            "model_cost": sum(float(use.cost) for use in uses),
            "model_latency_ms": sum(use.latency_ms for use in uses),
        }

    def _policy_values(self, policy, track):
        return {
            "mode": policy.mode,
            "min_confidence": policy.min_confidence,
            "max_amount": None if policy.max_amount is None else str(policy.max_amount),
            "first_n": policy.first_n,
            "confirmed": track.confirmed,
        }

    def _translated(self, reason):
        """Return a gate reason with its text in the current language; others carry one already."""
        if "text" in reason:
            return reason
        return {**reason, "text": self.env._(gate.GATE_TEXT[reason["code"]], **reason["params"])}

    # ------------------------------------------------------------------
    # Logging
    # ------------------------------------------------------------------

    @api.model
    def _log(self, task, drafts, trigger, waiting):
        """Write the rows that bring something new, and return all live rows of the records."""
        previous = self._previous(task, drafts)
        kept = self.env["ai.audit.log"].sudo()
        fresh = {}
        for record, draft in drafts.items():
            same = self._unchanged(previous.get(record, ()), draft, trigger)
            if same:
                kept |= same
                self._close([waiting[record]] if record in waiting else [], same.display_name)
            else:
                fresh[record] = draft
        self._supersede([log for record in fresh for log in previous.get(record, ())])
        rows = self._create_rows(task, fresh, trigger, waiting)
        self._approve_automatic(rows)
        return (kept.filtered(lambda log: log.state in lifecycle.LIVE) | rows).sudo(False)

    def _approve_automatic(self, rows):
        """Hand what the policy applies by itself to the work queue, under the service user."""
        automatic = rows.filtered(lambda log: log.decision == "apply")
        if automatic:
            service = self.env.ref("ai_audit_log.user_service")
            automatic.with_user(service).sudo()._transition(
                "approved",
                note=self.env._("Within the limits of the policy."),
                values={
                    "decided_by_id": service.id,
                    "decided_at": fields.Datetime.now(),
                    "next_attempt_at": fields.Datetime.now(),
                    "attempts": 0,
                    "claimed_at": False,
                },
            )
            self.env["ai.finance.outbox"]._wake()

    def _previous(self, task, drafts):
        """Return ``{record: latest decided or open rows}`` of the records, newest first."""
        records = [record.id for record in drafts]
        if not records:
            return {}
        logs = (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [
                    ("task_code", "=", task.code),
                    ("res_model", "=", task.res_model),
                    ("res_id", "in", records),
                    ("state", "in", [*lifecycle.OPEN, "rejected", "expired", "undone"]),
                ]
            )
        )
        by_id = logs.grouped("res_id")
        return {record: by_id.get(record.id, ()) for record in drafts}

    def _unchanged(self, previous, draft, trigger):
        """Return the row that already says what ``draft`` says, or nothing.

        What a person rejected, undid or flagged, or nobody decided in time, is not proposed
        again by itself; a button may.
        """
        for log in previous:
            if log.input_checksum != draft["input_checksum"]:
                continue
            if log.state in lifecycle.OPEN and not (log.flagged and trigger not in BY_PERSON):
                same = all(log[name] == draft[name] for name in ("decision", "auto_eligible"))
                # What a model added counts as news, what it did not add takes nothing away.
                uses = draft.get("model_uses", log.model_uses)
                return log if same and uses == log.model_uses else None
            if trigger not in BY_PERSON:
                return log
        return None

    def _close(self, logs, note):
        """End work queue rows that bring nothing new."""
        if logs:
            rows = self.env["ai.audit.log"].sudo().union(*logs)
            rows._transition("superseded", note=note)

    def _supersede(self, logs):
        open_logs = [log for log in logs if log.state in lifecycle.OPEN]
        self._close(open_logs, self.env._("The input changed, there is a newer suggestion."))
        # The new row may carry the same checksum; the unique index must see the old one gone.
        self.env["ai.audit.log"].flush_model(["state"])

    def _create_rows(self, task, drafts, trigger, waiting):
        """Complete the claimed rows and create the others, all in state proposed."""
        # The log is written by the kernel for everybody; nobody has create rights on it.
        Log = self.env["ai.audit.log"].sudo()
        runs = self._runs(task, drafts, trigger)
        for record, draft in drafts.items():
            draft["run_id"] = runs[record.company_id].id
        payloads = {record: self._digest(task, draft) for record, draft in drafts.items()}
        alarms = {record: draft.pop("alarms") for record, draft in drafts.items()}
        claimed = {waiting[record]: draft for record, draft in drafts.items() if record in waiting}
        Log._complete(claimed)
        base = {"task_id": task.id, "task_code": task.code, "res_model": task.res_model}
        base |= {"trigger": trigger, "maker_id": self.env.uid, "state": "running"}
        created = Log.create(
            [
                {**base, "res_id": record.id, "company_id": record.company_id.id, **draft}
                for record, draft in drafts.items()
                if record not in waiting
            ]
        )
        rows = Log.union(created, *claimed)
        self._store_payloads(rows, payloads)
        rows._transition("proposed")
        self.env["ai.finance.approval"]._wake(rows)
        self.env["ai.finance.alarm"]._raise(rows, alarms)
        return rows

    def _digest(self, task, draft):
        """Take the payload out of ``draft``, leave its digest, and return what to store of it."""
        payload = draft.pop("payload", None)
        if payload is None or not task.payload_days:
            return None
        draft["payload_digest"], values = self.env["ai.audit.payload"]._digested(payload)
        return {**values, "redact_on": fields.Date.add(fields.Date.today(), days=task.payload_days)}

    def _store_payloads(self, rows, payloads):
        by_id = {record.id: values for record, values in payloads.items() if values}
        self.env["ai.audit.payload"].sudo().create(
            [
                {**by_id[row.res_id], "log_id": row.id, "company_id": row.company_id.id}
                for row in rows
                if row.res_id in by_id
            ]
        )

    def _runs(self, task, drafts, trigger):
        """Return ``{company: run}`` for what is being made now."""
        companies = {record.company_id for record in drafts}
        runs = (
            self.env["ai.finance.run"]
            .sudo()
            .create(
                [
                    {
                        "task_id": task.id,
                        "company_id": company.id,
                        "user_id": self.env.uid,
                        "trigger": trigger,
                    }
                    for company in companies
                ]
            )
        )
        return dict(zip(companies, runs, strict=True))
