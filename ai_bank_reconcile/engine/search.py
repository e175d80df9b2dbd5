"""Which sets of items are worth scoring for one line: named, of one payer, of one deposit.

Every candidate is a set of positions with the differences that go with it. A search that was cut
short says so; what it leads to is never automatic.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import comb, log
from operator import attrgetter
from typing import NamedTuple

from .candidates import Account, Facts, ItemIndex
from .differences import (
    DISCOUNT,
    FEE,
    MOST_FEE,
    TOLERANCE,
    Difference,
    is_plain_fee,
    tolerated,
)
from .scoring import NAMED, Scorer, log_sum
from .subset import Sums
from .weights import SET_SHARES, WEIGHTS

SEARCHED_SET = 10  # named items of which every subset is tried; above, only all of them
PAYERS = 6  # partners whose open items are searched for sums
SETS = 60  # sets of one partner that are scored one by one, likeliest first
DEPOSIT_DAYS = 12  # a registered payment reaches the bank within so many days
DEPOSIT_ITEMS = 90  # registered payments among which a deposit is searched
NAMED_ITEMS = 30  # named items that are looked at for a fee, a discount, tolerated cents
Offs = tuple[Difference, ...]
Groups = list[tuple[int, ...]]  # sets of items whose sum a difference is looked for against


class Prior(NamedTuple):
    """How likely a set is before its evidence is looked at.

    :param names: whether numbers in the text count; a set found by its sum alone names nothing
    """

    log: float
    names: bool = False


@dataclass(slots=True)
class Found:
    """Candidates of a line.

    :param sets: (positions, differences) -> prior, None to count named members instead
    :param more: items of the line's amount that were not listed one by one
    :param incomplete: a search among named items was cut short
    :param unseen_sets: a search for sums was cut short
    """

    sets: dict[tuple[tuple[int, ...], Offs], Prior | None] = field(default_factory=dict)
    more: int = 0
    incomplete: bool = False
    unseen_sets: bool = False

    def add(self, positions, offs: Offs = (), prior: Prior | None = None) -> None:
        """Offer a candidate once; what was offered first keeps its prior."""
        self.sets.setdefault((tuple(sorted(positions)), offs), prior)


def search(index: ItemIndex, scorer: Scorer) -> Found:
    """Return every candidate of a line worth scoring."""
    facts, found = scorer.facts, Found()
    singles, found.more = index.same_amount(facts, facts.minor)
    named = [pos for pos in index.named(facts) if index.minor[pos] * facts.sign > 0]
    for position in dict.fromkeys([*singles, *named, *index.near_amounts(facts)]):
        found.add((position,))
    items = _named(index, scorer)
    whole = _named_sets(index, scorer, found, items)
    groups = [(position,) for position in items[:NAMED_ITEMS]]
    groups += [whole] if len(whole) > 1 else []
    _with_fees(index, scorer, found, groups)
    _with_discount(index, scorer, found, groups)
    _with_tolerance(index, scorer, found, groups)
    if not scorer.is_settled_by_name(whole):
        for partner_id in _search_partners(index, scorer, whole):
            _completed(index, scorer, found, whole, partner_id)
            _partner_sets(index, scorer, found, partner_id)
        _deposits(index, scorer, found)
    return found


# --- items the text names -------------------------------------------------------------------


def _named_sets(
    index: ItemIndex, scorer: Scorer, found: Found, named: list[int]
) -> tuple[int, ...]:
    """Offer sets of named items with the exact sum and all named together; return the latter."""
    facts = scorer.facts
    whole: tuple[int, ...] = ()
    for pos in named:
        if not _share_number(index, facts, (*whole, pos)):
            whole = (*whole, pos)
    whole = tuple(sorted(whole))
    if len(named) < 2:
        return whole
    amounts = {pos: index.minor[pos] * facts.sign for pos in named}
    for size in range(2, min(len(named), SEARCHED_SET) + 1):
        for chosen in combinations(sorted(named[:SEARCHED_SET]), size):
            if sum(map(amounts.__getitem__, chosen)) == facts.minor:
                if not _share_number(index, facts, chosen):
                    found.add(chosen)
    if len(whole) > 1 and any(amounts[pos] > 0 for pos in whole):
        found.add(whole)
    exact = sum(map(amounts.__getitem__, whole)) == facts.minor
    found.incomplete = len(named) > SEARCHED_SET and not exact
    return whole


def _named(index: ItemIndex, scorer: Scorer) -> list[int]:
    """Return the items that count as named, where one number means several the payer's first."""
    agrees = WEIGHTS["payer_agrees"]
    named = [
        pos
        for pos in index.named(scorer.facts)
        if scorer.reference_log(pos) >= (0 if scorer.payer_log(pos) >= agrees else NAMED)
    ]
    return sorted(named, key=lambda pos: (-scorer.payer_log(pos), -scorer.reference_log(pos), pos))


