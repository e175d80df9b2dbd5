from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import APPROVER, KernelCommon

PARTNERS = "base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestApprovalDigest(KernelCommon):
    """One mail a person a day, in their language, and only when something waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({"mode": "approve", "approver_ids": cls.approver.ids})
        cls.approver.email = "approver@example.com"

    def mails(self, user=None):
        """Send today's mails and return those to ``user``."""
        before = self.env["mail.mail"].search([])
        self.env["ai.finance.digest"]._cron_send()
        new = self.env["mail.mail"].search([]) - before
        partner = (user or self.approver).partner_id
        return new.filtered(lambda mail: partner in mail.recipient_ids)

    def waiting_row(self, amount=100.0, **values):
        return self.row(self.new_partner(), decision="approve", amount=amount, **values)

    def automatic_row(self, **values):
        values = {
            "decision": "apply",
            "state": "applied",
            "decided_by_id": self.service.id,
            "executed_by_id": self.service.id,
            "applied_at": fields.Datetime.now(),
            "review_state": "to_review",
            **values,
        }
        return self.row(self.new_partner(), **values)

    def test_counts_sums_oldest_and_the_way_there(self):
        self.waiting_row(100)
        self.waiting_row(250)
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.subject, "2 suggestions wait for your approval")
        for text in ("Partner check", "350.00", "/odoo/ai-my-approvals", "The oldest waits since"):
            self.assertIn(text, mail.body_html)

    def test_nothing_waits_no_mail(self):
        self.assertFalse(self.mails())
        self.automatic_row(review_state="none")
        self.assertFalse(self.mails())

    def test_one_a_day(self):
        self.waiting_row()
        self.assertTrue(self.mails())
        self.waiting_row()
        self.assertFalse(self.mails())
        boxes = self.env["ai.finance.approval"].sudo().search([("user_id", "=", self.approver.id)])
        boxes.digest_on = fields.Date.subtract(fields.Date.today(), days=1)
        self.assertTrue(self.mails())

    def test_one_mail_for_all_companies(self):
        other = self.env["res.company"].create({"name": "Subsidiary"})
        self.approver.company_ids += other
        self.policy_of(other).mode = "approve"
        self.waiting_row()
        theirs = self.new_partner(company=other)
        self.row(theirs, company_id=other.id, decision="approve")
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("Subsidiary", mail.body_html)
        self.assertIn(self.company.name, mail.body_html)
        self.assertIn("2 suggestions", mail.subject)

    def test_only_to_whose_turn_it_is(self):
        boss = self.person("boss", f"{APPROVER},{PARTNERS}")
        self.waiting_row()
        for user in (boss, self.clerk, self.manager, self.auditor):
            self.assertFalse(self.mails(user))

    def test_it_can_be_switched_off(self):
        self.waiting_row()
        self.approver.with_user(self.approver).ai_approval_digest = False
        self.assertFalse(self.mails())

    def test_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.approver.lang = "fr_FR"
        self.waiting_row(1234.5)
        self.assertIn("234,50", self.mails().body_html)

    def test_what_was_applied_automatically(self):
        for number in range(12):
            self.automatic_row(amount=number, summary=f"Match {number}")
        mail = self.mails()
        self.assertEqual(mail.subject, "Posted automatically: to be reviewed")
        self.assertIn("Match 11", mail.body_html)
        self.assertNotIn("Match 1,", mail.body_html, "the largest ones only")
        self.assertIn("/odoo/ai-posted-automatically", mail.body_html)

    def test_the_daily_job_does_it(self):
        cron = self.env.ref("ai_audit_log.cron_approval_digest")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))
        self.waiting_row()
        with patch.object(self.env.registry["ai.finance.digest"], "_mail") as mail:
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.assertEqual(mail.call_count, 1)
