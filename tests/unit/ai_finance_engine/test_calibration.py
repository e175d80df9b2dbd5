"""Scores become probabilities that rise with them and hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.calibration import Calibration

GRID = np.linspace(0, 1, 201)
outcomes = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=300)


@given(outcomes)
def test_never_falls_and_stays_a_probability(pairs):
    values = Calibration([score for score, _right in pairs], [right for _score, right in pairs])(
        GRID
    )
    assert (np.diff(values) >= -1e-12).all()
    assert values.min() >= 0
    assert values.max() <= 1


def test_score_stands_for_itself_without_outcomes():
    assert np.allclose(Calibration()(GRID), GRID)


def test_too_sure_scores_are_lowered():
    random = np.random.default_rng(1)
    scores = random.uniform(size=80_000)
    right = random.uniform(size=80_000) < scores**2
    found = Calibration(scores, right)(GRID)
    assert np.abs(found - GRID**2).max() < 0.06


def test_few_outcomes_make_a_lower_probability_than_many():
    few = Calibration([0.9] * 15, [True] * 15)(np.array([0.9]))
    many = Calibration([0.9] * 40_000, [True] * 40_000)(np.array([0.9]))
    assert few < many
    assert many > 0.97


def test_every_score_needs_its_outcome():
    with pytest.raises(ValueError, match="outcome"):
        Calibration([0.5], [])
