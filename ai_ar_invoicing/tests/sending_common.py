import json
from contextlib import ExitStack, contextmanager
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo import SUPERUSER_ID, Command, api
from odoo.tools import mute_logger

from tests.support.smtp_server import SmtpServer

from .common import InvoicingCommon


class SendingCommon(InvoicingCommon):
    """Posted invoices, customers with and without addresses, and a mail server on loopback."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.azure.write({"email": "azure@example.com", "street": "Main 1", "city": "Fremont"})
        cls.policy = cls.policy_of("send")
        cls.policy.mode = "suggest"
        cls.worker = cls.env["ai.invoice.sending.worker"]

    @classmethod
    def invoice(cls, partner=None, amount=100.0, post=True, **values):
        """Return an invoice of one line without tax."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.azure).id,
                "invoice_date": "2026-11-02",
                "company_id": cls.company.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Desk",
                            "product_id": cls.desk.id,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def suggest(self, move, user=None):
        """Suggest to send ``move`` and return the suggestion."""
        move.with_user(user or self.clerk).action_ai_suggest_sending()
        return move.ai_send_log_id

    def approve(self, move, user=None):
        """Suggest and approve; return the row of the queue."""
        self.suggest(move, user)
        move.with_user(user or self.clerk).action_ai_send_approve()
        self.env.invalidate_all()
        return move.ai_sending_ids[:1]

    def send(self, **context):
        """Do what the worker does, on a cursor of its own that may commit."""
        self.env.flush_all()
        with ExitStack() as stack:
            if not type(self)._registry_patched:
                stack.enter_context(self.enter_registry_test_mode())
            cursor = stack.enter_context(self.registry.cursor())
            env = api.Environment(cursor, SUPERUSER_ID, context)
            env["ai.invoice.sending.worker"]._cron_send()
        self.env.invalidate_all()

    @contextmanager
    def mail_server(self):
        """A real mail server, and Odoo allowed to talk to it."""
        with SmtpServer() as server:
            self.env["ir.mail_server"].search([]).active = False
            self.env["ir.mail_server"].create(
                {
                    "name": "Loopback",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": server.port,
                    "smtp_encryption": "none",
                }
            )
            mail_servers = self.env.registry["ir.mail_server"]
            with patch.object(mail_servers, "_disable_send", lambda *_args: False):
                yield server

    @classmethod
    def payment_provider(cls):
        """Let customers of the company pay online."""
        provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.company.id)], limit=1
        ) or cls.env.ref("payment.payment_provider_demo").copy({"company_id": cls.company.id})
        provider.write(
            {
                "state": "test",
                "is_published": True,
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        )
        provider.payment_method_ids.active = True
        return provider

    # ------------------------------------------------------------------
    # What customers do in the portal; of tests with a browser
    # ------------------------------------------------------------------

    def path(self, link):
        parts = urlsplit(link)
        return f"{parts.path}?{parts.query}"

    def page(self, link):
        return self.url_open(self.path(link)).text

    def transaction(self, route, amount, token, **values):
        """Ask for a transaction, as the payment form does; return the answer."""
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.provider.payment_method_ids[:1].id,
            "token_id": None,
            "amount": amount,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/my/invoices",
            "access_token": token,
            **values,
        }
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        with mute_logger("odoo.http"):
            return self.url_open(route, data=body, headers=headers).json()
