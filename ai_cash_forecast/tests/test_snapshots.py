from collections import defaultdict
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestSnapshots(CashCommon):
    """What was believed when, what came, and why it differed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_cash_new_business = False
        cls.history()

    @classmethod
    def history(cls):
        """Half a year of invoices paid six days late, and bills paid on the day."""
        cls.bank_line(20_000.0, -250)
        for days in range(240, 45, -13):
            cls.pay(cls.invoice(100.0, days=-days, due=14), -days + 20)
        for days in range(240, 45, -26):
            bill = cls.invoice(60.0, cls.gemini, "in_invoice", days=-days, due=14)
            cls.pay(bill, -days + 14)

    def test_published_is_frozen_and_in_the_log(self):
        self.bank_line(5000.0)
        self.invoice(800.0, due=10)
        forecast = self.forecast().with_user(self.cashier)
        forecast.action_publish()
        self.assertEqual((forecast.state, forecast.published_by), ("published", self.cashier))
        event = self.env["ai.audit.log.event"].search([("kind", "=", "forecast")], limit=1)
        self.assertEqual(event.data["hash"], forecast.content_hash)
        self.assertTrue(event.content_hash)
        for values in ({"opening": 1.0}, {"state": "draft"}, {"result": {}}):
            with self.assertRaises(UserError):
                forecast.sudo().write(values)
        with self.assertRaises(UserError):
            forecast.action_refresh()
        with self.assertRaises(UserError):
            forecast.sudo().unlink()
        self.assertEqual(forecast.action_verify()["params"]["type"], "success")
        self.env.cr.execute(
            "UPDATE ai_cash_forecast_line SET amount = amount + 1 WHERE forecast_id = %s",
            [forecast.id],
        )
        self.env.invalidate_all()
        self.assertEqual(forecast.action_verify()["params"]["type"], "danger")

    def test_next_publication_supersedes(self):
        first = self.forecast()
        first.action_publish()
        second = self.forecast()
        self.assertNotEqual(first, second)
        second.action_publish()
        self.assertEqual((first.state, second.state), ("superseded", "published"))

    def test_changes_add_up(self):
        self.bank_line(5000.0)
        kept, paid, gone = (self.invoice(100.0 * n, due=10 + n) for n in (1, 2, 3))
        old = self.forecast()
        old.action_publish()
        self.pay(paid, 0)
        gone.button_draft()
        gone.button_cancel()
        self.invoice(450.0, partner=self.wood, due=12)
        self.bank_line(-60.0, label="Bank fee")
        new = self.forecast()
        changes = self.Forecast.get_dashboard(self.company.ids, new.id)["changes"]

        def expected(forecast):
            weeks = forecast.period_ids.filtered(lambda one: one.granularity == "week")
            return forecast.opening + sum(w.amount_in - w.amount_out for w in weeks)

        total = sum(change["amount"] for change in changes)
        self.assertAlmostEqual(total, expected(new) - expected(old), 2)
        texts = " / ".join(change["text"] for change in changes)
        self.assertIn(gone.name, texts)
        self.assertEqual(kept.state, "posted")

    def test_variance_adds_up_week_by_week(self):
        then = self.today - timedelta(days=self.today.weekday() + 35)
        late = self.invoice(1000.0, days=(then - self.today).days - 10, due=15)
        less = self.invoice(700.0, partner=self.wood, days=-50, due=25)
        cancelled = self.invoice(300.0, partner=self.wood, days=-50, due=20)
        snapshot = self.Forecast._as_of_past(self.company, then)
        self.assertEqual(self.total(snapshot, "invoice") >= 2000.0, True)
        self.pay(late, -3)
        credit = self.invoice(50.0, self.wood, "out_refund", days=-20)
        (less + credit).line_ids.filtered(
            lambda one: one.account_type == "asset_receivable"
        ).reconcile()
        self.pay(less, -19)
        cancelled.button_draft()
        cancelled.button_cancel()
        self.bank_line(-45.0, -12, label="Fee")
        variances = self.env["ai.cash.variances"]._explain(snapshot)
        causes = set(variances.mapped("cause"))
        self.assertLessEqual({"timing", "missing", "unforeseen"}, causes)
        found = defaultdict(float)
        for variance in variances:
            found[variance.week] += variance.amount
        rows = self.env["ai.cash.actuals"]._moved(snapshot, then, self.today)
        moved = defaultdict(float)
        for row in rows:
            moved[snapshot._week_of(row["date"])] += float(row["amount"])
        for week in snapshot.period_ids.filtered(
            lambda one: one.granularity == "week" and one.date_to < self.today
        ):
            difference = moved[week.index] - (week.amount_in - week.amount_out)
            self.assertAlmostEqual(found[week.index], difference, 2, week.date_from)
        gone = variances.filtered(lambda one: one.cause == "missing")
        self.assertAlmostEqual(sum(gone.mapped("amount")), -self.planned(snapshot, cancelled), 2)

    def planned(self, snapshot, move):
        line = snapshot.line_ids.filtered(lambda one: one.label == move.name)
        over = {
            str(one.index)
            for one in snapshot.period_ids
            if one.granularity == "week" and one.date_to < self.today
        }
        return sum(amount for week, amount in line.weeks.items() if week in over)

    def test_past_knows_only_what_was_known(self):
        then = self.day(-60)
        open_then = self.invoice(555.0, days=-80, due=40)
        self.pay(open_then, -30)
        self.invoice(999.0, days=-20, due=30)
        snapshot = self.Forecast._as_of_past(self.company, then)
        amounts = snapshot.line_ids.filtered(lambda one: one.kind == "invoice").mapped("amount")
        self.assertIn(555.0, amounts)
        self.assertNotIn(999.0, amounts)
        balance = self.env["account.move.line"].search(
            [("account_id", "=", self.bank.default_account_id.id), ("date", "<", then)]
        )
        self.assertAlmostEqual(snapshot.opening, sum(balance.mapped("balance")), 2)
        self.assertEqual((snapshot.state, snapshot.phase), ("frozen", "shadow"))

    def test_backtest_shows_accuracy(self):
        forecast = self.forecast()
        forecast.action_backtest(weeks=6)
        accuracy = self.Forecast.get_dashboard(self.company.ids, forecast.id)["accuracy"]
        self.assertGreaterEqual(accuracy["weeks"], 5)
        self.assertTrue(accuracy["by_horizon"])
        for name in ("in_band", "error", "naive_error"):
            self.assertGreaterEqual(accuracy[name], 0.0)
        self.assertFalse(forecast.action_backtest(weeks=6))

    def test_weekly_job_keeps_a_snapshot_or_publishes(self):
        self.bank_line(100.0)
        draft = self.forecast()
        self.company.ai_cash_phase = "automatic"
        draft.sudo().phase = "automatic"
        with self.enter_registry_test_mode():
            self.env.ref("ai_cash_forecast.cron_weekly_report").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(draft.state, "published")
        fresh = self.Forecast._current(self.company)
        self.assertEqual((fresh.state, fresh.phase), ("draft", "automatic"))

    def test_nightly_job_learns_and_refreshes(self):
        draft = self.forecast()
        with freeze_time(self.day(1)), self.enter_registry_test_mode():
            self.env.ref("ai_cash_forecast.cron_refresh").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(draft.as_of, self.day(1))
        self.assertIn("6 days late", self.azure.with_user(self.cashier).ai_cash_pays)
        self.assertIn("on the due date", self.gemini.with_user(self.cashier).ai_cash_paid)
