# ruff: noqa: E501 - lists of words are read better unbroken
"""Payment terms in words: days, end of the month, cash discount."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, fold

MOST_DAYS = 180
_DAYS = (
    r"tage?n?|days?|jours?|jrs?|j\b|dagen|dgn|dias?|giorni|gg\b|dagar|dage|dager|paivaa|pv\b|dni|dnu|"
    r"nap\b|zile|kalendertage?n?|bankdagar|calendar days"
)
_UNIT = re.compile(rf"(?<![\d.,])(\d{{1,3}}) ?(?:{_DAYS})")
_NET = re.compile(r"\b(?:net|terms?:?|n)[ /-]{0,2}(\d{1,3})\b(?!\s?[%.,:/-]?\s?\d| ?%)")
_ON_RECEIPT = re.compile(
    r"due (?:up)?on receipt|payable on receipt|upon receipt|sofort +(?:fallig|zahlbar|netto|ohne)|"
    r"zahlbar sofort|nach erhalt|bei erhalt|a reception|comptant|vista factura|a la vista|"
    r"rimessa diretta|vista fattura|per direct|bij ontvangst|pronto pagamento|omgaende"
)
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?) ?%")
_DISCOUNT = re.compile(
    r"skonto|discount|escompte|korting|descuento|pronto pago|sconto|rabatt ved|kassarabatt|"
    r"kontantrabat|desconto|skonta"
)
NO_DISCOUNT = re.compile(
    r"(?:ohne|kein(?:en)?|no|sans|pas d[e' ]*|geen|sin|senza|without)[^.,;]{0,12}"
    r"(?:abzug|skonto|discount|escompte|korting|descuento|sconto|deduction)"
)
_PAYING = re.compile(
    r"zahl|fallig|uberweis|begleich|netto|rein|ziel|pay|paid|due|terms|net\b|settle|remit|regl|"
    r"paiement|paye|echeance|virement|sous|betal|voldoen|overmak|over te maken|overschrijv|storten|overboek|kasse|termijn|pago|pagar|plazo|vencim|"
    r"pagament|pagare|scaden|bonifico|entro|betalnings|forfal|maksu|erapaiv|platb|splat|platn|"
    r"termin|fizet|plata|d\.?f\.?f\.?m|data fattura|vencimento|condic"
)
_OTHER = re.compile(
    r"widerruf|ruckgabe|umtausch|reklam|beanstand|complaint|return|refund|notice|cancel|dispute|"
    r"kundig|gewahr|warrant|garant|valid|gultig|lieferzeit|delivery|livraison|levering|verzug|"
    r"interest|late|retard|overdue|mahn|past due|usage|periodo de|previous|over \d|aging"
)
_MONTH_END = re.compile(
    r"fin (?:de |du )?mois|end of (?:the )?month|\beom\b|monatsende|einde maand|fin de mes|"
    r"fine mese|\bf\.?m\.?\b|d\.?f\.?f\.?m"
)
_SENTENCES = re.compile(r"(?<=[a-z)0-9])[.;]\s+(?!\d)|;")
_CLAUSES = re.compile(r"\bor\b|\boder\b|\bou\b|\bof\b(?= )|,\s")
_SHORT = re.compile(r"(?<![\d.,])(\d(?:[.,]\d)?) ?%? ?/ ?(\d{1,2}),? (?:net|n/?) ?(\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the bill says of paying it; ``text`` is the line as printed."""

    text: str
    days: int | None = None
    end_of_month: bool = False
    discount: Decimal | None = None  # per cent
    discount_days: int | None = None
    box: Box | None = None


def terms_of(pages: Sequence[Page]) -> Terms | None:
    """Return the terms of payment; ``None`` where none is printed or two contradict."""
    found: list[Terms] = []
    for page in pages:
        for line in page.lines:
            one = _of_line(line.text)
            if one:
                found.append(
                    Terms(line.text, *one, page.box(line.words))
                )  # fmt: skip
    plain = [one for one in found if one.days is not None]
    if len({(one.days, one.end_of_month) for one in plain}) > 1:
        plain = []
    early = next((one for one in found if one.discount is not None), None)
    if not plain:
        return early
    best = plain[0]
    if early and early is not best:
        return Terms(
            f"{early.text} {best.text}", best.days, best.end_of_month,
            early.discount, early.discount_days, best.box,
        )  # fmt: skip
    return best


def terms_in_text(text: str) -> Terms | None:
    """Return the terms that a text says, as the notes of electronic bills do."""
    for line in text.splitlines():
        found = _of_line(line)
        if found:
            return Terms(text, *found)
    return None


def due_by_terms(terms: Terms | None, issued: date) -> date | None:
    """Return the day the bill is due by its terms."""
    if terms is None or terms.days is None:
        return None
    due = issued + timedelta(days=terms.days)
    if terms.end_of_month:
        due = due.replace(day=calendar.monthrange(due.year, due.month)[1])
    return due


def _of_line(text: str):
    """Days, whether to the month's end, per cent and days of a discount; ``None`` if no terms."""
    plain = NO_DISCOUNT.sub(" netto ", fold(text))
    if len(plain) > 400 or not (_PAYING.search(plain) or _MONTH_END.search(plain)):
        return None
    short = _SHORT.search(plain)
    if short:  # "2/10 net 30"
        return int(short[3]), False, Decimal(_point(short[1])), int(short[2])
    days, month_end, percent, early = None, False, None, None
    for clause in _clauses(plain):
        number = _days(clause)
        if number is None or _OTHER.search(clause):
            continue
        share = _PERCENT.search(clause)
        if share and (_DISCOUNT.search(clause) or Decimal(_point(share[1])) <= 5):
            if percent is None:
                percent, early = Decimal(_point(share[1])), number
        elif days is None and not _DISCOUNT.search(clause):
            days, month_end = number, bool(_MONTH_END.search(clause))
    if days is None and percent is None:
        return None
    return days, month_end, percent, early


def _clauses(text: str) -> list[str]:
    """Parts of a line; a part without its own days goes with the one before it."""
    found: list[str] = []
    for sentence in filter(None, _SENTENCES.split(text)):
        parts: list[str] = []
        for part in filter(None, _CLAUSES.split(sentence)):
            if parts and (_days(part) is None or _days(parts[-1]) is None):
                parts[-1] += " " + part
            else:
                parts.append(part)
        found += parts
    return found


def _days(text: str) -> int | None:
    match = _UNIT.search(text) or _NET.search(text)
    if match:
        number = int(match[1])
        return number if number <= MOST_DAYS else None
    return 0 if _ON_RECEIPT.search(text) else None


def _point(text: str) -> str:
    return text.replace(",", ".")
