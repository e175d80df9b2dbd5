"""A coding model kept beside the books it was learned from, brought up to date with them."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from .lines import CodedLine
from .model import CodingModel, fit


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model knows.

    :param mark: whatever shows that the books changed since
    :param places: account by booked line, as it was learned
    """

    mark: Hashable = None
    places: Mapping[Hashable, Hashable] = field(default_factory=dict)
    model: CodingModel = field(default_factory=CodingModel)


def up_to_date(
    known: Learned | None,
    mark: Hashable,
    places: Mapping[Hashable, Hashable],
    read: Callable[[Iterable[Hashable]], Iterable[CodedLine]],
) -> Learned:
    """Return what is known of the books as they are now.

    New lines are learned on top. Where one was taken back or booked elsewhere, all is learned
    anew, because a model cannot forget; the oldest lines may leave.

    :param places: account by line id, of the newest lines; ids grow with time
    :param read: returns lines by id, in time order
    """
    if known and _only_grew(known.places, places):
        fresh = [one for one in places if one not in known.places]
        if fresh:
            known.model.update(read(fresh))
        return Learned(mark, dict(places), known.model)
    return Learned(mark, dict(places), fit(read(places)))


def _only_grew(before: Mapping, places: Mapping) -> bool:
    first = min(places, default=0)
    return all(places.get(one) == account for one, account in before.items() if one >= first)
