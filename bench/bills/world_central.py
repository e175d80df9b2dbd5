# ruff: noqa: E501 - text of pages is read better unbroken
# fmt: off
"""Bills as they look in Germany, Austria, Switzerland, the Low Countries, Poland, Czechia, the North."""

from datetime import timedelta

from .world import CENT, Decimal, Sheet, deal, digits, family, money

_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_NL = "januari februari maart april mei juni juli augustus september oktober november december".split()


def _iban(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@family
def de_craftsman(rng):
    """Name in the middle, a sentence for the term of payment, all legal text in four columns below."""
    bill = deal(rng, "DE", "de", (19,), "GmbH & Co. KG", days=rng.choice((7, 10, 14, 30)))
    page, number = Sheet(rng, font="Times-Roman"), f"{bill.date.year}-{rng.randrange(10, 900)}"
    page.text(297, 50, bill.seller, 20, True, "middle")
    page.text(297, 66, "Meisterbetrieb seit 1968 · Am Anger 12 · 99084 Erfurt", 8, at="middle")
    page.rows(60, 140, [bill.buyer, "Herr Peter Beispiel", "Lange Gasse 4", "04109 Leipzig"], 11)
    page.text(535, 210, f"Erfurt, {bill.date.day}. {_DE[bill.date.month - 1]} {bill.date.year}", 11, at="right")
    page.text(60, 240, f"Rechnung Nr. {number}", 14, True)
    page.text(60, 258, f"Unser Angebot {digits(rng, 5)} vom {bill.date - timedelta(days=40):%d.%m.%Y}, Bauvorhaben Lange Gasse 4", 10)
    page.cells(285, [(60, "Pos"), (90, "Leistung"), (-400, "Menge"), (-470, "EP"), (-535, "GP")], 10, True)
    y = 302
    for index, (name, quantity, price, _rate, amount) in enumerate(bill.lines, 1):
        page.cells(y, [(60, str(index)), (90, name), (-400, f"{quantity} Std"), (-470, money(price, ".,")), (-535, money(amount, ".,"))], 10)
        y += 15
    for label, amount in (("Zwischensumme", bill.untaxed), ("zzgl. 19 % USt.", bill.tax), ("Rechnungsbetrag", bill.total)):
        y += 16
        page.cells(y, [(340, label), (-535, f"{money(amount, '.,')} €")], 11, label == "Rechnungsbetrag")
    days = (bill.due - bill.date).days
    page.rows(60, y + 40, [f"Bitte überweisen Sie den Rechnungsbetrag innerhalb von {days} Tagen ohne Abzug auf unser Konto.", "Es gelten unsere Allgemeinen Geschäftsbedingungen. Vielen Dank für Ihren Auftrag!"], 10)
    page.rows(60, 770, [bill.seller, "Am Anger 12", "99084 Erfurt"], 7)
    page.rows(190, 770, ["Telefon 0361 / 55 66 77", "Telefax 0361 / 55 66 78", "info@meisterbetrieb.example"], 7)
    page.rows(320, 770, ["Sparkasse Mittelthüringen", f"IBAN {_iban(bill.iban)}", "BIC HELADEF1WEM"], 7)
    page.rows(460, 770, ["Amtsgericht Jena HRA 50" + digits(rng, 4), f"USt-IdNr. {bill.vat}", "Steuer-Nr. 151/123/45678"], 7)
    return page, bill.truth(number, "EUR")


@family
def de_corporate_strip(rng):
    """Tiny labels in a strip over values; the delivery note and order beside; discount terms."""
    bill = deal(rng, "DE", "de", (19, 7), "AG", days=30)
    page, number = Sheet(rng), f"90{digits(rng, 8)}"
    page.text(545, 50, bill.seller.upper(), 17, True, "right")
    page.text(50, 110, f"{bill.seller}, Postfach 10 20 30, 70025 Stuttgart", 6)
    page.rows(50, 126, [bill.buyer, "Abt. Einkauf", "Hafenstr. 99", "28195 Bremen"], 10)
    page.text(50, 225, "Rechnung", 15, True)
    labels = ("Kunden-Nr.", "Auftrags-Nr.", "Beleg-Nr.", "Belegdatum", "Lieferschein", "Seite")
    values = (digits(rng, 6), digits(rng, 8), number, f"{bill.date:%d.%m.%y}", "80" + digits(rng, 7), "1 / 1")
    for index, (label, value) in enumerate(zip(labels, values, strict=True)):
        page.text(52 + index * 84, 248, label, 6)
        page.text(52 + index * 84, 260, value, 9)
    page.line(50, 265, 545)
    page.cells(285, [(50, "Material"), (130, "Bezeichnung"), (-330, "Menge"), (-420, "Preis"), (-470, "USt"), (-545, "Wert EUR")], 8, True)
    y = 300
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(50, digits(rng, 7)), (130, name), (-330, f"{quantity} ST"), (-420, money(price, ".,")), (-470, f"{rate}"), (-545, money(amount, ".,"))], 8)
        y += 13
    y += 20
    page.cells(y, [(-200, "Nettowert"), (-280, "USt-Satz %"), (-380, "USt-Betrag"), (-545, "Endbetrag EUR")], 7)
    for rate, base, tax in bill.taxes:
        y += 12
        page.cells(y, [(-200, money(base, ".,")), (-280, money(rate, ".,")), (-380, money(tax, ".,"))], 9)
    page.text(545, y, money(bill.total, ".,"), 10, True, "right")
    early = bill.date + timedelta(days=10)
    skonto = (bill.total * Decimal("0.02")).quantize(CENT)
    page.rows(50, y + 40, [f"Zahlbar bis {early:%d.%m.%Y} mit 2,00 % Skonto = {money(skonto, '.,')} EUR", f"bis {bill.due:%d.%m.%Y} netto ohne Abzug"], 9)
    page.text(50, 790, f"Vorstand: M. Muster · Registergericht Stuttgart HRB {digits(rng, 5)} · USt-Id {bill.vat} · Deutsche Bank {_iban(bill.iban)}", 6.5)
    return page, bill.truth(number, "EUR")


