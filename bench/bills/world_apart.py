# ruff: noqa: E501 - text of pages is read better unbroken
# fmt: off
"""A second lot of bills as they look in the world, written after the reader was mended by the first."""

from datetime import timedelta

from .world import CENT, Decimal, Sheet, deal, digits, family, letter, money

_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_ES = "ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic.".split()


def _iban(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@family
def de_phone(rng):
    """A telephone bill: values right of labels in a narrow column, number in groups, collected later."""
    bill = deal(rng, "DE", "de", (19,), "GmbH", items=3)
    page = Sheet(rng)
    plain = digits(rng, 10)
    number = f"{plain[:3]} {plain[3:6]} {plain[6:]}"
    page.text(50, 60, bill.seller, 18, True)
    page.text(50, 105, f"{bill.seller}, Postfach 3004 63, 53184 Bonn", 6)
    page.rows(50, 122, [f"Herrn {bill.buyer}", "Rosenweg 12", "80999 München"], 10)
    for index, (label, value) in enumerate((("Datum", f"{bill.date:%d.%m.%Y}"), ("Seite", "1 von 2"), ("Kundennummer", digits(rng, 10)), ("Rechnungsnummer", number), ("Buchungskonto", digits(rng, 9)))):
        page.cells(122 + 13 * index, [(370, label), (460, value)])
    page.text(50, 230, f"Ihre Rechnung für {_DE[bill.date.month - 1]} {bill.date.year}", 14, True)
    y = 260
    for name, _quantity, _price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-545, money(amount, ".,"))])
        y += 14
    for label, amount in (("Summe der Beträge (netto)", bill.untaxed), ("Umsatzsteuer 19 %", bill.tax), ("Rechnungsbetrag", bill.total)):
        y += 14
        page.cells(y, [(50, label), (-545, f"{money(amount, '.,')} €")], 10, label == "Rechnungsbetrag")
    page.text(50, y + 30, "Der Rechnungsbetrag wird nicht vor dem siebten Tag nach Zugang der Rechnung von Ihrem Konto abgebucht.", 8)
    page.text(50, 780, f"{bill.seller}, Landgrabenweg 151, 53227 Bonn | Amtsgericht Bonn, HRB {digits(rng, 4)} | USt-IdNr. {bill.vat} | IBAN {_iban(bill.iban)}", 6.5)
    return page, bill.truth(number, "EUR", due_date=None)


@family
def de_marketplace(rng):
    """A shop's copy: paid, sold by, dates in words without a point, totals with tax first."""
    bill = deal(rng, "DE", "de", (19,), "GmbH", items=2)
    page, number = Sheet(rng), f"DE{digits(rng, 2)}-INV-{bill.date.year}-{digits(rng, 7)}"
    day = f"{bill.date.day:02d} {_DE[bill.date.month - 1]} {bill.date.year}"
    page.text(50, 50, "Rechnung", 20, True)
    page.rows(360, 50, [f"Zahlbetrag {money(bill.total, '.,')} €", "Bezahlt", f"Verkauft von {bill.seller}", f"USt-ID {bill.vat}"], 9)
    page.rows(50, 90, [bill.buyer, "Lindenallee 9", "22529 Hamburg", "DE"], 9)
    for index, (label, value) in enumerate((("Rechnungsdatum/Lieferdatum", day), ("Rechnungsnummer", number), ("Bestelldatum", f"{(bill.date - timedelta(days=2)).day:02d} {_DE[(bill.date - timedelta(days=2)).month - 1]} {(bill.date - timedelta(days=2)).year}"), ("Bestellnummer", f"{digits(rng, 3)}-{digits(rng, 7)}-{digits(rng, 7)}"))):
        page.cells(150 + index * 13, [(50, label), (220, value)])
    y = 240
    page.cells(y, [(50, "Beschreibung"), (-260, "Menge"), (-340, "Stückpreis (ohne USt.)"), (-390, "USt. %"), (-470, "Stückpreis (inkl. USt.)"), (-545, "Zwischensumme (inkl. USt.)")], 6, True)
    for name, quantity, price, rate, amount in bill.lines:
        y += 16
        page.cells(y, [(50, name), (-260, str(quantity)), (-340, f"{money(price, '.,')} €"), (-390, f"{rate}%"), (-470, f"{money((price * Decimal('1.19')).quantize(CENT), '.,')} €"), (-545, f"{money((amount * Decimal('1.19')).quantize(CENT), '.,')} €")], 8)
    page.cells(y + 30, [(370, "Rechnungsbetrag"), (-545, f"{money(bill.total, '.,')} €")], 11, True)
    page.cells(y + 55, [(330, "USt. %"), (-460, "Zwischensumme (ohne USt.)"), (-545, "USt.")], 7, True)
    page.cells(y + 68, [(330, "19%"), (-460, f"{money(bill.untaxed, '.,')} €"), (-545, f"{money(bill.tax, '.,')} €")], 8)
    page.cells(y + 81, [(330, "Gesamt"), (-460, f"{money(bill.untaxed, '.,')} €"), (-545, f"{money(bill.tax, '.,')} €")], 8, True)
    return page, bill.truth(number, "EUR", due_date=None, vendor_iban=None)


