"""Accounts proposed from history: what is learned, what is shown, and that nothing breaks it."""

import datetime
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.ai_finance_engine.coding import Choice, CodedLine, fit

START = datetime.date(2025, 1, 1)
USUAL = {
    "Alba Hosting": ("server rental", "6001"),
    "Boreal Estates": ("office rent", "6101"),
    "Cedar Energy": ("electricity", "6102"),
    "Delta Cleaning": ("window cleaning", "6103"),
    "Ember Telecom": ("mobile contract", "6401"),
}


def line(text, vendor=None, account=None, amount=-100, day=None, **extra):
    if day is not None:
        extra["date"] = (START + datetime.timedelta(days=day)).isoformat()
    return CodedLine(text, vendor, amount, account, extra)


def history(months=12, seed=1):
    chance = random.Random(seed)
    lines = []
    for month in range(months):
        for place, (vendor, (words, account)) in enumerate(USUAL.items()):
            text = f"{words} {chance.randint(100, 999)}"
            lines.append(line(text, vendor, account, -50 - place, day=30 * month + place))
        for words, account in (("paper and toner", "6601"), ("laptop", "6901")):
            text = f"{words} order {chance.randint(100, 999)}"
            lines.append(line(text, "Fjord Supplies", account, day=30 * month + 20))
    return lines


@pytest.fixture(scope="module")
def model():
    return fit(history())


def accounts(model, *lines):
    return [choices[0].account for choices in model.predict(lines)]


def test_recurring_vendors(model):
    new = [line(f"{words} 4711", vendor) for vendor, (words, _account) in USUAL.items()]
    assert accounts(model, *new) == [account for _words, account in USUAL.values()]


def test_text_decides_between_accounts_of_a_vendor(model):
    new = line("laptop order 5", "Fjord Supplies"), line("paper and toner 5", "Fjord Supplies")
    assert accounts(model, *new) == ["6901", "6601"]


def test_vendor_never_seen_is_read_by_its_words(model):
    [choices] = model.predict([line("electricity bill", "Somebody New")])
    assert choices[0].account == "6102"
    [known] = model.predict([line("electricity 812", "Cedar Energy", amount=-52)])
    assert choices[0].confidence <= known[0].confidence


def test_three_choices_at_least(model):
    assert all(len(choices) >= 3 for choices in model.predict([line("x"), line("laptop")]))


def test_equal_lines_are_three_similar_ones():
    past = [line("account fee", "Bank", "6200", -12, day=30 * month) for month in range(9)]
    [choices] = fit(past).predict([line("account fee", "Bank", amount=-12)])
    assert list(choices[0].similar) == past[:-4:-1]


def test_similar_lines_are_of_the_account_and_the_vendor(model):
    [choices] = model.predict([line("laptop order 77", "Fjord Supplies")])
    assert [(past.vendor, past.account) for past in choices[0].similar] == [
        ("Fjord Supplies", "6901")
    ] * 3
    assert all("laptop" in past.text for past in choices[0].similar)
    assert len({id(past) for past in choices[0].similar}) == 3
    for choice in choices:
        assert all(past.account == choice.account for past in choice.similar)


def test_repeated_correction_changes_the_answer():
    model = fit(history())
    new = line("window cleaning 42", "Delta Cleaning", amount=-53)
    assert accounts(model, new) == ["6103"]
    for day in range(6):
        model.update([line(f"window cleaning {day}", "Delta Cleaning", "6999", -53, 360 + day)])
    [choices] = model.predict([new])
    assert choices[0].account == "6999"
    assert [past.account for past in choices[0].similar] == ["6999"] * 3
    assert accounts(model, line("office rent 1", "Boreal Estates")) == ["6101"]


def test_new_vendor_and_account_after_one_confirmation():
    model = fit(history())
    new = line("notary deed", "Garnet Notaries", "6501", day=361)
    model.update([new])
    [choices] = model.predict([line("notary deed", "Garnet Notaries")])
    assert "6501" in [choice.account for choice in choices[:3]]
    similar = next(choice.similar for choice in choices if choice.account == "6501")
    assert similar == (new,)


