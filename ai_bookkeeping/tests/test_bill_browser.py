from odoo.tests import HttpCase, tagged

from .common import OTHER_IBAN, BillCommon


@tagged("post_install", "-at_install")
class TestBillBrowser(BillCommon, HttpCase):
    """A bill with its page beside it, as a person works on it in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.password = "bill_clerk"
        cls.approver.password = "bill_approver"

    def tour(self, bill, name, login="bill_clerk"):
        self.start_tour(f"/odoo/account.move/{bill.id}", name, login=login, timeout=90)
        self.env.invalidate_all()

    def test_dropped_read_corrected_by_a_click_and_posted(self):
        content = self.pdf(remark="Customer no. 77001")
        self.env["ir.attachment"].create(
            {"name": "to be dropped.pdf", "raw": content, "public": True}
        )
        before = self.env["account.move"].search([], order="id desc", limit=1).id or 0
        self.start_tour(
            "/odoo/vendor-bills",
            "ai_bill_drop",
            login="bill_clerk",
            timeout=90,
        )
        bill = self.env["account.move"].search([("id", ">", before)])
        self.assertEqual((len(bill), bill.state, bill.ai_bill_state), (1, "draft", "waiting"))
        self.work()
        self.assertEqual(bill.ref, "RE-2024-0815")
        self.tour(bill, "ai_bill_correct_and_post")
        self.assertEqual((bill.state, bill.ref), ("posted", "77001"))
        self.assertEqual(bill.amount_total, 1428.0)

    def test_doubtful_fields_by_keyboard(self):
        bill = self.received(remark="Customer no. 77001")
        reading = dict(bill.ai_bill_reading)
        known = reading["fields"]["reference"]
        other = {"value": "77001", "confidence": 0.3, "page": 1, "box": [0.1, 0.6, 0.2, 0.62]}
        first = {**{key: known[key] for key in ("value", "page", "box")}, "confidence": 0.62}
        reading["fields"]["reference"] = {
            **known, "sure": False, "confidence": 0.62, "candidates": [first, other],
        }  # fmt: skip
        for key, one in reading["fields"].items():
            if key != "reference":
                one["sure"] = one["value"] is not None
        bill.ai_bill_reading = reading
        self.tour(bill, "ai_bill_doubtful")
        self.assertEqual(bill.ref, "77001")

    def test_a_duplicate_is_blocked_and_set_aside_with_a_reason(self):
        self.received().action_post()
        twin = self.received(remark="Copy")
        self.assertIn("duplicate", self.codes(twin))
        self.tour(twin, "ai_bill_duplicate", login="bill_approver")
        self.assertEqual(twin.state, "posted")

    def test_a_changed_bank_account_is_a_chip_with_its_way_out(self):
        self.approver.group_ids += self.env.ref("base.group_partner_manager")
        bill = self.received(iban=OTHER_IBAN)
        self.assertIn("new_bank_account", self.codes(bill))
        self.tour(bill, "ai_bill_new_account", login="bill_approver")
        bank = self.env["res.partner.bank"].search(
            [("partner_id", "=", self.vendor.id), ("sanitized_acc_number", "=", OTHER_IBAN)]
        )
        self.assertEqual((len(bank), bank.allow_out_payment), (1, False))

    def test_a_line_is_booked_as_another_was(self):
        other = self.env["account.account"].create(
            {"name": "Other Costs", "code": "699900", "account_type": "expense"}
        )
        bill = self.received()
        posted = self.received(number="RE-2024-0700", date="2024-02-04", due="2024-03-04")
        posted.action_post()
        line = posted.invoice_line_ids
        similar = {
            **{"move_line_id": line.id, "move_id": posted.id, "name": "Panels"},
            **{"date": "2024-02-04", "account": "x", "amount": 1200.0, "bill": posted.name},
        }
        choice = {
            **{"tax_ids": None, "analytic_distribution": None, "product_id": None},
            **{"reasons": ["like"], "similar": [similar]},
        }
        first = line.account_id
        bill.invoice_line_ids.ai_coding_choices = [
            {**choice, "account_id": one.id, "account": one.display_name, "confidence": sure}
            for one, sure in ((first, 0.7), (other, 0.2))
        ]
        self.tour(bill, "ai_bill_coding")
        self.assertEqual(bill.invoice_line_ids.account_id, other)
