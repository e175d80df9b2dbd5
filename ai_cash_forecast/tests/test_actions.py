from odoo.tests import tagged

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestActions(CashCommon):
    """A shortfall becomes activities, with approval and undo; small risks are not told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_cash_new_business = False
        cls.company.ai_cash_floor = 2000.0
        cls.bank_line(2500.0)
        cls.late = cls.invoice(1500.0, days=-60, due=20)
        cls.bill = cls.invoice(2400.0, partner=cls.gemini, kind="in_invoice", due=6)

    def suggested(self):
        forecast = self.forecast()
        return forecast, self.env["ai.cash.closing"]._suggest(forecast, "button")

    def test_shortfall_is_closed_by_amounts(self):
        forecast, actions = self.suggested()
        self.assertTrue(forecast.is_short)
        kinds = dict(zip(actions.mapped("kind"), actions, strict=True))
        self.assertIn("remind", kinds)
        self.assertEqual(kinds["remind"].res_id, self.late.id)
        self.assertGreater(kinds["remind"].amount, 0)
        data = self.Forecast.get_dashboard(self.company.ids, forecast.id)
        self.assertEqual(len(data["actions"]), len(actions))
        self.assertTrue(all(one["state"] == "proposed" for one in data["actions"]))

    def test_applied_is_an_activity_and_undone_it_is_gone(self):
        _forecast, actions = self.suggested()
        action = actions.filtered(lambda one: one.kind == "remind")
        log = action.ai_suggestion_id
        log.action_apply()
        action.invalidate_recordset()
        activity = self.late.activity_ids
        self.assertEqual(activity.summary, action.text)
        self.assertIn(f"of {self.late.name}", self.late.message_ids[0].body)
        self.assertEqual(self.late.amount_residual, 1500.0)
        self.assertEqual(log.state, "applied")
        log.action_undo()
        self.assertFalse(activity.exists())

    def test_settled_meanwhile_is_refused(self):
        _forecast, actions = self.suggested()
        log = actions.filtered(lambda one: one.kind == "remind").ai_suggestion_id
        self.pay(self.late, 0)
        log.action_apply()
        self.assertNotEqual(log.state, "applied")
        self.assertFalse(self.late.activity_ids)

    def test_low_risk_is_not_told(self):
        self.bank_line(50_000.0)
        forecast, actions = self.suggested()
        self.assertFalse(forecast.is_short)
        self.assertFalse(actions.filtered(lambda one: one.kind != "early"))
        early = actions.filtered(lambda one: one.kind == "early")
        self.assertEqual(early.res_id, self.bill.id)

    def test_what_is_no_longer_needed_goes(self):
        _forecast, actions = self.suggested()
        logs = actions.ai_suggestion_id
        self.bank_line(50_000.0)
        self.suggested()
        self.assertEqual(set(logs.mapped("state")), {"superseded"})
        self.assertFalse(any(actions.mapped("active")))

    def test_changes_refresh_the_draft_once(self):
        forecast = self.forecast()
        before = forecast.generated_at
        self.bank_line(10.0)
        self.bank_line(20.0)
        self.order(3)
        waiting = self.env["ai.audit.log"].search(
            [("task_code", "=", "cash.refresh"), ("res_id", "=", forecast.id)]
        )
        self.assertEqual((len(waiting), waiting.state), (1, "queued"))
        waiting.sudo().next_attempt_at = before
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(forecast.opening, 2530.0)
        self.assertEqual(self.total(forecast, "sale_order"), 300.0)
