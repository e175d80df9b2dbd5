from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OTHER_IBAN, BillCommon


@tagged("post_install", "-at_install")
class TestPost(BillCommon):
    """Posting is what the policy gates; whatever stands out leaves it to a person."""

    def settled(self, **values):
        """Return a bill as the second one of a known vendor, its line coded by a person."""
        known = self.init_invoice(
            "in_invoice", partner=self.vendor, invoice_date="2024-01-04", amounts=[77], post=True
        )
        self.assertEqual(known.state, "posted")
        bill = self.received(**values)
        account = self.company_data["default_account_expense"].copy(
            {"code": f"69{self.env['account.account'].search_count([]):04d}"}
        )
        bill.invoice_line_ids.account_id = account
        self.work()
        return bill

    def test_by_default_a_person_posts(self):
        bill = self.settled()
        log = bill.ai_suggestion_id
        self.assertEqual(
            (log.task_code, log.decision, bill.state), ("bill.post", "suggest", "draft")
        )
        log.with_user(self.clerk).action_apply()
        self.assertEqual((log.state, bill.state), ("applied", "posted"), log.error)
        log.with_user(self.clerk).action_undo()
        self.assertEqual((log.state, bill.state), ("undone", "draft"))

    def test_automatic_posts_within_the_limits(self):
        self.policy_of("post").write(
            {"mode": "automatic", "max_amount": 5000, "min_confidence": 0.5}
        )
        bill = self.settled()
        self.assertEqual(bill.state, "posted", bill.ai_suggestion_id.decision_reasons)
        log = self.logs(bill, "post").filtered(lambda one: one.state == "applied")
        self.assertEqual(log.executed_by_id, self.service)

    def test_what_stands_out_waits_for_a_person(self):
        self.policy_of("post").write(
            {"mode": "automatic", "max_amount": 5000, "min_confidence": 0.5}
        )
        self.policy_of("read").mode = "suggest"
        cases = {
            "flag_new_bank_account": {"iban": OTHER_IBAN},
            "credit_note": {"title": "Credit note", "remark": "Credit note", "number": "CN-1"},
        }
        for code, values in cases.items():
            with self.subTest(code):
                bill = self.settled(**{"number": f"W-{code}", **values})
                self.assertEqual(bill.state, "draft")
                log = self.logs(bill, "post").filtered(lambda one: one.state == "proposed")
                self.assertIn(code, {veto["code"] for veto in log.vetoes})

    def test_a_first_bill_and_unsure_coding_wait(self):
        self.policy_of("post").write(
            {"mode": "automatic", "max_amount": 5000, "min_confidence": 0.01}
        )
        bill = self.received()
        codes = {veto["code"] for veto in bill.ai_suggestion_id.vetoes}
        self.assertEqual(bill.state, "draft")
        self.assertLessEqual({"new_vendor", "coding"}, codes)

    def test_a_locked_period_refuses(self):
        bill = self.settled()
        bill.date = fields.Date.to_date("2024-03-04")
        self.work()
        self.company.sudo().fiscalyear_lock_date = fields.Date.to_date("2024-03-31")
        log = bill.ai_suggestion_id
        log.with_user(self.clerk).action_apply()
        self.assertEqual((log.state, bill.state), ("proposed", "draft"))
        self.assertIn("locked", log.error)

    def test_an_undo_in_a_locked_period_leaves_a_draft_reversal(self):
        bill = self.settled()
        log = bill.ai_suggestion_id
        log.with_user(self.clerk).action_apply()
        self.company.sudo().fiscalyear_lock_date = bill.date
        log.with_user(self.clerk).action_undo()
        self.assertEqual((log.state, bill.state), ("undone", "posted"))
        reversal = bill.reversal_move_ids
        self.assertEqual((reversal.move_type, reversal.state), ("in_refund", "draft"))

    def test_a_paid_bill_is_not_taken_back(self):
        bill = self.settled()
        log = bill.ai_suggestion_id
        log.with_user(self.clerk).action_apply()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids
        ).create({})._create_payments()
        log.with_user(self.clerk).action_undo()
        self.assertEqual((log.state, bill.state), ("applied", "posted"))
        self.assertIn("paid", log.error)

    def test_a_change_makes_the_suggestion_anew(self):
        bill = self.settled()
        first = bill.ai_suggestion_id
        bill.invoice_date_due = fields.Date.to_date("2024-05-05")
        self.work()
        second = bill.ai_suggestion_id
        self.assertNotEqual(first, second)
        self.assertEqual(first.state, "superseded")

    def test_posting_by_hand_closes_the_suggestion(self):
        bill = self.settled()
        log = bill.ai_suggestion_id
        bill.action_post()
        self.assertEqual(log.state, "superseded")

    def test_a_wrong_total_blocks_until_it_is_right(self):
        bill = self.settled()
        bill.invoice_line_ids.price_unit = 1300.0
        self.assertIn("arithmetic", self.codes(bill))
        with self.assertRaisesRegex(UserError, "1,428.00"):
            bill.action_post()
        bill.invoice_line_ids.price_unit = 1200.0
        self.assertFalse(self.codes(bill))
        bill.action_post()
