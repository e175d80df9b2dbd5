"""The community widget (OCA ``account_reconcile_oca``) on the same lines, driven as a user does.

Runs in a database of its own, where the widget is installed and our addons do nothing.
"""

import json
from pathlib import Path
from time import perf_counter

from bench.ledger import books, judge, ours, simple
from bench.stopwatch import forget, measure


def run(env, path, lines=40):
    """Measure and write the figures to ``path`` as JSON.

    :param lines: bank lines for the stop-watch; each pays one document, named by its whole label
    """
    books.set_up(env)
    sets = {name: accuracy(env, name) for name in ours.SETS}
    figures = {"sets": sets, "costs": [as_json(cost) for cost in speed(env, lines)]}
    Path(path).write_text(json.dumps(figures))


def as_json(cost):
    return [cost.label, cost.rows, cost.seconds, cost.cpu, cost.queries]


def accuracy(env, name):
    """Create the lines of a set, which the widget reconciles by itself where it can."""
    sample = ours.sample_of(name)
    ledger = books.enter(env, sample)
    started = perf_counter()
    lines = books.enter_lines(env, sample, ledger)
    env.cr.flush()
    seconds = perf_counter() - started
    found = judge.widget(lines, sample, ledger)
    forget(env)
    return {"cases": {case: one.to_json() for case, one in found.items()}, "seconds": seconds}


def speed(env, number):
    """Return what a line costs that the widget reconciles, its creation included or not."""
    sample = simple.sample(number)
    ledger = books.enter(env, sample)
    env.cr.commit()
    books.enter_lines(env, simple.first(sample, 3), ledger)
    forget(env)
    create = "widget: create the lines, it reconciles them by itself"
    costs = [measure(env, create, number, books.enter_lines, env, sample, ledger)]
    done = env["account.bank.statement.line"].browse(ledger.lines.values())
    assert all(done.mapped("is_reconciled")), "the widget reconciles every easy line"
    forget(env)
    lines = unmatched(env, sample, ledger)
    label = "widget: validate the item chosen on its screen"
    costs.append(measure(env, label, number, by_hand, env, sample, ledger, lines))
    costs.append(measure(env, "widget: undo", number, undo, lines))
    forget(env)
    return costs


def unmatched(env, sample, ledger):
    """Create the lines with labels that the widget finds nothing for."""
    lines = [simple.relabelled(line, f"card {line.id}") for line in sample.ctx.lines]
    return books.enter_lines(env, sample, ledger, lines)


def by_hand(env, sample, ledger, lines):
    """Choose the document and validate, line by line."""
    for line, item in zip(lines, simple.items(env, sample, ledger), strict=True):
        line.add_account_move_line_id = item
        line._onchange_add_account_move_line_id()
        line.reconcile_bank_line()
    assert all(lines.mapped("is_reconciled")), "every line is reconciled"


def undo(lines):
    for line in lines:
        line.unreconcile_bank_line()