@family
def de_short_labels(rng):
    """Labels cut short: Nr., Kd.-Nr., Datum; a long text below."""
    bill = deal(rng, "DE", "de", (19,), "e.K.", days=10)
    page, number = Sheet(rng, font="Courier"), f"{rng.randrange(2000, 9999)}"
    page.rows(50, 50, [bill.seller, "Inh. Karla Beispiel", "Schmiedegasse 4, 63450 Hanau", "Tel.: 06181/4455"], 10)
    page.rows(50, 140, ["Firma", bill.buyer, "Am Markt 8", "63571 Gelnhausen"], 10)
    page.text(50, 230, "R E C H N U N G", 14, True)
    page.rows(380, 200, [f"Nr.:     {number}", f"Kd.-Nr.: {digits(rng, 5)}", f"Datum:   {bill.date:%d.%m.%y}"], 10)
    y = 270
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, f"{quantity:3d} {name}"), (-430, money(price, ".,")), (-545, money(amount, ".,"))], 10)
        y += 15
    for label, amount in (("Nettosumme", bill.untaxed), ("+ 19% MwSt", bill.tax), ("Bruttosumme EUR", bill.total)):
        y += 15
        page.cells(y, [(300, label), (-545, money(amount, ".,"))], 10)
    page.text(50, y + 40, "Zahlbar innerhalb 10 Tagen netto Kasse. Reklamationen innerhalb 14 Tagen.", 9)
    page.text(50, 790, f"Volksbank Hanau IBAN {_iban(bill.iban)} USt-ID {bill.vat} HRA {digits(rng, 4)}", 7)
    return page, bill.truth(number, "EUR")


