"""Which document a number means, how completely it is written, and which numbers are ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.numbering import parse_document
from odoo.addons.ai_finance_engine.references import Form, read_text
from odoo.addons.ai_finance_engine.series import ReferenceIndex

DOCUMENTS = [
    (1, "INV/2026/00012", 2026),
    (2, "INV/2025/00012", 2025),
    (3, "BILL/2026/01/0003", 2026),
    (4, "RE-2024-4711", 2024),
    (5, "F20240812", 2024),
    (6, "123/4567/89012", 2026),
    (7, "RF18539007547034", 2026),
    (8, "A12B-998X", 2026),
    (9, "INV/2026/00099", 2026),
    (11, "R260021", 2026),
    (12, "R260022", 2026),
    (13, "R260023", 2026),
]
OWN = [(1, text, year) for key, text, year in DOCUMENTS if key in (1, 2, 9)]
INDEX = ReferenceIndex(DOCUMENTS, OWN)

FULL, YEAR, WORD, PADDED, BARE = reversed(Form)
NAMED = {
    "INV/2026/00012": {1: FULL},
    "inv 2026 12": {1: FULL},
    "INV202600012": {1: FULL},
    "INV/2026/ 00012": {1: FULL},
    "2026/00012": {1: YEAR},
    "Rg. 00012/2026": {1: YEAR},
    "Rechnung 12": {1: WORD, 2: WORD},
    "00012": {1: PADDED, 2: PADDED},
    "12": {1: BARE, 2: BARE},
    "BILL/2026/01/0003": {3: FULL},
    "RE 4711": {4: WORD},
    "4711": {4: PADDED},
    "RE20244711": {4: FULL},
    "F 2024-812": {5: FULL},
    "20240812": {5: YEAR},
    "+++123/4567/89012+++": {6: FULL},
    "123 4567 89012": {6: FULL},
    "RF18 5390 0754 7034 danke": {7: FULL},
    "A12B998X": {8: FULL},
    "R 26/21": {11: FULL},
    "EREF+INV/2026/00012": {1: FULL},
    # not a mention
    "INV/2024/00012": {},
    "EREF+00012": {},
    "Order 12": {},
    "12A": {},
    "XY12": {},
    "2026": {},
}


@pytest.mark.parametrize(("text", "expected"), NAMED.items())
def test_form_of_a_mention(text, expected):
    found = INDEX.mentions(read_text(text), group=1)
    assert {key: mention.form for key, mention in found.items()} == expected


@pytest.mark.parametrize(
    ("text", "unresolved"),
    [
        ("INV/2026/00050", ["INV 2026/00050"]),
        ("INV 2026 00050", ["00050"]),
        ("Rechnung 00051", ["RECHNUNG 00051"]),
        ("Rechnung 51x", []),
        ("00051", ["00051"]),
        ("INV/2021/00012", ["INV 2021/00012"]),  # written as ours, of an older year
        ("INV/2031/00012", []),
        ("INV/2026/09000", []),  # far beyond the series: not ours
        ("RE/2026/00050", ["RE 2026/00050"]),
        ("Order 00051", []),
        ("INV/2026/00012", []),  # open
        ("51", []),
    ],
)
def test_numbers_of_our_series_that_are_not_open(text, unresolved):
    references = read_text(text)
    found = INDEX.unresolved(references, INDEX.mentions(references, 1), 1)
    assert found == unresolved


def test_numbers_by_month_that_are_not_open():
    index = ReferenceIndex(DOCUMENTS, [(-1, "BILL/2026/01/0003", 2026)])
    for text in ("BILL/2024/01/0001", "BILL/2026/02/0001"):
        references = read_text(text)
        found = index.mentions(references, -1).values()
        assert index.unresolved(references, found, -1) == [f"BILL {text[5:]}"]


def test_series_of_the_other_side_are_not_looked_at():
    references = read_text("INV/2026/00050")
    assert INDEX.unresolved(references, {}, group=-1) == []


def test_document_is_taken_apart():
    document = parse_document(1, "INV/2026/00012", 2026)
    assert (document.prefix, document.year, document.number) == ("inv", 2026, "00012")
    assert parse_document(1, "12/2026", 2026).number == "12"
    assert parse_document(1, "F20240812", 2024).number == "0812"
    assert parse_document(1, "F20240812", 2019).year is None, "not a year of that document"
    assert parse_document(1, "free text", 2026).number == ""


def test_short_year_is_learned_from_several_documents():
    assert INDEX.mentions(read_text("260021"))[11].form == Form.YEAR
    alone = ReferenceIndex([(11, "R260021", 2026)])
    assert 11 not in alone.mentions(read_text("26/21"))


TEXT = st.one_of(
    st.text(max_size=60),
    st.text("INVREF0123456789 /-.,:+", max_size=60),
)


@given(TEXT, TEXT, st.one_of(st.none(), st.integers(1990, 2090)))
def test_never_raises(document, text, year):
    index = ReferenceIndex([(1, document, year)], [(1, document, year)])
    references = read_text(text)
    found = index.mentions(references, 1)
    index.unresolved(references, found, 1)


@given(st.integers(1, 99999), st.integers(2001, 2098))
def test_a_full_number_names_its_document(number, year):
    text = f"INV/{year}/{number:05d}"
    index = ReferenceIndex([(1, text, year), (2, f"INV/{year}/{number + 1:05d}", year)])
    for spelling in (text, text.replace("/", "-"), f"x {text.lower()} y", text.replace("/", "")):
        found = index.mentions(read_text(spelling))
        assert set(found) == {1}
        assert found[1].form == Form.FULL
