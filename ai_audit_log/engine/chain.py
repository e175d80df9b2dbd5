"""Linking and digesting of evidence; the same formulas stand in ``data/evidence.sql``."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from typing import Any


def link(previous: str, sequence: int, content_hash: str) -> str:
    """Return the hash that ties an event to all events before it.

    :param previous: hash of the link before, empty for the first
    :param sequence: position in the chain, from 1
    :param content_hash: SHA-256 (hex) of the event's content
    """
    return hashlib.sha256(f"{previous}|{sequence}|{content_hash}".encode()).hexdigest()


def links(previous: str, sequence: int, content_hashes: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Continue a chain that ends with hash ``previous`` at ``sequence``: (sequence, hash) pairs."""
    for content_hash in content_hashes:
        sequence += 1
        previous = link(previous, sequence, content_hash)
        yield sequence, previous


def payload_text(payload: Any) -> str:
    """Return a payload as the text that is stored and digested."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def new_salt() -> str:
    """Return a random salt, without which a redacted payload of few values could be guessed."""
    return secrets.token_hex(16)


def digest(salt: str, text: str) -> str:
    """Return the salted SHA-256 (hex) of a payload; it stays in the chain after redaction."""
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()
