# ruff: noqa: E501 - lists of words are read better unbroken
"""The vendor's name: what stands in a letterhead, beside its own numbers, and not in the address."""

import re
from collections.abc import Iterable, Sequence

from odoo.addons.ai_finance_engine.documents.layout import Page, fold, squash

from .bill_draft import Field
from .header import Scored, field_of, ranked
from .labels import phrases
from .party_blocks import BUYER, SELLER, Block, Piece, address_blocks, in_heading
from .table_head import HEAD_WORDS

_FORM = (
    r"gmbh ?& ?co\.? ?(?:kg(?:aa)?|ohg)|ag ?& ?co\.? ?kg|ges\.? ?m\.? ?b\.? ?h\.?|gmbh|mbh|ohg|ug(?: \(haftungsbeschrankt\))?|gbr|"
    r"e\.? ?k\.?|e\.? ?v\.?|e\.? ?u\.?|kgaa|kg|ag|se|co\.?,? ?ltd\.?|pty\.? ?ltd\.?|pvt\.? ?ltd\.?|private limited|"
    r"(?:pte\.? )?ltd\.?|limited|plc|llp|llc|l\.l\.c\.|inc\.?|incorporated|corporation|corp\.?|s\.? ?a\.? ?r\.? ?l\.?|sasu|eurl|s\.? ?a\.? ?s\.?|s\.? ?n\.? ?c\.?|"
    r"sci|scop|s\.? ?c\.? ?r\.? ?l\.?|sagl|b\.? ?v\.?|n\.? ?v\.?|v\.? ?o\.? ?f\.?|bvba|cvba|s\.? ?r\.? ?l\.? ?s?\.?|s\.? ?p\.? ?a\.?|s\.? ?a\.? ?p\.? ?a\.?|"
    r"s\.? ?l\.? ?u\.?|s\.? ?l\.?|s\.? ?a\.? ?u\.?|s\.? ?a\.?|s\. ?coop\.?|lda\.?|unipessoal,? lda\.?|sp\.? ?z ?o\.? ?o\.?|sp\.? ?j\.?|"
    r"s\.? ?r\.? ?o\.?|a\.s\.?|k\.s\.|d\.? ?o\.? ?o\.?|d\.d\.|kft\.?|zrt\.?|bt\.|nyrt\.?|oyj|oy|ab|a/s|aps|i/s|asa|as|sdn\.? ?bhd\.?|bhd\.?|"
    r"a\.? ?s\. ?|ltd\.? ?sti\.?|gmbh & co\. kgaa|genossenschaft|stiftung|e\. ?g\.|eg"
)
LEGAL = re.compile(rf"(?<![\w.])(?:{_FORM})(?![\w/])")
_NOISE = re.compile(
    r"@|www|https?:|\d{4,}|\b(?:tel|fax|phone|telefon\w*|iban|bic|swift|page|seite|pagina|sida|vat|tva|btw|iva|nip|"
    r"cvr|dic|ico|moms|abn|gstin|datum|date|fecha|data|dato|ust|steuer\w*|tax|total\w*|bank|sparkasse|capital|"
    r"registered|register\w*|siret|siren|rcs|kvk|order|bestell\w*|handelsregister|amtsgericht|registergericht|"
    r"geschaftsfuhrer|vorstand|number|nummer|numero|ref|our|your|unser|ihr|notre|votre|payment|zahl\w*|"
    r"customer|kunden?|client|original|copy|kopie|duplicat\w*|thank|danke|merci|attn|guest|passenger|room|service from)\b|%|€|\$|£"
)
_TITLES = re.compile(
    r"^(?:\w+[- ])?(?:rechnung(?:en)?|invoices?|facture|factuur|factura|fattura|faktura|fatura|lasku|szamla|racun|avoir|gutschrift|"
    r"credit ?(?:note|memo)|creditnota|kreditnota|kreditfaktura|nota di credito|abono|parcella|quittung|"
    r"receipt|statement|bill|bon|beleg|proforma|lieferschein|tax invoice|uw factuur|your \w* ?bill)\b"
)
_STREET = re.compile(
    r"\b(?:str|strasse|street|road|avenue|ave|rue|via|calle|plaza|platz|weg|laan|straat|gade|gatan|ul|lane|"
    r"drive|blvd|boulevard|allee|gasse|corso|rua|avda|square|suite|floor|postfach|po box|p\.o\. box|level \d)\b|strasse\b|str\."
)
_DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:www\.)?([a-z0-9\-]+)\.[a-z.]{2,}")
_PUBLIC_MAIL = {
    "gmail",
    "outlook",
    "hotmail",
    "yahoo",
    "gmx",
    "web",
    "t-online",
    "icloud",
    "orange",
    "free",
    "libero",
}
_SPLIT = re.compile(r"\s[-–—•·●|*/]\s|[•·●|]|\s{3,}")
_SOLD_BY = re.compile(
    r"^(?:verkauft (?:von|durch)|sold by|issued by|vendu par|emis par|émis par|verkocht door|vendido por|venduto da|"
    r"rechnung von|invoice from|facture de|powered by|operated by)\s+",
    re.I,
)
_PAYEE = re.compile(
    r"(?:payable to|account name|account holder|kontoinhaber|beneficiary|in the name of|titulaire\w*|begunstigde|"
    r"ten name van|t\.n\.v\.|intestat\w+ a|titular|remit to|beneficiario|zahlbar an|an den empfanger|sold by|issued by|"
    r"zugunsten von|ordre de|verkauft von|t\.n\.v\.)[: ]+([^,;:]{3,60})"
)  # fmt: skip
_CUT = re.compile(
    r"\s(?:au capital|is (?:authorised|a |registered)|registered (?:in|office)|inscrit|capital social|con sede|mit sitz|sitz der|"
    r"tel\b|tel\.|telefon\b|phone\b|fax\b|iban\b|www\.|\(hereinafter|- all rights|ust-?id|vat (?:no|reg)|a company)",
    re.I,
)


