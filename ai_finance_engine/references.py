"""Find document numbers and structured references in free text.

A text is cut into runs of digit groups with their separators and the words before them. What
looks like a date, an amount, a time or a bank account is no document number; what stands after an
end-to-end, order, customer or mandate word belongs to somebody else's numbering and counts only
when it is spelled out with our own prefix. Which document a run means is decided in `series`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from .names import fold


class Form(IntEnum):
    """How completely a text writes a document number; more complete proves more."""

    BARE = 1  # 12
    PADDED = 2  # 00012, all digits of the document in its own width
    WORD = 3  # invoice 12, INV 12
    YEAR = 4  # 2026/12
    FULL = 5  # INV/2026/00012, in any spelling, or a structured reference


@dataclass(frozen=True, slots=True)
class Run:
    """Digit groups of a text that belong together.

    :param groups: the digit groups as written, leading zeros kept
    :param words: up to two folded words directly before, the nearer one last
    :param glued: letters touch the digits on the left (F2024) or on the right (12A)
    :param foreign: stands after a word that announces somebody else's number
    :param spaced: only blanks lie between this run and the one before
    :param is_joined: made of several runs with only blanks between
    :param follows: how the run continues the one before: "list", "range", "blank" or ""
    :param inherited: the words stand before an earlier member of the list
    :param text: as written
    """

    groups: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    start: int
    end: int
    glued: bool = False
    glued_right: bool = False
    foreign: bool = False
    spaced: bool = False
    is_joined: bool = False
    follows: str = ""
    inherited: bool = False

    @property
    def digits(self) -> str:
        """All digits of the run joined."""
        return "".join(self.groups)


@dataclass(frozen=True, slots=True)
class Code:
    """A stretch of text that mixes letters and digits, as written."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextReferences:
    """Everything in a text that may be the number of a document.

    :param runs: digit runs in order
    :param codes: letters and digits joined without punctuation, upper case ("INV202600012"),
        with where they stand
    :param structured: valid ISO 11649 creditor references, compact
    """

    runs: tuple[Run, ...]
    codes: dict[str, Code]
    structured: tuple[str, ...] = ()


