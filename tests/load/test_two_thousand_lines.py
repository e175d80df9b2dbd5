"""2,000 bank lines against 2,500 open invoices at once: the costs grow with batches, not with rows.

Queries are counted, because seconds depend on the machine; seconds are printed for information.
"""

import uuid

import pytest

from tests.faults.company import prepare, run_in_shell
from tests.support import odoo_server

SMALL, LARGE = 500, 2000
INVOICES = 2500
APPLIED = (50, 100)
#: Odoo writes at most so many rows with one statement.
ROWS_PER_STATEMENT = 100
#: What a step may cost whatever the number of rows: policies, rights, caches, one run.
CONSTANT = 60


@pytest.fixture(scope="module")
def costs():
    """``{step: {lines: costs}}`` measured on a fresh company, as ``measure.run`` tells them."""
    name = f"heavy_load_{uuid.uuid4().hex[:8]}"
    odoo_server.new_database(name)
    try:
        prepare(name, invoices=LARGE, unpaid=INVOICES - LARGE)
        found = run_in_shell(
            name,
            "import json; from tests.load import measure\n"
            f"print(json.dumps(measure.run(env, {(SMALL, LARGE)}, {APPLIED})))",
        )
    finally:
        odoo_server.drop_database(name)
    return {
        step: {int(size): cost for size, cost in sizes.items()} for step, sizes in found.items()
    }


def test_costs_are_printed(costs, capsys):
    """For information, also where nothing is wrong."""
    with capsys.disabled():
        for step, sizes in costs.items():
            for size, cost in sizes.items():
                text = ", ".join(f"{name} {value}" for name, value in cost.items())
                print(f"\n{step} {size}: {text}", end="")  # noqa: T201
        print()  # noqa: T201
    assert set(costs["suggest"]) == {SMALL, LARGE}


def test_every_line_gets_its_row(costs):
    assert costs["suggest"][LARGE]["rows"] == LARGE, "some of 2,000 bank lines got no suggestion"
    assert costs["queue"][LARGE]["rows"] == LARGE
    for size in APPLIED:
        assert costs["approve"][size]["rows"] == size, "some approved lines were not matched"


def test_unchanged_lines_get_no_second_row(costs):
    for size in (SMALL, LARGE):
        assert costs["suggest again"][size]["rows"] == size


@pytest.mark.parametrize("step", ["suggest", "suggest again", "reject", "queue", "claim"])
def test_four_times_the_lines_need_less_than_twice_the_queries(costs, step):
    small, large = (costs[step][size]["queries"] for size in (SMALL, LARGE))
    assert large < 2 * small + CONSTANT, (
        f"{step}: {small} queries for {SMALL} lines, {large} for {LARGE}: something goes row by row"
    )


@pytest.mark.parametrize(
    ("step", "statements"),
    # How many statements may write one batch of rows: insert, state, events, and so on.
    [("suggest", 3), ("suggest again", 0), ("reject", 4), ("queue", 1), ("claim", 3)],
)
def test_kernel_needs_a_handful_of_queries_for_a_thousand_rows(costs, step, statements):
    for size in (SMALL, LARGE):
        allowed = CONSTANT + statements * size // ROWS_PER_STATEMENT
        used = costs[step][size]["kernel queries"]
        assert used <= allowed, f"{step}: {used} queries for {size} lines, {allowed} are enough"


def test_kernel_adds_little_to_what_the_ledger_costs(costs):
    """Approving is core's work, document by document; the kernel's part is a fraction."""
    small, large = (costs["approve"][size] for size in APPLIED)
    extra = large["kernel queries"] - small["kernel queries"]
    lines = APPLIED[1] - APPLIED[0]
    assert extra <= lines, f"{extra / lines:.1f} queries of the kernel for each approved line"


def test_memory_stays_bounded(costs):
    small, large = (costs["suggest"][size]["peak memory MB"] for size in (SMALL, LARGE))
    assert large - small < 300, f"{LARGE - SMALL} more lines took {large - small} MB more"
    assert large < 512, f"{large} MB: Odoo restarts a worker that uses 2 GB"
