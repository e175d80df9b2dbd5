"""Reading of XML by local names: versions of a standard differ in their namespaces only."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from .bill_draft import Choice, Field

CERTAIN = 1.0


def _path(path: str) -> str:
    steps = []
    for step in path.split("/"):
        if step in ("", ".", ".."):
            steps.append(step)
        else:
            steps.append(f"*[local-name()='{step}']")
    return "/".join(steps)


def all_of(node, path: str) -> list:
    """Return every element at the path."""
    return node.xpath(_path(path)) if node is not None else []


def one_of(node, *paths: str):
    """Return the first element at the first path that has one."""
    for path in paths:
        found = all_of(node, path)
        if found:
            return found[0]
    return None


def text(node, *paths: str) -> str | None:
    """Return the first text that is not empty."""
    for path in paths:
        for found in all_of(node, path):
            content = (found.text or "").strip()
            if content:
                return content
    return None


def number(node, *paths: str) -> Decimal | None:
    """Return the number at the path; ``None`` where it is none."""
    content = text(node, *paths)
    try:
        value = Decimal(content) if content else None
    except InvalidOperation:
        return None
    return value if value is None or value.is_finite() else None


def day(content: str | None) -> date | None:
    """Return the date written as 2024-03-04 or 20240304."""
    if not content:
        return None
    digits = re.sub(r"\D", "", content[:10])
    try:
        return datetime.strptime(digits[:8], "%Y%m%d").date()
    except ValueError:
        return None


def put(field: Field, value) -> None:
    """Set a value that is certain, as it was written by a program for programs."""
    if value not in (None, ""):
        field.value, field.confidence, field.sure = value, CERTAIN, True
        field.candidates = [Choice(value, CERTAIN)]


def compact(content: str | None) -> str | None:
    """Return an id without spaces, points and dashes."""
    return re.sub(r"[\s.\-]", "", content).upper() if content else None
