import base64
import hashlib
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSend(SendingCommon):
    """From a posted invoice to a mail in the customer's mailbox."""

    def test_a_posted_invoice_is_suggested_and_sent_after_approval(self):
        self.payment_provider()
        move = self.invoice()
        self.work()
        log = move.ai_send_log_id
        self.assertEqual(log.proposal["channel"], "email")
        self.assertEqual(log.decision, "suggest")
        self.assertIn("azure@example.com", log.summary)
        with self.mail_server() as server:
            move.with_user(self.clerk).action_ai_send_approve()
            self.assertEqual(move.ai_sending_status, "waiting")
            self.assertFalse(server.mails, "nothing goes out in the transaction of a person")
            self.send()
            [mail] = server.to("azure@example.com")
        self.assertEqual(move.ai_sending_status, "sent")
        self.assertTrue(move.is_move_sent)
        self.assertIn(move.name, mail.subject)
        self.assertIn(f"/my/invoices/{move.id}?access_token=", mail.html)
        archive = self.env["ai.invoice.archive"].search([("move_id", "=", move.id)])
        self.assertEqual(
            {name: hashlib.sha256(content).hexdigest() for name, content in mail.files.items()},
            {document.name: document.sha256 for document in archive},
        )
        self.assertEqual(archive.message_uid, mail.message["Message-Id"])
        self.assertTrue(archive.intact)
        event = self.env["ai.audit.log.event"].search([("kind", "=", "sent")])
        self.assertEqual(event.log_id, log)
        self.assertEqual(event.data["files"], {archive.name: archive.sha256})

    def test_what_arrives_is_a_pdf(self):
        move = self.invoice()
        self.approve(move)
        with self.mail_server() as server, self.allow_pdf_render():
            self.send(force_report_rendering=True)
        [content] = server.to("azure@example.com")[0].files.values()
        self.assertTrue(content.startswith(b"%PDF"))
        archive = move.ai_sending_id.archive_ids
        self.assertEqual(base64.b64decode(archive.content), content)

    def test_subject_and_text_are_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("de_DE")
        template = self.env.ref("account.email_template_edi_invoice")
        template.with_context(lang="de_DE").subject = "Rechnung {{ object.name }}"
        self.azure.lang = "de_DE"
        move = self.invoice()
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        self.assertEqual(server.to("azure@example.com")[0].subject, f"Rechnung {move.name}")

    def test_a_personal_text_and_subject_arrive(self):
        move = self.invoice()
        log = self.suggest(move)
        action = move.with_user(self.clerk).action_ai_send_change()
        change = self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])
        change.write({"note": "See you at the fair!", "subject": "Your desk"})
        self.assertIn("See you at the fair!", change.preview)
        change.action_save_and_send()
        self.assertEqual(log.state, "edited")
        with self.mail_server() as server:
            self.send()
        [mail] = server.to("azure@example.com")
        self.assertEqual(mail.subject, "Your desk")
        self.assertIn("See you at the fair!", mail.html)

    def test_the_delivery_slip_goes_with_the_invoice(self):
        self.company.ai_send_delivery_slip = True
        order = self.order((self.desk, 2))
        picking = self.deliver(order)
        move = order._create_invoices()
        move.action_post()
        self.assertIn(picking.name, str(self.suggest(move).reasons))
        move.with_user(self.clerk).action_ai_send_approve()
        with self.mail_server() as server:
            self.send()
        names = list(server.to("azure@example.com")[0].files)
        self.assertEqual(len(names), 2)
        self.assertTrue(any(picking.name.replace("/", "_") in name for name in names), names)
        self.assertEqual(len(move.ai_sending_id.archive_ids), 2)
        self.assertEqual(order.ai_archive_count, 2)
        self.assertEqual(self.azure.ai_archive_count, 2)

    def test_the_rule_of_a_segment_chooses_the_text(self):
        self.env.ref("ai_ar_invoicing.send_rule_new").active = True
        self.env.ref("ai_ar_invoicing.send_rule_overdue").active = True
        first = self.suggest(self.invoice(self.azure))
        new = self.env.ref("ai_ar_invoicing.mail_template_invoice_new")
        self.assertEqual(first.proposal["template_id"], new.id)
        self.assertIn("first invoice", str(first.reasons))
        self.azure.invoice_ids.invoice_date_due = "2020-01-01"
        second = self.suggest(self.invoice(self.azure))
        overdue = self.env.ref("ai_ar_invoicing.mail_template_invoice_overdue")
        self.assertEqual(second.proposal["template_id"], overdue.id)

    def test_the_nightly_run_finds_what_was_missed(self):
        move = self.invoice(post=False, invoice_date=fields.Date.today())
        move.with_context(ai_no_suggestions=True).action_post()
        self.work()
        self.assertFalse(move.ai_send_log_id)
        self.env["account.move"]._cron_ai_suggest_sending()
        self.work()
        self.assertEqual(move.ai_send_log_id.trigger, "cron")

    def test_within_the_limits_it_is_sent_without_a_person(self):
        self.policy.write({"mode": "automatic", "max_amount": 1000})
        small, large = self.invoice(amount=500.0), self.invoice(amount=5000.0)
        self.work()
        self.assertEqual(small.ai_sending_status, "waiting")
        self.assertFalse(large.ai_sending_ids)
        self.assertEqual(large.ai_send_decision, "approve")
        with self.mail_server() as server:
            self.send()
        self.assertEqual(len(server.mails), 1)
        self.assertEqual(small.ai_sending_id.user_id, self.service)

    def test_in_mode_approve_another_person_decides(self):
        self.policy.mode = "approve"
        move = self.invoice()
        self.suggest(move)
        move.with_user(self.clerk).action_ai_send_approve()
        self.assertFalse(move.ai_sending_ids)
        move.with_user(self.approver).action_ai_send_approve()
        self.env.invalidate_all()
        self.assertEqual(move.ai_sending_ids.user_id, self.approver)

    def test_foreign_currency(self):
        euro = self.setup_other_currency("EUR")
        self.payment_provider()
        move = self.invoice(amount=250.0, currency_id=euro.id)
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        self.assertIn("250.00", server.mails[0].html)
        self.assertIn("€", server.mails[0].html)


