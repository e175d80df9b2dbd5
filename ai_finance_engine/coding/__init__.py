"""Propose the account of a line from how earlier lines were booked; learn from each confirmation.

A line is looked up under many keys (its text, its vendor, each further detail and their
combinations). Under every key stand decayed counts of the accounts that people chose; a small
network over the same keys generalises to lines never seen; a second one weighs all that against
each other, candidate by candidate. What it was right about lately makes the confidence.
"""

from .lines import Choice, CodedLine
from .model import CodingModel, fit

__all__ = ["Choice", "CodedLine", "CodingModel", "fit"]
