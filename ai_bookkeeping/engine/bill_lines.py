"""Which lines a draft gets: those of the bill where they add up, else one a tax rate."""

from dataclasses import dataclass
from decimal import Decimal

from .bill_draft import BillDraft, DraftLine

TWO_CENTS = Decimal("0.02")
#: The most that rounding may make between the printed total and the sum of what was printed.
ROUNDING = Decimal("0.05")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line to write.

    :param price: a unit, without tax
    :param rate: of the tax in per cent; ``None`` where the bill does not say
    :param tax: as printed, where the line stands for a whole rate
    :param source: position among the bill's lines, ``None`` where it stands for several
    """

    description: str
    quantity: Decimal
    price: Decimal
    rate: Decimal | None = None
    tax: Decimal | None = None
    source: int | None = None

    @property
    def amount(self) -> Decimal:
        """Without tax, to the cent."""
        return round(self.quantity * self.price, 2)


def plan(draft: BillDraft) -> tuple[PlannedLine, ...]:
    """Return the lines of the draft; none where not even an amount was read."""
    untaxed = untaxed_of(draft)
    if untaxed is None:
        total = draft.total.value
        return (PlannedLine("", Decimal(1), total),) if total is not None else ()
    return _own_lines(draft, untaxed) or _by_rate(draft, untaxed) or _single(draft, untaxed)


def untaxed_of(draft: BillDraft) -> Decimal | None:
    """Return the untaxed amount, from total and tax where it is not printed itself."""
    if draft.untaxed.value is not None:
        return draft.untaxed.value
    if draft.total.value is not None and draft.tax.value is not None:
        return draft.total.value - draft.tax.value
    return None


def _own_lines(draft: BillDraft, untaxed: Decimal) -> tuple[PlannedLine, ...]:
    """The bill's own lines, if each has an amount and a rate and they add up."""
    amounts = [line.amount for line in draft.lines]
    if not amounts or None in amounts or abs(sum(amounts) - untaxed) > TWO_CENTS:
        return ()
    only = _only_rate(draft, untaxed)
    planned = []
    for position, line in enumerate(draft.lines):
        rate = line.tax_rate if line.tax_rate is not None else only
        if rate is None and draft.tax.value:
            return ()
        quantity, price = _quantity_and_price(line)
        planned.append(PlannedLine(line.description, quantity, price, rate, None, position))
    return tuple(planned)


def _quantity_and_price(line: DraftLine) -> tuple[Decimal, Decimal]:
    """Quantity and price as printed where they give the amount, else one of the amount."""
    amount, quantity, price = line.amount, line.quantity, line.price
    if quantity and price is not None and abs(quantity * price - amount) < Decimal("0.005"):
        return quantity, price
    if quantity and price is None:
        price = round(amount / quantity, 2)
        if quantity * price == amount:
            return quantity, price
    return Decimal(1), amount


def _only_rate(draft: BillDraft, untaxed: Decimal) -> Decimal | None:
    """The rate of the whole bill, where there is one."""
    if len(draft.taxes) == 1:
        return draft.taxes[0].rate
    if draft.taxes or draft.tax.value is None or not untaxed:
        return None
    return round(draft.tax.value * 100 / untaxed, 2)


def _by_rate(draft: BillDraft, untaxed: Decimal) -> tuple[PlannedLine, ...]:
    bases = [row.base for row in draft.taxes]
    if not bases or None in bases or abs(sum(bases) - untaxed) > TWO_CENTS:
        return ()
    text = draft.lines[0].description if len(draft.lines) == 1 else ""
    return tuple(PlannedLine(text, Decimal(1), row.base, row.rate, row.tax) for row in draft.taxes)


def _single(draft: BillDraft, untaxed: Decimal) -> tuple[PlannedLine, ...]:
    """One line of the untaxed amount; its rate is said by the printed tax."""
    text = draft.lines[0].description if len(draft.lines) == 1 else ""
    rate = _only_rate(draft, untaxed)
    return (PlannedLine(text, Decimal(1), untaxed, rate, draft.tax.value),)
