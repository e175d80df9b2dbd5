from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestAmounts(BillCommon):
    """To the cent as printed, or a flag that says what is apart."""

    LINES = (
        ("Oak board", "3", "250.00", "750.00"),
        ("Delivery", "1", "450.00", "450.00"),
    )

    def test_the_bills_own_lines_where_they_add_up(self):
        bill = self.received(lines=self.LINES)
        self.assertEqual(bill.invoice_line_ids.mapped("price_subtotal"), [750.0, 450.0])
        self.assertEqual(bill.invoice_line_ids.tax_ids, self.tax)
        self.assertEqual(bill.amount_total, 1428.0)
        linked = [line["line_id"] for line in bill.ai_bill_reading["lines"]]
        self.assertEqual(linked, bill.invoice_line_ids.ids)

    def test_one_line_where_they_do_not(self):
        bill = self.received(lines=(*self.LINES, ("Forgotten", "1", "9.00", "9.00")))
        self.assertEqual(bill.invoice_line_ids.mapped("price_subtotal"), [1200.0])

    def test_cents_of_rounding_get_a_line_of_their_own(self):
        bill = self.received(untaxed="100.03", tax="19.02", total="119.05")
        self.assertEqual(bill.amount_total, 119.05)
        self.assertEqual(sorted(bill.invoice_line_ids.mapped("price_subtotal")), [0.01, 100.03])
        self.assertFalse(self.codes(bill))
        self.company.ai_bill_rounding = 0.0
        bill = self.received(untaxed="100.03", tax="19.02", total="119.05", number="RE-9")
        self.assertEqual(self.codes(bill), {"arithmetic"})

    def test_amounts_that_contradict_each_other_are_flagged(self):
        bill = self.received(untaxed="1,200.00", tax="228.00", total="1,528.00")
        self.assertEqual((bill.state, bill.ai_bill_state), ("draft", "read"))
        self.assertTrue(
            bill.amount_total != 1528.0
            and not bill.ai_bill_printed_total
            or "arithmetic" in self.codes(bill)
        )

    def test_a_rate_that_is_not_set_up_is_said(self):
        bill = self.received(rate="16", tax="192.00", total="1,392.00")
        self.assertLessEqual({"no_tax", "arithmetic"}, self.codes(bill))
        with self.assertRaises(UserError):
            bill.action_post()

    def test_a_credit_note_becomes_one(self):
        note = self.received(title="Credit note", number="CN-7", remark="Credit note for RE-1")
        self.assertEqual(note.move_type, "in_refund")
        self.assertEqual(note.amount_total, 1428.0)
        self.logs(note, "read").action_undo()
        self.assertEqual(note.move_type, "in_invoice")

    def test_in_the_currency_of_the_bill(self):
        pounds = self.env.ref("base.GBP")
        pounds.active = True
        bill = self.received(currency="GBP")
        self.assertEqual((bill.currency_id, bill.amount_total), (pounds, 1428.0))

    def test_a_currency_that_is_not_in_use_is_flagged(self):
        pounds = self.env.ref("base.GBP")
        pounds.active = False
        bill = self.received(currency="GBP")
        self.assertEqual(bill.currency_id, pounds)
        self.assertIn("currency", self.codes(bill))
        with self.assertRaises(UserError):
            bill.action_post()
        bill.ai_bill_flag_ids.filtered(lambda flag: flag.code == "currency").action_resolve()
        self.assertNotIn("currency", self.codes(bill))

    def test_terms_stay_where_they_give_the_printed_date(self):
        days30 = self.env.ref("account.account_payment_term_30days")
        self.vendor.property_supplier_payment_term_id = days30
        bill = self.received()
        self.assertEqual(bill.invoice_payment_term_id, days30)
        other = self.received(due="2024-03-20", number="RE-10")
        self.assertEqual(other.invoice_date_due, fields.Date.to_date("2024-03-20"))
        self.assertFalse(other.invoice_payment_term_id)

    # ------------------------------------------------------------------
    # Filled from the page
    # ------------------------------------------------------------------

    def test_words_on_the_page_fill_the_field(self):
        bill = self.received(vendor="", vat="", iban="", number="", due="").with_user(self.clerk)
        box = [0.1, 0.2, 0.3, 0.25]
        for key, text in (
            ("reference", "RE-55/A"),
            ("date", "4 March 2024"),
            ("due_date", "05.04.2024"),
            ("vendor_vat", "DE 136 695 976"),
            ("total", "1.428,00 EUR"),
        ):
            self.assertEqual(bill.ai_bill_fill(key, text, 1, box), {})
        self.assertEqual((bill.ref, bill.partner_id), ("RE-55/A", self.vendor))
        self.assertEqual(bill.invoice_date, fields.Date.to_date("2024-03-04"))
        self.assertEqual(bill.invoice_date_due, fields.Date.to_date("2024-04-05"))
        shown = bill.ai_bill_reading["fields"]["reference"]
        self.assertEqual((shown["value"], shown["page"], shown["box"]), ("RE-55/A", 1, box))
        bill.action_ai_bill_read_again()
        self.work()
        self.assertEqual(bill.ref, "RE-55/A")
        self.assertEqual(bill.ai_bill_reading["fields"]["reference"]["value"], "RE-55/A")

    def test_words_that_do_not_fit_are_refused_with_a_sentence(self):
        bill = self.received()
        for key, text in (("date", "soon"), ("total", "much"), ("vendor_iban", "DE00 1234")):
            with self.assertRaises(UserError):
                bill.ai_bill_fill(key, text)
        with self.assertRaises(UserError):
            bill.ai_bill_fill("state", "posted")
