"""What the invoice of a project is made from, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from odoo.addons.ai_ar_invoicing.engine.billing_facts import Order


@dataclass(frozen=True)
class Work:
    """Hours of one person on one task; negative where they were corrected.

    :param first: the first of the days they were worked on
    """

    person: str
    task: str
    hours: Decimal
    first: date


@dataclass(frozen=True)
class Milestone:
    """A reached milestone.

    :param day: when it was reached, as far as anybody wrote it down
    """

    name: str
    day: date | None = None


@dataclass(frozen=True)
class Project:
    """A project with what may be invoiced for it.

    :param until: hours after this day stay for a later invoice
    :param orders: its orders, each with the project's own lines alone; what is to be invoiced of
        lines by the hour is already limited to ``until``
    :param work: ``{order line id: hours that go on the invoice}``
    :param milestones: ``{order line id: reached and not invoiced}``
    :param loose: hours up to ``until`` that belong to no order line and nobody set apart
    """

    id: int
    name: str
    until: date
    orders: tuple[Order, ...]
    work: Mapping[int, tuple[Work, ...]] = field(default_factory=dict)
    milestones: Mapping[int, tuple[Milestone, ...]] = field(default_factory=dict)
    loose: tuple[Work, ...] = ()


def people(work: Iterable[Work]) -> dict[str, Decimal]:
    """Return the hours by person, in the order of their names."""
    hours: dict[str, Decimal] = {}
    for item in work:
        hours[item.person] = hours.get(item.person, Decimal(0)) + item.hours
    return dict(sorted(hours.items()))


def by_task(work: Iterable[Work]) -> dict[str, dict[str, Decimal]]:
    """Return the hours by task and person; work on no task comes first."""
    tasks: dict[str, list[Work]] = {}
    for item in work:
        tasks.setdefault(item.task, []).append(item)
    return {task: people(tasks[task]) for task in sorted(tasks)}
