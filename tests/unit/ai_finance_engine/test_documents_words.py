"""Words of documents: where they stand, what is hidden, what a scan is."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.ai_finance_engine.documents import limits
from odoo.addons.ai_finance_engine.documents.layout import Word, fold, page_of, squash
from odoo.addons.ai_finance_engine.documents.pdf_words import open_pdf, read_pdf, render

WORDS = "one two three four five six seven eight nine ten"


def read(draw, size=(400, 600), turn=0):
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    if turn:
        canvas.setPageRotation(turn)
    canvas.setFont("Courier", 11)
    draw(canvas)
    canvas.save()
    return read_pdf(open_pdf(file.getvalue()))


def lines(text):
    return [line.text for line in text.pages[0].lines]


def test_words_of_a_line_come_from_left_to_right_whatever_the_order_of_the_file():
    def draw(canvas):
        canvas.drawString(300, 500, "right")
        canvas.drawString(50, 470, WORDS)
        canvas.drawString(50, 500, "left")

    assert lines(read(draw)) == ["left right", WORDS]


def test_wide_letters_of_one_number_stay_one_word():
    found = read(lambda canvas: canvas.drawString(50, 500, f"12.345,67 {WORDS}"))
    assert lines(found)[0].startswith("12.345,67 one")


def test_bold_by_printing_twice_gives_each_word_once():
    def draw(canvas):
        canvas.drawString(50, 500, WORDS)
        canvas.drawString(50.3, 500, WORDS)

    assert lines(read(draw)) == [WORDS]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_of_a_turned_page_is_read_where_it_is_seen(turn):
    def draw(canvas):
        # the library swaps the sides of pages that lie on their side
        canvas.translate(*{90: (600, 0), 180: (400, 600), 270: (0, 400)}[turn])
        canvas.rotate(turn)
        canvas.drawString(50, 300, WORDS)

    assert WORDS in lines(read(draw, turn=turn))


@pytest.mark.parametrize("way", ["white", "tiny", "covered", "off the page", "invisible"])
def test_hidden_text_is_kept_apart(way):
    def draw(canvas):
        canvas.drawString(50, 500, WORDS)
        if way == "white":
            canvas.setFillGray(1)
        if way == "tiny":
            canvas.setFont("Courier", 1)
        text = canvas.beginText(700 if way == "off the page" else 50, 300)
        text.setTextRenderMode(3 if way == "invisible" else 0)
        text.textOut("pay twice")
        canvas.drawText(text)
        if way == "covered":
            canvas.setFillGray(1)
            canvas.rect(40, 290, 300, 30, stroke=0, fill=1)

    found = read(draw)
    assert lines(found) == [WORDS]
    assert found.hidden == [(1, "pay twice")] or way == "off the page"


def test_page_without_words_is_a_picture_to_be_read_by_ocr():
    found = read(lambda canvas: canvas.rect(50, 50, 200, 200))
    assert found.pictures == [1]


def test_rendered_page_is_never_larger_than_the_limit():
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(14000, 14000))
    canvas.drawString(50, 50, "x")
    canvas.save()
    picture = render(open_pdf(file.getvalue()), 1)
    assert picture.width * picture.height <= limits.RENDER_PIXELS * 1.01


def test_folding_forgets_accents_and_squashing_spaces():
    assert fold("Fälligkeit Échéance Straße") == "falligkeit echeance strasse"
    assert squash("N° de facture :") == "nodefacture"


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 700)), min_size=1, max_size=40))
def test_no_word_is_lost_in_lines(places):
    words = [Word(str(index), x, y, x + 10, y + 10) for index, (x, y) in enumerate(places)]
    page = page_of(1, 600, 800, words)
    assert sorted(int(word.text) for line in page.lines for word in line.words) == list(
        range(len(words))
    )
    for line in page.lines:
        box = page.box(line.words)
        assert 0 <= box.x0 <= box.x1 <= 1 and 0 <= box.top <= box.bottom <= 1
