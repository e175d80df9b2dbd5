"""Lay invoices out into the bank days on which they may be paid, and describe each of these."""

from dataclasses import dataclass

import numpy as np

from .bank_days import BankDays
from .ledger import Ledger
from .profiles import BINS, EARLIEST, MONTH, Profiles, delay_bins

FAR = 90.0  # bank days from due beyond which no day differs from the next
TINY = 1e-4
NAMES = (
    *("delay", "narrow", "narrow_by", "wide", "wide_by", "terms", "from_middle"),
    *("weekday", "weekday_share", "run_rate", "to_end_share", "from_start_share", "to_end"),
    *("from_start", "since_run", "since_run_in_gaps", "gap", "age", "since_bank_day"),
    *("paid", "same_day", "spread", "best_run_rate", "amount", "amount_from_usual", "net"),
    *("due_weekday", "recent", "recent_by", "from_recent_middle", "from_recent_mean"),
    *("in_widths", "smooth"),
)


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
    """Return a line of figures for each bank day, in the order of ``NAMES``."""
    columns = {
        **_usual_delay(rows, asked, profiles),
        **_calendar(rows, asked, profiles, bank),
        **_same_on_all_days(rows, asked, profiles, bank),
        **_of_late(rows, asked, profiles),
    }
    table = np.empty((len(rows), len(NAMES)), np.float32)
    for number, name in enumerate(NAMES):
        table[:, number] = columns[name]
    return table


def column(table: np.ndarray, name: str) -> np.ndarray:
    """Return one of the figures of each bank day."""
    return table[:, NAMES.index(name)].astype(float)


def _usual_delay(rows: Rows, asked: Ledger, profiles: Profiles) -> dict[str, np.ndarray]:
    """Compare the day with the delays of the partner and of the terms."""
    invoice = rows.invoice
    delay = rows.index - asked.due_index[invoice]
    place = delay_bins(delay)
    narrow, narrow_by = _hazards(profiles.narrow, invoice, place)
    wide, wide_by = _hazards(profiles.wide, invoice, place)
    return {
        "delay": np.clip(delay, -FAR, FAR),
        "narrow": narrow,
        "narrow_by": narrow_by,
        "wide": wide,
        "wide_by": wide_by,
        "terms": _hazards(profiles.terms, invoice, place)[0],
        "from_middle": delay - _middle(profiles.narrow)[0][invoice],
    }


def _calendar(
    rows: Rows, asked: Ledger, profiles: Profiles, bank: BankDays
) -> dict[str, np.ndarray]:
    """Compare the day with the days on which the partner pays."""
    invoice, index = rows.invoice, rows.index
    weekday, day = bank.weekday[index], bank.days[index]
    to_end, from_start = bank.to_end[index], bank.from_start[index]
    since_run = np.where(profiles.last_run > 0, 1, np.nan)[invoice]
    since_run = since_run * (day - profiles.last_run[invoice])
    gap = np.where(profiles.gap > 0, profiles.gap, np.nan)[invoice]
    return {
        "weekday": weekday,
        "weekday_share": profiles.weekday[invoice, weekday],
        "run_rate": profiles.run_rate[invoice, weekday],
        "to_end_share": profiles.to_end[invoice, np.minimum(to_end, MONTH - 1)],
        "from_start_share": profiles.from_start[invoice, np.minimum(from_start, MONTH - 1)],
        "to_end": to_end,
        "from_start": from_start,
        "since_run": np.minimum(since_run, 100),
        "since_run_in_gaps": since_run / gap,
        "gap": gap,
        "age": np.minimum(day - asked.posted[invoice], 200),
        "since_bank_day": bank.since_last[index],
    }


def _same_on_all_days(
    rows: Rows, asked: Ledger, profiles: Profiles, bank: BankDays
) -> dict[str, np.ndarray]:
    """Describe invoice and partner."""
    amount = np.log1p(asked.amount)
    figures = {
        "paid": np.log1p(profiles.paid),
        "same_day": np.log1p(profiles.same_day),
        "spread": _middle(profiles.narrow)[1],
        "best_run_rate": profiles.run_rate.max(1),
        "amount": amount,
        "amount_from_usual": amount - profiles.amount,
        "net": asked.due - asked.posted,
        "due_weekday": bank.weekday[bank.clip(asked.due_index)],
    }
    return {name: values[rows.invoice] for name, values in figures.items()}


def _of_late(rows: Rows, asked: Ledger, profiles: Profiles) -> dict[str, np.ndarray]:
    """Compare the day with the partner's recent delays, as they were and smoothed."""
    invoice = rows.invoice
    delay = rows.index - asked.due_index[invoice]
    recent, recent_by = _hazards(profiles.recent, invoice, delay_bins(delay))
    mean, width = _moments(profiles.recent)
    step = (1 / width)[invoice]
    z = (delay - mean[invoice]) * step
    return {
        "recent": recent,
        "recent_by": recent_by,
        "from_recent_middle": delay - _middle(profiles.recent)[0][invoice],
        "from_recent_mean": delay - mean[invoice],
        "in_widths": z,
        "smooth": _smooth_hazard(z, step),
    }


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
