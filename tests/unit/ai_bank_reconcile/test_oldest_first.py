"""Equal items of one partner: for a person, unless the journal takes the oldest first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext
from odoo.addons.ai_bank_reconcile.engine.matcher import propose

from tests.unit.ai_bank_reconcile.bank_cases import (
    AZURE,
    DAY,
    PARTIES,
    codes,
    item,
    line,
    parts,
)

RENT = [item(key, "733.41", days_ago=30 * key) for key in (1, 2, 3)]  # 3 is the oldest


def run(lines, items, journals=frozenset({1})):
    return propose(MatchContext(tuple(lines), tuple(items), PARTIES, oldest_first=journals))


def paid(label="rent", name="Deco Addict", **values):
    return line("733.41", label, name, **values)


def test_the_oldest_of_equal_items_is_taken_and_needs_nobody():
    (result,) = run([paid()], RENT)
    assert parts(result) == {3: "733.41"}
    assert not result.guards
    assert result.confidence > 0.95
    (why,) = [one for one in result.reasons if one.code == "oldest_of_equal"]
    assert why.params == {"count": 3}
    assert 3 not in [
        part.move_line_id for one in result.proposal.alternatives for part in one.counterparts
    ]


def test_without_the_policy_equal_items_are_for_a_person():
    for journals in (frozenset(), frozenset({2})):
        (result,) = run([paid()], RENT, journals)
        assert "twin" in codes(result.guards)
        assert "oldest_of_equal" not in codes(result.reasons)


def test_lines_take_equal_items_in_the_order_of_both():
    lines = [
        paid(key=key, date=DAY - timedelta(days=days)) for key, days in ((11, 0), (12, 40), (13, 9))
    ]
    results = run(lines, RENT)
    assert [parts(result) for result in results] == [
        {1: "733.41"}, {3: "733.41"}, {2: "733.41"},
    ]  # fmt: skip
    assert not any(result.guards for result in results)


@pytest.mark.parametrize(
    "label", ["INV/2026/00002", "INV/2026/00007", "invoice 2", "INV/2026/0002 and more"]
)
def test_a_number_in_the_text_is_stronger_than_the_policy(label):
    (result,) = run([paid(label)], RENT)
    assert "oldest_of_equal" not in codes(result.reasons)
    if "2" in label.split()[0][-2:]:
        assert parts(result) == {2: "733.41"}


@pytest.mark.parametrize(
    "other",
    [
        {"partner_id": AZURE},
        {"account_id": 77},
        {"is_payment": True},
        {"currency": "USD"},
    ],
)
def test_only_items_that_are_equal_in_all_but_their_age_are_counted(other):
    items = [RENT[0], replace(RENT[2], **other)]
    (result,) = run([paid()], items)
    assert "oldest_of_equal" not in codes(result.reasons)


def test_two_partners_with_the_amount_stay_for_a_person_where_the_payer_is_unknown():
    items = [*RENT, item(9, "733.41", partner=AZURE)]
    (result,) = run([paid(name="")], items)
    assert result.guards or result.proposal.kind == "none"


def test_an_item_another_line_names_is_not_handed_out():
    lines = [paid(key=1), paid("INV/2026/00003", key=2)]
    first, second = run(lines, RENT)
    assert parts(second) == {3: "733.41"}
    assert parts(first) == {2: "733.41"}


def test_equal_parts_of_a_sum_are_not_decided_by_the_policy():
    (result,) = run([line("1466.82", "rent", "Deco Addict")], RENT)
    assert "twin" in codes(result.guards)
