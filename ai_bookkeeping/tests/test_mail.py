import base64
from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BillCommon

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestMail(BillCommon):
    """Bills that vendors mail to the journal's address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias.domain"].search([]) or cls.env["mail.alias.domain"].create(
            {"name": "bills.example"}
        )
        domain = cls.env["mail.alias.domain"].search([], limit=1)
        cls.company.alias_domain_id = domain
        cls.journal.alias_id.write({"alias_name": "vendor-bills", "alias_domain_id": domain.id})
        cls.address = f"vendor-bills@{domain.name}"

    def mailed(self, *files, sender="billing@nordlicht.example", inline=()):
        """Receive a mail as the gateway does and return the bills it made."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, self.address, "Your invoice"
        mail["Message-Id"] = f"<{len(files)}.{self.env.cr.now().timestamp()}.{id(mail)}@x.example>"
        mail.set_content("Please find our invoice attached.")
        images = "".join(f'<img src="cid:{name}"/>' for name, _content in inline)
        mail.add_alternative(f"<p>Please find our invoice attached.</p>{images}", subtype="html")
        for name, content in inline:
            mail.get_payload()[1].add_related(
                content, "image", "png", cid=f"<{name}>", filename=f"{name}.png"
            )
        for name, kind, content in files:
            maintype, subtype = kind.split("/")
            mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
        before = self.env["account.move"].search([("journal_id", "=", self.journal.id)])
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].with_context(mail_create_nosubscribe=True).message_process(
                None, mail.as_bytes()
            )
        self.work()
        return self.env["account.move"].search([("journal_id", "=", self.journal.id)]) - before

    def test_a_mailed_pdf_is_read(self):
        bill = self.mailed(("bill.pdf", "application/pdf", self.pdf()))
        self.assertEqual((len(bill), bill.ai_bill_state), (1, "read"))
        self.assertEqual((bill.partner_id, bill.ref), (self.vendor, "RE-2024-0815"))
        self.assertEqual(bill.amount_total, 1428.0)
        self.assertIn(bill.ai_bill_file_id, bill.attachment_ids)

    def test_the_bill_says_who_the_vendor_is_not_the_sender(self):
        broker = self.env["res.partner"].create(
            {"name": "Billing Broker", "email": "post@broker.example"}
        )
        bill = self.mailed(
            ("bill.pdf", "application/pdf", self.pdf()), sender="post@broker.example"
        )
        self.assertEqual(bill.partner_id, self.vendor)
        self.assertNotEqual(bill.partner_id, broker)

    def test_who_merely_sent_an_unknown_vendors_bill_is_asked_about(self):
        broker = self.env["res.partner"].create(
            {"name": "Billing Broker", "email": "post@broker.example"}
        )
        bill = self.mailed(
            ("b.pdf", "application/pdf", self.pdf(vendor="Ostwind Handels GmbH", vat="", iban="")),
            sender="post@broker.example",
        )
        self.assertEqual((bill.partner_id, self.codes(bill)), (broker, {"vendor_choice"}))
        bill.ai_bill_flag_ids.with_user(self.clerk).action_choose_vendor(broker.id)
        self.assertFalse(self.codes(bill))

    def test_two_bills_in_a_mail_are_two_drafts(self):
        bills = self.mailed(
            ("one.pdf", "application/pdf", self.pdf(number="RE-1")),
            ("two.pdf", "application/pdf", self.pdf(number="RE-2", date="2024-05-06", due="")),
        )
        self.assertEqual(set(bills.mapped("ref")), {"RE-1", "RE-2"})

    def test_the_signature_of_the_mail_is_no_bill(self):
        bill = self.mailed(
            ("bill.pdf", "application/pdf", self.pdf()), inline=(("logo", PIXEL), ("face", PIXEL))
        )
        self.assertEqual((len(bill), bill.ref), (1, "RE-2024-0815"))

    def test_a_photo_stays_on_its_bill(self):
        bill = self.mailed(("receipt.png", "image/png", PIXEL))
        self.assertEqual((len(bill), bill.ai_bill_state), (1, "unread"))
        self.assertEqual(bill.ai_bill_file_id.res_id, bill.id)

    def test_a_file_that_nobody_knows_stays_too(self):
        bill = self.mailed(("bill.zip", "application/zip", b"PK\x03\x04 something"))
        self.assertEqual((len(bill), bill.ai_bill_state), (1, "unread"))
        self.assertEqual(bill.ai_bill_file_id.res_id, bill.id)
        self.assertIn("unread_file", self.codes(bill))

    def test_a_lookalike_sender_is_a_hard_stop(self):
        self.vendor.email = "billing@nordlicht.example"
        bill = self.mailed(
            ("bill.pdf", "application/pdf", self.pdf()), sender="billing@nord1icht.example"
        )
        self.assertEqual(self.codes(bill), {"lookalike_sender"})
