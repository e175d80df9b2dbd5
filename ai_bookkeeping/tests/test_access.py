from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestAccess(BillCommon):
    """Who sees and changes what of the addon's own records, by role and by company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.nobody = new_test_user(cls.env, "bill_nobody", "base.group_user", **own)
        cls.auditor = new_test_user(cls.env, "bill_auditor", "ai_audit_log.group_ai_auditor", **own)
        other = cls.setup_other_company()["company"]
        cls.stranger = new_test_user(
            cls.env,
            "bill_stranger",
            "ai_bookkeeping.group_bookkeeping_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )

    def test_flags(self):
        bill = self.received(vendor="Unknown Ltd", vat="", iban="")
        flag = bill.ai_bill_flag_ids
        self.assertTrue(flag)
        for user in (self.clerk, self.approver, self.auditor):
            self.assertTrue(flag.with_user(user).has_access("read"), user.login)
        for user in (self.nobody, self.stranger):
            self.assertFalse(flag.with_user(user).has_access("read"), user.login)
        for user in (self.clerk, self.approver, self.auditor):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(flag.with_user(user).has_access(operation))
        self.assertFalse(self.env["ai.bill.flag"].with_user(self.stranger).search([]))

    def test_memory_of_vendors(self):
        alias = self.env["ai.bill.vendor.alias"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.vendor.id,
                "kind": "name",
                "value": "Nordlicht",
            }
        )
        self.assertTrue(alias.with_user(self.clerk).has_access("write"))
        self.assertTrue(alias.with_user(self.auditor).has_access("read"))
        self.assertFalse(alias.with_user(self.auditor).has_access("write"))
        for user in (self.nobody, self.stranger):
            self.assertFalse(alias.with_user(user).has_access("read"), user.login)

    def test_overriding_is_for_approvers(self):
        wizard = self.env["ai.bill.flag.override"]
        self.assertTrue(wizard.with_user(self.approver).has_access("create"))
        for user in (self.clerk, self.nobody, self.auditor):
            self.assertFalse(wizard.with_user(user).has_access("create"), user.login)
        bill = self.received(vendor="Unknown Ltd", vat="", iban="")
        with self.assertRaises(AccessError):
            bill.ai_bill_flag_ids.with_user(self.clerk)._override("just so")

    def test_the_wizard_sets_aside(self):
        bill = self.received(remark="x")
        bill.invoice_line_ids.price_unit = 1.0
        flag = bill.ai_bill_flag_ids
        action = flag.with_user(self.approver).action_override()
        wizard = (
            self.env["ai.bill.flag.override"]
            .with_user(self.approver)
            .with_context(**action["context"])
            .create({"reason": "Agreed by phone"})
        )
        wizard.action_override()
        self.assertEqual((flag.state, flag.reason), ("overridden", "Agreed by phone"))
        self.assertFalse(bill.ai_bill_blocked)
        # Another difference is another fact: it is flagged anew.
        bill.invoice_line_ids.price_unit = 2.0
        self.assertTrue(bill.ai_bill_blocked)

    def test_who_may_not_change_a_bill_does_not_fill_it(self):
        bill = self.received()
        for user in (self.nobody, self.stranger, self.auditor):
            with self.assertRaises(AccessError):
                bill.with_user(user).ai_bill_fill("reference", "X-1")
            with self.assertRaises(AccessError):
                bill.with_user(user).action_ai_bill_read_again()

    def test_filters_of_the_list(self):
        blocked = self.received(vendor="Unknown Ltd", vat="", iban="")
        clean = self.received(number="RE-3", date="2024-08-01", due="")
        Move = self.env["account.move"]
        both = [("id", "in", (blocked | clean).ids)]
        self.assertEqual(Move.search([*both, ("ai_bill_blocked", "=", True)]), blocked)
        self.assertEqual(Move.search([*both, ("ai_bill_blocked", "=", False)]), clean)
        waiting = Move.search([*both, ("ai_suggestion_id", "!=", False)])
        self.assertEqual(waiting, blocked | clean)
