"""What an engine hands to the kernel, and what the kernel asks of the gate."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from .question import ModelUse


def stored_confidence(confidence: float) -> float:
    """Return a probability as the log stores it: four digits, rounded down.

    The gate decides on the same figure that people see, and no figure seems to reach a limit
    that it missed.
    """
    return float(Decimal(str(confidence)).quantize(Decimal("0.0001"), ROUND_FLOOR))


@dataclass(frozen=True)
class Suggestion:
    """One engine result for one record, ready to be logged.

    :param record_id: id of the business record the suggestion is about
    :param proposal: JSON-ready dict, already validated by the task's own schema
    :param confidence: calibrated probability, 0..1, that the proposal is right
    :param reasons: why, as JSON-ready dicts ``{"code", "params", "text"}``
    :param vetoes: what forbids automatic work, in the same form; empty means nothing does
    :param actionable: ``False`` when nothing was found that could be applied
    :param payload: what the engine saw of the record, JSON-ready; kept for a time, then redacted
    :param alarms: reasons that somebody should look at, whatever becomes of the suggestion
    :param outside: texts that came from outside, which the kernel screens for instructions to a
        model and hidden characters
    :param explanation: a sentence a model wrote about it, checked against the facts
    :param model_uses: what was asked of a model, and what became of it
    """

    record_id: int
    proposal: dict[str, Any]
    confidence: float
    reasons: tuple[dict[str, Any], ...] = ()
    vetoes: tuple[dict[str, Any], ...] = ()
    actionable: bool = True
    payload: dict[str, Any] | None = None
    alarms: tuple[dict[str, Any], ...] = ()
    outside: tuple[str, ...] = ()
    explanation: str = ""
    model_uses: tuple[ModelUse, ...] = ()


@dataclass(frozen=True)
class Summary:
    """What the review queue shows of a suggestion.

    :param text: one line saying what will happen, in the reader's language
    :param amount: absolute amount in company currency, used by the maximum amount of policies
    :param partner_id: id of the customer or vendor, if known
    """

    text: str
    amount: Decimal = Decimal(0)
    partner_id: int | None = None
