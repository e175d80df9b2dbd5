"""Lists and ranges of document numbers that write what they share only once."""

import pytest

from odoo.addons.ai_finance_engine.listing import between, completed
from odoo.addons.ai_finance_engine.references import Form, read_text
from odoo.addons.ai_finance_engine.series import ReferenceIndex, endings

RE = {number: f"RE{number:05d}" for number in range(4690, 4760)}
YEARLY = {10_000 + number: f"IN-25/{number:05d}" for number in range(10020, 10050)}
STRUCTURED = {1: "4877 14249", 2: "4876 35056"}
DOCUMENTS = [(key, text, 2025) for key, text in (RE | YEARLY | STRUCTURED).items()]
OWN = [(0, text, year) for _key, text, year in DOCUMENTS]
INDEX = ReferenceIndex(DOCUMENTS, OWN)
LISTS = {
    "RE 4711-4714": {4711, 4712, 4713, 4714},
    "RE04711/12/15": {4711, 4712, 4715},
    "RE 4711 bis 4713": {4711, 4712, 4713},
    "Rechnungen 4711 - 4713": {4711, 4712, 4713},
    "RE 04711 to RE 04713": {4711, 4712, 4713},
    "Rechnungen 4711, 12 und 15": {4711, 4712, 4715},
    "IN-25/10028; 034": {20028, 20034},
    "IN-25/10028 to IN-25/10031": {20028, 20029, 20030, 20031},
    "IN-25/10028 - 31": {20028, 20029, 20030, 20031},
    "IN-25/10028/037/033": {20028, 20037, 20033},
    "IN-25/10028 029 030": {20028, 20029, 20030},
    "RE 4699 bis 4702": {4699, 4700, 4701, 4702},
    "RE 4711 12 pieces": {4711},
    "RE 4701-4759": {4701, 4759},
    "INV 2025": set(),
    # references of several groups among other numbers of a list
    "RE04701, 4877 14249, RE04702": {4701, 1, 4702},
    "4876 35056 / 4877 14249": {1, 2},
}


@pytest.mark.parametrize(("text", "meant"), LISTS.items())
def test_every_member_of_a_list_is_named_and_no_other(text, meant):
    found = INDEX.mentions(read_text(text))
    assert {key for key, mention in found.items() if mention.form > Form.BARE} == meant
    assert INDEX.unresolved(read_text(text), found) == []


@pytest.mark.parametrize("text", LISTS)
def test_what_texts_cannot_mean_may_be_left_out_of_the_index(text):
    references = read_text(text)
    narrow = ReferenceIndex(DOCUMENTS, OWN, endings([references]))
    assert narrow.mentions(references) == INDEX.mentions(references)


def test_members_have_places_of_their_own():
    mentions = INDEX.mentions(read_text("RE 4711-4714"))
    places = sorted((one.start, one.end) for one in mentions.values())
    assert all(left[1] <= right[0] for left, right in zip(places, places[1:], strict=False))


def test_a_member_that_is_not_open_is_said():
    references = read_text("RE 4711, 4760 and 4713, 99")
    mentions = INDEX.mentions(references)
    assert set(mentions) == {4711, 4713}
    assert INDEX.unresolved(references, mentions) == ["RE 4760", "RE 99"]


@pytest.mark.parametrize(
    ("number", "digits", "whole"),
    [("04711", "12", "04712"), ("04711", "04712", "04712"), ("12", "712", ""), ("4711", "2", "")],
)
def test_a_number_is_completed_by_its_last_digits(number, digits, whole):
    assert completed(number, digits) == whole


def test_a_range_is_neither_endless_nor_backwards():
    assert list(between("0010", "0013")) == [11, 12]
    assert not between("13", "10")
    assert not between("1", "5000")


def test_a_number_that_begins_with_the_short_year_is_known_to_be_ours():
    numbers = [(key, f"VK25{key:05d}", 2025) for key in range(3000, 3040)]
    index = ReferenceIndex(numbers, [(0, text, year) for _key, text, year in numbers])
    references = read_text("Rechnungsnr. VK2503140")
    assert index.unresolved(references, index.mentions(references)) == ["VK 2503140"]
