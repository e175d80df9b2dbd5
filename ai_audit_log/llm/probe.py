"""The smallest question there is, to test a connection with."""

from pydantic import BaseModel, ConfigDict

from .client import Ask


class Ready(BaseModel):
    """The answer to the test of a connection."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ready: bool


#: Room for models that think first.
QUESTION = Ask(
    system='Answer with the JSON object {"ready": true} and nothing else.',
    user="Are you ready?",
    schema=Ready,
    max_tokens=400,
)
