"""Propose for every bank line of a batch what it settles.

Each line is explained on its own first. Then the surest line chooses, and a line that wanted the
same item is explained again with what is left: no item is taken beyond its residual. Where the
loser's claim was close, both are guarded. The order of lines and items makes no difference.
"""

import heapq
from dataclasses import dataclass, field
from math import log

from odoo.addons.ai_finance_engine.money import from_minor, plain

from .candidates import ItemIndex
from .context import BankLine, MatchContext
from .explain import Claims, Verdict, explain
from .proposal import Alternative, Counterpart, Proposal
from .reasons import Reason, reason
from .scoring import Explanation
from .verdict import agreements, guards, reasons, why_not
from .weights import WEIGHTS

ALTERNATIVES = 3
LEAST_OFFERED = 0.2  # below, the best explanation is an alternative, not the proposal
LEAST_ALTERNATIVE = 0.0001


@dataclass(frozen=True, slots=True)
class LineResult:
    """What the engine says about one line.

    :param confidence: probability 0..1 of the proposal (of "nothing fits" for kind none)
    :param reasons: why the proposal; for kind none what came nearest and which tests it failed
    :param guards: what forbids automatic work, whatever the probability; empty = no objection
    :param agreements: which of "reference", "amount", "payer" agree (automatic needs two)
    """

    line_id: int
    proposal: Proposal
    confidence: float
    reasons: tuple[Reason, ...] = ()
    guards: tuple[Reason, ...] = ()
    agreements: tuple[str, ...] = ()


@dataclass(slots=True)
class _Turn:
    """A line of the batch on its way to a decision."""

    line: BankLine
    verdict: Verdict
    watched: frozenset[int]
    seen_claims: int = 0
    chosen: Explanation | None = None
    probability: float = 0.0
    contested: bool = False


@dataclass(slots=True)
class _Batch:
    """Claims of the batch, who made them, and when each item was touched last."""

    index: ItemIndex
    claims: Claims = field(default_factory=Claims)
    holders: dict[int, list[_Turn]] = field(default_factory=dict)
    touched: dict[int, int] = field(default_factory=dict)
    claimed: int = 0


def propose(ctx: MatchContext) -> list[LineResult]:
    """Return one result per line of `ctx`, in the order of the lines."""
    index = ItemIndex(ctx)
    batch = _Batch(index)
    turns: dict[int, _Turn] = {}
    for line in ctx.lines:
        facts = index.facts(line)
        if facts.minor:
            verdict = explain(index, facts, batch.claims)
            turns[line.id] = _Turn(line, verdict, _watched(verdict))
    _assign(batch, list(turns.values()))
    return [
        _result(batch, turns[line.id]) if line.id in turns else _empty(line) for line in ctx.lines
    ]


def _watched(verdict: Verdict) -> frozenset[int]:
    return frozenset(pos for one in verdict.explanations for pos in one.positions)


def _assign(batch: _Batch, turns: list[_Turn]) -> None:
    """Let the surest line choose; a line whose items were touched is explained again first."""
    queue = [_rank(turn) for turn in turns]
    heapq.heapify(queue)
    by_id = {turn.line.id: turn for turn in turns}
    while queue:
        turn = by_id[heapq.heappop(queue)[-1]]
        touched = batch.touched
        news = {pos for pos in turn.watched if touched.get(pos, 0) > turn.seen_claims}
        turn.seen_claims = batch.claimed
        if news:
            _explain_again(batch, turn, news)
            heapq.heappush(queue, _rank(turn))
            continue
        explanation, probability = turn.verdict.best()
        if explanation and probability >= max(LEAST_OFFERED, turn.verdict.nothing):
            turn.chosen, turn.probability = explanation, probability
            _claim(batch, turn)


def _rank(turn: _Turn) -> tuple:
    explanation, probability = turn.verdict.best()
    named = explanation.named if explanation else 0.0
    return -round(probability, 9), -named, turn.verdict.facts.day, turn.line.id