@family
def de_small_business(rng):
    """No VAT for a small business: only one sum, tax number instead of a VAT id, labels over values."""
    bill = deal(rng, "DE", "de", (0,), "", days=14, buyer="GmbH")
    page, number = Sheet(rng), f"RE{rng.randrange(1000, 9999)}"
    page.text(50, 60, bill.seller, 18)
    page.rows(50, 80, ["Fotografie und Gestaltung", "Gartenweg 7a, 50823 Köln", f"Steuernummer: 217/5{digits(rng, 3)}/{digits(rng, 4)}"], 9)
    page.rows(50, 160, [bill.buyer, "Ringstr. 1", "51063 Köln"], 10)
    for index, (label, value) in enumerate((("Rechnung", number), ("Rechnungsdatum", f"{bill.date:%d.%m.%Y}"), ("Leistungszeitraum", f"{bill.date - timedelta(days=30):%d.%m.%Y} – {bill.date:%d.%m.%Y}"), ("Fällig", f"{bill.due:%d.%m.%Y}"))):
        page.text(340, 160 + index * 28, label, 7)
        page.text(340, 171 + index * 28, value, 10, True)
    y = 320
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, f"{quantity} x {name}"), (-450, f"{money(price, '.,')} €"), (-545, f"{money(amount, '.,')} €")], 10)
        y += 18
    page.cells(y + 12, [(380, "Summe"), (-545, f"{money(bill.total, '.,')} €")], 12, True)
    page.text(50, y + 50, "Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.", 9)
    page.text(50, 780, f"Kontoinhaber: {bill.seller}   IBAN: {_iban(bill.iban)}", 8)
    return page, bill.truth(number, "EUR", untaxed=None, tax=None, vendor_vat=None)


