"""What the checks of a customer invoice look at, as plain values.

Prices are of one unit after discount, without taxes, in the currency of the invoice; quantities
are in the unit of the order line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """The order line an invoice line belongs to.

    :param invoiced: on all its invoices, this one included
    :param by_delivery: invoiced as delivered, not as ordered
    """

    id: int
    ordered: Decimal
    delivered: Decimal
    invoiced: Decimal
    price: Decimal
    by_delivery: bool = True
    storable: bool = True


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line with a product, an account or a text; no sections and notes.

    :param expected_taxes: ids that product and fiscal position give; ``None``: nothing is known
    :param list_price: what the customer's pricelist says; ``None`` for a line with an order
    :param last_price: what the customer paid last for the product; ``None``: never bought it
    :param missing_accounts: kinds of accounts that the product's category lacks
    """

    id: int
    name: str
    quantity: Decimal
    price: Decimal
    digits: int = 2
    product_id: int | None = None
    taxes: tuple[int, ...] = ()
    tax_names: str = ""
    expected_taxes: tuple[int, ...] | None = None
    expected_tax_names: str = ""
    order_line: OrderLine | None = None
    list_price: Decimal | None = None
    last_price: Decimal | None = None
    last_invoice: str = ""
    missing_accounts: tuple[str, ...] = ()
    category_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order that is invoiced.

    :param promised: the day the customer was promised
    :param delivered: the last day something left for it
    """

    id: int
    name: str
    promised: date | None = None
    delivered: date | None = None


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Who gets the invoice.

    :param missing: parts of the address that are empty: street, city, country
    :param vat_valid: of its format; ``None``: there is no number, or no rule for its country
    :param registry: ``valid``, ``invalid``, ``unreachable`` or empty where nobody looked
    :param channel: how the invoice is sent
    :param amounts: of the customer's latest invoices, in company currency
    :param referenced: how many of these carry the customer's own reference
    """

    id: int
    name: str
    missing: tuple[str, ...] = ()
    is_company: bool = True
    vat: str = ""
    vat_valid: bool | None = None
    registry: str = ""
    registry_date: date | None = None
    email: str = ""
    channel: str = "email"
    peppol: str = ""
    amounts: tuple[Decimal, ...] = ()
    referenced: int = 0


@dataclass(frozen=True, kw_only=True)
class Twin:
    """Another invoice of the customer over the same amount.

    :param order_lines: ids of the order lines it charges
    """

    id: int
    name: str
    date: date | None
    order_lines: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rate:
    """The currency rate of an invoice in a foreign currency, units of it for one of the company.

    :param known_on: day of the newest rate on or before the invoice; ``None``: there is none
    """

    currency: str
    currency_id: int = 0
    used: Decimal
    of_the_day: Decimal
    known_on: date | None


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """A customer invoice or credit note.

    :param date: of the invoice, or the day it would get
    :param amount: with taxes, in company currency, never negative
    :param intra_eu: customer and company are in different member states
    :param credit: Odoo's sentence about the credit limit
    :param locked: the day up to which the period of the invoice is closed
    """

    id: int
    customer: Customer
    date: date
    today: date
    currency: str
    digits: int = 2
    credit_note: bool = False
    draft: bool = True
    amount: Decimal = Decimal(0)
    reference: str = ""
    has_terms: bool = True
    has_bank_account: bool = True
    position: tuple[int, str] | None = None
    expected_position: tuple[int, str] | None = None
    vat_required: bool = False
    intra_eu: bool = False
    rate: Rate | None = None
    twins: tuple[Twin, ...] = ()
    credit: str = ""
    credit_watched: bool = False
    locked: date | None = None
    lines: tuple[Line, ...] = ()
    orders: tuple[Order, ...] = ()

    @property
    def order_lines(self) -> frozenset[int]:
        """Return the ids of all order lines charged."""
        return frozenset(line.order_line.id for line in self.lines if line.order_line)


@dataclass(frozen=True)
class Finding:
    """Something a check found.

    :param code: key of :data:`~.check_texts.FOUND`; the fix has the same
    :param target: record that has to be mended: ``(model, id)``; ``None``: the invoice itself
    :param at_most: the hardest level this may have whatever the setting says
    """

    code: str
    params: Mapping[str, str | int]
    target: tuple[str, int] | None = None
    at_most: str = "blocking"
