from dataclasses import dataclass, replace
from typing import Any

from odoo import api, fields, models

from ..engine import injection
from ..engine.question import USE_TEXT, ModelUse, Question
from ..engine.redact import Mask, allowed
from ..llm import compose, structured
from ..llm.budget import at_most, judge
from ..llm.client import Ask
from ..llm.sentence import ReasonSentence, check_sentence

#: Prompt of the sentence that any task may ask for.
REASON_PROMPT = "reason_sentence"
#: So often a question is tried again when no connection answered.
TRIES = 3
#: From this confidence on nothing has to be explained in a sentence.
SURE = 0.95


@dataclass(frozen=True)
class Prepared:
    """A question ready to be asked, or why it is not asked.

    :param version: the prompt version in use
    :param chain: the connections to ask, in order
    :param not_asked: ``budget``, ``paused`` or ``screened``, else empty
    """

    question: Question
    version: Any
    company: Any
    chain: Any
    mask: Mask
    ask: Ask
    request_hash: str
    not_asked: str = ""
    problem: str = ""

    def value_of(self, value):
        """Return an answer with what was masked put back, checked against the facts.

        :raises ValueError: where the answer says what the facts do not
        """
        plain = self.question.schema.model_validate(self.mask.unmask(value.model_dump()))
        if injection.screen("\n".join(_texts(plain.model_dump()))):
            raise ValueError("the answer holds an instruction or hidden text")
        if self.question.check:
            self.question.check(plain)
        return plain


