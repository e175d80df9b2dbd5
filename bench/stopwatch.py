"""What a step costs: seconds, processor time and SQL queries, inside Odoo."""

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """One line of the report."""

    label: str
    rows: int
    seconds: float
    #: Processor seconds of Odoo and its database connection: hardly more on a busy machine.
    cpu: float
    queries: int

    @property
    def rows_per_second(self):
        return self.rows / self.seconds

    @property
    def cpu_ms_per_row(self):
        return 1000 * self.cpu / self.rows

    @property
    def queries_per_thousand(self):
        return 1000 * self.queries / self.rows


def measure(env, label, rows, work, *args):
    """Do ``work(*args)``, which is about ``rows`` records, and write out what it left in memory."""
    env.cr.flush()
    env.invalidate_all()
    queries, cpu, started = env.cr.sql_log_count, cpu_seconds(env), time.perf_counter()
    work(*args)
    env.cr.flush()
    seconds = time.perf_counter() - started
    queries = env.cr.sql_log_count - queries
    return Cost(label, rows, seconds, cpu_seconds(env) - cpu, queries)


def cpu_seconds(env):
    """Processor time so far of this process and, on the same machine, of the database's."""
    env.cr.execute("SELECT pg_backend_pid()")
    [[pid]] = env.cr.fetchall()
    seconds = time.process_time()
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        seconds += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return seconds


def median(costs):
    """Return one cost for several rounds of the same step."""
    middle = statistics.median_low(cost.cpu for cost in costs)
    return next(cost for cost in costs if cost.cpu == middle)


def forget(env):
    """Undo all that was done since the last commit."""
    env.cr.rollback()
    env.transaction.clear()