def name_field(
    pages: Sequence[Page], pieces: Sequence[Piece], vat: Field[str], own_vats: Iterable[str] = ()
) -> Field[str]:
    """Return the vendor's name as it is printed, with its legal form where one stands there."""
    page_texts = [fold(line.text) for page in pages for line in page.lines]
    blocks = address_blocks(pieces, own_vats)
    domains = {
        squash(match[1]) for text in page_texts for match in _DOMAIN.finditer(text)
        if match[1] not in _PUBLIC_MAIL
    }  # fmt: skip
    payees = {squash(match[1]) for text in page_texts for match in _PAYEE.finditer(text)}
    buyers = {
        squash(clean(piece.text)) for block in blocks if block.is_buyer for piece in block.names
    }
    whole = " ".join(squash(text) for text in page_texts)
    largest = max((piece.size for piece in pieces if piece.page == 1), default=1)
    scored = []
    for piece in pieces:
        block = next((one for one in blocks if piece in one.pieces), None)
        for part in _SPLIT.split(piece.text):
            name = clean(part)
            if not 3 <= len(name) <= 60 or sum(map(str.isalpha, name)) < 3:
                continue
            letters = squash(name)
            score = _by_words(name, letters, domains)
            score += _by_place(piece, part, block, largest, vat)
            if any(
                letters and letters in payee or payee in letters
                for payee in payees
                if len(payee) > 5
            ):
                score += 0.35
            if letters in buyers or any(len(one) > 5 and one in letters for one in buyers):
                score -= 0.5
            else:
                score += min(0.12 * (whole.count(letters) - 1), 0.3) if len(letters) > 5 else 0.0
            scored.append(Scored(name, score, piece.box, piece.page))
    _prefer_whole(scored)
    # a name is never proved by the page alone: letterheads, trade names and legal names differ
    return field_of(ranked(scored), 0.38, (9.0, 0.3))


def _prefer_whole(scored: list[Scored]) -> None:
    """The name with its legal form wins over the same name without it: a logo, a short form."""
    whole = [one for one in scored if one.score > 0.2 and " " in one.value]
    for short in scored:
        letters = squash(short.value)
        for one in whole:
            if not (legal_form(one.value) or " " not in short.value):
                continue
            if (
                len(letters) > 3
                and letters != squash(one.value)
                and squash(one.value).startswith(letters)
            ):
                one.score = max(one.score, short.score + 0.05)


def clean(text: str) -> str:
    """Cut what stands before and behind a name: a label, a capital, an address."""
    text = _SOLD_BY.sub("", text)
    head, mark, rest = text.partition(":")
    if mark and (squash(head) in _HEADS or (len(head.split()) <= 3 and legal_form(rest))):
        text = rest
    text = _CUT.split(text.strip(" ,;:-–*|\"'"), maxsplit=1)[0].strip(" ,;:-–")
    words = text.split()
    if len(words) > 6 and legal_form(text):
        start = len(words) - 1
        while start and (words[start - 1][:1].isupper() or words[start - 1] in "&+"):
            start -= 1
        text = " ".join(words[start:])
    plain = fold(text)
    if len(plain) == len(text):
        for match in LEGAL.finditer(plain):
            behind = plain[match.end() :].lstrip(" .")
            if match.start() > 2 and (
                not behind or not re.match(r"&|und |and |et |e |of ", behind)
            ):
                if _is_form(text, match) and (
                    behind[:1] in ",-–(;"
                    or not behind[:1].isalpha()
                    or re.match(
                        r"(?:au capital|registered|is |inscrit|mit sitz|sitz|at |abn|vat|nif|cif|with)",
                        behind,
                    )
                ):
                    return text[: match.end() + (text[match.end() : match.end() + 1] == ".")].strip(
                        " ,"
                    )
    return re.split(r", (?!(?:inc|ltd|llc|s\.|lda|co\b))", text, flags=re.I)[0].strip()


