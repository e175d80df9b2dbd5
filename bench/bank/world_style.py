"""A third style, written after the others without looking at them: payments from many countries.

Statement texts are those of ACH, BACS, SEPA, NEFT, giro and card banks (module `world_texts`);
numbers are abbreviated, listed, mistyped and confused as payers do. What it taught is written in
the engine; it is reported as seen after the first look.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import (
    BankLine,
    MatchContext,
    OpenItem,
    Party,
    Tolerance,
)

from . import world_texts as texts
from .numbering import iban, swiss
from .truth import Sample, Truth

FIRST_DAY = date(2025, 1, 7)
CENT = Decimal("0.01")
ACCOUNTS = {"fee": 71, "discount": 72, "tolerance": 73}
SERIES = (
    "{y}-{n:04d}", "FAC-{n:06d}", "SINV{n:05d}", "{n:06d}", "IN-{yy}/{n:05d}", "VK{yy}{n:05d}",
    "RE{n:05d}", "A-{y}-{n:03d}", "INV-{n:04d}", "{y}{m:02d}{n:04d}", "F/{n:05d}/{yy}", "10{n:05d}",
)  # fmt: skip
SUPPLIER_SERIES = ("{y}/{b}", "{b}", "INV{b}", "FV/{b}/{m:02d}/{y}", "RG-{b}", "{yy}-{b}", "S{b}")
ORDINARY = {
    "named": 45, "unnamed": 16, "listed": 6, "summed": 3, "range": 1, "structured": 8, "part": 1,
    "short": 0.5, "charged": 0.6, "discounted": 1.5, "somebody_else": 1, "cheque": 2, "cards": 0.7,
    "earlier_named": 1, "credited": 0.7, "stray": 12, "advance": 0.7,
}  # fmt: skip
HARD = {
    "named": 22, "unnamed": 16, "listed": 8, "summed": 5, "range": 3, "structured": 6, "part": 3,
    "short": 2, "charged": 2, "discounted": 3, "somebody_else": 4, "cheque": 2, "cards": 1.5,
    "earlier_named": 3, "credited": 2, "mistyped": 4, "customer_number": 4, "stray": 8,
    "advance": 3, "gone": 4,
}  # fmt: skip


class _World:
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
            payment_reference=paper or (own if rng.random() < 0.8 else ""), partner_id=key, date=day,
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

    # --- what is paid --------------------------------------------------------------------------

    def take(self, count: int = 1, ours: bool = False) -> tuple[int, list[OpenItem]]:
        rng = self.rng
        fit = [
            key
            for key, mine in self.waiting.items()
            if len(mine) >= count and (self.pays_us[key] or not ours)
        ]
        if not fit:
            return 0, []
        key = rng.choice(fit)
        mine = sorted(self.waiting[key], key=lambda item: (item.date_maturity, item.id))
        start = 0 if rng.random() < 0.5 else rng.randrange(len(mine) - count + 1)
        chosen = mine[start : start + count] if rng.random() < 0.7 else rng.sample(mine, count)
        self.waiting[key] = [item for item in mine if item not in chosen]
        return key, chosen

    def in_full(self, case: str, count: int, named: bool = True, **more) -> None:
        key, items = self.take(count)
        if items:
            numbers = [self.spelled(item) for item in items] if named else []
            self.settle(case, key, items, self.said(key, *numbers), **more)

    def settle(self, case: str, key: int, items: list, said: str, **more) -> None:
        parts = {item.id: abs(item.residual) for item in items}
        self.put(key, items, sum(parts.values()), said, Truth(case, parts), **more)

    def named(self) -> None:
        self.in_full("named", 1)

    def unnamed(self) -> None:
        self.in_full("not named", 1, named=False)

    def listed(self) -> None:
        """Several numbers, the later ones perhaps without what they share with the first."""
        key, items = self.take(self.rng.choice((2, 2, 2, 3, 3, 4, 5, 7)))
        if not items:
            return
        numbers = [item.reference or item.number for item in items]
        style = self.rng.random()
        if style < 0.25 and self.pays_us[key]:
            short = [number[-3:] for number in numbers[1:]]
            if all(number[:-3] == numbers[0][:-3] for number in numbers):
                numbers = [numbers[0], *short]
        elif style < 0.6:
            numbers = [self.spelled(item) for item in items]
        elif style < 0.7:
            numbers = [
                f"{one} {abs(item.residual):,.2f}" for one, item in zip(numbers, items, strict=True)
            ]
        self.settle("several, listed", key, items, self.said(key, *numbers))

    def summed(self) -> None:
        self.in_full("several, not named", self.rng.choice((2, 2, 2, 3, 3, 4)), named=False)

    def range(self) -> None:
        """ "RE 101-104": bills in a row, the first and the last named."""
        rng = self.rng
        key = rng.choice([key for key, ours in self.pays_us.items() if ours])
        items = [self.bill(key) for _ in range(rng.choice((3, 3, 4, 5)))]
        numbers = [item.number for item in items]
        until = rng.choice((numbers[-1], numbers[-1][-3:], numbers[-1][-2:]))
        join = rng.choice((" - ", "-", " bis ", " to ", " a ", " - "))
        self.settle("range", key, items, self.said(key, f"{numbers[0]}{join}{until}"))

    def structured(self) -> None:
        key, items = self.take(ours=True)
        if items:
            paper = items[0].payment_reference or items[0].number
            if self.rng.random() < 0.5:
                paper = paper.replace(" ", "")
            self.settle("structured", key, items, paper)

    def part(self) -> None:
        """Instalments and payments of a share, the document named."""
        key, items = self.take(ours=True)
        if items and items[0].residual > 40:
            share = Decimal(self.rng.choice((20, 25, 30, 40, 50, 50))) / 100
            amount = (items[0].residual * share).quantize(CENT)
            word = self.rng.choice(("Rate 1", "part", "partial pmt", "acompte 1", "1/2", ""))
            said = f"{self.said(key, self.spelled(items[0]))} {word}".strip()
            self.put(key, items, amount, said, Truth("part", {items[0].id: amount}))

    def short(self) -> None:
        """Less than billed by a disputed sum."""
        key, items = self.take(ours=True)
        if items and items[0].residual > 80:
            off = Decimal(self.rng.randrange(701, 6000)) / 100
            amount = items[0].residual - min(off, items[0].residual / 4).quantize(CENT)
            truth = Truth("short", {items[0].id: amount})
            self.put(key, items, amount, self.said(key, self.spelled(items[0])), truth)

    def charged(self) -> None:
        """A bank on the way has kept its charges; the text says so or not."""
        key, items = self.take(ours=True)
        if items and items[0].residual > 500:
            fee = Decimal(self.rng.choice(("6.00", "9.50", "12.00", "15.00", "18.00", "20.00")))
            said = self.said(key, self.spelled(items[0]))
            if self.rng.random() < 0.5:
                said += self.rng.choice((f" CHGS EUR {fee}", f" charges {fee}", f" SPESEN {fee}"))
            truth = Truth("charges", {items[0].id: items[0].residual}, {"fee": -fee})
            self.put(key, items, items[0].residual - fee, said, truth)

    def discounted(self) -> None:
        for _ in range(40):
            key, items = self.take(ours=True)
            if not items:
                return
            if items[0].discount_date:
                break
            self.waiting[key] += items
        else:
            return
        numbers = [self.spelled(items[0])] if self.rng.random() < 0.8 else []
        said = self.said(key, *numbers) + self.rng.choice(("", " abz. Skonto", " less 2%", " -2%"))
        less = items[0].discount_amount - items[0].residual
        truth = Truth("discount", {items[0].id: items[0].residual}, {"discount": less})
        self.put(key, items, items[0].discount_amount, said, truth)

    def somebody_else(self) -> None:
        """A parent, a factoring house or a person pays and says for what."""
        key, items = self.take()
        if items:
            other = self.rng.choice(("CREFO FACTORING", "Group Treasury Services", "A. BERGSTROM"))
            if self.rng.random() < 0.4:
                other = texts.printed(self.rng, self.rng.choice(list(self.names.values())), 0.3)
            said = self.said(key, self.spelled(items[0]))
            if self.rng.random() < 0.5:
                said += f" {self.names[key].upper()}"
            self.settle("somebody else", key, items, said, payer=other)

    def cheque(self) -> None:
        """A cheque that was registered comes in, its number on the statement."""
        rng = self.rng
        key = rng.choice([key for key, ours in self.pays_us.items() if ours])
        day, amount = FIRST_DAY + timedelta(days=rng.randrange(100)), self.price()
        number = texts.digits(rng, 6)
        item = OpenItem(
            id=self.new(), residual=amount, currency="EUR", number=f"PBNK/{self.new():05d}",
            reference=f"CHQ {number}", partner_id=key, date=day, is_payment=True,
        )  # fmt: skip
        self.items[item.id] = item
        text = rng.choice(("CHQ {}", "CHECK DEPOSIT {}", "REMISE CHEQUE {}", "CHEQUE DEP", "{}"))
        truth = Truth("cheque", {item.id: amount})
        self.enter(amount, text.format(number), "", "", day + timedelta(days=3), truth)

    def cards(self) -> None:
        """A day's card takings, less the acquirer's fee."""
        rng = self.rng
        day, batch = FIRST_DAY + timedelta(days=rng.randrange(100)), f"ST{texts.digits(rng, 7)}"
        customers = [key for key, ours in self.pays_us.items() if ours]
        items = [
            OpenItem(
                id=self.new(), residual=self.price(), currency="EUR", batch=batch,
                number=f"PCARD/{self.new():05d}", partner_id=rng.choice(customers), date=day,
                is_payment=True,
            )
            for _ in range(rng.randrange(2, 9))
        ]  # fmt: skip
        self.items |= {item.id: item for item in items}
        parts = {item.id: item.residual for item in items}
        gross = sum(parts.values())
        fee = (gross * Decimal(rng.choice(("0.0089", "0.012", "0.019")))).quantize(CENT)
        text = rng.choice(
            (
                "CARD SETTLEMENT {b} GROSS {g} FEE {f}",
                "{b} MERCHANT PAYOUT",
                "CB REMISE {b} COM {f}",
            )
        )
        label = text.format(b=batch, g=gross, f=fee)
        name = rng.choice(("WORLDLINE", "SumUp Payments", "Nets Denmark A/S", ""))
        truth = Truth("card settlement", parts, {"fee": -fee})
        self.enter(gross - fee, label, name, "", day + timedelta(days=2), truth)

    def earlier_named(self) -> None:
        """The text also mentions an older bill that was paid before."""
        key, items = self.take(ours=True)
        if items:
            gone = self.bill(key, listed=False)
            said = self.said(key, self.spelled(items[0]))
            aside = self.rng.choice(texts.EARLIER).format(x=gone.number)
            self.settle("earlier bill mentioned", key, items, f"{said} {aside}")

    def mistyped(self) -> None:
        key, items = self.take()
        if items:
            text = items[0].reference or items[0].number
            places = [at for at, char in enumerate(text) if char.isdigit()][-4:]
            at = self.rng.choice(places)
            kind = self.rng.random()
            if kind < 0.4:
                wrong = text[:at] + str((int(text[at]) + self.rng.randrange(1, 9)) % 10)
                text = wrong + text[at + 1 :]
            elif kind < 0.7:
                text = text[:at] + text[at + 1 :]
            else:
                text = text[:at] + text[at] + text[at:]
            self.settle("mistyped", key, items, self.said(key, text))

    def customer_number(self) -> None:
        """Only numbers that mean something else: a customer, an order, a contract."""
        key, items = self.take()
        if items:
            aside = self.rng.choice(texts.ASIDES[self.land[key]].split("|"))
            values = {f"n{count}": texts.digits(self.rng, count) for count in (4, 5, 6, 7, 9)}
            self.settle("other numbers", key, items, aside.format(**values, d="01.03.2025"))

    def credited(self) -> None:
        """Bills less a credit note."""
        key, items = self.take(self.rng.choice((1, 1, 2)), ours=True)
        if not items or items[0].residual < 60:
            return
        note, less = self.bill(key, listed=False), (items[0].residual / 6).quantize(CENT)
        note = OpenItem(
            id=note.id, residual=-less, currency="EUR", number=f"CN{note.number}",
            partner_id=key, date=note.date, date_maturity=note.date, is_refund=True,
        )  # fmt: skip
        self.items[note.id] = note
        said = self.said(key, *(item.number for item in items))
        said += self.rng.choice((f" less {note.number}", f" abzgl. GS {note.number}", ""))
        parts = {item.id: item.residual for item in items} | {note.id: -less}
        truth = Truth("less credit note", parts)
        self.put(key, items, sum(parts.values()), said, truth)

    # --- what belongs to nothing that is open --------------------------------------------------

    def stray(self) -> None:
        rng = self.rng
        day = FIRST_DAY + timedelta(days=rng.randrange(30, 150))
        land = self.home if self.home in texts.STRAY else "GB"
        label = texts.filled(rng, texts.STRAY, land, day)
        amount = self.price() * rng.choice((1, -1, -1))
        self.enter(amount, label, rng.choice(("", label.title()[:20])), "", day, Truth("stray"))

    def advance(self) -> None:
        """A partner's money for nothing that is billed."""
        rng = self.rng
        key = rng.choice(list(self.names))
        amount = Decimal(rng.choice((50, 100, 300, 400, 1000, 1500, 2500))).quantize(CENT)
        if rng.random() < 0.5:
            amount = self.price()
        marker = self.bill(key, listed=False)
        said = rng.choice((self.said(key), "order confirmation", "proforma", "deposit", ""))
        self.put(key, [marker], amount, said, Truth("advance"))

    def gone(self) -> None:
        """A bill that is named and no longer open."""
        key = self.rng.choice(list(self.names))
        bill = self.bill(key, listed=False)
        self.put(key, [bill], abs(bill.residual), self.said(key, self.spelled(bill)), Truth("gone"))


def file_of(seed: int, count: int, rough: float, mix: dict[str, float]) -> Sample:
    """Return a file of about `count` lines of a mix of cases."""
    world = _World(seed, rough, count // 2)
    for case in world.rng.choices(list(mix), list(mix.values()), k=count):
        getattr(world, case)()
    parties = tuple(
        Party(key, name, account_numbers=(world.account[key],) if key in world.known else ())
        for key, name in world.names.items()
    )
    items = list(world.items.values())
    world.rng.shuffle(items)
    ctx = MatchContext(
        tuple(world.lines),
        tuple(items),
        parties,
        tolerances={5: Tolerance(Decimal("0.50"), Decimal("0.5"))},
        accounts=ACCOUNTS,
    )
    return Sample(ctx, world.truths)


def ordinary(seed: int) -> Sample:
    """Ordinary lines of this style."""
    return file_of(seed, 1200, 0.25, ORDINARY)


def hard(seed: int) -> Sample:
    """Lines of this style that are hard on purpose."""
    return file_of(seed, 1200, 0.8, HARD)
