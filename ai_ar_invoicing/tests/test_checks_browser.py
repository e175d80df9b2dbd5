from odoo import fields
from odoo.tests import HttpCase, tagged

from .checks_common import ChecksCommon


@tagged("post_install", "-at_install")
class TestChecksBrowser(ChecksCommon, HttpCase):
    """What a person sees of the checks and does with them, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.write({"login": "clerk", "password": "clerk"})
        cls.approver.write({"login": "approver", "password": "approver"})
        cls.today = fields.Date.today()

    def tour(self, move, name, login):
        self.start_tour(f"/odoo/account.move/{move.id}", name, login=login, timeout=90)
        self.env.invalidate_all()

    def test_blocked_told_why_and_posted_anyway_by_an_approver(self):
        self.company.ai_check_stops_posting = True
        self.azure.email = False
        self.invoice(date=self.today).with_user(self.env.ref("base.user_root")).action_post()
        move = self.invoice(date=self.today)
        self.tour(move, "ai_invoice_checks_blocked", "clerk")
        self.assertEqual(move.state, "draft")
        self.tour(move, "ai_invoice_checks_post_anyway", "approver")
        self.assertEqual(move.state, "posted")
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "override")])
        self.assertEqual((event.user_id, event.note), (self.approver, "Two desks on one day"))

    def test_a_click_mends_the_taxes(self):
        tax = self.company_data["default_tax_sale"]
        self.desk.taxes_id = tax
        move = self.invoice(date=self.today)
        self.tour(move, "ai_invoice_checks_mend", "clerk")
        self.assertEqual(move.invoice_line_ids.tax_ids, tax)
