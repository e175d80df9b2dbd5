import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .sending_common import SendingCommon


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
