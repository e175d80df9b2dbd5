from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CASH, CashCommon

MODELS = (
    *("ai.cash.forecast", "ai.cash.forecast.line", "ai.cash.forecast.period"),
    *("ai.cash.variance", "ai.cash.action", "ai.cash.habit", "ai.cash.scenario"),
    *("ai.cash.scenario.lever", "ai.cash.manual.line", "ai.cash.calendar"),
)


@tagged("post_install", "-at_install")
class TestAccess(CashCommon):
    """Who sees what: nobody without the role, nobody of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank_line(5000.0)
        cls.invoice(800.0, due=10)
        cls.current = cls.forecast()
        cls.other = cls.setup_other_company(name="Second company")["company"]
        cls.elsewhere = new_test_user(
            cls.env,
            "cash_elsewhere",
            CASH,
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        own = {"company_id": cls.company.id}
        cls.env["ai.cash.manual.line"].create({"name": "Rent", "amount": -1.0, **own})
        cls.env["ai.cash.calendar"].create({"name": "Pay", "amount": 1.0, **own})
        cls.scenario = cls.env["ai.cash.scenario"].create(
            {"name": "Late", "lever_ids": [Command.create({"days": 30})], **own}
        )
        habit = {"partner_id": cls.azure.id, "direction": "in", "delay": 6, "paid": 14}
        cls.env["ai.cash.habit"].sudo().create({**habit, **own})
        base = {"forecast_id": cls.current.id}
        cls.env["ai.cash.variance"].sudo().create({**base, "cause": "timing", "amount": 1.0})
        cls.env["ai.cash.action"].sudo().create(
            {**base, **own, "key": "x", "kind": "remind", "res_model": "res.partner",
             "res_id": cls.azure.id, "text": "Remind"}
        )  # fmt: skip

    def test_stranger_sees_nothing(self):
        for model in MODELS:
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.stranger).search([])
        with self.assertRaises(AccessError):
            self.Forecast.with_user(self.stranger).get_dashboard(self.company.ids)
        with self.assertRaises(AccessError):
            self.azure.with_user(self.stranger).read(["ai_cash_pays"])

    def test_other_company_sees_nothing(self):
        for model in MODELS:
            self.assertTrue(self.env[model].with_user(self.cashier).search([]), model)
            found = self.env[model].with_user(self.elsewhere).search([])
            self.assertFalse(found, model)
        mine = self.current.with_user(self.elsewhere)
        mine = mine.with_context(allowed_company_ids=self.other.ids)
        with self.assertRaises(AccessError):
            mine.read(["opening"])
        with self.assertRaises(AccessError):
            mine.get_dashboard(self.company.ids)
        with self.assertRaises(AccessError):
            mine.get_dashboard(self.other.ids, self.current.id)
        with self.assertRaises(AccessError):
            mine.get_records_action(self.current.id, 0)

    def test_auditor_reads_and_writes_nothing(self):
        for model in MODELS:
            found = self.env[model].with_user(self.auditor).search([])
            self.assertTrue(found, model)
            with self.assertRaises(AccessError, msg=model):
                found[:1].check_access("write")
        with self.assertRaises(AccessError):
            self.current.with_user(self.auditor).action_refresh()

    def test_figures_are_nobodys_to_write(self):
        mine = self.current.with_user(self.cashier)
        with self.assertRaises(UserError):
            mine.write({"opening": 1.0})
        with self.assertRaises(UserError):
            mine.write({"state": "published"})
        with self.assertRaises(UserError):
            mine.action_ids[:1].write({"res_id": self.wood.id})
        with self.assertRaises(AccessError):
            mine.line_ids[:1].write({"amount": 1.0})
        with self.assertRaises(AccessError):
            self.Forecast.with_user(self.cashier).create({"name": "x"})

    def test_consolidated_is_for_who_may_see_all(self):
        both = self.company + self.other
        self.env.user.company_ids += self.other
        forecast = self.env["ai.cash.forecast"].with_context(allowed_company_ids=both.ids)
        forecast = forecast._current(both)
        for user, company in ((self.cashier, self.company), (self.elsewhere, self.other)):
            mine = forecast.with_user(user).with_context(allowed_company_ids=company.ids)
            with self.assertRaises(AccessError):
                mine.read(["opening"])
            lines = mine.env["ai.cash.forecast.line"]
            self.assertFalse(lines.search([("forecast_id", "=", forecast.id)]))
            with self.assertRaises(AccessError):
                mine.get_dashboard(both.ids)

    def test_behaviour_on_the_partner(self):
        pays = self.azure.with_user(self.cashier).ai_cash_pays
        self.assertEqual(pays, "pays 6 days late, from 14 invoices")
