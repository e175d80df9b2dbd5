"""Shapes of numbers: what the numbers of one vendor have in common."""

import re


def shape_of(number: str) -> str:
    """Return a number's shape: digits become 9, letters capitals, spaces go ("RE-9999-999")."""
    return re.sub(r"\d", "9", re.sub(r"\s", "", number).upper())


def loose(shape: str) -> str:
    """Return the shape with runs of digits as one, for numbers that grow by a digit."""
    return re.sub(r"9+", "9", shape)
