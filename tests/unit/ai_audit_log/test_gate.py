"""The gate: which decision a suggestion gets, and why. A full table, then properties."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.engine.gate import (
    GATE_TEXT,
    MODES,
    Case,
    Policy,
    TrackRecord,
    decide,
)

VETO = {"code": "locked", "params": {}, "text": "The period is locked."}
MINIMUM = 0.95
MAXIMUM = Decimal("1000.00")

# What automatic mode does: (veto, confidence too low, amount too high, nothing to apply).
AUTOMATIC = {
    (False, False, False, False): "apply",
    (True, False, False, False): "suggest",
    (False, True, False, False): "suggest",
    (True, True, False, False): "suggest",
    (False, False, True, False): "approve",
    (True, False, True, False): "approve",
    (False, True, True, False): "approve",
    (True, True, True, False): "approve",
    (False, False, False, True): "none",
    (True, False, False, True): "none",
    (False, True, False, True): "none",
    (True, True, False, True): "none",
    (False, False, True, True): "none",
    (True, False, True, True): "none",
    (False, True, True, True): "none",
    (True, True, True, True): "none",
}
# The other modes ask for nothing but whether there is something to apply.
OTHER = {
    "off": ("off", "off"),
    "shadow": ("shadow", "shadow"),
    "suggest": ("suggest", "none"),
    "approve": ("approve", "none"),
}
CONFIDENCES = {False: (1.0, 0.9501, MINIMUM), True: (0.9499999, 0.5, 0.0)}
AMOUNTS = {
    False: (Decimal(0), Decimal("999.99"), MAXIMUM, -MAXIMUM),
    True: (Decimal("1000.01"), Decimal("-1000.01"), Decimal("1E9")),
}


def expected(mode, situation):
    if mode == "automatic":
        return AUTOMATIC[situation]
    return OTHER[mode][situation[3]]


def cases_of(situation):
    """All boundary values of a situation: confidence at and below, amount at and over."""
    veto, low, over, nothing = situation
    for confidence, amount in product(CONFIDENCES[low], AMOUNTS[over]):
        yield Case(confidence, amount, (VETO,) if veto else (), actionable=not nothing)


every_mode_and_situation = pytest.mark.parametrize(
    ("mode", "situation"),
    list(product(MODES, AUTOMATIC)),
    ids=lambda value: value if isinstance(value, str) else "-".join(named(value)) or "clean",
)


def named(situation):
    codes = ("locked", "below_confidence", "over_amount", "nothing_to_apply")
    return [code for code, there in zip(codes, situation, strict=True) if there]


@every_mode_and_situation
def test_decision_table(mode, situation):
    for case in cases_of(situation):
        verdict = decide(case, Policy(mode, MINIMUM, MAXIMUM))
        assert verdict.decision == expected(mode, situation), f"wrong way for {case}"
        assert verdict.auto_eligible is not any(situation), (
            f"automatic work is possible exactly when nothing speaks against it: {case}"
        )


@every_mode_and_situation
def test_every_obstacle_is_named_and_nothing_else(mode, situation):
    for case in cases_of(situation):
        codes = [reason["code"] for reason in decide(case, Policy(mode, MINIMUM, MAXIMUM)).reasons]
        assert sorted(codes) == sorted([f"mode_{mode}", *named(situation)]), case


def test_vetoes_come_before_threshold_and_amount():
    case = Case(0.1, Decimal(5000), (VETO,), actionable=False)
    codes = [
        reason["code"] for reason in decide(case, Policy("automatic", MINIMUM, MAXIMUM)).reasons
    ]
    assert codes == [
        "mode_automatic",
        "locked",
        "nothing_to_apply",
        "below_confidence",
        "over_amount",
    ]


def test_vetoes_are_handed_on_unchanged():
    verdict = decide(Case(1.0, Decimal(1), (VETO,)), Policy("automatic", MINIMUM, MAXIMUM))
    assert VETO in verdict.reasons
    assert verdict.reasons[1] is not VETO, "the caller's veto must not be shared with the log"


def test_automatic_without_a_maximum_is_a_persons_decision():
    verdict = decide(Case(1.0, Decimal(1)), Policy("automatic", MINIMUM, None))
    assert verdict.decision == "suggest"
    assert "no_limit" in {reason["code"] for reason in verdict.reasons}


def test_maximum_of_zero_is_a_limit():
    assert (
        decide(Case(1.0, Decimal("0.01")), Policy("automatic", 0.5, Decimal(0))).decision
        == "approve"
    )


def test_confidence_that_is_no_number_is_never_enough():
    """A broken engine that returns NaN must not get past the threshold."""
    verdict = decide(Case(float("nan"), Decimal(1)), Policy("automatic", MINIMUM, MAXIMUM))
    assert verdict.decision == "suggest", "NaN passed the minimum confidence"
    assert not verdict.auto_eligible


cases = st.builds(
    Case,
    confidence=st.floats(0, 1),
    amount=st.decimals(-(10**9), 10**9, places=2),
    vetoes=st.sampled_from([(), (VETO,), (VETO, {**VETO, "code": "duplicate"})]),
    actionable=st.booleans(),
)
# The policy's minimum has four digits, see the field's definition.
minimums = st.integers(1, 10_000).map(lambda number: number / 10_000)
maximums = st.decimals(0, 10**9, places=2)
modes = st.sampled_from(MODES)


@given(cases, modes, minimums, maximums)
def test_auto_eligible_is_what_automatic_mode_would_do(case, mode, minimum, maximum):
    """Shadow statistics and what-if read it, so it may not depend on today's mode."""
    policy = Policy(mode, minimum, maximum)
    automatic = decide(case, replace(policy, mode="automatic"))
    assert decide(case, policy).auto_eligible == (automatic.decision == "apply")


