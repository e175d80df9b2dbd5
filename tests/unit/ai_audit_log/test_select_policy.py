"""Which policy counts for a document."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.engine.gate import MODES, Policy, select_policy

BANK = {"journal_id": 7}


def test_without_any_policy_a_person_decides():
    default = select_policy([], BANK)
    assert default.mode == "suggest", "the default is never automatic"
    assert default.max_amount is None
    assert default.id == 0


def test_lowest_sequence_counts():
    first = Policy("approve", sequence=5, id=2)
    assert select_policy([Policy("automatic", sequence=10, id=1), first], BANK) == first


def test_scope_must_fit():
    other = Policy("automatic", max_amount=Decimal(1), scope={"journal_id": 8}, sequence=1, id=1)
    own = Policy("approve", scope={"journal_id": 7}, sequence=2, id=2)
    for_all = Policy("shadow", sequence=3, id=3)
    assert select_policy([other, own, for_all], BANK) == own
    assert select_policy([other, for_all], BANK) == for_all
    assert select_policy([other], BANK).id == 0, "a policy of another journal must not count"


def test_all_parts_of_a_scope_must_fit():
    both = Policy("off", scope={"journal_id": 7, "team_id": 3}, id=1)
    assert select_policy([both], {"journal_id": 7, "team_id": 3}) == both
    assert select_policy([both], {"journal_id": 7, "team_id": 4}).id == 0
    assert select_policy([both], BANK).id == 0, "a document without the field does not fit"


def test_scope_does_not_beat_sequence():
    """Only the order that people see in the list counts, not how exact a policy is."""
    for_all = Policy("off", sequence=1, id=1)
    exact = Policy("suggest", scope={"journal_id": 7}, sequence=2, id=2)
    assert select_policy([exact, for_all], BANK) == for_all


def test_lowest_amount_wins_a_tie():
    low = Policy("automatic", max_amount=Decimal(100), id=9)
    high = Policy("automatic", max_amount=Decimal(1000), id=1)
    unlimited = Policy("suggest", max_amount=None, id=2)
    assert select_policy([high, low, unlimited], BANK) == low
    assert select_policy([unlimited, high], BANK) == high


def test_maximum_of_zero_is_the_lowest_amount():
    none = Policy("automatic", max_amount=Decimal(0), id=9)
    some = Policy("automatic", max_amount=Decimal("0.01"), id=1)
    assert select_policy([some, none], BANK) == none


def test_stricter_mode_wins_between_equal_amounts():
    policies = [Policy(mode, max_amount=Decimal(5), id=10 - n) for n, mode in enumerate(MODES)]
    while policies:
        strictest = policies[0]
        assert select_policy(reversed(policies), BANK) == strictest
        policies.remove(strictest)


def test_older_policy_wins_between_equals():
    assert select_policy([Policy(id=4), Policy(id=3)], BANK).id == 3


policies = st.lists(
    st.builds(
        Policy,
        mode=st.sampled_from(MODES),
        max_amount=st.none() | st.decimals(0, 100, places=2),
        scope=st.sampled_from([{}, {"journal_id": 7}, {"journal_id": 8}]),
        sequence=st.integers(1, 3),
        id=st.integers(1, 10**6),
    ),
    unique_by=lambda policy: policy.id,
    max_size=6,
)


@given(policies, st.data())
def test_order_of_reading_does_not_matter(candidates, data):
    shuffled = data.draw(st.permutations(candidates))
    assert select_policy(candidates, BANK) == select_policy(shuffled, BANK)


@given(policies)
def test_the_selected_policy_fits_and_none_that_fits_comes_before(candidates):
    selected = select_policy(candidates, BANK)
    fitting = [p for p in candidates if p.scope in ({}, BANK)]
    if fitting:
        assert selected in fitting
        assert selected.sequence == min(policy.sequence for policy in fitting)
    else:
        assert selected == Policy()
