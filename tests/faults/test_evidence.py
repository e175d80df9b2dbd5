"""Eight writers and two sealers at once, in real sessions: one chain, nothing left out."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.faults.people import LINE
from tests.support.json_rpc import RpcError

WRITERS = 8
ROUNDS = 5


def test_writers_and_sealers_at_once_make_one_chain(office, books):
    here = office(workers=4, cron_threads=0)
    lines = books.lines("%")[: WRITERS * ROUNDS * 10]
    shares = [lines[number::WRITERS] for number in range(WRITERS)]
    stop = threading.Event()
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        sealers = [pool.submit(seal_until, stop, here) for _number in range(2)]
        writers = [pool.submit(write, here, share) for share in shares]
        for writer in writers:
            writer.result(timeout=240)
        stop.set()
        sealed = sum(sealer.result(timeout=60) for sealer in sealers)
    assert sealed, "the sealers worked while the writers wrote"
    for _again in range(3):
        seal(here)
    events = books.column("SELECT count(*) FROM ai_audit_log_event")[0]
    seals = books.rows(
        "SELECT count(*), count(DISTINCT event_id), max(sequence) FROM ai_audit_seal"
        " WHERE company_id = (SELECT min(id) FROM res_company)"
    )[0]
    assert len(set(seals)) == 1, f"each event has one place and no place is empty: {seals}"
    assert verify(here) == ("intact", 0)
    assert events >= len(lines)


def write(here, lines):
    """Press "Suggest matches" for a share of the lines, ten at a time."""
    session = here.server.session("admin")
    for start in range(0, len(lines), 10):
        session.call(LINE, "action_ai_suggest", lines[start : start + 10])


def seal_until(stop, here):
    """Seal again and again; return how often it worked."""
    session = here.server.session("admin")
    worked = 0
    while not stop.is_set():
        worked += seal(here, session)
    return worked


def seal(here, session=None):
    """Seal once; the one who loses against another sealer just comes again."""
    try:
        here.run("seal", session=session)
    except RpcError:
        return 0
    return 1


def verify(here):
    """Press "Verify"; return the result and how many events are not sealed."""
    session = here.admin
    [wizard] = session.call("ai.audit.verify", "create", [{}])
    session.call("ai.audit.verify", "action_verify", [wizard])
    [result] = session.call("ai.audit.verify", "read", [wizard], ["state", "unsealed", "problem"])
    return result["state"], result["unsealed"]
