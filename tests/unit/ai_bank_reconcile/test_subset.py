"""Sets of a sum: everything a plain search finds, and nothing else."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.subset import MOST_ITEMS, Sums

AMOUNTS = st.lists(st.integers(-5, 40).filter(bool), max_size=9)


@settings(deadline=None)
@given(AMOUNTS, st.integers(1, 90))
def test_every_set_of_two_to_four(amounts, target):
    found, complete = Sums(amounts).find(target)
    expected = {
        places
        for size in (2, 3, 4)
        for places in combinations(range(len(amounts)), size)
        if sum(amounts[at] for at in places) == target
    }
    assert complete
    assert set(found) == expected
    assert len(found) == len(expected)


@settings(deadline=None)
@given(AMOUNTS, st.integers(1, 90))
def test_stretches(amounts, target):
    sums = Sums(amounts)
    for begin, end in sums.runs(target):
        assert end - begin > 1
        assert sum(amounts[begin:end]) == target
    for places in sums.all_but_one(target):
        assert sum(amounts[at] for at in places) == target
        assert places[-1] - places[0] == len(places)


def test_too_many_to_search_says_so():
    amounts = list(range(1, MOST_ITEMS + 50))
    _found, complete = Sums(amounts).find(10_000)
    assert not complete
    _found, complete = Sums([10] * 150).find(40)
    assert not complete
