"""Who sent the bill: name, VAT id and bank account, told apart from the buyer's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, fold, squash

from . import identifiers
from .bill_draft import Field
from .header import Scored, field_of, ranked

_LEGAL = re.compile(
    r"(?:\b(?:gmbh|mbh|ag|kg|ohg|ug|gbr|e\.?k|e\.?v|se|ltd|limited|plc|llp|llc|inc|corp|"
    r"co|sarl|s\.?a\.?r\.?l|sas|sasu|"
    r"eurl|s\.?a\.?s|s\.?a|snc|sci|b\.?v|n\.?v|v\.?o\.?f|bvba|srl|s\.?r\.?l|s\.?p\.?a|"
    r"s\.?l\.?u?|s\.?c|"
    r"sdn\.? ?bhd|bhd|pte|oy|ab|a/s|aps)\b\.?)(?:$|[ ,.])"
)
_BUYER = (
    "billto|invoiceto|soldto|shipto|deliverto|billedto|billingaddress|shippingaddress|"
    "customer|client|"
    "rechnungsempfanger|rechnungsadresse|rechnungan|rechnungsanschrift|lieferadresse|"
    "lieferanschrift|kunde|"
    "kaufer|kauferleistungsempfanger|leistungsempfanger|empfanger|auftraggeber|"
    "adressedefacturation|adressedelivraison|facturea|"
    "facturera|destinataire|acheteur|clientadresse|factuuradres|factuuraan|factureraan|"
    "gefactureerdaan|afleveradres|klant|"
    "afnemer|facturara|facturadoa|cliente|destinatario|direcciondeenvio|"
    "direcciondefacturacion|datosdelcliente|comprador|"
    "spettle|spettabile|cessionario|cessionariocommittente|committente|intestatario|"
    "fatturarea|indirizzodifatturazione|fatturaa|"
    "indirizzodispedizione|kopers|koper|buyer|recipient|invoiceaddress|deliveryaddress|to|an|attn"
).split("|")
_SELLER = (
    "from|seller|supplier|vendor|soldby|issuedby|verkaufer|lieferant|rechnungssteller|"
    "rechnungsersteller|absender|leistungserbringer|"
    "vendeur|fournisseur|emetteur|prestataire|leverancier|verkoper|afzender|vendedor|"
    "proveedor|emisor|fornitore|"
    "cedente|cedenteprestatore|prestatore|mittente|venditore|kontoinhaber|"
    "accountholder|beneficiary|accountname|"
    "titulaireducompte|begunstigde|tennamevan|titulardelacuenta|beneficiario|"
    "intestatarioconto|remitto|payableto"
).split("|")
_BUYER_VAT = re.compile(
    r"ihre ?(?:ust|umsatz|vat|mwst|uid)|kunden?-? ?(?:ust|vat|uid)|your (?:vat|tax)|"
    r"customer('s)? (?:vat|tax)|client vat|"
    r"tva (?:intra\w* )?(?:du )?client|(?:votre|vos) (?:n\S* )?tva|client ?: ?tva|"
    r"uw btw|btw[- ](?:nummer |nr\.? )?(?:klant|afnemer|koper)|"
    r"klant ?btw|(?:nif|cif|iva) (?:del )?cliente|su (?:nif|cif)|(?:p\.? ?iva|"
    r"partita iva) (?:del )?(?:cliente|cessionario)|vostra (?:p|partita)|"
    r"buyer('s)? vat|vat (?:number |no\.? |id )?(?:of )?(?:customer|buyer|client)|kaufer"
)
_NOISE = re.compile(
    r"@|www|https?:|\d{4,}|tel|fax|phone|iban|bic|swift|^page|^seite|rechnung|invoice|"
    r"facture|factuur|factura|fattura|"
    r"datum|\bdate\b|fecha|vat|tva|btw|\biva\b|ust|steuer|credit note|gutschrift|avoir|"
    r"total|bank\b|sparkasse|%|capital|"
    r"nota di credito|creditnota|abono|tax|order|bestell|geschaftsfuhrer|"
    r"handelsregister|amtsgericht|registered|siret|kvk",
)
_DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:www\.)?([a-z0-9\-]+)\.[a-z.]{2,}")
_SPLIT = re.compile(r"\s[-–—•·●|*]\s|[•·●|]")


@dataclass(slots=True)
class _Piece:
    """A run of words without a wide gap: a cell, an address line."""

    text: str
    page: int
    line: int
    x0: float
    x1: float
    size: float
    box: Box


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
    pieces = [piece for page in pages for piece in _pieces(page)]
    buyers = _blocks(pages, pieces, _BUYER)
    sellers = _blocks(pages, pieces, _SELLER)
    accounts = [one for page in pages for one in identifiers.ibans(page)]
    vats = [one for page in pages for one in identifiers.vat_ids(page)]
    own = {squash(vat)[-9:] for vat in own_vats}
    vat_field = _vat(pages, vats, accounts, buyers, sellers, own)
    iban_scores = [
        Scored(one.value, 0.6 + 0.35 * one.valid - 0.02 * rank, one.box)
        for rank, one in enumerate(accounts)
    ]
    iban_field = field_of(ranked(iban_scores), 0.5, (0.9, 0.03))
    name_field = _name(pages, pieces, buyers, sellers, vat_field)
    return name_field, vat_field, iban_field


def _pieces(page: Page) -> list[_Piece]:
    found, size = [], page.size
    for line in page.lines:
        run = [line.words[0]]
        for word in line.words[1:]:
            if word.x0 - run[-1].x1 > 1.3 * size:
                found.append(_piece(page, line.number, run))
                run = []
            run.append(word)
        found.append(_piece(page, line.number, run))
    return found


def _piece(page: Page, line: int, run) -> _Piece:
    text = " ".join(word.text for word in run)
    height = max(word.height for word in run)
    return _Piece(text, page.number, line, run[0].x0, run[-1].x1, height, page.box(run))


def _blocks(pages: Sequence[Page], pieces: Sequence[_Piece], headings: list[str]) -> list[_Block]:
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


def _name(pages, pieces, buyers, sellers, vat: Field[str]) -> Field[str]:
    domains = {
        squash(match[1])
        for page in pages
        for line in page.lines
        for match in _DOMAIN.finditer(fold(line.text))
        if match[1] not in ("gmail", "outlook", "hotmail", "yahoo", "gmx", "web", "t-online")
    }
    largest = max((piece.size for piece in pieces if piece.page == 1), default=1)
    scored = []
    for piece in pieces:
        for part in _SPLIT.split(piece.text):
            name = _tidy(part)
            if 3 <= len(name) <= 60 and sum(map(str.isalpha, name)) >= 3:
                score = _name_score(name, piece, part, largest, domains, buyers, sellers, vat)
                scored.append(Scored(name, score, piece.box, piece.page))
    return field_of(ranked(scored), 0.35, (0.95, 0.3))


def _tidy(text: str) -> str:
    head, mark, rest = text.partition(":")
    if mark and squash(head) in _SELLER + [
        "name",
        "firma",
        "company",
        "naam",
        "nombre",
        "ragionesociale",
    ]:
        text = rest
    text = text.strip(" ,;:-–*")
    return text.split(", ")[0]


def _name_score(name, piece, part, largest, domains, buyers, sellers, vat) -> float:
    plain = fold(name)
    score = 0.15
    legal = _LEGAL.search(plain)
    if legal and legal.start() > 1:
        score += 0.35
    if _NOISE.search(plain) and not legal:
        score -= 0.5
    if squash(name) in _BUYER + _SELLER or (name.endswith((".", "?", "!")) and not legal):
        score -= 0.4
    score -= 0.5 * piece.text.rstrip().endswith(":")
    if _in_block(sellers, piece.page, piece.line, piece.x0, 3):
        score += 0.45 + 0.2 * (piece.text.lower().startswith("name"))
    elif _in_block(buyers, piece.page, piece.line, piece.x0, 5):
        score -= 0.5
    if piece.page == 1 and piece.line <= 3:
        score += 0.25 - 0.06 * piece.line
    score += 0.2 * (piece.size / largest > 0.8 and piece.page == 1 and piece.box.top < 0.25)
    letters = squash(name)
    if any(
        len(domain) > 3 and (domain[:6] in letters or letters[:8] in domain) for domain in domains
    ):
        score += 0.3
    if vat.box and piece.page == vat.box.page and abs(piece.box.top - vat.box.top) < 0.06:
        score += 0.12
    if piece.box.top > 0.85 and legal:
        score += 0.3
    if piece.page == 1 and legal and piece.size < 0.85 * largest and part != piece.text:
        score += 0.25  # the sender's line over the window address
    if len(name.split()) > 7 or re.match(r"\d", name):
        score -= 0.3
    return score
