from odoo import Command
from odoo.tests import new_test_user, tagged

from .common import RECEIVABLES, STOCK, InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoiceCompanies(InvoicingCommon):
    """Two companies, three currencies, the customer's language, and who may see what."""

    def drafted(self, *orders):
        self.work()
        return self.env["sale.order"].union(*orders).invoice_ids.sorted("id")

    def other_company(self):
        data = self.setup_other_company(name="Second company")
        self.env.user.company_ids += data["company"]
        return data

    def order_in(self, data, product):
        company = data["company"]
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        order = (
            env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": self.azure.id,
                    "company_id": company.id,
                    "order_line": [
                        Command.create(
                            {"product_id": product.id, "product_uom_qty": 2, "tax_ids": []}
                        )
                    ],
                }
            )
        )
        order.action_confirm()
        return order

    def test_each_company_by_its_own_rules(self):
        data = self.other_company()
        company = data["company"]
        product = self.new_product("Bench", 70.0, property_account_income_id=False)
        company.ai_invoice_date_policy = "today"
        self.policy_of("post", company).write({"mode": "automatic", "max_amount": 10000})
        mine = self.order((self.desk, 1))
        self.deliver(mine, date="2026-03-18")
        theirs = self.order_in(data, product)
        self.deliver(theirs, date="2026-03-18")
        self.work()
        self.assertEqual(mine.invoice_ids.company_id, self.company)
        self.assertEqual(mine.invoice_ids.state, "draft")
        self.assertEqual(theirs.invoice_ids.company_id, company)
        self.assertEqual(theirs.invoice_ids.state, "posted")
        self.assertEqual(theirs.invoice_ids.journal_id, data["default_journal_sale"])
        stranger = new_test_user(
            self.env,
            "ar_stranger",
            f"{RECEIVABLES},{STOCK}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        seen = self.env["ai.audit.log"].with_user(stranger).search([]).company_id
        self.assertEqual(seen, company)

    def test_three_currencies_at_the_rate_of_the_day_of_delivery(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-10", 4.0)])
        pound = self.setup_other_currency("GBP", rates=[("2026-01-01", 0.5), ("2026-03-20", 0.8)])
        expected = {self.company.currency_id: 100.0, euro: 25.0, pound: 200.0}
        for currency, company_amount in expected.items():
            pricelist = self.env["product.pricelist"].create(
                {"name": currency.name, "currency_id": currency.id}
            )
            order = self.order((self.desk, 1, 100.0), pricelist_id=pricelist.id)
            self.deliver(order, date="2026-03-18")
            invoice = self.drafted(order)
            self.assertEqual(invoice.currency_id, currency)
            self.assertEqual(invoice.amount_total, 100.0)
            self.assertAlmostEqual(invoice.amount_total_signed, company_amount)
            log = invoice.ai_suggestion_id
            self.assertAlmostEqual(log.amount, company_amount)
            log.with_user(self.clerk).action_apply()
            self.assertEqual(log.state, "applied", log.error)
            receivable = invoice.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            self.assertAlmostEqual(receivable.balance, company_amount)

    def test_the_invoice_speaks_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.desk.with_context(lang="fr_FR").name = "Bureau"
        self.azure.lang = "fr_FR"
        order = self.order((self.desk, 1))
        self.deliver(order)
        invoice = self.drafted(order)
        self.assertIn("Bureau", invoice.invoice_line_ids.name)
        company_language = {reason["text"] for reason in invoice.ai_suggestion_id.reasons}
        self.assertIn("delivered as ordered", company_language)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_a_warehouse_worker_validates_and_the_invoice_comes(self):
        order = self.order((self.desk, 1))
        picking = order.picking_ids.with_user(self.picker)
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(len(self.drafted(order)), 1)

    def test_a_clerk_without_rights_on_stock_sees_and_decides(self):
        order = self.order((self.desk, 1))
        self.deliver(order)
        invoice = self.drafted(order)
        clerk = invoice.with_user(self.approver)
        self.assertTrue(clerk.ai_suggestion_id)
        self.assertIn("Desk", clerk.ai_comparison)
        self.assertEqual(clerk.ai_picking_count, 1)
        clerk.action_ai_approve()
        self.assertEqual(invoice.state, "posted", invoice.ai_suggestion_id.error)
        self.assertEqual(order.with_user(self.approver).ai_applied_log_id.state, "applied")

    def test_a_warehouse_worker_cannot_post(self):
        order = self.order((self.desk, 1))
        self.deliver(order)
        invoice = self.drafted(order)
        self.picker.group_ids += self.env.ref("ai_audit_log.group_ai_user")
        log = invoice.ai_suggestion_id
        rows = (
            self.env["ai.audit.log"]
            .with_user(self.picker)
            .search([("res_model", "=", "account.move"), ("res_id", "=", invoice.id)])
        )
        if rows:
            rows.action_apply()
        self.assertEqual((log.state, invoice.state), ("proposed", "draft"))

    def test_the_service_user_is_no_administrator(self):
        for group in (
            "base.group_system",
            "account.group_account_manager",
            "base.group_erp_manager",
        ):
            self.assertFalse(self.service.has_group(group), group)
