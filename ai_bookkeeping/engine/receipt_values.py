# ruff: noqa: E501 - lists of words are read better unbroken
"""Total and date of a till receipt: few words, many misread; every hint is weighed."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, fold

from .dates import MONTHS, find_dates

_AMOUNT = re.compile(
    r"(?<![\d.,:/])(?:RM|[$€£])?\s?(\d{1,3}(?:[, ]\d{3})+|"
    r"\d{1,5})\s?([.,])\s?(\d\d)(?!\d|[.,:/-]\d|\s?%|[ ]?[xX@] )",
    re.I,
)
_MISREAD = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "S": "5", "B": "8"})
_MIXED = re.compile(r"(?<![A-Za-z])[\dOoQlISB][\dOoQlISB,]*[.,] ?[\dOoQlISB]{2}(?![A-Za-z\d])")
#: words of a line -> what the amount on it is, with weight
_HINTS = (
    ("rounded", 1.5, ("rounded total", "total rounded", "total after rounding", "final total", "total amount rounded",
                      "nett total rounded", "total rounding", "total after adj", "total after rounding adj", "net total rounded")),
    ("total", 1.3, ("grand total", "total amount due", "total due", "amount due", "total payable", "amount payable",
                    "nett total", "net total", "total incl", "total inclusive", "total sales inclusive", "invoice total",
                    "total amt incl", "total with gst", "gesamtbetrag", "total ttc", "zu zahlen", "net a payer", "te betalen",
                    "total a pagar", "totale complessivo", "balance due", "total sale", "total sales", "total bill", "bill total", "nett amt", "net amount", "amt due", "total sales incl gst", "sales inclusive of gst")),
    ("total", 1.0, ("total", "total amount", "total rm", "summe", "totaal", "totale", "gesamt", "betrag", "montant", "importe", "totl", "tota")),
    ("cash", 0.6, ("cash", "cash received", "cash tendered", "visa", "mastercard", "master card", "credit card", "card", "paid", "tender", "bar", "gegeben",
                   "especes", "carte", "pin", "efectivo", "tarjeta", "contanti", "payment", "debit", "amount paid", "paid amount", "tendered", "cash rm", "visa card")),
    ("change", 0.0, ("change", "change due", "ruckgeld", "rendu", "wisselgeld", "cambio", "resto", "balance", "change rm")),
    ("rounding", 0.0, ("rounding", "round adj", "rounding adj", "rounding adjustment", "round", "arrondi", "afronding", "roundg", "rnd adj", "bill rounding")),
    ("net", 0.3, ("subtotal", "sub total", "total excl", "total excluding", "excl gst", "zwischensumme", "netto", "sous total", "total sales excluding", "taxable", "amount excl", "total ht")),
    ("tax", 0.0, ("gst", "tax", "vat", "mwst", "tva", "btw", "iva", "service charge", "svc charge", "total gst", "gst amount", "total tax", "gst payable", "sst")),
    ("none", 0.0, ("total qty", "total quantity", "total item", "total items", "item count", "discount", "total discount", "saving", "total saving", "you saved", "points",
                   "total includes", "included in total", "includes gst", "total saving", "gst included", "rabatt", "remise", "korting", "average", "gst summary", "tax summary", "deposit")),
)  # fmt: skip
#: below such a heading taxes are taken apart, and "total" is no longer the bill's
_SUMMARY = re.compile(
    r"[gs]st (?:summ|anal)|(?:tax|vat|mwst|tva|btw|iva) (?:summ|anal|code|spec)|"
    r"code amount"
)
_TAX_LINE = re.compile(r"\b(?:[g6s8]s[tf7]|tax|vat|mwst|ust|tva|btw|iva|moms)\b")
_RATE = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,]0{1,2})? ?%")
AGAIN = 0.4  # weight of a line read again by itself, beside that of a whole reading
_SPACED = re.compile(r"(?<![\d.,])(\d{1,4}) (\d\d)\s*$")
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE_WORD = re.compile(r"\bd[ao]t[eau]|datum|fecha|\bdata\b|time|uhrzeit")


@dataclass(slots=True)
class Guess:
    """A reading with its weight over all passes."""

    value: object
    weight: float = 0.0
    passes: int = 0
    box: Box | None = None


@dataclass(slots=True)
class _Seen:
    """Amounts of one reading by what they are said to be."""

    by_hint: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(list))
    weights: dict[Decimal, float] = field(default_factory=dict)
    counts: dict[Decimal, int] = field(default_factory=lambda: defaultdict(int))
    boxes: dict[Decimal, Box] = field(default_factory=dict)
    taxes: set[Decimal] = field(default_factory=set)  # amounts on lines that speak of tax
    rates: set[Decimal] = field(default_factory=set)  # per cent on such lines
    items: Decimal = Decimal(0)  # sum of the last amounts of the lines before the totals


def totals(pages: Sequence[Page], lines: Sequence[Page] = ()) -> list[Guess]:
    """Return what may be the total, best first, from several readings of the same receipt.

    :param lines: single lines that were read again, which count for less than a reading
    """
    readings = [_see(page) for page in pages]
    guesses: dict[Decimal, Guess] = {}
    for seen in readings:
        for value, weight in seen.weights.items():
            guess = guesses.setdefault(value, Guess(value))
            guess.weight += weight + min(0.12 * (seen.counts[value] - 1), 0.36)
            guess.passes += 1
            guess.box = guess.box or seen.boxes.get(value)
    for seen in map(_see, lines):
        for value, weight in seen.weights.items():
            if weight > 0.2:
                _add(guesses, value, AGAIN * weight)
    _prove(guesses, readings)
    _by_coins(guesses, readings)
    _after_rounding(guesses)
    found = [guess for guess in guesses.values() if guess.value]
    return sorted(found, key=lambda guess: -guess.weight)


def _by_coins(guesses: dict[Decimal, Guess], readings: Sequence[_Seen]) -> None:
    """Where nearly all amounts end in 0 or 5, one that does not is misread or not what was paid."""
    counts: dict[Decimal, int] = defaultdict(int)
    for seen in readings:
        for value in seen.counts:
            counts[value] += 1
    usual = [value for value, count in counts.items() if count >= 2]
    whole = [value for value in usual if _to_five(value) == value]
    if len(usual) >= 5 and len(whole) >= 0.8 * len(usual):
        for value, guess in guesses.items():
            if _to_five(value) != value:
                guess.weight *= 0.7


def _after_rounding(guesses: dict[Decimal, Guess]) -> None:
    """Of a total and the same rounded to five cents, both well seen, the latter was paid."""
    for amount, guess in list(guesses.items()):
        nearest = guesses.get(_to_five(amount))
        if nearest is None or nearest is guess or nearest.passes < 2:
            continue
        if guess.weight > nearest.weight > 0.4 * guess.weight:
            nearest.weight = guess.weight + 0.3


def _see(page: Page) -> _Seen:
    seen = _Seen()
    pending, depth, in_summary, open_items = None, 0, False, True
    for line in page.lines:
        text = _repaired(line.text)
        amounts = [_value(match) for match in _AMOUNT.finditer(text)]
        letters = re.sub(r"[^a-z ]", " ", fold(line.text))
        hint, weight = _hint_of_line(letters, text, len(amounts))
        for value in amounts:
            seen.counts[value] += 1
        _note_taxes(seen, letters, text, amounts)
        in_summary = in_summary or bool(_SUMMARY.search(letters))
        if in_summary and hint in ("total", "rounded", "net"):
            hint = "none"
        if hint and not amounts:
            amounts = [Decimal(f"{whole}.{cents}") for whole, cents in _SPACED.findall(text)]
        if hint and amounts:
            _note(seen, hint, weight, amounts[-1], page, line)
            pending = None
        elif hint:
            pending, depth = (hint, weight * 0.7), 0
        elif pending and amounts and depth < 2 and len(letters.replace(" ", "")) < 4:
            _note(seen, *pending, amounts[-1], page, line)
            pending = None
        else:
            depth += 1
            for value in amounts:
                seen.weights.setdefault(value, 0.05)
        if hint in ("total", "net", "rounded", "tax"):
            open_items = False
        elif open_items and amounts and not hint:
            seen.items += amounts[-1]
    return seen


def _note_taxes(seen: _Seen, letters: str, text: str, amounts: list[Decimal]) -> None:
    if _TAX_LINE.search(letters):
        seen.taxes.update(amounts)
        seen.rates.update(Decimal(rate) for rate in _RATE.findall(text))


def _hint_of_line(letters: str, text: str, amounts: int) -> tuple[str | None, float]:
    whole = _hint(re.sub(r" +", " ", letters).strip())
    return (_own_hint(text) if amounts > 1 else None) or whole


def _own_hint(text: str) -> tuple[str, float] | None:
    """What the words right before the last of several amounts say: "SAVING 0.00 TOTAL 6.85"."""
    places = [match.span() for match in _AMOUNT.finditer(text)]
    between = re.sub(r"[^a-z ]", " ", fold(text[places[-2][1] : places[-1][0]]))
    hint, weight = _hint(re.sub(r" +", " ", between).strip())
    return (hint, weight) if hint else None


def _note(seen: _Seen, hint: str, weight: float, value: Decimal, page: Page, line) -> None:
    seen.by_hint[hint].append(value)
    seen.boxes.setdefault(value, page.box(line.words))
    low = 0.1 * line.number / max(len(page.lines), 1)
    if hint in ("tax", "none", "change", "rounding"):
        seen.weights.setdefault(value, 0.0)
    else:
        seen.weights[value] = max(seen.weights.get(value, 0.0), weight + low)


def _value(match: re.Match) -> Decimal:
    return Decimal(f"{re.sub(r'[^0-9]', '', match[1])}.{match[3]}")


def _repaired(text: str) -> str:
    """Letters within an amount that OCR takes for digits: "12.4O"."""
    return _MIXED.sub(
        lambda match: match[0].translate(_MISREAD) if any(map(str.isdigit, match[0])) else match[0],
        text,
    )


def _hint(text: str) -> tuple[str | None, float]:
    """Return what the words of a line say of its amount; the best match by letters wins."""
    if len(text) < 3:
        return None, 0.0
    best, result = 84.0, (None, 0.0)
    for hint, weight, phrases in _HINTS:
        for phrase in phrases:
            ratio = (
                fuzz.partial_ratio(phrase, text)
                if len(text) >= len(phrase)
                else fuzz.ratio(phrase, text)
            )
            if len(phrase) <= 4 and f" {phrase} " not in f" {text} ":
                continue
            score = ratio + len(phrase) * 0.9 + (hint in ("none", "rounding") and ratio > 90) * 6
            if ratio >= 84 and score > best:
                best, result = score, (hint, weight)
    return result


def _prove(guesses: dict[Decimal, Guess], readings: Sequence[_Seen]) -> None:
    """Add weight where amounts add up: paid less change, net plus tax, total plus rounding."""

    def all_of(*hints: str) -> set[Decimal]:
        return {value for seen in readings for hint in hints for value in seen.by_hint[hint]}

    cash, change, net = all_of("cash"), all_of("change"), all_of("net")
    tax, rounding, total = all_of("tax"), all_of("rounding"), all_of("total", "rounded")
    _prove_by_change(guesses, cash, change, total)
    _prove_by_tax(guesses, net, tax)
    _prove_by_included(guesses, readings)
    for amount in total & guesses.keys():
        if _rounds(amount, guesses, rounding):
            nearest = _to_five(amount)
            _add(guesses, nearest, 2.0 if abs(nearest - amount) in rounding else 1.3)
    for seen in readings:
        if seen.items in guesses:
            guesses[seen.items].weight += 1.0
    for value, guess in guesses.items():
        if any(other > value for other in _large(readings, cash | change)):
            guess.weight *= 0.6


def _prove_by_change(guesses: dict, cash: set, change: set, total: set) -> None:
    for paid in cash:
        for back in change:
            if 0 < back < paid and (paid - back in guesses or back < paid / 2):
                _add(guesses, paid - back, 1.6 if paid - back in guesses else 0.8)
                _add(guesses, paid, -1.2)  # change was given: more than the total was paid
        if paid in total:
            _add(guesses, paid, 0.6)
        if change == {Decimal("0.00")}:
            _add(guesses, paid, 0.9)


def _prove_by_tax(guesses: dict, net: set, tax: set) -> None:
    for base in net:
        for part in tax:
            if part and part < base / 3:
                _add(guesses, base + part, 0.6 if base + part in guesses else 0.3)


def _prove_by_included(guesses: dict, readings: Sequence[_Seen]) -> None:
    """The tax that a price contains, printed with its rate, tells which total it belongs to."""
    taxes = {tax for seen in readings for tax in seen.taxes if tax >= Decimal("0.05")}
    rates = {rate for seen in readings for rate in seen.rates if 2 < rate < 28}
    likely = [guess for guess in guesses.values() if guess.weight > 0.5]
    for guess in likely:
        if any(
            abs(guess.value * rate / (100 + rate) - tax) <= Decimal("0.01")
            for rate in rates for tax in taxes if tax < guess.value
        ):  # fmt: skip
            guess.weight += 1.2


def _large(readings: Sequence[_Seen], others: set[Decimal]) -> set[Decimal]:
    """Amounts that several readings agree on and that are parts of the total."""
    counts: dict[Decimal, int] = defaultdict(int)
    for seen in readings:
        for value in seen.counts.keys() - others - set(seen.by_hint["none"]):
            counts[value] += 1
    return {value for value, count in counts.items() if count >= 2}


def _rounds(amount: Decimal, guesses: dict, rounding: set[Decimal]) -> bool:
    """Tills that round to five cents print both totals: the rounded one is what was paid."""
    nearest = _to_five(amount)
    return nearest != amount and nearest in guesses and abs(nearest - amount) in rounding | {
        Decimal("0.01"), Decimal("0.02"),
    }  # fmt: skip


def _to_five(amount: Decimal) -> Decimal:
    return ((amount * 20).quantize(Decimal(1)) / 20).quantize(Decimal("0.01"))


def _add(guesses: dict[Decimal, Guess], value: Decimal, weight: float) -> None:
    value = value.quantize(Decimal("0.01"))
    guess = guesses.setdefault(value, Guess(value))
    guess.weight += weight


def dates(pages: Sequence[Page], today: date, lines: Sequence[Page] = ()) -> list[Guess]:
    """Return what may be the date, best first.

    :param lines: single lines that were read again, which count for less than a reading
    """
    guesses: dict[date, Guess] = {}
    for page in [*pages, *lines]:
        whole = page in pages
        weights: dict[date, float] = {}
        years = Counter(re.findall(r"20[0-3]\d", " ".join(line.text for line in page.lines)))
        for line in page.lines:
            text = _date_repaired(line.text)
            for one in find_dates(text):
                value = one.in_order(False)
                weight = 0.6 + 0.4 * bool(_DATE_WORD.search(fold(text)))
                weight += 0.25 * bool(re.search(r"\d{1,2}:\d\d", text[one.end :]))
                weight += 0.12 * min(years[str(value.year)] - (str(value.year) in text), 2) * whole
                weight -= 0.6 * (value > today) + 0.3 * (value.year < 2005)
                if value not in weights or weight > weights[value]:
                    weights[value] = weight
                    guesses.setdefault(value, Guess(value, box=page.box(line.words)))
        for value, weight in weights.items():
            guesses[value].weight += weight * (1.0 if whole else AGAIN)
            guesses[value].passes += whole
    return sorted(guesses.values(), key=lambda guess: -guess.weight)


def _month(match: re.Match) -> str:
    """The month's short name where one letter is misread: "Mer"."""
    name = match[0].lower()
    if name in MONTHS:
        return match[0]
    near = [month for month in _SHORT if sum(a != b for a, b in zip(name, month, strict=True)) == 1]
    return near[0] if len(near) == 1 else match[0]


