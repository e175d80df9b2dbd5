"""The note of an invoice in a model's words, held against the facts it was given."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from odoo.addons.ai_audit_log.llm.sentence import check_sentence

MOST = 400  # characters
PROMPT = "invoice_note"


def _lt(text: str) -> str:
    """Mark a text for the translation template; the models translate it where it is shown."""
    return text


REASON_TEXT = {"note_by_model": _lt("written by the model from order and delivery")}


class InvoiceNote(BaseModel):
    """A note to the customer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    note: str


def check_note(answer: InvoiceNote, facts: Mapping[str, str]) -> None:
    """Refuse a note that is not plain, is too long, or has a figure the facts do not have.

    :raises ValueError: with the reason
    """
    check_sentence(answer.note, facts, MOST)