@tagged("post_install", "-at_install")
class TestChannels(SendingCommon):
    """By e-mail, Peppol, portal or post; and what is done where that is impossible."""

    def channel(self, partner, **values):
        partner.write(values)
        log = self.suggest(self.invoice(partner))
        return log.proposal["channel"], " ".join(item["text"] for item in log.reasons)

    def test_without_an_email_it_is_posted_and_says_why(self):
        channel, why = self.channel(self.azure, email=False)
        self.assertEqual(channel, "post")
        self.assertIn("no e-mail address", why)

    def test_without_an_email_the_portal_comes_first(self):
        self.azure.email = "azure@example.com"
        portal = self.env.ref("base.group_portal")
        self.env["res.users"].create(
            {"login": "azure", "partner_id": self.azure.id, "group_ids": [(6, 0, portal.ids)]}
        )
        self.azure.email = False
        channel, why = self.channel(self.azure)
        self.assertEqual(channel, "portal")
        self.assertIn("portal instead", why)

    def test_peppol_falls_back_to_email(self):
        channel, why = self.channel(self.azure, ai_invoice_channel="peppol")
        self.assertEqual(channel, "email")
        self.assertIn("Peppol", why)

    def test_a_fallback_is_never_sure_enough_to_go_by_itself(self):
        self.policy.write({"mode": "automatic", "max_amount": 1000})
        self.azure.ai_invoice_channel = "peppol"
        move = self.invoice()
        self.work()
        self.assertEqual(move.ai_send_decision, "suggest")

    def test_nobody_can_be_reached(self):
        channel, why = self.channel(self.azure, email=False, street=False)
        self.assertFalse(channel)
        self.assertIn("complete the address", why)

    def test_core_s_setting_counts_where_ours_is_empty(self):
        channel, _why = self.channel(self.azure, invoice_sending_method="manual")
        self.assertEqual(channel, "post")

    def test_what_goes_by_post_waits_until_a_person_posted_it(self):
        self.azure.ai_invoice_channel = "post"
        move = self.invoice()
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        self.assertFalse(server.mails)
        self.assertEqual(move.ai_sending_status, "to_post")
        self.assertEqual(len(move.ai_sending_id.archive_ids), 1)
        move.with_user(self.clerk).action_ai_sending_confirm()
        self.assertEqual(move.ai_sending_status, "sent")


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


