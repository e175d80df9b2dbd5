"""Pages to look at: pictures at a width, words with their places, and files that have none."""

import io
import threading

import pytest
from PIL import Image, ImageDraw

from odoo.addons.ai_bookkeeping.engine import bill_pages
from odoo.addons.ai_bookkeeping.engine.extract import extract
from odoo.addons.ai_finance_engine.documents.limits import UnreadableDocument

from tests.unit.ai_bookkeeping.pages import BILL, pdf
from tests.unit.ai_bookkeeping.test_bad_files import picture_of_size


def drawn(content, number=1, width=900):
    seen = bill_pages.view(content, number)
    return Image.open(io.BytesIO(bill_pages.picture(content, number, width, seen)))


def test_words_stand_where_the_reader_found_the_values():
    content = pdf(BILL)
    seen = bill_pages.view(content, 1)
    box = extract(content, "bill.pdf").reference.box
    (word,) = [word for word in seen.words if word[0] == "RE-2024-0815"]
    assert word[1:5] == pytest.approx((box.x0, box.top, box.x1, box.bottom), abs=0.001)
    assert seen.pages == 1


def test_words_of_one_row_share_their_line():
    seen = bill_pages.view(pdf(BILL), 1)
    lines = {word[0]: word[5] for word in seen.words}
    assert lines["Rechnungsnummer:"] == lines["RE-2024-0815"] != lines["77001"]


@pytest.mark.parametrize(("asked", "given"), [(10, 600), (900, 900), (901, 1200), (9999, 1800)])
def test_pages_are_drawn_at_few_widths(asked, given):
    assert abs(drawn(pdf(BILL), width=asked).width - given) <= 1


def test_every_page_has_its_own_words():
    content = pdf(BILL, [(50, 100, "Second page with terms")])
    assert bill_pages.view(content, 2).words[0][0] == "Second"
    assert bill_pages.view(content, 2).pages == 2


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_page_that_is_not_there(number):
    with pytest.raises(UnreadableDocument, match="") as error:
        bill_pages.view(pdf(BILL), number)
    assert error.value.code == "no_such_page"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 and then nothing", "broken_file"),
        (b"PK\x03\x04 an archive", "unknown_kind"),
        (pdf(BILL, encrypt="secret"), "encrypted"),
        (pdf(*[BILL] * 61), "too_many_pages"),
        (picture_of_size(30_000, 30_000), "too_many_pixels"),
        (b"\x89PNG\r\n\x1a\n broken", "broken_file"),
    ],
)
def test_files_without_pages_say_why(content, code):
    with pytest.raises(UnreadableDocument) as error:
        bill_pages.view(content, 1)
    assert error.value.code == code


def test_a_scan_is_shown_as_it_was_read():
    """Turned by a quarter in the file; shown upright, with words where they are shown."""
    scan = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(scan)
    for row in range(30):
        pen.text(
            (120, 150 + 45 * row), f"Invoice number 4711{row} amount due 99.50", 0, font_size=34
        )
    file = io.BytesIO()
    scan.rotate(90, expand=True).save(file, "PDF", resolution=150)
    seen = bill_pages.view(file.getvalue(), 1)
    assert seen.picture is not None
    assert seen.height > seen.width
    assert sum(word[0] == "Invoice" for word in seen.words) > 20
    picture = drawn(file.getvalue())
    assert picture.height > picture.width


def test_threads_take_turns():
    """PDFium knows no threads; a server has them."""
    content, wrong = pdf(*[BILL] * 3), []

    def look():
        for number in (1, 2, 3):
            seen = bill_pages.view(content, number)
            if len(seen.words) < 20 or not bill_pages.picture(content, number, 600, seen):
                wrong.append(number)

    threads = [threading.Thread(target=look) for _turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
