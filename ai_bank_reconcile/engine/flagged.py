"""What people called wrong is not proposed for the same bank line again."""

from collections.abc import Collection
from dataclasses import replace

from .assignment import LEAST_OFFERED
from .matcher import LineResult
from .proposal import Alternative, Counterpart, Proposal
from .reasons import Reason, reason

LEAST = 0.01  # probability below which an alternative is no better for the best one being wrong
MOST = 0.95  # the line has misled the engine once

#: The items of a match: how people recognise it, whatever the amounts are by now.
Items = frozenset[int]


def items_of(counterparts: Collection[Counterpart]) -> Items:
    """Return which items a proposal or an alternative takes."""
    return frozenset(part.move_line_id for part in counterparts)


def without_flagged(result: LineResult, flagged: Collection[Items]) -> LineResult:
    """Return ``result`` without the matches that were flagged as wrong.

    In place of a flagged proposal comes the best other alternative, or nothing. Whatever is left
    is a person's decision: the line has misled the engine once.

    :param flagged: the items of each flagged match of this line
    """
    if not flagged:
        return result
    proposal = result.proposal
    rest = tuple(one for one in proposal.alternatives if items_of(one.counterparts) not in flagged)
    guards = (*result.guards, reason("flagged_before"))
    if proposal.kind == "none" or items_of(proposal.counterparts) not in flagged:
        kept = proposal.model_copy(update={"alternatives": rest})
        return replace(result, proposal=kept, guards=guards)
    best = rest[0] if rest else None
    # what the flagged match had is shared among the others
    left = min(MOST, best.confidence / max(1.0 - result.confidence, 1e-6)) if best else 0.0
    if best and left >= LEAST_OFFERED and best.confidence >= LEAST:
        return LineResult(
            result.line_id,
            _promoted(best, rest[1:]),
            round(left, 6),
            best.reasons,
            guards,
            alarms=result.alarms,
        )
    because: tuple[Reason, ...] = (reason("flagged_before"),)
    nothing = Proposal(
        kind="none",
        alternatives=rest,
        partner_id=proposal.partner_id,
        why_not="; ".join(one.english for one in because),
    )
    confidence = round(1.0 - left, 6)
    return replace(
        LineResult(result.line_id, nothing, confidence, because, guards), alarms=result.alarms
    )


def _promoted(best: Alternative, others: tuple[Alternative, ...]) -> Proposal:
    names = set(Alternative.model_fields) - {"confidence", "reasons"}
    return Proposal(alternatives=others, **{name: getattr(best, name) for name in names})
