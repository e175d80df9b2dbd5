import psycopg2

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestDifferences(BankMatchCommon):
    """What lies between a line and its documents is a part of its own, booked where it belongs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fees = cls.account("Bank fees", "620100")
        cls.cents = cls.account("Small differences", "620200")
        cls.company.ai_bank_fee_account_id = cls.fees
        cls.company.ai_bank_tolerance_account_id = cls.cents

    @classmethod
    def account(cls, name, code):
        return cls.env["account.account"].create(
            {
                "name": name,
                "code": code,
                "account_type": "expense",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )

    def booked(self, line, account):
        return sum(line.line_ids.filtered(lambda i: i.account_id == account).mapped("balance"))

    def round_trip(self, line, log):
        """Apply, check that the entry balances, and return what to call to undo and compare."""
        before = self.books()
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "applied", log.error)
        self.assertTrue(line.is_reconciled)
        self.assertFalse(round(sum(line.line_ids.mapped("balance")), 2))

        def undo():
            log.action_undo()
            self.assertEqual(log.state, "undone", log.error)
            self.assertEqual(self.books(), before)

        return undo

    def preview(self, line):
        line._ai_invalidate()
        return {row["account"]: row["balance"] for row in line.ai_entry_preview}

    # ------------------------------------------------------------------
    # Fees
    # ------------------------------------------------------------------

    def test_a_fee_the_bank_states(self):
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line(f"{move.name} FEE 5.00", 995.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertFalse(log.auto_eligible, "a fee on a customer's payment is approved at first")
        self.assertEqual(self.preview(line)[self.fees.display_name], 5.0)
        undo = self.round_trip(line, log)
        self.assertFalse(move.amount_residual)
        self.assertEqual(self.booked(line, self.fees), 5.0)
        undo()

    def test_without_an_account_the_difference_stays_open(self):
        self.company.ai_bank_fee_account_id = False
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line(f"{move.name} FEE 5.00", 995.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertFalse(log.proposal["write_offs"])
        log.with_user(self.clerk).action_apply()
        self.assertEqual(move.amount_residual, 5.0)

    # ------------------------------------------------------------------
    # Tolerance
    # ------------------------------------------------------------------

    def tolerate(self, amount, percent, record=None):
        (record or self.bank).write(
            {"ai_tolerance_amount": amount, "ai_tolerance_percent": percent}
        )

    def test_cents_within_the_tolerance(self):
        self.tolerate(0.5, 0.01)
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line(move.name, 999.8, partner_name="Azure Interior")
        log = self.suggestion(line)
        undo = self.round_trip(line, log)
        self.assertFalse(move.amount_residual)
        self.assertEqual(round(self.booked(line, self.cents), 2), 0.2)
        written = line.line_ids.filtered(lambda item: item.account_id == self.cents)
        self.assertFalse(written.tax_ids, "never with tax")
        undo()

    def test_beyond_the_lower_limit_nothing_is_written_off(self):
        self.tolerate(0.5, 0.0001)
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line(move.name, 999.8, partner_name="Azure Interior")
        self.assertFalse(self.suggestion(line).proposal["write_offs"])

    def test_the_customers_tolerance_goes_before_the_journals(self):
        self.tolerate(5, 0.1)
        self.tolerate(0.1, 0.1, self.azure)
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line(move.name, 999.8, partner_name="Azure Interior")
        self.assertFalse(self.suggestion(line).proposal["write_offs"])

    @mute_logger("odoo.sql_db")
    def test_a_tolerance_has_limits_of_its_own(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self.tolerate(1, 0.5)
            self.env.flush_all()

    # ------------------------------------------------------------------
    # Cash discount
    # ------------------------------------------------------------------

    def discounted(self, computation="included"):
        gain, loss = self.account("Discount gained", "710100"), self.account("Given", "710200")
        self.company.account_journal_early_pay_discount_gain_account_id = gain
        self.company.account_journal_early_pay_discount_loss_account_id = loss
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 20 days",
                "company_id": self.company.id,
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 20,
                "early_pay_discount_computation": computation,
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})
                ],
            }
        )
        line = {"name": "Goods", "price_unit": 1000.0}
        line["tax_ids"] = self.company_data["default_tax_sale"].ids
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.azure.id,
                "invoice_date": "2026-03-02",
                "invoice_payment_term_id": term.id,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        move.action_post()
        return move, loss

    def test_discount_in_time_takes_its_tax_along(self):
        """1,150 less 2 %: 20 of the sale and 3 of its tax."""
        move, loss = self.discounted()
        line = self.bank_line(move.name, 1127.0, date="2026-03-20", partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertEqual(log.proposal["write_offs"][0]["purpose"], "discount")
        undo = self.round_trip(line, log)
        self.assertFalse(move.amount_residual)
        self.assertEqual(self.booked(line, loss), 20.0)
        taxes = line.line_ids.filtered("tax_repartition_line_id")
        self.assertEqual(sum(taxes.mapped("balance")), 3.0)
        undo()

    def test_discount_taken_too_late_stays_open(self):
        move, _loss = self.discounted()
        line = self.bank_line(move.name, 1127.0, date="2026-03-28", partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertFalse(log.proposal["write_offs"])
        self.assertFalse(log.auto_eligible)

    # ------------------------------------------------------------------
    # Alarms
    # ------------------------------------------------------------------

    def test_a_bill_paid_twice_is_an_alarm(self):
        bill = self.invoice(self.wood, 400.0, move_type="in_invoice", ref="RE-4711-X")
        first = self.bank_line("RE-4711-X", -400.0, partner_name="Wood Corner GmbH")
        self.suggestion(first).with_user(self.clerk).action_apply()
        self.assertFalse(bill.amount_residual)
        again = self.bank_line(
            "RE-4711-X", -400.0, date="2026-03-25", partner_name="Wood Corner GmbH"
        )
        log = self.suggestion(again)
        self.assertIn("paid_twice", [reason["code"] for reason in log.reasons])
        activities = again.move_id.activity_ids
        self.assertEqual(len(activities), 1)
        self.assertIn("already", activities.summary)
        again.action_ai_suggest()
        self.assertEqual(len(again.move_id.activity_ids), 1, "told once")

    def test_a_suppliers_new_account_is_an_alarm(self):
        self.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": self.wood.id}
        )
        self.invoice(self.wood, 400.0, move_type="in_invoice", ref="RE-4712-X")
        line = self.bank_line(
            "RE-4712-X",
            -400.0,
            partner_name="Wood Corner GmbH",
            account_number="DE89370400440532013000",
        )
        log = self.suggestion(line)
        self.assertIn("account_changed", [veto["code"] for veto in log.vetoes])
        self.assertFalse(log.auto_eligible)
        self.assertTrue(line.move_id.activity_ids)
