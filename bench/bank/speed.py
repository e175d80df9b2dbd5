"""Time and memory of the engine against 50,000 open items: ``python -m bench.bank.speed``."""

import gc
import platform
import random
import resource
from time import perf_counter, process_time

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext
from odoo.addons.ai_bank_reconcile.engine.matcher import propose

from .books import Shape
from .samples import HARD, ORDINARY, file_of

ITEMS = 50_000
SIZES = (1_000, 3_000, 10_000)


def context() -> MatchContext:
    """Return 10,000 lines, half of them hard, and 50,000 open items."""
    shape = Shape(partners=9_000, open_items=(1, 10), hard=0.4, recurring=0.05)
    mix = {case: ORDINARY.get(case, 0) + HARD.get(case, 0) for case in {**ORDINARY, **HARD}}
    ctx = file_of(7, shape, mix, SIZES[-1]).ctx
    return MatchContext(
        ctx.lines,
        ctx.items[:ITEMS],
        ctx.parties,
        settled=ctx.settled,
        tolerances=ctx.tolerances,
        accounts=ctx.accounts,
    )


def with_lines(ctx: MatchContext, lines) -> MatchContext:
    """Return the context with other lines."""
    values = {name: getattr(ctx, name) for name in MatchContext.__slots__}
    return MatchContext(**{**values, "lines": tuple(lines)})


def megabytes() -> float:
    """Return the most memory the process has used so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if platform.system() == "Linux" else 1024 * 1024)


def timed(ctx: MatchContext) -> tuple[float, float]:
    """Return the seconds one run of the engine takes, and those of the processor."""
    gc.collect()
    start, busy = perf_counter(), process_time()
    propose(ctx)
    return perf_counter() - start, process_time() - busy


def main() -> None:
    """Print the table; processor seconds do not count the waiting on a busy machine."""
    ctx = context()
    before = megabytes()
    items = len(ctx.items)
    print(f"{items:,} open items, {len(ctx.parties):,} partners; {before:.0f} MiB hold the input\n")
    print(
        "| lines | seconds | of processor | ms a line | peak MiB of the engine | of the process |"
    )
    print("|---:|---:|---:|---:|---:|---:|")
    rng = random.Random(1)
    one = [timed(with_lines(ctx, [line])) for line in rng.sample(ctx.lines, 7)]
    row("1 (median of 7)", 1, *sorted(one)[len(one) // 2], before)
    for size in SIZES:
        row(f"{size:,}", size, *timed(with_lines(ctx, ctx.lines[:size])), before)


def row(name: str, size: int, seconds: float, busy: float, before: float) -> None:
    """Print one line of the table."""
    peak = megabytes()
    print(
        f"| {name} | {seconds:.2f} | {busy:.2f} | {seconds / size * 1000:.2f} | "
        f"{peak - before:.0f} | {peak:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
