"""kill -9 of the worker in the middle of a batch: nothing is lost and nothing is done twice."""

import time

from tests.faults.books import CLAIMED, wait_until
from tests.faults.people import small_batches

KILLS = 2


def kill_in_the_middle(here, books, under_way):
    """Kill the cron worker while ``under_way()``; make sure that it left claimed rows behind."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        wait_until(under_way, "a worker in the middle of a batch", poke=here.wake, every=0.002)
        for pid in here.server.worker_pids("WorkerCron"):
            here.server.kill_worker(pid)
        wait_until(lambda: not books.transactions_under_way(), "the dead worker's end")
        if books.count(CLAIMED):
            return
        assert books.waiting(), "the queue was empty before the worker could be killed"
    raise AssertionError("the worker was never caught in the middle of a batch")


def drained(here, books):
    wait_until(lambda: not books.waiting(), "all rows dealt with", poke=here.wake, every=0.1)


def test_killed_while_suggesting(office, books):
    small_batches(books, 100)
    here = office(workers=1, cron_threads=1)
    lines = books.lines()
    assert len(lines) == 600
    here.run("queue", lines)
    for number in range(KILLS):
        kill_in_the_middle(here, books, lambda: books.count("state = 'running'"))
        assert books.count("state = 'proposed'") < len(lines), f"kill {number + 1} came too late"
        books.assert_right()
    drained(here, books)
    found = books.states(lines)
    wrong = {line: states for line, states in found.items() if states.count("proposed") != 1}
    assert not wrong, f"each bank line has one suggestion; not so: {list(wrong.items())[:5]}"
    assert not books.count("state = 'failed'")
    books.assert_right()


def test_killed_while_applying(office, books):
    """Automatic mode: the rows are approved by the policy and applied by the worker."""
    small_batches(books, 20)
    here = office(workers=1, cron_threads=1)
    policy = here.admin.call("ai.finance.policy", "search", [("task_id.code", "=", "bank.match")])
    here.admin.call(
        "ai.finance.policy",
        "write",
        policy,
        {"mode": "automatic", "max_amount": 1_000_000, "min_confidence": 0.5},
    )
    lines = books.lines("INV/%")[:80]
    here.run("queue", lines)
    for _number in range(KILLS):
        kill_in_the_middle(here, books, books.ledger_is_being_written)
        assert books.count("state = 'applied'") < len(lines), "the kill came too late"
        books.assert_right()
    drained(here, books)
    states = books.states(lines)
    applied = [line for line, found in states.items() if found == ["applied"]]
    assert len(applied) == len(lines), (
        f"{len(applied)} of {len(lines)} lines were applied exactly once, the others: "
        f"{[found for found in states.values() if found != ['applied']][:5]}"
    )
    open_documents = books.value("SELECT count(*) FROM account_move WHERE amount_residual != 0")
    assert open_documents == len(books.lines("INV/%")) - len(lines), "every line paid its invoice"
    books.assert_right()