@family
def it_stylesheet(rng):
    """The print of an electronic bill by a style sheet: two parties side by side, labels with colons."""
    bill = deal(rng, "IT", "it", (22, 10), "S.r.l.", days=30, buyer="S.p.A.")
    page, number = Sheet(rng), f"{rng.randrange(1, 999)}/FE"
    for x, title, name, vat in ((40, "Cedente/prestatore (fornitore)", bill.seller, bill.vat), (305, "Cessionario/committente (cliente)", bill.buyer, bill.buyer_vat)):
        page.text(x, 50, title, 9, True)
        page.rows(x, 64, [f"Identificativo fiscale ai fini IVA: {vat}", f"Codice fiscale: {vat[2:]}", f"Denominazione: {name}", "Regime fiscale: RF01 (ordinario)" if x == 40 else "Indirizzo: Via Po 4", "Comune: Bologna Provincia: BO", "Cap: 40121 Nazione: IT"], 8)
    for x, label in ((40, "Tipologia documento"), (170, "Art. 73"), (220, "Numero documento"), (340, "Data documento"), (450, "Codice destinatario")):
        page.text(x, 165, label, 7, True)
    for x, value in ((40, "TD01 fattura"), (220, number), (340, f"{bill.date:%d-%m-%Y}"), (450, "ABC1234")):
        page.text(x, 177, value, 8)
    y = 205
    page.cells(y, [(40, "Cod. articolo"), (110, "Descrizione"), (-310, "Quantità"), (-380, "Prezzo unitario"), (-410, "UM"), (-450, "%IVA"), (-550, "Prezzo totale")], 7, True)
    for name, quantity, price, rate, amount in bill.lines:
        y += 13
        page.cells(y, [(40, digits(rng, 4)), (110, name), (-310, f"{quantity},00"), (-380, money(price, ".,")), (-410, "PZ"), (-450, f"{rate},00"), (-550, money(amount, ".,"))], 8)
    y += 26
    page.text(40, y, "RIEPILOGHI IVA E TOTALI", 8, True)
    y += 13
    page.cells(y, [(40, "esigibilità iva / riferimenti normativi"), (-310, "%IVA"), (-420, "Totale imponibile"), (-550, "Totale imposta")], 7)
    for rate, base, tax in bill.taxes:
        y += 12
        page.cells(y, [(40, "I (esigibilità immediata)"), (-310, f"{rate},00"), (-420, money(base, ".,")), (-550, money(tax, ".,"))], 8)
    y += 16
    page.cells(y, [(-150, "Importo bollo"), (-300, "Sconto/Maggiorazione"), (-420, "Arr."), (-550, "Totale documento")], 7)
    page.text(550, y + 12, money(bill.total, ".,"), 9, True, "right")
    y += 40
    page.cells(y, [(40, "Modalità pagamento"), (150, "Dettagli"), (380, "Scadenze"), (-550, "Importo")], 7)
    page.cells(y + 12, [(40, "MP05 Bonifico"), (150, f"IBAN {bill.iban}"), (380, f"Data scadenza {bill.due:%d-%m-%Y}"), (-550, money(bill.total, ".,"))], 8)
    return page, bill.truth(number, "EUR")


@family
def gb_accounts_package(rng):
    """Britain: a grid of four cells at the right, carriage apart, totals with words for each."""
    bill = deal(rng, "GB", "en", (20,), "Limited", days=30)
    page, number = Sheet(rng), str(rng.randrange(10000, 99999))
    carriage = Decimal(rng.randrange(500, 3000)) / 100
    net = bill.untaxed + carriage
    tax = (net * Decimal("0.2")).quantize(CENT)
    page.text(50, 50, bill.seller, 15, True)
    page.rows(50, 66, ["Unit 4 Riverside Park", "Sheffield S9 2XX", "Tel 0114 496 0123"], 9)
    page.text(545, 50, "Invoice", 18, at="right")
    page.text(380, 120, "Page 1", 8)
    for index, (label, value) in enumerate((("Invoice No", number), ("Invoice/Tax Date", f"{bill.date:%d/%m/%Y}"), ("Order No", f"P{digits(rng, 5)}"), ("Account No", f"{bill.buyer[:4].upper()}001"))):
        page.box(340, 130 + 18 * index, 545, 148 + 18 * index)
        page.cells(142 + 18 * index, [(345, label), (450, value)])
    page.rows(50, 130, [bill.buyer, "Purchase Ledger", "Tower House", "Hull HU1 2AA"], 10)
    y = 240
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, f"{quantity}.00"), (110, name), (-400, money(price, ",.")), (-470, money(amount, ",.")), (-500, "20.00"), (-545, money((amount * Decimal("0.2")).quantize(CENT), ",."))], 8)
        y += 13
    for label, amount in (("Total Net Amount", bill.untaxed), ("Carriage Net", carriage), ("Total Tax Amount", tax), ("Invoice Total", net + tax)):
        y += 15
        page.cells(y, [(380, label), (465, "£"), (-545, money(amount, ",."))], 9, label == "Invoice Total")
    page.rows(50, y + 20, [f"VAT Reg No GB {bill.vat[2:5]} {bill.vat[5:9]} {bill.vat[9:]}", "Terms: 30 days from invoice date", f"Company Registration No 0{digits(rng, 7)}"], 8)
    return page, bill.truth(number, "GBP", untaxed=net, tax=tax, total=net + tax, vendor_iban=None)


