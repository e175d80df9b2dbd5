"""A bank line reconciled by a person: what is searched for, and parts made into a proposal.

Amounts are `Decimal` in the transaction currency of the line, signed relative to the line:
positive is in the line's own direction. Nothing here guesses: what does not add up is refused
with a code that the ORM layer turns into a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_finance_engine.money import parse_amount, plain

from .proposal import Counterpart, Proposal, WriteOff
from .reasons import Reason, _lt

#: How far "~1250" reaches, as a share of the amount.
NEARLY = Decimal("0.05")
MOST_WORDS = 6
MOST_PARTS = 200

BY_HAND_TEXT = {
    "no_parts": _lt("Nothing is chosen yet."),
    "many_parts": _lt("More than %(most)s parts cannot be booked on one bank line."),
    "twice": _lt("A document is chosen twice."),
    "no_amount": _lt("A part has no amount."),
    "no_target": _lt("A part has neither a document nor an account."),
    "rest": _lt("%(rest)s of the bank line is not allocated."),
    "too_much": _lt("The parts exceed the bank line by %(rest)s."),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What a person typed into the search box.

    :param words: each has to be found in a number, reference, label or partner
    :param amount: absolute, where the whole text can be read as one
    :param nearly: the amount need only be near
    """

    words: tuple[str, ...] = ()
    amount: Decimal | None = None
    nearly: bool = False

    @property
    def limits(self) -> tuple[Decimal, Decimal]:
        """The smallest and the largest amount that fits."""
        margin = self.amount * NEARLY if self.nearly else Decimal("0.005")
        return self.amount - margin, self.amount + margin


def parse_query(text: str) -> Query:
    """Return what to search for: "INV/2026 azure", "1250", "1.250,00", "~1250".

    A number that can be read in two ways ("1.234") is taken as thousands, as people type it.
    """
    body = (text or "").strip()[:200]
    nearly = body.startswith("~")
    if nearly:
        body = body[1:].strip()
    amount = _amount(body)
    if amount is not None:
        # "1250" may be a fragment of a number as well, "~1250" is not.
        return Query(() if nearly else (body,), amount, nearly)
    return Query(tuple(body.split()[:MOST_WORDS]))