class AiFinanceModelStep(models.AbstractModel):
    """The model's part in the making of suggestions.

    Two halves that never meet: here answers that are stored already are read, checked and
    merged, inside a transaction; ``ai.finance.model.asking`` asks, outside of any. A question is
    known by the hash of all that would be sent, so the same question is never paid twice.
    """

    _name = "ai.finance.model.step"
    _description = "Questions to a Language Model"

    # ------------------------------------------------------------------
    # Merge
    # ------------------------------------------------------------------

    @api.model
    def _improve(self, task, context, by_record, policies):
        """Merge stored answers into suggestions.

        :param by_record: ``{record: Suggestion}``
        :return: the same with the model's part, and ``{record: when}`` of those whose question
            has to be asked yet
        """
        prepared = self._prepare(task, context, by_record, policies)
        if not prepared:
            return by_record, {}
        hashes = {one.request_hash for one in prepared}
        answered, failed = self.env["ai.finance.model.call"]._known(hashes)
        records = {record.id: record for record in by_record}
        improved, later = dict(by_record), {}
        for one in prepared:
            record = records[one.question.record_id]
            call = answered.get(one.request_hash)
            tries = failed.get(one.request_hash, 0)
            if call:
                improved[record] = self._merge(task, improved[record], one, call)
            elif one.not_asked:
                improved[record] = self._with_use(improved[record], one, one.not_asked)
                if one.not_asked == "paused":
                    later[record] = min(one.chain.mapped("paused_until"))
            elif tries >= TRIES * len(one.chain):
                problem = self._last_problem(one.request_hash)
                improved[record] = self._with_use(improved[record], one, "failed", problem)
            else:
                wait = {"minutes": 2**tries if tries else 0}
                later[record] = fields.Datetime.add(fields.Datetime.now(), **wait)
        return improved, later

    def _merge(self, task, suggestion, one, call):
        """Return ``suggestion`` with the answer of ``call``, or with why it was refused."""
        if call.state == "refused":
            return self._with_use(suggestion, one, "refused", call.problem, call)
        try:
            found = structured.read_object(call.answer, call.form)
            value = one.value_of(one.question.schema.model_validate(found))
            merged = self._answered(task, suggestion, one.question, value)
        except ValueError as error:
            # It was right when it came: the facts are others now, or the rules are stricter.
            problem = f"The model's answer cannot be used: {error}"
            return self._with_use(suggestion, one, "refused", problem, call)
        return self._with_use(merged, one, "used", "", call)

    def _answered(self, task, suggestion, question, value):
        if question.prompt == REASON_PROMPT:
            return replace(suggestion, explanation=value.sentence)
        return task._handler()._answered(suggestion, question, value)

    def _with_use(self, suggestion, one, outcome, problem="", call=None):
        use = ModelUse(one.question.prompt, one.version.number, outcome, problem or one.problem)
        if call:
            use = replace(
                use,
                model=call.model or "",
                request_hash=call.request_hash,
                answer_digest=call.answer_digest or "",
                tokens=(call.prompt_tokens, call.completion_tokens),
                cost=str(call.cost),
                latency_ms=call.latency_ms,
            )
        return replace(suggestion, model_uses=(*suggestion.model_uses, use))

    def _last_problem(self, request_hash):
        Call = self.env["ai.finance.model.call"].sudo()
        return Call.search([("request_hash", "=", request_hash)], limit=1).problem or ""

    @api.model
    def _use_text(self, use):
        """Return a stored :class:`ModelUse` as people read it."""
        problem = use["problem"] and self.env._(use["problem"]).rstrip(".")
        return self.env._(USE_TEXT[use["outcome"]], problem=problem)

    # ------------------------------------------------------------------
    # Prepare
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, task, context, by_record, policies, trial=None):
        """Return the questions about suggestions where a model is connected and allowed.

        :param trial: a prompt version to try, also on suggestions that need no answer
        :return: list of :class:`Prepared`
        """
        chains = self._chains(policies)
        asked = {record.id: item for record, item in by_record.items() if chains.get(record)}
        if not asked:
            return []
        questions = list(task._handler()._questions(context, asked, every=bool(trial)))
        explained = set() if trial else {question.record_id for question in questions}
        unexplained = {r: item for r, item in by_record.items() if r.id in asked.keys() - explained}
        questions += self._sentences(task, unexplained, every=bool(trial))
        records = {record.id: record for record in by_record}
        limits = {}
        prepared = []
        for question in questions:
            record = records[question.record_id]
            company, chain = record.company_id.sudo(), chains[record]
            if (company, chain) not in limits:
                limits[company, chain] = self._limits(company, chain, trial)
            one = self._prepared(question, company, chain, *limits[company, chain])
            if one:
                outside = by_record[record].outside
                prepared.append(self._screened(one, outside))
        return prepared

    def _chains(self, policies):
        """Return ``{record: connections to ask}``; policy and company say whether and which."""
        Policy = self.env["ai.finance.policy"].sudo()
        found, chains = {}, {}
        for record, selected in policies.items():
            company = record.company_id.sudo()
            key = (company, selected.id)
            if key not in found:
                policy = Policy.browse(selected.id).exists() if selected.id else Policy
                found[key] = self._chain(company, policy)
            chains[record] = found[key]
        return chains

    def _chain(self, company, policy):
        if company.ai_model_stopped or policy.without_model:
            return self.env["ai.finance.provider"].sudo()
        return (policy.provider_id or company.ai_provider_id).sudo()._chain(company)

    def _limits(self, company, chain, trial):
        """Return what all questions of a company share: prompts, language, money."""
        versions = self.env["ai.finance.prompt"]._versions_for(company)
        if trial:
            versions = {trial.prompt_id.code: trial}
        spent = self.env["ai.finance.model.call"]._spent(company)
        return versions, self._language(company), spent, company._ai_prices(chain[0])

    def _language(self, company):
        code = company.partner_id.lang or "en_US"
        name = self.env["res.lang"]._get_data(code=code).name or "English"
        return name.split(" / ")[0]

    def _prepared(self, question, company, chain, versions, language, spent, prices):
        version = versions.get(question.prompt)
        if not version:
            return None
        mask = Mask()
        facts = mask.mask(allowed(question.facts, version._names()))
        ask = compose.question(
            version.instructions, facts, language, question.schema, version.max_tokens
        )
        request_hash = compose.request_hash(
            company_id=company.id,
            prompt_code=question.prompt,
            version=version.number,
            instructions=version.instructions,
            facts=facts,
            language=language,
            schema=question.schema,
            model=chain[0].model,
        )
        not_asked = ""
        if judge(company._ai_budget(), spent, at_most(ask, prices)) == "stop":
            not_asked = "budget"
        elif all(provider.is_paused for provider in chain):
            not_asked = "paused"
        return Prepared(question, version, company, chain, mask, ask, request_hash, not_asked)

    def _screened(self, one, outside):
        """Do not ask about texts that try to talk to the model."""
        found = injection.screen("\n".join([*outside, *_texts(one.question.facts)]))
        if not found:
            return one
        return replace(one, not_asked="screened", problem=injection.INJECTION_TEXT[found[0].code])

    def _sentences(self, task, by_record, every):
        """Return the questions for a sentence about suggestions that wait for a person."""
        wanted = {
            record: item.proposal
            for record, item in by_record.items()
            if every
            or (
                record.company_id.sudo().ai_model_sentences
                and item.actionable
                and (item.confidence < SURE or item.vetoes)
            )
        }
        summaries = task._handler()._summary(wanted) if wanted else {}
        return [
            self._sentence(task, record, by_record[record], summary)
            for record, summary in summaries.items()
        ]

    def _sentence(self, task, record, suggestion, summary):
        facts = {
            "subject": f"{task.name}, {summary.amount} {record.company_id.currency_id.name}",
            "action": summary.text,
            "reasons": [one["text"] for one in (*suggestion.reasons, *suggestion.vetoes)],
        }
        return Question(
            record_id=record.id,
            prompt=REASON_PROMPT,
            facts=facts,
            schema=ReasonSentence,
            check=lambda value: check_sentence(value.sentence, facts),
        )

    # ------------------------------------------------------------------
    # Screen
    # ------------------------------------------------------------------

    @api.model
    def _screen(self, texts):
        """Return vetoes for texts from outside that hide something or talk to a model."""
        vetoes = {}
        for text in texts:
            for finding in injection.screen(text):
                message = self.env._(injection.INJECTION_TEXT[finding.code])
                code = f"injection_{finding.code}"
                vetoes[code] = {"code": code, "params": {}, "text": message}
        return list(vetoes.values())


def _texts(value):
    """Yield all texts within nested facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