@family
def us_freelance(rng):
    """US: a person's plain page, short date with the month first, hours, one sum."""
    bill = deal(rng, "US", "en", (0,), "", items=2, days=15, buyer="Inc.")
    page, number = Sheet(rng, letter), f"{bill.date.year}-{rng.randrange(1, 99):02d}"
    page.rows(60, 60, [bill.seller, "123 Pine Ave", "Seattle, WA 98101", "hello@freelance.example"], 11)
    page.rows(400, 60, ["INVOICE", f"Invoice: {number}", f"Date: {bill.date.month}/{bill.date.day}/{bill.date:%y}", f"Due: {bill.due.month}/{bill.due.day}/{bill.due:%y}"], 11)
    page.rows(60, 150, ["For:", bill.buyer, "1 Market Plaza", "San Jose, CA 95110"], 11)
    y = 250
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(60, f"{name} - {quantity} hrs @ ${money(price, ',.')}"), (-540, f"${money(amount, ',.')}")], 11)
        y += 18
    page.cells(y + 20, [(400, "Amount due"), (-540, f"${money(bill.total, ',.')}")], 13, True)
    page.text(60, 700, "Please send payment via check or ACH. Thanks!", 10)
    return page, bill.truth(number, "USD", untaxed=None, tax=None, vendor_vat=None, vendor_iban=None)


@family
def nl_one_line(rng):
    """Netherlands: everything in one line above the table; days to pay in a sentence."""
    bill = deal(rng, "NL", "nl", (21, 9), "", days=30, buyer="BV")
    page, number = Sheet(rng), f"{bill.date.year}{rng.randrange(1, 400):04d}"
    page.text(297, 60, bill.seller, 20, at="middle")
    page.text(297, 76, "Schoolstraat 3, 3581 AA Utrecht | 06-12345678 | info@bedrijf.example", 8, at="middle")
    page.rows(60, 130, ["Aan:", bill.buyer, "Havenweg 20", "3089 JK Rotterdam"], 10)
    page.text(60, 210, f"Factuurnr: {number}    Factuurdatum: {bill.date:%d-%m-%Y}    Debiteurnr: {digits(rng, 4)}", 10, True)
    y = 240
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(60, f"{quantity} x {name}"), (-380, f"€ {money(price, '.,')}"), (-430, f"{rate}%"), (-535, f"€ {money(amount, '.,')}")], 10)
        y += 15
    for label, amount in (("Subtotaal", bill.untaxed), *((f"BTW {rate}%", tax) for rate, _base, tax in bill.taxes), ("Totaal", bill.total)):
        y += 15
        page.cells(y, [(400, label), (-535, f"€ {money(amount, '.,')}")], 10, label == "Totaal")
    page.text(60, y + 40, f"Gelieve het bedrag binnen 30 dagen over te maken op {_iban(bill.iban)} t.n.v. {bill.seller} o.v.v. het factuurnummer.", 8)
    page.text(60, 790, f"KvK-nummer: 5{digits(rng, 7)}   BTW-id: {bill.vat}", 8)
    return page, bill.truth(number, "EUR")


@family
def be_french(rng):
    """Belgium in French: HTVA and TVAC, company number with label, number and dates in one block."""
    bill = deal(rng, "BE", "fr", (21,), "SRL", days=30)
    page, number = Sheet(rng), f"{bill.date.year}/{rng.randrange(10, 900):03d}"
    page.rows(50, 50, [bill.seller, "Rue Neuve 80", "1000 Bruxelles", f"N° entreprise : BE{bill.vat[2:6]}.{bill.vat[6:9]}.{bill.vat[9:]}", f"Compte : {_iban(bill.iban)}"], 9)
    page.rows(340, 130, ["Facturé à :", bill.buyer, "Place Saint-Lambert 1", "4000 Liège", f"TVA : {bill.buyer_vat}"], 9)
    page.rows(50, 150, [f"Facture n° {number}", f"Date : {bill.date:%d/%m/%Y}", f"Échéance : {bill.due:%d/%m/%Y}"], 11)
    y = 250
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-330, str(quantity)), (-430, f"{money(price, '.,')} €"), (-545, f"{money(amount, '.,')} €")])
        y += 14
    for label, amount in (("Total HTVA", bill.untaxed), ("TVA 21 %", bill.tax), ("Total TVAC", bill.total)):
        y += 15
        page.cells(y, [(370, label), (-545, f"{money(amount, '.,')} €")], 10)
    return page, bill.truth(number, "EUR")


