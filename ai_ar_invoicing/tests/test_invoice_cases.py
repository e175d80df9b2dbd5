from odoo import fields
from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoiceCases(InvoicingCommon):
    """Each kind of order and delivery comes to the invoice Odoo would make of it."""

    def codes(self, reasons):
        return {reason["code"] for reason in reasons or ()}

    def drafted(self, *orders):
        self.work()
        return self.env["sale.order"].union(*orders).invoice_ids.sorted("id")

    # ------------------------------------------------------------------
    # Quantities
    # ------------------------------------------------------------------

    def test_short_shipment_goes_to_a_person_with_the_comparison(self):
        self.policies["post"].write({"mode": "automatic", "max_amount": 100000})
        order = self.order((self.desk, 10))
        self.deliver(order, {self.desk: 8}, backorder=False)
        invoice = self.drafted(order)
        log = invoice.ai_suggestion_id
        self.assertEqual((invoice.state, log.state), ("draft", "proposed"))
        self.assertIn("short", self.codes(log.vetoes))
        [row] = log.proposal["lines"]
        figures = [row[name] for name in ("ordered", "delivered", "invoiced", "now")]
        self.assertEqual([float(figure) for figure in figures], [10, 8, 0, 8])
        self.assertIn(
            "<td class='text-end text-warning-emphasis fw-bold'>8 ", invoice.ai_comparison
        )

    def test_within_tolerance_is_nobodys_business(self):
        self.company.ai_invoice_tolerance_percent = 0.2
        self.policies["post"].write({"mode": "automatic", "max_amount": 100000})
        order = self.order((self.desk, 10))
        self.deliver(order, {self.desk: 8}, backorder=False)
        self.assertEqual(self.drafted(order).state, "posted")

    def test_over_delivery_is_invoiced_as_delivered_and_reviewed(self):
        order = self.order((self.desk, 10))
        self.deliver(order, {self.desk: 12})
        invoice = self.drafted(order)
        self.assertEqual(invoice.invoice_line_ids.quantity, 12)
        self.assertIn("over", self.codes(invoice.ai_suggestion_id.vetoes))

    def test_goods_added_at_delivery(self):
        order = self.order((self.desk, 2))
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 2, "picked": True})
        self.env["stock.move"].create(
            {
                "product_id": self.lamp.id,
                "product_uom_qty": 1,
                "quantity": 1,
                "picked": True,
                "picking_id": picking.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        picking.with_context(skip_backorder=True).button_validate()
        invoice = self.drafted(order)
        self.assertEqual(invoice.amount_untaxed, 225.0)
        self.assertIn("over", self.codes(invoice.ai_suggestion_id.vetoes))

    def test_another_unit_of_measure(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.order((self.lamp, 2), confirm=False)
        order.order_line.write({"product_uom_id": dozen.id, "price_unit": 300.0})
        order.action_confirm()
        self.deliver(order)
        invoice = self.drafted(order)
        line = invoice.invoice_line_ids
        self.assertEqual((line.quantity, line.product_uom_id), (2, dozen))
        self.assertFalse(invoice.ai_suggestion_id.vetoes)

    # ------------------------------------------------------------------
    # Returns
    # ------------------------------------------------------------------

    def test_a_return_to_be_refunded_becomes_a_credit_note_draft(self):
        for mode in ("delivery", "post"):
            self.policies[mode].write({"mode": "automatic", "max_amount": 100000})
        order = self.order((self.desk, 10))
        picking = self.deliver(order)
        invoice = self.drafted(order)
        self.assertEqual(invoice.state, "posted")
        returned = self.take_back(picking, {self.desk: 3})
        credit_note = self.drafted(order) - invoice
        self.assertEqual(credit_note.move_type, "out_refund")
        self.assertEqual(credit_note.amount_untaxed, 300.0)
        self.assertEqual(credit_note.ai_picking_ids, returned)
        self.assertEqual(credit_note.state, "draft", "never posted without a person")
        log = credit_note.ai_suggestion_id
        self.assertIn("credit_note", self.codes(log.vetoes))
        log.with_user(self.clerk).action_apply()
        self.assertEqual(credit_note.state, "posted", log.error)
        self.assertEqual(order.order_line.qty_invoiced, 7)

    def test_a_return_for_exchange_changes_nothing(self):
        order = self.order((self.desk, 10))
        picking = self.deliver(order)
        invoice = self.drafted(order)
        self.take_back(picking, {self.desk: 3}, to_refund=False)
        self.assertEqual(self.drafted(order), invoice)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_returns_before_invoicing_are_netted(self):
        self.policies["delivery"].mode = "off"
        order = self.order((self.desk, 10))
        picking = self.deliver(order)
        self.take_back(picking, {self.desk: 4})
        self.policies["delivery"].mode = "suggest"
        order.action_ai_draft_invoices()
        self.assertEqual(order.invoice_ids.invoice_line_ids.quantity, 6)

    # ------------------------------------------------------------------
    # Policies of products
    # ------------------------------------------------------------------

    def test_ordered_quantities_and_services_are_invoiced_at_confirmation(self):
        order = self.order((self.prepaid, 2), (self.assembly, 1))
        invoice = self.drafted(order)
        self.assertEqual(invoice.amount_untaxed, 140.0)
        self.assertEqual(invoice.ai_source, "invoice.order/1")
        self.assertIn("by_order", self.codes(invoice.ai_suggestion_id.reasons))
        self.deliver(order)
        self.assertEqual(self.drafted(order), invoice, "the delivery has nothing to add")

    def test_mixed_order_is_invoiced_in_two_steps_without_doubles(self):
        order = self.order((self.desk, 2), (self.assembly, 1))
        first = self.drafted(order)
        self.assertEqual(first.invoice_line_ids.product_id, self.assembly)
        self.deliver(order)
        second = self.drafted(order) - first
        self.assertEqual(second.invoice_line_ids.product_id, self.desk)

    def test_shipping_cost_waits_for_the_goods(self):
        carrier_product = self.new_product(
            "Shipping", 12.0, type="service", is_storable=False, invoice_policy="order"
        )
        order = self.order((self.desk, 2), (carrier_product, 1), confirm=False)
        shipping = order.order_line.filtered(lambda line: line.product_id == carrier_product)
        shipping.is_delivery = True
        order.action_confirm()
        self.assertFalse(self.drafted(order), "not the shipping cost alone")
        self.deliver(order)
        self.assertEqual(self.drafted(order).amount_untaxed, 212.0)

    def test_discount_and_reward_lines_are_taken_along(self):
        order = self.order((self.desk, 2), confirm=False)
        order.order_line.discount = 10.0
        wizard = self.env["sale.order.discount"].create(
            {"sale_order_id": order.id, "discount_type": "amount", "discount_amount": 20.0}
        )
        wizard.action_apply_discount()
        order.action_confirm()
        self.assertFalse(self.drafted(order), "a discount is not invoiced alone")
        self.deliver(order)
        invoice = self.drafted(order)
        self.assertAlmostEqual(invoice.amount_untaxed, order.amount_untaxed)
        self.assertFalse(invoice.ai_suggestion_id.vetoes)

    # ------------------------------------------------------------------
    # Down payments
    # ------------------------------------------------------------------

    def pay_down(self, order, amount):
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": amount})
        )
        invoice = wizard._create_invoices(order)
        invoice.action_post()
        return invoice

    def test_down_payment_is_deducted(self):
        order = self.order((self.desk, 10))
        paid = self.pay_down(order, 300.0)
        self.deliver(order)
        invoice = self.drafted(order) - paid
        self.assertEqual(invoice.amount_untaxed, 700.0)
        self.assertIn("down_payment", self.codes(self.drafting(order).reasons))

    def test_down_payment_larger_than_the_delivery_is_kept(self):
        order = self.order((self.desk, 10))
        paid = self.pay_down(order, 300.0)
        self.deliver(order, {self.desk: 2})
        first = self.drafted(order) - paid
        self.assertEqual((first.move_type, first.amount_untaxed), ("out_invoice", 200.0))
        self.assertIn("down_payment_later", self.codes(self.drafting(order).reasons))
        self.deliver(order)
        second = self.drafted(order) - paid - first
        self.assertEqual(second.amount_untaxed, 500.0)

    def drafting(self, order):
        """Return the latest row of drafting for deliveries of ``order``."""
        return self.env["ai.audit.log"].search(
            [("task_code", "=", "invoice.delivery"), ("res_id", "in", order.picking_ids.ids)],
            limit=1,
        )

    # ------------------------------------------------------------------
    # What core decides
    # ------------------------------------------------------------------

    def test_terms_fiscal_position_taxes_and_reference_are_those_of_the_order(self):
        tax = self.company_data["default_tax_sale"]
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        self.desk.taxes_id = tax
        order = self.order(
            (self.desk, 2),
            payment_term_id=self.pay_terms_b.id,
            fiscal_position_id=position.id,
            client_order_ref="PO-4711",
            confirm=False,
        )
        order.order_line.tax_ids = tax
        order.action_confirm()
        self.deliver(order, date="2026-03-18")
        invoice = self.drafted(order)
        self.assertEqual(invoice.invoice_payment_term_id, self.pay_terms_b)
        self.assertEqual(invoice.fiscal_position_id, position)
        self.assertEqual(invoice.ref, "PO-4711")
        self.assertEqual(invoice.amount_total, order.amount_total)
        self.assertGreater(invoice.amount_tax, 0)

    def test_the_same_as_core_makes(self):
        """Ours beside core's own button, field by field."""
        self.company.ai_invoice_texts = False
        lines = ((self.desk, 3), (self.lamp, 2.5), (self.assembly, 1))
        mine, theirs = self.order(*lines), self.order(*lines)
        self.deliver(mine)
        self.deliver(theirs)
        self.policies["delivery"].mode = self.policies["order"].mode = "off"
        core = theirs._create_invoices(final=True)
        self.policies["delivery"].mode = self.policies["order"].mode = "suggest"
        mine.action_ai_draft_invoices()
        ours = mine.invoice_ids
        names = (
            "partner_id",
            "amount_total",
            "invoice_payment_term_id",
            "journal_id",
            "currency_id",
        )
        for name in names:
            self.assertEqual(ours[name], core[name], name)
        fields_ = ("product_id", "quantity", "price_unit", "account_id", "tax_ids", "name")
        for line, other in zip(ours.invoice_line_ids, core.invoice_line_ids, strict=True):
            for name in fields_:
                self.assertEqual(line[name], other[name], name)

    def test_lots_and_serial_numbers_stand_in_the_line(self):
        tracked = self.new_product("Printer", 500.0, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": tracked.id} for name in ("SN-1", "SN-2")]
        )
        location = self.warehouse.lot_stock_id
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(tracked, location, 1, lot_id=lot)
        order = self.order((tracked, 2))
        self.deliver(order)
        text = self.drafted(order).invoice_line_ids.name
        self.assertIn("SN-1", text)
        self.assertIn("SN-2", text)

    def test_own_journal_only_where_it_is_set(self):
        usual = self.drafted(self.delivered_order())
        self.assertEqual(usual.journal_id, self.company_data["default_journal_sale"])
        journal = self.env["account.journal"].create(
            {"name": "Drafts", "code": "AIDR", "type": "sale", "company_id": self.company.id}
        )
        self.company.ai_invoice_journal_id = journal
        self.assertEqual(self.drafted(self.delivered_order()).journal_id, journal)

    def delivered_order(self, **values):
        order = self.order((self.desk, 1), **values)
        self.deliver(order)
        return order

    # ------------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------------

    def test_a_closed_period_gives_today_and_says_so(self):
        order = self.order((self.desk, 1))
        self.deliver(order, date="2026-03-18")
        self.env.flush_all()
        with self.locked_until("2026-03-31"):
            invoice = self.drafted(order)
        self.assertEqual(invoice.invoice_date, fields.Date.today())
        self.assertEqual(invoice.delivery_date, fields.Date.to_date("2026-03-18"))
        self.assertIn("date_closed", self.codes(invoice.ai_suggestion_id.reasons))

    def test_day_of_invoicing_where_the_company_wants_it(self):
        self.company.ai_invoice_date_policy = "today"
        order = self.order((self.desk, 1))
        self.deliver(order, date="2026-03-18")
        self.assertEqual(self.drafted(order).invoice_date, fields.Date.today())

    # ------------------------------------------------------------------
    # Grouping
    # ------------------------------------------------------------------

    def one_delivery_of(self, *orders):
        """Join the deliveries of ``orders`` into one, as warehouses do."""
        first, *others = (order.picking_ids for order in orders)
        for other in others:
            other.move_ids.write({"picking_id": first.id})
        return first

    def test_one_delivery_of_two_orders_makes_an_invoice_each(self):
        orders = [self.order((self.desk, 1)), self.order((self.lamp, 1))]
        picking = self.one_delivery_of(*orders)
        self.validate(picking)
        invoices = self.drafted(*orders)
        self.assertEqual(len(invoices), 2)
        self.assertEqual(invoices.ai_picking_ids, picking)
        self.assertEqual(picking.ai_invoice_ids, invoices)

    def test_one_invoice_per_delivery(self):
        self.azure.ai_invoice_grouping = "delivery"
        orders = [self.order((self.desk, 1)), self.order((self.lamp, 1))]
        self.validate(self.one_delivery_of(*orders))
        invoice = self.drafted(*orders)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_untaxed, 125.0)
        drafting = invoice.ai_picking_ids.ai_applied_log_id
        found = self.codes(drafting.reasons)
        self.assertLessEqual({"several_orders", "group_delivery", "customer_rule"}, found)

    def test_two_deliveries_of_an_order_per_delivery(self):
        self.azure.ai_invoice_grouping = "delivery"
        order = self.order((self.desk, 10))
        first = self.deliver(order, {self.desk: 4})
        second = self.deliver(order)
        invoices = self.drafted(order)
        self.assertEqual(invoices.mapped("invoice_line_ids.quantity"), [4, 6])
        self.assertEqual(invoices[0].ai_picking_ids, first)
        self.assertEqual(invoices[1].ai_picking_ids, second)

    def test_a_month_waits_for_its_end_and_goes_together(self):
        self.azure.ai_invoice_grouping = "month"
        orders = [self.order((self.desk, 1)), self.order((self.lamp, 1))]
        for order in orders:
            self.deliver(order)
        self.assertFalse(self.drafted(*orders), "the month runs")
        rows = self.env["ai.audit.log"].sudo().search([("state", "=", "queued")])
        self.assertEqual(rows.mapped("res_model"), ["stock.picking"] * 2)
        rows._write_outcome({"next_attempt_at": fields.Datetime.now()})
        invoice = self.drafted(*orders)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_untaxed, 125.0)
        self.assertEqual(len(invoice.ai_picking_ids), 2)

    def test_other_addresses_and_currencies_never_share_an_invoice(self):
        self.company.ai_invoice_grouping = "delivery"
        shop = self.new_customer("Shop", parent_id=self.azure.id, type="delivery")
        orders = [
            self.order((self.desk, 1)),
            self.order((self.lamp, 1), partner_shipping_id=shop.id),
        ]
        self.validate(self.one_delivery_of(*orders))
        self.assertEqual(len(self.drafted(*orders)), 2)
