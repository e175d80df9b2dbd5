"""Eighteen months of a small company's invoices, bills and payments: plain values, no Odoo.

The same day always gives the same history. Every way of paying is in it: early, on a Friday run,
twice a month, some days late, whenever it pleases, and too seldom to say anything about it.
"""

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass, field

MONTHS = 18
SEED = 20190


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer buys and pays.

    :param partner: XML id of the partner
    :param monthly: invoices a month
    :param amount: untaxed amount that is usual
    :param terms: days until an invoice is due
    :param late: days after the due day when the money is sent, and how much that varies
    :param weekdays: days of the week on which it pays (Monday is 0); empty: on all
    :param month_days: days of the month on which it pays; empty: on all
    :param stalls: share of invoices that are left lying for weeks
    """

    partner: str
    monthly: float
    amount: float
    terms: int
    late: tuple[float, float]
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    stalls: float = 0.0


CUSTOMERS = (
    Habit("base.res_partner_12", 4, 12000.0, 30, (6, 2.5)),
    Habit("base.res_partner_2", 4, 8850.0, 30, (1, 2), weekdays=(4,)),
    Habit("base.res_partner_10", 3, 11700.0, 21, (3, 3), month_days=(5, 20)),
    Habit("base.res_partner_3", 2, 8340.0, 30, (-8, 2)),
    Habit("base.res_partner_4", 2, 9600.0, 30, (4, 3), month_days=(28,), stalls=0.05),
    Habit("base.res_partner_5", 1.5, 7500.0, 15, (18, 9), stalls=0.15),
    Habit("base.res_partner_6", 0.17, 12600.0, 30, (9, 4)),
)
#: We pay what is due by the next run, on Thursdays.
PAY_RUN = (3,)
VENDORS = (
    Habit("base.res_partner_1", 3, 13500.0, 30, (2, 1), weekdays=PAY_RUN),
    Habit("base.res_partner_18", 2, 12300.0, 21, (2, 1), weekdays=PAY_RUN),
)
# label, amount that leaves, day of the month, and the account it is booked on
RENT = ("Rent office and warehouse", 15800.0, 1, "rent")
PAYROLL = ("Salaries, payroll run", 84500.0, 27, "payroll")
VAT = ("VAT of the quarter", 21000.0, 20, "vat")
#: In these months the tax of the quarter before is paid.
VAT_MONTHS = (1, 4, 7, 10)
#: Lowest balance, and how long ago the owners took out what was more than needed.
LOW = 70000.0
DRAW_DAYS = 110
ITEMS = (
    "Office chairs", "Desk lamps", "Meeting room", "Cabinets with doors", "Assembly",
    "Acoustic panels", "Corner desks", "Delivery and set-up", "Reception counter", "Shelves",
)  # fmt: skip
MATERIALS = ("Oak panels", "Steel frames", "Screws and fittings", "Upholstery", "Veneer", "Castors")


@dataclass(slots=True)
class Document:
    """One invoice or bill; ``paid`` is the day the money moves, none while it is open."""

    partner: str
    date: datetime.date
    due: datetime.date
    amount: float
    text: str
    is_bill: bool = False
    paid: datetime.date | None = None
    #: share of the total that is paid then; the rest stays open
    share: float = 1.0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Regular:
    """One regular payment without a document."""

    date: datetime.date
    label: str
    amount: float
    kind: str


@dataclass(slots=True)
class History:
    """All of it, sorted by day."""

    documents: list[Document] = field(default_factory=list)
    regular: list[Regular] = field(default_factory=list)


def make_history(today, months=MONTHS):
    """Return the history that ends the day before ``today``.

    :param datetime.date today: what is to be paid from this day on is open
    :param int months: how long it is
    """
    draw = random.Random(SEED)  # noqa: S311 - an example, no secret
    firsts = [_month(today, back) for back in range(months, -1, -1)]
    history = History()
    for is_bill, habits in ((False, CUSTOMERS), (True, VENDORS)):
        for habit in habits:
            history.documents += _documents(draw, habit, is_bill, firsts, today)
    history.documents += _special(today)
    history.documents.sort(key=lambda one: (one.date, one.partner, one.amount))
    for label, amount, day, kind in (RENT, PAYROLL, VAT):
        for month in firsts:
            if kind == "vat" and month.month not in VAT_MONTHS:
                continue
            date = bank_day_before(month.replace(day=day))
            if date < today:
                history.regular.append(Regular(date, label, -amount, kind))
    return history


def _documents(draw, habit, is_bill, firsts, today):
    texts = MATERIALS if is_bill else ITEMS
    owed = 0.0  # invoices that months of less than one add up to
    for at, month in enumerate(firsts):
        # A little growth, and a quiet summer.
        size = (1 + 0.006 * at) * (0.82 if month.month in (7, 8) else 1.0)
        owed += habit.monthly
        count, owed = int(owed), owed - int(owed)
        for _turn in range(count):
            date = bank_day(month + datetime.timedelta(draw.randrange(27)))
            text = draw.choice(texts)
            amount = round(habit.amount * size * draw.lognormvariate(0, 0.28), 2)
            paid = _paid(draw, habit, date)
            if date >= today:
                continue
            yield Document(
                partner=habit.partner,
                date=date,
                due=date + datetime.timedelta(habit.terms),
                amount=amount,
                text=text,
                is_bill=is_bill,
                paid=paid if paid < today else None,
                number=f"{draw.randrange(10000, 99999)}" if is_bill else "",
            )


def _paid(draw, habit, date):
    """Return the day on which an invoice of ``date`` is paid."""
    late = draw.gauss(*habit.late)
    if draw.random() < habit.stalls:
        late += draw.uniform(20, 55)
    ready = date + datetime.timedelta(max(1, habit.terms + round(late)))
    return next_run(ready, habit.weekdays, habit.month_days)


def _special(today):
    """Return documents that make the coming weeks interesting: a machine, and a part payment."""
    ago = lambda days: bank_day(today - datetime.timedelta(days))  # noqa: E731
    due = lambda days: today + datetime.timedelta(days)  # noqa: E731
    machine = Document(
        "base.res_partner_18", ago(12), due(26), 118000.0, "Panel saw", is_bill=True, number="70112"
    )
    part = Document(
        "base.res_partner_10", ago(47), ago(26), 20400.0, "Showroom", paid=ago(20), share=0.5
    )
    return [machine, part]


def owners(flows, today):
    """Return what the owners paid in at first and took out later, and the day of that.

    The account never falls below ``LOW`` and in the last months just reaches it, so that it is
    plausible whenever the history is made.

    :param flows: ``[(day, amount)]`` of the account without the owners
    """
    draw_day = bank_day(today - datetime.timedelta(DRAW_DAYS))
    days = defaultdict(float)
    for day, amount in flows:
        days[day] += amount
    balance = lowest = lowest_later = 0.0
    for day in sorted(days):
        balance += days[day]
        lowest = min(lowest, balance)
        lowest_later = min(lowest_later, balance) if day >= draw_day else balance
    opening = LOW - lowest
    return round(opening, 2), round(opening + lowest_later - LOW, 2), draw_day


def next_run(date, weekdays=(), month_days=()):
    """Return the first bank day from ``date`` on which somebody with these habits pays."""
    date = bank_day(date)
    for _turn in range(62):
        if (not weekdays or date.weekday() in weekdays) and (
            not month_days or any(bank_day(_on(date, day)) == date for day in month_days)
        ):
            return date
        date = bank_day(date + datetime.timedelta(1))
    return date


def bank_day(date):
    """Return ``date``, or the Monday after it."""
    return date + datetime.timedelta(max(0, 7 - date.weekday()) if date.weekday() > 4 else 0)


def bank_day_before(date):
    """Return ``date``, or the Friday before it: what is fixed goes out in time."""
    return date - datetime.timedelta(max(0, date.weekday() - 4))


def _on(date, day):
    return date.replace(day=day)


def _month(today, back):
    """Return the first day of the month that is ``back`` months before today's."""
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return datetime.date(year, month + 1, 1)
