"""Short builders for bank lines, open items and their proposals."""

from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import (
    CERTAIN_ALIAS,
    Alias,
    BankLine,
    MatchContext,
    OpenItem,
    Party,
)
from odoo.addons.ai_bank_reconcile.engine.matcher import propose

DAY = date(2026, 3, 10)
DECO, AZURE, GEMINI = 7, 8, 9
PARTIES = (
    Party(DECO, "Deco Addict GmbH", account_numbers=("DE89 3704 0044 0532 0130 00",)),
    Party(AZURE, "Azure Interior"),
    Party(GEMINI, "Gemini Furniture Ltd", aliases=(Alias("GF Trading", count=CERTAIN_ALIAS),)),
)


def item(key, amount, number="", partner=DECO, days_ago=30, **values):
    """Return an open item issued `days_ago` and due a fortnight later."""
    day = DAY - timedelta(days=days_ago)
    number = number or f"INV/2026/{key:05d}"
    return OpenItem(
        id=key,
        residual=Decimal(amount),
        currency=values.pop("currency", "EUR"),
        number=number,
        partner_id=partner,
        date=day,
        date_maturity=day + timedelta(days=14),
        **values,
    )


def line(amount, label="", name="", key=1, **values):
    """Return a bank line of `DAY`."""
    return BankLine(
        id=key,
        journal_id=1,
        amount=Decimal(amount),
        currency=values.pop("currency", "EUR"),
        date=values.pop("date", DAY),
        label=label,
        partner_name=name,
        **values,
    )


def match(lines, items, parties=PARTIES, digits=None):
    """Return the results for lines against items."""
    return propose(MatchContext(tuple(lines), tuple(items), tuple(parties), digits or {}))


def match_one(one, items, **values):
    """Return the result for a single line."""
    return match([one], items, **values)[0]


def parts(result):
    """Return {item: amount} of a proposal."""
    return {part.move_line_id: part.amount for part in result.proposal.counterparts}


def codes(reasons):
    """Return the set of codes of reasons or guards."""
    return {reason.code for reason in reasons}
