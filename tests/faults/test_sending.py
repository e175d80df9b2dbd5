"""Invoices are sent once: two workers at a time, and a worker killed while it sends."""

import os
import signal
import uuid
from functools import partial

import pytest

from tests.faults.books import Books, wait_until
from tests.faults.company import run_in_shell
from tests.faults.people import at_once
from tests.support import odoo_server
from tests.support.json_rpc import RpcError
from tests.support.smtp_server import SmtpServer

NUMBER = 6
STATES = "SELECT state, count(*) FROM ai_invoice_sending GROUP BY state"


@pytest.fixture
def mail_server():
    with SmtpServer() as server:
        yield server


@pytest.fixture
def fresh_database(mail_server):
    """A database with invoices on the queue, for the mail server of the test."""
    name = f"heavy_sending_{uuid.uuid4().hex[:8]}"
    odoo_server.new_database(name)
    code = (
        "from tests.faults import invoices\n"
        f"invoices.make(env, {mail_server.port}, {NUMBER}); env.cr.commit()"
    )
    try:
        run_in_shell(name, code)
        yield name
    finally:
        odoo_server.drop_database(name)


@pytest.fixture
def books(fresh_database):
    books = Books(fresh_database)
    assert states(books) == {"waiting": NUMBER}
    yield books
    books.close()


def states(books):
    return dict(books.rows(STATES))


class Desk:
    """A running server and the administrator at it."""

    def __init__(self, server):
        self.server = server
        self.admin = server.session("admin")
        found = self.admin.call(
            "ir.actions.server", "search_read", [("name", "like", "sending test")], ["name"]
        )
        self.actions = {one["name"].removeprefix("sending test: "): one["id"] for one in found}

    def run(self, action, session=None):
        session = session or self.admin
        return session.call("ir.actions.server", "run", [self.actions[action]])

    def kill_worker(self):
        for pid in self.server.worker_pids("WorkerCron"):
            os.kill(pid, signal.SIGKILL)


def assert_each_got_one(mail_server):
    counts = {}
    for mail in mail_server.mails:
        for address in mail.recipients:
            counts[address] = counts.get(address, 0) + 1
    customers = {f"customer{number:03}@example.com": 1 for number in range(NUMBER)}
    got = {address: count for address, count in counts.items() if address.startswith("customer")}
    assert got == customers


def test_two_workers_send_each_invoice_once(start_server, books, mail_server):
    here = Desk(start_server(workers=2, cron_threads=0))
    second = here.server.session("admin")
    answers = at_once(partial(here.run, "send"), partial(here.run, "send", second))
    assert not [answer for answer in answers if isinstance(answer, RpcError)], answers
    assert states(books) == {"sent": NUMBER}
    assert_each_got_one(mail_server)


def test_killed_after_the_mail_server_took_the_mail(start_server, books, mail_server):
    """Nobody knows whether it arrived: a person is asked, and it is not sent again by itself."""
    mail_server.behaviour.silent = True
    here = Desk(start_server(workers=1, cron_threads=1))
    here.run("wake")
    wait_until(lambda: mail_server.mails, "a mail on its way", poke=partial(here.run, "wake"))
    assert states(books) == {"sending": 1, "waiting": NUMBER - 1}
    here.kill_worker()
    wait_until(lambda: not books.transactions_under_way(), "the dead worker's end")
    assert states(books) == {"sending": 1, "waiting": NUMBER - 1}, "what it did was committed"
    mail_server.behaviour.silent = False
    mail_server.behaviour.go_on.set()
    wait_until(
        lambda: states(books) == {"interrupted": 1, "sent": NUMBER - 1},
        "the others sent",
        poke=partial(here.run, "wake"),
    )
    assert_each_got_one(mail_server)
    query = """
        SELECT 1 FROM mail_mail mail JOIN ai_invoice_sending sending
            ON sending.message_id = mail.mail_message_id
        WHERE mail.state = 'outgoing'
    """
    assert not books.rows(query), "the mail queue would send it again"
    [lost] = books.column("SELECT id FROM ai_invoice_sending WHERE state = 'interrupted'")
    with pytest.raises(RpcError, match="server stopped"):
        move = books.value("SELECT move_id FROM ai_invoice_sending WHERE id = %s", lost)
        here.admin.call("account.move", "action_ai_suggest_sending", [move])
    here.admin.call("ai.invoice.sending", "action_confirm", [lost])
    assert states(books) == {"sent": NUMBER}
    archived = books.value("SELECT count(*) FROM ai_invoice_archive WHERE sending_id = %s", lost)
    assert archived == 1


def test_killed_while_the_document_is_printed(start_server, books, mail_server):
    """Nothing can have gone out yet: it is sent after all, once, without a person."""
    here = Desk(start_server(workers=1, cron_threads=1))
    here.run("wake")
    wait_until(
        lambda: books.rows(
            "SELECT 1 FROM ai_invoice_sending WHERE state = 'sending' AND message_id IS NULL"
        ),
        "a worker at a document",
        poke=partial(here.run, "wake"),
        every=0.002,
    )
    here.kill_worker()
    wait_until(lambda: not books.transactions_under_way(), "the dead worker's end")
    wait_until(
        lambda: set(states(books)) <= {"sent", "interrupted"},
        "the queue drained",
        poke=partial(here.run, "wake"),
    )
    assert_each_got_one(mail_server)
