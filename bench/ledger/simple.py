"""Lines for stop-watches: easy ones that the widget matches too, and very many; how to time."""

import gc
import statistics
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

from odoo.addons.ai_bank_reconcile.engine import matcher

from bench.bank import cases
from bench.bank.books import Shape, open_books
from bench.bank.samples import HARD, ORDINARY, file_of
from bench.bank.truth import Truth


def sample(number):
    """Return books in which each line names its one document and payer, and nothing else."""
    shape = Shape(partners=number // 2 + 20, suppliers=0.0, recurring=0.0)
    books = open_books(0, shape)
    items = [item for mine in books.unpaid.values() for item in mine][:number]
    names = {partner.id: partner.name for partner in books.partners}
    for item in items:
        truth = Truth("easy", {item.id: item.residual})
        day = item.date_maturity
        books.write(item.residual, item.number, names[item.partner_id], day, truth)
    return books.sample()


def items(env, sample, ledger):
    """Return the open item that each line of :func:`sample` pays, in the order of the lines."""
    ids = [ledger.items[next(iter(sample.truths[line.id].parts))] for line in sample.ctx.lines]
    return env["account.move.line"].browse(ids)


def first(sample, number):
    """Return ``sample`` with its first lines only."""
    return replace(sample, ctx=replace(sample.ctx, lines=sample.ctx.lines[:number]))


def relabelled(line, label):
    """Return a line that says something else."""
    return replace(line, label=label)


def many(number, open_items):
    """Return ``number`` lines, half of them hard, and about ``open_items`` documents."""
    shape = Shape(partners=open_items * 2 // 11 + 10, open_items=(1, 10), hard=0.4, recurring=0.05)
    mix = {case: ORDINARY.get(case, 0) + HARD.get(case, 0) for case in {**ORDINARY, **HARD}}
    # Registered payments are left out: Odoo takes long to make them, the engine no longer.
    mix = {case: weight for case, weight in mix.items() if case.__module__ == cases.__name__}
    ordered = dict(sorted(mix.items(), key=lambda pair: pair[0].__name__))
    return file_of(7, shape, ordered, number)


# ----------------------------------------------------------------------
# Timing with memory
# ----------------------------------------------------------------------


def timed(label, lines, work, *args, rounds=1):
    """Return ``(label, lines, seconds, processor seconds, peak MiB)``; the median of rounds."""
    return kept(label, lines, work, *args, rounds=rounds)[1]


def kept(label, lines, work, *args, rounds=1):
    """Return what ``work(*args)`` returned last, and its row as :func:`timed`."""
    seconds, cpu = [], []
    gc.collect()
    before = peak(reset=True)
    for _round in range(rounds):
        busy, started = process_time(), perf_counter()
        result = work(*args)
        seconds.append(perf_counter() - started)
        cpu.append(process_time() - busy)
    more = peak() - before
    return result, (label, lines, statistics.median(seconds), statistics.median(cpu), more)


def engine(contexts):
    for part in contexts:
        matcher.propose(part)


def peak(reset=False):
    """Return the MiB this process used at most since the last reset, where Linux tells it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
