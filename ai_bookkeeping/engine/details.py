# ruff: noqa: E501 - lists of words are read better unbroken
"""Smaller facts of a bill: the time it is for, and the vendor's number in its register."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from odoo.addons.ai_finance_engine.documents.layout import Page, fold

from .bill_draft import Choice, Field
from .dates import MONTHS, find_dates, is_month_first
from .labelling import Candidate
from .party_blocks import address_blocks, pieces_of

LONGEST = 800  # days of a period
_PERIOD = re.compile(
    r"zeitraum|periode?\b|period\b|periodo|okres|obdobi|perioada|billing cycle|competenza|leistung|"
    r"abrechnung|service|usage|verbrauch|consommation|consumo|verbruik|laskutuskausi|idoszak|"
    r"abrechnungsmonat|for the month|mois de|maand|mese di|mes de|from\b|stay|aufenthalt|sejour"
)
_MONTH_OF = re.compile(
    r"(?:zeitraum|monat|period|periode|mois de|month of|maand|mese di|mes de)\W{0,4}"
    r"(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?,? ((?:19|20)\d\d)"
)
_BETWEEN = re.compile(
    r"^\W*(?:bis(?: zum)?|to|until|through|thru|au|a|al|hasta|t/m|tot|tot en met|do|till|til|-|–|—)?\W*$"
)
#: label and number of registers; the groups are kept, so that the register stays with its number
_REGISTERS = (
    re.compile(r"\b(HR ?[AB]) ?(?:Nr\.?|No\.?|:)? ?(\d{1,6}(?: ?[A-Z])?)\b"),
    re.compile(r"\b(FN) ?:?(\d{4,6} ?[a-z])\b"),
    re.compile(r"(?i)\b(SIRET)\W{0,10}(?:n[°o]\.? ?)?((?:\d ?){14})(?!\d)"),
    re.compile(r"(?i)\b(SIREN|RCS)\b[^\d\n]{0,30}((?:\d ?){9})(?!\d)"),
    re.compile(r"(?i)\b(KvK|CoC|K\.v\.K\.)[ \-]?(?:nummer|nr\.?|no\.?|number)?\W{0,4}(\d{8})\b"),
    re.compile(
        r"(?i)\b(?:registered (?:in|no)|company (?:reg\w*|no|number)|co\.? reg)[^\d\n]{0,40}?"
        r"((?:no\.?|number)?)[ .:]{0,3}((?:[A-Z]{2})?\d{5,9})\b"
    ),
    re.compile(r"(?i)\b(CVR)[ \-.]{0,2}(?:nr\.?|no\.?)?\W{0,3}((?:\d ?){8})(?!\d)"),
    re.compile(r"(?i)\b(org\.? ?(?:nr|nummer|no)\.?)\W{0,3}(?:NO ?)?(\d{6}-?\d{4}|\d{3} ?\d{3} ?\d{3})(?!\d)"),
    re.compile(r"(?i)\b(I[ČC]O?)\b\W{0,3}(\d{8})\b"),
    re.compile(r"(?i)\b(KRS|REGON)\b\W{0,3}(\d{9,14})\b"),
    re.compile(r"(?i)\b(REA)\b\W{0,3}(?:n\.? ?)?((?:[A-Z]{2}[ \-]?)?\d{5,8})\b"),
    re.compile(r"(?i)\b(Y-tunnus)\W{0,3}(\d{7}-\d)\b"),
    re.compile(r"(?i)\b(A[BC]N)\W{0,3}((?:\d ?){9,11})(?!\d)"),
)  # fmt: skip


def service_period(
    pages: Sequence[Page], found: Sequence[Candidate], american: bool
) -> tuple[Field[date], Field[date]]:
    """Return the first and last day of the time the bill is for, where it is printed."""
    dates = [one for one in found if one.kind == "date"]
    month_first = is_month_first([one.value for one in dates], american)
    best: tuple[float, date, date, object] | None = None
    for page in pages:
        for line in page.lines:
            text = fold(line.text)
            labelled = bool(_PERIOD.search(text)) or any(
                one.score("period") > 0.4 for one in dates
                if (one.page, one.line) == (page.number, line.number)
            )  # fmt: skip
            for start, end, joined in _pairs(line.text, month_first):
                score = 0.45 * labelled + 0.3 * joined
                if score > 0.4 and (best is None or score > best[0]):
                    best = (score, start, end, page.box(line.words))
            match = _MONTH_OF.search(text)
            if match and (best is None or best[0] < 0.6):
                start = date(int(match[2]), MONTHS[match[1]], 1)
                last = calendar.monthrange(start.year, start.month)[1]
                best = (0.6, start, start.replace(day=last), page.box(line.words))
    if best is None:
        return Field(), Field()
    score, start, end, box = best
    confidence = round(min(0.3 + score * 0.8, 0.9), 2)
    return (
        Field(start, confidence, False, box, [Choice(start, confidence, box)]),
        Field(end, confidence, False, box, [Choice(end, confidence, box)]),
    )


def _pairs(text: str, month_first: bool):
    """Dates that follow each other on a line: start, end, whether a word or dash joins them."""
    ones = find_dates(text)
    for first, second in zip(ones, ones[1:], strict=False):
        start, end = first.in_order(month_first), second.in_order(month_first)
        between = fold(text[first.end : second.start])
        if start and end and 0 <= (end - start).days <= LONGEST and len(between) < 14:
            if _BETWEEN.match(between):
                yield start, end, bool(between.strip())


def registry_field(pages: Sequence[Page]) -> Field[str]:
    """Return the vendor's number in its commercial register, with the register's short name."""
    buyers = {
        (piece.page, piece.line, piece.x0)
        for page in pages
        for block in address_blocks(pieces_of(page)) if block.is_buyer
        for piece in block.pieces
    }  # fmt: skip
    choices: list[Choice[str]] = []
    for page in pages:
        for piece in pieces_of(page):
            if (piece.page, piece.line, piece.x0) in buyers:
                continue
            for rank, form in enumerate(_REGISTERS):
                match = form.search(piece.text)
                if match:
                    value = re.sub(r"\s+", " ", match[2].strip())
                    if rank < 2:
                        value = f"{match[1].replace(' ', '')} {value}"
                    choices.append(Choice(value, 0.7, piece.box))
    unique = list({one.value: one for one in choices}.values())
    if not unique:
        return Field()
    confidence = 0.75 if len(unique) == 1 else 0.6
    return Field(unique[0].value, confidence, False, unique[0].box, unique[:3])
