"""Untaxed, tax and total solved together: the reading in which the amounts add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import Page

from .bill_draft import Choice, Field, TaxRow
from .labelling import Candidate
from .tax_rows import USUAL_RATES, tax_rows

ZERO, CENT = Decimal(0), Decimal("0.01")
ROUNDING = Decimal("0.5")
LEAST_TOTAL = 0.3


@dataclass(slots=True)
class _Amount:
    value: Decimal
    score: float
    one: Candidate | None


@dataclass(slots=True)
class Solution:
    """The chosen amounts; ``proved`` where untaxed + tax = total with all three printed."""

    untaxed: _Amount | None
    tax: _Amount | None
    total: _Amount
    score: float
    proved: bool


def solve(pages: Sequence[Page], found: Sequence[Candidate], rates: Sequence[TaxRow]):
    """Return fields (untaxed, tax, total) and whether the amounts were printed negative."""
    amounts = [one for one in found if one.kind == "amount"]
    deepest = max((one.page for one in amounts), default=1)
    totals = _role(amounts, "total", deepest)
    untaxed = _role(amounts, "untaxed", deepest)
    taxes = _role(amounts, "tax", deepest) + _sums(rates) + _sums_of_rows(amounts)
    _deposit(amounts, totals)
    solutions = _solutions(totals, untaxed, taxes)
    solutions += _by_rates(totals, rates)
    solutions += _by_charges(amounts, totals, untaxed, taxes)
    solutions += _by_difference(amounts, totals, taxes)
    _agree_with_rates(solutions, rates)
    solutions.sort(key=lambda one: -one.score)
    if not solutions:
        return Field(), Field(), Field(), False
    best = solutions[0]
    negative = best.total.value < 0
    return (*_fields(best, solutions, totals, untaxed, taxes), negative)


def _role(amounts: Sequence[Candidate], role: str, deepest: int) -> list[_Amount]:
    """Amounts that could play the role, best first; one for each value."""
    best: dict[Decimal, _Amount] = {}
    for one in amounts:
        score = _role_score(one, role, deepest)
        known = best.get(one.value)
        if known:
            score += 0.03
        if score > 0 and (known is None or score > known.score):
            best[one.value] = _Amount(one.value, score, one)
    return sorted(best.values(), key=lambda one: -one.score)[: 14 if role == "tax" else 12]


def _role_score(one: Candidate, role: str, deepest: int) -> float:
    own = one.score(role)
    if role == "total":
        own = max(own, 0.62 * one.score("payable"))
    rival = max(one.score("paid"), one.score("noamount"))
    if rival > own:
        own *= 0.35
    low = 0.08 * one.box.top + 0.04 * (one.page == deepest)
    return own + low + 0.02


def _sums(rates: Sequence[TaxRow]) -> list[_Amount]:
    """The sum of the taxes of all rates, where more than one is printed."""
    taxes = [row.tax for row in rates if row.tax is not None]
    if len(taxes) < 2:
        return []
    return [_Amount(sum(taxes, ZERO), 0.7, None)]


def _sums_of_rows(amounts: Sequence[Candidate]) -> list[_Amount]:
    """Sums of two to four taxes printed below each other, as of a country and of its province."""
    rows = [
        one for one in amounts
        if one.score("tax") >= 0.6
        and one.score("tax") > max(one.score("total"), one.score("untaxed"), one.score("paid"))
    ]  # fmt: skip
    last: dict[tuple[int, int], Candidate] = {(one.page, one.line): one for one in rows}
    found = []
    for place, one in last.items():
        total, number = one.value, 1
        while number < 4 and (place[0], place[1] + number) in last:
            total += last[place[0], place[1] + number].value
            number += 1
            found.append(_Amount(total, 0.6, None))
    return found


def _by_rates(totals: list[_Amount], rates: Sequence[TaxRow]) -> list[Solution]:
    """The table of rates adds up to a total that is printed: the strongest of proofs."""
    rows = [row for row in rates if row.base is not None and row.tax is not None]
    if not rows:
        return []
    base, tax = (sum(parts, ZERO) for parts in zip(*((r.base, r.tax) for r in rows), strict=True))
    return [
        Solution(
            _Amount(base, 0.6, None), _Amount(tax, 0.6, None), total,
            total.score + 1.2 + 0.3 * (total.score > 0.4), True,
        )
        for total in totals if tax and total.value == base + tax
    ]  # fmt: skip


def _by_charges(amounts, totals, untaxed, taxes) -> list[Solution]:
    """Freight and other charges between the untaxed sum and the total are untaxed, too."""
    extra = {
        one.value for one in amounts
        if one.score("noamount") >= 0.6 and one.score("noamount") >= one.score("total")
    }  # fmt: skip
    found = []
    for total in totals:
        for tax in taxes:
            need = total.value - tax.value
            for net in untaxed:
                if net.score < 0.4 or tax.score < 0.3 or _odd(need, tax.value):
                    continue
                charge = need - net.value
                if charge not in extra or not _differ(total, net, tax):
                    continue
                score = total.score + 0.6 * net.score + 0.6 * tax.score + 0.5
                withheld = (charge < 0) != (total.value < 0) and not (
                    _usual(need, tax.value) and not _usual(net.value, tax.value)
                )  # a discount lowers what is taxed, a tax that is withheld does not
                if withheld or abs(charge) < ROUNDING:
                    found.append(Solution(net, tax, total, score, False))
                else:
                    whole = _Amount(need, 0.4, None)
                    found.append(Solution(whole, tax, total, score, tax.value != ZERO))
    return found


def _by_difference(amounts, totals, taxes) -> list[Solution]:
    """Total less tax is printed somewhere, though no label says that it is the untaxed sum."""
    printed = {one.value: one for one in amounts}
    found = []
    for total in totals:
        for tax in taxes:
            net = printed.get(total.value - tax.value)
            if not tax.value or tax.score < 0.45 or total.score < 0.3:
                continue
            if net is None:  # only the tax that the total contains is printed
                rest = _Amount(total.value - tax.value, 0.3, None)
                if (
                    tax.one
                    and total.value
                    and _usual(rest.value, tax.value)
                    and rest.value * total.value > 0
                ):
                    score = total.score + 0.5 * tax.score + 0.3
                    found.append(Solution(rest, tax, total, score, False))
                continue
            if _odd(net.value, tax.value) or not _usual(net.value, tax.value):
                continue
            score = total.score + 0.7 * tax.score + 0.85
            found.append(Solution(_Amount(net.value, 0.2, net), tax, total, score, True))
    return found


def _deposit(amounts: Sequence[Candidate], totals: list[_Amount]) -> None:
    """Total less what was paid is what is still due: then the former is the total."""
    paid = {abs(one.value) for one in amounts if one.score("paid") > 0.4}
    due = {one.value for one in amounts if one.score("payable") > 0.4 or one.score("total") > 0.4}
    for one in totals:
        sign = -1 if one.value < 0 else 1
        if any(part and one.value - sign * part in due for part in paid):
            one.score += 0.35


def _solutions(totals, untaxed, taxes) -> list[Solution]:
    found = []
    for total in totals:
        if not total.value:
            continue
        found.append(Solution(None, None, total, total.score, False))
        for net in untaxed:
            if _odd(net.value, total.value - net.value):
                continue
            _with_net(found, total, net, taxes)
    return found


def _with_net(found: list[Solution], total: _Amount, net: _Amount, taxes: list[_Amount]) -> None:
    difference = total.value - net.value
    for tax in taxes:
        if tax.value == difference and tax.value and _differ(total, net, tax):
            score = total.score + 0.7 * net.score + 0.7 * tax.score + 0.55
            score += 0.3 * _usual(net.value, tax.value)
            found.append(Solution(net, tax, total, score, True))
        elif tax.value == difference == ZERO and tax.score > 0.3 and net.score > 0.3:
            score = total.score + 0.5 * net.score + 0.5 * tax.score + 0.25
            found.append(Solution(net, tax, total, score, True))
    if difference and net.score > 0.45:
        bonus = 0.25 if _usual(net.value, difference) else -0.15
        score = total.score + 0.6 * net.score + bonus
        found.append(Solution(net, _Amount(difference, 0.3, None), total, score, False))
    if not difference and net.score > 0.6:
        score = total.score + 0.25 * net.score
        found.append(Solution(net, None, total, score, False))


def _agree_with_rates(solutions: list[Solution], rates: Sequence[TaxRow]) -> None:
    """Where several rates are printed, the bill's amounts are their sums, not one of them."""
    rows = [row for row in rates if row.base is not None and row.tax is not None]
    if len(rows) < 2:
        return
    bases, taxes = (
        sum(parts, ZERO) for parts in zip(*((r.base, r.tax) for r in rows), strict=True)
    )
    for one in solutions:
        if one.untaxed is None or one.tax is None:
            continue
        if abs(one.untaxed.value) == abs(bases) and abs(one.tax.value) == abs(taxes):
            one.score += 0.5
        elif abs(one.untaxed.value) in {abs(row.base) for row in rows}:
            one.score -= 0.4


