from odoo import Command
from odoo.tests import tagged

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestCompanies(CashCommon):
    """Several companies and currencies: rates stated, business among themselves left out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_cash_new_business = False
        cls.data = cls.setup_other_company(name="Second company")
        cls.other = cls.data["company"]
        cls.other.ai_cash_new_business = False
        cls.env.user.company_ids += cls.other
        cls.euro = cls.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])

    def in_other(self, amount, partner, kind="out_invoice"):
        env = self.env(
            context={**self.env.context, "allowed_company_ids": [self.other.id, self.company.id]}
        )
        move = (
            env["account.move"]
            .with_company(self.other)
            .create(
                {
                    "move_type": kind,
                    "partner_id": partner.id,
                    "invoice_date": self.today,
                    "company_id": self.other.id,
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "Goods", "price_unit": amount, "tax_ids": [Command.clear()]}
                        )
                    ],
                }
            )
        )
        move.action_post()
        return move

    def test_consolidated_without_business_among_themselves(self):
        self.invoice(800.0)
        self.invoice(500.0, partner=self.other.partner_id)
        self.in_other(500.0, self.company.partner_id, "in_invoice")
        self.in_other(90.0, self.wood)
        single = self.forecast()
        self.assertEqual(self.total(single, "invoice"), 1300.0)
        both = self.company + self.other
        forecast = self.env["ai.cash.forecast"].with_context(allowed_company_ids=both.ids)
        forecast = forecast._current(both)
        self.assertEqual(self.total(forecast, "invoice"), 890.0)
        self.assertEqual(self.total(forecast, "bill"), 0.0)
        self.assertTrue(any("left out" in text for text in forecast.result["warnings"]))

    def test_foreign_currency_at_the_rate_of_the_day(self):
        self.invoice(300.0, currency_id=self.euro.id)
        forecast = self.forecast()
        line = forecast.line_ids.filtered(lambda one: one.kind == "invoice")
        self.assertEqual((line.amount_currency, line.amount, line.rate), (300.0, 150.0, 0.5))
        self.assertTrue(any("EUR" in text for text in forecast.result["warnings"]))
        self.assertIn("0.5", line.reason_text)

    def test_foreign_bank_account(self):
        journal = self.env["account.journal"].create(
            {
                "name": "Euro bank",
                "type": "bank",
                "code": "EUB",
                "currency_id": self.euro.id,
                "company_id": self.company.id,
            }
        )
        self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "amount": 400.0,
                "date": self.today,
                "payment_ref": "In",
            }
        )
        self.assertEqual(self.forecast().opening, 200.0)
