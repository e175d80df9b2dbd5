"""Rules are found where lines were booked alike, and tested to the line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.rules import (
    PRECISION,
    BackTest,
    Past,
    Pattern,
    back_test,
    find,
    precision,
    words_of,
)

DAY = date(2025, 1, 5)
RENT, FEES, DOCUMENTS = ("account", 61), ("account", 62), ("partner", 7)
WORDS = ("alpha", "beta", "gamma", "delta")


def past(key, text, effect=RENT, amount="-10", journal=1):
    return Past(
        id=key,
        day=DAY + timedelta(days=key),
        journal_id=journal,
        amount=Decimal(amount),
        words=words_of(text),
        effect=effect,
    )


def rule(text, inflow=False, **limits):
    return Pattern(words=words_of(text), inflow=inflow, **limits)


HISTORIES = st.lists(
    st.builds(
        lambda words, effect, amount, journal: (words, effect, amount, journal),
        st.sets(st.sampled_from(WORDS)),
        st.sampled_from([RENT, FEES, DOCUMENTS, None]),
        st.integers(-30, 30),
        st.integers(1, 2),
    ),
    max_size=40,
).map(
    lambda rows: [
        past(key, " ".join(words), effect, amount, journal)
        for key, (words, effect, amount, journal) in enumerate(rows, 1)
    ]
)
PATTERNS = st.builds(
    Pattern,
    words=st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=3),
    inflow=st.booleans(),
    journal_id=st.sampled_from([None, 1, 2]),
    low=st.integers(0, 15).map(Decimal),
    high=st.integers(0, 25).map(Decimal),
)


def test_words_without_numbers_months_and_letters():
    assert words_of("Rent January 2026 No. 17 x", "Immo Landlord") == words_of(
        "RENT march immo landlord no"
    )
    assert words_of("4711") == frozenset()


@given(PATTERNS, st.sampled_from([RENT, FEES, DOCUMENTS]), HISTORIES)
def test_a_back_test_counts_as_counting_by_hand_does(pattern, effect, history):
    hit, right, documents = [], [], []
    for one in history:
        if one.amount == 0 or (one.amount > 0) is not pattern.inflow:
            continue
        if any(word not in one.words for word in pattern.words):
            continue
        if pattern.journal_id is not None and one.journal_id != pattern.journal_id:
            continue
        size = one.amount if one.amount > 0 else -one.amount
        if size < pattern.low or (pattern.high > 0 and size > pattern.high):
            continue
        hit.append(one.id)
        if one.effect == effect:
            right.append(one.id)
        elif effect[0] == "account" and one.effect in (None, DOCUMENTS):
            documents.append(one.id)
    test = back_test(pattern, effect, reversed(history))
    assert list(test.right) == right
    assert list(test.documents) == documents
    assert sorted(test.right + test.against + test.documents) == hit
    assert (test.first, test.last) == (
        (history[0].day, history[-1].day) if history else (None, None)
    )


@given(HISTORIES)
def test_what_is_proposed_is_precise_on_all_lines_with_its_words(history):
    for found in find(history, least=3):
        hit = [
            one
            for one in history
            if found.pattern.words <= one.words and (one.amount > 0) == found.pattern.inflow
            if one.amount
        ]
        right = [one.id for one in hit if one.effect == found.effect]
        assert list(found.test.right) == right
        assert len(right) >= 3
        assert len(right) >= PRECISION * len(hit)
        shared = frozenset.intersection(*(one.words for one in hit if one.id in right))
        assert found.pattern.words == shared, "nothing less than what the lines share"


@given(HISTORIES)
def test_every_telling_word_is_covered(history):
    """By brute force: where one word alone is precise, its lines are hit by some rule."""
    rules = find(history, least=3, most=1000)
    for word in WORDS:
        for inflow in (True, False):
            lines = [
                one
                for one in history
                if word in one.words and one.amount and (one.amount > 0) == inflow
            ]
            for effect in (RENT, FEES, DOCUMENTS):
                right = {one.id for one in lines if one.effect == effect}
                if len(right) < 3 or len(right) < PRECISION * len(lines):
                    continue
                covered = {key for one in rules if one.effect == effect for key in one.test.right}
                assert len(right - covered) < 3


@given(HISTORIES, st.randoms())
def test_the_order_of_lines_makes_no_difference(history, random):
    mixed = list(history)
    random.shuffle(mixed)
    assert find(history, least=3) == find(mixed, least=3)


def test_two_payers_that_share_a_word_need_two_words():
    history = [past(key, "card shell station") for key in range(1, 8)]
    history += [past(key, "card hotel station", FEES) for key in range(11, 18)]
    found = find(history)
    assert {one.pattern.words for one in found} == {words_of("card shell station")} | {
        words_of("card hotel station")
    }
    assert all(not one.test.against for one in found)


def test_one_slip_is_told_and_does_not_stand_in_the_way():
    history = [past(key, "account fee") for key in range(1, 20)]
    history.append(past(20, "account fee", FEES))
    [found] = find(history)
    assert found.test == BackTest(tuple(range(1, 20)), (20,), (), history[0].day, history[-1].day)


def test_lines_paid_with_documents_are_no_rule_for_an_account():
    history = [past(key, "azure transfer") for key in range(1, 7)]
    history += [past(key, "azure transfer", DOCUMENTS) for key in range(11, 17)]
    assert find(history) == []


def test_few_lines_are_no_rule():
    assert find([past(key, "rent") for key in range(1, 5)]) == []


@pytest.mark.parametrize("amount", ["0", "10"])
def test_neither_nothing_nor_the_other_direction_is_hit(amount):
    assert not rule("rent").hits(Decimal(amount), 1, words_of("rent"))


def test_a_rule_without_words_hits_nothing():
    assert not rule("").hits(Decimal("-10"), 1, words_of("rent"))


def test_confidence_needs_many_lines_without_a_slip():
    assert precision(0, 0) == 0.5
    assert precision(5, 0) < 0.9 < 0.95 < precision(19, 0)
    assert precision(39, 2) < precision(41, 0)
