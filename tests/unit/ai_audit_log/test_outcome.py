"""What came of a bulk action is kept record by record."""

from odoo.addons.ai_audit_log.engine.outcome import Outcome


def test_starts_empty():
    outcome = Outcome("apply")
    assert (outcome.verb, outcome.done, outcome.unchanged, outcome.problems) == (
        "apply",
        [],
        [],
        {},
    )


def test_two_outcomes_share_nothing():
    one, other = Outcome("apply"), Outcome("apply")
    one.done.append(1)
    one.unchanged.append(2)
    one.problems[3] = "locked"
    assert other == Outcome("apply"), "the failures of one click must not appear in the next"


def test_a_problem_is_kept_with_its_record():
    outcome = Outcome("undo", problems={4: "locked"})
    outcome.problems.update(dict.fromkeys([5, 6], "changed"))
    assert outcome.problems == {4: "locked", 5: "changed", 6: "changed"}
