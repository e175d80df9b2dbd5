# ruff: noqa: E501 - lists of words are read better unbroken
"""Electronic bills: every field, alone or inside a PDF, and before anything printed."""

import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader, PdfWriter

from odoo.addons.ai_bookkeeping.engine.bill_draft import FIELDS
from odoo.addons.ai_bookkeeping.engine.extract import extract

from tests.unit.ai_bookkeeping.pages import BILL, pdf

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
VALUES = {
    "vendor_name": "Nordlicht GmbH", "vendor_vat": "DE136695976", "vendor_iban": "DE02120300000000202051",
    "reference": "R-1", "date": date(2024, 3, 4), "due_date": date(2024, 4, 3), "currency": "EUR",
    "untaxed": Decimal("100.00"), "tax": Decimal("19.00"), "total": Decimal("119.00"),
}  # fmt: skip


def ubl(kind="Invoice", sign=""):
    line, quantity = (
        ("CreditNoteLine", "CreditedQuantity")
        if kind == "CreditNote"
        else ("InvoiceLine", "InvoicedQuantity")
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2" xmlns:c="{CBC}" xmlns:a="{CAC}">
<c:ID>R-1</c:ID><c:IssueDate>2024-03-04</c:IssueDate><c:DueDate>2024-04-03</c:DueDate>
<c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode><a:OrderReference><c:ID>PO7</c:ID></a:OrderReference>
<a:AccountingSupplierParty><a:Party><a:PartyTaxScheme><c:CompanyID>DE 136695976</c:CompanyID>
<a:TaxScheme><c:ID>VAT</c:ID></a:TaxScheme></a:PartyTaxScheme><a:PartyTaxScheme><c:CompanyID>201/1</c:CompanyID>
<a:TaxScheme><c:ID>FC</c:ID></a:TaxScheme></a:PartyTaxScheme>
<a:PartyLegalEntity><c:RegistrationName>Nordlicht GmbH</c:RegistrationName></a:PartyLegalEntity></a:Party></a:AccountingSupplierParty>
<a:PaymentMeans><a:PayeeFinancialAccount><c:ID>DE02 1203 0000 0000 2020 51</c:ID></a:PayeeFinancialAccount></a:PaymentMeans>
<a:TaxTotal><c:TaxAmount currencyID="EUR">{sign}19.00</c:TaxAmount><a:TaxSubtotal><c:TaxableAmount>{sign}100.00</c:TaxableAmount>
<c:TaxAmount>{sign}19.00</c:TaxAmount><a:TaxCategory><c:Percent>19</c:Percent></a:TaxCategory></a:TaxSubtotal></a:TaxTotal>
<a:LegalMonetaryTotal><c:TaxExclusiveAmount>{sign}100.00</c:TaxExclusiveAmount>
<c:TaxInclusiveAmount>{sign}119.00</c:TaxInclusiveAmount><c:PayableAmount>{sign}19.00</c:PayableAmount></a:LegalMonetaryTotal>
<a:{line}><c:{quantity} unitCode="C62">{sign}2</c:{quantity}><c:LineExtensionAmount>{sign}100.00</c:LineExtensionAmount>
<a:Item><c:Name>Chair</c:Name></a:Item><a:Price><c:PriceAmount>50.00</c:PriceAmount></a:Price></a:{line}>
</{kind}>""".encode()  # fmt: skip


def cii(code="380"):
    return f"""<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:r="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:u="urn:x">
<rsm:ExchangedDocument><r:ID>R-1</r:ID><r:TypeCode>{code}</r:TypeCode><r:IssueDateTime><u:DateTimeString format="102">20240304</u:DateTimeString></r:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<r:ApplicableHeaderTradeAgreement><r:SellerTradeParty><r:Name>Nordlicht GmbH</r:Name>
<r:SpecifiedTaxRegistration><r:ID schemeID="FC">201/113</r:ID></r:SpecifiedTaxRegistration>
<r:SpecifiedTaxRegistration><r:ID schemeID="VA">DE136695976</r:ID></r:SpecifiedTaxRegistration></r:SellerTradeParty></r:ApplicableHeaderTradeAgreement>
<r:ApplicableHeaderTradeSettlement><r:InvoiceCurrencyCode>EUR</r:InvoiceCurrencyCode>
<r:SpecifiedTradeSettlementPaymentMeans><r:PayeePartyCreditorFinancialAccount><r:IBANID>DE02120300000000202051</r:IBANID></r:PayeePartyCreditorFinancialAccount></r:SpecifiedTradeSettlementPaymentMeans>
<r:SpecifiedTradePaymentTerms><r:DueDateDateTime><u:DateTimeString format="102">20240403</u:DateTimeString></r:DueDateDateTime></r:SpecifiedTradePaymentTerms>
<r:SpecifiedTradeSettlementHeaderMonetarySummation><r:TaxBasisTotalAmount>100.00</r:TaxBasisTotalAmount>
<r:TaxTotalAmount currencyID="USD">21.00</r:TaxTotalAmount><r:TaxTotalAmount currencyID="EUR">19.00</r:TaxTotalAmount>
<r:GrandTotalAmount>119.00</r:GrandTotalAmount><r:DuePayableAmount>19.00</r:DuePayableAmount></r:SpecifiedTradeSettlementHeaderMonetarySummation>
</r:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()  # fmt: skip


def with_attachment(content, name, attached):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_attachment(name, attached)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [ubl(), cii(), with_attachment(pdf(BILL), "factur-x.xml", cii()), with_attachment(pdf(BILL), "any.xml", ubl())],
    ids=["ubl", "cii", "factur-x", "ubl in pdf"],
)  # fmt: skip
def test_all_fields_come_from_the_electronic_bill(content):
    draft = extract(content, "x")
    assert {name: getattr(draft, name).value for name in FIELDS} == VALUES
    assert all(getattr(draft, name).sure for name in FIELDS)
    assert draft.source == "xml" and not draft.problems and not draft.is_credit_note


def test_lines_taxes_and_orders_of_ubl():
    draft = extract(ubl(), "x.xml")
    [line], [tax] = draft.lines, draft.taxes
    assert (line.description, line.quantity, line.unit, line.price) == ("Chair", 2, "C62", 50)
    assert (tax.rate, tax.base, tax.tax) == (19, 100, 19)
    assert draft.order_numbers == ["PO7"]


@pytest.mark.parametrize("content", [ubl("CreditNote"), ubl(sign="-"), cii("381")])
def test_credit_notes_are_positive_and_marked(content):
    draft = extract(content, "x.xml")
    assert draft.is_credit_note and draft.total.value == 119
    assert all(line.amount == 100 and line.quantity == 2 for line in draft.lines)


def test_amounts_that_do_not_add_up_are_told():
    draft = extract(ubl().replace(b"119.00", b"120.00"), "x.xml")
    assert [problem.code for problem in draft.problems] == ["arithmetic"]


def test_broken_attachment_falls_back_to_the_page():
    draft = extract(with_attachment(pdf(BILL), "factur-x.xml", b"<broken"), "x.pdf")
    assert draft.source == "text" and draft.reference.value == "RE-2024-0815"
    assert [problem.code for problem in draft.problems] == ["broken_file"]
