from odoo import fields
from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoiceDelivery(InvoicingCommon):
    """From a validated delivery to a draft that core would make, explained and linked."""

    def drafted(self, order):
        return order.invoice_ids.sorted("id")

    def test_a_draft_with_reasons_after_validation(self):
        order = self.order((self.desk, 3), (self.lamp, 2))
        picking = self.deliver(order, date="2026-03-18")
        self.assertFalse(order.invoice_ids, "nothing slow inside what the warehouse does")
        self.work()
        invoice = order.invoice_ids
        self.assertEqual((invoice.state, invoice.move_type), ("draft", "out_invoice"))
        self.assertEqual(invoice.amount_untaxed, 350.0)
        self.assertEqual(invoice.invoice_date, fields.Date.to_date("2026-03-18"))
        self.assertEqual(invoice.delivery_date, fields.Date.to_date("2026-03-18"))
        self.assertEqual(invoice.ai_picking_ids, picking)
        self.assertEqual(picking.ai_invoice_ids, invoice)
        self.assertTrue(invoice.ai_generated)
        self.assertEqual(invoice.ai_source, "invoice.delivery/1")
        self.assertFalse(picking.ai_generated, "the mark is on what was made")
        log = invoice.ai_suggestion_id
        self.assertEqual(log.state, "proposed")
        self.assertGreaterEqual(log.confidence, 0.95)
        codes = {reason["code"] for reason in log.reasons}
        self.assertEqual(codes, {"as_ordered", "price_as_ordered", "date_delivery"})
        self.assertEqual(log.amount, 350.0)
        self.assertEqual(picking.ai_suggestion_id, log, "shown on the delivery")
        self.assertEqual(order.ai_suggestion_id, log, "and on the order")
        drafting = picking.ai_applied_log_id
        self.assertEqual(drafting.task_code, "invoice.delivery")
        self.assertEqual(drafting.executed_by_id, self.service)
        for document in (order, picking, invoice):
            self.assertIn("Invoice drafted", "".join(document.message_ids.mapped("body")))

    def test_approve_posts_with_the_approvers_rights_and_undo_reverses(self):
        order = self.order((self.desk, 3))
        picking = self.deliver(order)
        self.work()
        invoice = order.invoice_ids
        log = invoice.ai_suggestion_id
        log.with_user(self.clerk).action_apply()
        self.assertEqual((log.state, invoice.state), ("applied", "posted"), log.error)
        self.assertEqual(log.executed_by_id, self.clerk)
        for document in (order, picking, invoice):
            self.assertIn("Invoice posted", "".join(document.message_ids.mapped("body")))
        log.with_user(self.clerk).action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(order.invoice_status, "to invoice")

    def test_partial_delivery_and_its_backorder(self):
        order = self.order((self.desk, 10))
        self.deliver(order, {self.desk: 8})
        self.work()
        first = order.invoice_ids
        self.assertEqual(first.invoice_line_ids.quantity, 8)
        self.assertIn("partial", {r["code"] for r in first.ai_suggestion_id.reasons})
        self.assertFalse(first.ai_suggestion_id.vetoes)
        self.deliver(order)
        self.work()
        second = order.invoice_ids - first
        self.assertEqual(second.invoice_line_ids.quantity, 2)
        self.assertEqual(order.order_line.qty_invoiced, 10)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
