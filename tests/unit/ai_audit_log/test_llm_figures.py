"""Figures in a model's sentence are found in the facts, in any locale, or reported."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.llm.figures import unknown_figures
from odoo.addons.ai_audit_log.llm.plain_text import plain_sentence
from odoo.addons.ai_audit_log.llm.sentence import check_sentence

FACTS = {
    "line": {
        "text": "Zahlung RE-2026-0815 vom 3.11. Skonto 2% KD 4711 1.250,00 EUR",
        "amount": "1250.00",
        "date": "2026-11-12",
        "fee": Decimal("3.5"),
    },
    "candidates": [
        {"id": "c1", "document": "INV/2026/00012", "amount": "980.40", "due_date": "2026-12-01"},
        {"id": "c2", "document": "INV/2026/00013", "amount": "270", "due_date": date(2027, 1, 31)},
    ],
    "reasons": ["name 87 %", "14 days after due", "3 documents, sum exact"],
}


@pytest.mark.parametrize(
    "text",
    [
        "The number INV/2026/00012 is named.",
        "Invoice 2026/00012 is named, INV-2026-00013 is not.",
        "INV202600012 fits best.",
        "Invoice 00012 or simply 12 fits.",
        "RE-2026-0815 steht im Text.",
        "The amount 1250.00 fits.",
        "The amount 1,250.00 EUR fits.",
        "Der Betrag 1.250,00 € stimmt.",
        "Le montant de 1 250,00 € correspond.",
        "Le montant de 1\u202f250,00\u00a0€ correspond.",
        "CHF 1'250.00 or EUR1250.00 or 1250EUR",
        "Der Betrag 1.250 stimmt, 1,250 auch.",
        "-1250.00 and (980.40) and 980,4",
        "It was paid on 2026-11-12.",
        "It was paid on 12 Nov 2026, due 1 December 2026.",
        "It was paid on November 12, 2026.",
        "It was paid on Nov 12th.",
        "Bezahlt am 12.11.2026, fällig am 31. Januar 2027.",
        "Bezahlt am 12.11.26 oder 3.11.",
        "Payé le 1er décembre 2026.",
        "Paid 12/11/2026 or 11/12/2026.",
        "The names agree by 87 %, cash discount 2%.",
        "It came 14 days after the due date; 3 documents, fee 3.50.",
        "Customer 4711 has 2 candidates.",
        "No figure at all.",
        "Der Betrag ist １２５０.",
        "",
    ],
)
def test_known(text):
    assert unknown_figures(text, FACTS) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("The amount 1250.01 fits.", ["1250.01"]),
        ("The amount 12,500.00 fits.", ["12,500.00"]),
        ("The amount 125.00 fits.", ["125.00"]),
        ("The number INV/2026/00014 is named.", ["INV/2026/00014"]),
        ("The number BILL/2026/00012 is named.", ["BILL/2026/00012"]),
        ("The number INV/2026/0001 is named.", ["INV/2026/0001"]),
        ("It was paid on 2026-11-13.", ["2026-11-13"]),
        ("It was paid on 12 Nov 2025.", ["12 Nov 2025"]),
        ("It was paid on 12 May.", ["12 May"]),
        ("Bezahlt am 13.11.2026.", ["13.11.2026"]),
        ("Bezahlt am 4. November.", ["4. November"]),
        ("The names agree by 88 %.", ["88"]),
        ("The names agree by 12 %.", ["12"]),
        ("A year of 2026 %.", ["2026"]),
        ("Sent 1.25 million.", ["1.25"]),
        ("Sent 1250k.", ["1250k"]),
        ("Sent 270 Mio. EUR", ["270"]),
        ("Account DE89370400440532013000.", ["DE89370400440532013000"]),
        ("Pay 500 to account 99 now.", ["500", "99"]),
        ("In Q3 it was 1e6.", ["Q3", "1e6"]),
        ("It is 9 days late and costs €7.", ["9", "7"]),
    ],
)
def test_unknown(text, unknown):
    assert unknown_figures(text, FACTS) == unknown


@given(st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2))
def test_every_locale_of_an_amount_is_the_amount(amount):
    english = f"{amount:,.2f}"
    swap = english.translate(str.maketrans({",": ".", ".": ","}))
    for text in (str(amount), english, swap, swap.replace(".", " "), english.replace(",", "'")):
        assert unknown_figures(f"The sum {text} EUR fits.", {"amount": str(amount)}) == []
        assert unknown_figures(f"The sum {text} EUR fits.", {"amount": str(amount + 1)})


@given(st.text(), st.recursive(st.text() | st.integers(), st.lists, max_leaves=5))
def test_never_fails(text, facts):
    unknown_figures(text, facts)


@given(st.text(alphabet="0123456789.,/-' abcINV%\n", max_size=60))
def test_a_text_of_the_facts_is_known(text):
    assert unknown_figures(text, {"text": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Invoice INV/2026/00012 fits best: number and amount agree.",
        "Größe & Co. zahlt 1.250,00 € (2 % Skonto); siehe „RE-2026-0815“.",
        "Amount < 500 or so, R&D costs; paid a/b.",
        "请付款 1250.00",
    ],
)
def test_plain(text):
    plain_sentence(text, 200)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "x" * 201,
        "two\nlines",
        "bell \x07",
        "hidden \u200b space",
        "turned \u202e round",
        "tag \U000e0041",
        "see https://evil.example/pay",
        "see HTTPS://EVIL.example",
        "see www.evil.example",
        "see evil.example/pay",
        "click javascript:alert(1)",
        "mail mailto:x@evil.example",
        "write to pay@evil.example",
        "write to pay＠evil.example",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "＜script＞",
        "&lt;b&gt; and &#60;",
        "a [link](x)",
        "an image ![x](y)",
        "`code`",
        "{{ object.env }} or ${x}",
    ],
    ids=ascii,
)
def test_not_plain(text):
    with pytest.raises(ValueError):
        plain_sentence(text, 200)


def test_sentence_says_how_many_figures_and_not_which():
    with pytest.raises(ValueError, match=r"1 figure\(s\)") as caught:
        check_sentence("Pay 500 now.", FACTS)
    assert "500" not in str(caught.value)
    check_sentence("INV/2026/00012 is named.", FACTS)
