"""What is known of vendors before the bill is read, and what it settles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, squash

from . import identifiers
from .bill_draft import BillDraft, Choice, Field
from .number_shapes import loose, shape_of

MOST_VENDORS = 50_000
CERTAIN = 0.98
__all__ = ["KnownVendor", "find_known", "loose", "settle", "shape_of"]


@dataclass(frozen=True, slots=True)
class KnownVendor:
    """A vendor of the company's books.

    ``number_patterns`` are shapes of numbers of earlier bills, see :func:`shape_of`; a plain
    number stands for its own shape.
    """

    name: str
    vats: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    number_patterns: tuple[str, ...] = ()


def _key(value: str) -> str:
    return squash(value)


def _vat_key(value: str) -> str:
    """Digits decide: the country is printed or not."""
    plain = squash(value)
    return plain[2:] if plain[:2].isalpha() and len(plain) > 8 else plain


def find_known(
    pages: Sequence[Page], known: Iterable[KnownVendor]
) -> tuple[KnownVendor | None, str, Box | None]:
    """Return the one known vendor whose VAT id, else whose bank account, stands on the pages.

    The second value says by what: ``vat``, ``iban`` or nothing where none or several fit.
    """
    by_vat: dict[str, list[KnownVendor]] = {}
    by_iban: dict[str, list[KnownVendor]] = {}
    for place, vendor in enumerate(known):
        if place >= MOST_VENDORS:
            break
        for vat in filter(None, vendor.vats):
            by_vat.setdefault(_vat_key(vat), []).append(vendor)
        for account in filter(None, vendor.ibans):
            by_iban.setdefault(_key(account), []).append(vendor)
    for how, table, ids in (
        ("vat", by_vat, [one for page in pages for one in identifiers.vat_ids(page)]),
        ("iban", by_iban, [one for page in pages for one in identifiers.ibans(page)]),
    ):
        key = _vat_key if how == "vat" else _key
        hits = {
            id(vendor): (vendor, one) for one in ids for vendor in table.get(key(one.value), ())
        }
        if len(hits) == 1:
            vendor, one = next(iter(hits.values()))
            return vendor, how, one.box
        if hits:
            return None, "", None  # two known vendors on one page: nothing is settled
    return None, "", None


def settle(draft: BillDraft, vendor: KnownVendor, how: str, box: Box | None) -> None:
    """Take the vendor's name from the books, and the id that led to it."""
    name = draft.vendor_name
    place = name.box if name.value and squash(name.value) == squash(vendor.name) else box
    choices = [Choice(vendor.name, CERTAIN, place)]
    choices += [one for one in name.candidates if squash(one.value) != squash(vendor.name)][:2]
    draft.vendor_name = Field(vendor.name, CERTAIN, True, place, choices)
    field = draft.vendor_vat if how == "vat" else draft.vendor_iban
    values = vendor.vats if how == "vat" else vendor.ibans
    key = _vat_key if how == "vat" else _key
    own = {key(value) for value in values}
    chosen = next((one for one in field.candidates if key(one.value) in own), None)
    if chosen is not None:
        others = [one for one in field.candidates if one is not chosen]
        field.value, field.box, field.sure = chosen.value, chosen.box, True
        field.confidence = CERTAIN
        field.candidates = [Choice(chosen.value, CERTAIN, chosen.box), *others]
