from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RemittanceCommon


@tagged("post_install", "-at_install")
class TestRemittanceAccess(RemittanceCommon):
    """Who sees and changes remittance advices, and of which company."""

    def test_rights_by_role(self):
        plain = new_test_user(self.env, "plain", "base.group_user")
        biller = new_test_user(self.env, "biller", "account.group_account_invoice")
        for user, rights in (
            (self.clerk, "rwcu"), (self.auditor, "r"), (plain, ""), (biller, ""),
        ):  # fmt: skip
            for model in ("ai.bank.remittance", "ai.bank.remittance.row"):
                records = self.env[model].with_user(user)
                names = ("read", "write", "create", "unlink")
                found = "".join(name[0] for name in names if records.has_access(name))
                with self.subTest(user=user.login, model=model):
                    self.assertEqual(found, rights)
            upload = self.env["ai.bank.remittance.upload"].with_user(user)
            self.assertEqual(upload.has_access("create"), user == self.clerk)

    def test_of_allowed_companies_only(self):
        advice = self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00")
        other = self.setup_other_company()["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            "ai_bank_reconcile.group_bank_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for records in (advice, advice.row_ids):
            self.assertTrue(records.with_user(self.clerk).has_access("read"))
            with self.assertRaises(AccessError):
                records.with_user(stranger).read(["company_id"])
            self.assertFalse(records.with_user(stranger).search([("id", "in", records.ids)]))

    def test_a_line_of_another_company_is_not_joined(self):
        other = self.setup_other_company()
        self.env["account.bank.statement.line"].create(
            {
                "journal_id": other["default_journal_bank"].id,
                "date": "2026-03-20",
                "payment_ref": "SEPA",
                "amount": 1250.0,
            }
        )
        advice = self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00")
        self.assertEqual(advice.state, "waiting")

    def test_the_clerk_uploads_with_own_rights(self):
        line = self.bank_line("SEPA CREDIT", 1250.0).with_user(self.clerk)
        advice = self.advice([(self.first.name, "", "", "1,250.00")], "1,250.00", user=self.clerk)
        self.assertEqual(advice.line_id, line)
        self.assertEqual(advice.create_uid, self.clerk)
