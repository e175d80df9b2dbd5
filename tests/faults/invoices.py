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


def on_peppol(env):
    """Let the company of :func:`make` and all its waiting invoices go by Peppol's demo mode."""
    belgium, company = env.ref("base.be"), env.company
    env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
    company.write(
        {
            "country_id": belgium.id,
            "vat": "BE0477472701",
            "street": "Rue 1",
            "city": "Namur",
            "peppol_eas": "0208",
            "peppol_endpoint": "0477472701",
            "account_peppol_proxy_state": "receiver",
        }
    )
    key = env["certificate.key"]._generate_rsa_private_key(company, name="demo")
    env["account_edi_proxy_client.user"].create(
        {
            "id_client": "demo",
            "company_id": company.id,
            "proxy_type": "peppol",
            "edi_mode": "demo",
            "edi_identification": "0208:0477472701",
            "refresh_token": "demo",
            "private_key_id": key.id,
        }
    )
    sendings = env["ai.invoice.sending"].search([("state", "=", "waiting")])
    sendings.write({"channel": "peppol"})
    tax = env["account.tax"].search([("type_tax_use", "=", "sale")], limit=1)
    for partner in sendings.partner_id:
        partner.write(
            {
                "country_id": belgium.id,
                "street": "Rue 2",
                "city": "Namur",
                "vat": "BE0202239951",
                "is_company": True,
                "peppol_eas": "0208",
                "peppol_endpoint": "2718281828",
                "invoice_edi_format": "ubl_bis3",
            }
        )
        partner.peppol_verification_state = "valid"
    for move in sendings.move_id:
        move.with_context(ai_no_suggestions=True).button_draft()
        move.invoice_line_ids.tax_ids = tax
        move.with_context(ai_no_suggestions=True).action_post()
        move.ai_sending_ids.document_checksum = move._ai_document_checksum()
    env["ir.cron"].search([("id", "!=", env.ref("ai_ar_invoicing.cron_send").id)]).active = False
    env["ir.cron.trigger"].search([]).unlink()


def _customers(env, number):
    return env["res.partner"].create(
        [
            {"name": f"Customer {n:03} Ltd", "email": f"customer{n:03}@example.com"}
            for n in range(number)
        ]
    )
