from odoo import fields
from odoo.tests import tagged

from .common import IBAN, VAT, BillCommon

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
 <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
 <cbc:ID>{number}</cbc:ID><cbc:IssueDate>2024-03-04</cbc:IssueDate><cbc:DueDate>2024-04-03</cbc:DueDate>
 <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Nordlicht GmbH</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Nordlicht GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Azure Interior</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
 <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>{iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">228.00</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">1200.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">228.00</cbc:TaxAmount>
  <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
 <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">1200.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="EUR">1200.00</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">1428.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">1428.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
 <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">3</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">1200.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Oak board</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">400.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>"""  # noqa: E501 - XML is read better unbroken


@tagged("post_install", "-at_install")
class TestElectronic(BillCommon):
    """Electronic bills go through Odoo's own import; what was read from them is only compared."""

    def ubl(self, number="E-1", iban=IBAN):
        return UBL.format(number=number, vat=VAT, iban=iban).encode()

    def test_core_decodes_and_we_check(self):
        bill = self.land(self.ubl(), "bill.xml")
        self.assertEqual((bill.ref, bill.invoice_line_ids.quantity), ("E-1", 3.0))
        self.work()
        self.assertEqual(bill.ai_bill_state, "read")
        self.assertEqual(bill.ai_bill_reading["source"], "xml")
        self.assertEqual((bill.partner_id, bill.amount_total), (self.vendor, 1428.0))
        self.assertEqual(bill.ai_bill_printed_total, 1428.0)
        self.assertEqual(bill.invoice_date_due, fields.Date.to_date("2024-04-03"))
        self.assertEqual(len(bill.invoice_line_ids), 1)
        self.assertFalse(self.codes(bill))

    def test_the_same_bill_as_pdf_is_its_twin(self):
        self.received(content=self.ubl("RE-2024-0815"), name="bill.xml").action_post()
        again = self.received()
        self.assertEqual(self.codes(again), {"duplicate"})

    def test_what_core_cannot_decode_is_read_all_the_same(self):
        xml = self.ubl("E-2").replace(b"urn:cen.eu:en16931:2017#compliant#", b"urn:unknown:")
        xml = xml.replace(b"peppol.eu:2017:poacc:billing:3.0", b"house")
        bill = self.received(content=xml, name="bill.xml")
        self.assertEqual(
            (bill.ref, bill.partner_id, bill.amount_total), ("E-2", self.vendor, 1428.0)
        )

    def test_the_order_to_read_is_written_before_core_decodes(self):
        """Core commits around its decoder: a process that dies there leaves the order behind."""
        seen = []
        journal = self.journal

        def dies(move, files_data, new=False):
            seen.append((move.ai_bill_state, bool(self.logs(move, "read"))))

        mixin = self.registry["account.document.import.mixin"]
        self.patch(mixin, "_extend_with_attachments", dies)
        attachment = self.env["ir.attachment"].create({"name": "b.xml", "raw": self.ubl()})
        action = journal.with_context(
            default_move_type="in_invoice"
        ).create_document_from_attachment(attachment.ids)
        self.assertEqual(seen, [("waiting", True)])
        self.work()
        bill = self.env["account.move"].browse(action["res_id"])
        self.assertEqual((bill.ref, bill.amount_total), ("E-1", 1428.0))
