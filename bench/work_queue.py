"""Throughput of the work queue and of the button, engine included."""

from bench.stopwatch import forget, measure


def throughput(env, lines):
    """Suggest for ``lines``, which pay open invoices, by the button and through the work queue.

    :return: a ``Cost`` for each step; what the queue made is committed
    """
    number, outbox = len(lines), env["ai.finance.outbox"].sudo()
    lines[:10].action_ai_suggest()  # fills Odoo's own caches
    forget(env)
    costs = [
        measure(env, "button: suggest matches", number, lines.action_ai_suggest),
        measure(env, "button again, nothing changed", number, lines.action_ai_suggest),
    ]
    forget(env)
    costs.append(
        measure(env, "queue the lines (in the user's transaction)", number, queue, env, lines)
    )
    env.cr.commit()
    costs.append(
        measure(env, "drain the queue (scheduled action)", number, outbox._cron_drain),
    )
    done = env["ai.audit.log"].sudo().search_count([("state", "=", "proposed")])
    assert done == number, f"{done} of {number} bank lines have a suggestion"
    return costs


def queue(env, lines):
    env["ai.finance.outbox"]._enqueue("bank.match", lines)
