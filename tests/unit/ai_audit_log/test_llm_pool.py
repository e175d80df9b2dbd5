"""Several questions at once: order of completion, admission, fallback, deadline, closing."""

import threading
import time

import pytest

from odoo.addons.ai_audit_log.llm.client import ModelFailure, Reply, Usage
from odoo.addons.ai_audit_log.llm.pool import ask_all

from tests.support.model_server import ModelServer, step

from .llm_cases import ask_order, check_offered, connect

GOOD = '{"order": [{"id": "c1", "amount": "120.50"}], "sentence": "It fits."}'


class Scripted:
    """A client that waits, answers or fails as told."""

    def __init__(self, outcome=GOOD, seconds=0.0):
        self.outcome = outcome
        self.seconds = seconds
        self.calls = 0
        self.threads = set()

    def complete(self, messages, ask):
        self.calls += 1
        self.threads.add(threading.current_thread())
        time.sleep(self.seconds)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Reply(self.outcome, "m", Usage(10, 5))


def questions(count):
    return {number: (ask_order(), None) for number in range(count)}


def only(outcome):
    """The names of what an outcome holds: there must be one."""
    held = {
        "answer": outcome.answer,
        "failure": outcome.failure,
        "skipped": outcome.skipped,
        "later": outcome.later or None,
    }
    [name] = [name for name, value in held.items() if value is not None]
    return name


def measure(count, latency, parallel):
    with ModelServer(latency=latency) as server:
        client = connect(server)
        started = time.monotonic()
        asked = {number: (ask_order(), check_offered) for number in range(count)}
        outcomes = list(ask_all(asked, [(1, client)], parallel, 60))
        taken = time.monotonic() - started
        assert {one.key for one in outcomes} == set(range(count))
        assert all(only(one) == "answer" for one in outcomes)
        assert server.most_at_once <= parallel
        return taken


def test_questions_wait_side_by_side():
    assert measure(count=20, latency=0.2, parallel=10) < 2.5, "one by one they take 4 s"


@pytest.mark.timeout(60)
def test_fifty_slow_answers():
    assert measure(count=50, latency=2, parallel=10) < 15, "one by one they take 100 s"


def test_order_of_completion_and_at_once():
    with ModelServer() as server:
        server.script([step("slow", seconds=1), step("good", times=3)])
        client = connect(server)
        started = time.monotonic()
        outcomes = ask_all(questions(4), [(1, client)], 2, 30)
        next(outcomes)
        assert time.monotonic() - started < 0.9, "the first answer is there before the slow one"
        assert len(list(outcomes)) == 3


def test_admission_runs_in_the_callers_thread_right_before_sending():
    client, seen = Scripted(), []

    def admit(key, ask, provider_id):
        seen.append((key, provider_id, threading.current_thread(), client.calls))
        return "The budget is used up." if key >= 2 else None

    outcomes = {one.key: one for one in ask_all(questions(4), [(7, client)], 1, 30, admit)}
    assert [only(outcomes[key]) for key in range(4)] == ["answer", "answer", "skipped", "skipped"]
    assert outcomes[3].skipped == "The budget is used up."
    assert {one[2] for one in seen} == {threading.current_thread()}
    assert [one[3] for one in seen] == [0, 1, 2, 2], "each is asked for when its turn comes"
    assert client.threads.isdisjoint({threading.current_thread()})


@pytest.mark.parametrize("kind", ["timeout", "rate_limited", "server", "unreachable", "rejected"])
def test_the_next_provider_where_the_first_fails(kind):
    bad, good = Scripted(ModelFailure(kind, "No.")), Scripted()
    [one] = ask_all(questions(1), [("a", bad), ("b", good)], 2, 30)
    assert only(one) == "answer" and one.provider_id == "b"
    assert [(name, failure.kind) for name, failure in one.tried] == [("a", kind)]


def test_no_other_provider_for_an_invalid_answer():
    bad, good = Scripted("nonsense"), Scripted()
    [one] = ask_all(questions(1), [("a", bad), ("b", good)], 2, 30)
    assert only(one) == "failure" and one.failure.kind == "invalid"
    assert one.provider_id == "a" and good.calls == 0 and bad.calls == 2


def test_all_providers_fail():
    clients = [(name, Scripted(ModelFailure("server", name))) for name in "ab"]
    [one] = ask_all(questions(1), clients, 2, 30)
    assert (one.provider_id, str(one.failure), len(one.tried)) == ("b", "b", 1)


def test_a_paused_provider_is_passed_over():
    first, second = Scripted(), Scripted()

    def admit(key, ask, provider_id):
        return "Paused." if provider_id == "a" else None

    [one] = ask_all(questions(1), [("a", first), ("b", second)], 2, 30, admit)
    assert one.provider_id == "b" and not one.tried and first.calls == 0


def test_a_refused_fallback_leaves_the_first_failure():
    def admit(key, ask, provider_id):
        return "Paused." if provider_id == "b" else None

    clients = [("a", Scripted(ModelFailure("server", "Down."))), ("b", Scripted())]
    [one] = ask_all(questions(1), clients, 2, 30, admit)
    assert only(one) == "failure" and (one.provider_id, str(one.failure)) == ("a", "Down.")


def test_after_the_deadline_nothing_is_sent():
    client = Scripted(seconds=0.4)
    outcomes = list(ask_all(questions(6), [(1, client)], 2, 0.2))
    assert [only(one) for one in outcomes].count("answer") == 2
    assert [only(one) for one in outcomes].count("later") == 4
    assert client.calls == 2


def test_questions_under_way_are_given_up_in_the_end():
    started = time.monotonic()
    [one] = ask_all(questions(1), [(1, Scripted(seconds=3))], 1, 0.1, grace=0.2)
    assert one.failure.kind == "timeout" and time.monotonic() - started < 2


def test_closing_sends_nothing_more():
    client = Scripted(seconds=0.1)
    outcomes = ask_all(questions(20), [(1, client)], 2, 30)
    next(outcomes)
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < 0.09, "closing does not wait"
    time.sleep(0.3)
    assert client.calls <= 4


def test_an_error_of_the_caller_ends_it():
    client = Scripted()

    def admit(key, ask, provider_id):
        raise RuntimeError("the caller's own")

    with pytest.raises(RuntimeError):
        list(ask_all(questions(3), [(1, client)], 2, 30, admit))
    assert client.calls == 0


def test_a_clients_mistake_costs_one_question():
    bad, good = Scripted(RuntimeError("secret detail")), Scripted()
    [one] = ask_all(questions(1), [("a", bad), ("b", good)], 1, 30)
    assert only(one) == "answer"
    assert "secret" not in str(one.tried[0][1])


def test_no_provider():
    [one] = ask_all(questions(1), [], 1, 30)
    assert one.skipped == "No model is configured."
    assert list(ask_all({}, [(1, Scripted())], 4, 30)) == []
