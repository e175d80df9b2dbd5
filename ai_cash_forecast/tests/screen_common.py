from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class CashScreenCommon(AccountTestInvoicingCommon):
    """A company with money in the bank, an invoice that comes late and a bill that is too large."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.bank = cls.company_data["default_journal_bank"]
        cls.today = fields.Date.context_today(cls.env.user)
        cls.azure = cls.env["res.partner"].create({"name": "Azure Interior"})
        cls.lumber = cls.env["res.partner"].create({"name": "Lumber Inc"})
        cls.company.write({"ai_cash_floor": 8000.0, "ai_cash_new_business": False})
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.cashier = new_test_user(
            cls.env, "cashier", "ai_cash_forecast.group_cash_user", password="cashier", **own
        )
        cls.auditor = new_test_user(
            cls.env, "cash_auditor", "ai_audit_log.group_ai_auditor", password="cash_auditor", **own
        )

    @classmethod
    def money(cls, amount, days_ago=60):
        """Book an amount that is in the bank for good."""
        equity = cls.env["account.account"].search(
            [("account_type", "=", "equity"), ("company_ids", "=", cls.company.id)], limit=1
        )
        return (
            cls.env["account.bank.statement.line"]
            .with_context(ai_no_suggestions=True)
            .create(
                {
                    "journal_id": cls.bank.id,
                    "date": cls.today - timedelta(days=days_ago),
                    "payment_ref": "Opening",
                    "amount": amount,
                    "counterpart_account_id": equity.id,
                }
            )
        )

    @classmethod
    def document(cls, partner, amount, days_ago=40, due_in=-10, move_type="out_invoice"):
        """Return a posted document without tax."""
        day = cls.today - timedelta(days=days_ago)
        move = (
            cls.env["account.move"]
            .with_context(ai_no_suggestions=True)
            .create(
                {
                    "move_type": move_type,
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "date": day,
                    "invoice_payment_term_id": False,
                    "invoice_date_due": cls.today + timedelta(days=due_in),
                    "invoice_line_ids": [
                        Command.create({"name": "Goods", "price_unit": amount, "tax_ids": []})
                    ],
                }
            )
        )
        move.action_post()
        return move

    @classmethod
    def short_company(cls):
        """Let the company run short in the second week; return its forecast."""
        cls.money(10000.0)
        cls.document(cls.azure, 9100.0)
        cls.document(cls.lumber, 12500.0, due_in=6, move_type="in_invoice")
        forecast = cls.env["ai.cash.forecast"].with_user(cls.cashier)._current(cls.company)
        cls.env["ai.cash.closing"]._suggest(forecast, "button")
        return forecast
