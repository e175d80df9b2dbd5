"""People at work: sessions on a real server, and calls that start at the same instant."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.faults.company import ACTIONS, PEOPLE
from tests.support.json_rpc import RpcError

LINE = "account.bank.statement.line"
LOG = "ai.audit.log"


class Office:
    """A running server with everybody logged in.

    :param server: a started ``OdooServer``
    :param books: the :class:`~tests.faults.books.Books` of its database
    """

    def __init__(self, server, books):
        self.server = server
        self.books = books
        self.admin = server.session("admin")
        self.anna, self.ben = (server.session(login) for login in PEOPLE)
        found = self.admin.call(
            "ir.actions.server", "search_read", [("name", "like", "fault test")], ["name"]
        )
        names = {action["name"].removeprefix("fault test: "): action["id"] for action in found}
        self.actions = {name: names[name] for name in ACTIONS}

    def run(self, action, lines=(), session=None):
        """Run one of the server actions of ``company.ACTIONS`` on bank lines."""
        context = {"active_model": LINE, "active_ids": list(lines)}
        session = session or self.admin
        return session.call("ir.actions.server", "run", [self.actions[action]], context=context)

    def wake(self):
        """Have the work queue looked at, as the next event or the next interval would."""
        self.run("wake")

    def suggest(self, lines, session=None):
        """Press "Suggest matches"; return ``{line: live suggestion}``."""
        (session or self.anna).call(LINE, "action_ai_suggest", list(lines))
        return {line: self.books.suggestion(line) for line in lines}


def small_batches(books, size):
    """Let the worker take ``size`` rows at once, so that it can be met amid its work."""
    books.rows("UPDATE ai_finance_task_type SET batch_size = %s RETURNING id", size)


def approve(session, logs):
    """Press "Approve"; return what the person reads."""
    return message(session.call(LOG, "action_apply", logs))


def message(action):
    return action["params"]["message"]


def at_once(*calls):
    """Start all ``calls`` at the same instant, each in a thread; return what each gave.

    An answer of the server that is an error comes back as the :class:`RpcError`.
    """
    barrier = threading.Barrier(len(calls))
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(partial(_after, barrier), calls))


def _after(barrier, call):
    barrier.wait(timeout=60)
    try:
        return call()
    except RpcError as error:
        return error
