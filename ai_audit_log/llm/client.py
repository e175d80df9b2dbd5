"""What asking a language model looks like from outside: values, failures and the Protocol.

Nothing in this folder knows Odoo, opens a database or logs what it sends. Keys and addresses
never appear in a message or a representation.
"""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import BaseModel

FailureKind = Literal[
    "timeout",  # no answer in time
    "rate_limited",  # 429 after all retries
    "server",  # 5xx after all retries
    "unreachable",  # no connection, reset, refused redirect
    "rejected",  # 4xx: key, model name or request not accepted
    "invalid",  # an answer that is not what was asked for, also after one re-ask
]
#: How a server is held to the form of the answer.
Form = Literal["schema", "object", "text"]
#: Failures where another provider may do better; an invalid answer is not one of them.
PASSING = frozenset({"timeout", "rate_limited", "server", "unreachable", "rejected"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model is reached and how it is talked to.

    :param base_url: up to and without ``/chat/completions``
    :param api_version: set for Azure only
    :param timeout: seconds for one HTTP request
    :param deadline: seconds for one answer, all tries and waits together; ``timeout`` at least
    :param max_retries: further tries after 429, 5xx and connection errors, none after a time-out
    :param structured: what the server understands: a JSON schema, JSON objects, or neither
    """

    base_url: str = field(repr=False)
    api_key: str = field(default="", repr=False)
    model: str
    api_version: str = ""
    timeout: float = 30.0
    deadline: float = 90.0
    max_retries: int = 2
    structured: Form = "schema"
    temperature: float | None = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question: what the model is told and the form its answer must have.

    :param max_tokens: the longest answer, in tokens
    """

    system: str
    user: str
    schema: type[BaseModel]
    max_tokens: int = 800


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more HTTP requests."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer.

    :param complete: false where the model was cut off or refused
    :param form: what the server was held to; less than a schema leaves wrapping to be taken off
    """

    text: str
    model: str
    usage: Usage
    complete: bool = True
    form: Form = "schema"


@dataclass(frozen=True, slots=True)
class Answer:
    """A valid answer.

    :param value: instance of the schema that was asked for
    :param text: the JSON text as it came
    :param usage: of all requests it took
    :param latency_ms: from the first request to the valid answer
    :param asked: HTTP answers it took: 2 after a repair
    """

    value: BaseModel
    text: str
    model: str
    usage: Usage
    latency_ms: float
    asked: int = 1


class ModelFailure(Exception):
    """No usable answer. The message is a sentence for people and holds no secret.

    :param retry_after: seconds the server asked to wait, if it did
    :param usage: tokens that were paid nevertheless
    :param text: the last answer, where it is invalid
    """

    def __init__(
        self,
        kind: FailureKind,
        message: str,
        *,
        retry_after: float | None = None,
        usage: Usage | None = None,
        text: str = "",
        latency_ms: float = 0.0,
        model: str = "",
    ):
        super().__init__(message)
        self.kind = kind
        self.retry_after = retry_after
        self.usage = usage or Usage()
        self.text = text
        self.latency_ms = latency_ms
        self.model = model


class ModelClient(Protocol):
    """A connection to one model."""

    def complete(self, messages: list[dict[str, str]], ask: Ask) -> Reply:
        """Send ``messages`` and return the answer, valid or not.

        :raises ModelFailure: of every kind but ``invalid``
        """

    def models(self) -> list[str]:
        """Return the names of the models the server offers, sorted."""
