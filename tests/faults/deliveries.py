"""Delivered orders nothing was invoiced of, made inside Odoo's shell, and what is right of them."""

import json

#: Server actions that let a session reach what hooks, workers and people call, with their model.
ACTIONS = {
    "queue": ("stock.picking", "env['ai.finance.outbox']._enqueue('invoice.delivery', records)"),
    "drain": ("stock.picking", "env['ai.finance.outbox']._cron_drain()"),
    "button": ("stock.picking", "records.action_ai_draft_invoices()"),
    "by_hand": (
        "sale.order",
        "records.with_context(raise_if_nothing_to_invoice=False)._create_invoices(final=True)",
    ),
}


def make(env, number=24, batch_size=4, delivered=True):
    """Deliver ``number`` orders; print their ids, those of the deliveries and of the actions.

    :param delivered: else the goods only lie ready, and the server works on its own
    """
    env = env(context={**env.context, "tracking_disable": True})
    env["account.chart.template"].try_loading("generic_coa", env.company)
    outbox = env.ref("ai_audit_log.cron_outbox")
    env["ir.cron"].search([("id", "!=", outbox.id)]).active = False
    outbox.active = not delivered  # only who the test sends works
    tasks = env["ai.finance.task.type"].search([("code", "like", "invoice.")])
    tasks.batch_size = batch_size
    policies = env["ai.finance.policy"].search([("task_id", "in", tasks.ids)])
    policies.mode = "off"
    product = env["product.product"].create(
        {"name": "Desk", "type": "consu", "is_storable": True, "invoice_policy": "delivery"}
    )
    customer = env["res.partner"].create({"name": "Customer Ltd"})
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": 1 + n, "price_unit": 10})
                ],
            }
            for n in range(number)
        ]
    )
    orders.action_confirm()
    for move in orders.picking_ids.move_ids:
        move.write({"quantity": move.product_uom_qty, "picked": True})
    if delivered:
        orders.picking_ids.with_context(skip_backorder=True, skip_sms=True).button_validate()
    policies.mode = "suggest"
    actions = {name: _action(env, name, *what).id for name, what in ACTIONS.items()}
    pickings = [order.picking_ids.id for order in orders]
    print(json.dumps({"orders": orders.ids, "pickings": pickings, "actions": actions}))  # noqa: T201


def _action(env, name, model, code):
    return env["ir.actions.server"].create(
        {
            "name": f"fault test: {name}",
            "model_id": env["ir.model"]._get(model).id,
            "state": "code",
            "code": code,
        }
    )


def wrong_lines(books):
    """Order lines of which not exactly the delivered quantity is on invoices."""
    return books.rows("""
        SELECT line.order_id, line.qty_delivered, COALESCE(sum(item.quantity), 0)
        FROM sale_order_line line
        LEFT JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
        LEFT JOIN account_move_line item ON item.id = rel.invoice_line_id
            AND item.parent_state != 'cancel'
        GROUP BY line.id HAVING COALESCE(sum(item.quantity), 0) != line.qty_delivered
    """)


def drafts_without_suggestion(books):
    """Drafts of ours that nobody is asked about, or that are asked about twice."""
    return books.rows("""
        SELECT move.id, count(log.id) FROM account_move move
        LEFT JOIN ai_audit_log log ON log.res_model = 'account.move' AND log.res_id = move.id
            AND log.state = 'proposed'
        WHERE move.ai_generated AND move.state = 'draft'
        GROUP BY move.id HAVING count(log.id) != 1
    """)
