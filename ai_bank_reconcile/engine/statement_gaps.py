"""Does a statement continue the one before it: balances, or days without any line."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

QUIET_DAYS = 7  # longer without a line, a bank account is worth a look


@dataclass(frozen=True, slots=True)
class Before:
    """What is booked before a file's first new line.

    :param closing: balance at the end, None where no statement says it
    """

    last_date: datetime.date
    name: str = ""
    closing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to be looked at before importing: "balance_jump" or "quiet_days"."""

    code: str
    params: dict[str, str | int | Decimal | datetime.date] = field(default_factory=dict)


def continuity(
    first_date: datetime.date, opening: Decimal | None, before: Before | None
) -> Doubt | None:
    """Return what speaks against a file following on what is booked, None where nothing does.

    :param first_date: of the first line that is new
    :param opening: balance before that line, None where the file says no balance
    """
    if before is None:
        return None
    if opening is not None and before.closing is not None:
        if opening == before.closing:
            return None
        params = {
            "name": before.name,
            "expected": before.closing,
            "found": opening,
            "difference": opening - before.closing,
        }
        return Doubt("balance_jump", params)
    days = (first_date - before.last_date).days - 1
    if days < QUIET_DAYS:
        return None
    return Doubt("quiet_days", {"days": days, "last": before.last_date, "first": first_date})
