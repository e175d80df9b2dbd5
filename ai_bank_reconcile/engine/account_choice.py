"""Bank lines without a document: what past lines like them say about account, tax, payer.

Which account is likely, module `coding` of the shared engine says. Here is what else follows from
the lines it found similar, and what forbids to book on an account without a person.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.dates import get_month_names

from odoo.addons.ai_finance_engine import names
from odoo.addons.ai_finance_engine.coding import CodedLine
from odoo.addons.ai_finance_engine.references import compact_account

from .reasons import Reason, _lt

ENOUGH = 3  # past lines of a payer on an account, before anything is booked there by itself
FAR = 2  # times the largest amount, or this part of the smallest, is out of the ordinary
LEAST_PROPOSED = 0.25  # probability below which an account is offered beside others only
LEAST_OFFERED = 0.02
ON_ACCOUNT = 0.5  # how often money of a known customer that fits nothing is an advance payment
SAME_AMOUNT = Decimal("0.03")  # share of its amount by which a payment may miss a document
SHOWN_LETTERS = 40

ACCOUNT_TEXT = {
    "similar": _lt("like “%(text)s”, %(date)s, %(amount)s"),
    "payer_booked": _lt("%(count)s lines of this payer are booked there"),
    "customer_known": _lt("customer known, no open document fits"),
    "supplier_known": _lt("supplier known, no open document fits"),
    "no_bill": _lt("no bill of %(partner)s yet"),
    # guards
    "first_time": _lt("first line of this payer on this account"),
    "few_similar": _lt("only %(count)s lines of this payer on this account"),
    "amount_unusual": _lt("between %(low)s and %(high)s would be usual"),
    "tax_differs": _lt("similar lines have different taxes"),
    "analytic_differs": _lt("similar lines have different analytic distributions"),
    "debtor_open": _lt("the payer has open documents"),
    "on_account": _lt("money on account is for a person"),
}

_LOCALES = ("en", "de", "fr", "nl", "es", "it", "pt", "pl", "sv", "da", "cs")
_MONTHS = frozenset(
    names.fold(name).strip(".")
    for locale in _LOCALES
    for width in ("wide", "abbreviated")
    for name in get_month_names(width, locale=locale).values()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A bank line that was booked on an account; hidden from the coding engine, which guesses it.

    :param amount: signed, in company currency
    :param analytic: the distribution's items, sorted
    :param payers: see :func:`payer_keys`
    """

    item_id: int
    line_id: int
    text: str
    date: str
    amount: Decimal
    account_id: int
    partner_id: int | None
    tax_ids: tuple[int, ...]
    analytic: tuple[tuple[str, float], ...]
    payers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a line is booked with beside its account, and what speaks against doing so unseen."""

    partner_id: int | None
    tax_ids: tuple[int, ...]
    analytic: dict[str, float] | None
    guards: tuple[Reason, ...]


def payer_keys(text: str, partner_name: str, account_number: str) -> tuple[str, ...]:
    """Return by what a line's payer is known again: bank account, name, else the text's words."""
    account = compact_account(account_number or "")
    name = names.fold(partner_name or "").strip()
    found = [f"account {account}"] if len(account) > 4 else []
    found += [f"name {name}"] if name else []
    if found:
        return tuple(found)
    words = [word for word in names.words(text or "") if word.isalpha() and word not in _MONTHS]
    return (f"text {' '.join(words)}",) if words else ()


def coded_line(
    *,
    text: str,
    partner_name: str,
    account_number: str,
    transaction_type: str,
    journal_id: int,
    date: str,
    amount: Decimal,
    booked: Booked | None = None,
) -> CodedLine:
    """Return a bank line as the coding engine reads it; nothing that booking it fills in."""
    extra: dict[str, Hashable] = {
        "date": date,
        "journal": journal_id,
        "direction": "in" if amount > 0 else "out",
        "bank_account": compact_account(account_number or ""),
        "type": transaction_type or "",
    }
    if booked is not None:
        extra["booked"] = booked  # of a type that the engine does not look at
    return CodedLine(
        text=text or "",
        vendor=partner_name or compact_account(account_number or "") or None,
        amount=amount,
        account=booked and booked.account_id,
        extra=extra,
    )


class Usual:
    """Which amounts each payer's lines had on each account."""

    def __init__(self, lines: Iterable[CodedLine] = ()):
        self._amounts: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
        self.add(lines)

    def add(self, lines: Iterable[CodedLine]) -> None:
        """Count booked lines in."""
        for line in lines:
            booked = line.extra["booked"]
            for payer in booked.payers:
                self._amounts[payer, booked.account_id].append(abs(booked.amount))

    def amounts(self, payers: Collection[str], account_id: int) -> list[Decimal]:
        """Return the amounts of a payer's lines on an account, under the key that knows most."""
        found = [self._amounts.get((payer, account_id), []) for payer in payers]
        return max(found, key=len, default=[])

    def guards(self, payers: Collection[str], account_id: int, amount: Decimal) -> list[Reason]:
        """Return what forbids to book an amount of a payer on an account without a person."""
        amounts = self.amounts(payers, account_id)
        if not amounts:
            return [account_reason("first_time")]
        if len(amounts) < ENOUGH:
            return [account_reason("few_similar", count=len(amounts))]
        low, high = min(amounts), max(amounts)
        if not low / FAR <= abs(amount) <= high * FAR:
            return [account_reason("amount_unusual", low=str(low), high=str(high))]
        return []


def effect_of(similar: Sequence[CodedLine], payers: Collection[str]) -> Effect:
    """Return what most of the similar lines were booked with; the nearest decides a tie."""
    past = [line.extra["booked"] for line in similar]
    taxes, tax_ids = _majority([one.tax_ids for one in past])
    distributions, analytic = _majority([one.analytic for one in past])
    guards = []
    if taxes > 1:
        guards.append(account_reason("tax_differs"))
    if distributions > 1:
        guards.append(account_reason("analytic_differs"))
    partners = {one.partner_id for one in past if not set(payers).isdisjoint(one.payers)}
    partner_id = partners.pop() if len(partners) == 1 else None
    return Effect(partner_id, tax_ids, dict(analytic) or None, tuple(guards))


def _majority(values: Sequence[tuple]) -> tuple[int, tuple]:
    counts = Counter(values)
    return len(counts), max(counts, key=counts.get)


def similar_reasons(similar: Sequence[CodedLine], currency: str) -> list[Reason]:
    """Return past lines as reasons that a person reads."""
    return [
        account_reason(
            "similar",
            text=_short(one.text),
            date=one.date,
            amount=f"{one.amount} {currency}",
        )
        for one in (line.extra["booked"] for line in similar)
    ]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"


def account_reason(code: str, **params: str | int) -> Reason:
    """Return a `Reason` whose code is known to `ACCOUNT_TEXT`."""
    if code not in ACCOUNT_TEXT:
        raise KeyError(code)
    return Reason(code=code, params=params)
