"""Number, dates and order numbers of a bill, chosen among labelled candidates."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, fold, squash

from .bill_draft import Choice, Field
from .dates import DateText, is_month_first
from .labelling import Candidate
from .labels import phrases
from .number_shapes import loose, shape_of
from .terms import NO_DISCOUNT as _NO_DISCOUNT
from .terms import Terms, due_by_terms

RIVALS_OF_NUMBER = (
    "related",
    "order",
    "delivery",
    "customer",
    "contract",
    "yours",
    "taxid",
    "contact",
)
RIVALS_OF_DATE = ("delivery", "order", "related", "contract", "period", "discount_date", "yours")
LEAST_NUMBER, LEAST_DATE, LEAST_DUE = 0.28, 0.2, 0.3
LONGEST_TERM = 400  # days between date and due date
_CONNECTIVES = {"vom", "von", "du", "del", "van", "of", "dated", "from", "d", "dd"}
_PLACES = {"den", "le", "il", "el", "am", "on", "li", "a"}
_DISCOUNT = re.compile(
    r"skonto|discount|escompte|korting|descuento|pronto pago|sconto|remise|abzug|"
    r"[1-9](?:[.,]\d)? ?%"
)
_INTEREST = re.compile(r"zins|interest|interet|rente|mora|late|retard|verzug|penalit|fee\b")
_CLAUSE = re.compile(r"[,;.]\s|\b(?:oder|or|ou|of|o|sonst|otherwise|sinon|anders)\b")


@dataclass(slots=True)
class Scored:
    """A reading of a field with all that speaks for it."""

    value: Any
    score: float
    box: Box | None
    page: int = 1
    mentions: int = 1


def ranked(found: Sequence[Scored]) -> list[Scored]:
    """Merge equal values, a repeated mention adding weight; best first."""
    groups: dict[Any, list[Scored]] = defaultdict(list)
    for one in found:
        groups[squash(one.value) if isinstance(one.value, str) else one.value].append(one)
    merged = []
    for group in groups.values():
        best = max(group, key=lambda one: one.score)
        more = sum(one.score > 0.2 for one in group) - 1
        best.score += min(0.06 * max(more, 0), 0.12)
        best.mentions = len(group)
        merged.append(best)
    return sorted(merged, key=lambda one: -one.score)


def field_of(found: Sequence[Scored], least: float, sure: tuple[float, float]) -> Field:
    """Return the field with its best reading, empty if that is weaker than ``least``.

    :param sure: score and lead over the second from which the reading is sure
    """
    top = [
        Choice(one.value, round(min(max(one.score, 0.01), 0.99), 2), one.box) for one in found[:3]
    ]
    if not found or found[0].score < least:
        return Field(candidates=top)
    lead = found[0].score - (found[1].score if len(found) > 1 else 0.0)
    confidence = min(max(0.35 + 0.45 * found[0].score + 0.3 * min(lead, 0.5), 0.05), 0.97)
    is_sure = found[0].score >= sure[0] and lead >= sure[1]
    return Field(found[0].value, round(confidence, 2), is_sure, found[0].box, top)


def number_field(
    pages: Sequence[Page], found: Sequence[Candidate], filename: str, patterns: Iterable[str] = ()
) -> Field[str]:
    """Return the bill's own number.

    :param patterns: shapes of the numbers of the vendor's earlier bills
    """
    name = squash(filename.rpartition(".")[0])
    shapes = {shape_of(pattern) for pattern in patterns}
    loose_shapes = {loose(shape) for shape in shapes}
    scored = []
    for one in found:
        if one.kind != "number":
            continue
        shape = shape_of(one.value)
        like = 0.45 * (shape in shapes) or 0.25 * (loose(shape) in loose_shapes)
        if one.score("number") or like:
            score = _number_score(one, pages, name) + like
            if score > 0.05:
                scored.append(Scored(one.value, score, one.box, one.page))
    return field_of(ranked(scored), LEAST_NUMBER, (0.85, 0.3))


def _number_score(one: Candidate, pages: Sequence[Page], name: str) -> float:
    own = one.score("number")
    rival = max(one.score(role) for role in RIVALS_OF_NUMBER)
    score = own - 0.25 * rival if own >= rival else 0.25 * own
    plain = squash(one.value)
    digits = sum(sign.isdigit() for sign in plain)
    if digits >= 4 or (digits and len(plain) > digits and len(plain) >= 4):
        score += 0.05
    if len(plain) < 3:
        score -= 0.2
    if re.fullmatch(r"(?:19|20)\d\d", plain):
        score -= 0.2
    if re.fullmatch(r"\d{4,5}", plain) and _is_postcode(one, pages):
        score -= 0.35
    if re.fullmatch(r"\d+[a-z]{1,3}", plain) and digits < 4:
        score -= 0.2  # 10L, 5kg
    if len(plain) >= 5 and plain in name:
        score += 0.1
    if one.page > 1:
        score -= 0.05
    return score


def _is_postcode(one: Candidate, pages: Sequence[Page]) -> bool:
    page = next(page for page in pages if page.number == one.page)
    words = page.lines[one.line].words
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    if not after or after.text.endswith(":") or squash(after.text) in phrases():
        return False  # the next label
    return after.text[:1].isupper() and after.x0 - one.x1 < page.size


def order_numbers(found: Sequence[Candidate]) -> list[str]:
    """Return the order numbers that the bill names, strongest first."""
    scored = [
        (one.score("order"), one.value)
        for one in found
        if one.kind == "number" and len(squash(one.value)) >= 3
        and one.score("order") >= 0.5
        and one.score("order") > max(
            one.score(role) for role in ("number", "customer", "related", "taxid", "contact")
        )
    ]  # fmt: skip
    return list(dict.fromkeys(value for _score, value in sorted(scored, reverse=True)))[:10]


def date_fields(
    pages: Sequence[Page], found: Sequence[Candidate], american: bool, terms: Terms | None = None
) -> tuple[Field[date], Field[date]]:
    """Return date and due date, read with one order of day and month for the whole bill."""
    dates = [one for one in found if one.kind == "date"]
    texts: list[DateText] = [one.value for one in dates]
    month_first = is_month_first(texts, american)
    issued, due = [], []
    for one in dates:
        value = one.value.in_order(month_first)
        page = next(page for page in pages if page.number == one.page)
        _add_context(one, page, dates, found)
        issued.append(Scored(value, _date_score(one), one.box, one.page))
        due.append(Scored(value, _due_score(one), one.box, one.page))
    first = [one for one in ranked(issued) if one.score > 0.08]
    last = [one for one in ranked(due) if one.score > 0.15]
    first, last = _in_order(first, last)
    unsettled = bool(texts) and all(
        one.is_open for one in texts if one.day_first != one.month_first
    )
    unsettled = unsettled and any(one.is_open for one in texts)
    strict = (2.0, 2.0) if unsettled and american else (0.75, 0.25)
    date_field = field_of(first, LEAST_DATE, strict)
    due_field = field_of(last, LEAST_DUE, (0.8, 0.25) if strict[0] < 1 else strict)
    if due_field.value is None and date_field.value:
        due_field = _by_terms(terms, date_field.value) or due_field
    return date_field, due_field


def _add_context(
    one: Candidate, page: Page, dates: Sequence[Candidate], found: Sequence[Candidate]
) -> None:
    """Read the words right before a date and the clause it stands in."""
    line = page.lines[one.line]
    before = fold(line.words[one.first - 1].text).strip(".,:;('") if one.first else ""
    near = bool(one.first) and one.x0 - line.words[one.first - 1].x1 < 1.2 * page.size
    if near and before in _CONNECTIVES and "behind_number" in one.marks:
        _follow_number(one, found)
    if near and _behind_own_number(one, found):
        one.scores["date"] = max(one.score("date"), 0.8)
    if near and before in _PLACES and one.page == 1:
        one.scores["date"] = max(one.score("date"), 0.4)
    if one.page == 1 and _is_letter_date(one, line, page.size):
        one.scores["date"] = max(one.score("date"), 0.55)
    if _has_discount(one, line, dates):
        one.scores["discount_date"] = 1.5


def _follow_number(one: Candidate, found: Sequence[Candidate]) -> None:
    """ "Offer 17 of 3 March": the date is that of the paper whose number stands before it."""
    before = [
        x for x in found
        if x.kind == "number" and (x.page, x.line) == (one.page, one.line) and x.last < one.first
    ]  # fmt: skip
    roles = ("order", "delivery", "related", "contract")
    number = before[-1] if before else None
    rival, of = max(
        (max(one.score(role), number.score(role) if number else 0.0), role) for role in roles
    )
    if rival < 0.3 or (number and rival < number.score("number")):
        one.scores["date"] = max(one.score("date"), 0.9)
    else:
        one.scores[of] = max(one.score(of), 0.9)


def _behind_own_number(one: Candidate, found: Sequence[Candidate]) -> bool:
    """ "Invoice 2024/88, 5 March 2024": right behind the bill's own number."""
    return any(
        x.kind == "number" and (x.page, x.line, x.last + 1) == (one.page, one.line, one.first)
        and x.score("number") >= 0.45
        and x.score("number") > max(x.score(role) for role in RIVALS_OF_NUMBER)
        for x in found
    )  # fmt: skip


