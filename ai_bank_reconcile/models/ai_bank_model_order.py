from dataclasses import replace
from decimal import Decimal
from functools import partial

from odoo import api, models

from odoo.addons.ai_audit_log.engine.question import Question

from ..engine import rerank
from ..engine.reasons import REASON_TEXT

PROMPT = "bank_match_order"
#: From this probability on the engine's own first place is not put to a model.
SURE = 0.95


class AiBankModelOrder(models.AbstractModel):
    """Has a model order the candidates of bank lines the engine is unsure about.

    The model sees candidates under made-up ids and chooses among them; what is booked comes from
    the engine's own candidates. What a model put first is for a person to decide, never automatic.
    """

    _name = "ai.bank.model.order"
    _description = "Order of Candidates by a Model"

    @api.model
    def _questions(self, context, suggestions, every=False):
        """Return a question for each of ``{line id: Suggestion}`` with several close candidates."""
        return [
            self._question(part, line, candidates)
            for part in context
            for line in part.lines
            if line.id in suggestions
            for candidates in [self._candidates(suggestions[line.id])]
            if candidates and (every or self._is_open(suggestions[line.id], candidates))
        ]

    def _is_open(self, suggestion, candidates):
        vetoed = any(veto["code"] in ("twin", "contested") for veto in suggestion.vetoes)
        return len(candidates) > 1 and (suggestion.confidence < SURE or vetoed)

    def _candidates(self, suggestion):
        """Return all matches offered for a line as alternatives, the proposal first."""
        proposal = suggestion.proposal
        offered = [item for item in proposal["alternatives"] if item["kind"] == "match"]
        if proposal["kind"] != "match":
            return offered
        reasons = list(suggestion.reasons)
        names = offered[0] if offered else proposal
        first = {name: proposal[name] for name in names if name in proposal}
        first.pop("alternatives", None)
        first.pop("why_not", None)
        return [{**first, "confidence": suggestion.confidence, "reasons": reasons}, *offered]

    def _question(self, part, line, candidates):
        items = {item.id: item for item in part.items}
        parties = {party.id: party.name for party in part.parties}
        facts = rerank.facts(
            text=line.label,
            payer=line.partner_name,
            account=line.account_number,
            amount=line.amount,
            currency=line.currency,
            date=line.date,
            candidates=[
                self._candidate(f"c{place}", candidate, items, parties)
                for place, candidate in enumerate(candidates, 1)
            ],
        )
        return Question(
            record_id=line.id,
            prompt=PROMPT,
            facts=facts,
            schema=rerank.BankMatchOrder,
            check=partial(rerank.check_order, facts=facts),
        )

    def _candidate(self, key, candidate, items, parties):
        taken = [items[part["move_line_id"]] for part in candidate["counterparts"]]
        due = [item.date_maturity for item in taken if item.date_maturity]
        references = {text for item in taken for text in (item.reference, item.payment_reference)}
        names = {parties.get(item.partner_id, "") for item in taken}
        return rerank.Candidate(
            id=key,
            document=", ".join(item.number for item in taken),
            reference=", ".join(sorted(filter(None, references))),
            partner=", ".join(sorted(filter(None, names))),
            amount=sum((Decimal(part["amount"]) for part in candidate["counterparts"]), Decimal(0)),
            currency=taken[0].currency,
            date=max(item.date for item in taken),
            due_date=max(due) if due else None,
            # English whoever asks, so that the same question is the same request.
            engine_reasons=[
                REASON_TEXT[reason["code"]] % reason["params"]
                for reason in candidate["reasons"]
                if reason["code"] in REASON_TEXT
            ],
        )

    @api.model
    def _answered(self, suggestion, question, value):
        """Return ``suggestion`` in the order of a checked answer."""
        candidates = self._candidates(suggestion)
        keys = [f"c{place}" for place in range(1, len(candidates) + 1)]
        by_key = dict(zip(keys, candidates, strict=True))
        ranked = [by_key[key] for key in rerank.ranked_ids(value, question.facts)]
        improved = replace(suggestion, explanation=value.sentence)
        if suggestion.proposal["kind"] != "match":
            # No match is likely enough to be proposed: an order alone does not change that.
            offered = suggestion.proposal["alternatives"]
            ranked += [item for item in offered if item["kind"] != "match"]
            return replace(improved, proposal={**suggestion.proposal, "alternatives": ranked})
        if ranked[0] is candidates[0]:
            agrees = self._reason("model_agrees", self.env._("the model agrees"))
            proposal = {**suggestion.proposal, "alternatives": ranked[1:]}
            return replace(improved, proposal=proposal, reasons=(*suggestion.reasons, agrees))
        return self._promoted(improved, ranked)

    def _promoted(self, suggestion, ranked):
        """Return ``suggestion`` with the candidate that the model put first as its proposal."""
        chosen, others = ranked[0], ranked[1:]
        effect = {
            name: value for name, value in chosen.items() if name not in ("confidence", "reasons")
        }
        first = self._reason("model_first", self.env._("put first by the model"))
        person = self._reason(
            "model_order", self.env._("the order is the model's: a person decides")
        )
        return replace(
            suggestion,
            proposal={**effect, "alternatives": others, "why_not": None},
            confidence=chosen["confidence"],
            reasons=(*chosen["reasons"], first),
            vetoes=(*suggestion.vetoes, person),
        )

    def _reason(self, code, text):
        return {"code": code, "params": {}, "text": text}
