"""Files that cannot be read: a message each, never an error, never a value."""

import io
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from odoo.addons.ai_bookkeeping.engine.bill_draft import FIELDS
from odoo.addons.ai_bookkeeping.engine.extract import extract, kind_of
from odoo.addons.ai_finance_engine.documents import limits

from tests.unit.ai_bookkeeping.pages import BILL, pdf

BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b "
    b"'&a;&a;'>]><Invoice>&b;</Invoice>"
)


def picture_of_size(width, height):
    """A PNG that says it is huge; decoded it would fill the memory."""
    file = io.BytesIO()
    Image.new("1", (64, 64)).save(file, "PNG")
    content = bytearray(file.getvalue())
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import zlib

    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"   \n", "a.xml", "empty"),
        (b"just a note", "a.pdf", "unknown_kind"),
        (b"<html><body>Invoice 12</body></html>", "a.pdf", "unknown_kind"),
        (b"PK\x03\x04 zip", "a.pdf", "unknown_kind"),
        (b"%PDF-1.7\nbroken", "a.pdf", "broken_file"),
        (b"<?xml version='1.0'?><Invoice><ID>1</Invoice>", "a.xml", "broken_file"),
        (b"<?xml version='1.0'?><Order><ID>1</ID></Order>", "a.xml", "not_a_bill"),
        (BOMB, "a.xml", "unsafe_xml"),
        (b"\xff\xd8\xff\xe0 cut off", "a.jpg", "broken_file"),
        (picture_of_size(60_000, 60_000), "a.png", "too_many_pixels"),
        (pdf(BILL, encrypt="secret"), "a.pdf", "encrypted"),
        (pdf(*[[(50, 50, f"Page {number}")] for number in range(300)]), "a.pdf", "too_many_pages"),
        (pdf([]), "a.pdf", "no_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_unreadable_file_gives_a_message_and_no_value(content, name, code):
    start = time.monotonic()
    draft = extract(content, name)
    assert [problem.code for problem in draft.problems] == [code]
    assert len(draft.problems[0].message) > 10
    assert all(getattr(draft, field).value is None for field in FIELDS)
    assert time.monotonic() - start < 10


def test_file_larger_than_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 1000)
    assert extract(pdf(BILL), "a.pdf").problems[0].code == "too_large"


def test_wrong_extension_does_not_matter():
    assert extract(pdf(BILL), "photo.jpg").reference.value == "RE-2024-0815"
    assert kind_of(pdf(BILL)) == "pdf"


def test_long_bill_is_read_at_both_ends_and_says_so():
    pages = [
        BILL[:14],
        *[[(50, 50, "Anhang mit einigen Worten auf der Seite, mehr nicht")]] * 30,
        BILL[14:],
    ]
    draft = extract(pdf(*pages), "a.pdf")
    assert draft.total.value == 1428
    assert [problem.code for problem in draft.problems] == ["pages_skipped"]


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.4\n", b"<?xml ", b"\x89PNG\r\n\x1a\n", b"II*\x00"]),
)
def test_no_bytes_raise(tail, head):
    draft = extract(head + tail, "x")
    assert draft.problems


def test_damaged_pdf_never_raises():
    content, rng = pdf(BILL), random.Random(4)
    for _turn in range(60):
        broken = bytearray(content)
        for _byte in range(rng.randrange(1, 40)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        extract(bytes(broken[: rng.randrange(100, len(broken))]), "x.pdf")
