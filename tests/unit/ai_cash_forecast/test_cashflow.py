"""From order to bank line: never a euro twice, never one lost, in whatever order things happen."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_cash_forecast.engine.cashflow import (
    Document,
    Expected,
    InBank,
    Item,
    Order,
    OrderLine,
    net,
)

TODAY = date(2026, 3, 2)
BASE = {"partner": 1, "company": 1, "currency": 1}


def item(key, amount, days=0, ledger="in", **values):
    kind = "invoice" if ledger == "in" else "bill"
    day = TODAY + timedelta(days=days)
    own = {**BASE, "kind": kind, "ledger": ledger, "due": day, "posted": day, **values}
    return Item(key=key, amount=Decimal(amount), **own)


def order(key, quantity, invoiced=0, unit=10, advance=0, kind="sale_order", **values):
    line = OrderLine(Decimal(quantity), Decimal(invoiced), Decimal(unit))
    return Order(
        key=key, kind=kind, lines=(line,), ordered=TODAY, advance=Decimal(advance),
        **{**BASE, **values},
    )  # fmt: skip


def amounts(netted):
    return {flow.source.key: flow.amount for flow in netted.flows}


def test_only_what_is_not_invoiced():
    assert amounts(net([item("i", 40)], [order("o", 10, 4)])) == {"i": 40, "o": 60}


def test_down_payment_is_taken_off():
    assert amounts(net([], [order("o", 10, 0, advance=30)])) == {"o": 70}


def test_invoiced_more_than_ordered_is_nothing():
    assert amounts(net([], [order("o", 3, 5)])) == {}


def test_bank_line_takes_what_its_suggestion_names():
    money = InBank("b", amount=Decimal(30), takes={"i2": Decimal(30)}, **BASE)
    netted = net([item("i1", 30), item("i2", 30)], in_bank=[money])
    assert amounts(netted) == {"i1": 30}
    assert netted.in_bank == {"b": {"i2": 30}}


def test_bank_line_without_suggestion_settles_the_oldest():
    money = InBank("b", amount=Decimal(50), **BASE)
    assert amounts(net([item("i1", 30, 5), item("i2", 30, 1)], in_bank=[money])) == {"i1": 10}


def test_bank_line_for_something_else_settles_nothing():
    money = InBank("b", amount=Decimal(50), on_account=False, **BASE)
    assert amounts(net([item("i1", 30)], in_bank=[money])) == {"i1": 30}


def test_credit_is_set_off_and_a_rest_stays():
    assert amounts(net([item("i", 40), item("c", -50, 1)])) == {"c": -10}


def test_paid_in_advance_reduces_the_order():
    assert amounts(net([item("c", -50)], [order("o", 10)])) == {"o": 50}


def test_other_partner_and_currency_are_left_alone():
    money = InBank("b", **{**BASE, "currency": 2}, amount=Decimal(50))
    other = item("x", -20, partner=2)
    assert amounts(net([item("i", 40), other], in_bank=[money])) == {"i": 40, "x": -20}


def test_suggestion_cannot_take_more_than_is_open():
    money = InBank("b", amount=Decimal(50), takes={"i": Decimal(50)}, on_account=False, **BASE)
    assert amounts(net([item("i", 40)], in_bank=[money])) == {}


@pytest.mark.parametrize(
    ("amount", "days", "consumed"), [(95, 10, True), (80, 0, False), (100, 40, False)]
)
def test_expected_gives_way_to_the_document(amount, days, consumed):
    rent = Expected("m", "recurring", amount=Decimal(-100), day=TODAY, **{**BASE, "partner": 3})
    bill = item("b", -amount, days, ledger="out", partner=3)
    netted = net([bill], expected=[rent])
    assert ("m" in netted.consumed) is consumed


def test_one_document_stands_for_one_month():
    months = [
        Expected(f"m{n}", "recurring", amount=Decimal(-100), day=TODAY + timedelta(days=9 * n),
                 **BASE)
        for n in range(2)
    ]  # fmt: skip
    paid = Document(1, 1, 1, Decimal(-100), TODAY)
    netted = net([], expected=months, documents=[paid])
    assert netted.consumed == {"m0"}
    assert amounts(netted) == {"m1": -100}


# ----------------------------------------------------------------------
# A small world in which the truth is known
# ----------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("invoice"), st.integers(1, 6)),
        st.tuples(st.just("advance"), st.integers(1, 30)),
        st.tuples(st.just("money"), st.integers(1, 80), st.booleans()),
        st.tuples(st.just("match"), st.integers(0, 5)),
        st.tuples(st.just("sent"), st.integers(1, 60)),
    ),
    max_size=12,
)


class World:
    """One order of ten pieces at ten; what the customer paid is known exactly."""

    def __init__(self, sign):
        self.sign = sign
        self.ledger = "in" if sign > 0 else "out"
        self.invoiced = 0
        self.advance = Decimal(0)
        self.items = {}
        self.bank = []  # [amount, takes]
        self.in_bank = Decimal(0)
        self.on_way = Decimal(0)

    def owed(self):
        """What is to come in truth: all that was ordered, less what is in the bank."""
        return self.sign * 100 - self.in_bank

    def invoice(self, quantity):
        quantity = min(quantity, 10 - self.invoiced)
        total = quantity * Decimal(10)
        self.invoiced += quantity
        deducted = min(self.advance, total) if self.invoiced == 10 else Decimal(0)
        self.advance -= deducted
        self.add(total - deducted)

    def advance_(self, amount):
        left = (10 - self.invoiced) * Decimal(10) - self.advance
        amount = min(Decimal(amount), left)
        self.advance += amount
        self.add(amount)

    def add(self, amount):
        if amount:
            key = f"i{len(self.items)}"
            self.items[key] = item(key, self.sign * amount, len(self.items), self.ledger)

    def open(self):
        return {key: one for key, one in self.items.items() if one.amount}

    def money(self, amount, named):
        left = abs(self.owed()) - abs(self.on_way)
        amount = self.sign * min(Decimal(amount), left)
        if amount:
            takes = {}
            target = next(iter(self.open().values()), None)
            if named and target:
                part = min(abs(amount), abs(target.amount)) * self.sign
                takes = {target.key: part}
            self.bank.append([amount, takes])
            self.in_bank += amount

    def match(self, number):
        """Book a bank line against open items; the rest becomes a credit on account."""
        if not self.bank:
            return
        amount, _takes = self.bank.pop(number % len(self.bank))
        for key, one in self.open().items():
            part = min(abs(amount), abs(one.amount)) * self.sign
            if one.amount * self.sign > 0 and part:
                self.change(key, -part)
                amount -= part
        if amount:
            self.add(-amount * self.sign)

    def change(self, key, amount):
        old = self.items[key]
        self.items[key] = item(key, old.amount + amount, 0, self.ledger)

    def sent(self, amount):
        """A payment that is booked but not on the bank yet."""
        for key, one in self.open().items():
            free = abs(one.amount) - sum(
                (abs(t.get(key, Decimal(0))) for _a, t in self.bank), Decimal(0)
            )
            unmatched = sum((abs(a) for a, _t in self.bank), Decimal(0))
            part = min(Decimal(amount), free) if not unmatched else Decimal(0)
            if one.amount * self.sign > 0 and part > 0:
                self.change(key, -part * self.sign)
                self.on_way += part * self.sign
                return

    def netted(self):
        items = [one for one in self.items.values() if one.amount]
        if self.on_way:
            items.append(item("way", self.on_way, ledger="bank", kind="outstanding_payment"))
        kind = "sale_order" if self.sign > 0 else "purchase_order"
        orders = [order("o", 10, self.invoiced, 10 * self.sign, self.advance * self.sign, kind)]
        money = [
            InBank(f"b{n}", amount=amount, takes=takes, **BASE)
            for n, (amount, takes) in enumerate(self.bank)
        ]
        return net(items, orders, money)


@settings(max_examples=400, deadline=None)
@given(STEPS, st.sampled_from([1, -1]))
def test_never_twice_never_lost(steps, sign):
    world = World(sign)
    for name, *arguments in steps:
        getattr(world, "advance_" if name == "advance" else name)(*arguments)
        expected = sum((flow.amount for flow in world.netted().flows), Decimal(0))
        assert expected == world.owed()


@settings(max_examples=100, deadline=None)
@given(STEPS, st.randoms())
def test_the_order_of_records_does_not_matter(steps, random):
    world = World(1)
    for name, *arguments in steps:
        getattr(world, "advance_" if name == "advance" else name)(*arguments)
    items = [one for one in world.items.values() if one.amount]
    mixed = random.sample(items, len(items))
    assert amounts(net(items)) == amounts(net(mixed))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 3)), max_size=12),
    st.lists(st.tuples(st.integers(-80, 80), st.integers(1, 3)), max_size=6),
)
def test_netting_never_turns_a_sign_and_never_adds(rows, money):
    items = [item(f"i{n}", a, n, partner=p) for n, (a, p) in enumerate(rows) if a]
    lines = [
        InBank(f"b{n}", amount=Decimal(a), **{**BASE, "partner": p})
        for n, (a, p) in enumerate(money)
        if a
    ]
    before = {one.key: one.amount for one in items}
    netted = net(items, in_bank=lines)
    for key, amount in amounts(netted).items():
        assert amount * before[key] > 0
        assert abs(amount) <= abs(before[key])
    taken = defaultdict(Decimal)
    for line in lines:
        for amount in netted.in_bank[line.key].values():
            taken[line.key] += amount
        assert abs(taken[line.key]) <= abs(line.amount)