@family
def ch_french(rng):
    """Switzerland in French: date of a letter, terms in days, amounts with apostrophes."""
    bill = deal(rng, "CH", "fr", (8.1,), "SA", days=10)
    page, number = Sheet(rng), str(rng.randrange(1000, 9999))
    vat = f"CHE{digits(rng, 9)}"
    page.rows(50, 50, [bill.seller, "Rue du Rhône 14, 1204 Genève"], 10)
    page.rows(340, 120, [bill.buyer, "Avenue de la Gare 5", "1003 Lausanne"], 10)
    page.text(340, 190, f"Genève, le {bill.date.day} {_FR[bill.date.month - 1]} {bill.date.year}", 10)
    page.text(50, 220, f"FACTURE {number}", 13, True)
    y = 250
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-330, str(quantity)), (-430, money(price, "’.")), (-545, money(amount, "’."))])
        y += 14
    for label, amount in (("Sous-total HT", bill.untaxed), ("TVA 8.1%", bill.tax), ("Total TTC CHF", bill.total)):
        y += 15
        page.cells(y, [(370, label), (-545, money(amount, "’."))], 10)
    page.text(50, y + 40, "Conditions de paiement : 10 jours net. Avec nos remerciements.", 9)
    page.text(50, 790, f"N° TVA CHE-{vat[3:6]}.{vat[6:9]}.{vat[9:]} TVA - IBAN CH93 0076 2011 6238 5295 7", 8)
    return page, bill.truth(number, "CHF", vendor_vat=vat, vendor_iban=None)


@family
def es_phone(rng):
    """Spain: months cut short with a point, a period in brackets, total to pay."""
    bill = deal(rng, "ES", "es", (21,), "S.A.U.", items=3)
    page, number = Sheet(rng), f"60-{rng.choice('ABC')}{digits(rng, 3)}-{digits(rng, 6)}"
    day = f"{bill.date.day:02d} {_ES[bill.date.month - 1]} {bill.date.year}"
    start = bill.date - timedelta(days=30)
    page.text(50, 50, bill.seller, 14, True)
    page.rows(50, 68, [f"C.I.F. {bill.vat[2:]}", "Ronda de la Comunicación s/n, 28050 Madrid"], 8)
    page.rows(50, 110, [f"Nº de factura: {number}", f"Fecha de emisión: {day}", f"Periodo de facturación: ({start.day:02d} {_ES[start.month - 1]} - {day})", f"Titular: {bill.buyer}", f"Referencia de cliente: {digits(rng, 9)}"], 9)
    page.text(50, 210, "Resumen de tu factura", 13, True)
    y = 235
    for label, line in zip(("Cuotas mensuales", "Consumos", "Otros servicios"), bill.lines, strict=True):
        page.cells(y, [(50, label), (-350, f"{money(line[4], '.,')} €")], 10)
        y += 15
    for label, amount in (("Total (base imponible)", bill.untaxed), ("IVA (21%)", bill.tax), ("Total a pagar", bill.total)):
        y += 15
        page.cells(y, [(50, label), (-350, f"{money(amount, '.,')} €")], 10, "pagar" in label)
    return page, bill.truth(number, "EUR", due_date=None, vendor_iban=None)