# Words that announce a document of ours. "nr", "no" and the like count because the words that
# announce other numbers are looked at first.
INVOICE_WORDS = frozenset(
    fold(word)
    for word in (
        "rechnung rechnungen rechnungs rechnungsnr rechnungsnummer rechn rechnr rg rgnr re rnr rn "
        "beleg belegnr belegnummer gutschrift gs invoice invoices inv invno bill bills document "
        "doc facture factures fact fac fa ft fattura fatture fatt factura facturas fra factuur "
        "facturen fakt faktuur faktura avoir credit note nota nr no num number numero nummer n ref"
        " reference referenz referentie referencia riferimento kenmerk zahlungsreferenz"
    ).split()
)
# of these, the words that are also used for any other number
_GENERIC_WORDS = frozenset(
    "nr no num number numero nummer n ref reference referenz referentie referencia riferimento "
    "kenmerk document doc nota note credit".split()
)
SURE_WORDS = INVOICE_WORDS - _GENERIC_WORDS
_ANNOUNCES_OTHERS = (
    r"end[\s-]?to[\s-]?end|endtoendid|e2e(?:id)?|eref|kref|mref|cred|"
    r"mandat\w*|mandaat\w*|m[aä]ndat\w*|gl[aä]ubiger\w*|creditor|debitor\w*|"
    r"order\w*|po|purchase\s+order|bestell\w*|auftrag\w*|commande|cde|pedido|ordine|"
    r"kunden?\w*|kd|customer|client\w*|klant\w*|vertrag\w*|contract|contrat\w*|polic\w*|"
    r"tel\w*|phone|fax|mobile|handy|terminal\w*|kart\w*|cart\w*|card|tarjeta|auth\w*|trx|tan|"
    r"transa[ck]\w*|bic|swift|iban|ust(?:[\s-]?id\w*)?|vat|tva|btw|blz|kto|konto\w*|account|acct|plz|"
    r"zip|z[aä]hler\w*|meter|steuer\w*|siren|siret|kvk|tid|uid|msgid|purp"
)
_LINK = r"[\s.:#+=/°-]*"
_FOREIGN = re.compile(
    rf"(?i)\b(?:{_ANNOUNCES_OTHERS})\b{_LINK}"
    rf"(?:(?:no|nr|num|number|numero|nummer|n|id|ident\w*|ref\w*)\b{_LINK}){{0,2}}(\S+)"
)
_NOT_A_NUMBER = re.compile(
    r"(?<![\w/.-])[0-9]{1,2}[./-][0-9]{1,2}[./-](?:20)?[0-9]{2}(?![\w/-])"  # date
    r"|(?<![\w/-])20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|(?<![\w/.-])[0-9]{1,2}\.[0-9]{1,2}\.(?![0-9])"  # day and month
    r"|(?<![\w:])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![\w:])"  # time
    r"|(?<![\w/.,-])(?!20[0-9]{2}\.)[0-9]{1,3}(?:[.,' ]?[0-9]{3})*[.,][0-9]{2}(?![\w/-]|[.,][0-9])"
    r"|(?<![\w/.,-])[0-9]+(?:[.,][0-9]+)?\s?%"
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_STRUCTURED = re.compile(r"\bRF[0-9]{2}(?:\s?[A-Z0-9]{1,4}){1,7}\b")
_RUN = re.compile(r"[0-9]+(?:\s?[./_\-–]\s?[0-9]+){0,5}")
_PIECE = re.compile(r"[0-9]+(?:[./_\-–][0-9]+)*(?=\s|[./_\-–]\s|$)")
_WORDS_BEFORE = re.compile(r"(?:([^\W\d_]+)[\s.:#/_°-]{1,2})?([^\W\d_]+)([\s.:#/_°+*-]{0,3})$")
_CONTINUES = re.compile(r"(?i)^\s*(?:[,;+&/]|und|and|et|y|e|en|u\.?)\s*$")
# what may stand before a member that repeats the word or prefix of the first
_RANGES = re.compile(
    r"(?i)^\s*(?:[-–]|bis|to|thru|through|until|till|t/?m|tot|au?|à|al|hasta|fino\s+a)\s*"
    r"(?:[^\W\d_]{1,6}[\s.:#/_°-]{0,2})?$"
)
_FIELD_CODE = re.compile(r"\?[0-9]{2}(?=\S)")  # MT940 subfields: "?20Invoice 12?21"
_CODE = re.compile(r"[^\s,;:()+*]+")
_BLANK = re.compile(r"^[ \t\u00a0]{1,2}$")
MAX_TEXT = 2000  # statements carry some hundred characters; more is not a label


def mod97(compact: str) -> int:
    """Return the ISO 7064 mod 97-10 remainder of an IBAN or RF reference (1 when valid)."""
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97


def is_creditor_reference(text: str) -> bool:
    """Tell whether a text is a valid ISO 11649 creditor reference ("RF18 5390 0754 7034")."""
    compact = compact_code(text)
    return bool(re.fullmatch(r"RF[0-9]{2}[A-Z0-9]{1,21}", compact)) and mod97(compact) == 1


def compact_account(text: str) -> str:
    """Return a bank account number without spaces and punctuation, upper case."""
    return compact_code(text)


def accounts_in(text: str) -> list[str]:
    """Return the valid IBANs a text contains, compact."""
    found = (compact_code(match[0]) for match in _ACCOUNT.finditer(text[:MAX_TEXT].upper()))
    return [code for code in found if not code.startswith("RF") and mod97(code) == 1]


def compact_code(text: str) -> str:
    """Return the ASCII letters and digits of a text, upper case."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def read_text(text: str) -> TextReferences:
    """Return what in a free text may be a document number. Never raises."""
    text = text[:MAX_TEXT]
    structured = tuple(dict.fromkeys(_creditor_references(text)))
    text = _blank_out(text)
    foreign = [match.span(1) for match in _FOREIGN.finditer(text)]
    runs = list(_runs(text, foreign))
    return TextReferences(tuple(_inherit_words(runs, text)), _codes(text), structured)


def _creditor_references(text: str) -> Iterator[str]:
    """Yield valid RF references; the longest valid reading where text follows them."""
    for match in _STRUCTURED.finditer(text.upper()):
        parts = match[0].split()
        for count in range(len(parts), 0, -1):
            candidate = "".join(parts[:count])
            if is_creditor_reference(candidate):
                yield candidate
                break


def _blank_out(text: str) -> str:
    """Replace dates, amounts, times and bank accounts by blanks of equal length."""

    def blank(match: re.Match) -> str:
        return "\x00" * len(match[0])

    def blank_account(match: re.Match) -> str:
        compact = compact_code(match[0])
        return blank(match) if mod97(compact) == 1 else match[0]

    if len(text.upper()) == len(text):  # some letters grow in upper case and shift positions
        text = _ACCOUNT.sub(blank_account, text)
    return _FIELD_CODE.sub("   ", _NOT_A_NUMBER.sub(blank, text))


def _runs(text: str, foreign: list[tuple[int, int]]) -> Iterator[Run]:
    end = 0
    for match in _RUN.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, match.start() - 40), match.start())
        words = tuple(fold(word) for word in before.groups()[:2] if word) if before else ()
        after = text[match.end() : match.end() + 1]
        yield Run(
            groups=tuple(re.findall(r"[0-9]+", match[0])),
            words=words,
            text=match[0],
            start=match.start(),
            end=match.end(),
            glued=bool(before) and not before[3],
            glued_right=after.isalpha(),
            foreign=any(start < match.end() and match.start() < stop for start, stop in foreign),
            spaced=bool(_BLANK.match(text[end : match.start()])) and end > 0,
        )
        end = match.end()


def split(run: Run) -> list[Run]:
    """Return the numbers of a list that reads like one number: "7003891/ 7003896".

    Only a separator with a blank beside it may part two numbers.
    """
    pieces = list(_PIECE.finditer(run.text))
    if len(pieces) < 2:
        return []
    return [
        replace(
            run,
            groups=tuple(re.findall(r"[0-9]+", piece[0])),
            text=piece[0],
            start=run.start + piece.start(),
            end=run.start + piece.end(),
            glued=run.glued and piece is pieces[0],
            glued_right=run.glued_right and piece is pieces[-1],
            spaced=run.spaced and piece is pieces[0],
        )
        for piece in pieces
    ]


def _inherit_words(runs: list[Run], text: str) -> Iterator[Run]:
    """Let the word before a list count for its members: "invoices 12, 13 and 14"."""
    previous = None
    for run in runs:
        if previous:
            run = _continued(previous, run, text[previous.end : run.start])
        yield run
        previous = run


def _continued(previous: Run, run: Run, between: str) -> Run:
    """Return the run with how it continues the one before, whose words count for a list."""
    if not run.glued and _CONTINUES.match(between):
        run = replace(run, follows="list")
        if previous.words:
            foreign = previous.foreign or run.foreign
            run = replace(run, words=previous.words, foreign=foreign, inherited=True)
    elif run.words[-1:] and run.words[-1:] == previous.words[-1:]:
        # the word is repeated: "INV 12 INV 13", "101 to RE 104"
        run = replace(run, follows="range" if _RANGES.match(between) else "list")
    elif _RANGES.match(between):
        run = replace(run, follows="range", words=previous.words, inherited=True)
    elif run.spaced:
        run = replace(run, follows="blank")
    return run


def _codes(text: str) -> dict[str, Code]:
    """Return joined codes: single chunks, and a chunk of letters with the chunk after it."""
    codes: dict[str, Code] = {}
    letters: re.Match | None = None
    for match in _CODE.finditer(text):
        compact = compact_code(match[0])
        if compact.isalpha() or not compact or "\x00" in match[0]:
            letters = match if compact.isalpha() and "\x00" not in match[0] else None
            continue
        if len(compact) >= 5 and not compact.isdigit():
            codes.setdefault(compact, Code(match[0], match.start(), match.end()))
        if letters:
            joined = Code(f"{letters[0]} {match[0]}", match.start(), match.end())
            codes.setdefault(compact_code(letters[0]) + compact, joined)
        letters = None
    return codes
