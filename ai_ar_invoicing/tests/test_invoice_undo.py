from odoo import fields
from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoiceUndo(InvoicingCommon):
    """Every step is taken back, and nothing is ever invoiced twice."""

    def delivered(self, quantity=3, **values):
        order = self.order((self.desk, quantity))
        self.deliver(order, **values)
        return order

    def drafted(self, order):
        self.work()
        return order.invoice_ids.filtered(lambda move: move.state != "cancel")

    def nightly(self):
        """Run the nightly action as it would run the next night, and what it leads to."""
        self.env["sale.order"].search([]).write({"ai_looked_at": False})
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice").method_direct_trigger()
        self.work()

    def books(self):
        self.env.flush_all()
        groups = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("parent_state", "=", "posted")],
            ["account_id", "partner_id", "currency_id"],
            ["balance:sum", "amount_currency:sum"],
        )
        return {row[:3]: row[3:] for row in groups if any(row[3:])}

    # ------------------------------------------------------------------
    # Draft
    # ------------------------------------------------------------------

    def test_undo_of_drafting_removes_the_draft_and_opens_the_delivery(self):
        order = self.delivered()
        invoice = self.drafted(order)
        picking = order.picking_ids
        suggestion = invoice.ai_suggestion_id
        drafting = self.env["ai.audit.log"].search(
            [("task_code", "=", "invoice.delivery"), ("res_id", "=", picking.id)]
        )
        drafting.with_user(self.clerk).action_undo()
        self.assertEqual(drafting.state, "undone", drafting.error)
        self.assertFalse(invoice.exists())
        self.assertEqual(suggestion.sudo().state, "superseded")
        self.assertEqual(order.order_line.qty_to_invoice, 3)
        self.assertTrue(picking.ai_to_invoice)
        self.nightly()
        self.assertFalse(order.invoice_ids, "what a person undid does not come back by itself")
        picking.with_user(self.clerk).action_ai_draft_invoices()
        self.assertEqual(order.invoice_ids.invoice_line_ids.quantity, 3, "but on the button")

    def test_a_deleted_draft_opens_the_delivery_again(self):
        order = self.delivered()
        first = self.drafted(order)
        first.unlink()
        picking = order.picking_ids
        self.assertTrue(picking.ai_to_invoice)
        self.assertIn(picking, self.env["stock.picking"].search([("ai_to_invoice", "=", True)]))
        self.assertFalse(picking.ai_applied_log_id, "nothing is there to be undone")
        self.nightly()
        self.assertEqual(order.invoice_ids.invoice_line_ids.quantity, 3)

    # ------------------------------------------------------------------
    # Posted
    # ------------------------------------------------------------------

    def posted(self, order):
        invoice = self.drafted(order)
        log = invoice.ai_suggestion_id
        log.with_user(self.clerk).action_apply()
        self.assertEqual(invoice.state, "posted", log.error)
        return invoice, log

    def test_undo_of_posting_reverses_and_the_books_are_as_before(self):
        order = self.delivered()
        self.work()
        before = self.books()
        invoice, log = self.posted(order)
        self.assertNotEqual(self.books(), before)
        log.with_user(self.clerk).action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertEqual(self.books(), before)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(invoice.reversal_move_ids.state, "posted")
        self.nightly()
        drafts = order.invoice_ids.filtered(lambda move: move.state == "draft")
        self.assertFalse(drafts, "a person decides whether it is invoiced again")
        waiting = order.picking_ids.ai_suggestion_id
        self.assertIn("charged_before", {reason["code"] for reason in waiting.vetoes})

    def test_a_sent_invoice_gets_a_credit_note_for_a_person(self):
        invoice, log = self.posted(self.delivered())
        invoice.is_move_sent = True
        log.with_user(self.clerk).action_undo()
        self.assertEqual(log.state, "undone", log.error)
        credit_note = invoice.reversal_move_ids
        self.assertEqual(credit_note.state, "draft")
        self.assertEqual(credit_note.activity_ids.user_id, self.clerk)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_undo_respects_lock_dates_and_payments(self):
        invoice, log = self.posted(self.delivered(date="2026-03-18"))
        with self.locked_until("2026-03-31"):
            log.with_user(self.clerk).action_undo()
            self.assertIn("locked", log.error)
            self.assertEqual((log.state, invoice.payment_state), ("applied", "not_paid"))
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        log.with_user(self.clerk).action_undo()
        self.assertIn("paid", log.error)
        self.assertEqual(log.state, "applied")

    # ------------------------------------------------------------------
    # Never twice
    # ------------------------------------------------------------------

    def test_the_same_event_twice_makes_one_invoice(self):
        order = self.delivered()
        for _again in range(2):
            self.env["ai.finance.outbox"]._enqueue("invoice.delivery", order.picking_ids)
            self.work()
        self.nightly()
        self.assertEqual(len(order.invoice_ids), 1)

    def test_an_invoice_by_hand_in_between_leaves_nothing_to_do(self):
        order = self.delivered()
        order._create_invoices(final=True)
        self.work()
        self.assertEqual(len(order.invoice_ids), 1)
        self.assertEqual(order.order_line.qty_invoiced, 3)

    def test_an_invoice_by_hand_after_the_suggestion_makes_it_stale(self):
        order = self.delivered()
        picking = order.picking_ids
        picking.action_ai_suggest()
        log = (
            self.env["ai.audit.log"]
            .sudo()
            .search([("res_id", "=", picking.id), ("res_model", "=", "stock.picking")])
        )
        self.assertEqual(log.state, "approved")
        order._create_invoices(final=True)
        self.work()
        self.assertEqual(log.state, "stale")
        self.assertEqual(order.order_line.qty_invoiced, 3)

    def test_what_no_event_told_of_is_found_at_night(self):
        self.policies["delivery"].mode = self.policies["order"].mode = "off"
        delivered, service = self.delivered(), self.order((self.assembly, 1))
        self.work()
        self.policies["delivery"].mode = self.policies["order"].mode = "suggest"
        self.nightly()
        self.assertEqual(len(delivered.invoice_ids), 1)
        self.assertEqual(len(service.invoice_ids), 1)
        self.assertEqual(delivered.invoice_ids.ai_picking_ids, delivered.picking_ids)

    def test_a_run_of_the_night_is_undone_as_a_whole(self):
        self.policies["delivery"].mode = "off"
        orders = self.delivered() | self.delivered()
        self.work()
        self.policies["delivery"].mode = "suggest"
        self.nightly()
        run = self.env["ai.finance.run"].search([("trigger", "=", "cron")], limit=1)
        run.action_undo()
        self.assertFalse(orders.invoice_ids)
        self.assertEqual(orders.order_line.mapped("qty_to_invoice"), [3, 3])

    def test_posting_by_hand_keeps_its_date(self):
        order = self.delivered(date="2026-03-18")
        invoice = self.drafted(order)
        invoice.action_post()
        self.assertEqual(invoice.date, fields.Date.to_date("2026-03-18"))
