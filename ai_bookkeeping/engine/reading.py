"""A reading as JSON: what a draft keeps of how its file was read, and the screen shows."""

from datetime import date
from decimal import Decimal
from typing import Any

from odoo.addons.ai_finance_engine.documents.layout import Box

from .bill_draft import FIELDS, BillDraft, Choice, Field

#: What is kept beside the fields of the form.
MORE = ("vendor_registry", "service_from", "service_to")


def to_json(draft: BillDraft) -> dict[str, Any]:
    """Return the reading as JSON: dates in ISO, amounts as text, boxes as shares of the page."""
    return {
        "source": draft.source,
        "pages": draft.pages,
        "credit_note": draft.is_credit_note,
        "fields": {name: _field(getattr(draft, name)) for name in FIELDS},
        "more": {name: _field(getattr(draft, name)) for name in MORE},
        "lines": [
            {
                "line_id": None,
                **_place(line.box),
                "description": line.description,
                "quantity": text_of(line.quantity),
                "unit": line.unit,
                "price": text_of(line.price),
                "tax_rate": text_of(line.tax_rate),
                "amount": text_of(line.amount),
            }
            for line in draft.lines
        ],
        "taxes": [
            {"rate": text_of(row.rate), "base": text_of(row.base), "tax": text_of(row.tax)}
            for row in draft.taxes
        ],
        "orders": list(draft.order_numbers),
        "problems": [
            {"code": one.code, "message": one.message, "page": one.page} for one in draft.problems
        ],
    }


def text_of(value: Any) -> str | None:
    """Return a value as JSON keeps it; ``None`` stays ``None``."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def is_empty(draft: BillDraft) -> bool:
    """Tell whether nothing at all was read that a draft could be filled with."""
    return not draft.lines and all(getattr(draft, name).value is None for name in FIELDS)


def confidence(draft: BillDraft) -> float:
    """Return how sure the reading is: the weakest of the fields it is sure of, 0 without any."""
    sure = [one.confidence for name in FIELDS if (one := getattr(draft, name)).sure]
    return min(sure, default=0.0)


def _field(field: Field) -> dict[str, Any]:
    return {
        "value": text_of(field.value),
        "confidence": round(field.confidence, 4),
        "sure": field.sure,
        **_place(field.box),
        "candidates": [_choice(one) for one in field.candidates],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    place = _place(choice.box)
    return {"value": text_of(choice.value), "confidence": round(choice.confidence, 4), **place}


def _place(box: Box | None) -> dict[str, Any]:
    if box is None:
        return {"page": None, "box": None}
    return {"page": box.page, "box": [round(edge, 5) for edge in _edges(box)]}


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom
