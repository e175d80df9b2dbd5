"""Electronic bills: UBL and CII (Peppol, XRechnung, Factur-X, ZUGFeRD), alone or inside a PDF."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import pypdfium2
from lxml import etree

from odoo.addons.ai_finance_engine.documents import limits

from .bill_draft import BillDraft, Choice, DraftLine, Field, TaxRow

ROOTS = {
    "CrossIndustryInvoice": "cii",
    "CrossIndustryDocument": "cii",
    "Invoice": "ubl",
    "CreditNote": "ubl",
}
CREDIT_TYPES = {"381", "396", "83", "261", "262", "308", "420", "458", "532"}
MOST_LINES = 2000
CERTAIN = 1.0


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
    return root if etree.QName(root).localname in ROOTS else None


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
    if ROOTS[etree.QName(root).localname] == "cii":
        _read_cii(draft, root)
    else:
        _read_ubl(draft, root)
    _make_positive(draft)


def _path(path: str) -> str:
    """Paths by local names: versions of the standards differ in their namespaces only."""
    steps = []
    for step in path.split("/"):
        if step in ("", ".", ".."):
            steps.append(step)
        else:
            steps.append(f"*[local-name()='{step}']")
    return "/".join(steps)


def _all(node, path: str) -> list:
    return node.xpath(_path(path)) if node is not None else []


def _one(node, *paths: str):
    for path in paths:
        found = _all(node, path)
        if found:
            return found[0]
    return None


def _text(node, *paths: str) -> str | None:
    for path in paths:
        for found in _all(node, path):
            text = (found.text or "").strip()
            if text:
                return text
    return None


def _number(node, *paths: str) -> Decimal | None:
    text = _text(node, *paths)
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is None or value.is_finite() else None


def _date(text: str | None) -> date | None:
    if not text:
        return None
    digits = re.sub(r"\D", "", text[:10])
    try:
        return datetime.strptime(digits[:8], "%Y%m%d").date()
    except ValueError:
        return None


def _set(field: Field, value) -> None:
    if value not in (None, ""):
        field.value, field.confidence, field.sure = value, CERTAIN, True
        field.candidates = [Choice(value, CERTAIN)]


def _compact(text: str | None) -> str | None:
    return re.sub(r"[\s.\-]", "", text).upper() if text else None


def _read_cii(draft: BillDraft, root) -> None:
    document = _one(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = _one(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = _one(trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    settlement = _one(
        trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement"
    )
    draft.is_credit_note = (_text(document, "TypeCode") or "") in CREDIT_TYPES
    _set(draft.reference, _text(document, "ID"))
    _set(
        draft.date, _date(_text(document, "IssueDateTime/DateTimeString", "IssueDateTime/DateTime"))
    )
    _cii_seller(draft, _one(agreement, "SellerTradeParty"))
    currency = _text(settlement, "InvoiceCurrencyCode")
    _set(draft.currency, currency)
    _set(
        draft.vendor_iban,
        _compact(
            _text(
                settlement,
                "SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID",
            )
        ),
    )
    terms = "SpecifiedTradePaymentTerms/DueDateDateTime/"
    _set(draft.due_date, _date(_text(settlement, terms + "DateTimeString", terms + "DateTime")))
    _cii_amounts(draft, settlement, currency)
    order = _text(
        agreement,
        "BuyerOrderReferencedDocument/IssuerAssignedID",
        "BuyerOrderReferencedDocument/ID",
    )
    draft.order_numbers = [order] if order else []
    for item in _all(trade, "IncludedSupplyChainTradeLineItem")[:MOST_LINES]:
        draft.lines.append(_cii_line(item))


def _cii_seller(draft: BillDraft, seller) -> None:
    """Name and VAT id; scheme FC is a tax number of the country, VA the VAT id."""
    _set(draft.vendor_name, _text(seller, "Name", "SpecifiedLegalOrganization/TradingBusinessName"))
    vats = {
        (_one(one, "ID").get("schemeID") or "") if _one(one, "ID") is not None else "": _text(
            one, "ID"
        )
        for one in _all(seller, "SpecifiedTaxRegistration")
    }
    _set(draft.vendor_vat, _compact(vats.get("VA") or vats.get("")))


def _cii_amounts(draft: BillDraft, settlement, currency: str | None) -> None:
    sums = _one(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    )
    untaxed = _number(sums, "TaxBasisTotalAmount", "LineTotalAmount")
    total = _number(sums, "GrandTotalAmount", "DuePayableAmount")
    taxes = _all(sums, "TaxTotalAmount")
    own = [one for one in taxes if one.get("currencyID") in (None, currency)] or taxes
    tax = _number(own[0], ".") if own else None
    _three(draft, untaxed, tax, total)
    for row in _all(settlement, "ApplicableTradeTax"):
        rate = _number(row, "RateApplicablePercent", "ApplicablePercent")
        amounts = (_number(row, "BasisAmount"), _number(row, "CalculatedAmount"))
        draft.taxes.append(TaxRow(rate if rate is not None else Decimal(0), *amounts))


def _cii_line(item) -> DraftLine:
    agreement = _one(item, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = _one(item, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = _one(item, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    quantity = _one(delivery, "BilledQuantity")
    return DraftLine(
        description=_text(
            item,
            "SpecifiedTradeProduct/Name",
            "AssociatedDocumentLineDocument/IncludedNote/Content",
        )
        or "",
        quantity=_number(delivery, "BilledQuantity"),
        unit=quantity.get("unitCode") if quantity is not None else None,
        price=_number(agreement, "NetPriceProductTradePrice/ChargeAmount"),
        tax_rate=_number(
            settlement,
            "ApplicableTradeTax/RateApplicablePercent",
            "ApplicableTradeTax/ApplicablePercent",
        ),
        amount=_number(
            settlement,
            "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
            "SpecifiedTradeSettlementMonetarySummation/LineTotalAmount",
        ),
    )


def _read_ubl(draft: BillDraft, root) -> None:
    kind = etree.QName(root).localname
    code = _text(root, "InvoiceTypeCode", "CreditNoteTypeCode") or ""
    draft.is_credit_note = kind == "CreditNote" or code in CREDIT_TYPES
    _set(draft.reference, _text(root, "ID"))
    _set(draft.date, _date(_text(root, "IssueDate")))
    _set(
        draft.due_date,
        _date(_text(root, "DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate")),
    )
    currency = _text(root, "DocumentCurrencyCode") or _first_currency(root)
    _set(draft.currency, currency)
    party = _one(root, "AccountingSupplierParty/Party")
    _set(draft.vendor_name, _text(party, "PartyLegalEntity/RegistrationName", "PartyName/Name"))
    _set(draft.vendor_vat, _compact(_ubl_vat(party)))
    _set(draft.vendor_iban, _compact(_text(root, "PaymentMeans/PayeeFinancialAccount/ID")))
    sums = _one(root, "LegalMonetaryTotal")
    taxes = [
        one for one in _all(root, "TaxTotal")
        if _one(one, "TaxAmount") is not None
        and _one(one, "TaxAmount").get("currencyID") in (None, currency)
    ]  # fmt: skip
    tax = (
        sum((_number(one, "TaxAmount") or Decimal(0) for one in taxes), Decimal(0))
        if taxes
        else None
    )
    _three(
        draft,
        _number(sums, "TaxExclusiveAmount", "LineExtensionAmount"),
        tax,
        _number(sums, "TaxInclusiveAmount", "PayableAmount"),
    )
    for row in [one for total in taxes for one in _all(total, "TaxSubtotal")]:
        rate = _number(row, "TaxCategory/Percent", "Percent") or Decimal(0)
        draft.taxes.append(TaxRow(rate, _number(row, "TaxableAmount"), _number(row, "TaxAmount")))
    order = _text(root, "OrderReference/ID")
    draft.order_numbers = [order] if order and order != "NA" else []
    items = _all(root, "InvoiceLine") or _all(root, "CreditNoteLine")
    draft.lines = [_ubl_line(item) for item in items[:MOST_LINES]]


def _first_currency(root) -> str | None:
    found = root.xpath("//@currencyID")
    return str(found[0]) if found else None


def _ubl_vat(party) -> str | None:
    """The VAT id proper; a tax number of the country only where there is none."""
    schemes = {
        (_text(one, "TaxScheme/ID") or "").upper(): _text(one, "CompanyID")
        for one in reversed(_all(party, "PartyTaxScheme"))
    }
    return schemes.get("VAT") or next(filter(None, schemes.values()), None)


def _ubl_line(item) -> DraftLine:
    quantity = _one(item, "InvoicedQuantity", "CreditedQuantity")
    return DraftLine(
        description=_text(item, "Item/Name", "Item/Description") or "",
        quantity=_number(item, "InvoicedQuantity", "CreditedQuantity"),
        unit=quantity.get("unitCode") if quantity is not None else None,
        price=_number(item, "Price/PriceAmount"),
        tax_rate=_number(item, "Item/ClassifiedTaxCategory/Percent"),
        amount=_number(item, "LineExtensionAmount"),
    )


def _three(draft: BillDraft, untaxed, tax, total) -> None:
    """Set the three amounts; the one that is missing follows from the others."""
    if tax is None and untaxed is not None and total is not None:
        tax = total - untaxed
    if total is None and untaxed is not None and tax is not None:
        total = untaxed + tax
    for field, value in ((draft.untaxed, untaxed), (draft.tax, tax), (draft.total, total)):
        _set(field, value)
    if None not in (untaxed, tax, total) and untaxed + tax != total:
        draft.trouble("arithmetic", f"{untaxed} + {tax} is not {total}")


def _make_positive(draft: BillDraft) -> None:
    """A bill with a negative total is a credit note; a credit note's amounts are positive."""
    if draft.total.value is None or draft.total.value >= 0:
        return
    draft.is_credit_note = True
    for field in (draft.untaxed, draft.tax, draft.total):
        if field.value is not None:
            _set(field, -field.value if field.value else field.value)
    for line in draft.lines:
        line.amount = -line.amount if line.amount is not None else None
        line.quantity = -line.quantity if line.quantity is not None else None
    for row in draft.taxes:
        row.base = -row.base if row.base is not None else None
        row.tax = -row.tax if row.tax is not None else None
