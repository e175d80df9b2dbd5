from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestAccess(BankMatchCommon):
    """Who sees and does what; nobody writes the log."""

    def setUp(self):
        super().setUp()
        self.move = self.invoice(self.azure, 1250.0)
        self.line = self.bank_line(self.move.name, 1250.0)
        self.log = self.suggestion(self.line)
        self.rows = [("id", "=", self.log.id)]

    def seen_by(self, user):
        return self.env["ai.audit.log"].with_user(user).search(self.rows)

    def test_clerk_suggests_applies_and_undoes_with_own_rights(self):
        line = self.line.with_user(self.clerk)
        line.action_ai_suggest()
        log = line.ai_suggestion_id
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertEqual(log.executed_by_id, self.clerk)
        log.action_undo()
        self.assertEqual(log.state, "undone", log.error)

    def test_row_is_visible_with_its_document(self):
        plain = new_test_user(
            self.env,
            "plain",
            "ai_audit_log.group_ai_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.assertTrue(self.seen_by(self.clerk))
        self.assertFalse(self.seen_by(plain), "cannot read the document, cannot read the row")
        with self.assertRaises(AccessError):
            self.log.with_user(plain).read(["summary"])
        with self.assertRaises(AccessError):
            self.log.event_ids.with_user(plain).read(["note"])
        with self.assertRaises(AccessError):
            self.log.with_user(plain).action_apply()
        self.assertTrue(self.seen_by(self.auditor), "auditors read all")

    def test_auditor_decides_nothing(self):
        self.log.with_user(self.auditor).action_apply()
        self.assertEqual(self.log.state, "proposed")
        with self.assertRaises(AccessError):
            self.line.with_user(self.auditor).action_ai_suggest()

    def test_manager_sets_policies_and_cannot_approve(self):
        self.policy.with_user(self.manager).write({"mode": "approve"})
        both = new_test_user(
            self.env,
            "both",
            "ai_bank_reconcile.group_bank_user,ai_audit_log.group_ai_approver,"
            "ai_audit_log.group_ai_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.log.with_user(both).action_apply()
        self.assertEqual(self.log.state, "proposed")

    def test_clerk_cannot_change_policies(self):
        with self.assertRaises(AccessError):
            self.policy.with_user(self.clerk).write({"mode": "automatic", "max_amount": 1})

    def test_nobody_writes_the_log(self):
        for user in (self.clerk, self.approver, self.auditor, self.manager):
            for values in ({"state": "applied"}, {"confidence": 1.0}, {"error": "x"}):
                with self.subTest(user=user.login, values=values):
                    with self.assertRaises(UserError):
                        self.log.with_user(user).write(values)
            with self.assertRaises(AccessError):
                self.env["ai.audit.log"].with_user(user).create({"task_code": "x"})

    def test_two_companies(self):
        other = self.setup_other_company()["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            "ai_bank_reconcile.group_bank_user,ai_audit_log.group_ai_auditor,"
            "ai_audit_log.group_ai_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.seen_by(stranger))
        for record in (self.log, self.log.event_ids, self.log.run_id, self.policy):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(stranger).read(["display_name"])
        with self.assertRaises(AccessError):
            self.line.with_user(stranger).action_ai_suggest()

    def test_items_of_another_company_are_no_candidates(self):
        data = self.setup_other_company()
        foreign = (
            self.env["account.move"]
            .with_company(data["company"])
            .create(
                {
                    "move_type": "out_invoice",
                    "journal_id": data["default_journal_sale"].id,
                    "partner_id": self.azure.id,
                    "invoice_date": "2026-03-02",
                    "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 55.0, "tax_ids": []})],
                }
            )
        )
        foreign.action_post()
        log = self.suggestion(self.bank_line(foreign.name, 55.0, partner_name="Azure Interior"))
        item = self.open_item(foreign).id
        offered = [log.proposal, *log.proposal["alternatives"]]
        named = {part["move_line_id"] for one in offered for part in one["counterparts"]}
        self.assertNotIn(item, named)
