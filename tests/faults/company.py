"""A company with people, open invoices and bank lines, made inside Odoo's shell.

``make(env, ...)`` runs in Odoo; ``prepare(database, ...)`` starts the shell that runs it.
"""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Logins, also their passwords. Both work on bank lines; the administrator has every role.
PEOPLE = ("anna", "ben")
CUSTOMERS = 40
#: Server actions that let a session reach what hooks and scheduled actions call.
ACTIONS = {
    "queue": "env['ai.finance.outbox']._enqueue('bank.match', records)",
    "drain": "env['ai.finance.outbox']._cron_drain()",
    "seal": "env['ai.audit.chain']._seal(env.company)",
    "wake": "env['ai.finance.outbox']._wake()",
}


def prepare(database, **numbers):
    """Make the company in ``database`` and commit; ``numbers`` as in :func:`make`."""
    call = ", ".join(f"{name}={number}" for name, number in numbers.items())
    run_in_shell(database, f"company.make(env, {call}); env.cr.commit()")


def run_in_shell(database, code):
    """Run ``code`` in Odoo's shell, with ``env`` and this module; return the JSON it printed last.

    :raises RuntimeError: with the end of the output when the script failed
    """
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tests.faults import company\n"
    done = subprocess.run(
        [str(ROOT / "scripts" / "shell.sh"), database],
        input=script + code + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the script failed in Odoo's shell:\n{done.stderr[-4000:]}")
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else None


# ----------------------------------------------------------------------
# Inside Odoo
# ----------------------------------------------------------------------


def make(env, invoices=0, unpaid=0, unknown=0, claim_timeout=2):
    """Set the company up.

    :param invoices: how many open invoices, each with the bank line that pays it
    :param unpaid: how many more open invoices, that no bank line pays
    :param unknown: how many bank lines nothing fits to
    :param claim_timeout: seconds after which rows of a dead worker come back
    """
    env = env(context={**env.context, "tracking_disable": True, "ai_no_suggestions": True})
    env["account.chart.template"].try_loading("generic_coa", env.company)
    _only_the_work_queue(env)
    _people(env)
    _actions(env)
    parameter = "ai_audit_log.claim_timeout_seconds"
    env["ir.config_parameter"].set_param(parameter, str(claim_timeout))
    moves = open_invoices(env, invoices + unpaid)[:invoices]
    bank_lines(env, [(move.name, move.amount_total, move.partner_id.name) for move in moves])
    bank_lines(env, [(f"card payment {number}", -7.0 - number, "") for number in range(unknown)])


def twins(env, number):
    """Add ``number`` customers with two invoices of one amount each, and a line that names neither.

    The engine cannot decide between the two; where a model is connected, it is asked.
    """
    env = env(context={**env.context, "tracking_disable": True, "ai_no_suggestions": True})
    customers = env["res.partner"].create([{"name": f"Twin {n:03} Ltd"} for n in range(number)])
    line = {"name": "Goods", "tax_ids": []}
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_date": "2026-03-02",
                "ref": ref,
                "invoice_line_ids": [(0, 0, {**line, "price_unit": 5000 + n * 1.01})],
            }
            for n, customer in enumerate(customers)
            for ref in ("tractor parts", "fence posts")
        ]
    )
    moves.action_post()
    payers = [(move.amount_total, move.partner_id.name) for move in moves[::2]]
    bank_lines(env, [("twin payment fence posts", amount, name) for amount, name in payers])


def connect_model(env, base_url, **values):
    """Connect a model at ``base_url`` for all tasks of the company."""
    provider = env["ai.finance.provider"].create(
        {"name": "Model of the test", "model": "demo-stand-in", "base_url": base_url, **values}
    )
    env.company.ai_provider_id = provider


def open_invoices(env, number):
    """Create posted invoices of one line; every amount occurs once."""
    customers = env["res.partner"].search([("ref", "like", "FAULT%")], order="id")
    if not customers:
        customers = env["res.partner"].create(
            [{"name": f"Customer {n:03} Ltd", "ref": f"FAULT{n}"} for n in range(CUSTOMERS)]
        )
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": customers[n % CUSTOMERS].id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    (0, 0, {"name": "Goods", "price_unit": 100 + n * 1.01, "tax_ids": []})
                ],
            }
            for n in range(number)
        ]
    )
    moves.action_post()
    return moves


def bank_lines(env, texts):
    """Create bank lines from ``(label, amount, payer)`` that no hook has queued."""
    journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
    return env["account.bank.statement.line"].create(
        [
            {
                "journal_id": journal.id,
                "date": "2026-03-20",
                "payment_ref": label,
                "amount": amount,
                "partner_name": payer,
            }
            for label, amount, payer in texts
        ]
    )


def _only_the_work_queue(env):
    """Archive the other scheduled actions, so that the tests alone decide who works when."""
    queue = env.ref("ai_audit_log.cron_outbox")
    env["ir.cron"].search([("id", "!=", queue.id)]).active = False


def _people(env):
    bank_user = env.ref("ai_bank_reconcile.group_bank_user")
    env["res.users"].create(
        [
            {"name": login, "login": login, "password": login, "group_ids": [(6, 0, bank_user.ids)]}
            for login in PEOPLE
        ]
    )
    accountant = env.ref("account.group_account_manager")
    env.ref("base.user_admin").write({"group_ids": [(4, accountant.id)]})


def _actions(env):
    model = env.ref("account.model_account_bank_statement_line")
    env["ir.actions.server"].create(
        [
            {"name": f"fault test: {name}", "model_id": model.id, "state": "code", "code": code}
            for name, code in ACTIONS.items()
        ]
    )
