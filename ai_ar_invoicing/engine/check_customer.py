"""Checks of who gets the invoice, and of its taxes and accounts."""

from collections.abc import Iterator
from decimal import Decimal

from .check_facts import Finding, Invoice


def address(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """A complete address is what tax law asks of an invoice."""
    who = invoice.customer
    if who.missing:
        params = {"name": who.name, "missing": list(who.missing)}
        yield Finding("address", params, _partner(invoice))


def vat_required(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """A tax free sale within the Union needs the customer's number."""
    who = invoice.customer
    if who.vat:
        return
    if invoice.vat_required and invoice.position:
        params = {"name": who.name, "position": invoice.position[1]}
        yield Finding("vat_required", params, _partner(invoice))
    elif invoice.intra_eu and who.is_company:
        yield Finding("vat_eu", {"name": who.name}, _partner(invoice), "warning")


def vat_format(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The number passes the arithmetic of its country."""
    if invoice.customer.vat_valid is False:
        yield Finding("vat_format", {"vat": invoice.customer.vat}, _partner(invoice))


def vat_registry(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The registry knows the number; that it could not be reached says nothing."""
    who = invoice.customer
    if who.registry == "invalid":
        params = {"vat": who.vat, "date": who.registry_date}
        yield Finding("vat_registry", params, _partner(invoice))


def email(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The way of sending has its address."""
    who = invoice.customer
    if who.channel == "email" and not who.email:
        yield Finding("email", {"name": who.name}, _partner(invoice))
    elif who.channel == "peppol" and not who.peppol:
        yield Finding("peppol", {"name": who.name}, _partner(invoice))


def terms(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The invoice says when it is to be paid."""
    if not invoice.has_terms and not invoice.credit_note:
        yield Finding("terms", {}, _partner(invoice))


def bank_account(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The invoice says where it is to be paid."""
    if not invoice.has_bank_account and not invoice.credit_note:
        yield Finding("bank_account", {})


def fiscal_position(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """The fiscal position is the one of customer and ship-to."""
    current, expected = invoice.position, invoice.expected_position
    if (current and current[0]) != (expected and expected[0]):
        names = {"current": current and current[1], "expected": expected and expected[1]}
        yield Finding("fiscal_position", names)


def taxes(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """Each line has the taxes that its product and the fiscal position give."""
    for line in invoice.lines:
        if line.expected_taxes is not None and set(line.taxes) != set(line.expected_taxes):
            names = {"current": line.tax_names or None, "expected": line.expected_tax_names or None}
            yield Finding("taxes", {"line": line.name, **names})


def accounts(invoice: Invoice, _limit: Decimal) -> Iterator[Finding]:
    """Revenue and cost of goods have accounts to go to."""
    seen = set()
    for line in invoice.lines:
        if line.missing_accounts and line.category_id not in seen:
            seen.add(line.category_id)
            target = ("product.category", line.category_id) if line.category_id else None
            params = {"line": line.name, "missing": list(line.missing_accounts)}
            yield Finding("accounts", params, target)


def _partner(invoice: Invoice) -> tuple[str, int]:
    return "res.partner", invoice.customer.id
