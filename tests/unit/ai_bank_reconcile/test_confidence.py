"""The calibration: a probability again, never decreasing, guards apart."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.confidence import calibrated, shared

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, st.booleans())
def test_never_decreasing_and_a_probability(one, other, guarded):
    low, high = sorted((one, other))
    assert 0.0 <= calibrated(low, guarded) <= calibrated(high, guarded) <= 1.0


@given(SHARE, st.booleans())
def test_what_is_left_is_shared(probability, guarded):
    confidence = calibrated(probability, guarded)
    rest = shared(1.0 - probability, probability, confidence)
    assert 0.0 <= rest <= 1.0 - confidence + 1e-9


def test_certainty_is_never_reached():
    assert calibrated(1.0, guarded=False) < 1.0
    assert calibrated(0.99, guarded=True) < calibrated(0.99999, guarded=False)
