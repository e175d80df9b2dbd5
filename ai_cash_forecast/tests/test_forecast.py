from odoo.tests import tagged

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestForecast(CashCommon):
    """What is in a forecast, and that each number opens its records."""

    def test_empty_company(self):
        data = self.Forecast.get_dashboard(self.company.ids)
        self.assertEqual((len(data["days"]), len(data["weeks"])), (14, 13))
        self.assertEqual(data["forecast"]["opening"], 0.0)
        self.assertEqual(set(data["totals"]), {"30", "60", "90"})

    def test_open_invoice_comes(self):
        self.bank_line(5000.0)
        self.invoice(800.0, due=10)
        self.invoice(300.0, partner=self.gemini, kind="in_invoice", due=5)
        forecast = self.forecast()
        self.assertEqual(self.total(forecast, "invoice"), 800.0)
        self.assertEqual(self.total(forecast, "bill"), -300.0)
        self.assertEqual(forecast.opening, 5000.0)
        line = forecast.line_ids.filtered(lambda one: one.kind == "invoice")
        self.assertLessEqual(line.date_p10, line.date_p50)
        self.assertLessEqual(line.date_p50, line.date_p90)
        self.assertGreaterEqual(line.date_p10, self.today)
        self.assertTrue(line.reason_text)

    def test_weeks_are_sums_of_lines_and_open_them(self):
        self.bank_line(5000.0)
        for days in (3, 10, 17, 30):
            self.invoice(100.0 + days, due=days)
            self.invoice(70.0 + days, partner=self.gemini, kind="in_invoice", due=days)
        forecast = self.forecast()
        data = self.Forecast.get_dashboard(self.company.ids, forecast.id)
        for week in data["weeks"]:
            for direction, sign in (("in", 1), ("out", -1)):
                action = self.Forecast.get_records_action(
                    forecast.id, week["index"], direction=direction
                )
                lines = self.env[action["res_model"]].search(action["domain"])
                total = sum(line.weeks[str(week["index"])] for line in lines)
                self.assertAlmostEqual(sign * total, week[direction], 2)

    def test_overdue_is_neither_past_nor_all_at_once(self):
        self.bank_line(100.0)
        for days in range(40, 400, 12):
            self.pay(self.invoice(50.0, days=-days - 30, due=14), -days + 5)
        self.invoice(1000.0, days=-60, due=20)
        forecast = self.forecast()
        line = forecast.line_ids.filtered(
            lambda one: one.kind == "invoice" and one.amount == 1000.0
        )
        self.assertGreaterEqual(line.date_p10, self.today)
        first_week = line.weeks.get("0", 0.0)
        self.assertLess(first_week, 1000.0)
        self.assertIn("overdue", [code for code, _values in line.reason])

    def test_everything_in_the_dashboard(self):
        self.bank_line(3000.0)
        self.invoice(800.0, due=10)
        forecast = self.forecast()
        data = self.Forecast.with_user(self.cashier).get_dashboard(self.company.ids)
        self.assertEqual(data["forecast"]["id"], forecast.id)
        self.assertEqual(data["actual"][-1]["balance"], 3000.0)
        self.assertTrue(data["insight"])
        self.assertTrue(data["drivers"])
        kinds = {source["kind"] for source in data["sources"]}
        self.assertLessEqual({"bank", "invoice"}, kinds)
        for week in data["weeks"]:
            self.assertLessEqual(week["p10"], week["p50"])
            self.assertLessEqual(week["p50"], week["p90"])
