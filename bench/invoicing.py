"""Invoices from validated deliveries: ours beside Odoo's own ways, on the same deliveries."""

import resource

from odoo import Command

from bench.stopwatch import forget, measure

#: What makes Odoo's own invoicing fastest: so many orders in one call, dated before posting.
BATCH = 50
CUSTOMERS = 40
LINES = 3
ONE_BY_ONE = 100
TARGET = 1.2


def run(env, say, table, number=1000):
    """Print what ``number`` delivered orders cost until their invoices are posted.

    Odoo's own ways are measured first and undone; then ours does the same deliveries for good.
    """
    orders = delivered(env, number)
    # A person with rights of their own, as ours runs under a user with the least of them.
    person = env.ref("base.user_admin")
    theirs = orders.with_user(person).with_context(allowed_company_ids=orders.company_id.ids)
    some = theirs[:ONE_BY_ONE]
    one_by_one(some[:2])  # fills Odoo's own caches
    forget(env)
    costs = [measure(env, "Odoo: create and post one by one", len(some), one_by_one, some)]
    forget(env)
    costs.append(
        measure(env, f"Odoo: the best batched way, {BATCH} at once", number, batched, theirs)
    )
    amount = sum(orders.invoice_ids.mapped("amount_total"))
    forget(env)
    tidy(env)
    before = memory()
    nightly = env["ai.invoice.nightly"].sudo()
    outbox = env["ai.finance.outbox"].sudo()
    parts = [
        measure(env, "ours: nightly action finds and suggests", number, nightly._run),
        measure(env, "ours: work queue drafts and posts", number, outbox._cron_drain),
    ]
    grown = memory() - before
    costs += [*parts, together(parts)]
    check(orders, amount)
    table(f"Invoices of {number} delivered orders, {LINES} lines each, created and posted", costs)
    verdict(say, costs, grown)


def one_by_one(orders):
    for order in orders:
        order._create_invoices(final=True).action_post()


def batched(orders):
    for start in range(0, len(orders), BATCH):
        invoices = orders[start : start + BATCH]._create_invoices(grouped=True, final=True)
        invoices.invoice_date = orders.env.cr.now().date()
        invoices.action_post()


def together(parts):
    first, *rest = parts
    return type(first)(
        "ours: all of it, log, gate and chatter included",
        first.rows,
        first.seconds + sum(part.seconds for part in rest),
        first.cpu + sum(part.cpu for part in rest),
        first.queries + sum(part.queries for part in rest),
    )


def tidy(env):
    """Leave no rows of what was undone, as the server does by itself in the hours between.

    Else the database plans for empty tables, and walks through the dead rows again and again.
    """
    env.cr.commit()
    connection = env.cr._cnx
    connection.autocommit = True
    try:
        env.cr.execute("VACUUM ANALYZE")
    finally:
        connection.autocommit = False


def check(orders, amount):
    """Whatever is fast must also be right: the same invoices, each posted, each once."""
    orders.invalidate_recordset()
    invoices = orders.invoice_ids
    assert len(invoices) == len(orders), f"{len(invoices)} invoices of {len(orders)} orders"
    assert set(invoices.mapped("state")) == {"posted"}, invoices.mapped("state")
    ours = sum(invoices.mapped("amount_total"))
    assert abs(ours - amount) < 0.005, f"{ours} instead of {amount}"


def verdict(say, costs, grown):
    alone, best, *_parts, ours = costs
    ratio = ours.cpu_ms_per_row / best.cpu_ms_per_row
    gain = alone.cpu_ms_per_row / ours.cpu_ms_per_row
    word = "met" if ratio <= TARGET else "MISSED"
    say(
        f"By processor time ours takes {ratio:.2f} times the best batched way (target {TARGET}: "
        f"{word}) and is {gain:.1f} times as fast as one by one. "
        f"{ours.queries / ours.rows:.0f} queries an invoice. "
        f"Memory grew by {grown:.0f} MiB over {ours.rows:,} invoices.\n"
    )


def memory():
    """Return the largest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def delivered(env, number):
    """Make and validate ``number`` deliveries nothing was invoiced of, and commit."""
    env = env(context={**env.context, "tracking_disable": True})
    if not env.company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", env.company)
    policy = policies(env)
    policy["invoice.delivery"].mode = policy["invoice.order"].mode = "off"
    products = env["product.product"].create(
        [
            {
                "name": f"Bench {n}",
                "type": "consu",
                "is_storable": True,
                "invoice_policy": "delivery",
                "list_price": 10.0 + n,
            }
            for n in range(10)
        ]
    )
    customers = env["res.partner"].create([{"name": f"Customer {n:02}"} for n in range(CUSTOMERS)])
    orders = env["sale.order"]
    for start in range(0, number, BATCH):
        orders |= deliver(env, customers, products, range(start, min(start + BATCH, number)))
        env.cr.commit()
    policy["invoice.delivery"].mode = policy["invoice.order"].mode = "suggest"
    policy["invoice.post"].write({"mode": "automatic", "max_amount": 10_000_000})
    # Statistics as a database in use has them: without, the planner reads whole tables.
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return orders.with_context(tracking_disable=False)


def policies(env):
    found = env["ai.finance.policy"].search(
        [("company_id", "=", env.company.id), ("task_id.code", "like", "invoice.")]
    )
    return {policy.task_id.code: policy for policy in found}


def deliver(env, customers, products, numbers):
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customers[n % CUSTOMERS].id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": products[(n + line) % len(products)].id,
                            "product_uom_qty": 1 + line,
                        }
                    )
                    for line in range(LINES)
                ],
            }
            for n in numbers
        ]
    )
    orders.action_confirm()
    pickings = orders.picking_ids
    for move in pickings.move_ids:
        move.quantity = move.product_uom_qty
    pickings.move_ids.picked = True
    pickings.with_context(skip_backorder=True, skip_sms=True).button_validate()
    return orders
