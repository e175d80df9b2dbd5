from odoo import Command
from odoo.tests import tagged

from .coding_common import CodingCommon


@tagged("post_install", "-at_install")
class TestCodingBooking(CodingCommon):
    """Bank lines on accounts in the ledger: taxes, analytic, currencies, lock dates, undo."""

    def fuel_suggestion(self, amount=-66.01, **values):
        values = {"partner_name": "Shell", **values}
        line = self.bank_line("CARD 4711 SHELL", amount, **values)
        return line, self.suggestion(line)

    def test_tax_to_the_cent_and_undo(self):
        line, log = self.fuel_suggestion()
        before = self.books()
        tags = self.tag_balances()
        preview = [(row["account"], row["balance"]) for row in line.ai_entry_preview]
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        items = line.line_ids.sorted("balance")
        booked = [(item.account_id.display_name, item.balance) for item in items]
        self.assertEqual(sorted(preview), sorted(booked))
        self.assertEqual(items.mapped("balance"), [-66.01, 11.46, 54.55])
        [tax_item] = items.filtered("tax_line_id")
        [base_item] = items.filtered("tax_ids")
        self.assertEqual(base_item.account_id, self.cards)
        self.assertEqual(base_item.tax_ids, self.tax)
        self.assertEqual(tax_item.tax_line_id, self.tax)
        self.assertEqual(tax_item.account_id, self.company_data["default_account_tax_purchase"])
        self.assertEqual(tax_item.tax_base_amount, 54.55)
        self.assertEqual(base_item.tax_tag_ids.name, "inv base")
        self.assertEqual(tax_item.tax_tag_ids.name, "inv tax")
        self.assertTrue(line.is_reconciled)
        log.action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertEqual(self.books(), before)
        self.assertEqual(self.tag_balances(), tags)

    def tag_balances(self):
        self.env.flush_all()
        rows = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("tax_tag_ids", "!=", False)],
            ["tax_tag_ids"],
            ["balance:sum"],
        )
        return dict(rows)

    def test_purchase_paid_back_is_a_refund(self):
        line = self.bank_line("SHELL back", 121.0)
        self.by_hand(line, self.cards, taxes=self.tax)
        self.assertEqual(line.line_ids.sorted("balance").mapped("balance"), [-100.0, -21.0, 121.0])
        self.assertEqual(set(line.line_ids.tax_tag_ids.mapped("name")), {"ref base", "ref tax"})

    def test_as_core_computes_it(self):
        """The same entry, written by hand as a draft, gets the same tax items from core."""
        line, log = self.fuel_suggestion(-99.99)
        log.action_apply()
        [base] = line.line_ids.filtered("tax_ids")
        bank = self.company_data["default_account_revenue"]
        entry = self.env["account.move"].create(
            {
                "date": line.date,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.cards.id,
                            "balance": base.balance,
                            "tax_ids": [Command.set(self.tax.ids)],
                        }
                    ),
                    Command.create({"account_id": bank.id, "balance": -99.99, "tax_ids": []}),
                ],
            }
        )

        def seen(move):
            items = move.line_ids.filtered(lambda item: item.tax_ids or item.tax_line_id)
            return sorted(
                (item.account_id.id, item.balance, tuple(item.tax_tag_ids.ids), item.is_refund)
                for item in items
            )

        self.assertEqual(seen(line.move_id), seen(entry))

    def test_foreign_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 3.0)])
        line = self.bank_line(
            "CARD 4711 SHELL",
            -33.33,
            partner_name="Shell",
            foreign_currency_id=euro.id,
            amount_currency=-100.0,
        )
        before = self.books()
        log = self.suggestion(line)
        self.assertEqual(log.proposal["write_off"]["amount"], "100.00")
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        other = line._seek_for_lines()[2]
        self.assertAlmostEqual(sum(other.mapped("amount_currency")), 100.0)
        self.assertAlmostEqual(sum(other.mapped("balance")), 33.33)
        self.assertEqual(set(other.mapped("amount_currency")), {82.64, 17.36})
        log.action_undo()
        self.assertEqual(self.books(), before)

    def test_analytic(self):
        plan = self.env["account.analytic.plan"].create({"name": "Cars"})
        car = self.env["account.analytic.account"].create({"name": "Van", "plan_id": plan.id})
        for month in self.months:
            line = self.bank_line("Garage", -50.0, month.isoformat(), partner_name="Garage Bob")
            self.by_hand(line, self.cards, analytic={str(car.id): 100.0})
        before = self.books()
        line = self.bank_line("Garage", -50.0, partner_name="Garage Bob")
        before[2][line] = (False, 50.0, line.partner_id)
        log = self.suggestion(line)
        self.assertEqual(log.proposal["write_off"]["analytic"], {str(car.id): 100.0})
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        [item] = line._seek_for_lines()[2]
        self.assertEqual(item.analytic_distribution, {str(car.id): 100.0})
        self.assertEqual(item.analytic_line_ids.amount, -50.0)
        log.action_undo()
        self.assertEqual(self.books()[2][line], before[2][line])
        self.assertFalse(line.line_ids.analytic_line_ids)

    def test_lock_dates(self):
        line, log = self.fuel_suggestion()
        self.company.tax_lock_date = "2026-03-31"
        log.action_apply()
        self.assertEqual(log.state, "proposed")
        self.assertIn("locked", log.error)
        self.company.tax_lock_date = False
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.company.tax_lock_date = "2026-03-31"
        log.action_undo()
        self.assertEqual(log.state, "applied")
        self.assertIn("locked", log.error)
        self.company.tax_lock_date = False
        # Without tax the date of the tax report is no hindrance.
        fee = self.suggestion(self.bank_line("Account fee", -12.9))
        self.company.tax_lock_date = "2026-03-31"
        fee.action_apply()
        self.assertEqual(fee.state, "applied", fee.error)

    def test_account_archived_meanwhile(self):
        _line, log = self.fuel_suggestion()
        self.cards.active = False
        log.action_apply()
        self.assertEqual(log.state, "proposed")
        self.assertIn("cannot be used", log.error)
        self.cards.active = True
        self.tax.active = False
        log.action_apply()
        self.assertIn("tax cannot be used", log.error)

    def test_choose_another_account(self):
        line = self.bank_line("Account fee SHELL", -15.0)
        self.suggestion(line)
        log = line.ai_suggestion_id
        alternatives = log.proposal["alternatives"]
        self.assertTrue(alternatives)
        log.with_user(self.clerk).action_choose(0)
        line.invalidate_recordset()
        new = line.ai_suggestion_id
        self.assertEqual(new.proposal["write_off"], alternatives[0]["write_off"])
        self.assertTrue(log.candidates is False or new.candidates)
        new.action_apply()
        self.assertEqual(new.state, "applied", new.error)
