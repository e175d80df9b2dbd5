"""What matters in a cash forecast in a model's words, held against the figures shown."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from odoo.addons.ai_audit_log.llm.sentence import check_sentence

MOST = 600  # characters
PROMPT = "cash_insight"


class CashInsight(BaseModel):
    """A few sentences for who looks after the cash."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: str


def check_insight(answer: CashInsight, facts: Mapping[str, Any]) -> None:
    """Refuse a text that is not plain, is too long, or has a figure that is not shown.

    :raises ValueError: with the reason
    """
    check_sentence(answer.text, facts, MOST)
