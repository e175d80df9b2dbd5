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
