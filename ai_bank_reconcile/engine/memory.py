"""What booked bank lines teach, and how long and how firmly it is believed.

A line teaches who stands behind a name or bank account, where that is not the name of the partner
itself. Every line it was learned from counts one, half as much after each year.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from odoo.addons.ai_finance_engine import names
from odoo.addons.ai_finance_engine.references import compact_account

from .context import CERTAIN_ALIAS
from .reasons import Reason, _lt

HALF_LIFE = 365  # days after which a line counts half
LEAST_WEIGHT = 0.25  # below it what was learned is forgotten: two years after a single line
ENTERED = float(CERTAIN_ALIAS)  # what a person's own entry counts, of any age
ENOUGH = 3  # bookings on an account before it is proposed
SAME_NAME = 0.9  # similarity from which a name is the partner's own
RIVAL = 0.2  # share of the evidence that another partner needs to make a name ambiguous

MEMORY_TEXT = {
    "booked_times": _lt("booked %(count)s times on %(account)s"),
    "own_rule": _lt("your rule “%(name)s”"),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Somebody learned from one booked line.

    :param kind: "alias" of the partner, or "payer" where the name is known as another partner
    :param key: see :func:`key_of`
    """

    kind: str
    key: str
    text: str
    account: str
    partner_id: int
    payer_id: int | None = None


def key_of(name: str, account: str) -> str:
    """Return by what a payer is known again: the name, else the bank account, else nothing."""
    compact = names.parse(name or "").compact
    if compact:
        return f"name {compact}"
    number = compact_account(account or "")
    return f"account {number}" if len(number) > 4 else ""


def lesson(
    name: str,
    account: str,
    partner: tuple[int, str],
    own_accounts: Iterable[str],
    known_payer: int | None,
) -> Lesson | None:
    """Return what a line tells about its partner that is not known already.

    :param name: payer or payee as the bank spells it
    :param account: its bank account, any spacing
    :param partner: id and name of the one partner the line was booked with
    :param own_accounts: the partner's bank accounts, any spacing
    :param known_payer: another partner who has this name or account
    """
    partner_id, own_name = partner
    key = key_of(name, account)
    if not key:
        return None
    number = compact_account(account or "")
    if key.startswith("name "):
        if names.similarity(name, own_name) >= SAME_NAME:
            return None
    elif number in {compact_account(own) for own in own_accounts}:
        return None
    payer = known_payer if known_payer != partner_id else None
    kind = "payer" if payer else "alias"
    return Lesson(kind, key, name.strip(), number, partner_id, payer)


def weight(ages: Iterable[int], entered: bool = False) -> float:
    """Return what lines of some ages (days) count together; a person's entry does not age."""
    found = sum(0.5 ** (max(age, 0) / HALF_LIFE) for age in ages)
    return max(found, ENTERED) if entered else found


def confidence(own: float, others: float) -> float:
    """Return 0..1: how sure something learned is, given what contradicts it.

    One more line is counted against it than there were: a single line is no proof.
    """
    return own / (own + others + 1) if own > 0 else 0.0


def alias_count(own: float, others: float) -> int:
    """Return the count to believe an alias with; an ambiguous one is never certain."""
    if own < LEAST_WEIGHT:
        return 0
    count = max(1, round(own))
    if others >= RIVAL * (own + others):
        return min(count, CERTAIN_ALIAS - 1)
    return count


def memory_reason(code: str, **params: str | int) -> Reason:
    """Return a `Reason` whose code is known to `MEMORY_TEXT`."""
    if code not in MEMORY_TEXT:
        raise KeyError(code)
    return Reason(code=code, params=params)
