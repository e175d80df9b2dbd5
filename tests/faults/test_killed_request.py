"""kill -9 of the web worker while a person approves many lines: all or nothing, and told apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.books import wait_until
from tests.faults.people import approve

EACH = 60


@pytest.mark.parametrize("how", ["worker", "power cut"])
def test_killed_while_a_person_approves(office, books, how):
    here = office(workers=1, cron_threads=0)
    lines = books.lines("INV/%")[:EACH]
    logs = list(here.suggest(lines).values())
    with ThreadPoolExecutor(1) as pool:
        request = pool.submit(approve, here.anna, logs)
        wait_until(books.ledger_is_being_written, "the approval half done", every=0.002)
        if how == "worker":
            [pid] = here.server.worker_pids("WorkerHTTP")
            here.server.kill_worker(pid)
        else:
            here.server.kill()
        with pytest.raises(OSError):
            request.result(timeout=60)
    wait_until(lambda: not books.transactions_under_way(), "the end of the dead worker")
    books.assert_right()
    states = books.states(lines)
    half = {
        line: found for line, found in states.items() if found not in (["applied"], ["proposed"])
    }
    assert not half, f"neither applied nor open: {list(half.items())[:5]}"
    open_lines = [line for line, found in states.items() if found == ["proposed"]]
    assert open_lines, "the server was killed after the approval was done, this proves nothing"

    again = here if how == "worker" else office(workers=1, cron_threads=0)
    again.server.wait_ready(timeout=60)
    text = approve(again.anna, logs)
    assert text.startswith(f"{len(open_lines)} approved"), text
    assert books.states(lines) == {line: ["applied"] for line in lines}
    books.assert_right()
