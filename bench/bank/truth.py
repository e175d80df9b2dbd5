"""What a bank line really is, and a whole file of such lines."""

from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import MatchContext


@dataclass(frozen=True, slots=True)
class Truth:
    """What one line settles; nothing where `parts` is empty.

    :param parts: item -> amount of the line it takes, in the line's direction
    :param write_offs: purpose -> amount, negative where the line brings less than the items
    :param remainder: part of the line that stays on the partner's account
    """

    case: str
    parts: dict[int, Decimal] = field(default_factory=dict)
    write_offs: dict[str, Decimal] = field(default_factory=dict)
    remainder: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One statement period of one company: what the engine is told, and the truth by line."""

    ctx: MatchContext
    truths: dict[int, Truth]