def _share_number(index: ItemIndex, facts: Facts, positions: tuple[int, ...]) -> bool:
    """Tell whether one number of the text stands for two of the items.

    Instalments of one document and payments of one batch may share it: it names them all.
    """
    spans = sorted((facts.mentions[pos].start, facts.mentions[pos].end, pos) for pos in positions)
    return any(
        end > start and not _belong_together(index, left, right)
        for (_, end, left), (start, _, right) in pairwise(spans)
    )


def _belong_together(index: ItemIndex, left: int, right: int) -> bool:
    one, other = index.items[left], index.items[right]
    return one.number == other.number or bool(one.batch) and one.batch == other.batch


# --- differences between the line and its documents -----------------------------------------


def _gross(index: ItemIndex, facts: Facts, positions: tuple[int, ...]) -> int:
    return sum(index.minor[pos] for pos in positions) * facts.sign


def _with_fees(index: ItemIndex, scorer: Scorer, found: Found, groups: Groups) -> None:
    """Offer named items, and deposits, of which a bank or provider has kept its fee."""
    facts = scorer.facts
    if FEE not in index.accounts:
        return
    for fee in facts.fees:
        off = (Difference(FEE, -fee * facts.sign, stated=True),)
        gross = facts.minor + fee * facts.sign
        if fee > gross * MOST_FEE:
            continue
        for positions in groups:
            if _gross(index, facts, positions) == gross:
                found.add(positions, off)
        for position in index.same_amount(facts, gross)[0]:
            if scorer.payer_log(position) >= WEIGHTS["payer_agrees"]:
                found.add((position,), off)
        for positions, prior in _groups(index, facts, gross):
            found.add(positions, off, prior)
    for positions in groups:
        gross = _gross(index, facts, positions)
        missing = (gross - facts.minor) * facts.sign
        if any(missing == index.discount(pos) for pos in positions):
            continue  # a discount taken too late
        batch = index.is_batch(positions) and 0 < missing <= gross * MOST_FEE
        if batch or is_plain_fee(missing, gross):
            found.add(positions, (Difference(FEE, -missing * facts.sign),))


def _with_discount(index: ItemIndex, scorer: Scorer, found: Found, groups: Groups) -> None:
    """Offer items less their cash discount, where the line's date allows it."""
    facts = scorer.facts
    if DISCOUNT not in index.accounts:
        return
    for positions in groups:
        due = _amounts_due(index, facts, positions)
        _offer_discount(index, facts, found, positions, due)
    for position in facts.pool.by_discount.get(facts.minor, ()):
        if scorer.payer_log(position) >= 0:
            single = (position,)
            _offer_discount(index, facts, found, single, _amounts_due(index, facts, single))


def _amounts_due(index: ItemIndex, facts: Facts, positions) -> dict[int, int]:
    """Return what each item asks for on the line's date, discounts taken."""
    return {
        pos: (index.discounted(pos) if index.may_discount(pos, facts.day) else index.minor[pos])
        * facts.sign
        for pos in positions
    }


def _offer_discount(index, facts, found, positions, due, prior=None) -> None:
    taken = sum(due[pos] for pos in positions)
    gross = _gross(index, facts, positions)
    if taken == facts.minor != gross:
        found.add(positions, (Difference(DISCOUNT, taken - gross, stated=True),), prior)


def _with_tolerance(index: ItemIndex, scorer: Scorer, found: Found, groups: Groups) -> None:
    """Offer named items, and those of the certain payer, that differ by tolerated cents."""
    facts = scorer.facts
    if TOLERANCE not in index.accounts:
        return
    near = [(pos,) for pos in index.near_amounts(facts)[:2]]
    for positions in dict.fromkeys([*groups, *near]):
        gross = _gross(index, facts, positions)
        partner_id = index.partner[positions[0]]
        limit = tolerated(index.tolerance(facts, partner_id), gross, facts.digits)
        if 0 < abs(facts.minor - gross) <= limit:
            found.add(positions, (Difference(TOLERANCE, facts.minor - gross),))


# --- sums of one payer's items --------------------------------------------------------------


def _search_partners(index: ItemIndex, scorer: Scorer, whole: tuple[int, ...]) -> list[int]:
    """Return the partners whose open items may add up to the line."""
    payers = scorer.facts.payers
    likely = [pid for pid in payers.likely() if payers.of(pid).log >= WEIGHTS["set_payer"]]
    if not likely and payers.best is None:  # a clipped name that fits many
        weak = [pid for pid, one in payers.known.items() if one.log > WEIGHTS["set_payer_weak"]]
        likely = sorted(weak, key=lambda pid: (-payers.of(pid).log, pid))
    named = [index.partner[pos] for pos in whole if index.partner[pos] is not None]
    return list(dict.fromkeys([*named, *likely]))[:PAYERS]


