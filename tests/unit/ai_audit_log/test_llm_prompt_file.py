"""Prompt files: what they hold, and which line is wrong."""

from pathlib import Path

import pytest

from odoo.addons.ai_audit_log.llm.prompt_file import parse

ROOT = Path(__file__).resolve().parents[3]
GOOD = """---
code: bank_match_order
name: Order: the candidates
task: bank.match
fields: line.text, line.amount,  candidates.id
max_tokens: 400
---

Order the candidates.

---
More: of it.
"""


def test_good():
    found = parse(GOOD)
    assert (found.code, found.task, found.max_tokens) == ("bank_match_order", "bank.match", 400)
    assert found.name == "Order: the candidates"
    assert found.fields == ("line.text", "line.amount", "candidates.id")
    assert found.instructions == "Order the candidates.\n\n---\nMore: of it."


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("---\ncode", "code", 1),
        ("name: Order", "name Order", 3),
        ("name: Order: the candidates", "name:", 3),
        ("name: Order", "title: Order", 3),
        ("name: Order: the candidates\n", "", 6),
        ("name: Order", "code: again\nname: Order", 3),
        ("bank_match_order", "Bank Match", 2),
        ("bank.match", "bank match", 4),
        ("line.text,", "line text,", 5),
        ("line.text,", ",", 5),
        ("line.text,", "line.amount,", 5),
        ("400", "many", 6),
        ("400", "0", 6),
        ("400", "99999", 6),
        ("max_tokens: 400\n---", "max_tokens: 400", 7),
        (GOOD[GOOD.index("Order the") :], "", 7),
        (GOOD, "", 1),
    ],
)
def test_the_wrong_line_is_named(old, new, line):
    text = GOOD.replace(old, new, 1)
    with pytest.raises(ValueError, match=f"^line {line}: "):
        parse(text)


@pytest.mark.parametrize("path", sorted(ROOT.glob("ai_*/prompts/*.md")), ids=lambda path: path.stem)
def test_our_own_files(path):
    found = parse(path.read_text(encoding="utf-8"))
    assert found.code == path.stem, "a prompt is found by its code"
    assert "data" in found.instructions, "what is sent is called so, and kept apart from orders"
