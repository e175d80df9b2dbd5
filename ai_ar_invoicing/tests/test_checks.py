from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import RECEIVABLES, InvoicingCommon

COMPLETE = {
    "street": "4557 De Silva St",
    "city": "Fremont",
    "zip": "94538",
    "email": "azure@example.com",
}


class ChecksCommon(InvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        country = cls.company.account_fiscal_country_id
        cls.terms = cls.env.ref("account.account_payment_term_30days")
        for partner in cls.azure | cls.wood:
            partner.write(
                {
                    **COMPLETE,
                    "country_id": country.id,
                    "property_payment_term_id": cls.terms.id,
                }
            )
        cls.env["res.partner.bank"].create(
            {"partner_id": cls.company.partner_id.id, "acc_number": "BE15001559627230"}
        )
        cls.income = cls.company_data["default_account_revenue"]
        cls.other_income = cls.income.copy({"code": "400990", "name": "Other Sales"})

    @classmethod
    def invoice(cls, *lines, partner=None, date="2026-11-20", post=False, **values):
        """Return an invoice of ``(product, quantity, price)`` lines without an order."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.azure).id,
                "company_id": cls.company.id,
                "invoice_date": date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in lines or [(cls.desk, 1, 100.0)]
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def found(self, move):
        """Return ``{check: level}`` of the checks that found something, as the panel shows."""
        move.invalidate_recordset(["ai_checks"])
        return {
            check["code"]: check["level"]
            for group in move.ai_checks["groups"]
            for check in group["checks"]
            if check["findings"]
        }

    def finding(self, move, code):
        move.invalidate_recordset(["ai_checks"])
        checks = [check for group in move.ai_checks["groups"] for check in group["checks"]]
        [check] = [check for check in checks if check["code"] == code]
        return check["findings"][0]

    def set_check(self, code, level, limit=None):
        settings = self.env["ai.invoice.check.setting"]
        settings._complete(self.company)
        setting = settings.search([("company_id", "=", self.company.id), ("code", "=", code)])
        setting.write({"level": level, **({} if limit is None else {"limit": limit})})
        return setting


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


@freeze_time("2026-11-21")
@tagged("post_install", "-at_install")
class TestChecksAtWork(ChecksCommon):
    """Levels, posting, the nightly run, companies and rights."""

    def check_drafts(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice_checks").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_company_sets_level_and_limit(self):
        self.azure.email = False
        move = self.invoice()
        self.set_check("email", "blocking")
        self.assertEqual(self.found(move), {"email": "blocking"})
        self.set_check("email", "off")
        self.assertEqual(self.found(move), {})

    def test_a_change_of_a_check_is_an_event(self):
        setting = self.set_check("email", "off")
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event.data["check"], "email")
        self.assertEqual(event.data["new"]["level"], "off")
        self.assertEqual(event.company_id, setting.company_id)

    def test_what_blocks_is_handed_to_who_posts_by_itself(self):
        self.invoice(post=True)
        blocked, free = self.invoice(), self.invoice(partner=self.wood)
        reasons = (blocked + free)._ai_blocking_checks()
        self.assertEqual(list(reasons), [blocked])
        [reason] = reasons[blocked]
        self.assertEqual(reason["code"], "check_duplicate")
        self.assertTrue(reason["text"])

    def test_a_blocking_check_leaves_posting_by_hand_alone_unless_the_company_says_so(self):
        self.invoice(post=True)
        move = self.invoice()
        self.company.ai_check_stops_posting = True
        with self.assertRaisesRegex(UserError, "same customer, amount and date"):
            move.with_user(self.clerk).action_post()
        with self.assertRaises(UserError):
            # What a browser may send does not open the door.
            move.with_user(self.clerk).with_context(ai_post_anyway=True).action_post()
        self.company.ai_check_stops_posting = False
        move.with_user(self.clerk).action_post()
        self.assertEqual(move.state, "posted")

    def test_an_approver_posts_anyway_with_a_reason_that_is_kept(self):
        self.invoice(post=True)
        move = self.invoice()
        self.company.ai_check_stops_posting = True
        values = {"move_id": move.id, "reason": "Two desks on one day"}
        wizard = self.env["ai.invoice.check.override"]
        with self.assertRaises(AccessError):
            wizard.with_user(self.clerk).create(values)
        wizard.with_user(self.approver).create(values).action_post()
        self.assertEqual(move.state, "posted")
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "override")])
        self.assertEqual((event.user_id, event.note), (self.approver, values["reason"]))
        self.assertEqual(event.data["checks"][0]["code"], "check_duplicate")
        self.assertIn(values["reason"], move.message_ids[0].body)

    def test_the_column_is_filled_after_each_change_and_every_night(self):
        move = self.invoice()
        self.check_drafts()
        self.assertEqual(move.ai_check_level, "ok")
        self.azure.email = False
        self.check_drafts()
        self.assertEqual(move.ai_check_level, "ok", "looked at today already")
        move.ref = "changed"
        self.check_drafts()
        self.assertEqual(move.ai_check_level, "warning")
        self.azure.email = "azure@example.com"
        with freeze_time("2026-11-22"):
            self.check_drafts()
        self.assertEqual(move.ai_check_level, "ok")
        self.assertIn(
            move, self.env["account.move"].search([("ai_check_level", "in", ["ok", "blocking"])])
        )

    def test_many_invoices_cost_as_many_queries_as_few(self):
        partners = self.env["res.partner"].create(
            [
                {
                    **COMPLETE,
                    "name": f"Customer {number}",
                    "zip": str(number),
                    "country_id": self.env.ref("base.be").id,
                    "vat": "BE0477472701",
                }
                for number in range(50)
            ]
        )
        orders = [self.order((self.desk, 1), partner=partner) for partner in partners]
        for order in orders:
            self.deliver(order)
        moves = self.env["sale.order"].union(*orders)._create_invoices(grouped=True)
        by_hand = [
            self.invoice((self.desk, number + 1, 100.0), partner=partner)
            for number, partner in enumerate(partners)
        ]
        few = moves[:5].ids + [one.id for one in by_hand[:5]]
        many = moves.ids + [one.id for one in by_hand]
        cost = {}
        for name, ids in (("few", few), ("many", many), ("again", few)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["ai.invoice.check"]._levels(self.env["account.move"].browse(ids))
            cost[name] = self.env.cr.sql_log_count - before
        self.assertLessEqual(cost["many"], cost["again"] + 5, cost)

    def test_each_company_has_its_own_settings_and_history(self):
        other = self.setup_other_company()["company"]
        self.env["ai.invoice.check.setting"]._complete(self.company | other)
        here = self.set_check("address", "blocking")
        there = self.env["ai.invoice.check.setting"].search(
            [("company_id", "=", other.id), ("code", "=", "address")]
        )
        self.assertEqual((here.level, there.level), ("blocking", "warning"))
        self.assertTrue(here.with_user(self.clerk).has_access("read"))
        self.assertFalse(here.with_user(self.clerk).has_access("write"))
        self.assertFalse(there.with_user(self.clerk).has_access("read"))
        self.invoice(post=True)
        elsewhere = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": other.id,
                "partner_id": self.azure.id,
                "invoice_date": "2026-11-20",
                "invoice_line_ids": [
                    Command.create({"name": "x", "quantity": 1, "price_unit": 100.0})
                ],
            }
        )
        elsewhere.invoice_line_ids.tax_ids = False
        self.assertNotIn("duplicate", self.found(elsewhere))

    def test_who_may_invoice_but_not_look_into_the_warehouse_sees_the_checks(self):
        biller = new_test_user(
            self.env,
            "biller",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        order = self.order((self.desk, 10), commitment_date="2026-11-01")
        self.deliver(order, {self.desk: 8}, date="2026-11-20")
        move = order._create_invoices()
        self.env.invalidate_all()
        found = self.found(move.with_user(biller))
        self.assertEqual(found, dict.fromkeys(("short_delivery", "late_delivery"), "warning"))

    def test_the_words_are_those_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.azure.email = False
        move = self.invoice(date="2026-11-22")
        text = self.finding(move.with_context(lang="fr_FR"), "date")["text"]
        self.assertIn("22/11/2026", text)

    # ------------------------------------------------------------------
    # The registry of VAT numbers
    # ------------------------------------------------------------------

    def look_up(self, answer):
        path = "odoo.addons.ai_ar_invoicing.models.ai_invoice_check_registry.check_vies"
        with patch(path, **answer) as asked, self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_vat_registry").method_direct_trigger()
        self.env.invalidate_all()
        return asked.call_count

    def test_numbers_are_looked_up_only_where_the_company_wants_it_and_the_answer_is_kept(self):
        self.azure.write({"country_id": self.env.ref("base.be").id, "vat": "BE0477472701"})
        move = self.invoice()
        unknown = {"return_value": {"valid": False}}
        self.assertEqual(self.look_up(unknown), 0)
        self.company.ai_invoice_vies = True
        self.assertNotIn("vat_registry", self.found(move))
        self.assertEqual(self.look_up(unknown), 1)
        self.assertEqual(self.found(move)["vat_registry"], "warning")
        self.assertIn("11/21/2026", self.finding(move, "vat_registry")["text"])
        self.assertEqual(self.look_up(unknown), 0)

    def test_a_registry_that_is_not_reached_stands_in_nobodys_way(self):
        self.azure.write({"country_id": self.env.ref("base.be").id, "vat": "BE0477472701"})
        self.company.ai_invoice_vies = True
        move = self.invoice()
        self.assertEqual(self.look_up({"side_effect": OSError("offline")}), 1)
        self.assertNotIn("vat_registry", self.found(move))
        with freeze_time("2026-11-22"):
            self.assertEqual(self.look_up({"return_value": {"valid": True}}), 1)
        self.assertEqual(
            self.env["ai.invoice.check.registry"].search([]).mapped("state"), ["valid"]
        )

    def test_the_registry_is_read_by_receivables_and_written_by_nobody(self):
        registry = self.env["ai.invoice.check.registry"]
        self.assertFalse(registry.has_access("create"))
        row = registry.sudo().create(
            {"number": "BE0477472701", "state": "valid", "date": "2026-11-21"}
        )
        self.assertTrue(row.with_user(self.clerk).has_access("read"))
        self.assertFalse(row.with_user(self.clerk).has_access("write"))
        self.assertFalse(row.with_user(self.picker).has_access("read"))

    def test_only_receivables_users_read_the_settings_and_clerks_work_with_them(self):
        self.assertTrue(self.clerk.has_group(RECEIVABLES))
        move = self.invoice().with_user(self.clerk)
        self.assertEqual(move.ai_checks["level"], "ok")
