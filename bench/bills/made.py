"""A made-up bill from a seed: parties, lines, amounts, dates, written the way of a language."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from stdnum.eu import vat as eu_vat

from bench.bank.numbering import digits, iban

from . import words

LANGUAGES = tuple(words.FORMATS)
CENT = Decimal("0.01")
_COUNTRY = {"de": "DE", "fr": "FR", "nl": "NL", "es": "ES", "it": "IT", "gb": "GB"}
_VAT_FORM = {
    "DE": "DE#########",
    "FR": "FR###########",
    "NL": "NL#########B##",
    "ES": "ESB########",
    "IT": "IT###########",
    "GB": "GB#########",
}
_NUMBER_FORMS = (
    "20{y}-{n:04d}",
    "RE{y}{n:05d}",
    "INV-{n:05d}",
    "{n:06d}",
    "F{y}/{n:04d}",
    "{y}-{n:03d}-A",
    "SI/20{y}/{n:05d}",
    "10{n:06d}",
    "R-{n:04d}",
    "20{y}{n:05d}",
)


@dataclass(slots=True)
class Bill:
    """All that is printed; the fields that are measured are the truth."""

    language: str
    choice: int  # which wordings
    seller: str
    seller_lines: list[str]
    buyer: str
    buyer_lines: list[str]
    vat: str | None
    vat_printed: str
    buyer_vat: str | None
    iban: str | None
    number: str
    date: date
    due: date | None
    cash: date | None
    is_credit: bool
    negative: bool
    lines: list[tuple[str, int, Decimal, Decimal]] = field(default_factory=list)
    taxes: list[tuple[int, Decimal, Decimal]] = field(default_factory=list)
    untaxed: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    currency: str = "EUR"
    sign: str = "€"
    sign_style: int = 0
    date_style: int = 0
    noise: dict = field(default_factory=dict)
    legal: str = ""
    contact: str = ""

    def say(self, label: str, **values) -> str:
        """Return a label in this bill's wording."""
        return words.wording(label, self.language, self.choice).format(**values)

    def money(self, amount: Decimal) -> str:
        """Return an amount as this bill writes it."""
        _dates, thousands, mark = words.FORMATS[self.language]
        whole, cents = f"{abs(amount):.2f}".split(".")
        groups = f"{int(whole):,}".replace(",", thousands)
        text = f"{groups}{mark}{cents}"
        minus = "-" if amount < 0 or (self.negative and amount) else ""
        if self.sign_style == 0:
            return f"{minus}{text}"
        if self.language in ("us", "gb") or self.sign_style == 2:
            return f"{minus}{self.sign}{' ' if self.sign == '€' else ''}{text}"
        return f"{minus}{text} {self.sign}"

    def day(self, day: date) -> str:
        """Return a date as this bill writes it."""
        style = words.FORMATS[self.language][0][self.date_style % 4]
        if style == "long":
            month = words.MONTHS[self.language].split()[day.month - 1]
            return words.LONG[self.language].format(d=day.day, m=month, y=day.year)
        return day.strftime(style)


def bill(seed: int, language: str, unseen: bool) -> Bill:
    """Return a bill; ``unseen`` ones use the second half of the wordings."""
    rng = random.Random(f"{seed}/{language}/{unseen}")
    issued = date(2023, 1, 5) + timedelta(days=rng.randrange(900))
    is_credit = rng.random() < 0.12
    one = _parties(rng, language, 2 * unseen + rng.randrange(2))
    one.number = rng.choice(_NUMBER_FORMS).format(y=issued.year % 100, n=rng.randrange(11, 9800))
    one.date = issued
    has_due = not is_credit and rng.random() < 0.85
    one.due = issued + timedelta(days=rng.choice((10, 14, 30, 30, 45, 60))) if has_due else None
    one.cash = issued + timedelta(days=7) if has_due and rng.random() < 0.25 else None
    one.is_credit, one.negative = is_credit, is_credit and rng.random() < 0.5
    one.sign_style, one.date_style = rng.choice((0, 1, 1, 2)), rng.randrange(4)
    one.sign, one.currency = words.CURRENCY.get(language, ("€", "EUR"))
    _amounts(rng, one)
    if not is_credit and rng.random() < 0.15:
        one.paid = (one.total / 3).quantize(CENT, ROUND_HALF_UP)
    one.noise = {
        "customer": digits(rng, 5),
        "order": f"PO{digits(rng, 5)}" if rng.random() < 0.5 else f"45{digits(rng, 6)}",
        "delivery": issued - timedelta(days=rng.randrange(1, 9)), "related": f"R{digits(rng, 6)}",
        "with": {name for name in ("customer", "order", "delivery") if rng.random() < 0.55},
    }  # fmt: skip
    return one


def _parties(rng: random.Random, language: str, choice: int) -> Bill:
    stems = words.STEMS.split("|")
    seller, buyer = rng.sample(stems, 2)
    seller, buyer = f"{seller} {words.FORMS[language]}", f"{buyer} {words.FORMS[language]}"
    towns, streets, phone, legal = words.PLACES[language]
    country = _COUNTRY.get(language)

    def address() -> list[str]:
        street, number = rng.choice(streets.split("|")), rng.randrange(1, 140)
        first = f"{number} {street}" if language in ("fr", "us", "gb") else f"{street} {number}"
        return [first, rng.choice(towns.split("|"))]

    vat = _vat(rng, country) if country else None
    printed = vat or f"{digits(rng, 2)}-{digits(rng, 7)}"
    if vat and rng.random() < 0.3:
        printed = f"{vat[:2]} {vat[2:5]} {vat[5:8]} {vat[8:]}"
    return Bill(
        language, choice, seller, address(), buyer, address(), vat, printed,
        _vat(rng, country) if country and rng.random() < 0.5 else None,
        iban(rng, country) if country and rng.random() < 0.85 else None,
        "", date.min, None, None, False, False, contact=phone, legal=legal,
    )  # fmt: skip


def _vat(rng: random.Random, country: str) -> str:
    """A VAT id, valid in most cases: specimens and typing errors are not."""
    wants_valid = rng.random() < 0.7
    for _turn in range(3000):
        value = "".join(
            rng.choice("0123456789") if sign == "#" else sign for sign in _VAT_FORM[country]
        )
        if not wants_valid or country == "GB" or eu_vat.is_valid(value):
            break
    return value


def _amounts(rng: random.Random, one: Bill) -> None:
    rates = words.RATES[one.language]
    mixed = rng.random() < 0.35 and rates[0] != rates[1]
    number = rng.choice((1, 2, 3, 3, 5, 8, 26))
    items = words.ITEMS[one.language].split("|")
    bases: dict[int, Decimal] = {}
    for index in range(number):
        quantity = rng.randrange(1, 13)
        price = Decimal(rng.randrange(150, 60000)) / 100
        rate = rates[index % 2] if mixed else rates[0]
        amount = quantity * price
        one.lines.append((rng.choice(items), quantity, price, amount))
        bases[rate] = bases.get(rate, Decimal(0)) + amount
    for rate, base in bases.items():
        one.taxes.append((rate, base, (base * rate / 100).quantize(CENT, ROUND_HALF_UP)))
    one.untaxed = sum(bases.values(), Decimal(0))
    one.tax = sum((tax for _rate, _base, tax in one.taxes), Decimal(0))
    one.total = one.untaxed + one.tax


def shown_vat(one: Bill) -> str:
    """Label and VAT id as printed together."""
    return f"{one.say('vat')}: {one.vat_printed}"