@given(cases, modes, minimums)
def test_auto_eligible_without_a_maximum_is_as_with_a_very_high_one(case, mode, minimum):
    """Before a limit is set, the statistics tell what confidence and vetoes alone would allow."""
    unlimited = decide(case, Policy(mode, minimum, None)).auto_eligible
    high = decide(case, Policy("automatic", minimum, Decimal(10**12)))
    assert unlimited == (high.decision == "apply")


@given(cases, modes, minimums, st.none() | maximums)
def test_only_automatic_mode_applies_and_only_what_is_eligible(case, mode, minimum, maximum):
    verdict = decide(case, Policy(mode, minimum, maximum))
    if verdict.decision == "apply":
        assert mode == "automatic"
        assert maximum is not None
        assert not case.vetoes
        assert case.actionable
        assert case.confidence >= minimum
        assert abs(case.amount) <= maximum


@given(cases, minimums, maximums, st.floats(0, 1))
def test_more_confidence_never_makes_a_decision_stricter(case, minimum, maximum, other):
    low, high = sorted((case.confidence, other))
    policy = Policy("automatic", minimum, maximum)
    if decide(replace(case, confidence=low), policy).decision == "apply":
        assert decide(replace(case, confidence=high), policy).decision == "apply"


@given(st.floats(0, 1), minimums)
def test_percent_text_never_reaches_the_minimum_it_missed(confidence, minimum):
    verdict = decide(Case(confidence, Decimal(1)), Policy("automatic", minimum, MAXIMUM))
    for reason in verdict.reasons:
        if reason["code"] == "below_confidence":
            shown = {
                name: Decimal(text.removesuffix(" %")) for name, text in reason["params"].items()
            }
            assert shown["confidence"] <= Decimal(str(confidence)) * 100, "rounded up"
            assert shown["confidence"] < shown["minimum"], (
                f"“{GATE_TEXT['below_confidence'] % reason['params']}” makes no sense to a reader"
            )


@pytest.mark.parametrize(
    ("confidence", "text"),
    [(0.94999, "94.99 %"), (0.9, "90 %"), (0.0, "0 %"), (0.1 + 0.2, "30 %"), (1e-9, "0 %")],
)
def test_percent_text(confidence, text):
    verdict = decide(Case(confidence, Decimal(1)), Policy("automatic", 0.9999, MAXIMUM))
    [reason] = [reason for reason in verdict.reasons if reason["code"] == "below_confidence"]
    assert reason["params"] == {"confidence": text, "minimum": "99.99 %"}


