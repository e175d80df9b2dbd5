"""Which orders and quantities go on which draft, of what date, and who should look."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_ar_invoicing.engine.billing import propose
from odoo.addons.ai_ar_invoicing.engine.billing_facts import Document, Line, Order, Terms
from odoo.addons.ai_ar_invoicing.engine.posting import Invoice, InvoiceLine, review

TODAY = date(2026, 3, 20)
TERMS = Terms(today=TODAY)


def line(number, ordered=10, delivered=10, invoiced=0, order_id=1, **values):
    ordered, delivered, invoiced = (Decimal(value) for value in (ordered, delivered, invoiced))
    due = delivered if values.get("by_delivery", True) else ordered
    return Line(
        **{
            **{"id": number, "order_id": order_id, "name": f"Desk {number}", "unit": "Units"},
            **{"ordered": ordered, "delivered": delivered, "invoiced": invoiced},
            **{"to_invoice": due - invoiced, "price": Decimal(100), "price_total": Decimal(121)},
            **{"shipped": delivered, "charged": invoiced},
            **values,
        }
    )


def order(number, *lines, **values):
    return Order(number, f"S{number:05}", 7, "EUR", 2, lines, **values)


def delivery(number, *order_ids, day=date(2026, 3, 18), **quantities):
    moved = {int(key[1:]): Decimal(value) for key, value in quantities.items()}
    return Document(number, f"WH/OUT/{number:05}", order_ids, day, moved)


def drafts(documents, *orders, terms=TERMS):
    return propose(documents, {one.id: one for one in orders}, terms)


def codes(reasons):
    return {reason.code for reason in reasons}


def test_delivered_as_ordered_is_sure_and_dated_as_delivered():
    [draft] = drafts([delivery(5, 1)], order(1, line(1)))
    assert draft.quantities == {1: Decimal(10)}
    assert draft.confidence >= 0.95
    assert draft.invoice_date == date(2026, 3, 18)
    assert {"as_ordered", "date_delivery"} <= codes(draft.reasons)
    assert draft.total == Decimal(1210)


def test_a_closed_period_gives_today_and_a_cut_off_warning():
    terms = Terms(TODAY, closed=frozenset({date(2026, 3, 18)}))
    [draft] = drafts([delivery(5, 1)], order(1, line(1)), terms=terms)
    assert draft.invoice_date == TODAY
    assert "date_closed" in codes(draft.reasons)
    assert draft.delivery_date == date(2026, 3, 18)


def test_the_rest_follows_is_no_short_shipment():
    [draft] = drafts([delivery(5, 1)], order(1, line(1, delivered=8, waiting=Decimal(2))))
    assert "partial" in codes(draft.reasons)
    assert draft.confidence >= 0.95


def test_short_and_over_beyond_tolerance_want_a_person():
    for delivered, code in ((8, "short"), (12, "over")):
        one = order(1, line(1, delivered=delivered))
        [draft] = drafts([delivery(5, 1)], one)
        assert code in codes(draft.reasons)
        assert draft.confidence < 0.95
        [draft] = drafts([delivery(5, 1)], one, terms=Terms(TODAY, tolerance=Decimal("0.2")))
        assert draft.confidence >= 0.95


def test_two_deliveries_of_an_order_make_one_draft():
    [draft] = drafts([delivery(5, 1), delivery(6, 1)], order(1, line(1)))
    assert [one.id for one in draft.documents] == [5, 6]
    assert "several_deliveries" in codes(draft.reasons)


def test_one_delivery_of_two_orders():
    [draft] = drafts([delivery(5, 1, 2)], order(1, line(1)), order(2, line(2, order_id=2)))
    assert not draft.merge, "one invoice per order is the rule"
    first = order(1, line(1), grouping="delivery")
    second = order(2, line(2, order_id=2), grouping="delivery")
    [draft] = drafts([delivery(5, 1, 2, l1=10, l2=10)], first, second)
    assert draft.merge
    assert {"several_orders", "group_delivery"} <= codes(draft.reasons)


def test_by_delivery_takes_what_this_delivery_moved_and_never_more():
    one = order(1, line(1), line(2, delivered=0, by_delivery=False), grouping="delivery")
    first, second = drafts([delivery(5, 1, l1=4), delivery(6, 1, l1=6)], one)
    assert first.quantities == {1: Decimal(4), 2: Decimal(10)}
    assert first.exact
    assert second.quantities == {1: Decimal(6)}


def test_a_month_of_one_customer_goes_together():
    orders = [order(n, line(n, order_id=n), grouping="month") for n in (1, 2, 3)]
    days = (date(2026, 2, 3), date(2026, 2, 27), date(2026, 3, 1))
    found = drafts(
        [delivery(n, n, day=day) for n, day in zip((1, 2, 3), days, strict=True)], *orders
    )
    assert [[one.id for one in draft.documents] for draft in found] == [[1, 2], [3]]
    assert found[0].invoice_date == date(2026, 2, 27)


def test_returned_goods_are_credited():
    [draft] = drafts(
        [delivery(5, 1, l1=-3)], order(1, line(1, delivered=7, invoiced=10, shipped=Decimal(10)))
    )
    assert draft.quantities == {1: Decimal(-3)}
    assert "returned" in codes(draft.reasons)
    assert draft.total < 0
    assert not draft.vetoes


def test_what_was_invoiced_and_credited_wants_a_person():
    one = line(1, charged=Decimal(10))
    [draft] = drafts([delivery(5, 1)], order(1, one))
    assert codes(draft.vetoes) == {"charged_before"}
    replaced = line(1, charged=Decimal(10), shipped=Decimal(13), invoiced=7)
    [draft] = drafts([delivery(5, 1)], order(1, replaced))
    assert not draft.vetoes, "replaced goods are new goods"


def test_a_down_payment_is_deducted_unless_it_is_more_than_the_goods():
    paid = line(
        2,
        ordered=0,
        delivered=0,
        invoiced=1,
        by_delivery=False,
        down_payment=True,
        price=Decimal(300),
    )
    [draft] = drafts([delivery(5, 1)], order(1, line(1), paid))
    assert draft.final
    assert "down_payment" in codes(draft.reasons)
    [draft] = drafts([delivery(5, 1)], order(1, line(1, ordered=1, delivered=1), paid))
    assert not draft.final
    assert draft.quantities == {1: Decimal(1)}


def test_nothing_to_invoice_makes_no_draft():
    assert drafts([delivery(5, 1)], order(1, line(1, invoiced=10))) == []
    assert drafts([delivery(5, 9)], order(1, line(1))) == []


GROUPINGS = st.sampled_from(("order", "delivery", "day", "month"))


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 10)), min_size=1, max_size=6),
    GROUPINGS,
)
def test_never_more_than_there_is_to_invoice(lines, moves, grouping):
    """Over all drafts of a batch, each line is taken at most once and never beyond."""
    orders = [
        order(n, line(n, delivered=done, invoiced=billed, order_id=n), grouping=grouping)
        for n, (done, billed) in enumerate(lines)
    ]
    documents = [
        delivery(n, key % len(lines), **{f"l{key % len(lines)}": moved})
        for n, (key, moved) in enumerate(moves)
    ]
    taken = {}
    for draft in drafts(documents, *orders):
        for key, now in draft.quantities.items():
            taken[key] = taken.get(key, 0) + now
    for one in orders:
        due = one.lines[0].to_invoice
        now = taken.get(one.id, 0)
        assert abs(now) <= abs(due)
        assert now * due >= 0


def invoice(*lines, **values):
    return Invoice(**{"id": 1, "credit_note": False, "lines": lines, **values})


def posted(now=10, price=100, **values):
    one = line(1, **{"to_invoice": Decimal(0), **values})
    return InvoiceLine("Desk 1", Decimal(now), Decimal(price), one)


def test_an_invoice_like_its_order_may_be_posted():
    [posting] = review([invoice(posted())], Decimal(0))
    assert posting.confidence >= 0.95
    assert not posting.vetoes
    assert {"as_ordered", "price_as_ordered"} <= codes(posting.reasons)


def test_what_a_person_should_look_at_before_posting():
    cases = {
        "price_differs": invoice(posted(price=90)),
        "more_than_due": invoice(posted(now=12, to_invoice=Decimal(-2))),
        "by_hand": invoice(posted(), InvoiceLine("Extra", Decimal(1), Decimal(5))),
        "credit_note": invoice(posted(now=-3, delivered=7), credit_note=True),
        "short": invoice(posted(now=8, delivered=8)),
    }
    for code, one in cases.items():
        [posting] = review([one], Decimal(0))
        assert code in codes(posting.vetoes), code
        assert posting.confidence < 0.95