@family
def de_final_with_advances(rng):
    """A final account: earlier part payments with their own numbers and dates, and what is left."""
    bill = deal(rng, "DE", "de", (19,), "GmbH", days=21, items=4)
    page, number = Sheet(rng), f"SR-{bill.date:%y}{rng.randrange(100, 999)}"
    page.rows(400, 50, [bill.seller, "Werkstr. 20", "90402 Nürnberg", "Tel. 0911 123 450", f"USt-IdNr.: {bill.vat}"], 9)
    page.rows(50, 130, [bill.buyer, "Marktplatz 3", "91054 Erlangen"], 10)
    page.text(50, 215, f"Schlussrechnung Nr. {number}", 14, True)
    page.rows(400, 215, [f"Datum: {bill.date:%d.%m.%Y}", f"Kunde: {digits(rng, 5)}", "Bearbeiter: K. Sommer"], 9)
    y = 260
    for name, quantity, _price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-350, str(quantity)), (-545, money(amount, ".,"))])
        y += 14
    for label, amount in (("Gesamt netto", bill.untaxed), ("19,00 % MwSt.", bill.tax), ("Gesamtbetrag brutto", bill.total)):
        y += 14
        page.cells(y, [(320, label), (-545, f"{money(amount, '.,')} EUR")], 9, "brutto" in label)
    y += 24
    page.text(50, y, "Abzüglich erhaltener Abschlagszahlungen:", 9, True)
    left = bill.total
    for turn in (2, 1):
        part = (bill.total * Decimal("0.25")).quantize(CENT)
        left -= part
        y += 14
        day = bill.date - timedelta(days=30 * turn)
        page.cells(y, [(50, f"{3 - turn}. Abschlagsrechnung AR-{digits(rng, 4)} vom {day:%d.%m.%Y}"), (-545, f"-{money(part, '.,')} EUR")])
    page.cells(y + 20, [(320, "Noch zu zahlen"), (-545, f"{money(left, '.,')} EUR")], 10, True)
    page.text(50, y + 50, f"Der Restbetrag ist bis zum {bill.due:%d.%m.%Y} fällig.", 9)
    page.text(50, 790, f"IBAN {_iban(bill.iban)} · HRB {digits(rng, 5)} Nürnberg", 7)
    return page, bill.truth(number, "EUR")


@family
def de_many_pages(rng):
    """Three pages with sums carried forward."""
    bill = deal(rng, "DE", "de", (19,), "GmbH", days=30, items=36)
    page, number = Sheet(rng, font="Courier"), f"R{bill.date:%Y%m}{rng.randrange(100, 999)}"
    page.rows(50, 50, [bill.seller, "Industriepark 8", "44137 Dortmund"], 10)
    page.rows(50, 120, [bill.buyer, "Zechenweg 2", "45127 Essen"], 10)
    page.rows(350, 120, [f"RECHNUNG     {number}", f"DATUM        {bill.date:%d.%m.%Y}", f"KUNDE        {digits(rng, 6)}", f"FÄLLIG       {bill.due:%d.%m.%Y}"], 10)
    y, run = 210, Decimal(0)
    for index, (name, quantity, price, _rate, amount) in enumerate(bill.lines, 1):
        page.cells(y, [(50, f"{index:3d} {name}"), (-330, str(quantity)), (-430, money(price, ".,")), (-545, money(amount, ".,"))])
        run += amount
        y += 14
        if index % 15 == 0:
            page.cells(y + 10, [(50, "Übertrag"), (-545, money(run, ".,"))], 9, True)
            page.text(50, 800, f"{bill.seller} * USt-IdNr. {bill.vat} * {_iban(bill.iban)}", 6)
            page.next()
            page.cells(60, [(50, f"Rechnung {number}"), (-545, f"Seite {index // 15 + 1}")])
            page.cells(80, [(50, "Übertrag von vorheriger Seite"), (-545, money(run, ".,"))], 9, True)
            y = 100
    for label, amount in (("Summe netto", bill.untaxed), ("MwSt 19%", bill.tax), ("Gesamtsumme EUR", bill.total)):
        y += 15
        page.cells(y, [(300, label), (-545, money(amount, ".,"))], 10)
    return page, bill.truth(number, "EUR")


