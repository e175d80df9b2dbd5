from odoo import fields
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import RemittanceCommon, advice_pdf

MAIL = """From: Treasury <treasury@wood.example.com>
To: remittance@{domain}
Subject: Payment advice PAY-91
Message-Id: <advice-{number}@wood.example.com>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>We paid:</p><table><tr><th>Invoice</th><th>Amount paid</th></tr>
<tr><td>{first}</td><td>1,250.00</td></tr><tr><td>{second}</td><td>99.90</td></tr>
<tr><td>Total</td><td>1,349.90</td></tr></table>
"""


@tagged("post_install", "-at_install")
class TestRemittanceMail(RemittanceCommon, MailCommon):
    """Advices that come to the address of remittance advices, through the mail gateway."""

    def work(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeping_bank.cron_remittances").method_direct_trigger()

    def received(self, known):
        return self.env["ai.bank.remittance"].search([]) - known

    def test_the_table_in_a_mail(self):
        today = fields.Date.today()
        line = self.bank_line("SEPA CREDIT", 1349.9, today, partner_name="Wood Corner")
        known = self.env["ai.bank.remittance"].search([])
        self.env.ref(
            "ai_bookkeeping_bank.alias_remittance"
        ).alias_defaults = f"{{'company_id': {self.company.id}}}"
        mail = MAIL.format(
            domain=self.alias_domain, number=1, first=self.first.name, second=self.third.name
        )
        self.env["mail.thread"].message_process("ai.bank.remittance", mail)
        advice = self.received(known)
        self.assertEqual((advice.state, advice.name), ("new", "Payment advice PAY-91"))
        self.work()
        self.assertEqual((advice.state, advice.line_id), ("joined", line))
        self.assertEqual(advice.total, 1349.9)

    def test_the_file_of_a_mail_goes_before_its_text(self):
        known = self.env["ai.bank.remittance"].search([])
        content = advice_pdf([(self.first.name, "", "", "1,250.00")], "1,250.00")
        advice = self.env["ai.bank.remittance"].message_new(
            {"subject": "Advice", "body": "<p>See attached.</p>", "from": "a@example.com"},
            {"company_id": self.company.id},
        )
        advice.message_post(body="See attached.", attachments=[("advice.pdf", content)])
        self.assertEqual(self.received(known), advice)
        self.assertEqual(advice.attachment_id.name, "advice.pdf")
        self.work()
        self.assertEqual((advice.state, advice.row_ids.number), ("waiting", self.first.name))
