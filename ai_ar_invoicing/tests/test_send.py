import base64
import hashlib

from odoo import fields
from odoo.tests import tagged

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
