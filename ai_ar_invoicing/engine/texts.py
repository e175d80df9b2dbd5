"""The words of an invoice, written from what was delivered: templates, filled and checked.

A template is a few lines of text with placeholders in braces. A line that lacks what it talks
about is left out, so that one template serves orders with and without lots or references.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter


def _lt(text: str) -> str:
    """Mark a text for the translation template; the models translate it where it is shown."""
    return text


#: What a note may speak of.
NOTE_PLACEHOLDERS = ("customer", "reference", "orders", "deliveries", "dates", "lots")
#: What the description of a line may speak of.
LINE_PLACEHOLDERS = ("quantity", "deliveries", "dates", "lots")

DEFAULT_NOTE = _lt(
    "Your order: {reference}\nOur order: {orders}\nDelivered on {dates} with {deliveries}"
)
DEFAULT_LINE = _lt("Delivered: {quantity} on {dates}, {deliveries}\nLot and serial numbers: {lots}")


@dataclass(frozen=True)
class Shipment:
    """Goods of one order line that left, or came back, together.

    :param quantity: in the unit of the order line, never negative
    :param day: as the customer reads it
    """

    quantity: Decimal
    delivery: str
    day: str
    lots: tuple[str, ...] = ()


def problems(template: str, allowed: Collection[str]) -> list[str]:
    """Return what is wrong with ``template``: unknown placeholders, braces that do not close."""
    try:
        return [name for name in _names(template) if name not in allowed]
    except ValueError as error:
        return [str(error)]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return ``template`` with its values; lines that lack one of theirs are left out."""
    lines = [
        line.format_map(values)
        for line in template.splitlines()
        if all(values.get(name) for name in _names(line))
    ]
    return "\n".join(lines).strip()


def charged(shipments: Iterable[Shipment], before: Decimal, quantity: Decimal) -> list[Shipment]:
    """Return the shipments that ``quantity`` stands for.

    :param shipments: of one order line, the oldest first
    :param before: what earlier invoices took of them
    """
    found = []
    start = Decimal(0)
    for shipment in shipments:
        end = start + shipment.quantity
        if end > before and start < before + quantity:
            found.append(shipment)
        start = end
    return found


def listed(shipments: Iterable[Shipment]) -> dict[str, str]:
    """Return deliveries, dates and lots of ``shipments`` as templates name them, each once."""
    shipments = list(shipments)
    return {
        "deliveries": _once(one.delivery for one in shipments),
        "dates": _once(one.day for one in shipments),
        "lots": _once(lot for one in shipments for lot in one.lots),
    }


def _once(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def _names(template: str) -> list[str]:
    """Return the placeholders of ``template``.

    :raises ValueError: where braces do not close, or a placeholder does more than name a value
    """
    found = []
    for _text, name, form, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError("{" + name + "}")
        found.append(name)
    return found
