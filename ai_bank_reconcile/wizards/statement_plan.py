"""What the import of a file will do: which lines are new, from which balance, with what doubts."""

from dataclasses import dataclass, field
from decimal import Decimal

from ..engine.statement_duplicates import Duplicates
from ..engine.statement_file import StatementRow


@dataclass(frozen=True)
class Plan:
    """Rows of a file in the order in which they are booked.

    :param rows: pairs of position in the file and row, oldest first
    :param marks: fingerprint of each position
    :param opening: balance before the first row, None where the file says none
    :param closing: balance after the last row as the bank says it
    """

    rows: tuple[tuple[int, StatementRow], ...] = ()
    marks: tuple[str, ...] = ()
    duplicates: Duplicates = field(default_factory=Duplicates)
    opening: Decimal | None = None
    closing: Decimal | None = None

    @property
    def new(self) -> list[tuple[int, StatementRow]]:
        """The rows that are not booked yet."""
        return [(at, row) for at, row in self.rows if at not in self.duplicates.known]

    @property
    def start(self) -> Decimal | None:
        """Balance before the first new row, None where the file says none."""
        if self.opening is None or not self.new:
            return None
        first = self.rows.index(self.new[0])
        return self.opening + sum(row.amount for _at, row in self.rows[:first])

    @property
    def end(self) -> Decimal | None:
        """Balance after the new rows: the bank's own, where they are the last of the file."""
        if self.start is None:
            return None
        if self.rows[-1][0] == self.new[-1][0] and not self._known_between():
            return self.closing
        return self.start + sum(row.amount for _at, row in self.new)

    def _known_between(self) -> bool:
        first = self.rows.index(self.new[0])
        return any(at in self.duplicates.known for at, _row in self.rows[first:])
