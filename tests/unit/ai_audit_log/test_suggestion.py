"""The figure that is stored is the figure that is decided on, and it never rounds up."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_audit_log.engine.suggestion import stored_confidence


def test_a_missed_limit_is_not_reached_by_rounding():
    assert stored_confidence(0.94996) == 0.9499
    assert stored_confidence(0.95) == 0.95
    assert stored_confidence(1.0) == 1.0


@given(st.floats(0, 1))
def test_never_more_and_hardly_less(confidence):
    stored = stored_confidence(confidence)
    assert stored <= confidence
    assert confidence - stored < 0.00011
    assert stored_confidence(stored) == stored
