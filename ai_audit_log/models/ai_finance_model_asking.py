import logging
from dataclasses import dataclass, field

import psycopg2

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..engine import chain
from ..llm import pool
from ..llm.budget import Budget, Spent, at_most, cost, judge
from ..llm.client import Answer

_logger = logging.getLogger(__name__)

#: Seconds after which no further question of a batch is asked; what is left waits for the next.
LONGEST = 45


@dataclass
class _Purse:
    """What may still be spent while questions are under way; kept outside of transactions."""

    budget: Budget
    spent: Spent
    prices: dict
    paused: set = field(default_factory=set)
    reserved: dict = field(default_factory=dict)

    def admit(self, key, ask, provider_id):
        """Return why a question may not be asked now, or ``None``."""
        if provider_id in self.paused:
            return "paused"
        needed = at_most(ask, self.prices[provider_id])
        under_way = sum(self.reserved.values(), Spent())
        if judge(self.budget, self.spent, under_way + needed) == "stop":
            return "budget"
        self.reserved[key] = needed
        return None


class AiFinanceModelAsking(models.AbstractModel):
    """Asks the questions of a batch, several at once and with no transaction open.

    Each answer is written and committed the moment it arrives: a worker that dies afterwards
    leaves it to be found, see ``ai.finance.model.step``.
    """

    _name = "ai.finance.model.asking"
    _description = "Asking a Language Model"

    @api.model
    def _ask_for(self, task, documents):
        """Ask what suggestions for ``documents`` need; called by workers, between transactions."""
        policies = self.env["ai.finance.policy"]._select(task, documents)
        wanted = documents.filtered(lambda record: policies[record].mode != "off")
        step = self.env["ai.finance.model.step"]
        if not any(step._chains({record: policies[record] for record in wanted}).values()):
            return
        handler = task._handler()
        context = handler._build_context(wanted)
        by_id = {record.id: record for record in wanted}
        by_record = {by_id[item.record_id]: item for item in handler._propose(context)}
        prepared = step._prepare(task, context, by_record, policies)
        known, _failed = self.env["ai.finance.model.call"]._known(
            {one.request_hash for one in prepared}
        )
        groups = {}
        for one in prepared:
            if not one.not_asked and one.request_hash not in known:
                groups.setdefault((one.company, one.chain), {})[one.request_hash] = one
        for (company, providers), asked in groups.items():
            self._ask(task, company, providers, asked)

    def _ask(self, task, company, providers, asked, purpose="suggestion"):
        """Ask the questions ``{hash: Prepared}`` and store what comes back, one by one.

        :return: ``{hash: call}`` of what was answered, refused or failed
        """
        clients = [(provider.id, provider._client()) for provider in providers]
        questions = {key: (one.ask, one.value_of) for key, one in asked.items()}
        purse = self._purse(company, providers)
        base = {"company_id": company.id, "task_id": task.id, "purpose": purpose}
        calls, parallel = {}, providers[0].parallel
        self._leave_transaction()
        # From here on nothing is read that is not left again before the next answer.
        for outcome in pool.ask_all(questions, clients, parallel, LONGEST, purse.admit):
            purse.reserved.pop(outcome.key, None)
            calls[outcome.key] = self._store(outcome, asked[outcome.key], base, purse.prices)
            purse.spent = self.env["ai.finance.model.call"]._spent(company)
            self._leave_transaction()
            self._watch(outcome, providers, purse)
        company._ai_warn(providers[0])
        self._leave_transaction()
        return calls

    def _purse(self, company, providers):
        prices = {provider.id: company._ai_prices(provider) for provider in providers}
        spent = self.env["ai.finance.model.call"]._spent(company)
        paused = set(providers.filtered("is_paused").ids)
        return _Purse(company._ai_budget(), spent, prices, paused)

    @api.model
    def _leave_transaction(self):
        """Commit, so that nothing is locked and no transaction open while a model is asked."""
        # Also where nothing was written: reading opens a transaction too.
        self.env["ir.cron"]._commit_progress()

    # ------------------------------------------------------------------
    # Store
    # ------------------------------------------------------------------

    def _store(self, outcome, one, base, prices):
        """Write what came of a question; returns the call that counts, if any."""
        Call = self.env["ai.finance.model.call"].sudo()
        values = [self._values(one, base, prices, *tried) for tried in outcome.tried]
        if last := outcome.answer or outcome.failure:
            values.append(self._values(one, base, prices, outcome.provider_id, last))
        if not values:
            return Call
        try:
            with self.env.cr.savepoint():
                return Call.create(values)[-1:]
        except psycopg2.errors.UniqueViolation:
            # Another worker asked the same this instant. Both were paid; the first one counts.
            return Call.create([{**vals, "state": "duplicate"} for vals in values])[-1:]

    def _values(self, one, base, prices, provider_id, last):
        provider = one.chain.browse(provider_id)
        answered = isinstance(last, Answer)
        kind = "" if answered else last.kind
        state = "answered" if answered else {"invalid": "refused"}.get(kind, "failed")
        days = self.env["ai.finance.task.type"].sudo().browse(base["task_id"]).payload_days
        text = last.text if state != "failed" else False
        digest = chain.digest(one.request_hash, text) if text else ""
        return {
            **base,
            "request_hash": one.request_hash,
            "user_id": self.env.uid,
            "provider_id": provider_id,
            "model": last.model or provider.model,
            "form": provider.structured,
            "prompt_code": one.question.prompt,
            "prompt_version_id": one.version.id,
            "prompt_number": one.version.number,
            "state": state,
            "failure": kind,
            "problem": "" if answered else str(last),
            "sent": f"{one.ask.system}\n\n{one.ask.user}",
            "answer": text,
            "answer_digest": digest,
            "masked": dict(one.mask.kinds),
            "prompt_tokens": last.usage.prompt_tokens,
            "completion_tokens": last.usage.completion_tokens,
            "cost": float(cost(last.usage, *prices[provider_id])),
            "latency_ms": last.latency_ms,
            # An answer is only refused after it was asked for again.
            "requests": last.asked if answered else 1 + (kind == "invalid"),
            "redact_on": fields.Date.add(fields.Date.today(), days=days or 1),
        }

    def _watch(self, outcome, providers, purse):
        """Count failures of each connection that was tried; several in a row pause it."""
        results = [*outcome.tried]
        if outcome.answer or outcome.failure:
            results.append((outcome.provider_id, outcome.failure))
        for provider_id, failure in results:
            provider = providers.browse(provider_id)
            try:
                provider._note_outcome(failure)
                self._leave_transaction()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Another worker counts as well; the answer itself is stored.
                self.env.cr.rollback()
                _logger.info("The failures of connection %s are counted elsewhere", provider_id)
            if provider.is_paused:
                purse.paused.add(provider_id)
            self._leave_transaction()
