"""How partners paid before a day: delays, weekdays, places in the month, payment runs."""

from dataclasses import dataclass

import numpy as np

from .bank_days import BankDays
from .counts import Events
from .ledger import NEVER, Ledger

EARLIEST, LATEST = -30, 60  # bank days from due that are told apart
BINS = LATEST - EARLIEST + 1
MONTH = 31  # bank days of a month, at most
LEDGER_PRIOR, TERMS_PRIOR, PARTNER_PRIOR, DUE_DAY_PRIOR = 10.0, 20.0, 2.0, 8.0  # in invoices
RECENT, RECENT_PRIOR = 120, 4.0  # days back that tell what changed; in invoices
RUNS = 8  # latest payment runs that tell the rhythm
RUN_PRIOR = 3.0  # payment runs an unknown partner's usual days count for


@dataclass
class Profiles:
    """One row for each invoice asked about; tables run over delays, weekdays or month days."""

    paid: np.ndarray  # number of paid invoices of the partner
    same_day: np.ndarray  # of these, due on the same weekday
    narrow: np.ndarray  # chances of each delay: partner and weekday of due
    wide: np.ndarray  # partner
    recent: np.ndarray  # partner, of late
    terms: np.ndarray  # all with the same terms
    weekday: np.ndarray  # how much likelier than usual each weekday is
    run_rate: np.ndarray  # payment runs a week on each weekday
    to_end: np.ndarray  # how much likelier than usual each bank day before the month end is
    from_start: np.ndarray
    last_run: np.ndarray  # ordinal, 0 without
    gap: np.ndarray  # days between runs, 0 without
    amount: np.ndarray  # mean logarithm of amounts, nan without

    def __getitem__(self, chosen: np.ndarray) -> "Profiles":
        return Profiles(**{name: table[chosen] for name, table in vars(self).items()})


class Habits:
    """Remembers payments; tells profiles as they were before any day.

    :param paid: the paid invoices
    """

    def __init__(self, paid: Ledger, bank: BankDays):
        self._bank = bank
        days = paid.paid
        self._delay = delay_bins(paid.paid_index - paid.due_index)
        nothing = np.zeros(len(paid), np.int64)
        due_day = bank.weekday[bank.clip(paid.due_index)]
        self._all = Events(nothing, days)
        self._terms = Events(paid.terms, days)
        self._partner = Events(paid.partner, days)
        self._due_day = Events(paid.partner * 7 + due_day, days)
        self._amounts = np.cumsum(self._partner.sorted(np.log1p(paid.amount)))
        self._read_runs(paid.partner, paid.paid_index)

    def _read_runs(self, partner: np.ndarray, paid_index: np.ndarray) -> None:
        """Note the days on which each partner paid something."""
        pairs = np.unique(np.stack([partner, paid_index], 1), axis=0)
        partner, index = pairs[:, 0], self._bank.clip(pairs[:, 1])
        self._runs = Events(partner, self._bank.days[index])
        self._all_runs = Events(np.zeros(len(index), np.int64), self._bank.days[index])
        self._run_days = self._runs.sorted(self._bank.days[index])
        self._run_places = {
            "weekday": (self._bank.weekday[index], 7),
            "to_end": (self._bank.to_end[index], MONTH),
            "from_start": (self._bank.from_start[index], MONTH),
        }

    def profiles(self, asked: Ledger, days: np.ndarray) -> Profiles:
        """Return what was known of each invoice's partner before the day given beside it."""
        due_day = self._bank.weekday[self._bank.clip(asked.due_index)]
        groups = np.where(asked.partner < 0, -1, asked.partner * 7 + due_day)
        zero = np.zeros(len(asked), np.int64)
        chances = default_chances()[None, :]
        tables, numbers = [], []
        for events, group, prior in (
            (self._all, zero, LEDGER_PRIOR),
            (self._terms, asked.terms, TERMS_PRIOR),
            (self._partner, asked.partner, PARTNER_PRIOR),
            (self._due_day, groups, DUE_DAY_PRIOR),
        ):
            counts = events.counts(group, days, self._delay, BINS)
            number = counts.sum(1)
            chances = (counts + prior * chances) / (number + prior)[:, None]
            tables.append(chances.astype(np.float32))
            numbers.append(number)
        recent = self._partner.counts(asked.partner, days, self._delay, BINS)
        recent -= self._partner.counts(asked.partner, days - RECENT, self._delay, BINS)
        recent += RECENT_PRIOR * tables[2]
        return Profiles(
            recent=recent / recent.sum(1)[:, None],
            paid=numbers[2],
            same_day=numbers[3],
            terms=tables[1],
            wide=tables[2],
            narrow=tables[3],
            amount=self._mean_amount(asked.partner, days),
            **self._run_profile(asked.partner, days),
        )

    def _mean_amount(self, partner: np.ndarray, days: np.ndarray) -> np.ndarray:
        first, end = self._partner.before(partner, days)
        total = np.concatenate([[0.0], self._amounts])
        with np.errstate(invalid="ignore"):
            return (total[end] - total[first]) / np.where(end > first, end - first, np.nan)

    def _run_profile(self, partner: np.ndarray, days: np.ndarray) -> dict[str, np.ndarray]:
        first, end = self._runs.before(partner, days)
        number = end - first
        some = number > 0
        padded = np.append(self._run_days, 0)
        last = np.where(some, padded[np.maximum(end - 1, 0)], 0)
        steps = np.minimum(number - 1, RUNS)
        earlier = padded[np.maximum(end - 1 - np.maximum(steps, 0), 0)]
        gap = np.where(steps > 0, (last - earlier) / np.maximum(steps, 1), 0.0)
        weeks = np.where(some, days - padded[np.minimum(first, len(padded) - 1)], 0) / 7
        found = {"last_run": last, "gap": gap}
        for name, (places, size) in self._run_places.items():
            own = self._runs.counts(partner, days, places, size)
            if name == "weekday":
                found["run_rate"] = (own + 0.2) / (weeks + 1.0)[:, None]
            usual = self._all_runs.counts(np.zeros_like(days), days, places, size) + 1.0
            usual /= usual.sum(1)[:, None]
            share = (own + RUN_PRIOR * usual) / (number + RUN_PRIOR)[:, None]
            found[name] = np.log(share / usual).astype(np.float32)
        return found


def delay_bins(delays: np.ndarray) -> np.ndarray:
    """Return the place in a table of delays of bank days from due."""
    return np.clip(delays, EARLIEST, LATEST) - EARLIEST


def default_chances() -> np.ndarray:
    """Return how likely each delay is before any payment was seen: around the due date."""
    delays = np.arange(EARLIEST, LATEST + 1)
    chances = np.exp(-np.abs(delays) / np.where(delays < 0, 2.0, 5.0))
    return chances / chances.sum()


def is_paid(ledger: Ledger) -> np.ndarray:
    """Return which invoices are paid."""
    return ledger.paid != NEVER
