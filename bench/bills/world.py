# ruff: noqa: E501 - lists of words are read better unbroken
"""Bills drawn one by one after the habits of countries and trades, apart from what was tuned on.

Each family is a function that draws one page and says the truth; see ``world_*.py``. They are
written down as such bills look in the world, without a look at how the reader does.
"""

import io
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from stdnum.eu import vat as eu_vat

from bench.bank.numbering import digits, iban

CENT = Decimal("0.01")
FAMILIES: dict[str, Callable] = {}
_FOLDER = Path("/usr/share/fonts/truetype/dejavu")
_WIDE = {"Helvetica": "DejaVuSans", "Times-Roman": "DejaVuSerif", "Courier": "DejaVuSansMono"}
_STEMS = (
    "Brandl|Kesteren|Moreau|Villanova|Castelnuovo|Hartwell|Nygaard|Lindqvist|Kowalczyk|Ferreira|"
    "Steinmann|Aurelio|Beaufort|Maplewood|Silverlake|Prochazka|Virtanen|Ravindra|Quickprint|"
    "Greenfield"
).split("|")
_TRADES = {
    "de": "Elektrotechnik|Malerbetrieb|Bürobedarf|Gebäudereinigung", "fr": "Imprimerie|Boulangerie|Conseil|Transports",
    "nl": "Installatietechniek|Schoonmaak|Advies|Drukwerk", "es": "Suministros|Talleres|Asesores|Limpiezas",
    "it": "Ferramenta|Tipografia|Consulenze|Impianti", "en": "Supplies|Plumbing|Design|Logistics",
    "pl": "Hurtownia|Usługi|Serwis", "pt": "Materiais|Serviços|Oficina", "sv": "Bygg|El|Städ", "da": "Byg|Rengøring|VVS",
    "fi": "Rakennus|Huolto", "cs": "Stavby|Servis",
}  # fmt: skip


def family(way: Callable) -> Callable:
    """Register a way of drawing a bill."""
    FAMILIES[way.__name__] = way
    return way


def money(amount: Decimal, style: str) -> str:
    """Write an amount: ``style`` is the thousands sign and the decimal sign."""
    whole, cents = f"{abs(amount):.2f}".split(".")
    minus = "-" if amount < 0 else ""
    return f"{minus}{f'{int(whole):,}'.replace(',', style[:-1])}{style[-1]}{cents}"


@dataclass(slots=True)
class Deal:
    """Who sold what to whom, for how much."""

    seller: str
    buyer: str
    vat: str
    buyer_vat: str
    iban: str
    date: date
    due: date
    lines: list[tuple[str, int, Decimal, Decimal, Decimal]] = field(default_factory=list)
    taxes: list[tuple[Decimal, Decimal, Decimal]] = field(default_factory=list)
    untaxed: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    total: Decimal = Decimal(0)

    def truth(self, number: str, currency: str, **others) -> dict:
        """Return what is asked of this bill; ``others`` replace, ``None`` is not asked."""
        return {
            "reference": number, "date": self.date, "due_date": self.due, "currency": currency,
            "vendor_vat": self.vat, "vendor_iban": self.iban, "vendor_name": self.seller,
            "untaxed": self.untaxed, "tax": self.tax, "total": self.total, "credit": False, **others,
        }  # fmt: skip


