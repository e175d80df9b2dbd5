"""Invoices that wait to be sent, and a mail server; ``make(env, ...)`` runs in Odoo's shell."""

#: Server actions that let a session reach what the scheduled action and approvals call.
ACTIONS = {
    "send": "env['ai.invoice.sending.worker']._cron_send()",
    "wake": "env['ai.invoice.sending']._wake()",
}


def make(env, port, number):
    """Post ``number`` invoices, put them on the queue, and print their ids.

    :param port: of a mail server on loopback
    """
    env["account.chart.template"].try_loading("generic_coa", env.company)
    cron = env.ref("ai_ar_invoicing.cron_send")
    env["ir.cron"].search([("id", "!=", cron.id)]).active = False
    env["ir.config_parameter"].set_param("report.print_delay", "1")
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {
            "name": "Loopback",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_encryption": "none",
        }
    )
    moves = env["account.move"].browse()
    for customer in _customers(env, number):
        moves |= env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [(0, 0, {"name": "Goods", "price_unit": 100, "tax_ids": []})],
            }
        )
    moves.with_context(ai_no_suggestions=True).action_post()
    model = env.ref("account.model_account_move")
    env["ir.actions.server"].create(
        [
            {"name": f"sending test: {name}", "model_id": model.id, "state": "code", "code": code}
            for name, code in ACTIONS.items()
        ]
    )
    admin = env.ref("base.user_admin")
    admin.group_ids = [(4, env.ref("account.group_account_manager").id)]
    moves.with_user(admin).action_ai_suggest_sending()
    moves.with_user(admin).action_ai_send_approve()
    env["ir.cron.trigger"].search([]).unlink()


def _customers(env, number):
    return env["res.partner"].create(
        [
            {"name": f"Customer {n:03} Ltd", "email": f"customer{n:03}@example.com"}
            for n in range(number)
        ]
    )