def test_further_details_tell_accounts_apart():
    lines = [
        line(f"fuel {number}", account=account, card=card, day=number)
        for number in range(150)
        for card, account in (("1234", 11), ("5678", 12))
    ]
    model = fit(lines)
    assert accounts(model, line("fuel", card="1234"), line("fuel", card="5678")) == [11, 12]


def test_learns_from_nothing():
    model = fit([])
    assert model.predict([line("x")]) == [[]]
    model.update([])
    model.update([line("rent", "Boreal", 7)])
    [[choice]] = model.predict([line("rent", "Boreal")])
    assert choice.account == 7
    assert choice.confidence < 0.9
    for one in history(4):
        model.update([one])
    assert accounts(model, line("office rent 9", "Boreal Estates")) == ["6101"]


def test_single_account():
    model = fit([line("rent", "Boreal", 7, day=day) for day in range(40)])
    [[choice]] = model.predict([line("rent", "Boreal")])
    assert choice.account == 7
    assert 0.5 < choice.confidence <= 1


def test_unconfirmed_lines_are_not_learned():
    model = fit([line("rent", account=None), line("rent", account="6101")])
    model.update([line("rent", account=None)])
    [choices] = model.predict([line("rent")])
    assert [choice.account for choice in choices] == ["6101"]


def test_same_calls_same_answers():
    def answers():
        model = fit(history())
        model.update(history(2, seed=5))
        return model.predict(history(1, seed=9))

    assert answers() == answers()


def test_order_of_lines_in_a_call_does_not_matter(model):
    lines = history(1, seed=9)
    assert model.predict(lines)[::-1] == model.predict(lines[::-1])


@pytest.mark.parametrize("date", ["", "no date", "9999-12-31", "0001-01-01", 5, None])
def test_dates_of_all_kinds(date):
    odd = CodedLine("rent", "Boreal", 1, "6101", {"date": date})
    model = fit([odd, *history(6), odd])
    model.update([odd] * 3)
    assert accounts(model, line("electricity 1", "Cedar Energy")) == ["6102"]


def test_years_of_learning_keep_numbers_finite():
    model = fit(history(3))
    for year in range(30):
        model.update([line("rent", "Boreal", "6101", day=365 * year + day) for day in (1, 90, 180)])
    [choices] = model.predict([line("rent", "Boreal")])
    assert choices[0].account == "6101"


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.floats(), st.binary(),
    st.lists(st.integers() | st.text(max_size=5), max_size=3), st.dates(),
)  # fmt: skip
coded = st.builds(
    CodedLine,
    text=st.text(max_size=60) | st.sampled_from(["", "a" * 100_000, "李 电费", "ÄÖ ß", "\x00"]),
    vendor=st.none() | st.integers() | st.text(max_size=10),
    amount=st.decimals() | st.floats() | st.integers(),
    account=st.none() | st.integers(0, 5) | st.sampled_from(["6001", ("a", 1)]),
    extra=st.dictionaries(st.sampled_from(["date", "card", "vat", "tax ids"]), values),
)


def check(choices: list[Choice]):
    confidences = [choice.confidence for choice in choices]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1 + 1e-6
    assert len({choice.account for choice in choices}) == len(choices)


@settings(max_examples=20, deadline=None)
@given(st.lists(coded, max_size=12), st.lists(coded, max_size=4), st.lists(coded, max_size=4))
def test_any_lines(past, confirmed, new):
    model = fit(past)
    model.update(confirmed)
    proposed = model.predict(new)
    assert len(proposed) == len(new)
    for choices in proposed:
        check(choices)


@settings(max_examples=40, deadline=None)
@given(st.lists(coded, min_size=1, max_size=6))
def test_any_lines_before_a_trained_model(model, new):
    for choices in model.predict(new):
        check(choices)


def test_amounts_are_read_as_they_come(model):
    for amount in (Decimal("-54"), -54, -54.0, None, Decimal("NaN"), float("inf"), "-54"):
        assert accounts(model, line("mobile contract", "Ember Telecom", amount=amount)) == ["6401"]
