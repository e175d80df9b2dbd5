"""What may be repeated of a server's error text: short, without key and address."""

import re
from typing import Any
from urllib.parse import urlsplit

from .client import Endpoint

LENGTH = 200
_URL = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+", re.IGNORECASE)
_SECRET = re.compile(r"(?i)\b(?:bearer|basic|sk|pk|key|token|api[-_]?key)[-_ :=]+\S{6,}")
#: So many letters of a key's ends are enough to know it in a masked form ("sk-ab****yz").
_ENDS = 4


def excerpt(body: Any, endpoint: Endpoint) -> str:
    """Return a server's error message as the end of a sentence; empty where it tells nothing.

    :param body: the decoded error: ``{"message": ...}``, or what else the server sent
    """
    message = body.get("message") if isinstance(body, dict) else None
    if not isinstance(message, str):
        return ""
    text = scrub(message, endpoint)
    return f' It says: "{text}"' if text else ""


def scrub(text: str, endpoint: Endpoint) -> str:
    """Return ``text`` without the endpoint's key and address, on one line, cut short."""
    # Far more than is shown, so that a huge text costs nothing.
    text = " ".join("".join(c if c.isprintable() else " " for c in text[:4000]).split())
    host = urlsplit(endpoint.base_url).netloc
    for secret in (endpoint.api_key, endpoint.base_url.rstrip("/"), host, host.split(":")[0]):
        if secret:
            text = re.sub(re.escape(secret), "***", text, flags=re.IGNORECASE)
    text = _SECRET.sub("***", _URL.sub("***", text))
    key = endpoint.api_key
    if len(key) > 2 * _ENDS:
        words = text.split(" ")
        text = " ".join("***" if _resembles(word, key) else word for word in words)
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def _resembles(word: str, key: str) -> bool:
    word = word.strip("\"'`.,;:()[]")
    return word.startswith(key[:_ENDS]) or word.endswith(key[-_ENDS:])
