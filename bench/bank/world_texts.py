"""How banks of a dozen countries print a payment, and how payers there write and are written.

Written for the third style alone: no word list, phrase or frame is shared with the other two.
"""

import random
from collections.abc import Callable
from datetime import date

FAMILIES = {
    "DE": "Müller Strauß Hübner Köhler Wagner Schäfer Blömer Kaiser Lütke Voß Steinhäuser",
    "AT": "Gruber Moser Höllriegl Eder Pöltl Steiner Wallner",
    "FR": "Lemoine Boyer Clément Géraud Hamel Perrot Roussel Bénard Thévenin Guérin",
    "NL": "De_Groot Smit Mulder Dekker Brouwer Kuipers Van_Leeuwen Hoekstra Ten_Cate",
    "GB": "Cartwright Pemberton Ainsley Holloway Marsden Fenwick Chadwick O'Neill Lockhart",
    "US": "Keystone Bluestem Cascadia Prairie Harbor Magnolia Ironwood Cumberland Tamarack Delmar",
    "ES": "Ibarra Quintana Peñalver Olmedo Zamora Cañizares Requena Ordóñez Vidal",
    "CH": "Zürcher Frei Amstutz Bühler Oberholzer Gerber Schöpfer Rochat",
    "SE": "Lindqvist Åberg Söderström Nyström Björk Hägg Ekdahl Sjögren",
    "IN": "Sharma Patel Iyer Krishnan Agarwal Mehta Banerjee Reddy Chawla Deshpande",
    "IT": "Moretti Caruso Fontana Galli Marchetti Pellegrini D'Angelo Santoro",
    "PL": "Nowak Wiśniewski Wójcik Zieliński Dąbrowski Górski",
    "AU": "Kookaburra Wattle Coorong Banksia Southerly Ballarat Mallee",
}
TRADES = {
    "DE": "Haustechnik|Präzisionsteile|Spedition|Werkzeuge|Bürobedarf|Ladenbau|Anlagenbau|Catering",
    "AT": "Holzbau|Installationen|Weinhandel|Fördertechnik",
    "FR": "Menuiserie|Matériaux|Plomberie|Traiteur|Signalétique|Cosmétiques|Négoce|Outillage",
    "NL": "Zeefdruk|Kassenbouw|Verhuur|Staalbouw|Scheepswerf|Kantoorinrichting",
    "GB": "Joinery|Wholesale|Fabrications|Scaffolding|Stationers|Brewing Co|Motors|Catering",
    "US": "Plumbing Supply|Freight Lines|Dental Group|Machine Works|Packaging|Roofing|Optical",
    "ES": "Carpintería|Distribuciones|Hostelería|Mármoles|Ferretería|Climatización",
    "CH": "Schreinerei|Messtechnik|Chocolats|Elektro|Sanitär",
    "SE": "Åkeri|Snickeri|Rör|Plåt|Fönster|Redovisning",
    "IN": "Textiles|Agro Products|Engineering Works|Traders|Exports|Polymers|Infotech",
    "IT": "Ceramiche|Falegnameria|Ricambi|Tessuti|Vini|Impianti Elettrici",
    "PL": "Meble|Budownictwo|Hurtownia|Stolarka",
    "AU": "Earthmoving|Joinery|Produce|Signs|Timber",
}
FORMS = {
    "DE": "GmbH|GmbH|AG|GmbH & Co. KG|OHG|e.K.|", "AT": "GmbH|Ges.m.b.H.|KG",
    "FR": "SARL|SAS|SA|EURL|",
    "NL": "B.V.|VOF|Holding B.V.|", "GB": "Ltd|Limited|LLP|& Sons Ltd|", "US": "LLC|Inc|Corp|Co.|",
    "ES": "S.L.|S.A.|SLU|", "CH": "AG|GmbH|Sàrl|", "SE": "AB|HB|",
    "IN": "Pvt Ltd|Private Limited|LLP|",
    "IT": "S.r.l.|S.p.A.|di Marco S.n.c.|", "PL": "Sp. z o.o.|S.A.|", "AU": "Pty Ltd|Pty Limited|",
}  # fmt: skip
COUNTRIES = tuple(FAMILIES)
GIVEN = "Sofie|Hannes|Claire|Priya|Marek|Ingrid|Tomás|Fiona|Luca|Grace|Jürgen|Noémie".split("|")
CITIES = "MUENCHEN|LYON|UTRECHT|LEEDS|AUSTIN TX|MURCIA|BERN|MALMO|PUNE|BARI|GDYNIA|PERTH".split("|")

