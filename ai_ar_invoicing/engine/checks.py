"""All checks of a customer invoice: what they are called, how hard they are, what they found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from . import check_amounts, check_customer, check_disputes
from .check_facts import Finding, Invoice

LEVELS = ("off", "warning", "blocking")


def _lt(text: str) -> str:
    """Mark a text for the translation template; the models translate it where it is shown."""
    return text


@dataclass(frozen=True)
class Check:
    """One check.

    :param group: key of :data:`~.check_texts.GROUPS`
    :param level: unless the company sets another one
    :param limit: from where on it speaks up, in ``unit``; ``None``: it has no limit
    """

    group: str
    name: str
    find: Callable[[Invoice, Decimal], Iterator[Finding]]
    level: str = "warning"
    limit: Decimal | None = None
    unit: str = ""
    applies: Callable[[Invoice], bool] = lambda invoice: True


@dataclass(frozen=True)
class Rule:
    """How a company has set a check."""

    level: str
    limit: Decimal = Decimal(0)


@dataclass(frozen=True)
class Result:
    """What became of one check on one invoice.

    :param level: ``ok``, ``warning`` or ``blocking``
    :param findings: empty when it passed
    """

    code: str
    level: str
    findings: tuple[Finding, ...] = ()


DAYS, PERCENT, TIMES = _lt("days"), _lt("%"), _lt("deviations")


def _has_vat(invoice: Invoice) -> bool:
    return invoice.customer.vat_valid is not None


def _looked_up(invoice: Invoice) -> bool:
    return bool(invoice.customer.registry)


def _foreign(invoice: Invoice) -> bool:
    return invoice.rate is not None


def _ordered(invoice: Invoice) -> bool:
    return bool(invoice.order_lines)


def _listed(invoice: Invoice) -> bool:
    return any(line.list_price is not None for line in invoice.lines)


def _watched(invoice: Invoice) -> bool:
    return invoice.credit_watched


#: All checks in the order of the panel.
CHECKS: Mapping[str, Check] = {
    "address": Check("customer", _lt("Address"), check_customer.address),
    "vat_required": Check(
        "customer", _lt("VAT number where needed"), check_customer.vat_required, "blocking"
    ),
    "vat_format": Check(
        "customer", _lt("Form of the VAT number"), check_customer.vat_format, applies=_has_vat
    ),
    "vat_registry": Check(
        "customer", _lt("VAT number in registry"), check_customer.vat_registry, applies=_looked_up
    ),
    "email": Check("customer", _lt("Way of sending"), check_customer.email),
    "terms": Check("customer", _lt("Payment terms"), check_customer.terms),
    "bank_account": Check("customer", _lt("Bank account"), check_customer.bank_account),
    "fiscal_position": Check("taxes", _lt("Fiscal position"), check_customer.fiscal_position),
    "taxes": Check("taxes", _lt("Taxes of lines"), check_customer.taxes),
    "accounts": Check("taxes", _lt("Accounts of products"), check_customer.accounts),
    "date": Check("amounts", _lt("Date"), check_amounts.date),
    "rate_missing": Check(
        "amounts",
        _lt("Currency rate present"),
        check_amounts.rate_missing,
        "blocking",
        applies=_foreign,
    ),
    "rate_age": Check(
        "amounts",
        _lt("Currency rate fresh"),
        check_amounts.rate_age,
        limit=Decimal(7),
        unit=DAYS,
        applies=_foreign,
    ),
    "rate_differs": Check(
        "amounts",
        _lt("Rate of the day used"),
        check_amounts.rate_differs,
        limit=Decimal("0.5"),
        unit=PERCENT,
        applies=_foreign,
    ),
    "duplicate": Check("amounts", _lt("Invoiced twice"), check_amounts.duplicate, "blocking"),
    "duplicate_near": Check(
        "amounts",
        _lt("Same amount lately"),
        check_amounts.duplicate_near,
        limit=Decimal(7),
        unit=DAYS,
    ),
    "amount": Check(
        "amounts",
        _lt("Usual amount"),
        check_amounts.amount,
        limit=Decimal("3.5"),
        unit=TIMES,
        applies=lambda invoice: len(invoice.customer.amounts) >= check_amounts.ENOUGH,
    ),
    "credit": Check("amounts", _lt("Credit limit"), check_amounts.credit, applies=_watched),
    "price_order": Check(
        "order",
        _lt("Prices as ordered"),
        check_amounts.price_order,
        limit=Decimal(0),
        unit=PERCENT,
        applies=_ordered,
    ),
    "price_list": Check(
        "order",
        _lt("Prices as listed"),
        check_amounts.price_list,
        limit=Decimal(1),
        unit=PERCENT,
        applies=_listed,
    ),
    "quantity": Check(
        "order",
        _lt("Quantities as delivered"),
        check_amounts.quantity,
        "blocking",
        applies=_ordered,
    ),
    "short_delivery": Check(
        "dispute", _lt("Complete delivery"), check_disputes.short_delivery, applies=_ordered
    ),
    "price_rise": Check(
        "dispute",
        _lt("Prices as last time"),
        check_disputes.price_rise,
        limit=Decimal(1),
        unit=PERCENT,
    ),
    "late_delivery": Check(
        "dispute",
        _lt("On time"),
        check_disputes.late_delivery,
        limit=Decimal(1),
        unit=DAYS,
        applies=lambda invoice: any(order.promised for order in invoice.orders),
    ),
    "reference": Check(
        "dispute",
        _lt("Customer's reference"),
        check_disputes.reference,
        limit=Decimal(80),
        unit=PERCENT,
    ),
}


def default_rules() -> dict[str, Rule]:
    """Return how all checks are set before anybody sets anything."""
    return {code: Rule(one.level, one.limit or Decimal(0)) for code, one in CHECKS.items()}


def check(invoice: Invoice, rules: Mapping[str, Rule]) -> list[Result]:
    """Run the checks that are not off and that apply to ``invoice``.

    :param rules: by code; a check without one is as by default
    """
    rules = {**default_rules(), **rules}
    results = []
    for code, one in CHECKS.items():
        rule = rules[code]
        if rule.level == "off" or not one.applies(invoice):
            continue
        findings = tuple(one.find(invoice, rule.limit))
        results.append(Result(code, _level(rule, findings), findings))
    return results


def summary(results: list[Result]) -> str:
    """Return the hardest level of ``results``."""
    levels = {result.level for result in results}
    return next((level for level in ("blocking", "warning") if level in levels), "ok")


def _level(rule: Rule, findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "ok"
    hard = any(finding.at_most == "blocking" for finding in findings)
    return rule.level if hard else min(rule.level, "warning", key=LEVELS.index)
