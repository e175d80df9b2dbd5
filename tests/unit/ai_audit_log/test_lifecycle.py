"""The states of a suggestion: the whole table of what may follow what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.engine.lifecycle import LIVE, OPEN, TRANSITIONS, WAITING, allowed

STATES = """
    queued running proposed approved applied edited rejected expired stale superseded failed undone
""".split()
FINAL = {"edited", "rejected", "expired", "stale", "superseded", "undone"}
# One row a state, one column a state in the order of STATES; x: allowed.
TABLE = """
            que run pro app apl edi rej exp sta sup fai und
queued       .   x   .   .   .   .   .   .   .   x   x   .
running      x   .   x   .   .   .   .   .   .   x   x   .
proposed     .   .   .   x   x   x   x   x   x   x   .   .
approved     .   .   x   .   x   .   x   .   x   x   .   .
applied      .   .   .   .   .   .   .   .   .   .   .   x
edited       .   .   .   .   .   .   .   .   .   .   .   .
rejected     .   .   .   .   .   .   .   .   .   .   .   .
expired      .   .   .   .   .   .   .   .   .   .   .   .
stale        .   .   .   .   .   .   .   .   .   .   .   .
superseded   .   .   .   .   .   .   .   .   .   .   .   .
failed       x   .   .   .   .   .   .   .   .   x   .   .
undone       .   .   .   .   .   .   .   .   .   .   .   .
"""


def table():
    for row in TABLE.strip().splitlines()[1:]:
        old, *marks = row.split()
        for new, mark in zip(STATES, marks, strict=True):
            yield old, new, mark == "x"


@pytest.mark.parametrize(("old", "new", "may"), list(table()))
def test_transition(old, new, may):
    assert allowed(old, new) is may, f"{old} -> {new} must be {'allowed' if may else 'refused'}"


def test_every_state_is_in_the_table_and_no_other():
    assert set(TRANSITIONS) == set(STATES)
    assert set().union(*TRANSITIONS.values()) <= set(STATES)


def test_no_state_follows_itself():
    assert not [state for state, following in TRANSITIONS.items() if state in following]


def test_final_states_have_no_way_out():
    assert {state for state, following in TRANSITIONS.items() if not following} == FINAL


def test_kinds_of_states():
    assert WAITING == {"queued", "running"}
    assert OPEN == {"proposed", "approved"}
    assert LIVE == WAITING | OPEN
    assert not LIVE & FINAL


def test_ledger_is_reached_only_through_a_decision():
    before_applied = {state for state, following in TRANSITIONS.items() if "applied" in following}
    assert before_applied == OPEN
    assert {state for state, following in TRANSITIONS.items() if "undone" in following} == {
        "applied"
    }


@pytest.mark.parametrize("state", sorted(set(STATES) - FINAL))
def test_every_other_state_can_come_to_an_end(state):
    seen, reached = set(), {state}
    while reached - seen:
        seen |= reached
        reached = reached.union(*(TRANSITIONS[one] for one in reached))
    assert reached & FINAL, f"a suggestion that is {state} could never be closed"


@given(st.sampled_from(sorted(FINAL)), st.lists(st.sampled_from(STATES), max_size=20))
def test_no_path_leads_out_of_a_final_state(start, wishes):
    state = start
    for wish in wishes:
        state = wish if allowed(state, wish) else state
    assert state == start


@given(st.lists(st.sampled_from(STATES), max_size=40))
def test_what_was_applied_can_only_be_undone(wishes):
    """Whatever is tried in whatever order, a booked suggestion is applied or undone for ever."""
    state, booked = "queued", False
    for wish in wishes:
        state = wish if allowed(state, wish) else state
        booked = booked or state == "applied"
        assert not booked or state in ("applied", "undone")
