from odoo.tests import HttpCase, tagged

from .by_hand_common import ByHandCommon


@tagged("post_install", "-at_install")
class TestByHandBrowser(ByHandCommon, HttpCase):
    """The screen to reconcile by hand, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.password = "clerk"

    def tour(self, line, name):
        self.start_tour(f"/odoo/bank-lines/{line.id}", name, login="clerk", timeout=90)
        self.env.invalidate_all()

    def test_a_line_is_split_by_keyboard(self):
        azure, wood = self.invoice(self.azure, 500.0), self.invoice(self.wood, 400.0)
        other = self.invoice(self.wood, 70.0)
        line = self.bank_line("Two invoices and fuel", 905.0)
        before = self.books()
        self.tour(line, "ai_bank_by_hand_by_keyboard")
        self.assertTrue(line.is_reconciled)
        self.assertEqual((azure.payment_state, wood.payment_state), ("paid", "paid"))
        self.assertEqual(other.payment_state, "not_paid")
        log = line.ai_applied_log_id
        self.assertEqual((log.maker_id, log.executed_by_id), (self.clerk, self.clerk))
        self.assertEqual(self.booked(line)[self.cards], -5.0)
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_a_bill_is_made_from_the_line(self):
        line = self.bank_line("Hardware", -121.0, partner_id=self.wood.id)
        self.tour(line, "ai_bank_by_hand_new_bill")
        bill = self.env["account.move"].browse(line.ai_draft_id)
        self.assertEqual((bill.state, bill.amount_total), ("draft", 121.0))
