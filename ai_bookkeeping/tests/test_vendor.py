from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import BOOKKEEPING, IBAN, OTHER_IBAN, VAT, BillCommon


@tagged("post_install", "-at_install")
class TestVendor(BillCommon):
    """The vendor is found by proof, proposed where new, and a new bank account stops the bill."""

    def test_by_tax_id_however_it_is_written(self):
        for written in ("DE 136 695 976", "136695976", "de136695976"):
            with self.subTest(written):
                self.vendor.with_context(no_vat_validation=True).vat = written
                bill = self.received(vendor="Another Name Ltd", number=f"N {written}")
                self.assertEqual(bill.partner_id, self.vendor)

    def test_by_bank_account_without_tax_id(self):
        bill = self.received(vendor="Another Name Ltd", vat="")
        self.assertEqual(bill.partner_id, self.vendor)

    def test_by_number_in_the_register(self):
        self.vendor.company_registry = "HRB 98765"
        bill = self.env["account.move"].create({"move_type": "in_invoice"})
        reading = {"fields": {}, "more": {"vendor_registry": {"value": "HRB 98 765"}}}
        found = self.env["ai.bill.vendor"]._find(bill, {bill: reading})[bill]
        self.assertEqual((found["partner_id"], found["by"]), (self.vendor.id, "registry"))

    def test_a_number_of_a_known_vendor_leaves_no_doubt_of_its_name(self):
        bill = self.received(vendor="Another Name Ltd")
        name = bill.ai_bill_reading["fields"]["vendor_name"]
        self.assertEqual((name["value"], name["sure"]), (self.vendor.name, True))
        self.assertIn("Another Name Ltd", [one["value"] for one in name["candidates"]])

    def test_numbers_of_earlier_bills_say_what_the_next_looks_like(self):
        self.received(number="RE-2024-0001").action_post()
        vendors = self.env["ai.bill.reader"]._known_vendors(self.company)
        [known] = [one for one in vendors if one.name == self.vendor.name]
        self.assertEqual((known.vats, known.ibans), ((VAT,), (IBAN,)))
        self.assertEqual(known.number_patterns, ("RE-2024-0001",))
        other = self.setup_other_company()["company"]
        self.assertFalse(
            [one for one in self.env["ai.bill.reader"]._known_vendors(other) if one.number_patterns]
        )

    def test_by_name_only_where_one_comes_near(self):
        self.env["res.partner"].create({"name": "Südwind AG", "is_company": True})
        bill = self.received(vendor="Nordlicht GmbH", vat="", iban="")
        self.assertEqual(bill.partner_id, self.vendor)
        self.env["res.partner"].create(
            {"name": "Nordlicht GmbH", "is_company": True, "supplier_rank": 1}
        )
        bill = self.received(vendor="Nordlicht GmbH", vat="", iban="", number="RE-2")
        self.assertFalse(bill.partner_id)
        self.assertEqual(self.codes(bill), {"vendor_choice"})
        flag = bill.ai_bill_flag_ids
        other = self.env["res.partner"].create({"name": "Wood Corner"})
        with self.assertRaises(UserError):
            flag.action_choose_vendor(other.id)
        flag.with_user(self.clerk).action_choose_vendor(self.vendor.id)
        self.assertEqual((bill.partner_id, self.codes(bill)), (self.vendor, set()))

    def test_a_confirmed_name_is_remembered(self):
        bill = self.received(vendor="NL Handel", vat="", iban="")
        self.assertEqual(self.codes(bill), {"new_vendor"})
        bill.partner_id = self.vendor
        self.assertFalse(self.codes(bill))
        bill.action_post()
        again = self.received(
            vendor="NL Handel", vat="", iban="", number="RE-77", date="2024-06-01"
        )
        self.assertEqual(again.partner_id, self.vendor)
        alias = self.vendor.ai_bill_alias_ids.filtered(lambda one: one.kind == "name")
        self.assertEqual((alias.value, alias.move_id), ("NL Handel", bill))

    def test_a_new_vendor_is_a_proposal_for_a_person(self):
        self.policy_of("vendor").write({"mode": "automatic", "max_amount": 10_000})
        bill = self.received(vendor="Ostwind Handels GmbH", vat="DE129273398", iban="")
        self.assertFalse(bill.partner_id)
        log = self.logs(bill, "vendor")
        self.assertEqual((log.state, log.decision), ("proposed", "suggest"))
        self.assertIn("right", log.reasons[0]["text"])
        manager = new_test_user(
            self.env,
            "bill_partners",
            f"{BOOKKEEPING},base.group_partner_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        log.with_user(manager).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual(bill.partner_id.name, "Ostwind Handels GmbH")
        self.assertEqual(
            (bill.partner_id.vat, bill.partner_id.country_id.code), ("DE129273398", "DE")
        )
        self.assertFalse(self.codes(bill))
        log.with_user(manager).action_undo()
        self.assertFalse(bill.partner_id)

    def test_a_tax_id_that_fails_its_check_is_not_taken(self):
        bill = self.received(vendor="Ostwind Handels GmbH", vat="DE129273399", iban="")
        log = self.logs(bill, "vendor")
        self.assertFalse(log.proposal["vat"])
        self.assertIn("tax_id", {veto["code"] for veto in log.vetoes})

    # ------------------------------------------------------------------
    # Bank accounts
    # ------------------------------------------------------------------

    def test_another_account_of_a_known_vendor_is_a_hard_stop(self):
        bill = self.received(iban=OTHER_IBAN)
        self.assertEqual(bill.partner_id, self.vendor)
        self.assertEqual(self.codes(bill), {"new_bank_account"})
        self.assertEqual(bill.partner_bank_id, self.bank, "payment would go to the known account")
        self.assertFalse(self.vendor.bank_ids - self.bank, "nothing is entered by itself")
        with self.assertRaisesRegex(UserError, "not an account of"):
            bill.action_post()

    def test_the_account_is_entered_by_one_and_trusted_by_another(self):
        validates = "account.group_validate_bank_account,base.group_partner_manager"
        own = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        first = new_test_user(self.env, "bill_first", f"{BOOKKEEPING},{validates}", **own)
        second = new_test_user(self.env, "bill_second", f"{BOOKKEEPING},{validates}", **own)
        bill = self.received(iban=OTHER_IBAN)
        flag = bill.ai_bill_flag_ids
        action = flag.with_user(first).action_resolve()
        bank = self.env["res.partner.bank"].browse(action["res_id"])
        self.assertEqual((bank.sanitized_acc_number, bank.allow_out_payment), (OTHER_IBAN, False))
        self.assertEqual(self.codes(bill), {"new_bank_account"})
        with self.assertRaisesRegex(UserError, "second person"):
            bank.with_user(first).allow_out_payment = True
        with self.assertRaises(UserError):
            bill.action_post()
        with self.assertRaises(UserError):
            bank.with_user(self.clerk).allow_out_payment = True
        bank.with_user(second).allow_out_payment = True
        self.assertFalse(self.codes(bill))
        bill.partner_bank_id = bank
        bill.action_post()
        self.assertEqual(bill.state, "posted")

    def test_who_changes_the_number_has_entered_it(self):
        validates = "account.group_validate_bank_account,base.group_partner_manager"
        own = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        first = new_test_user(self.env, "bill_first", f"{BOOKKEEPING},{validates}", **own)
        second = new_test_user(self.env, "bill_second", f"{BOOKKEEPING},{validates}", **own)
        bill = self.received(iban=OTHER_IBAN)
        action = bill.ai_bill_flag_ids.with_user(first).action_resolve()
        bank = self.env["res.partner.bank"].browse(action["res_id"])
        bank.with_user(second).acc_number = IBAN.replace("0202051", "0202052")
        with self.assertRaisesRegex(UserError, "second person"):
            bank.with_user(second).allow_out_payment = True

    def test_an_account_typed_by_hand_needs_a_second_person_too(self):
        validates = "account.group_validate_bank_account,base.group_partner_manager"
        own = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        first = new_test_user(self.env, "bill_first", f"{BOOKKEEPING},{validates}", **own)
        bill = self.received(iban=OTHER_IBAN)
        bank = (
            self.env["res.partner.bank"]
            .with_user(first)
            .create(
                {
                    "partner_id": self.vendor.id,
                    "acc_number": OTHER_IBAN,
                    "allow_out_payment": True,
                }
            )
        )
        self.assertFalse(bank.allow_out_payment)
        with self.assertRaisesRegex(UserError, "second person"):
            bank.allow_out_payment = True
        with self.assertRaises(UserError):
            bank.ai_entered_by_id = self.approver
        self.assertEqual(self.codes(bill), {"new_bank_account"})

    def test_the_service_user_never_trusts_an_account(self):
        self.assertFalse(self.service.has_group("account.group_validate_bank_account"))

    def test_our_own_account_on_the_bill_is_not_the_vendors(self):
        self.env["res.partner.bank"].create(
            {"partner_id": self.company.partner_id.id, "acc_number": OTHER_IBAN}
        )
        bill = self.received(iban=OTHER_IBAN)
        self.assertNotIn("new_bank_account", self.codes(bill))

    def test_a_mail_that_only_looks_like_the_vendors_is_flagged(self):
        self.vendor.email = "billing@nordlicht.example"
        bill = self.received()
        bill.invoice_source_email = "billing@nord1icht.example"
        bill._ai_bill_recheck()
        self.assertEqual(self.codes(bill), {"lookalike_sender"})
        bill.invoice_source_email = "someone@nordlicht.example"
        bill._ai_bill_recheck()
        self.assertFalse(self.codes(bill))

    def test_own_tax_id_is_never_the_vendors(self):
        self.company.partner_id.with_context(no_vat_validation=True).vat = VAT
        self.vendor.vat = False
        bill = self.received(vendor="Ostwind Handels GmbH", iban="")
        self.assertNotEqual(bill.partner_id, self.company.partner_id)

    def test_an_override_needs_an_approver_and_a_reason(self):
        bill = self.received(iban=OTHER_IBAN)
        flag = bill.ai_bill_flag_ids
        with self.assertRaisesRegex(UserError, "approver"):
            flag.with_user(self.clerk).action_override()
        flag.with_user(self.approver)._override("Factoring, checked by phone")
        self.assertEqual(self.codes(bill, "overridden"), {"new_bank_account"})
        self.assertIn("Factoring", str(bill.message_ids[:1].body))
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "bill_override")])
        self.assertEqual(
            (event.user_id, event.note), (self.approver, "Factoring, checked by phone")
        )
        bill.action_post()
        self.assertEqual(bill.state, "posted")
