"""The best joint choice of few lines that compete for the same items, found exactly.

Branch and bound over complete explanations: a line takes one of its explanations or none, no item
gives more than it has, and the product of the probabilities is the largest possible.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

MOST_LINES = 8  # lines of a group that is searched; larger groups choose one after the other
MOST_STEPS = 4_000  # choices tried before a group is given up


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a line may do.

    :param weight: log of its probability
    :param takes: (item, amount) of each item it uses, amounts positive
    """

    weight: float
    takes: tuple[tuple[int, int], ...] = ()


def best_together(
    lines: Sequence[Sequence[Option]], room: Mapping[int, int]
) -> tuple[int, ...] | None:
    """Return which option each line takes, so that the sum of the weights is largest.

    Ties go to the earlier options of the earlier lines.

    :param lines: options of each line; one that takes nothing makes the group solvable
    :param room: what each item has left
    :return: places in the lines' options; None where nothing fits or the search was given up
    """
    # lines with the least choice first: they prune most
    order = sorted(range(len(lines)), key=lambda line: (len(lines[line]), line))
    ranked = [
        sorted(range(len(lines[line])), key=lambda place: (-lines[line][place].weight, place))
        for line in order
    ]
    hope = [0.0]  # best weight that lines further down could add without each other
    for line, places in zip(reversed(order), reversed(ranked), strict=True):
        hope.append(hope[-1] + (lines[line][places[0]].weight if places else -inf))
    hope.reverse()
    search = _Search([lines[line] for line in order], ranked, hope, dict(room))
    search.descend(0, 0.0)
    if search.best is None or search.steps > MOST_STEPS:
        return None
    chosen = dict(zip(order, search.best, strict=True))
    return tuple(chosen[line] for line in range(len(lines)))


class _Search:
    """Depth-first search that leaves what cannot be better than the best so far."""

    def __init__(self, lines, ranked, hope, room: dict[int, int]):
        self._lines, self._ranked, self._hope, self._room = lines, ranked, hope, room
        self._path: list[int] = []
        self._weight = -inf
        self.best: list[int] | None = None
        self.steps = 0

    def descend(self, depth: int, weight: float) -> None:
        if depth == len(self._lines):
            if weight > self._weight:
                self._weight, self.best = weight, list(self._path)
            return
        for place in self._ranked[depth]:
            option = self._lines[depth][place]
            if weight + option.weight + self._hope[depth + 1] <= self._weight:
                return  # what follows is worse still
            self.steps += 1
            if self.steps > MOST_STEPS:
                return
            if any(self._room.get(item, 0) < amount for item, amount in option.takes):
                continue
            self._move(option, -1)
            self._path.append(place)
            self.descend(depth + 1, weight + option.weight)
            self._path.pop()
            self._move(option, 1)

    def _move(self, option: Option, sign: int) -> None:
        for item, amount in option.takes:
            self._room[item] += sign * amount


def groups_of(wanted: Sequence[frozenset[int]]) -> list[list[int]]:
    """Return the lines that are connected by wanting the same items, two or more to a group.

    :param wanted: the items of each line
    """
    parent = list(range(len(wanted)))

    def root(line: int) -> int:
        while parent[line] != line:
            parent[line] = line = parent[parent[line]]
        return line

    first: dict[int, int] = {}
    for line, items in enumerate(wanted):
        for item in items:
            parent[root(line)] = root(first.setdefault(item, line))
    groups: dict[int, list[int]] = defaultdict(list)
    for line in range(len(wanted)):
        groups[root(line)].append(line)
    return [group for group in groups.values() if len(group) > 1]
