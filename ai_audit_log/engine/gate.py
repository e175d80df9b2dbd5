"""The gate: what may happen with a suggestion, decided by policy and nothing else.

Pure and table-tested. The kernel reads policies and suggestions from the database, calls
:func:`select_policy` and :func:`decide`, and stores the outcome on the log row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any

#: From the most to the least restrictive; between equal policies the earlier one wins.
MODES = ("off", "shadow", "approve", "suggest", "automatic")


def _lt(text: str) -> str:
    """Mark a text for the translation template; the kernel translates it where it is shown."""
    return text


#: English text of each gate reason.
GATE_TEXT = {
    "mode_off": _lt("this task is switched off"),
    "mode_shadow": _lt("shadow: compared with what people do, shown to nobody"),
    "mode_suggest": _lt("a person accepts"),
    "mode_approve": _lt("an approver decides"),
    "mode_automatic": _lt("applied automatically within the limits"),
    "below_confidence": _lt("confidence %(confidence)s is below the minimum of %(minimum)s"),
    "over_amount": _lt("amount %(amount)s is over the maximum of %(maximum)s"),
    "nothing_to_apply": _lt("nothing fits, so there is nothing to apply"),
    "no_limit": _lt("no maximum amount is set"),
    "first_n": _lt("%(done)s of the first %(needed)s for this partner confirmed"),
    "flagged": _lt("flagged as wrong before"),
    "harmless": _lt("a draft that can be removed, made at once"),
}


@dataclass(frozen=True)
class Policy:
    """A policy row as the gate sees it.

    :param mode: one of :data:`MODES`
    :param min_confidence: probability 0..1 from which automatic mode may act
    :param max_amount: in company currency; ``None`` means no limit
    :param scope: fields that must equal the record's, e.g. ``{"journal_id": 7}``; empty: all
    :param sequence: lower comes first
    :param first_n: suggestions for a partner that people must have applied unchanged before
        automatic mode acts for that partner; 0 switches the rule off
    """

    mode: str = "suggest"
    min_confidence: float = 0.95
    max_amount: Decimal | None = None
    scope: Mapping[str, int] = field(default_factory=dict)
    sequence: int = 10
    id: int = 0
    first_n: int = 0


@dataclass(frozen=True)
class Case:
    """The part of a suggestion the gate looks at.

    :param confidence: probability 0..1
    :param amount: absolute amount in company currency
    :param vetoes: reasons that forbid automatic work (JSON-ready dicts)
    :param actionable: ``False`` when the engine found nothing that could be applied
    :param harmless: what is applied is a draft that can be removed without a trace: vetoes hold
        it up, limits do not
    """

    confidence: float
    amount: Decimal
    vetoes: tuple[Mapping[str, Any], ...] = ()
    actionable: bool = True
    harmless: bool = False


@dataclass(frozen=True)
class TrackRecord:
    """What people did with earlier suggestions like this one.

    :param confirmed: suggestions of this task for the same partner that people applied unchanged
    :param flagged: the same suggestion for the same document was flagged as wrong
    """

    confirmed: int = 0
    flagged: bool = False


#: Nothing is known: with a first-N rule that is never enough.
NO_RECORD = TrackRecord()


@dataclass(frozen=True)
class Decision:
    """The gate's answer.

    ``decision`` is ``off`` (no row at all), ``shadow``, ``suggest``, ``approve``, ``apply``, or
    ``none`` where the engine found nothing that could be applied.
    ``auto_eligible`` tells what automatic mode would have done, whatever the mode is.
    """

    decision: str
    auto_eligible: bool
    reasons: tuple[dict[str, Any], ...]


def select_policy(policies: Iterable[Policy], scope: Mapping[str, int]) -> Policy:
    """Return the first policy whose scope fits, by sequence; the lowest amount wins a tie.

    Without any, a person decides: the default is never automatic.
    """

    def rank(policy: Policy) -> tuple[Any, ...]:
        unlimited = policy.max_amount is None
        return (
            policy.sequence,
            unlimited,
            policy.max_amount or Decimal(0),
            MODES.index(policy.mode),
            policy.id,
        )

    fitting = [
        policy
        for policy in policies
        if all(scope.get(name) == value for name, value in policy.scope.items())
    ]
    return min(fitting, key=rank, default=Policy())


def decide(case: Case, policy: Policy, track_record: TrackRecord = NO_RECORD) -> Decision:
    """Apply ``policy`` to ``case``: vetoes first, then the limits, then the mode."""
    if case.harmless and policy.mode not in ("off", "shadow"):
        return _decide_harmless(case, policy, track_record)
    obstacles = _obstacles(case, policy, track_record)
    eligible = not obstacles
    decision = {"automatic": "apply"}.get(policy.mode, policy.mode)
    if decision == "apply":
        if policy.max_amount is None:
            # Automatic without a limit is refused when saved; never trust that alone.
            obstacles = (*obstacles, _reason("no_limit"))
        if obstacles:
            over = any(reason["code"] == "over_amount" for reason in obstacles)
            decision = "approve" if over else "suggest"
    if not case.actionable and decision not in ("off", "shadow"):
        decision = "none"
    return Decision(decision, eligible, (_reason(f"mode_{policy.mode}"), *obstacles))


def _decide_harmless(case: Case, policy: Policy, track: TrackRecord) -> Decision:
    """Decide on a draft: made at once unless something speaks against it, whatever the limits."""
    unlimited = Policy(min_confidence=0.0)
    obstacles = _obstacles(case, unlimited, track)
    waiting = "approve" if policy.mode == "approve" else "suggest"
    decision = waiting if obstacles else "apply"
    if not case.actionable:
        decision = "none"
    return Decision(decision, not obstacles, (_reason("harmless"), *obstacles))


def _obstacles(case: Case, policy: Policy, track: TrackRecord) -> tuple[dict[str, Any], ...]:
    """Return what keeps automatic mode from acting on ``case``."""
    found = [dict(veto) for veto in case.vetoes]
    if track.flagged:
        found.append(_reason("flagged"))
    if not case.actionable:
        found.append(_reason("nothing_to_apply"))
    if track.confirmed < policy.first_n:
        found.append(_reason("first_n", done=str(track.confirmed), needed=str(policy.first_n)))
    # Not "<": a confidence that is no number must not pass.
    if not case.confidence >= policy.min_confidence:
        found.append(
            _reason(
                "below_confidence",
                confidence=_percent(case.confidence),
                minimum=_percent(policy.min_confidence),
            )
        )
    if policy.max_amount is not None and abs(case.amount) > policy.max_amount:
        found.append(
            _reason("over_amount", amount=str(abs(case.amount)), maximum=str(policy.max_amount))
        )
    return tuple(found)


def _percent(value: float) -> str:
    """Return a probability as percent text, rounded down so it never seems to reach a limit.

    With two digits, as exact as a policy's minimum: what missed it always reads lower.
    """
    percent = (Decimal(str(value)) * 100).quantize(Decimal("0.01"), ROUND_FLOOR)
    return f"{percent.normalize():f} %"


def _reason(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params}
