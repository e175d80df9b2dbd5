"""A model that is slow, and workers that die while it is asked: real processes, real HTTP."""

import time
from collections import Counter

import pytest

from tests.faults.books import wait_until
from tests.faults.company import run_in_shell
from tests.support.json_rpc import RpcError
from tests.support.model_server import ModelServer

KEY = "sk-fault-5ae2c3f0b1d94e7788aa01c6d3f2e9b4"
TWINS = 50
LATENCY = 2.0


@pytest.fixture
def model():
    with ModelServer(api_key=KEY) as server:
        yield server


def connect(books, model, twins, **values):
    """Connect the model and add ``twins`` lines that it is asked about; return the lines."""
    database = books.value("SELECT current_database()")
    values = {"new_api_key": KEY, "timeout": 20, "max_retries": 0, **values}
    run_in_shell(
        database,
        f"company.twins(env, {twins})\n"
        f"company.connect_model(env, {model.base_url!r}, **{values!r})\n"
        "env.cr.commit()",
    )
    return books.lines("twin payment%")


def transactions_while_asking(books):
    """Last statements of transactions open for a second, the lock of the scheduled action apart.

    Odoo itself holds that lock, in a connection of its own, as long as any action runs.
    """
    return books.column("""
        SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND pid != pg_backend_pid()
          AND xact_start < now() - interval '1 second'
          AND query NOT LIKE '%ir_cron_trigger%'
    """)


def chosen(books):
    """How many live suggestions are the model's."""
    return books.count("state = 'proposed' AND model_uses::text LIKE '%%used%%'")


def test_fifty_slow_answers_hold_no_transaction(office, books, model, record_property):
    lines = connect(books, model, TWINS)
    model.latency = LATENCY
    here = office(workers=1, cron_threads=1)
    here.run("queue", lines)
    wait_until(lambda: model.requests, "the first question", poke=here.wake, every=0.05)
    started, held = time.monotonic(), set()
    while books.value("SELECT count(*) FROM ai_finance_model_call") < TWINS:
        held.update(transactions_while_asking(books))
        assert time.monotonic() - started < 60, f"{len(model.requests)} asked after a minute"
        time.sleep(0.1)
    wait_until(lambda: chosen(books) == TWINS, "the suggestions", every=0.1)
    seconds = time.monotonic() - started
    record_property("seconds", round(seconds, 1))
    assert len(model.requests) == TWINS
    assert seconds < TWINS * LATENCY / 4
    assert not held, f"transactions were open while the model was asked: {held}"
    assert model.most_at_once > 1
    books.assert_right()


def test_an_answer_is_not_paid_twice_when_the_worker_dies(office, books, model):
    lines = connect(books, model, 30, parallel=2)
    model.latency = 0.6
    here = office(workers=1, cron_threads=1)
    here.run("queue", lines)
    stored = "SELECT count(*) FROM ai_finance_model_call"
    wait_until(lambda: model.requests, "the first question", poke=here.wake, every=0.05)
    wait_until(lambda: books.value(stored) >= 4, "four answers", every=0.05)
    for pid in here.server.worker_pids("WorkerCron"):
        here.server.kill_worker(pid)
    wait_until(lambda: not books.transactions_under_way(), "the dead worker's end")
    kept = books.value(stored)
    assert 4 <= kept < len(lines), "the worker was killed in the middle"
    wait_until(lambda: not books.waiting(), "all rows dealt with", poke=here.wake, every=0.1)
    assert chosen(books) == len(lines)
    asked = Counter(request.user for request in model.requests)
    # What was under way when the worker died is asked again: two questions at a time.
    assert len(asked) == len(lines)
    assert sum(asked.values()) <= len(lines) + 2
    books.assert_right()


def test_no_secret_comes_out(office, books, model, tmp_path):
    lines = connect(books, model, 2)
    model.script(
        [{"do": "wrong_key"}, {"do": "error"}, {"do": "reset"}, {"do": "good", "times": "always"}]
    )
    here = office(workers=0, extra=["--log-level=debug", "--log-handler=:DEBUG"])
    here.run("queue", lines)
    calls = "SELECT count(*) FROM ai_finance_model_call"
    wait_until(lambda: books.value(calls) >= 2, "two failures", poke=here.wake, every=0.1)
    provider = here.admin.call("ai.finance.provider", "search", [])
    here.admin.call("ai.finance.provider", "action_test", provider)
    with pytest.raises(RpcError):
        here.admin.call("ai.finance.provider", "read", provider, ["api_key"])
    exported = []
    for name in ("new_api_key", "display_name", "test_result"):
        exported.append(here.admin.call("ai.finance.provider", "export_data", provider, [name]))
    try:
        exported.append(
            here.admin.call("ai.finance.provider", "export_data", provider, ["api_key"])
        )
    except RpcError as error:
        exported.append(str(error))
    log = here.server.log()
    assert "DEBUG" in log, "the log says all it can"
    port = f":{model.port}"
    for place, text in {"log": log, "export": str(exported)}.items():
        assert KEY not in text, f"the key is in the {place}"
        assert port not in text, f"the address is in the {place}"
    written = books.rows("SELECT problem, sent, answer FROM ai_finance_model_call")
    told = books.rows("SELECT note, data FROM ai_audit_log_event")
    for text in (str(written), str(told)):
        assert KEY not in text
        assert port not in text
