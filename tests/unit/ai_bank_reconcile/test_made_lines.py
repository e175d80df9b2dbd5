"""Small files of made lines: what automatic work must never get wrong."""

import pytest

from bench.bank import samples, second_style
from bench.bank.measure import measure


@pytest.mark.parametrize(
    ("make", "top_1", "share"),
    [
        (samples.ordinary, 0.97, 0.90),
        (samples.hard, 0.93, 0.78),
        (samples.nearly_all_paid, 0.95, 0.80),
        (second_style.file_of, 0.95, 0.85),
    ],
)
def test_made_lines(make, top_1, share):
    score = measure([make(4711, 400)])[""]
    assert score.first_or_twin >= top_1 * score.matched
    assert score.right_share >= share * score.matched
    assert len(score.wrong) <= 1


@pytest.mark.parametrize("seed", [1, 2])
def test_everybody_is_billed_the_same_amounts(seed):
    score = measure([samples.nasty(seed, 400)])[""]
    assert score.automatic > 100
    assert len(score.wrong) <= 1
