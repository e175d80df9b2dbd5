"""Who sent the bill: name, VAT id and bank account, told apart from the buyer's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from odoo.addons.ai_finance_engine.documents.layout import Page, fold, squash

from . import identifiers, vendor_name
from .bill_draft import Field
from .header import Scored, field_of, ranked
from .party_blocks import BUYER, SELLER, Piece, pieces_of

_BUYER_VAT = re.compile(
    r"ihre ?(?:ust|umsatz|vat|mwst|uid)|kunden?-? ?(?:ust|vat|uid)|your (?:vat|tax)|"
    r"customer('s)? (?:vat|tax)|client vat|"
    r"tva (?:intra\w* )?(?:du )?client|(?:votre|vos) (?:n\S* )?tva|client ?: ?tva|"
    r"uw btw|btw[- ](?:nummer |nr\.? )?(?:klant|afnemer|koper)|"
    r"klant ?btw|(?:nif|cif|iva) (?:del )?cliente|su (?:nif|cif)|(?:p\.? ?iva|"
    r"partita iva) (?:del )?(?:cliente|cessionario)|vostra (?:p|partita)|"
    r"buyer('s)? vat|vat (?:number |no\.? |id )?(?:of )?(?:customer|buyer|client)|kaufer"
)


@dataclass(slots=True)
class _Block:
    """The column below a heading that names one party."""

    page: int
    line: int
    x0: float
    x1: float


def parties(
    pages: Sequence[Page], own_vats: Iterable[str] = ()
) -> tuple[Field[str], Field[str], Field[str]]:
    """Return vendor name, VAT id and bank account.

    :param own_vats: VAT ids of the company that got the bill: never the vendor's
    """
    pieces = [piece for page in pages for piece in pieces_of(page)]
    buyers = _blocks(pages, pieces, BUYER)
    sellers = _blocks(pages, pieces, SELLER)
    accounts = [one for page in pages for one in identifiers.ibans(page)]
    vats = [one for page in pages for one in identifiers.vat_ids(page)]
    own = {squash(vat)[-9:] for vat in own_vats}
    vat_field = _vat(pages, vats, accounts, buyers, sellers, own)
    iban_scores = [
        Scored(one.value, 0.6 + 0.35 * one.valid - 0.02 * rank, one.box)
        for rank, one in enumerate(accounts)
    ]
    iban_field = field_of(ranked(iban_scores), 0.5, (0.9, 0.03))
    name_field = vendor_name.name_field(pages, pieces, vat_field, own_vats)
    return name_field, vat_field, iban_field


def _blocks(pages: Sequence[Page], pieces: Sequence[Piece], headings: list[str]) -> list[_Block]:
    found = []
    for piece in pieces:
        head = squash(piece.text.split(":")[0])
        if head in headings and len(piece.text) < 60:
            right = min(
                (one.x0 for one in pieces
                 if one.page == piece.page and one.line == piece.line and one.x0 > piece.x1),
                default=piece.x0 + 0.48 * pages[0].width,
            )  # fmt: skip
            found.append(_Block(piece.page, piece.line, piece.x0 - 12, right - 2))
    return found


def _in_block(blocks: Sequence[_Block], page: int, line: int, x0: float, depth: int = 7) -> bool:
    return any(
        block.page == page and 0 <= line - block.line <= depth and block.x0 <= x0 < block.x1
        for block in blocks
    )


def _vat(pages, vats, accounts, buyers, sellers, own: set[str]) -> Field[str]:
    scored = []
    for one in vats:
        if squash(one.value)[-9:] in own:
            continue
        page = next(page for page in pages if page.number == one.page)
        line = page.lines[one.line]
        before = fold(
            " ".join(word.text for word in line.words[max(0, one.first - 6) : one.first + 1])
        )
        x0 = line.words[one.first].x0
        score = 0.45 + 0.2 * one.labelled + 0.2 * one.valid
        if _BUYER_VAT.search(before):
            score -= 0.6
        elif _in_block(sellers, one.page, one.line, x0):
            score += 0.25
        elif _in_block(buyers, one.page, one.line, x0):
            score -= 0.4
        if any(bank.page == one.page and abs(bank.line - one.line) <= 3 for bank in accounts):
            score += 0.1
        if any(bank.value[:2] == one.value[:2] for bank in accounts):
            score += 0.05
        if one.box.top > 0.8 or one.box.top < 0.12:
            score += 0.1
        scored.append(Scored(one.value, score, one.box))
    return field_of(ranked(scored), 0.3, (0.75, 0.2))
