from odoo.tests import tagged

from .by_hand_common import ByHandCommon


@tagged("post_install", "-at_install")
class TestByHandLife(ByHandCommon):
    """What a person makes goes the way of every suggestion: logged, decided by policy, undone."""

    def test_it_replaces_the_wrong_suggestion(self):
        wrong, right = self.invoice(self.azure, 100.0), self.invoice(self.wood, 100.0)
        line = self.bank_line(wrong.name, 100.0, partner_name="Azure Interior")
        old = self.suggestion(line)
        self.assertEqual(old.proposal["kind"], "match")
        log = self.book(line, self.of_item(right, 100.0))
        self.assertEqual((old.state, log.state), ("edited", "applied"))
        self.assertEqual(log.replaces_id, old)
        self.assertEqual(log.trigger, "edit")
        self.assertFalse(log.auto_eligible)
        self.assertEqual(wrong.payment_state, "not_paid")
        self.assertIn("chosen by a person", line.move_id.message_ids[0].body)

    def test_where_nothing_fitted_and_where_nothing_was_asked(self):
        for ask in (True, False):
            line = self.bank_line("what is this", 77.77)
            if ask:
                self.assertEqual(self.suggestion(line).decision, "none")
            log = self.book(line, self.of_account(self.interest, 77.77))
            self.assertEqual(log.state, "applied", log.error)

    def test_a_wrong_suggestion_never_leaves_a_line_stuck(self):
        wrong, right = self.invoice(self.azure, 100.0), self.invoice(self.wood, 100.0)
        line = self.bank_line(wrong.name, 100.0, partner_name="Azure Interior")
        before = self.books()
        old = self.suggestion(line)
        old.with_user(self.clerk).action_apply()
        self.assertEqual(wrong.payment_state, "paid")
        self.undo(old)
        self.assertEqual(self.books(), before)
        log = self.book(line, self.of_item(right, 100.0))
        self.assertEqual((log.state, right.payment_state), ("applied", "paid"))
        self.undo(log)
        self.assertEqual(self.books(), before)
        self.assertTrue(self.book(line, self.of_account(self.rent, 100.0)))
        self.assertTrue(line.is_reconciled)

    def test_after_a_rejection(self):
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line(move.name, 100.0)
        self.suggestion(line).with_user(self.clerk).action_reject("no")
        log = self.book(line, self.of_item(move, 100.0))
        self.assertEqual(log.state, "applied", log.error)

    def test_with_suggestions_switched_off_or_in_shadow(self):
        """What is switched off are the suggestions, not the people."""
        for mode in ("off", "shadow"):
            move = self.invoice(self.azure, 100.0)
            line = self.bank_line(move.name, 100.0)
            self.policy.mode = "shadow"
            line.action_ai_suggest()
            self.policy.mode = mode
            log = self.book(line, self.of_item(move, 100.0))
            self.assertEqual((log.state, move.payment_state), ("applied", "paid"), log.error)
            self.undo(log)
            self.assertFalse(line.is_reconciled)

    def test_in_mode_approve_it_waits_for_a_second_person(self):
        self.policy.mode = "approve"
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line("x", 100.0)
        result = line.with_user(self.approver).ai_by_hand_book([self.of_item(move, 100.0)])
        self.assertEqual(result["state"], "proposed")
        self.assertIn("waits for an approver", result["message"])
        log = line.ai_suggestion_id
        self.assertFalse(line.is_reconciled)
        log.with_user(self.approver).action_apply()
        self.assertEqual(log.state, "proposed", "the maker does not check")
        log.with_user(self.approver.copy({"login": "second"})).action_apply()
        self.assertEqual((log.state, move.payment_state), ("applied", "paid"), log.error)

    def test_what_waits_is_not_replaced_by_a_suggestion(self):
        self.policy.mode = "approve"
        move, other = self.invoice(self.azure, 100.0), self.invoice(self.wood, 100.0)
        line = self.bank_line(other.name, 100.0)
        log = self.book(line, self.of_item(move, 100.0))
        self.env["ai.finance.pipeline"]._suggest(self.task, line, "hook")
        line.with_user(self.approver).action_ai_suggest()
        self.assertEqual((log.state, line.ai_suggestion_id), ("proposed", log))
        self.book(self.bank_line("y", 100.0), self.of_item(move, 100.0)).with_user(
            self.approver
        ).action_apply()
        line.with_user(self.approver).action_ai_suggest()
        self.assertEqual(log.state, "superseded", "it cannot be booked any more")

    def test_above_the_limit_of_automatic_mode_an_approver_decides(self):
        self.policy.write({"mode": "automatic", "max_amount": 50.0})
        small, large = self.bank_line("x", 50.0), self.bank_line("y", 51.0)
        self.assertEqual(self.book(small, self.of_account(self.rent, 50.0)).state, "applied")
        self.assertEqual(self.book(large, self.of_account(self.rent, 51.0)).state, "proposed")

    def test_a_document_paid_meanwhile_is_not_paid_again(self):
        self.policy.mode = "approve"
        move = self.invoice(self.azure, 100.0)
        line, other = self.bank_line("x", 100.0), self.bank_line("y", 100.0)
        log = self.book(line, self.of_item(move, 100.0))
        second = self.book(other, self.of_item(move, 100.0))
        second.with_user(self.approver).action_apply()
        log.with_user(self.approver).action_apply()
        self.assertEqual((second.state, log.state), ("applied", "stale"))
        self.assertFalse(line.is_reconciled)
