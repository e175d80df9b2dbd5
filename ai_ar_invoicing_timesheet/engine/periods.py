"""Up to which day the work on a project is invoiced."""

from collections.abc import Iterable
from datetime import date, timedelta

#: When a project is invoiced by itself; ``none``: when a person asks for it.
PERIODS = ("month", "week", "milestone", "none")


def last_day(period: str, today: date, reached: Iterable[date] = ()) -> date | None:
    """Return the last day to invoice, or ``None`` where nothing is due by itself.

    :param period: one of :data:`PERIODS`
    :param reached: the days milestones were reached that are not invoiced yet
    """
    if period == "month":
        return today.replace(day=1) - timedelta(days=1)
    if period == "week":
        return today - timedelta(days=today.isoweekday())
    if period == "milestone":
        return max((day for day in reached if day <= today), default=None)
    return None
