"""The arithmetic of a bank balance proof."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.statement_proof import (
    KINDS,
    Item,
    Proof,
    Statement,
    statement_items,
    totals,
)

DAY = datetime.date(2026, 3, 2)
CENTS = st.integers(-10_000, 10_000).map(lambda cents: Decimal(cents) / 100)


def statement(number, start, end, lines, between=0):
    amounts = (Decimal(one) for one in (start, end, lines, between))
    return Statement(number, f"S{number}", DAY, *amounts)


def kinds(statements):
    return [(item.kind, item.amount) for item in statement_items(statements)]


def test_statements_that_follow_leave_nothing_open():
    assert kinds([statement(1, 0, 10, 10), statement(2, 10, 30, 20)]) == []


def test_the_first_balance_and_each_jump_are_items():
    found = kinds([statement(1, 5, 15, 10), statement(2, 17, 30, 12)])
    assert found == [("opening", 5), ("gap", 2), ("incomplete", 1)]


def test_lines_without_a_statement_fill_a_gap():
    assert kinds([statement(1, 0, 10, 10), statement(2, 13, 20, 7, between=3)]) == []


@given(st.lists(st.tuples(CENTS, CENTS, CENTS, CENTS), min_size=1, max_size=8))
def test_items_and_lines_lead_to_the_closing_balance(rows):
    """Whatever statements say: what they leave open and their lines add up to the last balance."""
    statements = [statement(number, *row) for number, row in enumerate(rows)]
    lines = sum(one.lines + one.between for one in statements)
    open_items = sum(item.amount for item in statement_items(statements))
    assert open_items + lines == statements[-1].end


@given(CENTS, CENTS, CENTS, CENTS, st.lists(st.tuples(st.sampled_from(KINDS), CENTS)))
def test_what_is_not_explained_is_the_rest(bank, ledger, outstanding, suspense, found):
    items = tuple(Item(kind, amount) for kind, amount in found)
    proof = Proof(bank, ledger, outstanding, suspense, items)
    assert proof.books + proof.explained + proof.unexplained == bank
    assert sum(amount for _count, amount in totals(items).values()) == proof.explained
    assert sum(count for count, _amount in totals(items).values()) == len(items)
