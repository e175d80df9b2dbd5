"""However many reach for the same delivery at the same instant, it is invoiced once."""

import uuid
from functools import partial

import pytest

from tests.faults.books import wait_until
from tests.faults.company import run_in_shell
from tests.faults.deliveries import drafts_without_suggestion, wrong_lines
from tests.faults.people import at_once
from tests.support import odoo_server
from tests.support.json_rpc import RpcError

HALVES = 2


@pytest.fixture
def house(fresh_database, start_server):
    """A company with delivered orders and a server with two workers, nothing invoiced yet."""
    found = run_in_shell(
        fresh_database, "from tests.faults import deliveries; deliveries.make(env); env.cr.commit()"
    )
    return House(start_server(workers=2, cron_threads=0), **found)


class House:
    def __init__(self, server, orders, pickings, actions):
        self.orders, self.pickings, self.actions = orders, pickings, actions
        self.sessions = [server.session("admin") for _person in range(HALVES)]

    def run(self, action, ids=(), session=0):
        model = "sale.order" if action == "by_hand" else "stock.picking"
        context = {"active_model": model, "active_ids": list(ids)}
        call = self.sessions[session].call
        return call("ir.actions.server", "run", [self.actions[action]], context=context)

    def drain(self, books):
        wait_until(
            lambda: not books.waiting(), "the queue drained", poke=partial(self.run, "drain")
        )


@pytest.fixture
def fresh_database():
    """A company of its own kind: the other fault tests' has bank lines."""
    name = f"heavy_{uuid.uuid4().hex[:10]}"
    odoo_server.new_database(name)
    yield name
    odoo_server.drop_database(name)


def assert_once(books):
    assert not wrong_lines(books)
    assert not drafts_without_suggestion(books)
    assert not books.count("state = 'failed'"), "a row was given up"


def failures(answers):
    return [answer for answer in answers if isinstance(answer, RpcError)]


def test_the_same_deliveries_queued_twice_and_drained_by_two_workers(house, books):
    answers = at_once(
        partial(house.run, "queue", house.pickings),
        partial(house.run, "queue", house.pickings, 1),
    )
    assert not failures(answers)
    answers = at_once(partial(house.run, "drain"), partial(house.run, "drain", (), 1))
    assert not failures(answers)
    house.drain(books)
    assert_once(books)
    assert books.value("SELECT count(*) FROM account_move WHERE ai_generated") == len(house.orders)


def test_people_invoice_by_hand_while_the_worker_drafts(house, books):
    """From the other end, one by one, until the two meet."""
    house.run("queue", house.pickings)

    def by_hand():
        for order in reversed(house.orders):
            house.run("by_hand", [order], session=1)

    answers = at_once(partial(house.run, "drain"), by_hand)
    assert not failures(answers), answers
    house.drain(books)
    assert_once(books)


def test_two_people_press_the_button_on_the_same_deliveries(house, books):
    for start in range(0, len(house.pickings), 4):
        some = house.pickings[start : start + 4]
        # One of the two may be told to try again; the invoice is there either way.
        at_once(partial(house.run, "button", some), partial(house.run, "button", some, 1))
    house.drain(books)
    assert_once(books)
