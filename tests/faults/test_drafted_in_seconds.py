"""From the click in the warehouse to the draft: on a running server, by its own scheduler."""

import time
import uuid

import pytest

from tests.faults.books import wait_until
from tests.faults.company import run_in_shell
from tests.faults.deliveries import drafts_without_suggestion, wrong_lines
from tests.support import odoo_server

DELIVERIES = 5
#: What a person would call at once; measured are one to three seconds.
SECONDS = 20


@pytest.fixture
def fresh_database():
    name = f"heavy_{uuid.uuid4().hex[:10]}"
    odoo_server.new_database(name)
    yield name
    odoo_server.drop_database(name)


def test_the_draft_is_there_seconds_after_the_delivery(fresh_database, start_server, books):
    found = run_in_shell(
        fresh_database,
        "from tests.faults import deliveries; "
        f"deliveries.make(env, number={DELIVERIES}, delivered=False); env.cr.commit()",
    )
    call = start_server(workers=2, cron_threads=1).session("admin").call
    seconds = []
    for number, picking in enumerate(found["pickings"], start=1):
        call("stock.picking", "button_validate", [picking])
        started = time.monotonic()
        wait_until(lambda number=number: drafts(books) == number, "the draft", timeout=3 * SECONDS)
        seconds.append(time.monotonic() - started)
    shown = ", ".join(f"{one:.1f}" for one in seconds)
    print(f"\nseconds from validation to draft: {shown}")  # noqa: T201
    assert max(seconds) < SECONDS, shown
    assert not wrong_lines(books)
    assert not drafts_without_suggestion(books)


def drafts(books):
    return books.value("SELECT count(*) FROM account_move WHERE ai_generated")
