"""Up to which day a project is invoiced, what for, and what its manager should look at."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.ai_ar_invoicing.engine.billing_facts import Line, Order, Terms
from odoo.addons.ai_ar_invoicing_timesheet.engine.periods import last_day
from odoo.addons.ai_ar_invoicing_timesheet.engine.project_billing import propose_project
from odoo.addons.ai_ar_invoicing_timesheet.engine.project_facts import Project, Work, by_task
from odoo.addons.ai_ar_invoicing_timesheet.engine.project_proposal import (
    project_json,
    validate_project,
)

UNTIL = date(2026, 2, 28)
TERMS = Terms(today=date(2026, 3, 4))


@pytest.mark.parametrize(
    ("period", "today", "expected"),
    [
        ("month", date(2026, 3, 1), date(2026, 2, 28)),
        ("month", date(2024, 3, 31), date(2024, 2, 29)),
        ("month", date(2026, 1, 1), date(2025, 12, 31)),
        ("week", date(2026, 3, 2), date(2026, 3, 1)),  # a Monday
        ("week", date(2026, 3, 1), date(2026, 2, 22)),  # Sunday itself is not over
        ("milestone", date(2026, 3, 4), None),
        ("none", date(2026, 3, 4), None),
    ],
)
def test_the_last_day_of_a_period(period, today, expected):
    assert last_day(period, today) == expected


def test_a_milestone_of_the_future_is_not_due():
    reached = [date(2026, 3, 2), date(2026, 3, 9)]
    assert last_day("milestone", date(2026, 3, 4), reached) == date(2026, 3, 2)


def line(number, ordered, now, invoiced=0, **values):
    return Line(
        id=number,
        order_id=1,
        name=f"Line {number}",
        unit="Hours",
        ordered=Decimal(ordered),
        delivered=Decimal(invoiced) + max(Decimal(now), Decimal(0)),
        invoiced=Decimal(invoiced),
        to_invoice=Decimal(now),
        price=Decimal(100),
        price_total=Decimal(100),
        by_moves=False,
        **values,
    )


def project(*lines, orders=None, **values):
    orders = orders or (Order(1, "S1", 7, "EUR", 2, lines),)
    return Project(id=3, name="Fit-out", until=UNTIL, orders=orders, **values)


def codes(reasons):
    return [reason.code for reason in reasons]


def test_nothing_due_is_no_suggestion():
    assert propose_project(project(line(1, 10, 0)), TERMS) is None


def test_only_the_hours_of_the_period_on_one_invoice():
    work = {1: (Work("Anna", "Design", Decimal("2.5"), date(2026, 2, 3)),)}
    draft = propose_project(project(line(1, 10, "2.5"), work=work), TERMS)
    assert draft.quantities == {1: Decimal("2.5")}
    assert (draft.exact, draft.merge, draft.vetoes) == (True, True, ())
    assert draft.reasons[0].params["people"] == "Anna 2.5 h"
    assert draft.invoice_date == UNTIL


def test_the_day_of_invoicing_where_the_period_is_closed():
    terms = Terms(today=TERMS.today, closed=frozenset({UNTIL}))
    draft = propose_project(project(line(1, 10, 1)), terms)
    assert draft.invoice_date == TERMS.today
    assert "date_closed" in codes(draft.reasons)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ordered": 10, "now": 2, "invoiced": 8}, []),
        ({"ordered": 10, "now": 3, "invoiced": 8}, ["beyond_ordered"]),
        ({"ordered": 0, "now": 3}, []),  # never ordered: an expense
        ({"ordered": 10, "now": -1, "invoiced": 3}, ["negative"]),
    ],
)
def test_what_a_manager_should_look_at(values, expected):
    draft = propose_project(project(line(1, **values)), TERMS)
    assert codes(draft.vetoes) == expected


def test_orders_in_several_currencies_are_looked_at():
    orders = (
        Order(1, "S1", 7, "EUR", 2, (line(1, 10, 1),)),
        Order(2, "S2", 7, "USD", 2, (line(2, 10, 1),)),
    )
    draft = propose_project(project(orders=orders), TERMS)
    assert codes(draft.vetoes) == ["currencies"]


def test_hours_by_task_and_person_are_added_up():
    day = date(2026, 2, 3)
    work = [
        Work("Ben", "Tests", Decimal(1), day),
        Work("Anna", "Tests", Decimal(2), day),
        Work("Anna", "", Decimal(3), day),
        Work("Anna", "Tests", Decimal("0.5"), day),
    ]
    assert by_task(work) == {
        "": {"Anna": Decimal(3)},
        "Tests": {"Anna": Decimal("2.5"), "Ben": Decimal(1)},
    }


def test_the_proposal_is_of_its_form():
    draft = propose_project(project(line(1, 10, 1)), TERMS)
    form = validate_project(project_json(draft, UNTIL))
    assert form.until == UNTIL
    assert form.total == Decimal("100.00")