@family
def at_table_of_rates(rng):
    """Austria: two rates in a table with net, tax and gross; value left of nothing, labels right of the address."""
    bill = deal(rng, "AT", "de", (20, 10), "Ges.m.b.H.", days=14)
    page, number = Sheet(rng), f"{rng.randrange(100, 999)}/{bill.date.year}"
    page.text(50, 50, bill.seller, 14, True)
    page.text(50, 64, "Mariahilfer Straße 100, 1070 Wien, Österreich", 8)
    page.rows(50, 130, [f"Firma {bill.buyer}", "Hauptplatz 1", "8010 Graz"], 10)
    page.rows(350, 130, ["Rechnungsnummer", "Rechnungsdatum", "Liefertermin", "UID-Nr."], 9)
    page.rows(545, 130, [number, f"{bill.date:%d.%m.%Y}", f"{bill.date - timedelta(days=4):%d.%m.%Y}", bill.vat], 9, at="right")
    y = 240
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(50, name), (-300, f"{quantity} Stk."), (-390, money(price, ".,")), (-440, f"{rate}%"), (-545, money(amount, ".,"))])
        y += 14
    y += 14
    page.cells(y, [(250, "Steuersatz"), (-390, "Netto"), (-460, "USt"), (-545, "Brutto")], 8, True)
    for rate, base, tax in bill.taxes:
        y += 12
        page.cells(y, [(250, f"{rate} %"), (-390, money(base, ".,")), (-460, money(tax, ".,")), (-545, money(base + tax, ".,"))])
    y += 14
    page.cells(y, [(250, "Summe €"), (-390, money(bill.untaxed, ".,")), (-460, money(bill.tax, ".,")), (-545, money(bill.total, ".,"))], 9, True)
    page.text(50, y + 40, f"Zahlungsziel: {bill.due:%d.%m.%Y}, danach verrechnen wir 4 % Verzugszinsen und € 40,00 Mahnspesen.", 9)
    page.text(50, 790, f"FN 123456a HG Wien | UID {bill.vat} | IBAN {_iban(bill.iban)} | BIC GIBAATWWXXX", 7)
    return page, bill.truth(number, "EUR")


@family
def ch_with_payment_part(rng):
    """Switzerland: the payment part with its code fills the foot of the page; apostrophes."""
    bill = deal(rng, "CH", "de", (8.1,), "AG", days=30)
    page, number = Sheet(rng), f"{rng.randrange(10000, 99999)}"
    vat = f"CHE{digits(rng, 9)}"
    shown = f"CHE-{vat[3:6]}.{vat[6:9]}.{vat[9:]}"
    page.rows(50, 50, [bill.seller, "Bahnhofstrasse 20", "8001 Zürich", f"{shown} MWST"], 9)
    page.rows(330, 110, [bill.buyer, "Seestrasse 5", "6300 Zug"], 10)
    page.text(50, 180, f"Zürich, {bill.date.day}. {_DE[bill.date.month - 1]} {bill.date.year}", 10)
    page.text(50, 205, f"Rechnung {number}", 14, True)
    y = 235
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-330, str(quantity)), (-430, money(price, "'.")), (-545, money(amount, "'."))])
        y += 14
    for label, amount in (("Total exkl. MWST", bill.untaxed), ("MWST 8.1%", bill.tax), ("Total inkl. MWST", bill.total)):
        y += 14
        page.cells(y, [(330, label), (430, "CHF"), (-545, money(amount, "'."))], 9, "inkl" in label)
    page.text(50, y + 35, f"Zahlbar innert {(bill.due - bill.date).days} Tagen netto. Wir danken für Ihren Auftrag.", 9)
    account = "CH44" + "3199" + "9" + digits(rng, 12)
    _payment_part(page, bill, account, digits(rng, 27))
    return page, bill.truth(number, "CHF", vendor_vat=vat, vendor_iban=None)


def _payment_part(page, bill, account, reference):
    own = [bill.seller, "Bahnhofstrasse 20", "8001 Zürich"]
    amount = money(bill.total, " .")
    page.line(0, 545, 595)
    for x, title in ((15, "Empfangsschein"), (190, "Zahlteil")):
        page.text(x, 565, title, 11, True)
        left = x if x == 15 else 350
        page.text(left, 585, "Konto / Zahlbar an", 6, True)
        y = page.rows(left, 595, [_iban(account), *own], 8)
        page.text(left, y + 6, "Referenz", 6, True)
        page.text(left, y + 16, f"{reference[:2]} " + " ".join(reference[2 + i : 7 + i] for i in range(0, 25, 5)), 8)
        page.text(left, y + 34, "Zahlbar durch", 6, True)
        page.rows(left, y + 44, [bill.buyer, "Seestrasse 5", "6300 Zug"], 8)
        page.cells(770, [(x, "Währung"), (x + 45, "Betrag")], 6, True)
        page.cells(782, [(x, "CHF"), (x + 45, amount)], 8)
    page.text(110, 810, "Annahmestelle", 6, True)


