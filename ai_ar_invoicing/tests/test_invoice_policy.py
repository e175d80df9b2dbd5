from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestInvoicePolicy(InvoicingCommon):
    """Drafting is at once in every live mode; posting is what the policy gates."""

    def delivered(self, quantity=1, partner=None):
        order = self.order((self.desk, quantity), partner=partner)
        self.deliver(order)
        return order

    def drafted(self, order):
        self.work()
        return order.invoice_ids

    def test_the_draft_is_made_at_once_in_every_mode_but_off_and_shadow(self):
        for mode, count in (
            *(("suggest", 1), ("approve", 1), ("automatic", 1)),
            *(("off", 0), ("shadow", 0)),
        ):
            self.policies["delivery"].write({"mode": mode, "max_amount": 1.0})
            order = self.delivered()
            self.assertEqual(len(self.drafted(order)), count, mode)

    def test_by_default_nothing_is_posted_without_a_person(self):
        invoice = self.drafted(self.delivered())
        self.assertEqual((invoice.state, invoice.ai_decision), ("draft", "suggest"))

    def test_automatic_posts_what_is_as_ordered_within_the_maximum(self):
        self.policies["post"].write({"mode": "automatic", "max_amount": 1000})
        order = self.delivered()
        invoice = self.drafted(order)
        self.assertEqual(invoice.state, "posted")
        log = invoice.ai_applied_log_id
        self.assertEqual((log.decided_by_id, log.executed_by_id), (self.service, self.service))
        self.assertEqual(invoice.ai_picking_ids.ai_applied_log_id, log)

    def test_high_value_waits_for_an_approver_with_an_activity(self):
        self.policies["post"].write({"mode": "automatic", "max_amount": 1000})
        invoice = self.drafted(self.delivered(20))
        log = invoice.ai_suggestion_id
        self.assertEqual((invoice.state, log.decision), ("draft", "approve"))
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_approvals").method_direct_trigger()
        called = self.env["ai.finance.approval"].sudo().search([("user_id", "=", self.approver.id)])
        self.assertEqual(called.activity_ids.user_id, self.approver)
        self.assertEqual(called.waiting_amount, 2000.0)
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "proposed", "a clerk is no approver")
        log.with_user(self.approver).action_apply()
        self.assertEqual((log.state, invoice.state), ("applied", "posted"), log.error)

    def test_a_new_customer_is_confirmed_by_a_person_first(self):
        self.policies["post"].write({"mode": "automatic", "max_amount": 1000, "first_n": 1})
        first = self.drafted(self.delivered())
        self.assertEqual(first.state, "draft")
        self.assertIn("first_n", {r["code"] for r in first.ai_suggestion_id.decision_reasons})
        first.ai_suggestion_id.with_user(self.clerk).action_apply()
        self.assertEqual(first.state, "posted")
        self.assertEqual(self.drafted(self.delivered()).state, "posted")
        self.assertEqual(self.drafted(self.delivered(partner=self.wood)).state, "draft")

    def test_an_edited_draft_is_looked_at_again(self):
        invoice = self.drafted(self.delivered())
        old = invoice.ai_suggestion_id
        invoice.invoice_line_ids.price_unit = 90.0
        old.with_user(self.clerk).action_apply()
        self.assertEqual(old.state, "stale", "what was approved is not what is there")
        self.assertEqual(invoice.state, "draft")
        invoice.with_user(self.clerk).action_ai_suggest()
        self.assertIn("price_differs", {r["code"] for r in invoice.ai_suggestion_id.vetoes})

    def test_editing_calls_for_another_look_by_itself(self):
        invoice = self.drafted(self.delivered())
        old = invoice.ai_suggestion_id
        invoice.write(
            {"invoice_line_ids": [(1, invoice.invoice_line_ids.id, {"price_unit": 90.0})]}
        )
        self.work()
        self.assertEqual(old.state, "superseded")
        self.assertIn("price_differs", {r["code"] for r in invoice.ai_suggestion_id.vetoes})

    def test_confirming_by_hand_ends_the_suggestion(self):
        invoice = self.drafted(self.delivered())
        log = invoice.ai_suggestion_id
        invoice.action_post()
        self.assertEqual(log.state, "superseded")
        self.assertFalse(invoice.ai_suggestion_id)

    def test_shadow_tells_nobody_and_compares(self):
        self.policies["delivery"].mode = "shadow"
        order = self.delivered()
        self.work()
        self.assertFalse(order.invoice_ids)
        self.assertFalse(order.picking_ids.ai_suggestion_id)
        log = (
            self.env["ai.audit.log"]
            .sudo()
            .search([("res_model", "=", "stock.picking"), ("res_id", "=", order.picking_ids.id)])
        )
        self.assertEqual(log.decision, "shadow")
        order._create_invoices(final=True)
        handler = self.env["ai.finance.task.invoice.delivery"]
        [outcome] = handler._outcome(log._proposals()).values()
        self.assertEqual(outcome, "agreed")
