"""Core's Peppol sending commits by itself: a worker killed right after it sends nothing twice.

The databases of other tests do without Peppol; this one gets it, in the demo mode of its addon.
"""

import os
import signal
import uuid
from functools import partial

import pytest

from tests.faults.books import Books, wait_until
from tests.faults.company import run_in_shell
from tests.faults.test_queue_job import odoo
from tests.faults.test_sending import Desk, states
from tests.support import odoo_server

NUMBER = 4
#: Core has committed that the network took it, and we have not said yet what became of it.
BETWEEN = """
    SELECT sending.id FROM ai_invoice_sending sending JOIN account_move move
        ON move.id = sending.move_id
    WHERE sending.state = 'sending' AND move.peppol_move_state = 'processing'
"""


@pytest.fixture
def fresh_database():
    name = f"heavy_peppol_{uuid.uuid4().hex[:8]}"
    odoo_server.new_database(name)
    code = (
        "from tests.faults import invoices\n"
        f"invoices.make(env, 1, {NUMBER}); invoices.on_peppol(env); env.cr.commit()"
    )
    try:
        odoo(f"--database={name}", "--init=account_peppol", "--no-http", "--log-level=warn")
        run_in_shell(name, code)
        yield name
    finally:
        odoo_server.drop_database(name)


@pytest.fixture
def books(fresh_database):
    books = Books(fresh_database)
    yield books
    books.close()


def test_killed_after_peppol_took_it(start_server, books):
    here = Desk(start_server(workers=1, cron_threads=1))
    assert states(books) == {"waiting": NUMBER}
    here.run("wake")
    found = wait_until(
        lambda: books.column(BETWEEN),
        "a document that the network took",
        poke=partial(here.run, "wake"),
        every=0.0005,
    )
    for pid in here.server.worker_pids("WorkerCron"):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not books.transactions_under_way(), "the dead worker's end")
    caught = books.column("SELECT id FROM ai_invoice_sending WHERE state = 'sending'")
    assert caught == found, "the worker was killed too late"
    before = books.value("SELECT array_agg(peppol_message_uuid ORDER BY id) FROM account_move")
    wait_until(
        lambda: states(books) == {"sent": NUMBER},
        "the network's word taken, the others sent",
        poke=partial(here.run, "wake"),
    )
    after = books.value("SELECT array_agg(peppol_message_uuid ORDER BY id) FROM account_move")
    kept = [new for old, new in zip(before, after, strict=True) if old and old == new]
    assert len(kept) == len([old for old in before if old]), "nothing was sent a second time"
    archived = books.column("SELECT name FROM ai_invoice_archive WHERE sending_id = %s", found[0])
    assert any(name.endswith(".xml") for name in archived), archived