def _date_repaired(text: str) -> str:
    """Mend what OCR does to dates: "18/O4/2018", "12 /03/ 2018", "Date:12/03/2018"."""
    text = re.sub(r"(?<=[\d/\-])[OoQ](?=[\d/\-])|(?<![A-Za-z])[OoQ](?=\d[/\-])", "0", text)
    text = re.sub(r"(?<=[\d/\-])[lI|](?=[\d/\-])", "1", text)
    text = re.sub(r"(\d)\s?/\s?(?=\d|[A-Za-z]{3})", r"\1/", text)
    # a zero at the head of the month that OCR took for 6, 8 or 9
    text = re.sub(r"(?<!\d)(\d\d)([/-])[689](?=[3-9]\2(?:20)?\d\d(?!\d))", r"\1\g<2>0", text)
    text = re.sub(r"(?<=\d[ /-])([A-Z][A-Za-z]{2})(?=[ /-](?:20)?\d\d(?!\d))", _month, text)
    text = re.sub(r"(?<=[A-Za-z])(?=\d{1,2}[/\-]\d)|(?<=[:;])(?=\d{1,2}[/\-])", " ", text)
    # the time glued behind the year
    return re.sub(r"([/\-.]20\d\d)(?=\d{1,2}:)", r"\1 ", text)
