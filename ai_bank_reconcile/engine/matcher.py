"""Propose for every bank line of a batch what it settles.

Each line is explained on its own (module `explain`), then all lines choose together (module
`assignment`). The order of lines and items makes no difference.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from odoo.addons.ai_finance_engine.money import from_minor, plain

from .alarms import Watch
from .assignment import Batch, Turn, assign
from .candidates import ItemIndex
from .confidence import calibrated, shared
from .context import BankLine, MatchContext
from .delays import Delays
from .explain import Verdict, explain
from .oldest_first import take_oldest_first
from .proposal import Alternative, Counterpart, Proposal, WriteOff
from .reasons import Reason, reason
from .scoring import Explanation
from .verdict import agreements, guards, reasons, why_not

ALTERNATIVES = 3
SURE = 0.99  # a match that payers' habits are learned from and that they cannot change
LEAST_ALTERNATIVE = 0.0001


@dataclass(frozen=True, slots=True)
class LineResult:
    """What the engine says about one line.

    :param confidence: probability 0..1 of the proposal (of "nothing fits" for kind none)
    :param reasons: why the proposal; for kind none what came nearest and which tests it failed
    :param guards: what forbids automatic work, whatever the probability; empty = no objection
    :param agreements: which of "reference", "amount", "payer", "deposit" (a whole batch or day of
        payments) agree; automatic needs two
    :param alarms: what somebody should know: paid twice, returned, account changed; those of a
        match are among its guards, too
    """

    line_id: int
    proposal: Proposal
    confidence: float
    reasons: tuple[Reason, ...] = ()
    guards: tuple[Reason, ...] = ()
    agreements: tuple[str, ...] = ()
    alarms: tuple[Reason, ...] = ()


def propose(ctx: MatchContext) -> list[LineResult]:
    """Return one result per line of `ctx`, in the order of the lines."""
    with _no_garbage_search():
        return _propose(ctx)


@contextmanager
def _no_garbage_search() -> Iterator[None]:
    """Keep the cycle collector off meanwhile.

    The engine makes no cycles, and looking for them among all open items again and again takes
    half of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _propose(ctx: MatchContext) -> list[LineResult]:
    index = ItemIndex(ctx)
    nobody = Batch(index)
    verdicts = {}
    for line in ctx.lines:
        facts = index.facts(line)
        if facts.minor:
            verdicts[line.id] = explain(index, facts, nobody.claims)
    batch, turns = _chosen(index, ctx, verdicts)
    index.delays = Delays(_sure_delays(index, turns.values()))
    if index.delays:
        # with the payers' habits known, what was doubtful is looked at once more
        for line_id, verdict in verdicts.items():
            if _is_doubtful(verdict):
                verdicts[line_id] = explain(index, verdict.facts, nobody.claims)
        batch, turns = _chosen(index, ctx, verdicts)
    watch = Watch(ctx, index)
    return [
        _result(batch, watch, turns[line.id]) if line.id in turns else _empty(line)
        for line in ctx.lines
    ]


def _chosen(
    index: ItemIndex, ctx: MatchContext, verdicts: dict[int, Verdict]
) -> tuple[Batch, dict[int, Turn]]:
    """Let all lines choose by their verdicts, which stay as they are."""
    batch = Batch(index)
    turns = {
        line.id: Turn(line, replace(verdicts[line.id])) for line in ctx.lines if line.id in verdicts
    }
    assign(batch, list(turns.values()))
    take_oldest_first(batch, turns.values(), ctx.oldest_first)
    return batch, turns


def _sure_delays(index: ItemIndex, turns: Iterable[Turn]) -> Iterator[tuple[int | None, int]]:
    """Yield (partner, days after the due date) of single documents that are surely paid."""
    for turn in turns:
        one = turn.chosen
        if one and one.exact and len(one.parts) == 1 and turn.probability >= SURE:
            (position,) = one.positions
            if not index.is_payment[position]:
                yield index.partner[position], turn.verdict.facts.day - index.due[position]


def _is_doubtful(verdict: Verdict) -> bool:
    return bool(verdict.explanations) and verdict.probabilities[0] < SURE


def _result(batch: Batch, watch: Watch, turn: Turn) -> LineResult:
    index, verdict = batch.index, turn.verdict
    alarms = watch.alarms(verdict.facts, turn.chosen)
    if turn.chosen is None:
        because = why_not(index, verdict)
        proposal = Proposal(
            kind="none",
            alternatives=_alternatives(index, verdict, turn, 0.0),
            partner_id=verdict.facts.payers.best,
            why_not="; ".join(one.english for one in because),
        )
        nothing = _probability(verdict.nothing)
        return LineResult(turn.line.id, proposal, nothing, (*alarms, *because), alarms=alarms)
    against = (*guards(index, turn, batch.claims), *alarms)
    confidence = calibrated(turn.probability, bool(against))
    others = _alternatives(index, verdict, turn, confidence)
    return LineResult(
        line_id=turn.line.id,
        proposal=Proposal(alternatives=others, **_parts(index, verdict, turn.chosen)),
        confidence=_probability(confidence),
        reasons=(*_policy(turn), *reasons(index, verdict, turn.chosen)),
        guards=against,
        agreements=agreements(index, verdict, turn.chosen, turn.equals),
        alarms=alarms,
    )


def _policy(turn: Turn) -> tuple[Reason, ...]:
    return (reason("oldest_of_equal", count=len(turn.equals)),) if turn.equals else ()


def _alternatives(
    index: ItemIndex, verdict: Verdict, turn: Turn, confidence: float
) -> tuple[Alternative, ...]:
    """Return the next best explanations that can still be chosen."""
    chosen = (turn.chosen.parts, turn.chosen.offs) if turn.chosen else None
    offered = [
        (explanation, shared(probability, turn.probability, confidence))
        for explanation, probability in zip(
            verdict.explanations, verdict.probabilities, strict=True
        )
        if (explanation.parts, explanation.offs) != chosen
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

    offs = tuple(
        WriteOff(
            account_id=index.accounts[off.purpose], amount=text(off.amount), purpose=off.purpose
        )
        for off in explanation.offs
    )
    partners = {index.partner[position] for position in explanation.positions}
    partner_id = partners.pop() if len(partners) == 1 else None
    handling = "on_account" if partner_id is not None else "keep_open"
    return {
        "kind": "match",
        "counterparts": tuple(
            Counterpart(
                move_line_id=index.items[position].id,
                amount=text(amount),
                item_amount=_item_amount(index, verdict, position),
            )
            for position, amount in explanation.parts
        ),
        "write_offs": offs,
        "partner_id": partner_id,
        "remainder": text(explanation.rest),
        "remainder_handling": handling if explanation.rest else "none",
    }


def _item_amount(index: ItemIndex, verdict: Verdict, position: int) -> str | None:
    """Return what an item loses in its own currency, None where that is the line's."""
    item = index.items[position]
    if item.currency == verdict.facts.line.currency:
        return None
    digits = index.digits(item.currency)
    return plain(from_minor(abs(index.minor[position]), digits), digits)


def _probability(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 6)


def _empty(line: BankLine) -> LineResult:
    because = (reason("zero_amount"),)
    return LineResult(line.id, Proposal(kind="none", why_not=because[0].english), 1.0, because)