def _is_letter_date(one: Candidate, line, size: float) -> bool:
    """ "Erfurt, 30. August 2025" alone on its line or in its column."""
    start = one.first
    while start and line.words[start].x0 - line.words[start - 1].x1 < 1.3 * size:
        start -= 1
    before = [word.text for word in line.words[start : one.first]]
    after = line.words[one.last + 1 : one.last + 2]
    if after and after[0].x0 - one.x1 < 1.3 * size:
        return False
    if not before:
        return False
    if before[-1].lower() in _PLACES:
        before = before[:-1]
    town = bool(before) and before[-1].endswith(",") and before[0][:1].isupper()
    return town and len(before) <= 4 and all(not any(map(str.isdigit, word)) for word in before)


def _has_discount(one: Candidate, line, dates: Sequence[Candidate]) -> bool:
    """Whether the date's own clause speaks of a cash discount."""
    others = [x for x in dates if x.line == one.line and x.page == one.page]
    start = max((x.last for x in others if x.last < one.first), default=-1) + 1
    end = min((x.first for x in others if x.first > one.last), default=len(line.words))
    left = fold(" ".join(word.text for word in line.words[start : one.first]))
    right = fold(" ".join(word.text for word in line.words[one.last + 1 : end]))
    if start and _CLAUSE.search(left):
        left = _CLAUSE.split(left, maxsplit=1)[-1]
    elif _CLAUSE.search(left):
        left = _CLAUSE.split(left)[-1] if "net" in _CLAUSE.split(left)[-1] else left
    right = _CLAUSE.split(right, maxsplit=1)[0] if end < len(line.words) else right.split(". ")[0]
    if end < len(line.words) and not _CLAUSE.search(right) and "%" not in right[:12]:
        right = ""
    if line.words[one.last].text.endswith((",", ";")) or _INTEREST.search(right):
        right = ""
    if re.search(r"\bnet\b|netto|ohne abzug|neto", left) and "%" not in left:
        return False
    left, right = _NO_DISCOUNT.sub("", left), _NO_DISCOUNT.sub("", right)
    return bool(_DISCOUNT.search(left) or _DISCOUNT.search(right))


