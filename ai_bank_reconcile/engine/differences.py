"""What may lie between a line and its documents: bank fees, cash discount, tolerated cents."""

import re
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_finance_engine import money
from odoo.addons.ai_finance_engine.references import MAX_TEXT

from .context import Tolerance

FEE, DISCOUNT, TOLERANCE = "fee", "discount", "tolerance"
MOST_FEE = 0.12  # of the gross amount: above, a stated "fee" is not what is missing
LARGEST_FEE = 4500  # minor units a bank keeps without saying so
LARGEST_FEE_SHARE = 0.05
_FEE = re.compile(
    r"(?i)\b(?:fees?|charges?|chgs|geb[uü]h?e?r(?:en)?|entgelte?|spesen|frais|kosten|commissione?s?|"
    r"commissie|com|provision|prowizj[aei]|avgift|gebyr|comisi[oó]n(?:es)?|spese)\b[\s.:=+-]*(?:[A-Z]{3}|[€$£])?\s*"
    r"([0-9][0-9.,' ]*[0-9])"
)


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A part of the line that is booked on an account instead of an open item.

    :param amount: minor units; negative where the line brings less than the documents
    :param stated: the text or the terms name exactly this amount
    """

    purpose: str
    amount: int
    stated: bool = False


def stated_fees(label: str, digits: int) -> tuple[int, ...]:
    """Return the fees a text states, in minor units, each once."""
    found = {}
    for match in _FEE.finditer(label[:MAX_TEXT]):
        amount = money.parse_amount(match[1])
        if isinstance(amount, Decimal) and amount > 0:
            found[money.to_minor(amount, digits)] = None
    return tuple(found)


def is_plain_fee(missing: int, gross: int) -> bool:
    """Tell whether a bank may have kept this without a word: small, and a price banks have."""
    return 0 < missing <= min(LARGEST_FEE, gross * LARGEST_FEE_SHARE) and missing % 25 == 0


def tolerated(limit: Tolerance | None, gross: int, digits: int) -> int:
    """Return the largest difference in minor units that may be written off on a gross amount."""
    if limit is None:
        return 0
    percent = int(abs(gross) * limit.percent / 100)
    return max(0, min(money.to_minor(limit.absolute, digits), percent))
