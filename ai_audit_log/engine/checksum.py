"""Checksums that bind an approval to exactly what was looked at."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def _plain(value: Any) -> Any:
    """Return ``value`` as something JSON writes the same way every time."""
    if isinstance(value, Decimal):
        # 1.10 and 1.1 are the same amount and must give the same checksum.
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float):
        raise TypeError("amounts enter a checksum as Decimal, not as float")
    raise TypeError(f"{type(value).__name__} cannot enter a checksum")


def checksum(inputs: Any) -> str:
    """Return the SHA-256 (hex) of the inputs an effect depends on.

    :param inputs: nested dicts, lists, strings, ints, ``Decimal``, dates; dict order is irrelevant
    :raises TypeError: on floats and unknown types, whose text form is not stable
    """
    _refuse_floats(inputs)
    text = json.dumps(
        inputs, sort_keys=True, separators=(",", ":"), default=_plain, ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(value: Any) -> None:
    """Raise on floats: ``json`` would write them before ``_plain`` ever sees them."""
    if isinstance(value, float):
        raise TypeError("amounts enter a checksum as Decimal, not as float")
    if isinstance(value, dict):
        for item in (*value, *value.values()):
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)
