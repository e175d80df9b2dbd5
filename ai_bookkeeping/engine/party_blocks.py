# ruff: noqa: E501 - lists of words are read better unbroken
"""Blocks of address lines on a page, and whose they are: the seller's or the buyer's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from odoo.addons.ai_finance_engine.documents.layout import Box, Page, fold, squash

from .labels import phrases

BUYER = (
    "billto|invoiceto|soldto|shipto|deliverto|billedto|billingaddress|shippingaddress|"
    "customer|client|clientdetails|customerdetails|consignee|"
    "rechnungsempfanger|rechnungsadresse|rechnungan|rechnungsanschrift|lieferadresse|"
    "lieferanschrift|kunde|rechnungsempfangerin|zahlbardurch|"
    "kaufer|kauferleistungsempfanger|leistungsempfanger|empfanger|auftraggeber|"
    "adressedefacturation|adressedelivraison|facturea|livrea|"
    "facturera|destinataire|acheteur|clientadresse|factuuradres|factuuraan|factureraan|"
    "gefactureerdaan|afleveradres|klant|klantgegevens|"
    "afnemer|facturara|facturadoa|cliente|destinatario|direcciondeenvio|"
    "direcciondefacturacion|datosdelcliente|comprador|datoscliente|"
    "spettle|spettabile|cessionario|cessionariocommittente|committente|intestatario|"
    "fatturarea|indirizzodifatturazione|fatturaa|soldtovendua|vendua|"
    "indirizzodispedizione|kopers|koper|buyer|buyerbillto|recipient|invoiceaddress|deliveryaddress|to|an|attn|"
    "creditto|exmossrs|exmosrs|exmosenhor|adquirente|nabywca|odbiorca|odberatel|zakaznik|kund|kopare|mottaker|"
    "fakturaadress|faktureringsadress|fakturatil|leveringsadresse|leveransadress|asiakas|laskutusosoite|vevo|cumparator|client|kupac|narucnik|alici|musteri|"
    "sayin|guest|passenger|insured|tenant|patient|mieter|versicherungsnehmer|abonne|titular|titulardelcontrato|abonado|contraente|contractant|contrattointestatoa"
).split("|")
SELLER = (
    "from|seller|supplier|vendor|soldby|issuedby|verkaufer|lieferant|rechnungssteller|"
    "rechnungsersteller|absender|leistungserbringer|"
    "vendeur|fournisseur|emetteur|prestataire|leverancier|verkoper|afzender|vendedor|"
    "proveedor|emisor|fornitore|"
    "cedente|cedenteprestatore|prestatore|mittente|venditore|kontoinhaber|"
    "accountholder|beneficiary|accountname|"
    "titulaireducompte|begunstigde|tennamevan|titulardelacuenta|beneficiario|"
    "intestatarioconto|remitto|payableto|kontozahlbaran|zahlbaran|sprzedawca|wystawca|dodavatel|"
    "saljare|leverantor|myyja|elado|furnizor|prodavatelj|satici|fornecedor|emitente|expediteur|selger"
).split("|")
_CONTACT = re.compile(
    r"@|www\.|\b(?:tel|telefon|telephone|phone|fon|fax|mobil|mobile|tlf|puh)\b|\(\d{3}\) ?\d{3}-\d{4}"
)
_OWN = re.compile(
    r"\biban\b|\bbic\b|\bhrb\b|handelsregister|amtsgericht|siret|\brcs\b|\bkvk\b|\bcoc\b|registered|\bfn \d|\brea\b|"
    r"\babn\b|gstin|\bein\b|fed(?:eral)? id|bankgiro|plusgiro|capital|steuer-?\s?n|\brpr\b|registro mercantil|\bcvr\b|\bico\b"
)
_TAX = re.compile(
    r"\b(?:ust|vat|mwst|tva|btw|iva|uid|nip|dic|moms\w*|mva|alv|cif|nif|contribuinte|gst|tax id)\b|[cn]\.i\.f|p\. ?iva|che-\d{3}"
)
_NAMED = re.compile(
    r"(?:name|firma|company|nom|naam|nombre|ragione sociale|denominazione|nazwa|raison sociale) ?:"
)
_SLIP = re.compile(
    r"payment advice|remittance|payment slip|zahlschein|einzahlungsschein|talon|coupon|bulletin de"
)
_PERSON = re.compile(
    r"^(?:herrn?|frau|mr|mrs|ms|mme|m\.|monsieur|madame|attn|z\.? ?hd|t\.a\.v|c/o|sr|sra|firma)\b"
)
_POST = re.compile(
    r"(?:^|\W)\d{4,6}(?:\W|$)|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b\d{3} \d{2}\b|\b\d{2}-\d{3}\b"
)


@dataclass(slots=True)
class Piece:
    """A run of words without a wide gap: a cell, an address line."""

    text: str
    page: int
    line: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    box: Box


@dataclass(slots=True)
class Block:
    """Pieces below each other in one column, with a heading where there is one."""

    pieces: list[Piece]
    heading: str = ""  # "buyer", "seller" or nothing
    is_buyer: bool = False
    is_seller: bool = False
    is_own_looking: bool = False
    is_address: bool = False
    others_are_own: bool = False
    has_letterhead: bool = False  # another block stands above it, at the head of the page
    names: list[Piece] = field(default_factory=list)


def in_heading(block: Block | None) -> bool:
    """Whether the block stands under the heading of a seller."""
    return block is not None and block.is_seller


def pieces_of(page: Page) -> list[Piece]:
    """Return the runs of words of a page."""
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


def _piece(page: Page, line: int, run) -> Piece:
    text = " ".join(word.text for word in run)
    height = max(word.height for word in run)
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    return Piece(text, page.number, line, run[0].x0, run[-1].x1, top, bottom, height, page.box(run))


def address_blocks(pieces: Sequence[Piece], own_vats: Iterable[str] = ()) -> list[Block]:
    """Group the pieces of the first pages to blocks and tell whose they are."""
    own = {squash(vat)[-9:] for vat in own_vats if vat}
    blocks: list[Block] = []
    slip: Piece | None = None  # the heading of a slip that goes back with the money
    for piece in pieces:
        if piece.page > 2:
            continue
        block = next(
            (one for one in reversed(blocks[-14:]) if _goes_on(one.pieces[-1], piece)), None
        )
        head = heading_of(piece.text)
        if _SLIP.search(fold(piece.text)) and len(piece.text) < 50:
            slip = piece
        if slip and head == "buyer" and slip.page == piece.page and fold(piece.text)[:3] == "to:":
            head = "seller"
        if block is None or (head and len(block.pieces) > 1):
            block = Block([])
            blocks.append(block)
        block.pieces.append(piece)
        block.heading = block.heading or head
    for block in blocks:
        _judge(block, own)
    _follow_headings(blocks)
    blocks = _name_beside(blocks, pieces) + blocks
    own_looking = [
        one for one in blocks if (one.is_own_looking and one.is_address) or one.is_seller
    ]  # fmt: skip
    for block in blocks:
        block.has_letterhead = any(
            one is not block and one.names and one.pieces[0].page == 1
            and one.pieces[0].box.top < min(0.1, block.pieces[0].box.top)
            and not one.is_buyer
            for one in blocks
        )  # fmt: skip
        block.others_are_own = any(one is not block for one in own_looking)
    return blocks


def heading_of(text: str) -> str:
    """Tell ``buyer`` or ``seller`` where the text is, or begins with, a heading of a party."""
    if len(text) > 70:
        return ""
    head = squash(re.split(r"[:(]", text)[0])
    joined = [squash(part) for part in re.split(r"[/(]", text.rstrip(":"))]
    for one in (head, *joined, squash(text)):
        if one in _SELLERS:
            return "seller"
        if one in _BUYERS:
            return "buyer"
    return ""


_BUYERS, _SELLERS = set(BUYER), set(SELLER)


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Whether a piece stands right below the block, at its left, right or middle."""
    if last.page != piece.page or not 0 < piece.line - last.line <= 4:
        return False
    if piece.top - last.bottom > 1.1 * max(piece.size, last.size) or piece.top <= last.top:
        return False
    near = 0.8 * max(piece.size, last.size)
    return (
        abs(piece.x0 - last.x0) < near
        or abs(piece.x1 - last.x1) < 0.5 * near
        or abs(piece.x0 + piece.x1 - last.x0 - last.x1) < near
    )


