from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .by_hand_common import ByHandCommon


@tagged("post_install", "-at_install")
class TestByHandDocuments(ByHandCommon):
    """What a line lacks is made from it; what it brings too much or too little is a choice."""

    # ------------------------------------------------------------------
    # Differences
    # ------------------------------------------------------------------

    def short(self, **company):
        """A suggestion for 995 of 1,000, with a fee of 5."""
        self.company.write(company)
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line(f"{move.name} FEE 5.00", 995.0, partner_name="Azure Interior")
        return move, line, self.suggestion(line)

    def choose(self, line, choice, **options):
        result = line.with_user(self.clerk).ai_desk_difference(choice, **options)
        self.env.invalidate_all()
        return self.env["ai.audit.log"].browse(result["log_id"])

    def test_short_and_written_off(self):
        move, line, old = self.short()
        before = self.books()
        self.assertEqual(line.ai_by_hand_open()["offers"]["difference"], ["open", "write_off"])
        log = self.choose(line, "write_off", account_id=self.fees.id)
        self.assertEqual((old.state, log.state), ("edited", "proposed"), "chosen, not yet booked")
        log.with_user(self.clerk).action_apply()
        self.assertEqual((log.state, move.payment_state), ("applied", "paid"), log.error)
        written = line.line_ids.filtered(lambda item: item.account_id == self.fees)
        self.assertEqual((written.balance, written.tax_ids.ids), (5.0, []))
        self.undo(log)
        self.assertEqual(self.books(), before)

    def test_short_and_written_off_to_the_usual_account(self):
        _move, line, _old = self.short(ai_bank_tolerance_account_id=self.fees.id)
        log = self.choose(line, "write_off")
        self.assertEqual(log.proposal["splits"][0]["account_id"], self.fees.id)

    def test_short_and_kept_open(self):
        """Also where the engine took the difference for a fee."""
        move, line, old = self.short(ai_bank_fee_account_id=self.fees.id)
        self.assertTrue(old.proposal["write_offs"])
        log = self.choose(line, "open")
        log.with_user(self.clerk).action_apply()
        self.assertEqual((move.payment_state, move.amount_residual), ("partial", 5.0), log.error)
        self.assertFalse(line.line_ids.filtered(lambda item: item.account_id == self.fees))

    def test_over_payment_on_account_or_written_off(self):
        for choice in ("on_account", "write_off"):
            move = self.invoice(self.azure, 1000.0)
            line = self.bank_line(f"Azure Interior {move.name}", 1010.0, partner_id=self.azure.id)
            old = self.suggestion(line)
            self.assertEqual(old.proposal["kind"], "match", old.proposal)
            offers = line.ai_by_hand_open()["offers"]["difference"]
            self.assertEqual(offers, ["on_account", "write_off"])
            log = self.choose(line, choice, account_id=self.fees.id)
            log.with_user(self.clerk).action_apply()
            self.assertEqual((log.state, move.payment_state), ("applied", "paid"), log.error)
            credit = line.line_ids.filtered(
                lambda item: item.account_type == "asset_receivable" and item.amount_residual
            )
            left = -10.0 if choice == "on_account" else 0
            self.assertEqual(sum(credit.mapped("amount_residual")), left)
            self.undo(log)
            move.button_draft()

    def test_the_choice_can_be_taken_back(self):
        """What the engine suggested stays a candidate."""
        _move, line, old = self.short(ai_bank_fee_account_id=self.fees.id)
        log = self.choose(line, "open")
        log.with_user(self.clerk).action_choose(0)
        self.env.invalidate_all()
        again = line.ai_suggestion_id
        self.assertEqual(again.proposal["write_offs"], old.proposal["write_offs"])
        again.with_user(self.clerk).action_choose(0)
        self.env.invalidate_all()
        again = line.ai_suggestion_id.proposal["counterparts"]
        self.assertEqual(again, log.proposal["counterparts"])

    def test_what_is_not_offered(self):
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line(move.name, 100.0, partner_name="Azure Interior")
        with self.assertRaisesRegex(UserError, "no such difference"):
            line.ai_desk_difference("open")
        self.suggestion(line)
        self.assertEqual(line.ai_by_hand_open()["offers"]["difference"], [])
        with self.assertRaisesRegex(UserError, "no such difference"):
            line.ai_desk_difference("write_off")
        _move, line, _old = self.short()
        with self.assertRaisesRegex(UserError, "no such difference"):
            line.ai_desk_difference("on_account")
        with self.assertRaisesRegex(UserError, "Which account"):
            line.ai_desk_difference("write_off")

    # ------------------------------------------------------------------
    # New documents
    # ------------------------------------------------------------------

    def new_bill(self, line):
        action = line.with_user(self.clerk).action_ai_new_bill()
        self.env.invalidate_all()
        return self.env["account.move"].browse(action["res_id"])

    def drain(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_new_bill_is_posted_and_matched(self):
        line = self.bank_line("Hardware 4711", -242.0, partner_id=self.wood.id)
        bill = self.new_bill(line)
        self.assertEqual((bill.state, bill.move_type), ("draft", "in_invoice"))
        self.assertEqual(bill.partner_id, self.wood)
        self.assertEqual((bill.amount_total, bill.invoice_date), (242.0, line.date))
        self.assertEqual(self.new_bill(line), bill, "the second click gives the same")
        self.assertIn(line.move_id.name, bill.message_ids[0].body)
        self.assertIn("account.move", line.move_id.message_ids[0].body)
        bill.action_post()
        self.drain()
        log = line.ai_suggestion_id
        self.assertEqual(
            log.proposal["counterparts"],
            [{"move_line_id": self.open_item(bill).id, "amount": "242.00"}],
        )
        log.with_user(self.clerk).action_apply()
        self.assertEqual((log.state, bill.payment_state), ("applied", "paid"), log.error)

    def test_who_posts_the_bill_need_not_work_on_bank_lines(self):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        biller = new_test_user(self.env, "biller", "account.group_account_invoice", **own)
        line = self.bank_line("x", -30.0, partner_id=self.wood.id)
        self.new_bill(line).with_user(biller).action_post()
        self.drain()
        self.assertTrue(line.ai_suggestion_id.proposal["counterparts"])

    def test_a_new_bill_is_coded_and_comes_to_the_cent(self):
        """100 including 21 %: 82.64 and 17.36, as core rounds it."""
        for month in self.months:
            past = self.bank_line("CARD 4711 SHELL", -60.5, month.isoformat(), partner_name="Shell")
            self.by_hand(past, self.cards, taxes=self.tax)
        line = self.bank_line("CARD 4711 SHELL", -100.0, partner_name="Shell")
        for ask in (False, True):
            if ask:
                self.suggestion(line)
            bill = self.new_bill(line)
            self.assertEqual(bill.invoice_line_ids.account_id, self.cards)
            self.assertEqual(bill.invoice_line_ids.tax_ids, self.tax)
            self.assertEqual((bill.amount_total, bill.amount_tax), (100.0, 17.36))
            bill.unlink()

    def test_a_deleted_draft_makes_room_for_another(self):
        line = self.bank_line("x", -10.0)
        bill = self.new_bill(line)
        bill.unlink()
        self.assertTrue(self.new_bill(line).exists())

    def test_money_in_gives_no_bill_but_a_vendors_credit_note(self):
        line = self.bank_line("x", 10.0, partner_id=self.azure.id)
        self.assertFalse(line.ai_bill_offered)
        with self.assertRaisesRegex(UserError, "paid out, or back by a vendor"):
            line.action_ai_new_bill()
        self.invoice(self.wood, 50.0, move_type="in_invoice")
        back = self.bank_line("back", 50.0, partner_id=self.wood.id)
        self.assertTrue(back.ai_bill_offered)
        self.assertEqual(self.new_bill(back).move_type, "in_refund")

    def test_a_bill_in_the_currency_of_the_line(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        line = self.bank_line("x", -50.0, foreign_currency_id=euro.id, amount_currency=-100.0)
        bill = self.new_bill(line)
        self.assertEqual((bill.currency_id, bill.amount_total), (euro, 100.0))

    def test_an_expense_where_the_app_is_there(self):
        line = self.bank_line("Taxi", -30.0)
        if "hr.expense" not in self.env:
            self.assertFalse(line.ai_expense_offered)
            with self.assertRaisesRegex(UserError, "not installed"):
                line.action_ai_new_expense()
            return
        own = {"name": "Clerk", "user_id": self.clerk.id, "company_id": self.company.id}
        self.env["hr.employee"].create(own)
        action = line.with_user(self.clerk).action_ai_new_expense()
        expense = self.env["hr.expense"].browse(action["res_id"])
        self.assertEqual((expense.total_amount, expense.date), (30.0, line.date))
        again = line.with_user(self.clerk).action_ai_new_expense()
        self.assertEqual(again["res_id"], expense.id)
