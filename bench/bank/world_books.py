"""The third style's company: partners in many countries, documents in one of many series."""

import random
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import (
    BankLine,
    OpenItem,
)

from . import world_texts as texts
from .numbering import iban, swiss
from .truth import Truth

FIRST_DAY = date(2025, 1, 7)
CENT = Decimal("0.01")
SERIES = (
    "{y}-{n:04d}", "FAC-{n:06d}", "SINV{n:05d}", "{n:06d}", "IN-{yy}/{n:05d}", "VK{yy}{n:05d}",
    "RE{n:05d}", "A-{y}-{n:03d}", "INV-{n:04d}", "{y}{m:02d}{n:04d}", "F/{n:05d}/{yy}", "10{n:05d}",
)  # fmt: skip
SUPPLIER_SERIES = ("{y}/{b}", "{b}", "INV{b}", "FV/{b}/{m:02d}/{y}", "RG-{b}", "{yy}-{b}", "S{b}")


class World:
    """One company: its partners, their documents, and the lines written so far."""

    def __init__(self, seed: int, rough: float, customers: int):
        self.rng = rng = random.Random(f"world {seed}")
        self.rough = rough
        self.key = self.running = 0
        self.home = rng.choice(texts.COUNTRIES)
        self.series = SERIES[seed % len(SERIES)]
        self.running = rng.randrange(20, 6000)
        self.names: dict[int, str] = {}
        self.land: dict[int, str] = {}
        self.account: dict[int, str] = {}
        self.known: set[int] = set()
        self.habit: dict[int, int] = {}
        self.pays_us: dict[int, bool] = {}
        self.waiting: dict[int, list[OpenItem]] = {}
        self.items: dict[int, OpenItem] = {}
        self.lines: list[BankLine] = []
        self.truths: dict[int, Truth] = {}
        for _ in range(customers):
            self.add_partner()

    def new(self) -> int:
        self.key += 1
        return self.key

    def add_partner(self) -> None:
        rng, key = self.rng, self.new()
        self.land[key] = self.home if rng.random() < 0.55 else rng.choice(texts.COUNTRIES)
        self.names[key] = texts.company(rng, self.land[key])
        self.account[key] = (
            iban(rng, self.land[key])
            if self.land[key] not in ("US", "IN", "AU")
            else texts.digits(rng, rng.choice((9, 10, 12)))
        )
        if rng.random() < 0.45:
            self.known.add(key)
        self.habit[key] = rng.choice((-12, -5, -1, 0, 0, 2, 5, 10, 25, 45))
        self.pays_us[key] = rng.random() < 0.75
        self.waiting[key] = []
        monthly = self.price() if rng.random() < 0.05 else None
        for number in range(rng.choice((1, 1, 1, 2, 2, 3, 4, 6, 9, 13))):
            self.waiting[key].append(self.bill(key, monthly, number))

    def price(self) -> Decimal:
        rng = self.rng
        unit = Decimal(rng.choice((35, 80, 120, 245, 640))) * Decimal(str(rng.uniform(0.3, 2.5)))
        if rng.random() < 0.2:
            unit = Decimal(rng.choice((50, 75, 95, 100, 150, 180)))
        total = unit * rng.choice((1, 1, 1, 2, 3, 5, 8, 12, 40, 100))
        rate = rng.choice(("1", "1.19", "1.2", "1.21", "1.077", "1.25", "1.18", "1.1"))
        return max((total * Decimal(rate)).quantize(CENT), Decimal("4.00"))

    def bill(
        self, key: int, amount: Decimal | None = None, number: int = 0, listed: bool = True
    ) -> OpenItem:
        rng = self.rng
        self.running += rng.choice((1, 1, 1, 1, 2, 5))
        day = FIRST_DAY + timedelta(days=rng.randrange(0, 120) if amount is None else 30 * number)
        amount = amount or self.price()
        fill = {"y": day.year, "yy": day.year % 100, "m": day.month, "n": self.running}
        own, reference = self.series.format(**fill), ""
        if not self.pays_us[key]:
            pattern = rng.choice(SUPPLIER_SERIES)
            reference = pattern.format(**fill, b=texts.digits(rng, rng.choice((4, 5, 6, 7))))
            own = f"BILL/{day.year}/{self.running:05d}"
            amount = -amount
        paper = ""
        if self.pays_us[key] and self.home in ("CH", "SE", "NL"):
            body = 10**6 + self.running * 13
            paper = (
                swiss(body * 10**9 + 77)
                if self.home == "CH"
                else (texts.STRUCTURED[self.home](body))
            )
        discount = rng.random() < 0.12 and self.pays_us[key]
        item = OpenItem(
            id=self.new(), residual=amount, currency="EUR", number=own, reference=reference,
            payment_reference=paper or (own if rng.random() < 0.8 else ""), partner_id=key,
            date=day,
            date_maturity=day + timedelta(days=rng.choice((0, 10, 14, 30, 30, 60))),
            discount_date=day + timedelta(days=8) if discount else None,
            discount_amount=(amount * Decimal("0.98")).quantize(CENT) if discount else None,
        )  # fmt: skip
        if listed:
            self.items[item.id] = item
        return item

    # --- what is written -----------------------------------------------------------------------

    def spelled(self, item: OpenItem) -> str:
        """Return a number as this payer writes it: often without its prefix, year or zeros."""
        rng, text = self.rng, item.reference or item.number
        style = rng.random() * (1.7 - 0.7 * self.rough)
        groups = text.replace("/", "-").split("-")
        if style < 0.12:
            tail = max(groups, key=lambda one: sum(map(str.isdigit, one)) * (len(one) != 4 or 1))
            return "".join(filter(str.isdigit, tail)).lstrip("0") or text
        if style < 0.2:
            return "".join(filter(str.isdigit, text))
        if style < 0.3:
            return text.replace("-", " ").replace("/", " ")
        if style < 0.4:
            return text.replace("-", "").replace("/", "")
        if style < 0.47:
            return text.replace("-", "/")
        return text.lower() if style < 0.5 else text

    def said(self, key: int, *numbers: str) -> str:
        rng, land = self.rng, self.land[key]
        if not numbers:
            return rng.choice(texts.CHATTER[land].split("|"))
        word = rng.choice(texts.ANNOUNCED[land].split("|"))
        between = rng.choice((", ", " ", " + ", "/", " & ", "; ", ","))
        text = word + between.join(numbers)
        if len(numbers) > 1 and rng.random() < 0.25:
            text = " ".join(f"{word}{one}" for one in numbers)
        if rng.random() < 0.15 + 0.3 * self.rough:
            aside = rng.choice(texts.ASIDES[land].split("|"))
            values = {f"n{count}": texts.digits(rng, count) for count in (4, 5, 6, 7, 9)}
            day = FIRST_DAY + timedelta(days=rng.randrange(120))
            aside = aside.format(**values, d=day.strftime("%d.%m.%Y"))
            text = f"{text} {aside}" if rng.random() < 0.7 else f"{aside} {text}"
        return text

    def put(
        self, key: int, items: list, amount: Decimal, said: str, truth: Truth, payer: str = ""
    ) -> None:
        rng, land = self.rng, self.land[key]
        name = payer or texts.printed(rng, self.names[key], self.rough)
        day = max(item.date_maturity for item in items) + timedelta(
            days=self.habit[key] + rng.randrange(-2, 4)
        )
        day = max(day, *(item.date for item in items))  # nobody pays before the bill is there
        if "discount" in truth.write_offs:
            day = items[0].discount_date - timedelta(days=rng.randrange(5))
        frames = texts.RECEIPTS if self.pays_us[key] else texts.ISSUED
        account = self.account[key] if not payer and rng.random() < 0.6 else ""
        label = texts.filled(
            rng, frames, land, day, p=name, r=said, i=account or iban(rng, "NL")
        )  # fmt: skip
        shown = name if rng.random() < 0.8 else ""
        self.enter(amount if self.pays_us[key] else -amount, label, shown, account, day, truth)

    def enter(self, amount, label, name, account, day, truth) -> None:
        key = self.new()
        self.lines.append(
            BankLine(
                id=key,
                journal_id=5,
                amount=amount,
                currency="EUR",
                date=day,
                label=label,
                partner_name=name,
                account_number=account,
            )  # fmt: skip
        )
        self.truths[key] = truth
