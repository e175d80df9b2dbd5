"""A model behind any server that speaks OpenAI's chat completions, over the ``openai`` SDK."""

import json
import re
import threading
from typing import Any

import httpx
import openai

from .address import check_address
from .client import Ask, Endpoint, ModelFailure, Reply, Usage
from .quiet import hush
from .schema import strict_schema
from .scrub import excerpt
from .transport import Halt, Transport, retry_after

#: Parameters that some models refuse, and what is sent instead (``None``: nothing).
_INSTEAD = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
    "temperature": None,
}
_MAX_MODELS = 500
_FORMLESS = (
    "\n\nAnswer with one JSON object and nothing else. It must conform to this JSON schema:\n"
)


class OpenAIClient:
    """A connection to one model; usable by several threads at once."""

    def __init__(self, endpoint: Endpoint):
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._sdk: openai.OpenAI | None = None
        self._transport: Transport | None = None
        # Parameters in use: learned from the first refusal, kept for all further questions.
        self._names = {"max_tokens": "max_tokens", "temperature": "temperature"}

    def complete(self, messages: list[dict[str, str]], ask: Ask) -> Reply:
        """Send ``messages`` and return the answer, valid or not.

        :raises ModelFailure: of every kind but ``invalid``
        """
        request = {
            "model": self._endpoint.model,
            "messages": self._messages(messages, ask),
            **self._response_format(ask),
        }
        return self._reply(self._call(lambda sdk: self._create(sdk, request, ask)))

    def models(self) -> list[str]:
        """Return the names of the models the server offers, sorted.

        :raises ModelFailure: of every kind but ``invalid``
        """
        body = self._call(lambda sdk: sdk.models.with_raw_response.list().http_response.content)
        listed = _json(body).get("data")
        if not isinstance(listed, list):
            raise _not_ours()
        names = {str(one["id"]) for one in listed if isinstance(one, dict) and one.get("id")}
        return sorted(name for name in names if name.isprintable() and len(name) <= 200)[
            :_MAX_MODELS
        ]

    def close(self) -> None:
        """Close the connections; the client may be used again."""
        with self._lock:
            if self._sdk:
                self._sdk.close()
            self._sdk = self._transport = None

    def _create(self, sdk: openai.OpenAI, request: dict[str, Any], ask: Ask) -> bytes:
        """Ask, again without or with another parameter where the model refuses one."""
        values = {"max_tokens": ask.max_tokens, "temperature": self._endpoint.temperature}
        for _try in range(len(_INSTEAD) + 1):
            names = dict(self._names)
            # Sent as they are: the SDK's own names change with its versions.
            extra = {
                name: values[kind]
                for kind, name in names.items()
                if name and values[kind] is not None
            }
            try:
                answer = sdk.chat.completions.with_raw_response.create(**request, extra_body=extra)
                return answer.http_response.content
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                kind = _refused(error, names)
                if kind is None:
                    raise
                self._names = {**names, kind: _INSTEAD[names[kind]]}
        raise _halt_rejected("The model server refuses the length of the answer in any form.")

    def _messages(self, messages: list[dict[str, str]], ask: Ask) -> list[dict[str, str]]:
        if self._endpoint.structured == "schema":
            return messages
        schema = json.dumps(strict_schema(ask.schema))
        system, *rest = messages
        return [{**system, "content": system["content"] + _FORMLESS + schema}, *rest]

    def _response_format(self, ask: Ask) -> dict[str, Any]:
        match self._endpoint.structured:
            case "schema":
                form = {
                    "name": ask.schema.__name__,
                    "strict": True,
                    "schema": strict_schema(ask.schema),
                }
                return {"response_format": {"type": "json_schema", "json_schema": form}}
            case "object":
                return {"response_format": {"type": "json_object"}}
        return {}

    def _call(self, request) -> Any:
        """Run a request of the SDK; every error becomes one of our own."""
        sdk, transport = self._connected()
        try:
            with transport.within(max(self._endpoint.deadline, self._endpoint.timeout)):
                return request(sdk)
        except openai.OpenAIError as error:
            failure = self._failure(error)
        except httpx.HTTPError:
            # While the body was read after the headers had come.
            failure = ModelFailure("unreachable", "The connection to the model server broke off.")
        # Outside of the handler: no error that knows address and key hangs on ours.
        raise failure

    def _connected(self) -> tuple[openai.OpenAI, Transport]:
        with self._lock:
            if self._sdk is None:
                self._connect()
            return self._sdk, self._transport

    def _connect(self) -> None:
        end = self._endpoint
        refusal = ""
        try:
            check_address(end.base_url)
        except ValueError as error:
            refusal = str(error)
        if refusal:
            raise ModelFailure("rejected", refusal)
        key_header = "api-key" if end.api_version else "authorization"
        self._transport = Transport(end.base_url, key_header if end.api_key else "")
        limits = httpx.Timeout(end.timeout, connect=min(10.0, end.timeout))
        headers = {"User-Agent": "ai-finance-odoo"}
        if end.api_version:
            # Else the SDK prefers a token that it finds in the environment.
            headers["api-key"] = end.api_key
        options = {
            "api_key": end.api_key or "none",
            "max_retries": end.max_retries,
            "timeout": limits,
            "default_headers": headers,
            "http_client": httpx.Client(
                transport=self._transport,
                follow_redirects=False,
                timeout=limits,
                trust_env=False,
            ),
        }
        base = end.base_url.rstrip("/")
        if end.api_version:
            self._sdk = openai.AzureOpenAI(
                azure_endpoint=base.removesuffix("/openai"), api_version=end.api_version, **options
            )
        else:
            self._sdk = openai.OpenAI(base_url=base, **options)
        # Now all modules of the SDK are loaded, and so their loggers exist.
        hush()

    def _reply(self, body: bytes) -> Reply:
        """Read the answer by hand: the SDK builds its types from whatever comes."""
        answer = _json(body)
        try:
            choice = answer["choices"][0]
            message = choice["message"]
            text = message.get("content")
            refused = message.get("refusal")
            ended = choice.get("finish_reason")
        except (KeyError, IndexError, TypeError, AttributeError):
            text = refused = ended = message = None
        if message is None:
            raise _not_ours()
        model = answer.get("model")
        return Reply(
            text=text if isinstance(text, str) else "",
            model=model[:200] if isinstance(model, str) and model else self._endpoint.model,
            usage=_usage(answer.get("usage")),
            complete=not refused and ended not in ("length", "content_filter"),
            form=self._endpoint.structured,
        )

    def _failure(self, error: openai.OpenAIError) -> ModelFailure:
        match error:
            case Halt():
                return error.failure
            case openai.APITimeoutError():
                return ModelFailure("timeout", "The model server did not answer in time.")
            case openai.APIConnectionError():
                return ModelFailure(
                    "unreachable",
                    "The model server cannot be reached, or broke the connection off.",
                )
            case openai.APIStatusError():
                return self._status_failure(error)
        return ModelFailure("rejected", "The question could not be sent to the model server.")

    def _status_failure(self, error: openai.APIStatusError) -> ModelFailure:
        status = error.status_code
        told = excerpt(error.body, self._endpoint)
        if status in (401, 403):
            # Nothing of its text: servers repeat the key here, with some letters masked.
            return ModelFailure("rejected", f"The model server does not accept the key ({status}).")
        if status == 429:
            wait = retry_after(error.response.headers)
            message = f"The model server's limit of requests or credit is used up (429).{told}"
            return ModelFailure("rate_limited", message, retry_after=wait)
        if status >= 500:
            return ModelFailure("server", f"The model server failed ({status}).{told}")
        if status == 404:
            return ModelFailure(
                "rejected", f"The model server knows no such address or model (404).{told}"
            )
        if re.search(r"response_format|json_schema|json_object", str(error.body)[:4000]):
            return ModelFailure(
                "rejected",
                f"The model server does not know this form of answers ({status}): choose a "
                "simpler one for the connection.",
            )
        return ModelFailure(
            "rejected", f"The model server does not accept the question ({status}).{told}"
        )


def _refused(error: openai.APIStatusError, names: dict[str, str | None]) -> str | None:
    """Return which of the parameters in use an error is about."""
    body = error.body if isinstance(error.body, dict) else {}
    told = str(body.get("param") or "") or str(body.get("message") or "")
    for kind, name in names.items():
        # "max_tokens" is no part of "max_completion_tokens", but both are named where one is
        # offered instead of the other: then it is the one in use that is refused.
        if name and name in told:
            return kind
    return None


def _usage(usage: Any) -> Usage:
    counts = usage if isinstance(usage, dict) else {}

    def count(name):
        value = counts.get(name)
        # A server's nonsense must not make the month's sum smaller.
        return value if type(value) is int and value >= 0 else 0

    return Usage(count("prompt_tokens"), count("completion_tokens"))


def _json(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _not_ours()
    return answer


def _not_ours() -> ModelFailure:
    return ModelFailure(
        "server",
        "The server's answer is no chat completion: it broke off, or the address is not that of "
        "an OpenAI-compatible server.",
    )


def _halt_rejected(message: str) -> Halt:
    return Halt(ModelFailure("rejected", message))
