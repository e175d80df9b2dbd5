from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import BOOKKEEPING, BillCommon


@tagged("post_install", "-at_install")
class TestDuplicates(BillCommon):
    """The same bill twice is stopped, explained, and linked, whoever may see the other one."""

    def posted(self, **values):
        bill = self.received(**values)
        bill.action_post()
        return bill

    def test_the_same_bill_again_is_blocked_with_a_link(self):
        first = self.posted()
        again = self.received(remark="printed a second time", number="RE 2024/0815")
        flag = again.ai_bill_flag_ids
        self.assertEqual((flag.code, flag.level), ("duplicate", "blocking"))
        self.assertEqual(flag.related_move_id, first)
        self.assertIn(first.name, flag.message)
        with self.assertRaisesRegex(UserError, "set the flag aside"):
            again.action_post()
        self.assertFalse(first.ai_bill_flag_ids)

    def test_the_same_file_again(self):
        content = self.pdf(number="F-100")
        first = self.received(content=content)
        again = self.received(content=content, name="other name.pdf")
        self.assertIn("same file", again.ai_bill_flag_ids.message)
        self.assertEqual(again.ai_bill_flag_ids.related_move_id, first)
        self.assertFalse(first.ai_bill_flag_ids, "the one that was there first is right")

    def test_another_bill_of_the_vendor_is_none(self):
        self.posted()
        other = self.received(number="RE-2024-0816", date="2024-03-20", due="2024-04-20")
        self.assertFalse(self.codes(other))

    def test_a_correction_takes_the_flag_away(self):
        self.posted()
        again = self.received(remark="again")
        self.assertEqual(self.codes(again), {"duplicate"})
        again.ref = "RE-2024-0999"
        again.invoice_date = fields.Date.to_date("2024-09-09")
        self.assertFalse(self.codes(again))

    def test_a_bill_entered_by_hand_is_compared_too(self):
        hand = self.init_invoice(
            "in_invoice",
            partner=self.vendor,
            invoice_date="2024-03-04",
            amounts=[1200],
            taxes=self.tax,
        )
        hand.write({"ref": "re-2024-815", "currency_id": self.env.ref("base.EUR").id})
        hand.action_post()
        again = self.received()
        self.assertEqual(again.ai_bill_flag_ids.related_move_id, hand)

    def test_credit_notes_are_compared_with_credit_notes(self):
        self.posted()
        note = self.received(title="Credit note", remark="Credit note")
        self.assertEqual(note.move_type, "in_refund")
        self.assertNotIn("duplicate", self.codes(note))

    def test_in_another_company_only_that_it_exists(self):
        other = self.setup_other_company()
        company = other["company"]
        self.env.user.company_ids |= company
        self.new_tax(19, company)
        journal = other["default_journal_purchase"]
        there = self.received(journal=journal)
        self.assertEqual(there.company_id, company)
        there.with_company(company).action_post()
        here = self.received(remark="second")
        flag = here.ai_bill_flag_ids
        self.assertIn("another company", flag.message)
        for told in (there.name, there.ref, company.name, "1,428"):
            self.assertNotIn(told, flag.message)
        self.assertFalse(flag.with_user(self.clerk).related_move_id)
        self.assertEqual(
            flag.with_user(self.clerk).read(["related_move_id"])[0]["related_move_id"], False
        )
        both = new_test_user(
            self.env,
            "bill_both",
            BOOKKEEPING,
            company_id=self.company.id,
            company_ids=[(6, 0, (self.company | company).ids)],
        )
        flag.invalidate_recordset()
        self.assertEqual(flag.with_user(both).related_move_id, there)
        self.company.ai_bill_companies = False
        here._ai_bill_recheck()
        self.assertFalse(self.codes(here))

    def test_checks_take_a_handful_of_queries_for_many_bills(self):
        bills = self.env["account.move"]
        for number in range(3):
            bills |= self.received(number=f"Q-{number}", date=f"2024-0{number + 2}-11", due="")
        bills._ai_bill_recheck()
        self.env.flush_all()

        def count(moves):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moves._ai_bill_recheck()
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(count(bills), count(bills[:1]) + 8)
