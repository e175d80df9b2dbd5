"""The same event twice, and two workers at once: each bank line gets one suggestion."""

from functools import partial

from tests.faults.books import wait_until
from tests.faults.people import at_once, small_batches
from tests.support.json_rpc import RpcError

ROUNDS = 5
EACH = 40


def assert_one_each(books, lines):
    live = {
        line: [s for s in states if s == "proposed"] for line, states in books.states(lines).items()
    }
    lost = [line for line, states in live.items() if not states]
    assert not lost, f"{len(lost)} bank lines have no suggestion, such as {books.states(lost[:3])}"
    double = [line for line, states in live.items() if len(states) > 1]
    assert not double, f"{len(double)} bank lines have two suggestions"
    books.assert_right()


def test_the_same_event_from_two_sessions_makes_one_row(office, books):
    """Without a worker, so that what the two sessions wrote can be looked at."""
    here = office(workers=2, cron_threads=0)
    second = here.server.session("admin")
    lines = books.lines("INV/%")
    for start in range(0, ROUNDS * EACH, EACH):
        some = lines[start : start + EACH]
        answers = at_once(
            partial(here.run, "queue", some), partial(here.run, "queue", some, second)
        )
        failed = [answer for answer in answers if isinstance(answer, RpcError)]
        assert not failed, f"a hook may never stop what a person is doing: {failed}"
        assert books.states(some) == {line: ["queued"] for line in some}


def test_events_during_the_work_of_two_cron_threads(office, books):
    """New events come in while two workers drain what came before."""
    here = office(workers=2, cron_threads=2)
    second = here.server.session("admin")
    lines = books.lines()[: ROUNDS * EACH]
    for start in range(0, len(lines), EACH):
        # Everything up to here again: rows that wait, are under way or are done.
        some = lines[: start + EACH]
        answers = at_once(
            partial(here.run, "queue", some), partial(here.run, "queue", some, second)
        )
        failed = [answer for answer in answers if isinstance(answer, RpcError)]
        assert not failed, f"a hook may never stop what a person is doing: {failed}"
    wait_until(lambda: not books.waiting(), "all events dealt with", poke=here.wake)
    assert_one_each(books, lines)
    assert not books.count("state = 'failed'"), "a row was given up"


def test_the_button_is_pressed_while_the_worker_drains(office, books):
    """Worker and person reach for the same rows: neither fails, and no row is left behind."""
    here = office(workers=2, cron_threads=1)
    lines = books.lines()[: ROUNDS * EACH]
    small_batches(books, 4)
    here.run("queue", lines)
    # From the other end, a few at a time, until the two meet.
    for start in range(len(lines), 0, -4):
        here.suggest(lines[max(start - 4, 0) : start])
    wait_until(lambda: not books.waiting(), "all events dealt with", poke=here.wake)
    assert_one_each(books, lines)
    assert not books.count("state = 'failed'"), "a row was given up"
    failures = books.value("SELECT sum(failure_count) FROM ir_cron")
    assert not failures, f"the work queue stopped with an error {failures} times"


def test_two_workers_drain_one_queue(office, books):
    here = office(workers=2, cron_threads=0)
    second = here.server.session("admin")
    lines = books.lines()
    small_batches(books, 40)
    here.run("queue", lines)
    answers = at_once(partial(here.run, "drain"), partial(here.run, "drain", (), second))
    assert not [answer for answer in answers if isinstance(answer, RpcError)], answers
    wait_until(lambda: not books.waiting(), "the queue drained", poke=partial(here.run, "drain"))
    assert not books.count("state = 'failed'"), "a row was given up"
    assert_one_each(books, lines)
