from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import APPROVER, KernelCommon


@tagged("post_install", "-at_install")
class TestApprovalTiers(KernelCommon):
    """Who approves depends on the amount, and every change of that is an event."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.person("boss", f"{APPROVER},base.group_partner_manager")
        cls.policy.mode = "approve"
        cls.policy.approver_ids = cls.approver
        cls.tier = cls.env["ai.finance.approval.tier"].create(
            {"policy_id": cls.policy.id, "amount_from": 1000, "approver_ids": cls.boss.ids}
        )

    def waiting_row(self, amount=100.0, **values):
        return self.row(self.new_partner(), decision="approve", amount=amount, **values)

    def problem(self, row, user):
        policy = self.env["ai.finance.policy"]._select(self.task, row._document())
        approver = self.env["ai.finance.approver"].with_user(user)
        return approver._problem(row.with_user(user), policy[row._document()])

    # ------------------------------------------------------------------
    # Who decides
    # ------------------------------------------------------------------

    def test_the_highest_tier_that_is_reached_counts(self):
        top = self.person("top", f"{APPROVER},base.group_partner_manager")
        self.tier.copy({"amount_from": 5000, "approver_ids": top.ids})
        cases = {0: self.approver, 999.99: self.approver, 1000: self.boss, 4999.99: self.boss}
        cases |= {5000: top, 1e9: top, -7000: top}
        for amount, decides in cases.items():
            row = self.waiting_row(amount)
            for user in (self.approver, self.boss, top):
                with self.subTest(amount=amount, user=user.login):
                    expected = None if user == decides else "Waits for an approver."
                    self.assertEqual(self.problem(row, user), expected)

    def test_without_names_every_approver_of_the_company(self):
        self.policy.approver_ids = False
        self.assertIsNone(self.problem(self.waiting_row(10), self.boss))
        self.assertIsNone(self.problem(self.waiting_row(10), self.approver))
        self.assertTrue(self.problem(self.waiting_row(10), self.clerk), "no approver at all")

    def test_a_tier_whose_only_approver_left_waits(self):
        """It must not fall to everybody: that would lower the limit."""
        self.boss.active = False
        row = self.waiting_row(2000)
        self.assertTrue(self.problem(row, self.approver))
        self.policy.approver_ids.active = False
        self.assertTrue(self.problem(self.waiting_row(1), self.person("new", APPROVER)))

    def test_applying_follows_the_tier(self):
        with self.engine():
            row = self.waiting_row(2000, input_checksum="looked at")
            action = row.with_user(self.approver).action_apply()
            self.assertEqual(row.state, "proposed")
            self.assertIn("Waits for an approver", action["params"]["message"])

    def test_the_maker_of_a_nightly_suggestion_is_the_service_user(self):
        row = self.waiting_row()
        self.assertEqual(row.maker_id, self.service)
        self.assertIsNone(self.problem(row, self.approver))

    def test_the_editor_is_the_maker_of_an_edited_suggestion(self):
        row = self.waiting_row(2000, maker_id=self.boss.id, trigger="edit")
        self.assertIn("Who made a suggestion", self.problem(row, self.boss))
        self.assertTrue(self.problem(row, self.approver), "nor may the tier below")

    def test_who_sets_the_policies_does_not_approve(self):
        self.boss.group_ids += self.env.ref("ai_audit_log.group_ai_manager")
        self.assertIn("manages the policies", self.problem(self.waiting_row(2000), self.boss))

    # ------------------------------------------------------------------
    # What is accepted
    # ------------------------------------------------------------------

    def test_only_approvers_can_be_named(self):
        with self.assertRaisesRegex(ValidationError, "role AI Approver is missing"):
            self.tier.approver_ids = self.user
        with self.assertRaisesRegex(ValidationError, "at least one"):
            self.tier.approver_ids = False

    def test_tiers_belong_to_the_company_of_their_policy(self):
        other = self.env["res.company"].create({"name": "Subsidiary"})
        theirs = self.env["ai.finance.approval.tier"].create(
            {"policy_id": self.policy_of(other).id, "amount_from": 1, "approver_ids": self.boss.ids}
        )
        self.assertEqual((self.tier.company_id, theirs.company_id), (self.company, other))
        tiers = self.env["ai.finance.approval.tier"].with_user(self.manager)
        self.assertEqual(tiers.search([("id", "in", (self.tier + theirs).ids)]), self.tier)
        with self.assertRaises(AccessError):
            theirs.with_user(self.manager).amount_from = 2
        with self.assertRaises(AccessError):
            self.tier.with_user(self.manager).policy_id = theirs.policy_id

    def test_who_may_not_set_policies_sets_no_tiers(self):
        for user in (self.user, self.approver, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.tier.with_user(user).amount_from = 1

    def test_tiers_are_set_on_the_policy(self):
        with Form(self.policy.with_user(self.manager)) as policy, policy.tier_ids.new() as tier:
            tier.amount_from = 20
            tier.approver_ids.add(self.approver)
        self.assertEqual(self.policy.tier_ids.mapped("amount_from"), [20, 1000])

    # ------------------------------------------------------------------
    # Traces
    # ------------------------------------------------------------------

    def changes(self):
        events = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], order="id")
        return [
            (event.user_id, event.data["old"]["tier_ids"], event.data["new"]["tier_ids"])
            for event in events
            if event.data["policy_id"] == self.policy.id and "tier_ids" in event.data["old"]
        ]

    def test_every_change_of_a_tier_is_an_event(self):
        boss, approver = self.boss.id, self.approver.id
        tier = self.tier.with_user(self.manager)
        before = len(self.changes())
        tier.amount_from = 500
        tier.approver_ids += self.approver
        tier.create({"policy_id": self.policy.id, "amount_from": 9000, "approver_ids": [boss]})
        self.policy.tier_ids.filtered(lambda one: one.amount_from == 9000).unlink()
        both = sorted([boss, approver])
        found = self.changes()[before:]
        self.assertEqual(
            [change[1:] for change in found],
            [
                ([[1000, [boss]]], [[500, [boss]]]),
                ([[500, [boss]]], [[500, both]]),
                ([[500, both]], [[500, both], [9000, [boss]]]),
                ([[500, both], [9000, [boss]]], [[500, both]]),
            ],
        )
        self.assertEqual(found[0][0], self.manager)

    def test_tiers_go_with_their_policy_and_are_told(self):
        self.policy.unlink()
        [event] = self.env["ai.audit.log.event"].search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event.data["old"]["tier_ids"], [[1000, self.boss.ids]])
        self.assertFalse(self.tier.exists())

    def test_the_other_settings_of_approval_are_watched(self):
        for values in (
            {"execute_as_service": True},
            {"expire_days": 3},
            {"leave_unreviewed": True},
        ):
            self.policy.write(values)
            event = self.env["ai.audit.log.event"].search([("kind", "=", "policy")], limit=1)
            [name] = values
            with self.subTest(name=name):
                self.assertEqual(event.data["new"][name], values[name])
                self.assertFalse(event.data["old"][name])
