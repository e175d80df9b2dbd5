"""Lines in another style, made by other rules: reported, never tuned on.

Nothing is shared with the first generator but the form of the truth: statement fields are coded
blocks, names are people and shops, documents are numbered otherwise, prices end in .99 and .50.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import BankLine, MatchContext, OpenItem, Party

from .truth import Sample, Truth

START = date(2025, 9, 1)
SYLLABLES = (
    "ba ren tol vik san mar del fo ri ka lund ster wo pel an dri cos ta mel zen qui hor".split()
)
SECTORS = "Bikes,Café,Dental,Studio,Farm,Optics,Print,Roofing,Travel,Wines,Labs,Yachts".split(",")
ENDINGS = ("", " Ltd", " GmbH", " BV", " SARL", " Inc", " S.r.l.", " ApS", " Oy", " Pty Ltd")
NUMBERS = ("SI-{n}", "AR{n:07d}", "{y}/INV/{n:04d}", "{y}-{n:05d}", "V{n}", "7{n:06d}")
CODES = ("?20{a}?21{b}", "/TRTP/SEPA OVERBOEKING/NAME/{p}/REMI/{a}", "{a} {b}", "RFB {a} // {b}",
         "Ref: {a}", "NtryRef {b} Ustrd {a}", "{p}, {a}")  # fmt: skip


class _World:
    def __init__(self, seed: int):
        self.rng = random.Random(f"second {seed}")
        self.key = 0
        self.numbers = self.rng.choice(NUMBERS)
        self.running = self.rng.randint(900, 20000)
        self.items: dict[int, OpenItem] = {}
        self.open: dict[int, list[OpenItem]] = {}
        self.names: dict[int, str] = {}
        self.accounts: dict[int, str] = {}
        self.lines: list[BankLine] = []
        self.truths: dict[int, Truth] = {}

    def new_key(self) -> int:
        self.key += 1
        return self.key

    def add_customer(self) -> None:
        rng, key = self.rng, self.new_key()
        word = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3, 4)))).title()
        person = rng.choice(("Anna", "Jean", "Omar", "Li", "Peter", "Eva")) + " " + word
        self.names[key] = rng.choice((f"{word} {rng.choice(SECTORS)}", person)) + rng.choice(
            ENDINGS
        )
        self.accounts[key] = str(rng.randint(10**9, 10**10))
        self.open[key] = [self.invoice(key) for _ in range(rng.choice((1, 1, 2, 2, 3, 5, 8, 14)))]

    def invoice(self, customer: int, listed: bool = True) -> OpenItem:
        rng = self.rng
        self.running += 1
        day = START + timedelta(days=rng.randint(0, 240))
        price = rng.randint(1, 90) * rng.choice((1, 1, 3, 10, 40))
        amount = Decimal(price) + Decimal(rng.choice(("0.99", "0.50", "0.00", "0.95", "0.13")))
        amount = (amount * rng.choice((1, 1, Decimal("1.19"), Decimal("1.21")))).quantize(
            Decimal("0.01")
        )
        item = OpenItem(
            id=self.new_key(),
            residual=amount,
            currency="EUR",
            number=self.numbers.format(n=self.running, y=day.year),
            partner_id=customer,
            date=day,
            date_maturity=day + timedelta(days=21),
        )
        if listed:
            self.items[item.id] = item
        return item

    def line(self, customer: int, amount: Decimal, text: str, day: date, truth: Truth) -> None:
        rng, key = self.rng, self.new_key()
        name = self.names[customer]
        if rng.random() < 0.3:
            name = name.upper()[: rng.choice((16, 22, 30))]
        label = rng.choice(CODES).format(a=text, b=f"TX{rng.randint(10**7, 10**8)}", p=name)
        account = self.accounts[customer] if rng.random() < 0.35 else ""
        shown = name if rng.random() < 0.85 else ""
        self.lines.append(
            BankLine(
                id=key,
                journal_id=2,
                amount=amount,
                currency="EUR",
                date=day,
                label=label,
                partner_name=shown,
                account_number=account,
            )  # fmt: skip
        )
        self.truths[key] = truth

    def take(self, count: int) -> tuple[int, list[OpenItem]]:
        keys = [key for key, items in self.open.items() if len(items) >= count]
        if not keys:
            return 0, []
        key = self.rng.choice(keys)
        chosen = self.rng.sample(self.open[key], count)
        self.open[key] = [item for item in self.open[key] if item not in chosen]
        return key, chosen

    def pay(self) -> None:
        """Pay one or several invoices, in full or nearly, with or without their numbers."""
        rng = self.rng
        key, items = self.take(rng.choice((1,) * 14 + (2, 2, 3, 4)))
        if not items:
            return
        amount = sum((item.residual for item in items), Decimal(0))
        written = [self.spell(item.number) for item in items]
        text = rng.choice((", ", " ", "/ ")).join(written)
        text = rng.choice((text, text, f"inv {text}", "payment", "", f"your ref {text}"))
        day = max(item.date for item in items) + timedelta(days=rng.choice((3, 14, 20, 21, 30, 55)))
        parts, remainder, case = {item.id: item.residual for item in items}, Decimal(0), "in full"
        odd = rng.random()
        if odd < 0.03 and len(items) == 1 and written[0] in text:
            amount = (amount / 2).quantize(Decimal("0.01"))
            parts, case = {items[0].id: amount}, "half"
        elif odd < 0.04 and written[0] in text:
            remainder, case = Decimal("3.00"), "too much"
        case += "" if written[0] in text else ", not named"
        self.line(key, amount + remainder, text, day, Truth(case, parts, {}, remainder))

    def spell(self, number: str) -> str:
        digits = "".join(char for char in number if char.isdigit())
        return self.rng.choice((number, number, number.replace("-", ""), digits, number.lower()))

    def other(self) -> None:
        """Money that belongs to no open invoice."""
        rng = self.rng
        key = rng.choice(list(self.names))
        gone = self.invoice(key, listed=False)
        day = gone.date + timedelta(days=20)
        kind = rng.random()
        if kind < 0.25:
            self.line(key, gone.residual, self.spell(gone.number), day, Truth("settled before"))
        elif kind < 0.4:
            self.line(key, Decimal(rng.choice((50, 100, 300))), "", day, Truth("prepaid"))
        else:
            label = rng.choice(("SVC CHARGE", "POS 4421 FUEL", "PAYROLL 09", "TAX OFFICE 993112"))
            amount = Decimal(rng.randint(100, 300000)) / 100
            key = self.new_key()
            self.lines.append(
                BankLine(
                    id=key,
                    journal_id=2,
                    amount=amount * rng.choice((1, -1)),
                    currency="EUR",
                    date=day,
                    label=label,
                )  # fmt: skip
            )
            self.truths[key] = Truth("none")


def file_of(seed: int, count: int = 1200) -> Sample:
    """Return a file of about `count` lines."""
    world = _World(seed)
    for _ in range(500):
        world.add_customer()
    for _ in range(count):
        world.pay() if world.rng.random() < 0.86 else world.other()
    parties = tuple(
        Party(key, name, account_numbers=(world.accounts[key],) if key % 3 else ())
        for key, name in world.names.items()
    )
    ctx = MatchContext(tuple(world.lines), tuple(world.items.values()), parties)
    return Sample(ctx, world.truths)
