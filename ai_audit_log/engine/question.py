"""What a task wants to ask a language model about one of its suggestions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel


def _lt(text: str) -> str:
    """Mark a text for the translation template; the kernel translates it where it is shown."""
    return text


#: What became of a question, as people read it on the suggestion.
USE_TEXT = {
    "used": _lt("The model's answer was used."),
    "refused": _lt("%(problem)s. The engine's result stands."),
    "failed": _lt("The model did not answer: %(problem)s. The engine's result stands."),
    "budget": _lt("The model was not asked: this month's budget is used up."),
    "paused": _lt("The model was not asked: its connection is paused after failures."),
    "screened": _lt("The model was not asked: %(problem)s."),
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question about one suggestion.

    :param record_id: the business record
    :param prompt: technical name of the prompt
    :param facts: what the model may see, before allow-list and masking; JSON-ready
    :param schema: the only form an answer may have
    :param check: raises ``ValueError`` with an English sentence where a valid form says something
        that is not true of the facts: an id that was not offered, another amount
    """

    record_id: int
    prompt: str
    facts: Mapping[str, Any]
    schema: type[BaseModel]
    check: Callable[[BaseModel], None] | None = None


@dataclass(frozen=True)
class ModelUse:
    """What one question to a model contributed to a suggestion, kept as evidence.

    :param outcome: a key of :data:`USE_TEXT`
    :param problem: the sentence its text names
    :param tokens: prompt and completion tokens that were paid for the answer
    """

    prompt: str
    version: int
    outcome: str
    problem: str = ""
    model: str = ""
    request_hash: str = ""
    answer_digest: str = ""
    tokens: tuple[int, int] = (0, 0)
    cost: str = "0"
    latency_ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "prompt": self.prompt,
            "version": self.version,
            "outcome": self.outcome,
            "problem": self.problem,
            "model": self.model,
            "request_hash": self.request_hash,
            "answer_digest": self.answer_digest,
        }
