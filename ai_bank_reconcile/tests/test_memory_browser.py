from odoo.tests import HttpCase, tagged

from .coding_common import CodingCommon
from .test_calibration import CalibrationCommon


@tagged("post_install", "-at_install")
class TestMemoryBrowser(CodingCommon, CalibrationCommon, HttpCase):
    """What was learned, rules and reliability, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.clerk, cls.manager):
            user.password = user.login

    def tour(self, url, name, login):
        self.start_tour(url, name, login=login, timeout=120)
        self.env.invalidate_all()

    def test_correct_and_forget_what_was_learned(self):
        move = self.invoice(self.azure, 250.0)
        log = self.suggestion(self.bank_line(move.name, 250.0, partner_name="Rossi Holding"))
        log.action_apply()
        self.env["ai.bank.memory.lessons"]._learn(log._documents())
        memory = self.env["ai.bank.memory"].search([("text", "=", "Rossi Holding")])
        self.tour("/odoo/bank-memory", "ai_bank_memory_edit", "clerk")
        self.assertEqual(memory.partner_id, self.wood)
        self.assertTrue(memory.by_hand)
        self.assertFalse(memory.active)

    def test_look_for_rules_and_accept_one(self):
        self.by_hand(self.bank_line("Account fee", -30.0, "2025-06-01"), self.rent)
        self.tour("/odoo/bank-rules", "ai_bank_rule_accept", "clerk")
        rule = self.env["ai.bank.rule"].search([("account_id", "=", self.fees.id)])
        self.assertEqual((rule.state, rule.maker_id), ("active", self.clerk))

    def test_reliability_proposes_a_threshold_and_a_manager_uses_it(self):
        self.decided(0.93, "applied", 300)
        self.decided(0.6, "rejected", 20)
        self.tour("/odoo/bank-reliability", "ai_bank_reliability", "manager")
        own = self.env["ai.finance.policy"].search([("journal_id", "=", self.bank.id)])
        self.assertEqual(own.min_confidence, 0.93)