# What a payer writes before a number; "" is the number alone.
ANNOUNCED = {
    "DE": "Rechnung |Rechnungsnummer: |RNr. |Re.Nr |Rg. |Ihre Rechnung Nr. ||zu Rechnung |RE-Nr. ",
    "AT": "Rechnung |ReNr |Rechnungsnr. |",
    "FR": "FACTURE |Facture N°|Fact |Paiement facture n |Votre facture ||F ",
    "NL": "factuur |Factuurnummer |fact. |uw factuur ||inzake ",
    "GB": "Invoice |INV |Inv No |Your inv |Ref ||invoice number ",
    "US": "INV |Invoice No. |INV# |Inv: ||INVOICE NBR ",
    "ES": "factura |FRA |Fact. num. |Pago fra. |N. factura ||FAC ",
    "CH": "Rechnung |Facture |Rechnungs-Nr. ||Fattura ",
    "SE": "Faktura |Fakturanr |Fakt ||Avser faktura ",
    "IN": "INV NO |Bill |Invoice |Against inv |BILL NO ||",
    "IT": "Fattura n. |Saldo fattura |Fatt |Ft. |Pagamento ft ||",
    "PL": "FV |Faktura VAT |faktura nr |FV nr ||",
    "AU": "Inv |Invoice |INV ||Invoice #",
}
CHATTER = {
    "DE": "Danke für die Lieferung|Ueberweisung|Miete und Service||Zahlung lt. Vereinbarung",
    "AT": "Zahlung|", "FR": "reglement|paiement fournisseur|merci et bonne journee|",
    "NL": "betaling|conform afspraak|", "GB": "payment|settlement of account|on behalf|bills|",
    "US": "PAYMENT|VENDOR PAY|AP PAYMENT|TRADE PAYMT|", "ES": "pago proveedores|liquidacion|",
    "CH": "Zahlung|paiement|", "SE": "betalning|", "IN": "payment|being paid|vendor payment|",
    "IT": "pagamento fornitore|saldo|", "PL": "zapłata|przelew|", "AU": "payment|thanks|",
}  # fmt: skip
ASIDES = {
    "DE": "KdNr {n6}|Kundennr. {n5}|Best.Nr. {n7}|Bestellung {n6}|v. {d}|Projekt {n4}",
    "AT": "Kundennummer {n5}|vom {d}", "FR": "cde {n6}|votre ref client {n5}|du {d}|BL {n6}",
    "NL": "debiteur {n5}|klantnummer {n6}|dd {d}", "GB": "acc {n6}|PO{n6}|dated {d}|cust {n5}",
    "US": "PO {n6}|ACCT {n5}|DATED {d}|VENDOR {n5}", "ES": "pedido {n6}|cliente {n4}|de {d}",
    "CH": "Kunde {n5}|vom {d}", "SE": "kundnr {n5}|order {n6}", "IN": "PO NO {n6}|DT {d}",
    "IT": "cod. cliente {n5}|del {d}|ordine {n6}", "PL": "z dnia {d}", "AU": "PO {n6}|acct {n5}",
}  # fmt: skip
EARLIER = (
    "not {x} which was paid already", "vorige factuur {x} is betaald", "wie Rechnung {x}",
    "(prev inv {x})", "facture {x} deja reglee", "replaces {x}",
)  # fmt: skip

