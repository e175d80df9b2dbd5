"""How payers and banks of several countries write remittance texts."""

import random
from datetime import date

from .numbering import digits

# word before a number, by country; "" is a payer who writes the number alone
WORDS = {
    "DE": "Rechnung |RG |Rechnungsnr. |R.-Nr. |Rg.Nr. |Beleg ||Rechnung Nr. |RE ",
    "FR": "Facture |FACT |Fact. n° |Règlement facture |FA ||REGLT FACTURE ",
    "NL": "Factuur |factuurnr. |Fact. |Betaling factuur |Fact nr ||",
    "BE": "Factuur |Facture |Fact. ||Factuurnr ",
    "GB": "Invoice |INV |Inv no. ||invoice no ",
    "US": "INV |Invoice #|INVOICE |INV#||",
    "ES": "Factura |PAGO FACTURA |Fra. |Fact. n |",
    "IT": "Fattura |Saldo fatt. |FT |Fatt. n. |",
    "CH": "Rechnung |Facture |RG ||",
    "FI": "Lasku |Invoice ||",
    "NO": "Faktura |Fakturanr ||Invoice ",
}
THANKS = {
    "DE": "vielen Dank|Danke|Zahlung|Überweisung|mfg|",
    "FR": "merci|virement|VIR SEPA|règlement|",
    "NL": "dank u|betaling|overschrijving|",
    "BE": "betaling|paiement|",
    "GB": "thanks|payment|bank transfer|",
    "US": "thank you|ACH PAYMENT|VENDOR PMT|",
    "ES": "transferencia|pago|gracias|",
    "IT": "bonifico|pagamento|saldo|",
    "CH": "Zahlung|Paiement|",
    "FI": "maksu|",
    "NO": "betaling|",
}
AND = {"DE": " und ", "FR": " et ", "NL": " en ", "GB": " and ", "ES": " y ", "IT": " e "}
NOISE = {
    "DE": "Kd-Nr. {n5}|Kundennummer {n6}|vom {date}|Auftrag {n5}|EREF {n9}|Mandat {n6}",
    "FR": "client {n5}|du {date}|commande {n6}|REF CLIENT {n5}",
    "NL": "klantnr {n5}|d.d. {date}|order {n6}",
    "GB": "customer {n5}|PO {n6}|dated {date}|A/C {n6}",
    "US": "PO {n6}|CUST {n5}|TRACE# {n9}|CHECK {n4}",
    "IT": "del {date}|ordine {n5}|cliente {n5}",
    "ES": "cliente {n5}|fecha {date}|pedido {n6}",
}
FRAMES = {
    "DE": "{t}|SVWZ+{t}|EREF+{e} KREF+NONREF SVWZ+{t}|{t} EREF: {e}|SEPA-UEBERWEISUNG {t}",
    "FR": "{t}|VIR SEPA RECU /DE {p} /MOTIF {t} /REF {e}|VIREMENT {t}|VIR {p} {t}",
    "NL": "{t}|Omschrijving: {t} Kenmerk: {e}|/REMI/USTD//{t}|SEPA Overboeking {t}",
    "BE": "{t}|MEDEDELING: {t}|VIREMENT EN EUROS {t} REFERENCE BANQUE: {e}",
    "GB": "{t}|FASTER PAYMENT {t}|{p} {t} FP|BACS {t}|BGC {t}",
    "US": "{t}|ACH CREDIT {p} {t}|WIRE IN {e} {t}|ORIG CO NAME:{p} DESC:{t}|LOCKBOX {t}",
    "ES": "{t}|TRANSF. A SU FAVOR {t}|TRANSFERENCIA DE {p} CONCEPTO {t}",
    "IT": "{t}|BONIFICO A VS FAVORE {t}|BON.DA {p} PER {t} TRN {e}",
}


def number(rng: random.Random, text: str, hard: float) -> str:
    """Return a document number the way a payer writes it."""
    groups = text.replace("-", "/").split("/")
    tail = groups[-1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    plain = tail.lstrip("0") or tail
    prefix = text[: len(text) - len(text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
    year = next((group for group in groups if group.startswith("20") and len(group) == 4), "")
    spelled = [text, text, text.replace("/", "-"), text.replace("/", " "), text.replace("/", "")]
    short = [tail, plain, f"{prefix}{plain}", f"{prefix} {plain}".strip()]
    if year:
        short += [f"{year}/{plain}", f"{year}-{tail}", f"{plain}/{year}", f"{year}{tail}"]
    return rng.choice(short if rng.random() < 0.25 + 0.45 * hard else spelled)


def mistyped(rng: random.Random, text: str) -> str:
    """Return a number with one digit wrong or two swapped, in its last four places."""
    at = len(text) - rng.randint(1, min(4, len(text)))
    if at + 1 < len(text) and text[at] != text[at + 1] and rng.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rng.choice("0123456789".replace(text[at], "")) + text[at + 1 :]


def remittance(rng: random.Random, country: str, numbers: list[str]) -> str:
    """Return a payer's sentence that names documents."""
    word = rng.choice(WORDS.get(country, WORDS["GB"]).split("|"))
    between = rng.choice((", ", " ", " / ", "+", "; ", AND.get(country, ", ")))
    if len(numbers) > 1 and rng.random() < 0.3:
        return between.join(f"{word}{one}" for one in numbers)
    return word + between.join(numbers)


def without_reference(rng: random.Random, country: str) -> str:
    """Return a payer's sentence that names nothing."""
    return rng.choice(THANKS.get(country, THANKS["GB"]).split("|"))


def noise(rng: random.Random, country: str, day: date) -> str:
    """Return numbers that belong to somebody else, and dates."""
    shape = rng.choice(NOISE.get(country, NOISE["GB"]).split("|"))
    values = {f"n{count}": digits(rng, count) for count in (4, 5, 6, 9)}
    return shape.format(date=day.strftime("%d.%m.%Y"), **values)


def framed(rng: random.Random, country: str, text: str, payer: str) -> str:
    """Return the text as the bank of the country prints it."""
    frame = rng.choice(FRAMES.get(country, FRAMES["GB"]).split("|"))
    end_to_end = rng.choice(("NOTPROVIDED", digits(rng, 12), f"E2E{digits(rng, 8)}"))
    return frame.format(t=text, e=end_to_end, p=payer).strip()
