import json

from odoo.tests import tagged

from odoo.addons.ai_audit_log.tests.model_common import ModelCommon

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestInsight(ModelCommon, CashCommon):
    """What matters in plain words; a model may word it, with the figures of the page alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connect_model()
        cls.company.ai_cash_new_business = False
        cls.bank_line(2500.0)
        cls.late = cls.invoice(1500.0, days=-60, due=20)
        cls.bill = cls.invoice(2400.0, partner=cls.gemini, kind="in_invoice", due=6)

    def page(self, forecast):
        return self.Forecast.get_dashboard(self.company.ids, forecast.id)

    def content(self, text):
        return {"do": "content", "text": json.dumps({"text": text}), "times": "always"}

    def test_the_words_stand_beside_the_template(self):
        forecast = self.forecast()
        self.drain()
        page = self.page(forecast)
        self.assertTrue(page["words"])
        self.assertIn("2,500", page["words"])
        self.assertIn("most likely lowest", page["insight"])
        log = self.env["ai.audit.log"].search([("task_code", "=", "cash.insight")])
        self.assertEqual((log.decision, log.model_uses[0]["outcome"]), ("none", "used"))

    def test_other_figures_call_for_other_words(self):
        forecast = self.forecast()
        self.drain()
        self.bank_line(9000.0)
        forecast.action_refresh()
        self.assertFalse(self.page(forecast)["words"], "the words were about other figures")
        self.drain()
        self.assertIn("11,500", self.page(forecast)["words"])

    def test_a_figure_of_its_own_is_not_shown(self):
        for text in ("Cash will fall to 123,456 soon.", "**Buy gold**", "x" * 601):
            with self.subTest(text[:20]):
                self.server.script([self.content(text)])
                forecast = self.forecast()
                forecast.action_refresh()
                self.drain()
                page = self.page(forecast)
                self.assertFalse(page["words"])
                self.assertTrue(page["insight"])

    def test_without_a_model_nothing_is_asked(self):
        self.company.ai_provider_id = False
        forecast = self.forecast()
        self.drain()
        self.assertFalse(self.page(forecast)["words"])
        self.assertFalse(self.env["ai.audit.log"].search([("task_code", "=", "cash.insight")]))
        self.assertFalse(self.server.requests)
