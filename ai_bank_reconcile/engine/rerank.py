"""A language model orders the candidates of a line the engine is unsure about.

It chooses among what is offered and repeats the amounts; anything else is refused. What follows
from the order (which items, which amounts) is taken from the engine's own candidates, never from
the answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ConfigDict

from odoo.addons.ai_audit_log.llm.sentence import check_sentence

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


class Ranked(BaseModel):
    """A candidate, with its amount repeated as proof that it was read."""

    model_config = STRICT

    id: str
    amount: str


class BankMatchOrder(BaseModel):
    """The candidates, the most likely one first, and why in one sentence."""

    model_config = STRICT

    order: list[Ranked]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A candidate as the model sees it.

    :param id: made for this question, as "c1"; no id of the database leaves
    :param amount: what the document would take of the line
    :param engine_reasons: English words for and against it
    """

    id: str
    document: str
    reference: str
    partner: str
    amount: Decimal
    currency: str
    date: date
    due_date: date | None
    engine_reasons: Sequence[str] = ()


def facts(
    *,
    text: str,
    payer: str,
    account: str,
    amount: Decimal,
    currency: str,
    date: date,
    candidates: Iterable[Candidate],
) -> dict[str, Any]:
    """Return the facts of a bank line and its candidates; texts must be masked already."""
    return {
        "line": {
            "text": text,
            "payer": payer,
            "account": account,
            "amount": f"{amount:f}",
            "currency": currency,
            "date": date.isoformat(),
        },
        "candidates": [
            {
                "id": one.id,
                "document": one.document,
                "reference": one.reference,
                "partner": one.partner,
                "amount": f"{one.amount:f}",
                "currency": one.currency,
                "date": one.date.isoformat(),
                "due_date": one.due_date.isoformat() if one.due_date else "",
                "engine_reasons": list(one.engine_reasons),
            }
            for one in candidates
        ],
    }


def offered(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return what the model may choose from: amounts by id."""
    return {one["id"]: one["amount"] for one in facts["candidates"]}


def check_order(answer: BankMatchOrder, facts: Mapping[str, Any]) -> None:
    """Refuse an answer that does not stay within what was offered.

    :param facts: what the model was given, as :func:`facts` returns it
    :raises ValueError: with the reason, without repeating the answer
    """
    amounts = offered(facts)
    ids = [one.id for one in answer.order]
    if not ids:
        raise ValueError("the order is empty")
    if not set(ids) <= set(amounts):
        raise ValueError("the order names an id that was not offered")
    if len(set(ids)) != len(ids):
        raise ValueError("the order names an id twice")
    for one in answer.order:
        if not _same_amount(one.amount, amounts[one.id]):
            raise ValueError("the order changes the amount of a candidate")
    check_sentence(answer.sentence, facts)


def ranked_ids(answer: BankMatchOrder, facts: Mapping[str, Any]) -> list[str]:
    """Return all offered ids in the answer's order; the ones it left out follow as they were."""
    ids = [one.id for one in answer.order]
    return [*ids, *(id_ for id_ in offered(facts) if id_ not in ids)]


def _same_amount(said: str, given: str) -> bool:
    # Plain ASCII digits only: Decimal also reads exponents, blanks, "_" and other scripts' digits.
    if len(said) > 40 or not said.isascii() or not said.lstrip("-").replace(".", "", 1).isdigit():
        return False
    try:
        return Decimal(said) == Decimal(given)
    except InvalidOperation:
        return False