class Sheet:
    """Pages written from the top left corner, in points."""

    def __init__(self, rng: random.Random, size=A4, font: str = "Helvetica"):
        self.rng, self.font = rng, font
        self.width, self.height = size
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=size, invariant=True)

    def text(self, x: float, y: float, text: str, size: float = 9, bold=False, at: str = "left"):
        """Write at ``x``, which is the text's ``left``, ``right`` or ``middle``."""
        self.canvas.setFont(self._font(text, bold), size)
        way = {
            "left": self.canvas.drawString, "right": self.canvas.drawRightString,
            "middle": self.canvas.drawCentredString,
        }  # fmt: skip
        way[at](x, self.height - y, text)

    def rows(self, x: float, y: float, texts, size: float = 9, step: float = 0, **more) -> float:
        """Write texts below each other; return where the next would stand."""
        for text in texts:
            self.text(x, y, text, size, **more)
            y += step or size * 1.4
        return y

    def cells(self, y: float, row, size: float = 9, bold=False) -> None:
        """Write cells (x, text); a negative ``x`` is a right edge."""
        for x, text in row:
            self.text(abs(x), y, text, size, bold, "right" if x < 0 else "left")

    def line(self, x0: float, y: float, x1: float) -> None:
        self.canvas.line(x0, self.height - y, x1, self.height - y)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0)

    def next(self) -> None:
        self.canvas.showPage()

    def done(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()

    def _font(self, text: str, bold: bool) -> str:
        name = self.font
        try:
            text.encode("cp1252")
        except UnicodeEncodeError:
            name = _wide(_WIDE.get(name, "DejaVuSans"), bold)
            return name
        if not bold:
            return name
        return {"Times-Roman": "Times-Bold"}.get(name, f"{name}-Bold")


def _wide(name: str, bold: bool) -> str:
    name = f"{name}-Bold" if bold else name
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / f"{name}.ttf")))
    return name


def deal(rng: random.Random, country: str, language: str, rates, form: str, **more) -> Deal:
    """Return a deal; ``more``: items (how many lines), days (of the due date), buyer (its form)."""
    one, other = rng.sample(_STEMS, 2)
    trades = _TRADES[language].split("|")
    seller = rng.choice(
        (f"{one} {form}", f"{one} {rng.choice(trades)} {form}", f"{rng.choice(trades)} {one}")
    )
    buyer = f"{other} {more.get('buyer', form)}".strip()
    day = date(2023, 1, 3) + timedelta(days=rng.randrange(1100))
    bill = Deal(
        seller.strip(), buyer, vat_id(rng, country), vat_id(rng, more.get("buyer_country", country)),
        iban(rng, country), day, day + timedelta(days=more.get("days", rng.choice((7, 14, 21, 30, 45)))),
    )  # fmt: skip
    for turn in range(more.get("items", rng.randrange(1, 6))):
        quantity = rng.choice((1, 1, 2, 3, 5, 12, 40))
        price = Decimal(rng.randrange(350, rng.choice((9000, 90000)))) / 100
        rate = Decimal(str(rates[turn % len(rates)]))
        bill.lines.append((f"{rng.choice(_GOODS)}", quantity, price, rate, quantity * price))
    for rate in sorted({line[3] for line in bill.lines}, reverse=True):
        base = sum(line[4] for line in bill.lines if line[3] == rate)
        bill.taxes.append((rate, base, (base * rate / 100).quantize(CENT, ROUND_HALF_UP)))
    bill.untaxed = sum(row[1] for row in bill.taxes)
    bill.tax = sum(row[2] for row in bill.taxes)
    bill.total = bill.untaxed + bill.tax
    return bill


_GOODS = (
    "A-4411 Set|Pack 12 M8x40|Service L2|Typ 300 / 2.5 mm|Kit 7-1001|Format 80g A4|Module X1".split(
        "|"
    )
)


def vat_id(rng: random.Random, country: str) -> str:
    """Return a VAT id whose checksum holds, for countries of the union; else one by form."""
    forms = {
        "DE": "#########", "AT": "U########", "FR": "###########", "NL": "#########B##", "BE": "0#########",
        "ES": "B########", "IT": "###########", "PL": "##########", "PT": "5########", "SE": "556#######01",
        "DK": "########", "FI": "########", "CZ": "########", "IE": "#######T", "GB": "#########",
    }  # fmt: skip
    form = forms.get(country)
    if not form:
        return ""
    for _turn in range(4000):
        value = country + "".join(rng.choice("123456789") if sign == "#" else sign for sign in form)
        if country == "GB" or eu_vat.is_valid(value):
            return value
    return value


def documents(each: int, names=None) -> Iterator[tuple[str, str, bytes, dict]]:
    """Yield (family, file name, PDF, truth)."""
    for name in names or FAMILIES:
        for turn in range(each):
            rng = random.Random(zlib.crc32(f"{name}/{turn}".encode()))
            sheet, truth = FAMILIES[name](rng)
            yield name, f"doc{turn:03d}.pdf", sheet.done(), truth


__all__ = ["A4", "CENT", "Decimal", "Sheet", "deal", "digits", "family", "letter", "money"]