@given(cases, modes, minimums, st.none() | maximums)
def test_every_own_reason_has_a_text_that_fits_its_values(case, mode, minimum, maximum):
    for reason in decide(case, Policy(mode, minimum, maximum)).reasons:
        if "text" not in reason:
            assert GATE_TEXT[reason["code"]] % reason["params"]


# ----------------------------------------------------------------------
# What people did before
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_n", "confirmed", "decision"),
    [
        (0, 0, "apply"),
        (1, 0, "suggest"),
        (1, 1, "apply"),
        (3, 2, "suggest"),
        (3, 3, "apply"),
        (3, 40, "apply"),
    ],
)
def test_automatic_waits_for_the_first_n_of_a_partner(first_n, confirmed, decision):
    policy = Policy("automatic", MINIMUM, MAXIMUM, first_n=first_n)
    verdict = decide(Case(1.0, Decimal(1)), policy, TrackRecord(confirmed))
    assert verdict.decision == decision
    assert verdict.auto_eligible is (decision == "apply")


def test_first_n_says_how_many_are_missing():
    verdict = decide(
        Case(1.0, Decimal(1)), Policy("suggest", MINIMUM, first_n=3), TrackRecord(confirmed=2)
    )
    [reason] = [reason for reason in verdict.reasons if reason["code"] == "first_n"]
    assert GATE_TEXT["first_n"] % reason["params"] == "2 of the first 3 for this partner confirmed"


def test_without_a_record_a_first_n_rule_is_not_met():
    verdict = decide(Case(1.0, Decimal(1)), Policy("automatic", MINIMUM, MAXIMUM, first_n=1))
    assert verdict.decision == "suggest"


@pytest.mark.parametrize("mode", MODES)
def test_what_was_flagged_is_never_automatic(mode):
    verdict = decide(
        Case(1.0, Decimal(1)), Policy(mode, MINIMUM, MAXIMUM), TrackRecord(9, flagged=True)
    )
    assert verdict.decision != "apply"
    assert not verdict.auto_eligible
    assert [reason["code"] for reason in verdict.reasons] == [f"mode_{mode}", "flagged"]


@given(cases, modes, minimums, maximums, st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_the_record_is_part_of_what_automatic_mode_would_do(
    case, mode, minimum, maximum, first_n, confirmed, flagged
):
    policy, record = (
        Policy(mode, minimum, maximum, first_n=first_n),
        TrackRecord(confirmed, flagged),
    )
    automatic = decide(case, replace(policy, mode="automatic"), record)
    assert decide(case, policy, record).auto_eligible == (automatic.decision == "apply")
    if automatic.decision == "apply":
        assert confirmed >= first_n
        assert not flagged


@pytest.mark.parametrize("mode", ("suggest", "approve", "automatic"))
def test_a_draft_is_made_at_once_whatever_the_limits(mode):
    policy = Policy(mode=mode, min_confidence=1.0, max_amount=Decimal(1), first_n=5)
    case = Case(confidence=0.1, amount=Decimal(10**6), harmless=True)
    decision = decide(case, policy)
    assert (decision.decision, decision.auto_eligible) == ("apply", True)
    assert decision.reasons[0]["code"] == "harmless"


def test_a_draft_is_held_up_by_what_speaks_against_it():
    harmless = Case(confidence=0.99, amount=Decimal(1), harmless=True)
    for mode, waiting in (("suggest", "suggest"), ("automatic", "suggest"), ("approve", "approve")):
        policy = Policy(mode=mode, max_amount=MAXIMUM)
        assert decide(replace(harmless, vetoes=(VETO,)), policy).decision == waiting
        assert decide(harmless, policy, TrackRecord(flagged=True)).decision == waiting
        assert decide(replace(harmless, actionable=False), policy).decision == "none"


@pytest.mark.parametrize("mode", ("off", "shadow"))
def test_off_and_shadow_make_no_draft(mode):
    case = Case(confidence=0.99, amount=Decimal(1), harmless=True)
    assert decide(case, Policy(mode=mode)).decision == mode