def _date_score(one: Candidate) -> float:
    own = one.score("date")
    rival = max(one.score(role) for role in (*RIVALS_OF_DATE, "due"))
    if own >= rival:
        score = own - 0.2 * rival
    else:
        score = 0.12 * own
    if not own and rival < 0.25:
        score = 0.24 - 0.15 * rival if one.page == 1 else 0.1  # a date nobody else claims
    top = (one.box.top < 0.45) * 0.05
    return score + top - 0.05 * (one.page > 1)


def _due_score(one: Candidate) -> float:
    own = one.score("due")
    rival = max(one.score(role) for role in RIVALS_OF_DATE)
    rival = max(rival, one.score("date") if one.score("date") > WEAK_DATE else 0.0)
    return own - 0.2 * rival if own >= rival else 0.15 * own


WEAK_DATE = 0.55  # "date" alone is part of many labels of due dates


def _in_order(first: list[Scored], last: list[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Choose both dates together: the due date is never before the date, nor years behind it."""
    best, pair = 0.0, (None, None)
    for issued in first[:4] or [None]:
        for due in [*last[:4], None]:
            score = (issued.score if issued else 0) + (due.score * 0.9 if due else 0)
            if issued and due:
                days = (due.value - issued.value).days
                if not 0 <= days <= LONGEST_TERM:
                    score -= 0.5
                if issued.value == due.value:
                    score -= 0.1
            if score > best:
                best, pair = score, (issued, due)
    issued, due = pair
    first = sorted(first, key=lambda one: (one is not issued, -one.score))
    last = sorted(last, key=lambda one: (one is not due, -one.score)) if due else []
    return first, last


def _by_terms(terms: Terms | None, issued: date) -> Field[date] | None:
    """Return the due date that printed payment terms give, never as a sure one."""
    due = due_by_terms(terms, issued)
    if due is None:
        return None
    box = terms.box if terms else None
    return Field(due, 0.6, False, box, [Choice(due, 0.6, box)])