_HEADS = {
    *SELLER, *BUYER, "name", "firma", "company", "naam", "nombre", "ragionesociale", "nom", "nazwa",
    "namn", "navn", "denumire", "razonsocial", "raisonsociale", "legalname", "denominazione", "intestazione", "hotel", "fra", "fran",
}  # fmt: skip


def _is_form(text: str, match: re.Match) -> bool:
    """Short forms like "as" and "se" are words, too: they count in capitals or with points."""
    form = text[match.start() : match.end()]
    return len(form.strip(".")) > 3 or "." in form or form != form.lower() or form in ("bv", "nv")


def legal_form(text: str) -> bool:
    """Whether the text ends in a legal form or holds one that is no word of its own."""
    plain = fold(text)
    if len(plain) != len(text):
        text = plain
    return any(match.start() > 1 and _is_form(text, match) for match in LEGAL.finditer(plain))


def _by_words(name: str, letters: str, domains: set[str]) -> float:
    """What the words themselves say."""
    plain = fold(name)
    score = 0.15
    legal = legal_form(name)
    if legal:
        score += 0.35
    else:
        score -= _unlike_a_name(name, plain, letters)
    if _NOISE.search(plain):
        score -= 0.2 if legal else 0.5
    if any(map(str.isdigit, name)):
        score -= 0.15 if legal else 0.4
    if not name[:1].isupper() and not name[:1].isdigit():
        score -= 0.25
    first = squash(name.split()[0])
    if any(
        len(domain) > 3 and (domain[:6] in letters or letters[:8] in domain
                             or (len(first) > 3 and first in domain))
        for domain in domains
    ):  # fmt: skip
        score += 0.3
    return score


def _unlike_a_name(name: str, plain: str, letters: str) -> float:
    """What speaks against words without a legal form: titles, labels, streets, sentences."""
    number = len(name.split())
    return (
        0.7 * bool(_TITLES.search(plain))
        + 0.6 * (letters in phrases() or letters in _HEADS or letters in HEAD_WORDS)
        + 0.2 * (len(letters) < 4)
        + 0.3 * bool(_STREET.search(plain))
        + 0.4 * name.endswith((".", "?", "!"))
        + 0.3 * (number > 6)
        + 0.05 * (number == 1)
    )


def _by_place(
    piece: Piece, part: str, block: Block | None, largest: float, vat: Field[str]
) -> float:
    """What the place on the page says: letterhead, own block, foot of the page."""
    score = -0.5 * piece.text.rstrip().endswith(":")
    if piece.page == 1 and piece.line <= 3:
        score += 0.25 - 0.06 * piece.line
    score += 0.2 * (piece.size / largest > 0.8 and piece.page == 1 and piece.box.top < 0.25)
    score += 0.1 * (piece.page == 1 and piece.box.top < 0.12)
    if piece.text.lower().startswith("name") and in_heading(block):
        score += 0.2
    if block is not None:
        score += _by_block(piece, block)
    if vat.box and piece.page == vat.box.page and abs(piece.box.top - vat.box.top) < 0.06:
        score += 0.12
    if legal_form(part):
        if piece.box.top > 0.85:
            score += 0.3
        if piece.page == 1 and piece.size < 0.85 * largest and part != piece.text:
            score += 0.25  # the sender's line over the window address
    return score


def _by_block(piece: Piece, block: Block) -> float:
    """What the block says that the name stands in."""
    first = piece in block.names[:1]
    if block.is_seller:
        return 0.45 if first else 0.1
    if block.is_buyer:
        return -0.5
    if block.is_own_looking:
        return 0.25 if first else 0.0
    score = 0.0
    if block.is_address and block.others_are_own:
        score -= 0.25  # an address without any own number beside one that has them
    in_window = 0.11 < piece.box.top < 0.36 and piece.page == 1
    if block.is_address and in_window and block.has_letterhead:
        score -= 0.15  # where the window of the envelope is
    return score
