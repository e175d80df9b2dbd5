from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CashCommon

TABLES = ("account_move", "account_move_line", "res_partner", "sale_order", "purchase_order")


@tagged("post_install", "-at_install")
class TestScenarios(CashCommon):
    """What if: side by side, and the books stay as they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank_line(5000.0)
        cls.invoice(800.0, due=10)
        cls.invoice(300.0, partner=cls.gemini, kind="in_invoice", due=5)
        cls.sale = cls.order(10)
        cls.purchase(4)

    def scenario(self, *levers, name="What if"):
        return self.env["ai.cash.scenario"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "lever_ids": [Command.create(lever) for lever in levers],
            }
        )

    def versions(self):
        """Return what the database says about every row of the books: any write would show."""
        self.env.flush_all()
        found = {}
        for table in TABLES:
            self.env.cr.execute(f"SELECT id, xmin::text, ctid::text FROM {table} ORDER BY id")  # pylint: disable=sql-injection
            found[table] = self.env.cr.fetchall()
        return found

    def test_all_levers_and_nothing_in_the_books_changes(self):
        usd = self.env.ref("base.EUR")
        levers = (
            {"kind": "delay_partner", "partner_id": self.azure.id, "days": 40},
            {"kind": "shift_payment_run", "days": 14},
            {"kind": "lose_order", "order_id": self.sale.id},
            {"kind": "sales_change", "percent": -20.0},
            {"kind": "currency", "other_currency_id": usd.id, "percent": -5.0},
            {"kind": "reorder", "percent": 30.0},
            {"kind": "supplier_terms", "days": 10},
            {"kind": "one_off", "amount": -2000.0, "date": self.day(20)},
        )
        base = self.forecast()
        scenarios = [self.scenario(lever, name=lever["kind"]) for lever in levers]
        before = self.versions()
        ids = [one.id for one in scenarios]
        data = self.Forecast.with_user(self.cashier).get_dashboard(self.company.ids, base.id, ids)
        self.assertEqual(self.versions(), before)
        self.assertEqual([one["id"] for one in data["scenarios"]], ids)
        weeks = {one["name"]: one["weeks"] for one in data["scenarios"]}
        total = lambda name, key: sum(week[key] for week in weeks[name])  # noqa: E731
        base_in = sum(week["in"] for week in data["weeks"])
        base_out = sum(week["out"] for week in data["weeks"])
        self.assertLess(total("lose_order", "in"), base_in - 500)
        self.assertLess(total("sales_change", "in"), base_in)
        self.assertGreater(total("reorder", "out"), base_out)
        self.assertAlmostEqual(total("one_off", "out"), base_out + 2000.0, 2)
        self.assertAlmostEqual(total("currency", "in"), base_in, 2)
        early = sum(week["in"] for week in weeks["delay_partner"][:4])
        self.assertLess(early, sum(week["in"] for week in data["weeks"][:4]))

    def test_compare_and_recompute_after_a_change(self):
        base = self.forecast()
        scenario = self.scenario({"kind": "one_off", "amount": 100.0, "date": self.day(3)})
        own = base._of_scenario(scenario)
        compared = own.action_compare(base)
        total = sum(change["amount"] for change in compared["changes"])
        self.assertAlmostEqual(total, 100.0, 2)
        scenario.lever_ids.amount = 250.0
        self.env.flush_all()
        base.action_refresh()
        self.assertEqual(base._of_scenario(scenario), own)
        self.assertEqual(self.total(own, "manual"), 250.0)

    def test_incomplete_lever_says_what_is_missing(self):
        scenario = self.scenario({"kind": "lose_order"})
        with self.assertRaisesRegex(ValidationError, "Order"):
            self.forecast()._of_scenario(scenario)
