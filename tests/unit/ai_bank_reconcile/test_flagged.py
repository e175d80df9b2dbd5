"""A match that people flagged as wrong is not proposed for the same line again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.flagged import items_of, without_flagged
from odoo.addons.ai_bank_reconcile.engine.proposal import validate

from tests.unit.ai_bank_reconcile.bank_cases import AZURE, DECO, item, line, match_one

TWINS = [item(1, "300.00", days_ago=60), item(2, "300.00", days_ago=20)]


def codes(reasons):
    return {one.code for one in reasons}


def flagged(result):
    return frozenset([items_of(result.proposal.counterparts)])


def test_nothing_flagged_changes_nothing():
    result = match_one(line("300.00", "Transfer", "Deco Addict GmbH"), TWINS)
    assert without_flagged(result, ()) is result


def test_the_other_of_two_is_proposed_instead():
    result = match_one(line("300.00", "Transfer", "Deco Addict GmbH"), TWINS)
    again = without_flagged(result, flagged(result))
    assert again.proposal.kind == "match"
    assert items_of(again.proposal.counterparts) == {1, 2} - items_of(result.proposal.counterparts)
    assert "flagged_before" in codes(again.guards), "from now on a person decides"
    validate(again.proposal.to_json())


def test_without_a_good_alternative_nothing_is_proposed():
    items = [item(1, "1250.00", "INV/2026/00012", DECO), item(2, "7.00", partner=AZURE)]
    result = match_one(line("1250.00", "INV/2026/00012", "Deco Addict GmbH"), items)
    assert result.proposal.kind == "match"
    again = without_flagged(result, flagged(result))
    assert again.proposal.kind == "none"
    assert again.proposal.counterparts == ()
    assert codes(again.reasons) == {"flagged_before"}
    validate(again.proposal.to_json())


def test_a_flagged_alternative_is_not_offered():
    result = match_one(line("300.00", "Transfer", "Deco Addict GmbH"), TWINS)
    other = items_of(result.proposal.alternatives[0].counterparts)
    again = without_flagged(result, frozenset([other]))
    assert again.proposal.counterparts == result.proposal.counterparts
    assert other not in {items_of(one.counterparts) for one in again.proposal.alternatives}
    assert "flagged_before" in codes(again.guards)


@settings(deadline=None)
@given(st.sets(st.sampled_from([1, 2, 3, 4]), max_size=4))
def test_nothing_flagged_ever_comes_back(keys):
    items = [item(key, "300.00", days_ago=10 * key) for key in (1, 2, 3, 4)]
    result = match_one(line("300.00", "Transfer", "Deco Addict GmbH"), items)
    wrong = frozenset(frozenset([key]) for key in keys)
    again = without_flagged(result, wrong)
    offered = [again.proposal, *again.proposal.alternatives]
    assert not wrong & {items_of(one.counterparts) for one in offered}
    assert not keys or "flagged_before" in codes(again.guards)
    validate(again.proposal.to_json())
