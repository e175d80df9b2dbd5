"""What is known of vendors settles names and numbers, and never more than that."""

from hypothesis import given
from hypothesis import strategies as some

from odoo.addons.ai_bookkeeping.engine.extract import extract
from odoo.addons.ai_bookkeeping.engine.known_vendors import KnownVendor, loose, shape_of

from tests.unit.ai_bookkeeping.pages import BILL, FOOT, HEAD, SUMS, pdf

OWN = KnownVendor("Nordlicht Hamburg GmbH", ("DE136695976",))


def test_a_vat_id_settles_the_vendor():
    draft = extract(pdf(BILL), "bill.pdf", known=[OWN, KnownVendor("Other", ("DE999999999",))])
    assert draft.vendor_name.value == "Nordlicht Hamburg GmbH"
    assert draft.vendor_name.sure
    assert draft.vendor_name.box.page == 1


def test_an_account_settles_the_vendor_where_no_vat_id_does():
    known = KnownVendor("By account", (), ("DE02 1203 0000 0000 2020 51",))
    assert extract(pdf(BILL), "bill.pdf", known=[known]).vendor_name.value == "By account"


def test_two_vendors_with_the_same_id_settle_nothing():
    twin = KnownVendor("Nordlicht Bremen GmbH", ("DE136695976",))
    draft = extract(pdf(BILL), "bill.pdf", known=[OWN, twin])
    assert draft.vendor_name.value == "Nordlicht GmbH"
    assert not draft.vendor_name.sure


def test_unknown_vendors_change_nothing():
    plain = extract(pdf(BILL), "bill.pdf")
    assert extract(pdf(BILL), "bill.pdf", known=[KnownVendor("Far", ("FR1",))]) == plain


def test_the_shape_of_earlier_numbers_finds_one_without_a_label():
    page = [*HEAD, (50, 200, "NL-2024-00815   77001   4711"), *SUMS, *FOOT]
    assert extract(pdf(page), "bill.pdf").reference.value is None
    known = KnownVendor("Nordlicht GmbH", ("DE136695976",), (), ("NL-2023-00077",))
    assert extract(pdf(page), "bill.pdf", known=[known]).reference.value == "NL-2024-00815"


@given(some.from_regex(r"\A[A-Z]{0,4}[-/]?\d{1,8}[-/]?\d{0,4}\Z"))
def test_shapes_forget_the_digits_alone(number):
    assert shape_of(shape_of(number)) == shape_of(number)
    assert len(shape_of(number)) == len(number)
    assert loose(shape_of(number)) == loose(shape_of(number + "0" * number[-1:].isdigit()))
