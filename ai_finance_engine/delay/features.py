"""Lay invoices out into the bank days on which they may be paid, and describe each of these."""

from dataclasses import dataclass

import numpy as np

from .bank_days import BankDays
from .ledger import Ledger
from .profiles import BINS, EARLIEST, MONTH, Profiles, delay_bins

FAR = 90.0  # bank days from due beyond which no day differs from the next
TINY = 1e-4


@dataclass
class Rows:
    """Bank days of invoices: those of the first invoice in order, of the second, ...

    :param invoice: place of the invoice
    :param index: number of the bank day
    """

    invoice: np.ndarray
    index: np.ndarray

    def __len__(self) -> int:
        return len(self.invoice)


def lay_out(first: np.ndarray, end: np.ndarray) -> Rows:
    """Return the bank days of each invoice from its first to before its end."""
    number = np.maximum(end - first, 0)
    invoice = np.repeat(np.arange(len(first)), number)
    start = np.cumsum(number) - number
    return Rows(invoice, np.arange(number.sum()) - start[invoice] + first[invoice])


def features(rows: Rows, asked: Ledger, profiles: Profiles, bank: BankDays) -> np.ndarray:
    """Return a line of figures for each bank day."""
    invoice, index = rows.invoice, rows.index
    delay = index - asked.due_index[invoice]
    place = delay_bins(delay)
    weekday = bank.weekday[index]
    day = bank.days[index]
    middle, spread = _middle(profiles.narrow)
    late, _spread = _middle(profiles.recent)
    mean, width = _moments(profiles.recent)
    step = (1 / width)[invoice]
    z = (delay - mean[invoice]) * step
    since_run = np.where(profiles.last_run > 0, 1, np.nan)[invoice] * (
        day - profiles.last_run[invoice]
    )
    gap = np.where(profiles.gap > 0, profiles.gap, np.nan)[invoice]
    amount = np.log1p(asked.amount)
    own = [
        np.log1p(profiles.paid),
        np.log1p(profiles.same_day),
        spread,
        profiles.run_rate.max(1),
        amount,
        amount - profiles.amount,
        asked.due - asked.posted,
        bank.weekday[bank.clip(asked.due_index)],
    ]
    columns = [
        np.clip(delay, -FAR, FAR),
        *_hazards(profiles.narrow, invoice, place),
        *_hazards(profiles.wide, invoice, place),
        _hazards(profiles.terms, invoice, place)[0],
        delay - middle[invoice],
        weekday,
        profiles.weekday[invoice, weekday],
        profiles.run_rate[invoice, weekday],
        profiles.to_end[invoice, np.minimum(bank.to_end[index], MONTH - 1)],
        profiles.from_start[invoice, np.minimum(bank.from_start[index], MONTH - 1)],
        bank.to_end[index],
        bank.from_start[index],
        np.minimum(since_run, 100),
        since_run / gap,
        gap,
        np.minimum(day - asked.posted[invoice], 200),
        bank.since_last[index],
        *(column[invoice] for column in own),
        *_hazards(profiles.recent, invoice, place),
        delay - late[invoice],
        delay - mean[invoice],
        z,
        _smooth_hazard(z, step),
    ]
    table = np.empty((len(rows), len(columns)), np.float32)
    for number, column in enumerate(columns):
        table[:, number] = column
    return table


def _middle(chances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the median delay and how far the middle half of delays reaches."""
    total = np.cumsum(chances, 1)
    low, middle, high = ((total < level).sum(1) for level in (0.25, 0.5, 0.75))
    return middle + EARLIEST, high - low


def _moments(chances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and width of the delays, as of a logistic distribution."""
    delays = np.arange(BINS) + EARLIEST
    mean = chances @ delays
    spread = np.sqrt(np.maximum(chances @ delays**2 - mean**2, 0.1))
    return mean, spread * np.sqrt(3) / np.pi


def _smooth_hazard(z: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Return the logit of the chance of a day if delays were spread evenly about their mean."""
    before, by = (1 / (1 + np.exp(-np.clip(z + side * step / 2, -30, 30))) for side in (-1, 1))
    return logit((by - before) / np.maximum(1 - before, TINY))


def _hazards(
    chances: np.ndarray, invoice: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return, as logits, the chance of a delay among it and later ones, and of it or earlier."""
    total = np.cumsum(chances, 1)
    before = (total - chances)[invoice, place]
    hazard = chances[invoice, place] / np.maximum(1 - before, TINY)
    hazard = np.where(place == BINS - 1, TINY, hazard)
    return logit(hazard), logit(total[invoice, place])


def logit(share: np.ndarray) -> np.ndarray:
    """Return the logarithm of the odds."""
    share = np.clip(share, TINY, 1 - TINY)
    return np.log(share / (1 - share))
