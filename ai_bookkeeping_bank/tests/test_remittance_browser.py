from odoo.tests import HttpCase, tagged

from .common import RemittanceCommon


@tagged("post_install", "-at_install")
class TestRemittanceBrowser(RemittanceCommon, HttpCase):
    """A remittance advice on the bank desk, in a real browser."""

    def test_pasted_on_the_desk_and_approved(self):
        self.clerk.write({"login": "clerk", "password": "clerk"})
        self.first.payment_reference = "RF-1250"
        self.third.payment_reference = "RF-9990"
        line = self.bank_line("SEPA CREDIT", 1349.9)
        self.start_tour("/odoo/bank-lines", "ai_remittance_desk", login="clerk", timeout=90)
        self.env.invalidate_all()
        self.assertTrue(line.is_reconciled)
        self.assertEqual({self.first.payment_state, self.third.payment_state}, {"paid"})
        self.assertEqual(line.ai_remittance_ids.state, "joined")