@family
def nl_subscription(rng):
    """Netherlands: labels left, values in a column; the sum is drawn from the account on a day."""
    bill = deal(rng, "NL", "nl", (21,), "B.V.", days=14, items=2)
    page, number = Sheet(rng), f"{rng.randrange(10, 99)}{digits(rng, 8)}"
    page.text(50, 60, bill.seller.split()[0].lower(), 26, True)
    page.rows(50, 130, [bill.buyer, "T.a.v. de administratie", "Keizersgracht 1", "1015 CN AMSTERDAM"], 10)
    day = f"{bill.date.day} {_NL[bill.date.month - 1]} {bill.date.year}"
    collected = f"{bill.due.day} {_NL[bill.due.month - 1]} {bill.due.year}"
    start = bill.date.replace(day=1)
    for index, (label, value) in enumerate((("Klantnummer", digits(rng, 7)), ("Factuurnummer", number), ("Factuurdatum", day), ("Contract", digits(rng, 9)), ("Periode", f"{start:%d-%m-%Y} t/m {start + timedelta(days=29):%d-%m-%Y}"), ("Vervaldatum", collected))):
        page.cells(130 + index * 14, [(330, label), (430, value)])
    page.text(50, 240, "Uw factuur", 16, True)
    y = 270
    for name, _quantity, _price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-545, f"€ {money(amount, '.,')}")])
        y += 15
    for label, amount in (("Totaal exclusief btw", bill.untaxed), ("21% btw", bill.tax), ("Totaal inclusief btw", bill.total)):
        y += 15
        page.cells(y, [(50, label), (-545, f"€ {money(amount, '.,')}")], 9, "inclusief" in label)
    page.text(50, y + 30, f"Het totaalbedrag van € {money(bill.total, '.,')} wordt rond {collected} van uw rekening afgeschreven.", 9)
    page.text(50, 790, f"{bill.seller} | KvK 3{digits(rng, 7)} | Btw {bill.vat} | IBAN {_iban(bill.iban)}", 7)
    return page, bill.truth(number, "EUR")


@family
def be_two_languages(rng):
    """Belgium: every label in Dutch and French; VAT id with dots; structured communication."""
    bill = deal(rng, "BE", "nl", (21, 6), "bv", days=30)
    page, number = Sheet(rng), f"VF{bill.date:%y}/{rng.randrange(1000, 9999)}"
    shown = f"BE {bill.vat[2:6]}.{bill.vat[6:9]}.{bill.vat[9:]}"
    page.rows(50, 50, [bill.seller, "Meir 50", "2000 Antwerpen", f"BTW/TVA {shown}", "RPR Antwerpen"], 9)
    page.rows(350, 120, [bill.buyer, "Kerkstraat 2", "9000 Gent", f"BTW {bill.buyer_vat[:2]} {bill.buyer_vat[2:6]}.{bill.buyer_vat[6:9]}.{bill.buyer_vat[9:]}"], 10)
    page.text(50, 190, "FACTUUR / FACTURE", 15, True)
    for index, (label, value) in enumerate((("Nummer / Numéro", number), ("Datum / Date", f"{bill.date:%d/%m/%Y}"), ("Vervaldag / Échéance", f"{bill.due:%d/%m/%Y}"), ("Uw ref. / Votre réf.", "BB-" + digits(rng, 4)))):
        page.text(52 + index * 125, 215, label, 7)
        page.text(52 + index * 125, 227, value, 9, True)
    y = 260
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(50, name), (-310, str(quantity)), (-390, money(price, ".,")), (-440, f"{rate},00"), (-545, money(amount, ".,"))])
        y += 14
    y += 16
    page.cells(y, [(-150, "BTW %"), (-250, "Maatstaf / Base"), (-350, "BTW / TVA")], 7, True)
    for rate, base, tax in bill.taxes:
        y += 12
        page.cells(y, [(-150, f"{rate}%"), (-250, money(base, ".,")), (-350, money(tax, ".,"))])
    page.cells(y + 24, [(350, "Te betalen / À payer"), (-545, f"{money(bill.total, '.,')} EUR")], 11, True)
    reference = digits(rng, 12)
    page.text(50, y + 60, f"Mededeling / Communication: +++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++   IBAN {_iban(bill.iban)}", 9)
    return page, bill.truth(number, "EUR")
