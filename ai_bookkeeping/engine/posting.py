"""How sure a bill is as a whole: of its reading and of where its lines are booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a draft.

    :param began: account that it had before anybody chose one, ``None`` for a line made by hand
    :param best: likeliest coding, with ``account_id`` and ``confidence``
    """

    id: int
    account_id: int
    began: int | None
    best: dict[str, Any] | None

    @property
    def sureness(self) -> float:
        """1 for what a person chose, else how likely the account is, 0 where nothing is known."""
        if self.began is None or self.began != self.account_id:
            return 1.0
        if self.best and self.best["account_id"] == self.account_id:
            return self.best["confidence"]
        return 0.0


def confidence(read: float, lines: Sequence[Line]) -> float:
    """Return the weaker of the reading and the least sure line."""
    return min([read, *(line.sureness for line in lines)])
