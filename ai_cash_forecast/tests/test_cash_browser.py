from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..demo.history import CUSTOMERS, VENDORS
from ..models.ai_cash_demo_history import AiCashDemoHistory
from .screen_common import CashScreenCommon

PAGE = "/odoo/cash-forecast"


@tagged("post_install", "-at_install")
class TestCashBrowser(CashScreenCommon, HttpCase):
    """The cash page in a real browser."""

    def tour(self, name, login="cashier", url=PAGE, timeout=120):
        self.start_tour(url, name, login=login, timeout=timeout)
        self.env.invalidate_all()

    def test_from_forecast_to_activity_in_one_click(self):
        self.short_company()
        self.tour("ai_cash_forecast")
        scenario = self.env["ai.cash.scenario"].search([("name", "=", "Azure a month later")])
        self.assertEqual(scenario.lever_ids.days, 30)
        actions = self.env["ai.cash.action"].search([("company_id", "=", self.company.id)])
        done = actions.filtered("ai_applied_log_id")
        self.assertTrue(done)
        document = self.env[done[0].res_model].browse(done[0].res_id)
        self.assertTrue(document.activity_ids, "somebody is told to do it")
        published = self.env["ai.cash.forecast"].search(
            [("company_id", "=", self.company.id), ("state", "=", "published")]
        )
        self.assertTrue(published.content_hash)

    def test_an_empty_company_is_told_what_to_do(self):
        self.tour("ai_cash_empty")

    def test_forecasts_of_the_past_are_compared_with_what_came(self):
        names = [habit.partner for habit in CUSTOMERS + VENDORS]
        partners = {name: self.env["res.partner"].create({"name": name}) for name in names}
        with patch.object(AiCashDemoHistory, "_partners", lambda _self, _history: partners):
            self.env["ai.cash.demo.history"]._load(self.company, months=3)
        forecast = self.env["ai.cash.forecast"].with_user(self.cashier)._current(self.company)
        past = forecast.action_backtest(weeks=4)
        self.assertEqual(len(past), 4)
        self.assertTrue(past.variance_ids)
        self.tour("ai_cash_variance")
