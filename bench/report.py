"""All figures in one run, printed as tables; starts with ``make bench``, see README.md."""

import os
import platform

from odoo.release import version

from bench import bank_ledger, evidence, invoicing, work_queue
from bench.ledger import widget as community
from tests.faults import company

VERIFY_SECONDS = 10


def run(env, lines=2000, rows=100_000):
    """Make a company with ``lines`` payable invoices and measure; the database is thrown away.

    :param lines: bank lines that go through engine and work queue
    :param rows: rows of the log to seal and verify
    """
    company.make(env, invoices=lines)
    env.cr.commit()
    say(f"# Bench\n\n{machine(env)}\n")
    person = env["res.users"].search([("login", "=", company.PEOPLE[0])])
    context = {"allowed_company_ids": person.company_ids.ids, "lang": "en_US"}
    mine = env(user=person, su=False, context=context)
    paying = mine["account.bank.statement.line"].search([("payment_ref", "like", "INV/%")])
    table(f"Suggestions for {lines} bank lines", work_queue.throughput(mine, paying))
    sample = env["ai.audit.log"].search([("state", "=", "proposed")], limit=1)
    with_and_without(evidence.logging(env, sample, min(lines, rows)))
    if "ai.audit.seal" in env:
        chain(*evidence.chain(env, sample, rows))


def widget(env, figures):
    """Measure the community widget, which is installed in this database; write ``figures``."""
    community.run(env, figures)


def bank(env, figures):
    """Print bank matching in Odoo's books, next to the widget's ``figures`` where there are any."""
    say(f"# Bank matching\n\n{machine(env)}\n")
    bank_ledger.run(env, say, table, figures)


def invoices(env, number=1000):
    """Print what invoices of delivered orders cost, next to Odoo's own ways."""
    say(f"# Invoices from deliveries\n\n{machine(env)}\n")
    invoicing.run(env, say, table, number)


def with_and_without(costs):
    table("Rows logged with and without evidence (median of 3 rounds)", costs)
    bare, full = costs[1], costs[-1]
    extra = full.cpu_ms_per_row - bare.cpu_ms_per_row
    say(f"Evidence adds {extra:.2f} ms of processor time to {bare.cpu_ms_per_row:.2f} ms a row.\n")


def chain(costs, found):
    table(f"Chain of {costs[-1].rows:,} rows", costs)
    seconds = costs[-1].seconds
    verdict = "met" if seconds < VERIFY_SECONDS else "MISSED"
    if found.get("broken"):
        verdict = "NOT MEASURED, it stopped at a broken row"
    say(f"Verify said: {found}. Target under {VERIFY_SECONDS} s: {verdict} ({seconds:.1f} s).\n")


def machine(env):
    env.cr.execute("SHOW server_version")
    [[postgres]] = env.cr.fetchall()
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores ({platform.machine()}), Odoo {version}, PostgreSQL {postgres.split()[0]}, "
        f"Python {platform.python_version()}, one process; "
        f"load average at the start {os.getloadavg()[0]:.1f} (busy machines measure slow)"
    )


def table(title, costs):
    say(f"## {title}\n")
    say("| step | rows | seconds | rows a second | CPU ms a row | queries per 1,000 rows |")
    say("|---|---:|---:|---:|---:|---:|")
    # A run told to do less may have steps with nothing to do.
    for cost in filter(lambda one: one.rows, costs):
        say(
            f"| {cost.label} | {cost.rows:,} | {cost.seconds:.2f} | "
            f"{cost.rows_per_second:,.0f} | {cost.cpu_ms_per_row:.2f} | "
            f"{cost.queries_per_thousand:,.0f} |"
        )
    say("")


def say(text):
    print(text, flush=True)  # noqa: T201
