"""Ask, validate, ask once more: the only way to an answer that is used."""

import json
import math
import re
import time
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from .client import Answer, Ask, Form, ModelClient, ModelFailure, Reply, Usage

Check = Callable[[Any], None]
#: So much of a refused answer goes back to the model; the rest would only cost.
ECHO = 1500
#: So much of a refused answer is kept; an endless one must not fill the log.
KEPT = 20_000
_FENCE = re.compile(r"\A```[a-zA-Z]*\s*\n(.*?)\n?```\Z", re.DOTALL)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


def ask(client: ModelClient, question: Ask, check: Check | None = None) -> Answer:
    """Return a valid answer; a refused one is asked for again once, with the error.

    :param check: looks at the validated value and raises ``ValueError`` where it does not fit
        what was asked (an id never offered, an amount changed)
    :raises ModelFailure: ``invalid`` after the second refusal, any other kind as the client says;
        its usage counts both answers
    """
    started = time.monotonic()
    messages = [
        {"role": "system", "content": question.system},
        {"role": "user", "content": question.user},
    ]
    usage, last = Usage(), None
    for asked in (1, 2):
        reply = _complete(client, messages, question, usage, last, started)
        usage += reply.usage
        try:
            value = _value(reply, question.schema, check)
        except ValueError as error:
            refusal = _short(error)
        else:
            latency = _since(started)
            return Answer(value, reply.text, reply.model, usage, latency, asked)
        messages = [*messages, *_repair(reply, refusal)]
        last = reply
    raise ModelFailure(
        "invalid",
        f"The model's answer cannot be used: {refusal}",
        usage=usage,
        text=last.text[:KEPT],
        latency_ms=_since(started),
        model=last.model,
    )


def read_object(text: str, form: Form = "schema") -> dict[str, Any]:
    """Return the JSON object that an answer is.

    Held to a schema the answer is exactly one object. Servers that know no schema may wrap it:
    "object" tolerates a code fence, "text" also words around the first object.

    :raises ValueError: on anything else, on fields named twice and on numbers that are none
    """
    text = text.strip(" \t\r\n")
    if form != "schema":
        text = _unwrap(text)
    start = text.find("{") if form == "text" else 0
    try:
        value, end = _DECODER.raw_decode(text, max(start, 0))
    except json.JSONDecodeError as error:
        raise ValueError("it is not one complete JSON object") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")
    if form != "text" and text[end:].strip():
        raise ValueError("there is text after the JSON object")
    return value


def _value(reply: Reply, schema: type[BaseModel], check: Check | None) -> BaseModel:
    """Return the validated value of an answer; the only place where answers are validated."""
    if not reply.complete:
        raise ValueError("it was cut off or refused")
    read = read_object(reply.text, reply.form)
    # As JSON again: strict validation then reads lists as tuples and texts as dates, no more.
    value = schema.model_validate_json(json.dumps(read), strict=True, extra="forbid")
    if check:
        _run(check, value)
    return value


def _run(check: Check, value: BaseModel) -> None:
    """Check an answer; a check that stumbles over it has refused it."""
    try:
        check(value)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"it could not be checked ({type(error).__name__})") from error


def _complete(client, messages, question, usage, last, started) -> Reply:
    """Ask once; a failure of the second request still counts what the first one cost."""
    try:
        return client.complete(messages, question)
    except ModelFailure as error:
        failure = ModelFailure(
            error.kind,
            str(error),
            retry_after=error.retry_after,
            usage=usage + error.usage,
            text=last.text[:KEPT] if last else error.text,
            latency_ms=_since(started),
            model=error.model or (last.model if last else ""),
        )
    raise failure


def _repair(reply: Reply, refusal: str) -> list[dict[str, str]]:
    """Return the messages that ask for a better answer."""
    again = f"That answer was refused: {refusal}. Answer again with the JSON object only."
    messages = [{"role": "user", "content": again}]
    if reply.text.strip():
        # Some servers refuse an empty message.
        messages.insert(0, {"role": "assistant", "content": reply.text[:ECHO]})
    return messages


def _short(error: ValueError) -> str:
    """Return an error as words that do not repeat the answer's values."""
    if not isinstance(error, ValidationError):
        return " ".join(str(error).split())[:300].rstrip(".")
    places = []
    for one in error.errors(include_url=False, include_context=False, include_input=False)[:4]:
        place = ".".join(map(str, one["loc"]))[:60] or "answer"
        places.append(f"{place}: {one['msg']}"[:140])
    return "; ".join(places)


def _unwrap(text: str) -> str:
    text = _THOUGHT.sub("", text).lstrip("\ufeff").strip()
    fenced = _FENCE.match(text)
    return fenced[1].strip() if fenced else text


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        # Which of two values counts is a guess.
        raise ValueError("a field is named twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError("it holds a number that is none")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        _no_constant(digits)
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_twins, parse_constant=_no_constant, parse_float=_finite
)


def _since(started: float) -> float:
    return (time.monotonic() - started) * 1000