# {p} payer, {r} what the payer wrote, {i} its account, nX digits, {d6} a date, {s} us
RECEIPTS = {
    "DE": (
        "SEPA-GUTSCHRIFT {r}|Gutschrift von {p} {r}|ECHTZEIT-GUTSCHRIFT {p} {r}|{r}|"
        "{r} DATUM {d}, {h} UHR|GUTSCHR. UEBERW. DAUERAUFTR {r}|EREF: {n12} REMI: {r}"
    ),
    "AT": "{r}|Zahlungsreferenz: {r} Auftraggeber: {p}|SEPA Gutschrift IBAN {i} {r}",
    "FR": (
        "VIR SEPA {p} {r}|VIR INST RE {n12} DE: {p} DATE: {d} {h} REF: {n9} MOTIF: {r}|"
        "VIREMENT DE {p} REF {n8} {r}|VIR RECU {n10}Z DE: {p} MOTIF: {r}"
    ),
    "NL": (
        "/TRTP/SEPA OVERBOEKING/IBAN/{i}/BIC/ABNANL2A/NAME/{p}/REMI/{r}/EREF/NOTPROVIDED|"
        "SEPA iDEAL IBAN: {i} Naam: {p} Omschrijving: {n16} {r} Kenmerk: {d} {h}|"
        "Naam: {p} Omschrijving: {r} IBAN: {i} Valutadatum: {d}"
    ),
    "GB": (
        "{p18} {r18} BGC|FPI {p} {r18}|BACS CR {p18} {r18}|{r18} FP {d6} {h}|"
        "FASTER PAYMENTS RECEIPT REF.{r18} FROM {p}|CREDIT FROM {p18} ON {d} REF {r18}"
    ),
    "US": (
        "ACH CREDIT {p16} CCD {n15} {r}|ORIG CO NAME:{p16} ORIG ID:{n10} DESC DATE:{d6} CO ENTRY "
        "DESCR:PAYMENT SEC:CTX TRACE#:{n15} EED:{d6} IND ID:{n8} IND NAME:{s} {r}|"
        "WIRE TYPE:WIRE IN DATE: {d6} TIME:{n4} ET TRN:{n16} ORIG:{p} ID:{n9} PMT DET:{r}|"
        "LOCKBOX 0{n5} CHK {n6} {p} {r}|{p16} DES:PAYABLES ID:{n7} INDN:{s} CO ID:{n10} CTX {r}"
    ),
    "ES": (
        "TRANSF A SU FAVOR {p} {r}|TRANSFERENCIA INMEDIATA DE {p}, CONCEPTO {r}.|"
        "ABONO TRANSFERENCIA {n9} {p} /{r}|TRANSF. RECIBIDA ORDENANTE: {p} CONCEPTO: {r}"
    ),
    "CH": (
        "GUTSCHRIFT AUFTRAGGEBER: {p} {c} MITTEILUNGEN: {r}|Zahlungseingang {p} Referenz {r}|"
        "GIRO AUS KONTO {i} {p} {r}|{r}"
    ),
    "SE": "BG {n8} {p} {r}|OCR {r}|Bankgiro inbetalning {r} {p}|INSATTNING {r}",
    "IN": (
        "NEFT CR-HDFC000{n4}-{p20}-{s}-N{n12} {r}|UPI/{n12}/CR/{p8}/SBIN/{r}|"
        "RTGS/{n12}/{p20}/{r}|IMPS-{n12}-{p20}-ICIC-{r}|BY TRANSFER-NEFT*UTIB000{n4}*{p20}-- {r}"
    ),
    "IT": (
        "BONIFICO DA {p} PER {r}|ACCREDITO BONIF. ORD:{p} CAUS:{r} CRO:{n11}|"
        "BONIFICO ISTANTANEO {d} {h} {p} {r}"
    ),
    "PL": "PRZELEW PRZYCHODZACY {p} TYTULEM: {r}|{r}|UZNANIE {n10} {p} {r}",
    "AU": "DIRECT CREDIT {n6} {p18} {r18}|Osko Payment From {p} {r}|TFR {p18} {r18}",
}
ISSUED = {
    "DE": "SEPA-Ueberweisung an {p} {r}|ONLINE-UEBERWEISUNG {r}|SEPA-Lastschrift {p} MREF {n8} {r}",
    "FR": "PRLV SEPA {p} ECH/{d6} ID EMETTEUR/FR{n8} MDT/{n10} LIB/{r}|VIR EMIS VERS {p} MOTIF {r}",
    "NL": "/TRTP/SEPA Incasso/CSID/NL{n12}/NAME/{p}/MARF/{n8}/REMI/{r}|Overboeking {p} {r}",
    "GB": "{p18} {r18} BBP|BILL PAYMENT TO {p} REF {r18} MANDATE NO {n4}|DD {p18} {r18}",
    "US": "ACH DEBIT {p16} {n15} {r}|CHECK {n4} {p}|ONLINE PAYMENT TO {p} {r}|BILLPAY {p16} {r}",
    "ES": "TRANSF. EMITIDA A {p} CONCEPTO: {r}|RECIBO {p} N {n12} {r}",
    "IN": "NEFT DR-{n4}-{p20}-{r}|RTGS OUT {n12} {p20} {r}",
    "IT": "DISPOSIZIONE A FAVORE {p} {r}|SDD {p} MAND {n10} {r}",
}
STRAY = {
    "DE": "ENTGELT KTOFUEHRUNG|GEHALT {n5}|GA NR{n8} BLZ{n8}|KARTENZAHLUNG {n9} REWE|UST-VA {n9}",
    "FR": "COTISATION COMPTE PRO|CB {n4} TOTAL ENERGIES|URSSAF {n12}|SALAIRE {n4}|RETRAIT DAB {n6}",
    "NL": "Bankkosten|BELASTINGDIENST {n16}|PIN {n4} Shell {d}|Salaris {n4}",
    "GB": "HMRC PAYE {n9}|CARD {n4} TRAINLINE|CHAPS FEE|WAGES|COUNCIL TAX {n8}",
    "US": "IRS USATAXPYMT {n15}|PAYROLL {n6}|SERVICE CHARGE|DEBIT CARD {n4} SHELL OIL|INTEREST",
    "ES": "COMISION MANTENIMIENTO|NOMINA {n4}|SEGUROS SOCIALES {n9}|TARJETA {n4} REPSOL",
    "IN": "GST PMT {n12}|CHRG: SMS ALERT|ATM WDL {n6}|SALARY {n4}|INT.PD",
    "IT": "COMPETENZE E SPESE|F24 {n12}|STIPENDI {n4}|PAGAMENTO POS {n6}",
}