def _amount(body: str) -> Decimal | None:
    found = parse_amount(body)
    if not isinstance(found, Decimal) and re.fullmatch(r"-?[0-9]{1,3}([.,])[0-9]{3}", body):
        found = Decimal(re.sub(r"[.,]", "", body))
    return abs(found) if isinstance(found, Decimal) and found else None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the line: an open item, or an amount on an account.

    :param amount: in the line's currency; includes the taxes
    :param item_amount: what the item loses in its own currency, where that is not the line's
    """

    amount: Decimal
    move_line_id: int | None = None
    item_amount: Decimal | None = None
    account_id: int | None = None
    partner_id: int | None = None
    tax_ids: tuple[int, ...] = ()
    analytic: dict[str, float] | None = None
    label: str = ""


def problems(parts: Sequence[Part], total: Decimal, digits: int) -> tuple[Reason, ...]:
    """Return why `parts` cannot make up a line of absolute amount `total`; empty if they can."""
    if not parts:
        return (_problem("no_parts"),)
    if len(parts) > MOST_PARTS:
        return (_problem("many_parts", most=MOST_PARTS),)
    found = []
    ids = [part.move_line_id for part in parts if part.move_line_id]
    if len(ids) != len(set(ids)):
        found.append(_problem("twice"))
    if any(not (part.move_line_id or part.account_id) for part in parts):
        found.append(_problem("no_target"))
    if any(not part.amount for part in parts):
        found.append(_problem("no_amount"))
    left = rest(parts, total)
    if left:
        code = "rest" if left > 0 else "too_much"
        found.append(_problem(code, rest=plain(abs(left), digits)))
    return tuple(found)


def rest(parts: Sequence[Part], total: Decimal) -> Decimal:
    """Return what of the line is still to be allocated; negative where parts exceed it."""
    return total - sum((part.amount for part in parts), Decimal(0))


def proposal(parts: Sequence[Part], digits: int, partner_id: int | None = None) -> Proposal:
    """Return the proposal of `parts` that have no :func:`problems`.

    One account alone is an ordinary account proposal, several are its splits.

    :param digits: decimal places of the line's currency
    :param partner_id: the partner of the whole line, if there is one
    """
    items = tuple(_counterpart(part, digits) for part in parts if part.move_line_id)
    accounts = tuple(_split(part, digits) for part in parts if not part.move_line_id)
    one = accounts[0] if not items and len(accounts) == 1 else None
    return Proposal(
        kind="match" if items else "account",
        counterparts=items,
        write_off=one,
        splits=() if one else accounts,
        partner_id=partner_id,
        by_hand=True,
    )


def _counterpart(part: Part, digits: int) -> Counterpart:
    other = part.item_amount
    return Counterpart(
        move_line_id=part.move_line_id,
        amount=plain(part.amount, digits),
        # The digits of its own currency, as the caller gives them.
        item_amount=None if other is None else f"{other:f}",
    )


def _split(part: Part, digits: int) -> WriteOff:
    return WriteOff(
        account_id=part.account_id,
        amount=plain(part.amount, digits),
        label=part.label,
        partner_id=part.partner_id,
        tax_ids=part.tax_ids,
        analytic=part.analytic or None,
    )


def parts_of(stored: dict) -> tuple[Part, ...]:
    """Return the parts of a stored proposal, so that a person may start from it.

    A remainder has no part: it is what a person has to decide about.
    """
    one = stored.get("write_off")
    accounts = [one] if one else []
    accounts += [*(stored.get("write_offs") or ()), *(stored.get("splits") or ())]
    items = [
        Part(
            amount=Decimal(item["amount"]),
            move_line_id=item["move_line_id"],
            item_amount=Decimal(item["item_amount"]) if item.get("item_amount") else None,
        )
        for item in stored.get("counterparts") or ()
    ]
    return (
        *items,
        *(
            Part(
                amount=Decimal(item["amount"]),
                account_id=item["account_id"],
                partner_id=item["partner_id"],
                tax_ids=tuple(item["tax_ids"]),
                analytic=item.get("analytic"),
                label=item["label"],
            )
            for item in accounts
        ),
    )


# ----------------------------------------------------------------------
# Differences: less or more than what is open
# ----------------------------------------------------------------------


def difference(stored: dict, opens: dict[int, Decimal], total: Decimal) -> Decimal:
    """Return what the line brings less (negative) or more than is open on its documents.

    :param stored: a proposal of kind "match" without items in other currencies
    :param opens: what is open by item, in the line's direction
    :param total: absolute amount of the line
    """
    return total - sum((opens[one["move_line_id"]] for one in stored["counterparts"]), Decimal(0))


def choices(gap: Decimal) -> tuple[str, ...]:
    """Return what a person may do about a difference."""
    if not gap:
        return ()
    return ("open", "write_off") if gap < 0 else ("on_account", "write_off")


def in_part(stored: dict, opens: dict[int, Decimal], gap: Decimal) -> tuple[Part, ...]:
    """Return the parts of a short payment that leaves documents open: the last ones, in part.

    :param gap: negative, see :func:`difference`
    """
    missing, parts = -gap, []
    for item_id in reversed([one["move_line_id"] for one in stored["counterparts"]]):
        amount = opens[item_id]
        taken = min(missing, amount) if amount > 0 else Decimal(0)
        missing -= taken
        if amount - taken:
            parts.append(Part(amount=amount - taken, move_line_id=item_id))
    return tuple(reversed(parts))


def in_full(stored: dict, opens: dict[int, Decimal]) -> tuple[Part, ...]:
    """Return the parts that settle each document to the cent."""
    ids = [one["move_line_id"] for one in stored["counterparts"]]
    return tuple(Part(amount=opens[item_id], move_line_id=item_id) for item_id in ids)


def _problem(code: str, **params: str | int) -> Reason:
    return Reason(code=code, params=params, text=BY_HAND_TEXT[code] % params)
