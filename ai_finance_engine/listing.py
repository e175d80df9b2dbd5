"""Lists and ranges that write only once what their numbers share: "RE 4711/12/15", "101 to 104".

Read from the text alone; which documents are meant is decided in `series`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .references import Run

LONGEST = 30  # members of a list
WIDEST = 40  # numbers between the first and the last of a range
SHORTEST, SHORTEST_SPACED = 2, 3  # digits of a member; where only a blank parts it
_GROUP = re.compile(r"[0-9]+")
_DASH = re.compile(r"^\s?[-–]\s?$")


@dataclass(frozen=True, slots=True)
class Member:
    """A further number of a list, of which perhaps only the last digits are written.

    :param is_range: everything between the number before and this one is meant, too
    """

    digits: str
    start: int
    end: int
    is_range: bool = False


def lists(runs: tuple[Run, ...]) -> Iterator[tuple[Run, list[Member]]]:
    """Yield each number that may begin a list, with the members that may follow it.

    A run of several groups may be one number or a number with members ("10028/34"): every way to
    part it comes, the longest number first.
    """
    longest = 0
    for position, run in enumerate(runs):
        if run.follows and len(run.digits) < longest:
            continue  # itself a member
        longest = len(run.digits)
        after = list(_after(run, runs[position + 1 : position + 1 + LONGEST]))
        places = list(_GROUP.finditer(run.text))
        for count in range(len(places), 0, -1):
            members = [*_within(run, places, count), *after]
            if members:
                yield _head(run, places, count), members


def _head(run: Run, places: list[re.Match], count: int) -> Run:
    if count == len(places):
        return run
    end = places[count - 1].end()
    return replace(
        run,
        groups=run.groups[:count],
        text=run.text[:end],
        end=run.start + end,
        glued_right=False,
    )


def _within(run: Run, places: list[re.Match], count: int) -> Iterator[Member]:
    """Yield the groups after the first `count` ones as members."""
    for before, place in zip(places[count - 1 :], places[count:], strict=False):
        dash = bool(_DASH.match(run.text[before.end() : place.start()]))
        is_range = dash and count == len(places) - 1
        yield Member(place[0], run.start + place.start(), run.start + place.end(), is_range)


def _after(run: Run, followers: tuple[Run, ...]) -> Iterator[Member]:
    """Yield the runs that continue a list as members."""
    for follower in followers:
        digits, start = follower.groups[-1], follower.start
        if not follower.follows or follower.glued_right or len(digits) < SHORTEST:
            return
        if follower.groups[:-1] not in ((), run.groups[:-1]):
            return
        if follower.follows == "blank" and len(digits) < SHORTEST_SPACED:
            return
        yield Member(digits, start, follower.end, follower.follows == "range")


def completed(number: str, digits: str) -> str:
    """Return a number with its last digits replaced, "" where there are too many or too few."""
    if not SHORTEST <= len(digits) <= len(number):
        return ""
    return number[: -len(digits)] + digits


def between(first: str, last: str) -> range:
    """Return the numbers after `first` and before `last`; none where they are too far apart."""
    low, high = int(first), int(last)
    return range(low + 1, high) if low < high <= low + WIDEST else range(0)
