"""Electronic bills: UBL and CII (Peppol, XRechnung, Factur-X, ZUGFeRD), alone or inside a PDF."""

import re
from decimal import Decimal

import pypdfium2
from lxml import etree

from odoo.addons.ai_finance_engine.documents import limits

from . import fattura_pa
from .bill_draft import BillDraft, DraftLine, TaxRow
from .terms import Terms, due_by_terms, terms_in_text
from .xml_paths import all_of, compact, day, number, one_of, put, text

ROOTS = {
    "CrossIndustryInvoice": "cii",
    "CrossIndustryDocument": "cii",
    "Invoice": "ubl",
    "CreditNote": "ubl",
    "FatturaElettronica": "fattura",
    "FatturaElettronicaSemplificata": "fattura",
}
CREDIT_TYPES = {"381", "396", "83", "261", "262", "308", "420", "458", "532"}
MOST_LINES = 2000


def root_of(content: bytes) -> etree._Element | None:
    """Return the root of an electronic bill; ``None`` if the bytes are none.

    No entity is resolved, nothing is fetched, and a document type declaration is refused.
    """
    if len(content) > limits.MAX_XML_BYTES:
        raise limits.UnreadableDocument("too_large", str(len(content)))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise limits.UnreadableDocument("broken_file", str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise limits.UnreadableDocument("unsafe_xml")
    return _bill_in(root)


def _bill_in(root) -> etree._Element | None:
    """The bill itself, out of the envelope it was sent in."""
    name = etree.QName(root).localname
    if name in ("StandardBusinessDocument", "AttachedDocument"):
        inside = [
            one for one in root.iterdescendants()
            if isinstance(one.tag, str) and etree.QName(one).localname in ROOTS
        ]  # fmt: skip
        return _bill_in(inside[0]) if inside else None
    if ROOTS.get(name) == "ubl" and one_of(root, "AccountingSupplierParty") is None:
        return None  # other standards name their root so, too
    return root if name in ROOTS else None


def embedded_xml(document: pypdfium2.PdfDocument) -> list[bytes]:
    """Return attached XML files of a PDF, the names of the standards first."""
    found = []
    for index in range(min(document.count_attachments(), 30)):
        attachment = document.get_attachment(index)
        name = attachment.get_name().lower()
        if name.endswith(".xml"):
            known = re.search(r"factur-?x|zugferd|xrechnung|cii|ubl", name)
            found.append((not known, index, bytes(attachment.get_data())))
    return [content for _rank, _index, content in sorted(found)]


def read_xml(draft: BillDraft, root: etree._Element) -> None:
    """Fill the draft from the electronic bill."""
    draft.source = "xml"
    kind = ROOTS[etree.QName(root).localname]
    {"cii": _read_cii, "ubl": _read_ubl, "fattura": fattura_pa.read}[kind](draft, root)
    _make_positive(draft)
    if draft.due_date.value is None and draft.terms and draft.date.value:
        due = due_by_terms(draft.terms, draft.date.value)
        if due:
            put(draft.due_date, due)
            draft.due_date.sure, draft.due_date.confidence = False, 0.8


def _read_cii(draft: BillDraft, root) -> None:
    document = one_of(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = one_of(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = one_of(
        trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement"
    )
    settlement = one_of(
        trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement"
    )
    draft.is_credit_note = (text(document, "TypeCode") or "") in CREDIT_TYPES
    put(draft.reference, text(document, "ID"))
    put(draft.date, day(text(document, "IssueDateTime/DateTimeString", "IssueDateTime/DateTime")))
    _cii_seller(draft, one_of(agreement, "SellerTradeParty"))
    currency = text(settlement, "InvoiceCurrencyCode")
    put(draft.currency, currency)
    put(
        draft.vendor_iban,
        compact(
            text(
                settlement,
                "SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID",
            )
        ),
    )
    _cii_terms(draft, settlement)
    period = one_of(settlement, "BillingSpecifiedPeriod")
    for field, edge in ((draft.service_from, "Start"), (draft.service_to, "End")):
        put(field, day(text(period, f"{edge}DateTime/DateTimeString", f"{edge}DateTime/DateTime")))
    _cii_amounts(draft, settlement, currency)
    order = text(
        agreement,
        "BuyerOrderReferencedDocument/IssuerAssignedID",
        "BuyerOrderReferencedDocument/ID",
    )
    draft.order_numbers = [order] if order else []
    for item in all_of(trade, "IncludedSupplyChainTradeLineItem")[:MOST_LINES]:
        draft.lines.append(_cii_line(item))


def _cii_terms(draft: BillDraft, settlement) -> None:
    """The last day named is the one without a discount; else the words say it."""
    parts = all_of(settlement, "SpecifiedTradePaymentTerms")
    days = [
        day(text(one, "DueDateDateTime/DateTimeString", "DueDateDateTime/DateTime"))
        for one in parts
    ]  # fmt: skip
    put(draft.due_date, max(filter(None, days), default=None))
    words = " ".join(filter(None, (text(one, "Description") for one in parts)))
    draft.terms = _terms(words)


def _terms(words: str) -> Terms | None:
    """Terms in words, or in the notation of XRechnung: #SKONTO#TAGE=14#PROZENT=2.25#"""
    skonto = re.search(r"#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,2})?)#", words)
    plain = re.sub(r"#[^\n]*#", " ", words)[:380]
    if skonto:
        found = terms_in_text(plain)
        return Terms(
            words[:500], found.days if found else None, bool(found and found.end_of_month),
            Decimal(skonto[2]), int(skonto[1]),
        )  # fmt: skip
    return terms_in_text(plain)


def _cii_seller(draft: BillDraft, seller) -> None:
    """Name and VAT id; scheme FC is a tax number of the country, VA the VAT id."""
    put(draft.vendor_name, text(seller, "Name", "SpecifiedLegalOrganization/TradingBusinessName"))
    vats = {
        (one_of(one, "ID").get("schemeID") or "") if one_of(one, "ID") is not None else "": text(
            one, "ID"
        )
        for one in all_of(seller, "SpecifiedTaxRegistration")
    }
    put(draft.vendor_vat, compact(vats.get("VA") or vats.get("")))
    put(draft.vendor_registry, text(seller, "SpecifiedLegalOrganization/ID"))


def _cii_amounts(draft: BillDraft, settlement, currency: str | None) -> None:
    sums = one_of(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    )
    untaxed = number(sums, "TaxBasisTotalAmount")
    if untaxed is None:
        untaxed = _less(sums, "LineTotalAmount", "ChargeTotalAmount", "AllowanceTotalAmount")
    total = number(sums, "GrandTotalAmount")
    if total is None and number(sums, "DuePayableAmount") is not None:
        total = number(sums, "DuePayableAmount") + (number(sums, "TotalPrepaidAmount") or 0)
    taxes = all_of(sums, "TaxTotalAmount")
    own = [one for one in taxes if one.get("currencyID") in (None, currency)] or taxes
    tax = number(own[0], ".") if own else None
    _three(draft, untaxed, tax, total)
    for row in all_of(settlement, "ApplicableTradeTax"):
        rate = number(row, "RateApplicablePercent", "ApplicablePercent")
        amounts = (number(row, "BasisAmount"), number(row, "CalculatedAmount"))
        draft.taxes.append(TaxRow(rate if rate is not None else Decimal(0), *amounts))


def _less(sums, lines: str, charges: str, allowances: str) -> Decimal | None:
    """Lines plus charges less allowances."""
    base = number(sums, lines)
    if base is None:
        return None
    return base + (number(sums, charges) or 0) - (number(sums, allowances) or 0)


def _cii_line(item) -> DraftLine:
    agreement = one_of(item, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = one_of(item, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = one_of(item, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    quantity = one_of(delivery, "BilledQuantity")
    return DraftLine(
        description=text(
            item,
            "SpecifiedTradeProduct/Name",
            "AssociatedDocumentLineDocument/IncludedNote/Content",
        )
        or "",
        quantity=number(delivery, "BilledQuantity"),
        unit=quantity.get("unitCode") if quantity is not None else None,
        price=number(agreement, "NetPriceProductTradePrice/ChargeAmount"),
        tax_rate=number(
            settlement,
            "ApplicableTradeTax/RateApplicablePercent",
            "ApplicableTradeTax/ApplicablePercent",
        ),
        amount=number(
            settlement,
            "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
            "SpecifiedTradeSettlementMonetarySummation/LineTotalAmount",
        ),
    )


def _read_ubl(draft: BillDraft, root) -> None:
    kind = etree.QName(root).localname
    code = text(root, "InvoiceTypeCode", "CreditNoteTypeCode") or ""
    draft.is_credit_note = kind == "CreditNote" or code in CREDIT_TYPES
    put(draft.reference, text(root, "ID"))
    put(draft.date, day(text(root, "IssueDate")))
    put(
        draft.due_date,
        day(text(root, "DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate")),
    )
    currency = text(root, "DocumentCurrencyCode") or _first_currency(root)
    put(draft.currency, currency)
    party = one_of(root, "AccountingSupplierParty/Party")
    put(draft.vendor_name, text(party, "PartyLegalEntity/RegistrationName", "PartyName/Name"))
    put(draft.vendor_vat, compact(_ubl_vat(party)))
    put(draft.vendor_iban, compact(text(root, "PaymentMeans/PayeeFinancialAccount/ID")))
    sums = one_of(root, "LegalMonetaryTotal")
    taxes = [
        one for one in all_of(root, "TaxTotal")
        if one_of(one, "TaxAmount") is not None
        and one_of(one, "TaxAmount").get("currencyID") in (None, currency)
    ]  # fmt: skip
    parts = [number(one, "TaxAmount") or Decimal(0) for one in taxes]
    _three(draft, _ubl_untaxed(sums), sum(parts, Decimal(0)) if taxes else None, _ubl_total(sums))
    _ubl_details(draft, root, party)
    for row in [one for total in taxes for one in all_of(total, "TaxSubtotal")]:
        rate = number(row, "TaxCategory/Percent", "Percent") or Decimal(0)
        draft.taxes.append(TaxRow(rate, number(row, "TaxableAmount"), number(row, "TaxAmount")))
    order = text(root, "OrderReference/ID")
    draft.order_numbers = [order] if order and order != "NA" else []
    items = all_of(root, "InvoiceLine") or all_of(root, "CreditNoteLine")
    draft.lines = [_ubl_line(item) for item in items[:MOST_LINES]]


def _ubl_details(draft: BillDraft, root, party) -> None:
    """Terms in words, the period the bill is for, the seller's register."""
    words = [(one.text or "").strip() for one in all_of(root, "PaymentTerms/Note")]
    draft.terms = _terms(" ".join(words))
    for field, edge in ((draft.service_from, "StartDate"), (draft.service_to, "EndDate")):
        put(field, day(text(root, f"InvoicePeriod/{edge}")))
    put(draft.vendor_registry, text(party, "PartyLegalEntity/CompanyID"))


def _ubl_untaxed(sums) -> Decimal | None:
    untaxed = number(sums, "TaxExclusiveAmount")
    if untaxed is not None:
        return untaxed
    return _less(sums, "LineExtensionAmount", "ChargeTotalAmount", "AllowanceTotalAmount")


def _ubl_total(sums) -> Decimal | None:
    """What is due with what was paid before; roundings are no part of the bill's own total."""
    total = number(sums, "TaxInclusiveAmount")
    payable = number(sums, "PayableAmount")
    if total is not None or payable is None:
        return total
    paid = number(sums, "PrepaidAmount") or 0
    return payable + paid - (number(sums, "PayableRoundingAmount") or 0)


def _first_currency(root) -> str | None:
    found = root.xpath("//@currencyID")
    return str(found[0]) if found else None


def _ubl_vat(party) -> str | None:
    """The VAT id proper; a tax number of the country only where there is none."""
    schemes = {
        (text(one, "TaxScheme/ID") or "").upper(): text(one, "CompanyID")
        for one in reversed(all_of(party, "PartyTaxScheme"))
    }
    return schemes.get("VAT") or next(filter(None, schemes.values()), None)


def _ubl_line(item) -> DraftLine:
    quantity = one_of(item, "InvoicedQuantity", "CreditedQuantity")
    return DraftLine(
        description=text(item, "Item/Name", "Item/Description") or "",
        quantity=number(item, "InvoicedQuantity", "CreditedQuantity"),
        unit=quantity.get("unitCode") if quantity is not None else None,
        price=number(item, "Price/PriceAmount"),
        tax_rate=number(item, "Item/ClassifiedTaxCategory/Percent"),
        amount=number(item, "LineExtensionAmount"),
    )


def _three(draft: BillDraft, untaxed, tax, total) -> None:
    """Set the three amounts; the one that is missing follows from the others."""
    if tax is None and untaxed is not None and total is not None:
        tax = total - untaxed
    if total is None and untaxed is not None and tax is not None:
        total = untaxed + tax
    for field, value in ((draft.untaxed, untaxed), (draft.tax, tax), (draft.total, total)):
        put(field, value)
    if None not in (untaxed, tax, total) and untaxed + tax != total:
        draft.trouble("arithmetic", f"{untaxed} + {tax} is not {total}")


def _make_positive(draft: BillDraft) -> None:
    """A bill with a negative total is a credit note; a credit note's amounts are positive."""
    if draft.total.value is None or draft.total.value >= 0:
        return
    draft.is_credit_note = True
    for field in (draft.untaxed, draft.tax, draft.total):
        if field.value is not None:
            put(field, -field.value if field.value else field.value)
    for line in draft.lines:
        line.amount = -line.amount if line.amount is not None else None
        line.quantity = -line.quantity if line.quantity is not None else None
    for row in draft.taxes:
        row.base = -row.base if row.base is not None else None
        row.tax = -row.tax if row.tax is not None else None
