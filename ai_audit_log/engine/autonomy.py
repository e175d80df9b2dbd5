"""Autonomy is earned and lost by figures: demotion, and what limits would have done before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .gate import Case, Policy, TrackRecord, decide

#: What a policy that works automatically falls back to.
FALLBACK = "suggest"


@dataclass(frozen=True)
class Watch:
    """How closely automatic work is watched.

    :param last: how many decisions are looked at, newest first; 0 looks at none
    :param limit: share 0..1 of overridden decisions that is still accepted
    :param least: with fewer decisions nothing is concluded
    """

    last: int = 50
    limit: float = 0.05
    least: int = 20


@dataclass(frozen=True)
class Demotion:
    """Why automatic work ends: ``overridden`` of the last ``decisions`` were not right."""

    overridden: int
    decisions: int

    @property
    def rate(self) -> float:
        """Share 0..1 of the decisions that people overrode or undid."""
        return self.overridden / self.decisions


def demotion(overridden: Sequence[bool], watch: Watch) -> Demotion | None:
    """Tell whether automatic work has to end.

    :param overridden: one entry a decision, newest first: was it undone, rejected, edited or
        flagged by a person
    :return: the figures when the rate is over the limit, else ``None``
    """
    seen = overridden[: watch.last]
    if not seen or len(seen) < watch.least:
        return None
    found = Demotion(sum(seen), len(seen))
    return found if found.rate > watch.limit else None


@dataclass(frozen=True)
class Past:
    """A suggestion of the past and what people made of it."""

    case: Case
    track_record: TrackRecord
    overridden: bool


@dataclass(frozen=True)
class WhatIf:
    """What a policy would have done with suggestions of the past.

    :param automatic: how many it would have applied automatically
    :param amount: their sum, in company currency
    :param overridden: how many of these people undid, rejected, changed or flagged
    :param people: how many it would have left to people
    """

    automatic: int = 0
    amount: Decimal = Decimal(0)
    overridden: int = 0
    people: int = 0


def what_if(past: Iterable[Past], policy: Policy) -> WhatIf:
    """Count what ``policy`` would have done; in other modes, what automatic mode would have."""
    automatic, amount, overridden, people = 0, Decimal(0), 0, 0
    for one in past:
        verdict = decide(one.case, policy, one.track_record)
        applied = verdict.decision == "apply" or (
            policy.mode != "automatic" and verdict.auto_eligible
        )
        if applied:
            automatic += 1
            amount += abs(one.case.amount)
            overridden += one.overridden
        else:
            people += 1
    return WhatIf(automatic, amount, overridden, people)
