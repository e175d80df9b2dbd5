"""Every column of the log belongs to one kind, so nothing is writable by two ways."""

from itertools import combinations

import pytest

from odoo.addons.ai_audit_log.engine.columns import EVIDENCE, OUTCOME, WORK

KINDS = {"evidence": EVIDENCE, "outcome": OUTCOME, "work": WORK}


@pytest.mark.parametrize(("one", "other"), list(combinations(KINDS, 2)))
def test_kinds_are_disjoint(one, other):
    assert not KINDS[one] & KINDS[other], f"both {one} and {other}"


def test_state_belongs_to_none():
    """It changes by a transition, which leaves an event, and by nothing else."""
    assert not [kind for kind, columns in KINDS.items() if "state" in columns]


@pytest.mark.parametrize(
    "name",
    "proposal confidence reasons vetoes amount input_checksum decision auto_eligible".split()
    + "policy_values maker_id res_model res_id company_id summary replaces_id".split(),
)
def test_what_an_auditor_relies_on_is_evidence(name):
    assert name in EVIDENCE


@pytest.mark.parametrize("name", "decided_by_id decided_at executed_by_id undo_data".split())
def test_who_did_it_is_written_with_a_transition_only(name):
    assert name in OUTCOME


def test_nothing_an_auditor_relies_on_is_freely_writable():
    assert WORK == {"attempts", "next_attempt_at", "claimed_at", "error"}