def _judge(block: Block, own: set[str]) -> None:
    texts = [fold(piece.text) for piece in block.pieces]
    names = list(block.pieces)
    while names and (
        (heading_of(names[0].text) and not names[0].text.partition(":")[2].strip())
        or _PERSON.match(fold(names[0].text)) and len(names) > 1 and not names[0].text.lower().startswith("firma ")
    ):  # fmt: skip
        names.pop(0)
    named = [piece for piece in names if _NAMED.match(fold(piece.text))]
    spoken = [piece for piece in names if _says_something(piece.text)]
    block.names = (named or spoken)[:1]
    numbers = [squash(text) for text in texts]
    block.is_seller = block.heading == "seller"
    is_own_company = any(vat and vat in number for vat in own for number in numbers)
    block.is_buyer = block.heading == "buyer" or is_own_company or any(
        _PERSON.match(text) for text in texts[:3]
    )  # fmt: skip
    block.is_address = len(texts) >= 2 and any(_POST.search(text) for text in texts)
    block.is_own_looking = not block.is_buyer and any(
        _CONTACT.search(text) or _OWN.search(text) or _TAX.search(text) for text in texts
    )


def _says_something(text: str) -> bool:
    """Whether the text could be a name: no label, no number."""
    letters = sum(map(str.isalpha, text))
    return (
        not text.rstrip().endswith(":") and letters >= 3 and letters > sum(map(str.isdigit, text))
    )


