"""How long after the due date a partner pays, learned from the sure matches of the same batch."""

from collections import defaultdict
from collections.abc import Iterable
from math import log
from statistics import median

FEWEST = 2  # sure payments of a partner that say something about its habit
STEADY = 4.0  # payments' worth of belief that a partner scatters as all partners do
NARROWEST = 1.5  # days: nobody pays to the day
MOST_FOR, MOST_AGAINST = 3.0, -4.0  # a habit is a habit, no proof


class Delays:
    """Usual days between due date and payment by partner.

    :param seen: (partner, days after the due date) of sure matches
    """

    def __init__(self, seen: Iterable[tuple[int | None, int]]):
        days: dict[int, list[int]] = defaultdict(list)
        for partner_id, delay in seen:
            if partner_id is not None:
                days[partner_id].append(delay)
        self._usual: dict[int, tuple[float, float]] = {}
        known = {key: values for key, values in days.items() if len(values) >= FEWEST}
        if not known:
            return
        middles = {key: median(values) for key, values in known.items()}
        off = {key: sum(abs(d - middles[key]) for d in known[key]) for key in known}
        count = sum(map(len, known.values()))
        scatter = max(NARROWEST, sum(off.values()) / max(1, count - len(known)))
        every = [delay for values in days.values() for delay in values]
        middle = median(every)
        self._spread = max(scatter, sum(abs(delay - middle) for delay in every) / len(every))
        for key, values in known.items():
            width = (off[key] + STEADY * scatter) / (len(values) + STEADY)
            self._usual[key] = (middles[key], max(NARROWEST, width))

    def __bool__(self) -> bool:
        return bool(self._usual)

    def log(self, partner_id: int | None, delay: int) -> float | None:
        """Return how much better a delay fits this partner than any partner; None if unknown.

        Both are Laplace densities, so that one late payment is not the end of the world.
        """
        usual = self._usual.get(partner_id)
        if usual is None:
            return None
        middle, width = usual
        ratio = log(self._spread / width) - abs(delay - middle) / width
        return min(MOST_FOR, max(MOST_AGAINST, ratio))