@tagged("post_install", "-at_install")
class TestSendAccess(SendingCommon):
    """Who sees and who sends; the archive is for ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company()["company"]

    def test_the_channel_is_of_the_company(self):
        self.azure.with_company(self.company).ai_invoice_channel = "post"
        self.assertFalse(self.azure.with_company(self.other).ai_invoice_channel)

    def archived(self):
        move = self.invoice()
        self.approve(move)
        with self.mail_server():
            self.send()
        return move.ai_sending_id.archive_ids

    def test_the_archive_is_written_once(self):
        archive = self.archived()
        with self.assertRaises(UserError):
            archive.sudo().write({"name": "other"})
        with self.assertRaises(UserError):
            archive.sudo().unlink()
        with self.assertRaises(UserError):
            archive.with_user(self.clerk).content = base64.b64encode(b"forged")

    def test_a_forged_file_shows(self):
        archive = self.archived()
        file = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", archive._name), ("res_field", "=", "content")])
        )
        file.raw = b"forged"
        self.env.invalidate_all()
        self.assertFalse(archive.intact)

    def test_other_companies_see_nothing(self):
        archive = self.archived()
        other = self.other
        self.clerk.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.env["ai.invoice.archive"].with_user(self.clerk).search([]))
        self.assertFalse(self.env["ai.invoice.sending"].with_user(self.clerk).search([]))
        with self.assertRaises(AccessError):
            archive.with_user(self.clerk).read(["name"])

    def test_the_warehouse_sees_and_sends_nothing(self):
        move = self.invoice()
        sending = self.approve(move)
        for model in ("ai.invoice.sending", "ai.invoice.archive", "ai.invoice.send.rule"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.picker).search([])
        with self.assertRaises(AccessError):
            sending.with_user(self.picker).action_cancel()
        with self.assertRaises(AccessError):
            move.with_user(self.picker).action_ai_suggest_sending()

    def test_rules_are_of_managers(self):
        rule = self.env.ref("ai_ar_invoicing.send_rule_new")
        with self.assertRaises(AccessError):
            rule.with_user(self.clerk).active = True

    def test_a_rule_of_another_company_does_not_count(self):
        other = self.other
        self.env["ai.invoice.send.rule"].create(
            {
                "name": "Other",
                "company_id": other.id,
                "template_id": self.env.ref("ai_ar_invoicing.mail_template_invoice_new").id,
            }
        )
        log = self.suggest(self.invoice())
        core = self.env.ref("account.email_template_edi_invoice")
        self.assertEqual(log.proposal["template_id"], core.id)

    def test_two_companies_send_with_their_own_rights(self):
        other = self.other
        self.policy_of("send", other).mode = "suggest"
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.azure.id,
                "company_id": other.id,
                "invoice_date": "2026-11-02",
                "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 10.0, "tax_ids": []})],
            }
        )
        move.action_post()
        self.clerk.company_ids |= other
        self.approve(move.with_company(other), self.clerk.with_company(other))
        with self.mail_server():
            self.send()
        self.assertEqual(move.ai_sending_ids.archive_ids.company_id, other)
