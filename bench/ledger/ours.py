"""Our matching in Odoo: right or wrong, how fast it books, how fast it proposes."""

import os
import random
from time import perf_counter

from bench.bank import samples
from bench.bank.books import Shape
from bench.ledger import books, judge, simple
from bench.stopwatch import forget, measure
from tests.faults import company

SETS = {
    "ordinary": (Shape(partners=115, recurring=0.04), samples.ORDINARY),
    "hard": (Shape(partners=115, hard=0.8, recurring=0.08), samples.HARD),
}
LINES = 300
PAIRS = 100


def sample_of(name):
    """Return the made-up books of a set: 300 lines against about 600 open documents."""
    shape, mix = SETS[name]
    return samples.file_of(11, shape, mix, LINES)


def user_env(env):
    """Return the environment of a person who matches bank lines in a browser."""
    person = env["res.users"].search([("login", "=", company.PEOPLE[0])])
    return env(
        user=person,
        su=False,
        context={"allowed_company_ids": person.company_ids.ids, "lang": "en_US"},
    )


# ----------------------------------------------------------------------
# Right or wrong
# ----------------------------------------------------------------------


def accuracy(env, name):
    """Suggest for a set, book what automatic mode would, compare the books with the truth.

    :return: JSON-ready: counts by case, and what the comparison found; nothing is committed
    """
    sample = sample_of(name)
    ledger = books.enter(env, sample)
    mine = user_env(env)
    started = perf_counter()
    lines = books.enter_lines(env, sample, ledger).with_env(mine)
    lines.action_ai_suggest()
    env.cr.flush()
    seconds = perf_counter() - started
    found = judge.ours(mine, sample, ledger)
    result = {case: tally.to_json() for case, tally in found.items()}
    compared, more = booked(env, sample, ledger, lines)
    forget(env)
    return {
        "cases": result,
        "open_items": len(sample.ctx.items),
        "ledger": compared,
        "seconds": seconds + more,
    }


def booked(env, sample, ledger, lines):
    before = judge.open_amounts(env, ledger)
    eligible = lines.ai_suggestion_id.filtered("auto_eligible")
    started = perf_counter()
    eligible.action_apply()
    env.cr.flush()
    seconds = perf_counter() - started
    env.invalidate_all()
    applied = eligible.filtered(lambda log: log.state == "applied")
    by_record = {record: number for number, record in ledger.lines.items()}
    numbers = [by_record[log.res_id] for log in applied]
    off = judge.differences(before, judge.open_amounts(env, ledger), sample, numbers)
    applied.action_undo()
    env.cr.flush()
    env.invalidate_all()
    restored = judge.open_amounts(env, ledger) == before
    return {
        "chosen": len(eligible),
        "booked": len(applied),
        "documents": len(before),
        "different": len(off),
        "off_by": str(sum(map(abs, off.values()), 0)),
        "restored": restored,
    }, seconds


# ----------------------------------------------------------------------
# Booking
# ----------------------------------------------------------------------


def booking(env, number):
    """Measure what a line costs from import to ledger, in ways that lead to the same books.

    :param number: bank lines; each pays one document whose number is its whole label
    :return: costs, each the median or only round of its step; the last step stays committed
    """
    sample = simple.sample(number)
    ledger = books.enter(env, sample)
    env.cr.commit()
    mine, costs = user_env(env), []
    costs.append(
        measure(env, "create the bank lines (core)", number, books.enter_lines, env, sample, ledger)
    )
    env.cr.commit()
    records = mine["account.bank.statement.line"].browse(ledger.lines.values())
    costs += core(env, sample, ledger, records)
    records[:5].action_ai_suggest()
    forget(env)
    costs.append(measure(mine, "suggest (button)", number, records.action_ai_suggest))
    env.cr.commit()
    warm_up(records)
    few = records[:PAIRS]
    costs.append(measure(mine, "approve 100 (button)", PAIRS, committed, few.action_ai_approve))
    costs.append(measure(mine, "undo 100 (button)", PAIRS, committed, few.action_ai_undo))
    rest = records[PAIRS:]
    label = f"approve {len(rest)} in one click"
    costs.append(measure(mine, label, len(rest), committed, rest.action_ai_approve))
    assert all(rest.mapped("is_reconciled")), "every line is booked"
    return costs


def warm_up(records):
    records[-3:].action_ai_approve()
    forget(records.env)


def committed(work):
    """Do ``work`` and commit, as a click does."""

    def both():
        work()
        work.__self__.env.cr.commit()

    return both()


def core(env, sample, ledger, records):
    """What core costs for the same lines: one by one, and all of 100 in one plan."""
    records = records.with_env(env)
    pairs = list(zip(records, simple.items(env, sample, ledger), strict=True))
    one_by_one(pairs[-3:])
    forget(env)
    few = 20
    costs = [measure(env, "core, one by one", few, one_by_one, pairs[:few])]
    forget(env)
    costs.append(measure(env, "core, 100 in one plan", PAIRS, one_plan, pairs[:PAIRS]))
    forget(env)
    return costs


def one_by_one(pairs):
    for line, item in pairs:
        line.partner_id = item.partner_id
        suspense = line._seek_for_lines()[1]
        suspense.account_id = item.account_id
        (suspense + item).reconcile()


def one_plan(pairs):
    """Partner and account in as few writes as core allows, then one plan (see README.md)."""
    context = {"skip_account_move_synchronization": True, "skip_readonly_check": True}
    every = []
    for line, item in pairs:
        suspense = line._seek_for_lines()[1]
        for records in (line, line.move_id, line.move_id.line_ids):
            records.with_context(**context).write({"partner_id": item.partner_id.id})
        every.append(suspense)
    every[0].union(*every).write({"account_id": pairs[0][1].account_id.id})
    pairs[0][1]._reconcile_plan(
        [own + item for own, (_line, item) in zip(every, pairs, strict=True)]
    )


# ----------------------------------------------------------------------
# Proposing against many open items
# ----------------------------------------------------------------------


def proposing(env, number, open_items):
    """Measure suggestions for ``number`` lines against ``open_items`` documents, and for one.

    :return: list of ``(label, lines, seconds, processor seconds, peak MiB)``
    """
    sample = simple.many(number, open_items)
    ledger = books.enter(env, sample)
    lines = books.enter_lines(env, sample, ledger)
    env.cr.commit()
    mine = user_env(env)
    lines = lines.with_env(mine)
    lines[-2:].action_ai_suggest()
    forget(env)
    rows = [simple.timed("one line, by the button", 1, single, lines, rounds=5)]
    sizes = (1_000, 3_000, 10_000) if os.environ.get("FULL") else (number,)
    for size in sizes:
        some = lines[: min(size, number)]
        context, row = simple.kept("reading", len(some), mine["ai.bank.context"]._read, some)
        rows.append(row)
        rows.append(simple.timed("engine", len(some), simple.engine, context))
        del context
        rows.append(simple.timed("button: all, written out", len(some), button, some))
        forget(env)
    return len(ledger.items), rows


def single(lines):
    line = lines[random.randrange(len(lines))]
    line.env.invalidate_all()
    line.action_ai_suggest()
    line.env.cr.flush()
    forget(line.env)


def button(lines):
    lines.env.invalidate_all()
    lines.action_ai_suggest()
    lines.env.cr.flush()