def _partner_sets(index: ItemIndex, scorer: Scorer, found: Found, partner_id: int) -> None:
    """Offer the sets of a partner's items with exactly the line's amount, discounts included."""
    facts = scorer.facts
    account = index.account(facts, partner_id)
    if len(account.positions) < 2:
        return
    for places, prior in _sums(account, account.sums, facts.minor, scorer, found):
        found.add([account.positions[at] for at in places], (), prior)
    due = _amounts_due(index, facts, account.positions)
    if DISCOUNT in index.accounts and any(
        due[pos] != index.minor[pos] * facts.sign for pos in account.positions
    ):
        sums = Sums([due[pos] for pos in account.positions])
        for places, prior in _sums(account, sums, facts.minor, scorer, found):
            positions = [account.positions[at] for at in places]
            _offer_discount(index, facts, found, tuple(positions), due, prior)


def _sums(account: Account, sums: Sums, target: int, scorer: Scorer, found: Found):
    """Return (places, prior) of the sets with a sum, the likeliest ones.

    A set's prior is the share of such payments among lines, divided by how many sets of its kind
    the partner's items make.
    """
    count, base = len(account.positions), -scorer.log_pool
    several, complete = sums.find(target)
    found.unseen_sets = found.unseen_sets or not complete
    priors: dict[tuple[int, ...], list[float]] = {}
    for places in several:
        size = len(places)
        chance = log(SET_SHARES[size]) + log(count) - log(comb(count, size))
        priors.setdefault(places, []).append(base + chance)
    for begin, end in sums.runs(target):
        kind = "from_oldest" if begin == 0 else "run"
        chance = log(SET_SHARES[kind]) - (log(count / 2) if begin else 0.0)
        priors.setdefault(tuple(range(begin, end)), []).append(base + chance)
    for places in sums.all_but_one(target):
        chance = log(SET_SHARES["all_but_one"]) - log(len(places))
        chance -= log(count / 2) if places[0] else 0.0
        priors.setdefault(places, []).append(base + chance)
    ranked = sorted(priors.items(), key=lambda pair: (-log_sum(pair[1]), pair[0]))
    found.unseen_sets = found.unseen_sets or len(ranked) > SETS
    return [(places, Prior(log_sum(logs))) for places, logs in ranked[:SETS]]


def _completed(
    index: ItemIndex, scorer: Scorer, found: Found, whole: tuple[int, ...], partner_id: int
) -> None:
    """Offer the named items together with unnamed ones of the same partner that make the sum.

    Where the line brings less, a credit note is deducted without being named.
    """
    facts = scorer.facts
    account = index.account(facts, partner_id)
    missing = facts.minor - _gross(index, facts, whole)
    if not whole or not missing or any(index.partner[pos] != partner_id for pos in whole):
        return
    rest = [pos for pos in account.positions if pos not in whole]
    amounts = {pos: index.minor[pos] * facts.sign for pos in rest}
    fitting = [(pos,) for pos in rest if amounts[pos] == missing]
    if missing > 0 and 2 <= len(rest) <= DEPOSIT_ITEMS:
        several, _complete = Sums(list(amounts.values())).find(missing)
        fitting += [tuple(rest[at] for at in places) for places in several if len(places) < 4]
    for extra in fitting[:SETS]:
        chance = WEIGHTS["unnamed_extra"] * len(extra) - log(comb(len(rest), len(extra)))
        prior = WEIGHTS["named_set"] - scorer.log_pool * len(whole) + chance
        found.add((*whole, *extra), (), Prior(prior, names=True))


# --- deposits of registered payments --------------------------------------------------------


def _deposits(index: ItemIndex, scorer: Scorer, found: Found) -> None:
    """Offer registered payments that reached the bank in one sum."""
    facts = scorer.facts
    for positions, prior in _groups(index, facts, facts.minor):
        found.add(positions, (), prior)


def _groups(index: ItemIndex, facts: Facts, target: int) -> Iterator[tuple[tuple[int, ...], Prior]]:
    """Yield sets of registered payments with a sum, and their prior.

    A batch is one sum or none; of a day's payments one or two may be missing.
    """
    deposits = facts.pool.deposits
    first = bisect_left(deposits, facts.day - DEPOSIT_DAYS, key=attrgetter("last_day"))
    after = bisect_right(deposits, facts.day + 1, key=attrgetter("last_day"))
    recent = deposits[first:after]
    base = WEIGHTS["deposit"] - log(max(1, len(recent)))
    for group in recent:
        positions, over = group.positions, group.total - target
        if not over:
            yield positions, Prior(base)
        elif over > 0 and not group.batch and 3 <= len(positions) <= DEPOSIT_ITEMS:
            amounts = group.sums.values.tolist()
            out = [(at,) for at, amount in enumerate(amounts) if amount == over]
            for places in [*out, *group.sums.pairs(over)][:SETS]:
                kept = [pos for at, pos in enumerate(positions) if at not in places]
                if len(kept) > 1:
                    yield tuple(kept), Prior(base - log(comb(len(positions), len(places))))