def _explain_again(batch: _Batch, turn: _Turn, news: set[int]) -> None:
    """Explain a line with what is left; mark both sides where its lost claim was close."""
    wanted, probability = turn.verdict.best()
    if wanted and probability >= turn.verdict.nothing:
        for position in news.intersection(wanted.positions):
            for holder in batch.holders[position]:
                if (
                    _log_odds(holder.probability) - _log_odds(probability)
                    < WEIGHTS["contested_margin"]
                ):
                    holder.contested = turn.contested = True
    turn.verdict = explain(batch.index, turn.verdict.facts, batch.claims)


def _log_odds(probability: float) -> float:
    return log(max(probability, 1e-9) / max(1.0 - probability, 1e-9))


def _claim(batch: _Batch, turn: _Turn) -> None:
    explanation, sign = turn.chosen, turn.verdict.facts.sign
    firm = explanation.exact and explanation.named >= WEIGHTS["firm_reference"]
    batch.claimed += 1
    for position, amount in explanation.parts:
        claims = batch.claims
        claims.taken[position] = claims.taken.get(position, 0) + amount * sign
        claims.sure[position] = max(claims.sure.get(position, 0.0), turn.probability)
        if firm:
            claims.firm.add(position)
        batch.holders.setdefault(position, []).append(turn)
        batch.touched[position] = batch.claimed


def _result(batch: _Batch, turn: _Turn) -> LineResult:
    index, verdict = batch.index, turn.verdict
    if turn.chosen is None:
        because = why_not(index, verdict)
        proposal = Proposal(
            kind="none",
            alternatives=_alternatives(index, verdict, None),
            partner_id=verdict.facts.payers.best,
            why_not="; ".join(one.english for one in because),
        )
        return LineResult(turn.line.id, proposal, _probability(verdict.nothing), because)
    parts = _parts(index, verdict, turn.chosen)
    proposal = Proposal(alternatives=_alternatives(index, verdict, turn.chosen), **parts)
    return LineResult(
        line_id=turn.line.id,
        proposal=proposal,
        confidence=_probability(turn.probability),
        reasons=reasons(index, verdict, turn.chosen),
        guards=guards(index, verdict, turn.chosen, batch.claims, turn.contested),
        agreements=agreements(verdict, turn.chosen),
    )


def _alternatives(
    index: ItemIndex, verdict: Verdict, chosen: Explanation | None
) -> tuple[Alternative, ...]:
    """Return the next best explanations that can still be chosen."""
    offered = [
        (explanation, probability)
        for explanation, probability in zip(
            verdict.explanations, verdict.probabilities, strict=True
        )
        if explanation is not chosen
        and not explanation.blocked
        and probability >= LEAST_ALTERNATIVE
    ]
    return tuple(
        Alternative(
            confidence=_probability(probability),
            reasons=reasons(index, verdict, explanation),
            **_parts(index, verdict, explanation),
        )
        for explanation, probability in offered[:ALTERNATIVES]
    )


def _parts(index: ItemIndex, verdict: Verdict, explanation: Explanation) -> dict:
    """Return the fields that a proposal and an alternative share."""
    digits = verdict.facts.digits

    def text(minor: int) -> str:
        return plain(from_minor(minor, digits), digits)

    partners = {index.partner[position] for position in explanation.positions}
    partner_id = partners.pop() if len(partners) == 1 else None
    handling = "on_account" if partner_id is not None else "keep_open"
    return {
        "kind": "match",
        "counterparts": tuple(
            Counterpart(
                move_line_id=index.items[position].id,
                amount=plain(from_minor(amount, digits), digits),
            )
            for position, amount in explanation.parts
        ),
        "partner_id": partner_id,
        "remainder": text(explanation.rest),
        "remainder_handling": handling if explanation.rest else "none",
    }


def _probability(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 6)


def _empty(line: BankLine) -> LineResult:
    because = (reason("zero_amount"),)
    return LineResult(line.id, Proposal(kind="none", why_not=because[0].english), 1.0, because)