def _differ(*amounts: _Amount) -> bool:
    places = [id(one.one) for one in amounts if one.one]
    return len(places) == len(set(places))


def _usual(net: Decimal, tax: Decimal) -> bool:
    """Whether the tax is one of the usual rates of the net amount, to two cents."""
    return any(abs(net * rate / 100 - tax) <= 2 * CENT for rate in USUAL_RATES)


def _odd(net: Decimal, tax: Decimal) -> bool:
    return not net or not ZERO <= tax / net <= Decimal("0.28")


def _fields(best: Solution, solutions, totals, untaxed, taxes):
    rival = next((one for one in solutions if one.total.value != best.total.value), None)
    lead = best.score - (rival.score if rival else 0.0)
    labelled = best.total.score > 0.35
    sure = best.proved and labelled and lead > 0.25
    if best.proved and best.tax.value:
        sure = sure and best.tax.score > 0.3 and best.untaxed.score > 0.3
    confidence = 0.97 if sure else 0.85 if best.proved else 0.75 if labelled and lead > 0.2 else 0.5
    total = _field(best.total, confidence, sure, totals)
    if best.score < LEAST_TOTAL:
        return Field(candidates=[]), Field(candidates=[]), Field(candidates=total.candidates)
    return (
        _field(best.untaxed, confidence * 0.98, sure, untaxed),
        _field(best.tax, confidence * (1 if best.proved else 0.85), sure, taxes),
        total,
    )


def _field(chosen: _Amount | None, confidence: float, sure: bool, found: list[_Amount]) -> Field:
    top = [one for one in found if not chosen or one.value != chosen.value]
    choices = [
        Choice(abs(one.value), round(min(one.score, 0.95), 2), one.one.box if one.one else None)
        for one in ([chosen] if chosen else []) + top
    ][:3]
    if chosen is None:
        return Field(candidates=choices)
    box = chosen.one.box if chosen.one else None
    return Field(abs(chosen.value), round(confidence, 2), sure, box, choices)


def rates_of(pages: Sequence[Page], found: Sequence[Candidate]) -> list[TaxRow]:
    """Return the tax rows of the bill, one a rate."""
    return tax_rows(pages, found)
