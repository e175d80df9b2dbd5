"""Fields the reader is not sure of: a model may choose among what stands on the page, no more."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

PROMPT = "bill_choice"
ASKED = ("reference", "date", "due_date")
MOST_TEXT = 4_000


def _lt(text: str) -> str:
    """Mark a text for the translation template; the models translate it where it is shown."""
    return text


REASON_TEXT = {"chosen_by_model": _lt("%(field)s %(value)s chosen by the model from the page")}


class ChosenValue(BaseModel):
    """The candidate that is a field's value."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    field: str
    id: str


class BillChoice(BaseModel):
    """One candidate a field, or none where the page does not tell."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    chosen: list[ChosenValue]


def facts(reading: Mapping[str, Any], text: str) -> dict[str, Any] | None:
    """Return what a model may see of a bill; ``None`` where nothing is open.

    :param reading: as JSON, see ``reading.to_json``
    """
    candidates = [
        {"id": f"{name}-{place}", "field": name, "value": one["value"]}
        for name in ASKED
        if reading["fields"][name]["value"] is None
        for place, one in enumerate(reading["fields"][name]["candidates"], start=1)
    ]
    return {"text": text[:MOST_TEXT], "candidates": candidates} if candidates else None


def check(answer: BillChoice, facts: Mapping[str, Any]) -> None:
    """Refuse an answer that names what was not offered, or one field twice.

    :raises ValueError: with the reason
    """
    offered = {(one["field"], one["id"]) for one in facts["candidates"]}
    seen = [one.field for one in answer.chosen]
    if len(seen) != len(set(seen)):
        raise ValueError("A field was answered twice")
    for one in answer.chosen:
        if (one.field, one.id) not in offered:
            raise ValueError(f"{one.id[:20]} was not offered for {one.field[:20]}")
    values = {one["id"]: one["value"] for one in facts["candidates"]}
    days = {one.field: values[one.id] for one in answer.chosen}
    if days.get("date") and days.get("due_date") and days["due_date"] < days["date"]:
        raise ValueError("The due date is before the date")
