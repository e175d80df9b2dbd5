"""Lines that compete for items: the exact joint choice against every choice there is."""

from itertools import product
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine import joint
from odoo.addons.ai_bank_reconcile.engine.joint import (
    Option,
    best_together,
    groups_of,
)

from tests.unit.ai_bank_reconcile.bank_cases import item, line, match, parts

MANY = settings(max_examples=300, deadline=None)
ITEMS = range(4)
OPTION = st.builds(
    Option,
    st.integers(-90, 0).map(float),
    st.lists(
        st.tuples(st.sampled_from(ITEMS), st.integers(1, 3)),
        max_size=2,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
)
NOTHING = st.builds(Option, st.integers(-60, -1).map(float))
LINES = st.lists(
    st.tuples(NOTHING, st.lists(OPTION, max_size=3)).map(lambda pair: [pair[0], *pair[1]]),
    min_size=1,
    max_size=5,
)
ROOM = st.fixed_dictionaries({one: st.integers(1, 4) for one in ITEMS})


def weight(lines, chosen, room):
    """Return the sum of the weights of a choice; -inf where an item would give too much."""
    left = dict(room)
    for options, place in zip(lines, chosen, strict=True):
        for one, amount in options[place].takes:
            left[one] -= amount
    if min(left.values()) < 0:
        return -inf
    return sum(options[place].weight for options, place in zip(lines, chosen, strict=True))


def greedy(lines, room):
    """Let the surest line choose first, as long as anything is left of what it wants."""
    chosen, left = [0] * len(lines), dict(room)
    wishes = sorted(
        (-option.weight, number, place)
        for number, options in enumerate(lines)
        for place, option in enumerate(options)
    )
    done = set()
    for _weight, number, place in wishes:
        takes = lines[number][place].takes
        if number in done or any(left[one] < amount for one, amount in takes):
            continue
        done.add(number)
        chosen[number] = place
        for one, amount in takes:
            left[one] -= amount
    return tuple(chosen)


@MANY
@given(LINES, ROOM)
def test_no_choice_of_all_is_better_and_none_takes_more_than_there_is(lines, room):
    chosen = best_together(lines, room)
    every = product(*(range(len(options)) for options in lines))
    assert weight(lines, chosen, room) == max(weight(lines, one, room) for one in every) > -inf


@MANY
@given(LINES, ROOM)
def test_never_worse_than_the_surest_line_first(lines, room):
    chosen = best_together(lines, room)
    assert weight(lines, chosen, room) >= weight(lines, greedy(lines, room), room)


def test_the_surest_first_would_be_worse():
    # the first line is a little surer of the item that is all the second has
    lines = [
        [Option(-9.0), Option(-0.1, ((0, 1),)), Option(-0.4, ((1, 1),))],
        [Option(-9.0), Option(-0.2, ((0, 1),))],
    ]
    room = {0: 1, 1: 1}
    assert greedy(lines, room) == (1, 0)
    assert best_together(lines, room) == (2, 1)


def test_a_group_too_hard_to_search_or_without_any_choice_is_given_up(monkeypatch):
    options = [Option(-5.0), *(Option(-1.0 - one / 1000, ((one, 1),)) for one in range(12))]
    group, room = [options] * 4, dict.fromkeys(range(12), 1)
    assert len(set(best_together(group, room))) == 4
    monkeypatch.setattr(joint, "MOST_STEPS", 5)
    assert best_together(group, room) is None
    assert best_together([[Option(-1.0, ((0, 2),))]], {0: 1}) is None


@given(st.lists(st.frozensets(st.integers(0, 9), max_size=3), max_size=8))
def test_groups_hold_lines_that_share_items_and_no_others(wanted):
    groups = groups_of(wanted)
    place = {one: number for number, group in enumerate(groups) for one in group}
    assert all(len(group) > 1 for group in groups)
    assert sum(map(len, groups)) == len(place)
    for left, mine in enumerate(wanted):
        for right, other in enumerate(wanted[:left]):
            if mine & other:
                assert place[left] == place[right]
    for group in groups:
        reached, more = set(), {group[0]}
        while more:
            reached |= more
            items = frozenset().union(*(wanted[one] for one in reached))
            more = {one for one in group if wanted[one] & items} - reached
        assert reached == set(group)


def test_a_line_with_another_way_out_leaves_the_item_to_the_one_without():
    items = [item(1, "500.25", days_ago=40), item(2, "500.25", days_ago=20)]
    lines = [
        line("500.25", "", "Deco Addict", key=1),
        line("500.25", "INV/2026/00001", "Deco Addict", key=2),
    ]
    first, second = match(lines, items)
    assert parts(second) == {1: "500.25"}
    assert parts(first) == {2: "500.25"}
