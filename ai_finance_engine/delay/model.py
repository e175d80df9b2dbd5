"""Fit the payment-date model and read dates from it."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import date

import numpy as np

from .band import Band
from .bank_days import BankDays, weekdays_of
from .curves import Curves
from .features import features, lay_out
from .habits import habit, reasons
from .hazard import learn
from .holidays import holidays_of
from .ledger import NEVER, Ledger, Names, columns, known, segment
from .profiles import LATEST, Habits, Profiles, is_paid
from .records import Curve, OpenInvoice, PaidInvoice, PartnerHabit, PaymentDate

CHUNK = 2000  # invoices laid out at a time
INVOICES = 40_000  # latest ones that are learned from
WARM = 100  # payments, or a tenth of them, after which invoices are learned from
HORIZON = 45  # bank days told beyond the due date, or beyond today
LONGEST = 600  # bank days told at most
BEFORE_AFTER = (5 * 7, 14 * 7)  # days ago the invoices were posted that set the band's level


def fit(
    history: Iterable[PaidInvoice | OpenInvoice],
    as_of: date,
    holidays: Collection[date] | None = None,
) -> "DelayModel":
    """Learn from what was known on a day; later payments and invoices are left out.

    :param history: in any order
    :param holidays: days without payments beside the weekends; None finds them in the payments
    """
    return DelayModel(history, as_of, holidays)


class DelayModel:
    """Predicts payment dates, see ``fit``. The same invoices give the same model."""

    def __init__(
        self,
        history: Iterable[PaidInvoice | OpenInvoice],
        as_of: date,
        holidays: Collection[date] | None = None,
    ):
        rows = known(history, as_of)
        today = as_of.toordinal()
        self._partners = Names(row.partner for row in rows)
        paid = np.array([row.paid.toordinal() for row in rows if row.paid], np.int64)
        payers = self._partners.of(row.partner for row in rows if row.paid)
        shut = holidays_of(payers, paid, today) if holidays is None else holidays
        self._bank = BankDays(today, weekdays_of(paid), shut)
        self._terms = Names(segment(row) for row in rows)
        ledger = columns(rows, self._partners, self._terms, self._bank)
        paid = ledger[is_paid(ledger)]
        self._paid = paid[np.argsort(paid.partner, kind="stable")]
        self._fitted = today
        self._told: dict[Hashable, PartnerHabit] = {}
        self._habits = Habits(self._paid, self._bank)
        self._learn(ledger[np.argsort(ledger.posted, kind="stable")[-INVOICES:]], today)

    def _learn(self, ledger: Ledger, today: int) -> None:
        """Learn the chances from the days each invoice was open, then the level of the band."""
        week = ledger.posted - (ledger.posted - 1) % 7
        profiles = self._habits.profiles(ledger, week)
        first = self._bank.index(ledger.posted)
        now = self._bank.index(np.array([today]))[0]
        # what is due this day is not settled yet; the long tail says little about each day
        last = np.minimum(np.minimum(ledger.paid_index, now - 1), ledger.due_index + 2 * LATEST)
        last = np.minimum(last, first + LONGEST)
        sound = (ledger.paid_index >= first) & self._warm(week)
        rows = lay_out(first, np.where(sound, last + 1, first))
        table = features(rows, ledger, profiles, self._bank)
        paid = (rows.index == ledger.paid_index[rows.invoice]).astype(float)
        self._chance = learn(table, paid)
        self._band = Band()
        age = today - ledger.posted
        tried = sound & (age >= BEFORE_AFTER[0]) & (age < BEFORE_AFTER[1])
        if tried.any():
            chosen = np.flatnonzero(tried)
            asked, known_then = ledger[chosen], profiles[chosen]
            self._band.learn(
                self._curves(asked, known_then, first[chosen]),
                np.minimum(asked.paid_index, NEVER),
                known_then.paid,
            )

    def _warm(self, days: np.ndarray) -> np.ndarray:
        """Return on which days enough was known; a young ledger's rows look like new partners."""
        paid = np.sort(self._paid.paid)
        return np.searchsorted(paid, days) >= min(WARM, len(paid) / 10)

    # Predicting

    def predict(
        self, invoices: Iterable[OpenInvoice | PaidInvoice], as_of: date
    ) -> list[PaymentDate]:
        """Return when each invoice will be paid, given that it is open on the day.

        The day is that of the fit or a later one; what was paid in between is not known to the
        model. No date lies before the day, nor before the posting of an invoice still to come.
        """
        invoices, today = list(invoices), as_of.toordinal()
        found: list[PaymentDate] = []
        for start in range(0, len(invoices), CHUNK):
            part = invoices[start : start + CHUNK]
            asked, profiles, curves = self._ask(part, today)
            low, high = self._band.levels(profiles.paid)
            days = [self._days(curves.quantile(level), asked, today) for level in (low, 0.5, high)]
            for invoice, p10, p50, p90 in zip(part, *days, strict=True):
                why = reasons(self.partner(invoice.partner), invoice, today, not len(self._paid))
                found.append(PaymentDate(p10, p50, p90, why))
        return found

    def curve(self, invoice: OpenInvoice | PaidInvoice, as_of: date) -> Curve:
        """Return the probability of payment of an invoice on each bank day from the day on."""
        return self.curves([invoice], as_of)[0]

    def curves(self, invoices: Sequence[OpenInvoice | PaidInvoice], as_of: date) -> list[Curve]:
        """Return the curve of each invoice, see ``curve``."""
        found: list[Curve] = []
        for start in range(0, len(invoices), CHUNK):
            part = invoices[start : start + CHUNK]
            _asked, _profiles, curves = self._ask(part, as_of.toordinal())
            for place in range(len(part)):
                index, probability = curves.of(place)
                found.append(Curve(self._bank.days[index], probability))
        return found

    def partner(self, partner: Hashable) -> PartnerHabit:
        """Return how a partner paid up to the fit."""
        if partner not in self._told:
            number = self._partners.get(partner, -1)
            first, end = np.searchsorted(self._paid.partner, [number, number + 1])
            self._told[partner] = habit(partner, self._paid[slice(first, end)])
        return self._told[partner]

    def _ask(
        self, invoices: Sequence[OpenInvoice | PaidInvoice], today: int
    ) -> tuple[Ledger, Profiles, Curves]:
        asked = columns(invoices, self._partners, self._terms, self._bank)
        # a payment of the day of the fit itself is known
        profiles = self._habits.profiles(asked, np.full(len(asked), max(today, self._fitted) + 1))
        first = self._bank.index(np.maximum(asked.posted, today))
        return asked, profiles, self._curves(asked, profiles, first)

    def _curves(self, asked: Ledger, profiles: Profiles, first: np.ndarray) -> Curves:
        """Return the curves of invoices from a bank day of each on."""
        end = np.maximum(np.minimum(asked.due_index, first + LONGEST), first) + HORIZON
        end = np.minimum(end, len(self._bank.days))
        rows = lay_out(np.minimum(first, end - 1), end)
        table = features(rows, asked, profiles, self._bank)
        return Curves(rows, self._chance(table), len(asked))

    def _days(self, index: np.ndarray, asked: Ledger, today: int) -> list[date]:
        days = self._bank.days[self._bank.clip(index)]
        return [date.fromordinal(int(day)) for day in np.maximum(days, today)]
