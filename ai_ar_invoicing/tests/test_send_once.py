from odoo.exceptions import UserError
from odoo.tests import tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSendOnce(SendingCommon):
    """An invoice is never sent twice by mistake, and what went out is not called back."""

    def sent(self, move):
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        self.assertEqual(len(server.mails), 1)
        return move.ai_sending_id

    def test_what_was_sent_is_not_suggested_again(self):
        move = self.invoice()
        self.sent(move)
        with self.assertRaisesRegex(UserError, "sent already, by e-mail"):
            self.suggest(move)
        self.env["account.move"]._cron_ai_suggest_sending()
        self.work()
        self.assertFalse(move.ai_send_log_id)

    def test_a_person_may_send_again_knowingly(self):
        self.policy.write({"mode": "automatic", "max_amount": 1000})
        move = self.invoice()
        self.work()
        with self.mail_server() as server:
            self.send()
            move.with_user(self.clerk).action_ai_send_again()
            self.assertEqual(move.ai_send_decision, "suggest", "a second time is never automatic")
            self.assertIn("was sent by e-mail", str(move.ai_send_vetoes))
            move.with_user(self.clerk).action_ai_send_approve()
            self.send()
        self.assertEqual(len(server.mails), 2)

    def test_two_approvals_make_one_sending(self):
        move = self.invoice()
        log = self.suggest(move)
        log.with_user(self.clerk).action_apply()
        log.with_user(self.approver).action_apply()
        self.assertEqual(len(move.ai_sending_ids), 1)
        with self.assertRaisesRegex(UserError, "being sent already"):
            self.suggest(move)

    def test_what_core_s_button_sent_counts(self):
        move = self.invoice()
        wizard = self._create_account_move_send_wizard_single(move, sending_methods=["email"])
        wizard.action_send_and_print()
        self.assertEqual(move.ai_sending_ids.state, "sent")
        self.assertTrue(move.ai_sending_ids.by_hand)
        self.assertEqual(len(move.ai_sending_ids.archive_ids), 1)
        with self.assertRaisesRegex(UserError, "sent already"):
            self.suggest(move)

    def test_an_open_suggestion_is_refused_after_core_s_button(self):
        move = self.invoice()
        log = self.suggest(move)
        self._create_account_move_send_wizard_single(move).action_send_and_print()
        log.with_user(self.clerk).action_apply()
        self.assertIn("sent already", log.error)
        self.assertEqual(len(move.ai_sending_ids), 1)

    def test_what_waits_is_taken_over_by_core_s_button(self):
        move = self.invoice()
        waiting = self.approve(move)
        self._create_account_move_send_wizard_single(move).action_send_and_print()
        self.assertEqual(waiting.state, "cancelled")
        with self.mail_server() as server:
            self.send()
        self.assertFalse(server.mails)

    def test_what_is_being_sent_is_refused_by_core_s_button(self):
        move = self.invoice()
        self.approve(move).sudo().state = "sending"
        with self.assertRaisesRegex(UserError, "being sent already"):
            self._create_account_move_send_wizard_single(move).action_send_and_print()

    def test_changed_after_sending_says_so(self):
        move = self.invoice()
        self.sent(move)
        move.button_draft()
        move.invoice_line_ids.price_unit = 120.0
        move.action_post()
        self.assertTrue(move.ai_sending_changed)
        log = self.suggest(move)
        self.assertIn("changed after it was sent", str(log.vetoes))
        self.assertIn("again", log.summary)

    def test_taken_back_while_it_waits(self):
        move = self.invoice()
        sending = self.approve(move)
        sending.log_id.with_user(self.clerk).action_undo()
        self.assertEqual(sending.state, "cancelled")
        with self.mail_server() as server:
            self.send()
        self.assertFalse(server.mails)
        self.suggest(move)

    def test_what_was_sent_cannot_be_called_back(self):
        move = self.invoice()
        sending = self.sent(move)
        sending.log_id.with_user(self.clerk).action_undo()
        self.assertEqual(sending.log_id.state, "applied")
        self.assertIn("cannot be called back", sending.log_id.error)
        with self.assertRaises(UserError):
            sending.with_user(self.clerk).action_cancel()

    def test_sending_does_not_pass_as_making(self):
        move = self.invoice()
        sending = self.approve(move)
        self.assertFalse(move.ai_generated)
        move.ai_generated = True
        sending.log_id.with_user(self.clerk).action_undo()
        self.assertTrue(move.ai_generated)
