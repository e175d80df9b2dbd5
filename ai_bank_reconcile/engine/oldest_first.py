"""Equal items of one partner: which is paid cannot be told, a company may say "the oldest".

A policy of the bank journal, never a guess: lines that pay one of several equal items without
naming it take them in the order they are due, the first line the oldest.
"""

from collections import defaultdict
from collections.abc import Collection

from .assignment import Batch, Turn
from .candidates import ItemIndex

#: What equal items share: partner, currency, account, open amount in minor units.
Kind = tuple[int | None, str, int | None, int]


def take_oldest_first(batch: Batch, turns: Collection[Turn], journals: Collection[int]) -> None:
    """Hand equal items out by due date to the lines of `journals` that chose one of them."""
    if not journals:
        return
    index = batch.index
    groups: dict[Kind, list[Turn]] = defaultdict(list)
    for turn in sorted(turns, key=lambda turn: (turn.verdict.facts.day, turn.line.id)):
        if turn.line.journal_id in journals and _chose_unnamed(index, turn):
            groups[_kind(index, turn.chosen.positions[0])].append(turn)
    for kind, group in groups.items():
        _hand_out(batch, kind, group)


def _kind(index: ItemIndex, position: int) -> Kind:
    item = index.items[position]
    return item.partner_id, item.currency, item.account_id, index.minor[position]


def _is_plain(index: ItemIndex, position: int) -> bool:
    item = index.items[position]
    return item.partner_id is not None and not item.is_payment and not item.is_refund


def _chose_unnamed(index: ItemIndex, turn: Turn) -> bool:
    """Tell whether a line pays exactly one whole document of its own currency, naming none."""
    one = turn.chosen
    if one is None or len(one.parts) != 1 or not one.exact or one.offs:
        return False
    position, facts = one.positions[0], turn.verdict.facts
    return (
        one.settled[0][1] == abs(index.minor[position])
        and index.items[position].currency == facts.line.currency
        and _is_plain(index, position)
        and not facts.unresolved
    )


def _names_one(turn: Turn, positions: list[int]) -> bool:
    """Tell whether the text points at one of the items, be it mistyped."""
    mistyped = turn.verdict.scorer.misspelt.mistyped
    return any(
        position in turn.verdict.facts.mentions or mistyped((position,)) for position in positions
    )


def _hand_out(batch: Batch, kind: Kind, group: list[Turn]) -> None:
    index = batch.index
    partner_id, _currency, _account, minor = kind
    amounts = group[0].verdict.facts.pool.by_amount_partner
    equal = [
        position
        for position in amounts.get((abs(minor), partner_id), ())
        if _is_plain(index, position) and _kind(index, position) == kind
    ]
    group = [turn for turn in group if not _names_one(turn, equal)]
    # what a line outside the group has taken, in whole or in part, is gone
    members = set(map(id, group))
    free = [
        position
        for position in equal
        if all(id(holder) in members for holder in batch.holders.get(position, ()))
    ]
    if len(free) < 2 or len(free) < len(group):
        return
    lines = {turn.line.id for turn in group}
    for turn, position in zip(group, free, strict=False):
        verdict = turn.verdict
        turn.probability = min(1.0, max(turn.probability, verdict.alike(index, turn.chosen)))
        turn.chosen = verdict.scorer.explanation([(position, minor * verdict.facts.sign)])
        turn.equals = frozenset(free)
        turn.rivals -= lines
