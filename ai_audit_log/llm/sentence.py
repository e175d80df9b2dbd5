"""The sentence that tells accountants why something is suggested."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from .figures import unknown_figures
from .plain_text import plain_sentence

MAX_LENGTH = 200


class ReasonSentence(BaseModel):
    """A reason in words."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sentence: str


def check_sentence(text: str, facts: Any, max_length: int = MAX_LENGTH) -> None:
    """Refuse a sentence that is not plain or has figures of its own.

    :param facts: what the model was given
    :raises ValueError: with the reason
    """
    plain_sentence(text, max_length)
    unknown = unknown_figures(text, facts)
    if unknown:
        raise ValueError(
            f"the sentence holds {len(unknown)} figure(s) that are not in the data; use only "
            "figures of the data, written as there, or none"
        )
