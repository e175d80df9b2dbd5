from unittest.mock import patch

from odoo.tests import tagged

from ..demo.history import CUSTOMERS, LOW, VENDORS
from ..models.ai_cash_demo_history import CODE, AiCashDemoHistory
from .screen_common import CashScreenCommon


@tagged("post_install", "-at_install")
class TestCashDemo(CashScreenCommon):
    """The demo company's history is booked as if it had happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = [habit.partner for habit in CUSTOMERS + VENDORS]
        partners = {name: cls.env["res.partner"].create({"name": name}) for name in names}
        cls.startClassPatcher(
            patch.object(AiCashDemoHistory, "_partners", lambda _self, _history: partners)
        )
        cls.history = cls.env["ai.cash.demo.history"]
        cls.journal = cls.history._load(cls.company, months=3)

    def test_the_account_is_never_empty_and_nothing_is_left_to_match(self):
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.journal.id)], order="internal_index desc"
        )
        # In a day's course it may: what a day ends with counts.
        ends = {line.date: line.running_balance for line in lines.sorted("internal_index")}
        self.assertAlmostEqual(min(ends.values()), LOW, 2)
        self.assertTrue(all(lines.mapped("is_reconciled")), "nothing is left to match")

    def test_what_was_paid_is_paid(self):
        moves = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "=", "out_invoice")]
        )
        states = moves.mapped("payment_state")
        self.assertGreater(states.count("paid"), 10)
        self.assertGreater(states.count("not_paid"), 5)
        self.assertEqual(states.count("partial"), 1)

    def test_it_is_loaded_once(self):
        self.assertEqual(self.journal.code, CODE)
        self.assertFalse(self.history._load(self.company, months=3))

    def test_the_forecast_knows_how_they_pay(self):
        forecast = self.env["ai.cash.forecast"]._current(self.company)
        reasons = " ".join(filter(None, forecast.line_ids.mapped("reason_text")))
        self.assertIn("usually pays", reasons)
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.journal.id)]
        )
        self.assertAlmostEqual(forecast.opening, sum(lines.mapped("amount")), 2)
