from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSendTrouble(SendingCommon):
    """What goes wrong is told, and nothing is lost."""

    def test_a_refused_address_fails_with_the_reason_and_is_sent_after_it_was_mended(self):
        move = self.invoice()
        self.approve(move)
        with self.mail_server() as server:
            server.behaviour.refused = {"azure@example.com"}
            with mute_logger("odoo.addons.mail.models.mail_mail"):
                self.send()
            self.assertEqual(move.ai_sending_status, "failed")
            self.assertIn("550", move.ai_sending_id.error)
            self.assertEqual(move.activity_ids.user_id, self.clerk)
            server.behaviour.refused = set()
            move.with_user(self.clerk).action_ai_sending_retry()
            self.send()
        self.assertEqual(move.ai_sending_status, "sent")
        self.assertEqual(len(server.to("azure@example.com")), 1)
        self.assertEqual(len(move.ai_sending_id.archive_ids), 1)

    def test_without_a_mail_server_it_fails_and_nothing_stays_in_the_mail_queue(self):
        move = self.invoice()
        self.approve(move)
        with self.mail_server():
            pass  # it is known, and down
        mail_servers = self.env.registry["ir.mail_server"]
        with patch.object(mail_servers, "_disable_send", lambda *_args: False):
            self.send()
        self.assertEqual(move.ai_sending_status, "failed")
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "outgoing")]))

    def test_one_of_two_recipients_fails(self):
        second = self.new_customer("Buyer", email="buyer@example.com", parent_id=self.azure.id)
        move = self.invoice()
        log = self.suggest(move)
        change = {"partner_ids": sorted((self.azure | second).ids)}
        row = self.env["ai.finance.decision"].with_user(self.clerk)._amend(log, change)
        row.with_user(self.clerk).action_apply()
        with self.mail_server() as server:
            server.behaviour.refused = {"buyer@example.com"}
            with mute_logger("odoo.addons.mail.models.mail_mail"):
                self.send()
        self.assertEqual(len(server.to("azure@example.com")), 1)
        self.assertEqual(move.ai_sending_id.state, "sent")
        self.assertEqual(move.ai_sending_status, "failed")
        self.assertIn("buyer@example.com", str(move.message_ids.mapped("body")))

    def test_interrupted_is_not_sent_again_before_a_person_looked(self):
        move = self.invoice()
        sending = self.approve(move)
        quiet = move.with_context(mail_notify_force_send=False)
        message = quiet.message_post(body="Mail", partner_ids=self.azure.ids)
        mails = self.env["mail.mail"].sudo().search([("mail_message_id", "=", message.id)])
        mails.state = "exception"
        sending.sudo().write({"state": "sending", "message_id": message.id})
        with self.mail_server() as server:
            self.send()
            self.assertEqual(sending.state, "interrupted")
            self.send()
            self.assertFalse(server.to("azure@example.com"))
        with self.assertRaisesRegex(UserError, "when the server stopped"):
            self.suggest(move)
        sending.with_user(self.clerk).action_confirm()
        self.assertEqual(sending.state, "sent")

    def test_stopped_before_the_mail_was_made_is_taken_up_again(self):
        move = self.invoice()
        sending = self.approve(move)
        sending.sudo().write({"state": "sending", "attempts": 1})
        with self.mail_server() as server:
            self.send()
        self.assertEqual(len(server.mails), 1)
        self.assertEqual(sending.state, "sent")

    def test_one_bad_invoice_does_not_stop_the_others(self):
        bad, good = self.invoice(), self.invoice(self.wood)
        self.wood.email = "wood@example.com"
        self.approve(bad)
        self.approve(good)
        bad.button_draft()
        with self.mail_server() as server:
            self.send()
        self.assertEqual(bad.ai_sending_ids.state, "failed")
        self.assertEqual(len(server.to("wood@example.com")), 1)

    def test_what_changed_since_the_approval_is_not_sent(self):
        move = self.invoice()
        sending = self.approve(move)
        move.button_draft()
        move.invoice_line_ids.price_unit = 999.0
        move.action_post()
        with self.mail_server() as server:
            self.send()
        self.assertFalse(server.to("azure@example.com"))
        self.assertEqual(sending.state, "failed")
        self.assertIn("changed since it was approved", sending.error)
        self.approve(move)
        self.assertEqual(sending.state, "cancelled")

    def test_a_bounce_is_shown(self):
        move = self.invoice()
        sending = self.approve(move)
        with self.mail_server():
            self.send()
        sending.message_id.notification_ids.sudo().notification_status = "bounce"
        self.env.invalidate_all()
        self.assertEqual(move.ai_sending_status, "bounced")
        found = self.env["ai.invoice.sending"].search(
            [("message_id.notification_ids.notification_status", "=", "bounce")]
        )
        self.assertEqual(found, sending)
        self.suggest(move)
