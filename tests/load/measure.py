"""What the kernel costs, measured inside Odoo's shell: SQL queries, seconds, memory.

Queries and seconds are told apart into those of the task (reading documents, matching) and those
of the kernel around it, which are the ones that this project promises to keep few.
"""

import resource
import time
from contextlib import contextmanager

#: What a task does; all else is the kernel.
TASK_METHODS = ("_build_context", "_propose", "_check", "_checksum", "_summary", "_apply")


class Meter:
    """Counts what happens between start and stop, and the task's part of it."""

    def __init__(self, env):
        self.env = env
        self.task = {"queries": 0, "seconds": 0.0}

    def reading(self):
        return {"queries": self.env.cr.sql_log_count, "seconds": time.monotonic()}

    @contextmanager
    def task_part(self):
        before = self.reading()
        yield
        after = self.reading()
        for name in self.task:
            self.task[name] += after[name] - before[name]


@contextmanager
def watched(meter, handler):
    """Have ``meter`` count the methods of the task's model apart."""
    saved = {name: getattr(handler, name) for name in TASK_METHODS}

    def counted(method):
        def call(*args):
            with meter.task_part():
                result = method(*args)
                meter.env.cr.flush()  # with what core does before a commit, chatter above all
            return result

        return call

    for name, method in saved.items():
        setattr(handler, name, counted(method))
    try:
        yield
    finally:
        for name in saved:
            delattr(handler, name)


def measured(env, work, *args):
    """Run ``work(*args)`` on an empty cache and return what it cost and what it gave."""
    env.cr.flush()
    env.invalidate_all()
    meter = Meter(env)
    handler = env.registry["ai.finance.task.bank.match"]
    with watched(meter, handler):
        before = meter.reading()
        result = work(*args)
        env.cr.flush()
        after = meter.reading()
    whole = {name: after[name] - before[name] for name in before}
    return result, {
        "queries": whole["queries"],
        "kernel queries": whole["queries"] - meter.task["queries"],
        "seconds": round(whole["seconds"], 2),
        "kernel seconds": round(whole["seconds"] - meter.task["seconds"], 2),
        "peak memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def run(env, sizes, applied):
    """Measure every step on sets of different sizes; nothing is committed.

    :param sizes: numbers of bank lines, from small to large
    :param applied: numbers of bank lines that are really booked, which takes longest
    :return: ``{step: {number of lines: costs}}``, JSON-ready
    """
    anna = env["res.users"].search([("login", "=", "anna")])
    env = env(user=anna, context={"allowed_company_ids": anna.company_ids.ids, "lang": "en_US"})
    paying = [("payment_ref", "like", "INV/%")]
    lines = env["account.bank.statement.line"].search(paying, order="id")
    lines[:10].action_ai_suggest()  # fills Odoo's own caches
    undo(env)
    results = {"suggest": {}, "suggest again": {}, "reject": {}, "queue": {}, "claim": {}}
    for size in sizes:
        results["suggest"][size], results["suggest again"][size] = suggest(env, lines[:size])
        logs = env["ai.audit.log"].browse(lines[:size].ai_suggestion_id.ids)
        _done, results["reject"][size] = measured(env, logs.action_reject, "measured")
        undo(env)
        results["queue"][size], results["claim"][size] = queue(env, lines[:size])
        undo(env)
    results["approve"] = {size: approve(env, lines[:size]) for size in applied}
    return results


def suggest(env, lines):
    _result, first = measured(env, lines.action_ai_suggest)
    first["rows"] = len(lines.ai_suggestion_id)
    _result, again = measured(env, lines.action_ai_suggest)
    again["rows"] = env["ai.audit.log"].sudo().search_count([("res_id", "in", lines.ids)])
    return first, again


def queue(env, lines):
    outbox = env["ai.finance.outbox"].sudo()
    _result, queued = measured(env, outbox._enqueue, "bank.match", lines)
    env["ai.finance.task.type"].sudo()._get("bank.match").batch_size = len(lines)
    rows, claimed = measured(env, outbox._claim)
    queued["rows"] = claimed["rows"] = len(rows)
    return queued, claimed


def approve(env, lines):
    lines.action_ai_suggest()
    logs = env["ai.audit.log"].browse(lines.ai_suggestion_id.ids)
    _result, costs = measured(env, logs.action_apply)
    costs["rows"] = len(logs.filtered(lambda log: log.state == "applied"))
    undo(env)
    return costs


def undo(env):
    """Forget all that was done since the last commit."""
    env.cr.rollback()
    env.transaction.clear()
