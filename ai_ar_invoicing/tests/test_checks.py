from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from .checks_common import ChecksCommon


@freeze_time("2026-11-21")
@tagged("post_install", "-at_install")
class TestChecks(ChecksCommon):
    """What the panel says about an invoice."""

    def test_an_invoice_in_order_passes(self):
        self.assertEqual(self.found(self.invoice()), {})

    def test_what_the_customer_lacks_is_named_with_a_way_there(self):
        self.azure.write({"city": False, "country_id": False, "email": False})
        self.azure.property_payment_term_id = False
        move = self.invoice()
        self.assertEqual(self.found(move), dict.fromkeys(("address", "email", "terms"), "warning"))
        finding = self.finding(move, "address")
        self.assertIn("city, country", finding["text"])
        self.assertEqual(finding["action"], {"model": "res.partner", "id": self.azure.id})

    def test_no_bank_account_on_the_invoice(self):
        move = self.invoice(partner_bank_id=False)
        self.assertEqual(self.found(move), {"bank_account": "warning"})

    def test_a_vat_number_in_a_wrong_form_is_found_by_cores_rules(self):
        belgium = self.env.ref("base.be")
        self.azure.with_context(no_vat_validation=True).write(
            {"country_id": belgium.id, "vat": "BE0477472702"}
        )
        self.assertEqual(self.found(self.invoice())["vat_format"], "warning")
        self.azure.vat = "BE0477472701"
        self.assertNotIn("vat_format", self.found(self.invoice(date="2026-11-19")))

    def test_a_fiscal_position_that_needs_a_number_blocks_without_one(self):
        position = self.env["account.fiscal.position"].create(
            {"name": "Intra-Community", "vat_required": True, "company_id": self.company.id}
        )
        self.azure.property_account_position_id = position
        self.assertEqual(self.found(self.invoice())["vat_required"], "blocking")

    def test_the_ship_to_decides_the_fiscal_position_and_a_click_mends_it(self):
        belgium = self.env.ref("base.be")
        tax = self.company_data["default_tax_sale"]
        export = self.env["account.fiscal.position"].create(
            {
                "name": "Export",
                "auto_apply": True,
                "country_id": belgium.id,
                "company_id": self.company.id,
            }
        )
        free = tax.copy(
            {
                "name": "Free",
                "amount": 0,
                "fiscal_position_ids": [Command.set(export.ids)],
                "original_tax_ids": [Command.set(tax.ids)],
            }
        )
        self.desk.taxes_id = tax
        shop = self.env["res.partner"].create(
            {"name": "Shop", "parent_id": self.azure.id, "type": "delivery"}
        )
        shop.country_id = belgium
        move = self.invoice(fiscal_position_id=False, partner_shipping_id=shop.id)
        move.fiscal_position_id = False
        move.invoice_line_ids.tax_ids = tax
        self.assertEqual(self.found(move), {"fiscal_position": "warning"})
        finding = self.finding(move, "fiscal_position")
        self.assertIn("Export", finding["text"])
        move.with_user(self.clerk).action_ai_mend(finding["action"]["mend"])
        self.assertEqual(move.fiscal_position_id, export)
        self.assertEqual(move.invoice_line_ids.tax_ids, free)
        self.assertEqual(self.found(move), {})

    def test_other_taxes_than_the_product_has_are_found_and_mended(self):
        tax = self.company_data["default_tax_sale"]
        self.desk.taxes_id = tax
        move = self.invoice()
        self.assertEqual(self.found(move), {"taxes": "warning"})
        move.action_ai_mend("taxes")
        self.assertEqual(move.invoice_line_ids.tax_ids, tax)
        self.assertEqual(self.found(move), {})

    def test_a_date_ahead_and_a_closed_period(self):
        self.assertEqual(self.found(self.invoice(date="2026-11-22")), {"date": "warning"})
        move = self.invoice(date="2026-10-30")
        with self.locked_until("2026-10-31"):
            self.assertIn("closed up to", self.finding(move, "date")["text"])

    def test_a_currency_rate_has_to_be_there_and_fresh(self):
        gold = self.env["res.currency"].create({"name": "GLD", "symbol": "G"})
        move = self.invoice(currency_id=gold.id)
        self.assertEqual(self.found(move), {"rate_missing": "blocking"})
        rate = self.env["res.currency.rate"].create(
            {
                "currency_id": gold.id,
                "name": "2026-11-01",
                "rate": 2.0,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(set(self.found(move)), {"rate_age", "rate_differs", "price_list"})
        rate.name = "2026-11-19"
        move.action_ai_mend("rate_differs")
        move.invoice_line_ids.price_unit = 200.0
        self.assertEqual(self.found(move), {})
        self.assertEqual(move.invoice_currency_rate, 2.0)

    def test_a_price_off_the_pricelist_is_found_on_an_invoice_without_an_order(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Partners",
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "item_ids": [
                    Command.create(
                        {"compute_price": "fixed", "fixed_price": 80.0, "min_quantity": 10}
                    )
                ],
            }
        )
        self.azure.property_product_pricelist = pricelist
        dear = self.invoice((self.desk, 10, 100.0))
        few = self.invoice((self.desk, 9, 100.0), date="2026-11-01")
        self.assertEqual(self.found(dear), {"price_list": "warning"})
        self.assertIn("80.00", self.finding(dear, "price_list")["text"])
        self.assertEqual(self.found(few), {})

    def test_prices_and_quantities_are_compared_with_order_and_delivery(self):
        order = self.order((self.desk, 10, 90.0))
        self.deliver(order, {self.desk: 8})
        move = order._create_invoices()
        self.assertEqual(self.found(move), {"short_delivery": "warning"})
        move.invoice_line_ids.write({"quantity": 9, "price_unit": 95.0})
        self.assertEqual(
            self.found(move),
            {"price_order": "warning", "quantity": "blocking", "short_delivery": "warning"},
        )

    def test_a_unit_of_its_own_is_no_other_price(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.order((self.desk, 24, 10.0))
        self.deliver(order)
        move = order._create_invoices()
        move.invoice_line_ids.write(
            {"product_uom_id": dozen.id, "quantity": 2, "price_unit": 120.0}
        )
        self.assertEqual(self.found(move), {})

    def test_the_same_invoice_twice_blocks_and_the_other_is_named(self):
        first = self.invoice(post=True)
        second = self.invoice()
        self.assertEqual(self.found(second), {"duplicate": "blocking"})
        finding = self.finding(second, "duplicate")
        self.assertIn(first.name, finding["text"])
        self.assertEqual(finding["action"], {"model": "account.move", "id": first.id})
        later = self.invoice(date="2026-11-15", partner=self.wood, post=True)
        near = self.invoice(date="2026-11-18", partner=self.wood)
        self.assertEqual(self.found(near), {"duplicate_near": "warning"})
        self.assertTrue(later.name in self.finding(near, "duplicate_near")["text"])

    def test_two_deliveries_of_one_day_and_amount_are_no_duplicate(self):
        moves = []
        for _number in range(2):
            order = self.order((self.desk, 1))
            self.deliver(order)
            moves.append(order._create_invoices())
        moves[0].action_post()
        moves[1].invoice_date = moves[0].invoice_date
        self.assertEqual(self.found(moves[1]), {})

    def test_an_invoice_taken_back_may_be_made_again(self):
        first = self.invoice(post=True)
        first._reverse_moves([{"invoice_date": first.invoice_date}], cancel=True)
        self.assertEqual(self.found(self.invoice()), {})

    def test_the_credit_limit_is_cores(self):
        self.company.account_use_credit_limit = True
        self.azure.credit_limit = 50.0
        move = self.invoice()
        self.assertEqual(self.found(move), {"credit": "warning"})
        self.assertIn("credit limit", self.finding(move, "credit")["text"])

    def test_an_unusual_amount(self):
        for number in range(9):
            day = fields.Date.to_date("2026-01-10") + timedelta(days=30 * number)
            self.invoice((self.desk, 1, 100.0 + number), date=day, post=True)
        move = self.invoice((self.lamp, 400, 25.0))
        self.assertEqual(self.found(move), {"amount": "warning"})

    def test_what_the_customer_may_dispute(self):
        for number in range(5):
            day = fields.Date.to_date("2026-01-10") + timedelta(days=30 * number)
            self.invoice((self.desk, 1, 80.0 + number), date=day, ref=f"PO{number}", post=True)
        order = self.order((self.desk, 2, 100.0), commitment_date="2026-11-01")
        self.deliver(order, {self.desk: 1}, date="2026-11-20")
        move = order._create_invoices()
        expected = ("short_delivery", "price_rise", "late_delivery", "reference")
        self.assertEqual(self.found(move), dict.fromkeys(expected, "warning"))
        self.assertIn("84.00", self.finding(move, "price_rise")["text"])
        move.ref = "PO 77"
        self.assertNotIn("reference", self.found(move))

    def test_a_credit_note_and_a_vendor_bill(self):
        refund = self.invoice(move_type="out_refund")
        self.assertEqual(refund.ai_checks["level"], "ok")
        bill = self.invoice(move_type="in_invoice")
        self.assertFalse(bill.ai_checks)

    def test_a_posted_invoice_of_anybody_has_its_checks(self):
        self.azure.email = False
        self.assertEqual(self.found(self.invoice(post=True)), {"email": "warning"})

    def test_the_goods_of_a_category_without_accounts(self):
        category = self.env["product.category"].create(
            {"name": "New", "property_valuation": "real_time"}
        )
        self.desk.categ_id = category
        category.property_stock_valuation_account_id = False
        self.company.account_stock_valuation_id = False
        finding = self.finding(self.invoice(), "accounts")
        self.assertIn("stock valuation", finding["text"])
        self.assertEqual(finding["action"], {"model": "product.category", "id": category.id})
