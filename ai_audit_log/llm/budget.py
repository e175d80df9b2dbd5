"""What questions cost, and whether one more is within the month's budget."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .client import Ask, Usage
from .schema import strict_schema

Verdict = Literal["ok", "warn", "stop"]
#: Tokens for roles and separators of one request, on top of its texts.
OVERHEAD = 24


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one company and month; ``None`` is no limit, 0 allows nothing.

    :param money: in the currency of the provider's prices
    :param warn_at: share 0..1 of a limit from which on people are warned
    """

    tokens: int | None = None
    money: Decimal | None = None
    warn_at: Decimal = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens (questions and answers together) and money."""

    tokens: int = 0
    money: Decimal = Decimal(0)

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.tokens + other.tokens, self.money + other.money)


def judge(budget: Budget, spent: Spent, reserved: Spent) -> Verdict:
    """Tell whether a question may be asked.

    :param spent: of the month so far
    :param reserved: the most that questions under way and the one to be asked may cost
    """
    verdicts = {
        _judge(budget.tokens, budget.warn_at, spent.tokens, reserved.tokens),
        _judge(budget.money, budget.warn_at, spent.money, reserved.money),
    }
    return next(verdict for verdict in ("stop", "warn", "ok") if verdict in verdicts)


def _judge(limit, warn_at: Decimal, spent, reserved) -> Verdict:
    if limit is None:
        return "ok"
    if spent >= limit or spent + reserved > limit:
        return "stop"
    return "warn" if spent + reserved >= limit * warn_at else "ok"


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many than too few.

    English has about four letters a token, amounts and scripts of other languages fewer: three
    bytes of UTF-8 a token is on the safe side for all of them.
    """
    return -(-len(text.encode("utf-8", "surrogatepass")) // 3)


def reserve(ask: Ask) -> Usage:
    """Return the most tokens that the first answer to a question should take."""
    schema = str(strict_schema(ask.schema))
    prompt = estimate_tokens(ask.system) + estimate_tokens(ask.user) + estimate_tokens(schema)
    return Usage(prompt + OVERHEAD, ask.max_tokens)


def at_most(ask: Ask, prices: tuple[Decimal, Decimal]) -> Spent:
    """Return the most that the first answer to a question should cost.

    :param prices: per million tokens of questions and of answers
    """
    usage = reserve(ask)
    return Spent(usage.prompt_tokens + usage.completion_tokens, cost(usage, *prices))


def cost(usage: Usage, price_in: Decimal, price_out: Decimal) -> Decimal:
    """Return what tokens cost, unrounded: one question costs fractions of a cent.

    :param price_in: per million tokens of questions
    :param price_out: per million tokens of answers
    """
    return (usage.prompt_tokens * price_in + usage.completion_tokens * price_out).scaleb(-6)
