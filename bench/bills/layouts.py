"""Bills drawn as PDF in many layouts: ways of heading times ways of totals, in two halves.

The reader was tuned on the set ``tuned``; ``unseen`` has other headings, totals and wordings.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from . import heads, sums, wild, words
from .made import LANGUAGES, Bill, bill, shown_vat

WIDTH, HEIGHT = A4
FONTS = ("Helvetica", "Times-Roman", "Helvetica", "Courier")


@dataclass(frozen=True, slots=True)
class Family:
    """A way of laying bills out."""

    name: str
    head: Callable
    totals: Callable
    group: str
    unseen: bool
    font: str = "Helvetica"
    size: float = 9.5
    seller: str = "left"  # left, right, footer, sender line
    buyer_first: bool = False
    rules: bool = False


#: set -> (ways of heading, ways of totals, whether the second half of the wordings is used)
SETS = {
    "tuned": (heads.TUNED, sums.TUNED, False),
    "unseen": (heads.UNSEEN, sums.UNSEEN, True),
    "traps": (wild.HEADS, wild.TOTALS, False),
}


def families() -> list[Family]:
    """Return all families, those tuned on first."""
    found = []
    for group, (ways, totals, unseen) in SETS.items():
        for index, head in enumerate(ways):
            for turn in range(2):
                total = totals[(index + turn) % len(totals)]
                number = index * 2 + turn
                found.append(
                    Family(
                        f"{head.__name__}, {total.__name__}", head, total, group, unseen,
                        FONTS[number % 4], (9.5, 8, 10.5)[number % 3],
                        ("left", "right", "footer", "line")[(number + unseen) % 4],
                        bool(turn), bool(number % 2),
                    )
                )  # fmt: skip
    return found


def documents(group: str, each: int = 3) -> Iterator[tuple[str, Bill, bytes]]:
    """Yield (family, bill, PDF), ``each`` a family and language."""
    for place, family in enumerate(families()):
        if family.group == group:
            for language in LANGUAGES:
                for turn in range(each):
                    made = bill(place * 1000 + turn, language, family.unseen)
                    yield family.name, made, draw(family, made)


class Pen:
    """Writes text from the top of the page downwards."""

    def __init__(self, family: Family, made: Bill):
        self.family, self.made = family, made
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4, invariant=True)
        self.y = 60.0
        self.step = family.size * 1.45
        self.page = 1

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 0,
        bold: bool = False,
        right: bool = False,
    ):
        """Write at ``x`` (its right edge if ``right``), ``y`` from the top."""
        font = self.family.font
        if bold:
            font = {"Times-Roman": "Times-Bold"}.get(font, f"{font}-Bold")
        self.canvas.setFont(font, size or self.family.size)
        draw_text = self.canvas.drawRightString if right else self.canvas.drawString
        draw_text(x, HEIGHT - y, text)

    def down(self, lines: float = 1) -> float:
        self.y += lines * self.step
        return self.y

    def room(self, lines: float) -> None:
        """Begin a new page where the rest of this one is too short."""
        if self.y + lines * self.step > HEIGHT - 110:
            self.foot()
            self.canvas.showPage()
            self.page += 1
            self.y = 70.0

    def foot(self) -> None:
        made, y = self.made, HEIGHT - 70
        small = 6.5 if self.family.size < 10 else 7.5
        self.text(50, y, f"{made.seller} - {' - '.join(made.seller_lines)} - {made.contact}", small)
        parts = [made.legal]
        if self.family.seller == "footer" or self.page:
            parts.insert(0, shown_vat(made))
        self.text(50, y + 10, "   ".join(parts), small)
        if made.iban:
            groups = " ".join(made.iban[i : i + 4] for i in range(0, len(made.iban), 4))
            self.text(50, y + 20, f"IBAN {groups}   BIC ABCDDEFFXXX", small)
        self.text(WIDTH - 50, y + 34, str(self.page), small, right=True)


def draw(family: Family, made: Bill) -> bytes:
    """Return the PDF of the bill in the family's layout."""
    pen = Pen(family, made)
    _parties(pen)
    family.head(pen)
    _table(pen)
    pen.room(12)
    family.totals(pen)
    _remarks(pen)
    pen.foot()
    pen.canvas.save()
    return pen.file.getvalue()


def _parties(pen: Pen) -> None:
    made, family = pen.made, pen.family
    if family.seller == "line":
        pen.text(50, 90, f"{made.seller} · {' · '.join(made.seller_lines)}", 6.5)
    elif family.seller != "footer":
        x = 50 if family.seller == "left" else 380
        pen.text(x, 50, made.seller, 15, bold=True)
        for index, line in enumerate([*made.seller_lines, made.contact]):
            pen.text(x, 66 + index * pen.step, line)
        if family.rules:
            pen.text(x, 66 + 3 * pen.step, shown_vat(made))
    x = 50 if family.seller in ("footer", "line", "right") or not family.buyer_first else 330
    y = 135.0
    if family.rules or family.buyer_first:
        pen.text(x, y, f"{made.say('buyer')}:" if family.rules else made.say("buyer"), bold=True)
    for index, line in enumerate([made.buyer, *made.buyer_lines]):
        pen.text(x, y + (index + 1) * pen.step, line)
    if made.buyer_vat and family.buyer_first:
        pen.text(x, y + 4 * pen.step, f"{made.say('vat')}: {made.buyer_vat}")
    pen.y = 225.0


def _table(pen: Pen) -> None:
    made = pen.made
    heads_ = words.LABELS["columns"][made.language].split("|")
    places = ((50, False), (90, False), (350, True), (440, True), (545, True))
    pen.down(1.5)
    for head, (x, right) in zip(heads_, places, strict=True):
        pen.text(x, pen.y, head, bold=True, right=right)
    if pen.family.rules:
        pen.canvas.line(50, HEIGHT - pen.y - 3, 545, HEIGHT - pen.y - 3)
    for index, (name, quantity, price, amount) in enumerate(made.lines):
        pen.room(2)
        pen.down(1.2)
        row = (
            str(index + 1),
            name,
            str(quantity),
            made.money(price).lstrip("-"),
            made.money(amount),
        )
        for text, (x, right) in zip(row, places, strict=True):
            pen.text(x, pen.y, text, right=right)
    pen.down(1.5)


def _remarks(pen: Pen) -> None:
    made = pen.made
    pen.room(6)
    pen.down(2)
    if made.cash:
        text = words.DISCOUNT[made.language].format(cash=made.day(made.cash))
        pen.text(50, pen.y, text)
        pen.down()
    if made.due and not getattr(pen.family.head, "has_due", False):
        wordings = words.TERMS[made.language].split("|")
        pen.text(50, pen.y, wordings[pen.family.unseen].format(due=made.day(made.due)))
        pen.down()