@family
def sg_trade(rng):
    """Singapore: abbreviations with points, dollars of the country, the tax added."""
    bill = deal(rng, "SG", "en", (9,), "Pte Ltd", days=30)
    page, number = Sheet(rng), f"SI{bill.date:%y}{digits(rng, 5)}"
    page.rows(297, 45, [bill.seller.upper(), "10 UBI CRESCENT #05-21 SINGAPORE 408564", f"GST REG. NO.: 20{digits(rng, 7)}K"], 9, at="middle")
    page.text(297, 95, "TAX INVOICE", 14, True, "middle")
    page.rows(50, 120, ["TO :", bill.buyer.upper(), "50 RAFFLES PLACE", "SINGAPORE 048623"], 9)
    for index, (label, value) in enumerate((("INV. NO.", number), ("INV. DATE", f"{bill.date:%d/%m/%Y}"), ("D/O NO.", f"DO{digits(rng, 5)}"), ("TERMS", "30 DAYS"))):
        page.cells(120 + 13 * index, [(370, label), (440, ":"), (450, value)])
    y = 210
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-350, f"{quantity} PCS"), (-440, money(price, ",.")), (-545, money(amount, ",."))])
        y += 14
    for label, amount in (("SUB-TOTAL S$", bill.untaxed), ("ADD 9% GST S$", bill.tax), ("TOTAL AMOUNT S$", bill.total)):
        y += 15
        page.cells(y, [(-440, label), (-545, money(amount, ",."))], 9)
    return page, bill.truth(number, "SGD", vendor_vat=None, vendor_iban=None, vendor_name=bill.seller.upper())


@family
def fr_hotel(rng):
    """A French hotel: tax contained in the price, dates of the stay, paid by card."""
    bill = deal(rng, "FR", "fr", (10,), "SARL", items=1)
    page, number = Sheet(rng, font="Times-Roman"), str(rng.randrange(10000, 99999))
    nights = rng.randrange(1, 4)
    page.rows(297, 50, [bill.seller, "15 quai des Brumes", "67000 Strasbourg"], 11, at="middle")
    page.rows(60, 120, [f"Facture N° : {number}", f"Date : {bill.date:%d/%m/%Y}", f"Arrivée le : {bill.date - timedelta(days=nights):%d/%m/%Y}", f"Départ le : {bill.date:%d/%m/%Y}", "Chambre : 12"], 10)
    page.rows(340, 120, [bill.buyer, "M. Jean Exemple", "8 rue Haute", "21000 Dijon"], 10)
    y = 220
    page.cells(y, [(60, f"{nights} nuit(s), petit-déjeuner compris"), (-520, f"{money(bill.total, ' ,')} €")], 10)
    for label, amount in (("Total TTC", bill.total), ("dont TVA 10 %", bill.tax), ("Total HT", bill.untaxed), ("Règlement CB", bill.total), ("Reste à payer", Decimal(0))):
        y += 18
        page.cells(y, [(340, label), (-520, f"{money(amount, ' ,')} €")], 10, label == "Total TTC")
    page.text(297, 800, f"SIRET {digits(rng, 14)} - TVA {bill.vat}", 8, at="middle")
    return page, bill.truth(number, "EUR", due_date=None, vendor_iban=None)


@family
def ro_fiscal(rng):
    """Romania: series and number, seller and client side by side."""
    bill = deal(rng, "RO", "en", (19,), "SRL", days=15)
    page, number = Sheet(rng), digits(rng, 4)
    page.text(297, 50, "FACTURA FISCALA", 15, True, "middle")
    page.text(297, 66, f"Seria ABC nr. {number}", 10, at="middle")
    page.text(297, 79, f"Data emiterii: {bill.date:%d.%m.%Y}   Termen de plata: {bill.due:%d.%m.%Y}", 9, at="middle")
    page.rows(50, 110, ["Furnizor:", bill.seller, "Reg. com.: J40/1234/2010", f"CIF: RO{digits(rng, 8)}", "Str. Lunga 5, Bucuresti"], 9)
    page.rows(330, 110, ["Client:", bill.buyer, "Reg. com.: J12/99/2011", f"CIF: RO{digits(rng, 8)}", "Str. Noua 1, Cluj-Napoca"], 9)
    y = 220
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-300, f"{quantity} buc"), (-380, money(price, ".,")), (-460, money(amount, ".,")), (-545, money((amount * Decimal("0.19")).quantize(CENT), ".,"))])
        y += 14
    page.cells(y + 14, [(330, "Total"), (-460, money(bill.untaxed, ".,")), (-545, money(bill.tax, ".,"))], 9)
    page.cells(y + 32, [(330, "Total de plata"), (-545, f"{money(bill.total, '.,')} RON")], 11, True)
    return page, bill.truth(number, "RON", vendor_vat=None, vendor_iban=None)