def _name_beside(blocks: list[Block], pieces: Sequence[Piece]) -> list[Block]:
    """Names in a column of values: "Name:" under a heading, or the heading as a label itself."""
    found = []
    for block in blocks:
        if not block.heading:
            continue
        for place, piece in enumerate(block.pieces):
            bare = not piece.text.partition(":")[2].strip()
            named = bare and _NAMED.match(fold(piece.text))
            label = (
                bare and not place and heading_of(piece.text) and len(block.pieces) > 1
                and not _says_something(block.pieces[1].text.rstrip(" ") + _colon(block.pieces[1]))
            )  # fmt: skip
            if named or label:
                right = [
                    one for one in pieces
                    if (one.page, one.line) == (piece.page, piece.line) and one.x0 > piece.x1
                ]  # fmt: skip
                if right and _says_something(right[0].text):
                    found.append(
                        Block(
                            right[:1], block.heading, block.heading == "buyer",
                            block.heading == "seller", names=right[:1],
                        )
                    )  # fmt: skip
                    break
    return found


def _colon(piece: Piece) -> str:
    return ":" if squash(piece.text) in phrases() else ""


def _follow_headings(blocks: list[Block]) -> None:
    """A heading alone, a little apart, speaks for the block right below it."""
    for block in blocks:
        if (
            not block.heading
            or len(block.pieces) > 1
            or block.pieces[0].text.partition(":")[2].strip()
        ):
            continue
        head = block.pieces[0]
        below = [
            one for one in blocks
            if one is not block and one.pieces[0].page == head.page and not one.heading
            and 0 < one.pieces[0].top - head.top < 4 * head.size
            and abs(one.pieces[0].x0 - head.x0) < 3 * head.size
        ]  # fmt: skip
        if not below and block.heading == "buyer":
            _beside(blocks, head)
        for one in below[:1]:
            one.is_buyer = block.heading == "buyer"
            one.is_seller = block.heading == "seller"
            one.is_own_looking &= not one.is_buyer


def _beside(blocks: list[Block], head: Piece) -> None:
    """A heading with nothing below it speaks for what stands beside it on its line."""
    for block in blocks:
        piece = block.pieces[0]
        beside = (piece.page, piece.line) == (head.page, head.line) and piece.x0 > head.x1
        if beside and len(block.pieces) < 3 and not any(map(str.isdigit, piece.text)):
            if not piece.text.endswith(":") and not block.heading:
                block.is_buyer, block.is_own_looking = True, False
                return
