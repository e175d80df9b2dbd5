"""A company's partners and documents, made up from a seed."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import (
    BankLine,
    MatchContext,
    OpenItem,
    Party,
    SettledItem,
    Tolerance,
)

from .numbering import digits, iban, structured
from .truth import Sample, Truth
from .vocabulary import COUNTRIES, company_name

TODAY = date(2026, 6, 30)
ACCOUNTS = {"fee": 9001, "discount": 9002, "tolerance": 9003}
BATCH_JOURNAL = 1


@dataclass(slots=True)
class Shape:
    """How a company's books look.

    :param open_items: (fewest, most) documents a partner has open
    :param recurring: share of partners billed the same amount again and again
    :param same_amount: everybody is billed one of a few amounts
    :param hard: 0..1, how badly payers and banks write
    :param suppliers: share of partners we pay
    """

    partners: int = 400
    open_items: tuple[int, int] = (1, 9)
    recurring: float = 0.12
    same_amount: bool = False
    hard: float = 0.25
    suppliers: float = 0.3
    countries: tuple[str, ...] = COUNTRIES


@dataclass(slots=True)
class Partner:
    """A partner and its habits: where it pays from, how late, with what discount."""

    id: int
    name: str
    country: str
    iban: str
    known: bool
    delay: int
    spread: float
    supplier: bool
    fixed: Decimal | None
    discount: int = 0


@dataclass(slots=True)
class Books:
    """Everything made so far; documents are taken out as lines pay them."""

    rng: random.Random
    shape: Shape
    partners: list[Partner] = field(default_factory=list)
    items: dict[int, OpenItem] = field(default_factory=dict)
    unpaid: dict[int, list[OpenItem]] = field(default_factory=dict)
    lines: list[BankLine] = field(default_factory=list)
    truths: dict[int, Truth] = field(default_factory=dict)
    settled: list[SettledItem] = field(default_factory=list)
    serial: int = 0
    number: int = 0
    home: str = "DE"
    style: str = "INV/{year}/{n:05d}"

    def money(self) -> Decimal:
        """Return an amount: mostly odd, some whole, some round."""
        if self.shape.same_amount:
            return Decimal(self.rng.choice(("49.00", "49.00", "49.00", "99.00", "490.00")))
        value = min(max(self.rng.lognormvariate(6.2, 1.3), 8.0), 400000.0)
        kind = self.rng.random()
        if kind < 0.07:
            return Decimal(max(100, round(value, -2))).quantize(Decimal("0.01"))
        if kind < 0.18:
            return Decimal(round(value)).quantize(Decimal("0.01"))
        return Decimal(str(round(value, 2))).quantize(Decimal("0.01"))

    def next_id(self) -> int:
        """Return a number no other record of this company has."""
        self.serial += 1
        return self.serial

    def add_partner(self) -> None:
        """Make a partner with its habits and its open documents."""
        rng, shape = self.rng, self.shape
        country = self.home if rng.random() < 0.6 else rng.choice(shape.countries)
        partner = Partner(
            id=self.next_id(),
            name=company_name(rng, country),
            country=country,
            iban=iban(rng, country),
            known=rng.random() < 0.4,
            delay=rng.choice((-8, -2, 0, 0, 1, 3, 7, 14, 30)),
            spread=rng.choice((1.0, 2.0, 5.0, 9.0)),
            supplier=rng.random() < shape.suppliers,
            fixed=self.money() if rng.random() < shape.recurring else None,
            discount=rng.choice((0, 0, 0, 0, 2, 3)),
        )
        self.partners.append(partner)
        self.unpaid[partner.id] = []
        for month in range(rng.randint(*shape.open_items)):
            self.unpaid[partner.id].append(self.document(partner, month))

    def document(self, partner: Partner, month: int = 0, listed: bool = True) -> OpenItem:
        """Make an open document of a partner, `listed` among the open items or not."""
        rng = self.rng
        day = TODAY - timedelta(days=rng.randint(18, 100) + (month // 4) * rng.randint(0, 25))
        if partner.fixed:
            day = TODAY - timedelta(days=30 * (month % 6) + 20)
        self.number += rng.choice((1, 1, 1, 2))
        number = self.style.format(year=day.year, yy=day.year % 100, m=day.month, n=self.number)
        amount = partner.fixed or self.money()
        reference = ""
        if partner.supplier:
            reference = rng.choice(("{y}-{b}", "R{b}", "{b}", "F{y}/{b}", "INV-{b}")).format(
                y=day.year, b=digits(rng, rng.choice((4, 5, 6)))
            )
            number = f"BILL/{day.year}/{day.month:02d}/{self.number:04d}"
        paper = reference or structured(self.home, 10**7 + self.number * 7919 % 10**8) or number
        discount = not partner.supplier and partner.discount and rng.random() < 0.6
        item = OpenItem(
            id=self.next_id(),
            residual=-amount if partner.supplier else amount,
            currency="EUR",
            number=number,
            reference=reference,
            payment_reference=paper if rng.random() < 0.7 else number,
            partner_id=partner.id,
            date=day,
            date_maturity=day + timedelta(days=rng.choice((14, 30, 30, 45))),
            discount_date=day + timedelta(days=10) if discount else None,
            discount_amount=self.less(amount, partner.discount) if discount else None,
        )
        if listed:
            self.items[item.id] = item
        return item

    def less(self, amount: Decimal, percent: int) -> Decimal:
        """Return an amount less some percent."""
        return (amount * (100 - percent) / 100).quantize(Decimal("0.01"))

    def pay_day(self, partner: Partner, items: list[OpenItem]) -> date:
        """Return when the partner pays these documents, counted from the newest."""
        newest = max(item.date_maturity for item in items)
        return newest + timedelta(days=partner.delay + round(self.rng.gauss(0, partner.spread)))

    def write(self, amount: Decimal, label: str, name: str, day: date, truth: Truth, **values):
        """Add a bank line with its truth."""
        line_id = self.next_id()
        self.lines.append(
            BankLine(
                id=line_id,
                journal_id=BATCH_JOURNAL,
                amount=amount,
                currency="EUR",
                date=day,
                label=label,
                partner_name=name,
                **values,
            )
        )
        self.truths[line_id] = truth

    def sample(self) -> Sample:
        """Return everything as the engine is told it, in no telling order."""
        items, lines = list(self.items.values()), list(self.lines)
        self.rng.shuffle(items)
        self.rng.shuffle(lines)
        parties = tuple(
            Party(one.id, one.name, account_numbers=(one.iban,) if one.known else ())
            for one in self.partners
        )
        ctx = MatchContext(
            tuple(lines),
            tuple(items),
            parties,
            settled=tuple(self.settled),
            tolerances={BATCH_JOURNAL: Tolerance(Decimal("1.00"), Decimal("0.5"))},
            accounts=ACCOUNTS,
        )
        return Sample(ctx, self.truths)


STYLES = (
    "INV/{year}/{n:05d}", "RE-{year}-{n:04d}", "{year}{n:05d}", "F{yy}{n:05d}", "R{n:06d}",
    "INV/{year}/{m:02d}/{n:04d}",
)  # fmt: skip


def open_books(seed: int, shape: Shape) -> Books:
    """Return a company with partners and open documents, nothing paid yet."""
    rng = random.Random(seed)
    books = Books(rng, shape, home=rng.choice(COUNTRIES), style=STYLES[seed % len(STYLES)])
    books.number = rng.randint(1, 4000)
    for _ in range(shape.partners):
        books.add_partner()
    return books
