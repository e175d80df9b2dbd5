# ruff: noqa: E501 - lists of words are read better unbroken
"""Dates as bills write them, in numbers or words, and the order of day and month."""

import re
from dataclasses import dataclass
from datetime import date

from odoo.addons.ai_finance_engine.documents.layout import fold

EARLIEST, LATEST = 1990, 2099
_MONTHS = {
    1: "january|januar|janner|jaenner|janvier|januari|enero|gennaio|jan|janv|ene|gen|janeiro|"
    "stycznia|styczen|ledna|leden|tammikuuta|ianuarie|januara|sijecnja|ocak",
    2: "february|februar|feber|fevrier|februari|febrero|febbraio|feb|fevr|fev|febr|fevereiro|"
    "lutego|luty|unora|unor|helmikuuta|februarie|februara|veljace|subat",
    3: "march|marz|maerz|mars|maart|marzo|mar|mrz|mrt|marco|marca|marzec|brezna|brezen|marts|"
    "maaliskuuta|marcius|martie|ozujka|mart",
    4: "april|avril|abril|aprile|apr|avr|abr|kwietnia|kwiecien|dubna|duben|huhtikuuta|aprilis|"
    "aprilie|aprila|travnja|nisan",
    5: "may|mai|mei|mayo|maggio|mag|maio|maja|maj|kvetna|kveten|toukokuuta|majus|svibnja|mayis",
    6: "june|juni|juin|junio|giugno|jun|giu|junho|czerwca|czerwiec|cervna|cerven|kesakuuta|"
    "junius|iunie|junija|lipnja|haziran",
    7: "july|juli|juillet|julio|luglio|jul|juil|lug|julho|lipca|lipiec|cervence|cervenec|"
    "heinakuuta|julius|iulie|julija|srpnja|temmuz",
    8: "august|aout|augustus|agosto|aug|ago|aou|sierpnia|sierpien|srpna|srpen|augusti|elokuuta|"
    "augusztus|avgusta|kolovoza|agustos",
    9: "september|septembre|septiembre|setiembre|settembre|sept|sep|set|setembro|wrzesnia|"
    "wrzesien|zari|syyskuuta|szeptember|septembrie|septembra|rujna|eylul",
    10: "october|oktober|octobre|octubre|ottobre|oct|okt|ott|outubro|out|pazdziernika|"
    "pazdziernik|rijna|rijen|lokakuuta|oktobra|octombrie|ekim",
    11: "november|novembre|noviembre|nov|novembro|listopada|listopad|listopadu|marraskuuta|noiembrie|"
    "novembra|studenoga|kasim",
    12: "december|dezember|decembre|diciembre|dicembre|dec|dez|dic|dezembro|grudnia|grudzien|"
    "prosince|prosinec|joulukuuta|decembrie|decembra|prosinca|aralik|des|desember",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split("|")}
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|er|re|o|a)?"
_PATTERNS = [
    ("ymd", re.compile(
        r"(?<![\d.,/-])((?:19|20)\d\d) ?([-./年]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d|[.,/-]\d)")),
    ("num", re.compile(
        r"(?<![\d.,/-])(\d{1,2}) ?([-./ ]) ?(\d{1,2}) ?\2 ?((?:19|20)\d\d|\d\d)(?!\d|"
        r"[./-]\d|,\d)")),
    ("dmy_text", re.compile(
        rf"(?<![\d.,/])(\d{{1,2}}){_ORDINAL}[ .,/-]{{0,4}}(?:de |di |of )?({_NAME})\.?[ ,./-]{{0,4}}(?:de |del )?"
        rf"'?((?:19|20)\d\d|\d\d)(?!\d|[.,]\d)"
    )),
    ("mdy_text", re.compile(
        rf"(?<![a-z])({_NAME})\.?[ -]{{0,3}}(\d{{1,2}}){_ORDINAL}(?: ?,[ ]{{0,2}}| ?[ -]{{1,3}})((?:19|20)\d\d)(?!\d|[.,]\d)"
    )),
    ("mdy_text", re.compile(rf"(?<![a-z])({_NAME})\.?(\d{{1,2}}),((?:19|20)\d\d)(?!\d)")),
    ("ymd_text", re.compile(
        rf"(?<![\d.,/-])((?:19|20)\d\d)[. -]{{1,2}}({_NAME})\.?[ -]{{1,2}}(\d{{1,2}})(?!\d)")),
    ("ymd", re.compile(r"((?:19|20)\d\d)(年) ?(\d{1,2}) ?月 ?(\d{1,2})")),
    ("compact", re.compile(r"(?<![\w.,/-])((?:20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?![\w]|[.,/-]\d)")),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateText:
    """A date in a text: where it stands and its readings by order of day and month."""

    start: int
    end: int
    day_first: date | None
    month_first: date | None

    @property
    def is_open(self) -> bool:
        """Whether the two orders give different dates."""
        both = self.day_first and self.month_first
        return bool(both) and self.day_first != self.month_first

    def in_order(self, month_first: bool) -> date | None:
        """Return the date in the given order, or in the only one that is possible."""
        if month_first:
            return self.month_first or self.day_first
        return self.day_first or self.month_first


def find_dates(text: str) -> list[DateText]:
    """Return the dates in a line of text, from left to right; positions fit ``text``."""
    plain = _folded_same_length(text)
    found: list[DateText] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            readings = _readings(kind, match)
            if any(readings):
                found.append(DateText(match.start(), match.end(), *readings))
    return sorted(found, key=lambda one: one.start)


def _readings(kind: str, match: re.Match) -> tuple[date | None, date | None]:
    if kind == "ymd":
        one = _date(match[1], match[3], match[4])
    elif kind == "compact":
        one = _date(match[1], match[2], match[3])
    elif kind == "dmy_text":
        one = _date(match[3], MONTHS[match[2]], match[1])
    elif kind == "ymd_text":
        one = _date(match[1], MONTHS[match[2]], match[3])
    elif kind == "mdy_text":
        one = _date(match[3], MONTHS[match[1]], match[2])
    elif match[2] == " " and len(match[4]) == 2:
        return None, None  # three bare numbers are no date
    else:
        day, month = _date(match[4], match[3], match[1]), _date(match[4], match[1], match[3])
        if match[2] == "." and day:
            return day, day  # points are written where the day comes first
        return day, month
    return one, one


def _date(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    if number < 100:
        number += 2000 if number < 70 else 1900
    if not EARLIEST <= number <= LATEST:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def is_month_first(found: list[DateText], default: bool) -> bool:
    """Decide the order of day and month once a document.

    :param default: what the language says, used where every date can be read both ways
    """
    day = sum(one.month_first is None for one in found)
    month = sum(one.day_first is None for one in found)
    if day != month:
        return month > day
    return default


def _folded_same_length(text: str) -> str:
    """Fold letter by letter, so that positions stay those of the text."""
    return "".join(fold(sign)[:1] or " " for sign in text)
