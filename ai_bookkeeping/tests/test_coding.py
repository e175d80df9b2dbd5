from odoo import Command, fields
from odoo.tests import tagged

from .common import BillCommon

TEXTS = ("Hosting of the web shop", "Paper and toner", "Lease of a van", "Cleaning of the office")


@tagged("post_install", "-at_install")
class TestCoding(BillCommon):
    """Lines are coded as such lines were booked before, and people's corrections count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.env["account.account"].create(
            [
                {
                    "name": text,
                    "code": f"6990{place}",
                    "account_type": "expense",
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for place, text in enumerate(TEXTS)
            ]
        )
        cls.vendors = cls.env["res.partner"].create(
            [
                {"name": f"Vendor of {text}", "is_company": True, "supplier_rank": 1}
                for text in TEXTS
            ]
        )
        bills = cls.env["account.move"].create(
            [
                {
                    "move_type": "in_invoice",
                    "partner_id": cls.vendors[place].id,
                    "invoice_date": fields.Date.to_date(f"2023-{month:02d}-0{place + 1}"),
                    "ref": f"H{place}-{month}",
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": f"{text} {month}/2023",
                                "account_id": cls.accounts[place].id,
                                "price_unit": 100.0 + 13 * place + month,
                                "tax_ids": [Command.set(cls.tax.ids)],
                            }
                        )
                    ],
                }
                for month in range(1, 13)
                for place, text in enumerate(TEXTS)
            ]
        )
        bills.action_post()
        cls.bills = bills
        # So short a history never says more than so much.
        cls.company.ai_bill_coding_least = 0.7
        vars(cls.env.registry).pop("_ai_bill_coding", None)

    def hosting(self, **values):
        return self.received(
            **{
                **{"vendor": self.vendors[0].name, "vat": "", "iban": ""},
                **{"untaxed": "120.00", "tax": "22.80", "total": "142.80"},
                **{"date": "2024-01-05", "due": "", "number": "H0-13"},
                "lines": ((f"{TEXTS[0]} 1/2024", "1", "120.00", "120.00"),),
                **values,
            }
        )

    def test_a_line_like_many_is_set_with_its_reasons(self):
        bill = self.hosting()
        line = bill.invoice_line_ids
        self.assertEqual(bill.partner_id, self.vendors[0])
        self.assertEqual(line.account_id, self.accounts[0])
        best = line.ai_coding_choices[0]
        self.assertEqual(best["account_id"], self.accounts[0].id)
        self.assertTrue(1 <= len(best["similar"]) <= 3)
        self.assertIn(best["similar"][0]["move_line_id"], self.bills.invoice_line_ids.ids)
        self.assertEqual(bill.amount_total, 142.80)
        log = self.logs(bill, "code")
        self.assertEqual(log.state, "applied")
        log.action_undo()
        self.assertNotEqual(bill.invoice_line_ids.account_id, self.accounts[0])

    def test_an_unsure_line_stays_and_offers_choices(self):
        self.company.ai_bill_coding_least = 1.0
        bill = self.hosting()
        self.assertNotEqual(bill.invoice_line_ids.account_id, self.accounts[0])
        choices = bill.invoice_line_ids.ai_coding_choices
        self.assertLessEqual(len(choices), 3)
        bill.invoice_line_ids.with_user(self.clerk).action_ai_coding_choose(0)
        self.assertEqual(bill.invoice_line_ids.account_id.id, choices[0]["account_id"])

    def test_what_a_person_chose_is_not_coded_again(self):
        bill = self.hosting()
        bill.invoice_line_ids.account_id = self.accounts[2]
        bill.action_ai_suggest()
        self.work()
        self.assertEqual(bill.invoice_line_ids.account_id, self.accounts[2])

    def test_an_archived_account_is_never_offered(self):
        self.accounts[0].active = False
        bill = self.hosting()
        offered = [one["account_id"] for one in bill.invoice_line_ids.ai_coding_choices or ()]
        self.assertNotIn(self.accounts[0].id, offered)

    def test_corrections_teach_and_cosmetic_edits_do_not(self):
        for number in range(13, 19):
            bill = self.hosting(number=f"H0-{number}", date=f"2024-0{number - 12}-05")
            bill.invoice_line_ids.account_id = self.accounts[2]
            bill.invoice_line_ids.name = "Worded as the controller likes it"
            bill.action_post()
        line = bill.invoice_line_ids
        self.assertEqual(line.ai_bill_text, f"{TEXTS[0]} 1/2024")
        again = self.hosting(number="H0-30", date="2024-07-05")
        best = again.invoice_line_ids.ai_coding_choices[0]
        self.assertEqual(best["account_id"], self.accounts[2].id)

    def test_little_history_says_nothing(self):
        self.bills[10:].button_draft()
        self.bills[10:].button_cancel()
        bill = self.hosting()
        self.assertFalse(bill.invoice_line_ids.ai_coding_choices)

    def test_a_company_learns_from_its_own_books_only(self):
        other = self.setup_other_company()
        self.env.user.company_ids |= other["company"]
        self.new_tax(19, other["company"])
        bill = self.hosting(journal=other["default_journal_purchase"])
        self.assertEqual(bill.company_id, other["company"])
        self.assertFalse(bill.invoice_line_ids.ai_coding_choices)
