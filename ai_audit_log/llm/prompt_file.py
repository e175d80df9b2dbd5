"""Prompts as files that people review: a front block of settings, then the instructions.

---
code: bank_match_order
name: Order the candidates of a bank line
task: bank.match
fields: line.text, line.amount
max_tokens: 400
---
The instructions, to the end of the file.
"""

import re
from dataclasses import dataclass

_KEYS = ("code", "name", "task", "fields", "max_tokens")
_MOST_TOKENS = 8000


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt as its file has it.

    :param fields: dotted names of the facts that may be sent
    :param max_tokens: the longest answer
    """

    code: str
    name: str
    task: str
    fields: tuple[str, ...]
    max_tokens: int
    instructions: str


def parse(text: str) -> PromptFile:
    """Read a prompt file.

    :raises ValueError: naming the line
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        raise ValueError("line 1: a prompt file starts with ---")
    values, places = {}, {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            break
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or key not in _KEYS:
            raise ValueError(f"line {number}: expected one of {', '.join(_KEYS)}, then a colon")
        if key in values:
            raise ValueError(f"line {number}: {key} stands there twice")
        if not value:
            raise ValueError(f"line {number}: {key} has no value")
        values[key], places[key] = value, number
    else:
        raise ValueError(f"line {len(lines)}: the front block does not end with ---")
    missing = [key for key in _KEYS if key not in values]
    if missing:
        raise ValueError(f"line {number}: the front block lacks {', '.join(missing)}")
    instructions = "\n".join(lines[number:]).strip()
    if not instructions:
        raise ValueError(f"line {number}: no instructions follow the front block")
    return PromptFile(
        code=_matching(r"[a-z][a-z0-9_]*", values["code"], places["code"], "code"),
        name=values["name"],
        task=_matching(r"[a-z][a-z0-9_.]*", values["task"], places["task"], "task"),
        fields=_fields(values["fields"], places["fields"]),
        max_tokens=_max_tokens(values["max_tokens"], places["max_tokens"]),
        instructions=instructions,
    )


def _matching(pattern: str, value: str, number: int, key: str) -> str:
    if not re.fullmatch(pattern, value):
        raise ValueError(f"line {number}: {key} has small letters, digits and _ only")
    return value


def _fields(value: str, number: int) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    if not all(re.fullmatch(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*", name) for name in names):
        raise ValueError(f"line {number}: fields are dotted names with commas between them")
    if len(set(names)) != len(names):
        raise ValueError(f"line {number}: a field is named twice")
    return names


def _max_tokens(value: str, number: int) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 0 < int(value) <= _MOST_TOKENS:
        raise ValueError(f"line {number}: max_tokens is a number from 1 to {_MOST_TOKENS}")
    return int(value)
