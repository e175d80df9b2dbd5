"""What must hold for any bank lines and any open items."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext, Tolerance
from odoo.addons.ai_bank_reconcile.engine.matcher import propose
from odoo.addons.ai_bank_reconcile.engine.proposal import validate

from tests.unit.ai_bank_reconcile.bank_cases import (
    AZURE,
    DAY,
    DECO,
    GEMINI,
    PARTIES,
    item,
    line,
    match,
    parts,
)

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = ["", "Deco Addict", "DECO ADICT GMBH", "Azure Interior", "Gemini", "Somebody"]
# few different amounts, so that twins, sets and rivals are common
CENTS = st.sampled_from([1000, 2500, 9900, 9901, 12345, 50000])
AMOUNT = st.builds(lambda cents, sign: Decimal(cents * sign) / 100, CENTS, st.sampled_from([1, -1]))
LABEL = st.one_of(
    st.lists(st.integers(1, 9), max_size=4).map(
        lambda keys: " ".join(f"INV/2026/{key:05d}" for key in keys)
    ),
    st.lists(st.integers(1, 9), max_size=2).map(lambda keys: " ".join(map(str, keys))),
    st.text(max_size=40),
)


@st.composite
def ledgers(draw):
    """Return (lines, items) with ids of their own."""
    items = [
        item(
            key,
            draw(AMOUNT),
            partner=draw(st.sampled_from([DECO, AZURE, GEMINI, None])),
            days_ago=draw(st.integers(-5, 200)),
            is_payment=draw(st.booleans()),
        )
        for key in range(1, draw(st.integers(0, 8)) + 1)
    ]
    lines = []
    for key in range(1, draw(st.integers(1, 6)) + 1):
        amount = draw(st.one_of(AMOUNT, st.just(sum((one.residual for one in items), Decimal(0)))))
        name, label = draw(st.sampled_from(NAMES)), draw(LABEL)
        lines.append(line(amount, label, name, key=key))
    return lines, items


@FEW
@given(ledgers())
def test_no_item_is_taken_beyond_its_residual(ledger):
    lines, items = ledger
    taken = Counter()
    for one, result in zip(lines, match(lines, items), strict=True):
        sign = 1 if one.amount > 0 else -1
        for key, amount in parts(result).items():
            taken[key] += Decimal(amount) * sign
    for one in items:
        assert 0 <= taken[one.id] * (1 if one.residual > 0 else -1) <= abs(one.residual)


@FEW
@given(ledgers())
def test_parts_and_remainder_are_the_line(ledger):
    lines, items = ledger
    for one, result in zip(lines, match(lines, items), strict=True):
        for offer in (result.proposal, *result.proposal.alternatives):
            if offer.kind == "match":
                taken = sum(Decimal(part.amount) for part in offer.counterparts)
                assert taken + Decimal(offer.remainder) == abs(one.amount)
                assert Decimal(offer.remainder) >= 0


@FEW
@given(ledgers(), st.randoms(use_true_random=False))
def test_order_of_lines_and_items_is_irrelevant(ledger, random):
    lines, items = ledger
    before = {result.line_id: result for result in match(lines, items)}
    random.shuffle(lines)
    random.shuffle(items)
    assert {result.line_id: result for result in match(lines, items)} == before


@st.composite
def rich_contexts(draw):
    """Return a context with discounts, batches, tolerances and accounts to book them on."""
    lines, items = draw(ledgers())
    rich = []
    for one in items:
        values = {}
        if one.is_payment:
            values["batch"] = draw(st.sampled_from(["", "B/1", "B/2"]))
        elif draw(st.booleans()):
            less = (one.residual * Decimal("0.98")).quantize(Decimal("0.01"))
            days = timedelta(days=draw(st.integers(-3, 3)))
            values = {"discount_date": DAY + days, "discount_amount": less}
        rich.append(replace(one, **values))
    amounts = [one.amount * Decimal("0.98") for one in lines]
    lines += [
        replace(one, id=100 + one.id, amount=amount.quantize(Decimal("0.01")))
        for one, amount in zip(lines, amounts, strict=True)
    ]
    return MatchContext(
        tuple(lines),
        tuple(rich),
        PARTIES,
        tolerances={1: Tolerance(Decimal("2.00"), Decimal("1"))},
        accounts={"fee": 1, "discount": 2, "tolerance": 3},
    )


@FEW
@given(rich_contexts(), st.randoms(use_true_random=False))
def test_differences_add_up_stay_within_residuals_and_need_no_order(ctx, random):
    results = propose(ctx)
    taken = Counter()
    for one, result in zip(ctx.lines, results, strict=True):
        for offer in (result.proposal, *result.proposal.alternatives):
            if offer.kind == "match":
                whole = sum(
                    Decimal(part.amount) for part in (*offer.counterparts, *offer.write_offs)
                )
                assert whole + Decimal(offer.remainder) == abs(one.amount)
        for key, amount in parts(result).items():
            taken[key] += Decimal(amount) * (1 if one.amount > 0 else -1)
        assert validate(result.proposal.to_json()) == result.proposal
    for one in ctx.items:
        assert 0 <= taken[one.id] * (1 if one.residual > 0 else -1) <= abs(one.residual)
    lines, items = list(ctx.lines), list(ctx.items)
    random.shuffle(lines)
    random.shuffle(items)
    again = propose(replace(ctx, lines=tuple(lines), items=tuple(items)))
    assert {one.line_id: one for one in again} == {one.line_id: one for one in results}


@FEW
@given(ledgers())
def test_probabilities_and_json(ledger):
    lines, items = ledger
    for result in match(lines, items):
        offers = [one.confidence for one in result.proposal.alternatives]
        assert 0.0 <= result.confidence <= 1.0
        assert result.confidence + sum(offers) <= 1.001
        assert len(offers) <= 3
        assert offers == sorted(offers, reverse=True)
        assert validate(result.proposal.to_json()) == result.proposal
        assert (result.proposal.kind == "none") == bool(result.proposal.why_not)


@FEW
@given(AMOUNT, st.sampled_from(NAMES), st.integers(2, 5), st.integers(0, 90), st.integers(1, 3))
def test_equal_twins_are_never_free_of_guards(amount, name, count, apart, line_count):
    twins = [item(key, amount, days_ago=20 + key * apart) for key in range(1, count + 1)]
    lines = [line(amount, "payment", name, key=key) for key in range(1, line_count + 1)]
    for result in match(lines, twins):
        assert result.guards or result.proposal.kind == "none"


@FEW
@given(ledgers())
def test_automatic_needs_two_agreements_and_whole_documents_or_a_named_part(ledger):
    lines, items = ledger
    open_before = {one.id: abs(one.residual) for one in items}
    for result in match(lines, items):
        if result.proposal.kind == "match" and not result.guards:
            assert len(result.agreements) >= 2
            assert Decimal(result.proposal.remainder) == 0
            shares = [abs(Decimal(part)) / open_before[key] for key, part in parts(result).items()]
            if set(shares) != {1}:
                # An instalment: of one document, which is named, by its payer, and clearly a part.
                assert {"reference", "payer"} <= set(result.agreements)
                assert len(shares) == 1
                assert Decimal("0.1") <= shares[0] <= Decimal("0.9")


@FEW
@given(st.text(max_size=120), st.text(max_size=40), st.text(max_size=40), st.text(max_size=30))
def test_no_text_raises(label, name, account, number):
    items = [
        item(1, "10.00", number=number or "x", reference=label[:30]),
        replace(item(2, "20.00"), payment_reference=name),
    ]
    (result,) = match([line("10.00", label, name, account_number=account)], items)
    assert 0.0 <= result.confidence <= 1.0
