import io
import struct
import zlib

from reportlab.pdfgen.canvas import Canvas

from odoo import Command, fields
from odoo.tests import tagged

from .common import IBAN, BillCommon


@tagged("post_install", "-at_install")
class TestLanding(BillCommon):
    """A file that is dropped becomes a draft at once, and is read in the background."""

    def test_a_dropped_pdf_becomes_a_filled_draft(self):
        bill = self.land(self.pdf(), user=self.clerk)
        self.assertEqual((bill.state, bill.ai_bill_state), ("draft", "waiting"))
        self.work()
        self.assertEqual(bill.ai_bill_state, "read")
        self.assertEqual(bill.partner_id, self.vendor)
        self.assertEqual(bill.ref, "RE-2024-0815")
        self.assertEqual(bill.invoice_date, fields.Date.to_date("2024-03-04"))
        self.assertEqual(bill.invoice_date_due, fields.Date.to_date("2024-04-03"))
        self.assertEqual(bill.invoice_line_ids.tax_ids, self.tax)
        self.assertEqual((bill.amount_untaxed, bill.amount_total), (1200.0, 1428.0))
        self.assertEqual(bill.ai_bill_printed_total, 1428.0)
        self.assertEqual(bill.partner_bank_id, self.bank)
        self.assertFalse(self.codes(bill))
        read = self.logs(bill, "read")
        self.assertEqual((read.state, read.executed_by_id), ("applied", self.service))

    def test_the_reading_says_where_each_field_stands(self):
        bill = self.received()
        total = bill.ai_bill_reading["fields"]["total"]
        self.assertEqual((total["value"], total["page"]), ("1428.00", 1))
        self.assertEqual(len(total["box"]), 4)
        self.assertTrue(all(0 <= edge <= 1 for edge in total["box"]))
        self.assertEqual(bill.ai_bill_reading["fields"]["vendor_iban"]["value"], IBAN)

    def test_what_a_person_entered_stays(self):
        bill = self.land(self.pdf())
        other = self.env["res.partner"].create({"name": "Wood Corner", "is_company": True})
        bill.write({"partner_id": other.id, "ref": "BY HAND"})
        bill.write({"invoice_line_ids": [Command.create({"name": "Own", "price_unit": 5.0})]})
        self.work()
        self.assertEqual((bill.partner_id, bill.ref), (other, "BY HAND"))
        self.assertEqual(bill.invoice_line_ids.mapped("name"), ["Own"])
        self.assertEqual(bill.invoice_date, fields.Date.to_date("2024-03-04"))
        self.assertIn("arithmetic", self.codes(bill))

    def test_reading_can_be_undone_and_done_again(self):
        bill = self.received()
        self.logs(bill, "read").action_undo()
        self.assertFalse(bill.partner_id or bill.ref or bill.invoice_line_ids)
        self.assertFalse(bill.ai_bill_state or bill.ai_bill_reading)
        bill.action_ai_bill_read_again()
        self.work()
        self.assertEqual((bill.ref, bill.amount_total), ("RE-2024-0815", 1428.0))

    def test_reading_again_keeps_corrections(self):
        bill = self.received()
        bill.ref = "CORRECTED"
        bill.action_ai_bill_read_again()
        self.work()
        self.assertEqual((bill.ref, bill.amount_total), ("CORRECTED", 1428.0))
        self.assertEqual(len(bill.invoice_line_ids), 1)

    def test_files_that_cannot_be_read_keep_their_draft(self):
        cases = {
            "encrypted.pdf": self.pdf(encrypt="secret"),
            "broken.pdf": b"%PDF-1.4 and then nothing",
            "letter.pdf": b"PK\x03\x04 no pdf at all",
            "empty.png": b"\x89PNG\r\n\x1a\n",
            "words.docx": b"some words",
            "pages.pdf": self.pages(61),
            "bomb.png": self.huge_picture(),
        }
        for name, content in cases.items():
            with self.subTest(name):
                bill = self.received(content=content, name=name)
                self.assertEqual((bill.state, bill.ai_bill_state), ("draft", "unread"))
                self.assertEqual(self.codes(bill), {"unread_file"})
                self.assertEqual(bill.ai_bill_file_id.raw, content)
                self.assertEqual(bill.ai_bill_file_id.res_id, bill.id)
                self.assertEqual(self.logs(bill, "read").state, "applied")
                self.assertIn("not read", bill.message_ids[:3].mapped("body").__str__())

    def pages(self, number):
        file = io.BytesIO()
        canvas = Canvas(file)
        for page in range(number):
            canvas.drawString(100, 100, f"Page {page}")
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def huge_picture(self):
        """Return a picture of few bytes that says it is 100,000 dots wide and high."""

        def part(kind, data):
            checked = kind + data
            return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

        head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
        body = part(b"IDAT", zlib.compress(b"\x00" * 1000)) + part(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + body

    def test_off_reads_nothing_and_shadow_changes_nothing(self):
        self.policy_of("read").mode = "off"
        bill = self.received()
        self.assertFalse(bill.ai_bill_state or bill.ref)
        self.policy_of("read").mode = "shadow"
        bill = self.received(number="RE-2024-0816")
        self.assertFalse(bill.ai_bill_state or bill.ref)

    def test_a_sales_invoice_is_left_alone(self):
        journal = self.company_data["default_journal_sale"]
        attachment = self.env["ir.attachment"].create({"name": "x.pdf", "raw": self.pdf()})
        action = journal.with_context(
            default_move_type="out_invoice"
        ).create_document_from_attachment(attachment.ids)
        invoice = self.env["account.move"].browse(action["res_id"])
        self.work()
        self.assertFalse(invoice.ai_bill_state or invoice.partner_id)
