"""Recognise what the columns of a bank's table are, from their headings in six languages."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from odoo.addons.ai_finance_engine.names import fold, words

# Headings by field: English, German, French, Spanish, Dutch, Italian. Own accounts are known so
# that they are not taken for the counterpart's.
_HEADINGS = {
    "date": "date|booking date|completed date|transaction date|posting date|posted date"
    "|date posted|dateop|buchungstag|buchungsdatum|buchung|datum|date operation|date comptable"
    "|date de comptabilisation|date de l operation|fecha|fecha operacion|fecha contable"
    "|fecha de operacion|boekdatum"
    "|boekingsdatum|transactiedatum|data|data operazione|data contabile|data registrazione",
    "value_date": "value date|dateval|wertstellung|wertstellungstag|wertstellungsdatum"
    "|valutadatum|valuta|valutatag|date valeur|date de valeur|fecha valor|fecha de valor"
    "|rentedatum|data valuta",
    "amount": "amount|transaction amount|betrag|umsatz|buchungsbetrag|montant|importe|monto"
    "|bedrag|transactiebedrag|importo|betrag in eur|value",
    "debit": "debit|debits|debit amount|money out|paid out|withdrawal|withdrawals|soll|belastung"
    "|lastschrift|ausgang|ausgaben|debits|sortie|cargo|cargos|debe|af|uscite|dare|addebiti"
    "|addebito|debito",
    "credit": "credit|credits|credit amount|money in|paid in|deposit|deposits|haben|gutschrift"
    "|eingang|einnahmen|entree|abono|abonos|haber|bij|entrate|avere|accrediti|accredito|credito",
    "side": "debit credit|dr cr|d c|c d|soll haben|s h|sens|af bij|debet credit|debe haber"
    "|dare avere|credit debit indicator|sign|vorzeichen",
    "label": "description|details|label|memo|narrative|particulars|payment details|purpose"
    "|remittance information|transaction details|payment reference|verwendungszweck"
    "|zahlungszweck|vermerk|text|libelle|communication|concepto|descripcion|omschrijving"
    "|mededelingen|mededeling|omschrijving 1|descrizione|causale|motif|observaciones",
    "label_2": "verwendungszweck 2|omschrijving 2|additional information|notes|note|bemerkung"
    "|notiz|notas|informations complementaires|descrizione estesa",
    "type": "type|transaction type|buchungstext|umsatzart|vorgang|mutatiesoort|soort|code"
    "|type operation|type d operation|tipo|tipo operacion|tipo operazione",
    "partner": "partner|partner name|counterparty|counterparty name|payee|payer|beneficiary|name"
    "|beneficiary name|name of counterparty|payee payer|empfanger|auftraggeber"
    "|auftraggeber empfanger|empfanger auftraggeber|zahlungsempfanger|zahlungspflichtiger"
    "|beguenstigter zahlungspflichtiger|begünstigter zahlungspflichtiger|begünstigter"
    "|name zahlungsbeteiligter|zahlungsbeteiligter|beneficiaire|contrepartie|tiers"
    "|nom contrepartie|beneficiario|ordenante|naam tegenpartij|tegenpartij|naam"
    "|naam omschrijving|controparte|ordinante|zahlungsempfänger|empfänger"
    "|auftraggeber begünstigter",
    "account": "iban|counterparty account|counterparty iban|partner account|account number"
    "|beneficiary account|kontonummer|kontonummer iban|iban zahlungsbeteiligter|konto"
    "|iban kontonummer|gegenkonto|compte|compte contrepartie|iban contrepartie|cuenta"
    "|cuenta destino|tegenrekening|tegenrekening iban|tegenrekening iban bban"
    "|rekening tegenpartij|iban controparte|conto controparte|conto",
    "own_account": "own account|auftragskonto|iban auftragskonto|bezeichnung auftragskonto"
    "|rekening|rekeningnummer|iban bban|eigenes konto|mon compte|compte titulaire"
    "|mijn rekening|account|conto corrente",
    "reference": "reference|ref|bank reference|referenz|kundenreferenz|referencia|kenmerk"
    "|betalingskenmerk|riferimento|numero de piece|n ref",
    # numbers of banks and mandates: never a document's, so kept out of the label
    "other_number": "end to end id|end to end|end to end reference|kundenreferenz end to end"
    "|transaction id|mandatsreferenz|mandate reference|machtigingskenmerk|glaubiger id"
    "|glaeubiger id|creditor id|sammlerreferenz|bic|bic swift code",
    "currency": "currency|ccy|wahrung|währung|waehrung|whg|devise|moneda|divisa|munt|muntsoort"
    "|valuta code",
    "balance": "balance|running balance|account balance|balance after|saldo|kontostand"
    "|saldo nach buchung|solde|solde apres operation|saldo na mutatie|saldo na trn"
    "|saldo disponible|saldo contabile|saldo progressivo",
}
# Words of rows that sum up a statement instead of being one of its transactions
_SUMMING = {
    *("total", "totals", "sum", "subtotal", "summe", "gesamt", "gesamtsumme", "zwischensumme"),
    *("somme", "totaal", "totale", "totali", "suma", "balance", "saldo", "solde", "saldi"),
    *("anfangssaldo", "endsaldo", "kontostand", "eindsaldo", "beginsaldo"),
}
_NOT_ASKED = ("own_account", "other_number")
FIELDS = tuple(field for field in _HEADINGS if field not in _NOT_ASKED)
_PHRASES = {
    field: {" ".join(words(phrase)) for phrase in phrases.split("|")}
    for field, phrases in _HEADINGS.items()
}
SAMPLE = 30  # rows looked at where a heading alone is ambiguous


def guess_mapping(headers: Sequence[str], rows: Iterable[Sequence] = ()) -> dict[str, int]:
    """Return the column index of each field that a heading names.

    :param headers: headings as written
    :param rows: some rows of cells, to tell a value date from a currency ("Valuta" is either)
    :return: field of `FIELDS` -> column index; fields without a column are left out
    """
    scored = sorted(
        (
            (-score, column, field)
            for column, header in enumerate(headers)
            for field, score in _scores(header).items()
        ),
    )
    found: dict[str, int] = {}
    used: set[int] = set()
    for _score, column, field in scored:
        if column not in used and (field not in found or field in _NOT_ASKED):
            found[field] = column
            used.add(column)
    _tell_valuta(found, list(rows)[:SAMPLE])
    if "amount" in found and not ("debit" in found and "credit" in found):
        for field in ("debit", "credit"):
            found.pop(field, None)
    return {field: found[field] for field in FIELDS if field in found}


def header_key(headers: Sequence[str]) -> str:
    """Return what tells a bank's layout from others: its headings, in their order.

    :param headers: headings as written
    """
    folded = [" ".join(words(header)) or header.strip() for header in headers]
    return hashlib.sha256(json.dumps(folded).encode()).hexdigest()


def is_complete(mapping: dict[str, int]) -> bool:
    """Tell whether a mapping has what a statement needs: a date and an amount."""
    return "date" in mapping and ("amount" in mapping or {"debit", "credit"} <= mapping.keys())


def _scores(header: str) -> dict[str, int]:
    """Return how well a heading names each field; the whole heading beats a word in it."""
    heading = " ".join(words(header))
    scores: dict[str, int] = {}
    for field, phrases in _PHRASES.items():
        for phrase in phrases:
            if heading == phrase:
                score = 1000 + len(phrase)
            elif f" {phrase} " in f" {heading} " and len(phrase) > 3:
                score = 100 + len(phrase) + (50 if heading.startswith(phrase) else 0)
            else:
                continue
            scores[field] = max(score, scores.get(field, 0))
    return scores


def _tell_valuta(found: dict[str, int], rows: list[Sequence]) -> None:
    """Move a "Valuta" column to the currency where its cells are currency codes."""
    column = found.get("value_date")
    if column is None or "currency" in found:
        return
    cells = [str(row[column]).strip() for row in rows if column < len(row) and row[column]]
    if cells and all(len(cell) == 3 and cell.isalpha() for cell in cells):
        found["currency"] = found.pop("value_date")


def recognised(headers: Sequence[str]) -> int:
    """Return how many different fields the cells of a row name, to find the heading row."""
    return len({field for header in headers for field in _exact(str(header))})


def _exact(header: str) -> list[str]:
    heading = " ".join(words(header)) if len(header) < 60 else ""
    stem = " ".join(words(header.split("(")[0])) if len(header) < 60 else ""
    return [field for field, phrases in _PHRASES.items() if {heading, stem} & phrases - {""}]


def sums_up(cells: Iterable) -> bool:
    """Tell whether a row's first text says that it is a total or a balance."""
    texts = (words(cell) for cell in cells if isinstance(cell, str))
    first = next((found for found in texts if any(word.isalpha() for word in found)), [])
    return len(first) <= 4 and bool(_SUMMING & set(first))


def side_sign(cell: str) -> int:
    """Return -1 for money out, 1 for money in, 0 for a word that says neither."""
    word = fold(cell).strip(" .")
    if word in {"s", "soll", "d", "dr", "dbit", "debit", "debet", "af", "debe", "dare", "-"}:
        return -1
    if word in {"h", "haben", "c", "cr", "crdt", "credit", "bij", "haber", "avere", "+"}:
        return 1
    return 0
