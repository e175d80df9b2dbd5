"""What came of a bulk action, record by record."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Collects what was done and what was not, so that one failure never hides the rest.

    :param done: ids of the rows that were carried out
    :param problems: ``{row id: sentence}`` for the rows that were not
    :param unchanged: ids of the rows that somebody had decided already
    """

    verb: str
    done: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)

    def grouped_problems(self) -> dict[str, int]:
        """Return how many rows met the same problem, most frequent first."""
        counts: dict[str, int] = {}
        for text in self.problems.values():
            counts[text] = counts.get(text, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
