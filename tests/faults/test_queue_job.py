"""The bridge to OCA's queue_job with its real runner: several workers drain one queue.

The databases of other tests do without queue_job; these get it, and the server loads its runner.
"""

import subprocess
import uuid
from functools import partial
from pathlib import Path

import pytest

from tests.faults.books import CLAIMED, wait_until
from tests.faults.people import small_batches
from tests.faults.test_same_event import assert_one_each
from tests.support import odoo_server

ROOT = Path(__file__).resolve().parents[2]
BRIDGE = "ai_audit_log_queue_job"
RUNNER = {
    # The runner calls the server by HTTP; each job under way keeps one worker busy.
    "workers": 3,
    "extra": ["--load=base,web,rpc,queue_job"],
    "env": {"ODOO_QUEUE_JOB_CHANNELS": "root:4,root.ai_finance:2"},
}


def odoo(*options):
    """Run Odoo's command line to its end; return what it printed."""
    done = subprocess.run(
        [str(ROOT / "scripts" / "odoo"), *options, "--stop-after-init"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    output = done.stdout + done.stderr
    assert not done.returncode, output[-4000:]
    return output


@pytest.fixture(scope="module")
def bridged_database(company_database):
    """The company with queue_job, which brings the bridge by itself."""
    name = f"heavy_bridged_{uuid.uuid4().hex[:8]}"
    odoo_server.new_database(name, template=company_database)
    try:
        odoo(f"--database={name}", "--init=queue_job", "--no-http", "--log-level=warn")
        yield name
    finally:
        odoo_server.drop_database(name)


@pytest.fixture
def fresh_database(bridged_database):
    """Name of a copy with the bridge; dropped after the test."""
    name = f"heavy_{uuid.uuid4().hex[:10]}"
    odoo_server.new_database(name, template=bridged_database)
    yield name
    odoo_server.drop_database(name)


def jobs(books, condition):
    return books.value(f"SELECT count(*) FROM queue_job WHERE {condition}")


def processes(books):
    """The worker processes that did jobs of the work queue to the end."""
    return books.column(
        "SELECT DISTINCT worker_pid FROM queue_job "
        "WHERE method_name = '_job_drain' AND state = 'done' AND result NOT LIKE '0 %%'"
    )


def drained(books, here):
    wait_until(lambda: not books.waiting(), "the queue drained", 180, poke=here.wake, every=0.1)


def assert_all_done(books, lines):
    assert_one_each(books, lines)
    assert not books.count("state = 'failed'"), "a row was given up"
    assert not jobs(books, "state = 'failed'"), books.column("SELECT exc_info FROM queue_job")


def test_it_installs_itself_and_its_own_tests_pass(fresh_database):
    """The addon's tests need queue_job in the database, so they run here."""
    output = odoo(
        f"--database={fresh_database}",
        f"--update={BRIDGE}",
        f"--test-tags=/{BRIDGE}",
        f"--http-port={odoo_server.free_port()}",
    )
    assert f"{BRIDGE}.tests.test_job_channels" in output, output[-4000:]
    assert "0 failed, 0 error(s) of" in output, output[-4000:]
    assert "of 0 tests" not in output, "the addon's tests were not found"


def test_waking_often_makes_one_pending_job(office, books):
    """Nobody works: the runner has no room for this channel's jobs."""
    here = office(**{**RUNNER, "env": {"ODOO_QUEUE_JOB_CHANNELS": "root:0"}}, cron_threads=0)
    for _number in range(20):
        here.wake()
    assert jobs(books, "state = 'pending' AND channel = 'root.ai_finance'") == 1


def test_two_workers_share_one_queue(office, books):
    """With no scheduled action at all: the jobs alone do it, two at a time."""
    small_batches(books, 25)
    here = office(**RUNNER, cron_threads=0)
    lines = books.lines()
    assert len(lines) == 600
    here.run("queue", lines)
    drained(books, here)
    assert_all_done(books, lines)
    assert len(processes(books)) >= 2, "one worker did all"


def test_two_workers_apply_each_line_once(office, books):
    """Automatic mode: what one job suggested, others book at the same time as it goes on."""
    small_batches(books, 10)
    here = office(**RUNNER, cron_threads=0)
    policy = here.admin.call("ai.finance.policy", "search", [("task_id.code", "=", "bank.match")])
    limits = {"mode": "automatic", "max_amount": 1_000_000, "min_confidence": 0.5}
    here.admin.call("ai.finance.policy", "write", policy, limits)
    lines = books.lines("INV/%")[:120]
    here.run("queue", lines)
    drained(books, here)
    assert books.states(lines) == {line: ["applied"] for line in lines}
    assert len(processes(books)) >= 2, "one worker did all"
    books.assert_right()


def test_jobs_and_scheduled_action_at_once(office, books):
    """The safety net works on the same rows: nothing is done twice, whoever is first."""
    small_batches(books, 25)
    here = office(**RUNNER, cron_threads=1)
    lines = books.lines()
    here.run("queue", lines)
    # As a minute later: the scheduled action is due while the jobs are under way.
    books.rows("UPDATE ir_cron_trigger SET call_at = now() AT TIME ZONE 'utc' RETURNING id")
    books.rows("UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'utc' RETURNING id")
    drained(books, here)
    assert_all_done(books, lines)


def test_killed_workers_lose_and_double_nothing(office, books):
    small_batches(books, 25)
    here = office(**RUNNER, cron_threads=0)
    lines = books.lines()
    here.run("queue", lines)
    for _number in range(2):
        victim = wait_until(partial(working, books, here), "a job amid its batch", 120)
        here.server.kill_worker(victim)
        assert books.count(CLAIMED), "the kill came too late"
    drained(books, here)
    assert_one_each(books, lines)
    assert not books.count("state = 'failed'"), "a row was given up"
    wait_until(
        lambda: not jobs(books, "state IN ('started', 'enqueued', 'pending')"),
        "the dead workers' jobs done again",
        120,
        every=0.2,
    )
    books.assert_right()


def working(books, here):
    """Return a living process with a job under way while rows are in hand, or nothing."""
    if not books.count(CLAIMED):
        return None
    pids = books.column(
        "SELECT worker_pid FROM queue_job WHERE state = 'started' AND method_name = '_job_drain'"
    )
    return next((pid for pid in pids if pid in here.server.worker_pids()), None)