def digits(rng: random.Random, count: int) -> str:
    """Return `count` digits, the first not zero."""
    return str(rng.randrange(10 ** (count - 1), 10**count))


def company(rng: random.Random, country: str) -> str:
    """Return the name of a firm, now and then of a person."""
    family = rng.choice(FAMILIES[country].split()).replace("_", " ")
    other = rng.choice(FAMILIES[country].split()).replace("_", " ")
    trade, form = rng.choice(TRADES[country].split("|")), rng.choice(FORMS[country].split("|"))
    kind = rng.random()
    if kind < 0.08:
        return f"{rng.choice(GIVEN)} {family}"
    if kind < 0.22:
        return f"{family} & {other} {trade} {form}".strip()
    if kind < 0.32:
        return f"{rng.choice(GIVEN)} {family} {trade} {form}".strip()
    if kind < 0.42:
        return f"{trade} {family} {rng.choice(('Group', 'Nord', 'One', '24'))} {form}".strip()
    return f"{family} {trade} {form}".strip()


_TWO = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa"}
)
_ONE = str.maketrans(
    "äöüßÄÖÜåÅéèêñçáíóúàâôîëśżźćńłąęŚŻŹĆŃŁÁÉÓ", "aousAOUaAeeencaiouaaoieszzcnlaeSZZCNLAEO"
)


def printed(rng: random.Random, name: str, rough: float) -> str:
    """Return a name as a bank prints it; `rough` 0..1 is how far it is from the books."""
    if rng.random() < 0.75:
        name = name.translate(rng.choice((_TWO, _ONE)))
    if rng.random() < 0.7:
        name = name.upper()
    words = name.split()
    chance = rng.random()
    if chance < rough * 0.25 and len(words) > 2:
        name = " ".join(words[:-1])
    elif chance < rough * 0.35:
        name = f"{name} {rng.choice(CITIES)}"
    elif chance < rough * 0.45 and len(words) > 1:
        name = " ".join([words[1], words[0], *words[2:]])
    elif chance < rough * 0.6 and len(name) > 6:
        at = rng.randrange(2, len(name) - 1)
        name = name[:at] + rng.choice(("", name[at] * 2, rng.choice("lrnst"))) + name[at + 1 :]
    elif chance < rough * 0.68:
        name = " ".join(word[:4] + "." if len(word) > 8 else word for word in words)
    if rng.random() < 0.25:
        name = name.replace(" & ", rng.choice((" u. ", " AND ", " ")))
    return name[: rng.choice((18, 22, 27, 35, 35, 70, 70, 140))].strip()


def filled(
    rng: random.Random, frames: dict[str, str], country: str, day: date, **values: str
) -> str:
    """Return one of a country's frames filled with a payer, its words and made-up numbers."""
    frame = rng.choice(frames.get(country, frames["GB" if "GB" in frames else "US"]).split("|"))
    for count in (4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16):
        values[f"n{count}"] = digits(rng, count)
    payer, said = values.get("p", ""), values.get("r", "")
    for width in (8, 16, 18, 20):
        values[f"p{width}"], values[f"r{width}"] = payer[:width].strip(), said[:width].strip()
    values["d"] = day.strftime(rng.choice(("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%y")))
    values["d6"], values["h"] = day.strftime("%d%m%y"), f"{rng.randrange(24):02d}:{digits(rng, 2)}"
    values["c"], values["s"] = rng.choice(CITIES), "OUR COMPANY"
    return " ".join(frame.format(**values).split())


def nordic_ocr(number: int) -> str:
    """Return a Swedish OCR number: body, length digit, Luhn check digit."""
    body = f"{number}"
    body += str((len(body) + 2) % 10)
    total = 0
    for at, char in enumerate(reversed(body)):
        double = int(char) * (2 if at % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return body + str(-total % 10)


def dutch_reference(number: int) -> str:
    """Return a Dutch payment reference: check digit and fifteen digits, in groups of four."""
    body = f"{number:015d}"
    weights = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
    total = sum(int(char) * weights[at % 10] for at, char in enumerate(reversed(body)))
    check = 11 - total % 11
    whole = str({10: 1, 11: 0}.get(check, check)) + body
    return " ".join(whole[at : at + 4] for at in range(0, 16, 4))


STRUCTURED: dict[str, Callable[[int], str]] = {"SE": nordic_ocr, "NL": dutch_reference}
