from odoo.tests import tagged

from .sending_common import SendingCommon


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
