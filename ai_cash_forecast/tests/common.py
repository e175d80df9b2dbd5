from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

CASH = "ai_cash_forecast.group_cash_user"


class CashCommon(AccountTestInvoicingCommon):
    """A company with a bank, two customers, a vendor; nothing has happened yet."""

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        return (
            groups
            | cls.quick_ref("sales_team.group_sale_manager")
            | cls.quick_ref("purchase.group_purchase_manager")
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.company.write({"ai_cash_draws": 400, "ai_cash_floor": 1000.0})
        cls.bank = cls.company_data["default_journal_bank"]
        cls.azure = cls.env["res.partner"].create({"name": "Azure Interior", "is_company": True})
        cls.wood = cls.env["res.partner"].create({"name": "Wood Corner", "is_company": True})
        cls.gemini = cls.env["res.partner"].create({"name": "Gemini Parts", "is_company": True})
        cls.desk = cls.env["product.product"].create(
            {
                "name": "Desk",
                "type": "consu",
                "list_price": 100.0,
                "invoice_policy": "order",
                "purchase_method": "purchase",
                "taxes_id": [Command.clear()],
                "supplier_taxes_id": [Command.clear()],
            }
        )
        cls.today = fields.Date.today()
        cls.Forecast = cls.env["ai.cash.forecast"].with_context(allowed_company_ids=cls.company.ids)
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.cashier = new_test_user(cls.env, "cash_user", CASH, **own)
        cls.stranger = new_test_user(
            cls.env, "cash_stranger", "sales_team.group_sale_manager", **own
        )
        cls.auditor = new_test_user(cls.env, "cash_auditor", "ai_audit_log.group_ai_auditor", **own)

    # ------------------------------------------------------------------
    # What happens in a company
    # ------------------------------------------------------------------

    @classmethod
    def day(cls, days):
        return cls.today + timedelta(days=days)

    @classmethod
    def invoice(cls, amount, partner=None, kind="out_invoice", days=0, due=30, post=True, **values):
        """Return an invoice of one line without tax, made ``days`` from today."""
        move = cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (partner or cls.azure).id,
                "invoice_date": cls.day(days),
                "date": cls.day(days),
                "invoice_date_due": cls.day(days + due),
                "invoice_payment_term_id": False,
                "company_id": cls.company.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Goods", "price_unit": amount, "tax_ids": [Command.clear()]}
                    )
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def bank_line(cls, amount, days=0, partner=None, label="Transfer"):
        return cls.env["account.bank.statement.line"].create(
            {
                "journal_id": cls.bank.id,
                "amount": amount,
                "date": cls.day(days),
                "payment_ref": label,
                "partner_id": partner.id if partner else False,
            }
        )

    @classmethod
    def match(cls, line, *moves):
        """Match a bank line with open items, as the bank screen does."""
        partner = moves[0].partner_id if moves else line.partner_id
        line.partner_id = partner
        _liquidity, suspense, _other = line.with_context(
            skip_account_move_synchronization=True
        )._seek_for_lines()
        items = cls.env["account.move.line"]
        for move in moves:
            items |= move.line_ids.filtered(
                lambda one: (
                    one.account_type in ("asset_receivable", "liability_payable")
                    and not one.reconciled
                )
            )
        suspense.account_id = items.account_id
        (suspense + items).reconcile()

    @classmethod
    def pay(cls, move, days, amount=None):
        """Pay an invoice or bill through the bank on a day, matched."""
        sign = 1 if move.is_inbound() else -1
        line = cls.bank_line(sign * (amount or move.amount_residual), days, move.partner_id)
        cls.match(line, move)
        return line

    @classmethod
    def order(cls, quantity, price=100.0, partner=None, confirm=True, **values):
        order = cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.azure).id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.desk.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def purchase(cls, quantity, price=100.0, partner=None):
        order = cls.env["purchase.order"].create(
            {
                "partner_id": (partner or cls.gemini).id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.desk.id,
                            "product_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        return order

    # ------------------------------------------------------------------
    # The forecast
    # ------------------------------------------------------------------

    @classmethod
    def forecast(cls, companies=None):
        """Return the current draft, computed now."""
        forecast = cls.Forecast._current(companies or cls.company)
        forecast.action_refresh()
        return forecast

    def total(self, forecast, *kinds):
        """Return what the lines of these kinds (all but balances) bring in all."""
        lines = forecast.line_ids.filtered(
            lambda one: one.kind in kinds if kinds else one.kind not in ("bank", "new_business")
        )
        return round(sum(lines.mapped("amount")), 2)
