# ruff: noqa: E501 - text of pages is read better unbroken
# fmt: off
"""Bills as they look in Poland, Czechia, Sweden, Denmark, Finland, Norway."""

from datetime import timedelta

from .world import Decimal, Sheet, deal, digits, family, money

_PL = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
_SV = "januari februari mars april maj juni juli augusti september oktober november december".split()


@family
def pl_vat_invoice(rng):
    """Poland: seller and buyer side by side with NIP, a table of rates, the sum in words."""
    bill = deal(rng, "PL", "pl", (23, 8), "Sp. z o.o.", days=14)
    page, number = Sheet(rng), f"FV/{rng.randrange(1, 400)}/{bill.date:%m}/{bill.date.year}"
    page.text(50, 60, f"Faktura VAT nr {number}", 15, True)
    page.rows(400, 50, [f"Data wystawienia: {bill.date:%Y-%m-%d}", f"Data sprzedaży: {bill.date - timedelta(days=2):%Y-%m-%d}", f"Termin płatności: {bill.due:%Y-%m-%d}", "Metoda płatności: przelew"], 8)
    nip = bill.vat[2:]
    page.rows(50, 120, ["Sprzedawca", bill.seller, "ul. Długa 5", "00-238 Warszawa", f"NIP: {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}"], 10)
    page.rows(320, 120, ["Nabywca", bill.buyer, "ul. Rynek 1", "31-042 Kraków", f"NIP: {bill.buyer_vat[2:]}"], 10)
    y = 215
    page.cells(y, [(50, "Lp."), (80, "Nazwa towaru lub usługi"), (-310, "Ilość"), (-380, "Cena netto"), (-440, "Wartość netto"), (-470, "VAT"), (-545, "Wartość brutto")], 7, True)
    for index, (name, quantity, price, rate, amount) in enumerate(bill.lines, 1):
        y += 14
        gross = amount + (amount * rate / 100).quantize(Decimal("0.01"))
        page.cells(y, [(50, str(index)), (80, name), (-310, f"{quantity} szt."), (-380, money(price, " ,")), (-440, money(amount, " ,")), (-470, f"{rate}%"), (-545, money(gross, " ,"))], 8)
    for rate, base, tax in bill.taxes:
        y += 14
        page.cells(y, [(330, "w tym"), (-440, money(base, " ,")), (-470, f"{rate}%"), (-510, money(tax, " ,")), (-570, money(base + tax, " ,"))], 8)
    y += 14
    page.cells(y, [(330, "Razem"), (-440, money(bill.untaxed, " ,")), (-510, money(bill.tax, " ,")), (-570, money(bill.total, " ,"))], 8, True)
    page.rows(50, y + 40, [f"Do zapłaty: {money(bill.total, ' ,')} PLN", "Słownie: zgodnie z kwotą powyżej", f"Konto bankowe: PL{digits(rng, 2)} {digits(rng, 4)} {digits(rng, 4)} {digits(rng, 4)} {digits(rng, 4)} {digits(rng, 4)} {digits(rng, 4)}"], 10)
    return page, bill.truth(number, "PLN", vendor_iban=None, vendor_vat=None)


@family
def cz_tax_document(rng):
    """Czechia: tax document, variable symbol equals the number, ids of both parties."""
    bill = deal(rng, "CZ", "cs", (21, 12), "s.r.o.", days=14)
    page, number = Sheet(rng), f"{bill.date.year}{rng.randrange(1000, 9999)}"
    page.text(545, 50, f"FAKTURA - daňový doklad č. {number}", 13, True, "right")
    ico = bill.vat[2:]
    page.rows(50, 80, ["Dodavatel:", bill.seller, "Vodičkova 10", "110 00 Praha 1", f"IČO: {ico}", f"DIČ: {bill.vat}"], 9)
    page.rows(320, 80, ["Odběratel:", bill.buyer, "Masarykova 3", "602 00 Brno", f"IČO: {bill.buyer_vat[2:]}", f"DIČ: {bill.buyer_vat}"], 9)
    page.rows(50, 180, [f"Variabilní symbol: {number}", "Konstantní symbol: 0308", f"Číslo účtu: {digits(rng, 9)}/0800"], 9)
    page.cells(180, [(320, "Datum vystavení:"), (-545, f"{bill.date.day}. {bill.date.month}. {bill.date.year}")])
    page.cells(194, [(320, "Datum splatnosti:"), (-545, f"{bill.due.day}. {bill.due.month}. {bill.due.year}")])
    page.cells(208, [(320, "Datum zdan. plnění:"), (-545, f"{bill.date.day}. {bill.date.month}. {bill.date.year}")])
    y = 245
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(50, name), (-300, f"{quantity} ks"), (-390, money(price, " ,")), (-440, f"{rate} %"), (-545, money(amount, " ,"))])
        y += 14
    y += 20
    page.cells(y, [(250, "Sazba DPH"), (-400, "Základ"), (-470, "DPH"), (-545, "Celkem")], 8, True)
    for rate, base, tax in bill.taxes:
        y += 13
        page.cells(y, [(250, f"{rate} %"), (-400, money(base, " ,")), (-470, money(tax, " ,")), (-545, money(base + tax, " ,"))])
    page.cells(y + 26, [(250, "Celkem k úhradě"), (-545, f"{money(bill.total, ' ,')} Kč")], 12, True)
    return page, bill.truth(number, "CZK", vendor_iban=None)


@family
def se_company(rng):
    """Sweden: labels over values, OCR reference, bankgiro, rounding to whole kronor."""
    bill = deal(rng, "SE", "sv", (25,), "AB", days=30)
    page, number = Sheet(rng), f"{rng.randrange(1000, 99999)}"
    page.text(50, 55, bill.seller, 16, True)
    page.text(545, 55, "Faktura", 18, at="right")
    for index, (label, value) in enumerate((("Fakturadatum", f"{bill.date:%Y-%m-%d}"), ("Fakturanr", number), ("OCR", f"{number}{digits(rng, 2)}"), ("Kundnr", digits(rng, 4)), ("Förfallodatum", f"{bill.due:%Y-%m-%d}"))):
        page.text(330 + (index % 3) * 75, 80 + (index // 3) * 30, label, 7)
        page.text(330 + (index % 3) * 75, 91 + (index // 3) * 30, value, 9)
    page.rows(330, 150, [bill.buyer, "Storgatan 4", "411 38 Göteborg"], 10)
    page.rows(50, 150, ["Er referens: Anna Exempel", "Betalningsvillkor: 30 dagar netto", "Dröjsmålsränta: 8%"], 8)
    y = 230
    page.cells(y, [(50, "Benämning"), (-330, "Antal"), (-430, "À-pris"), (-545, "Belopp")], 9, True)
    for name, quantity, price, _rate, amount in bill.lines:
        y += 14
        page.cells(y, [(50, name), (-330, f"{quantity},00"), (-430, money(price, " ,")), (-545, money(amount, " ,"))])
    y = 620
    page.cells(y, [(50, "Exkl. moms"), (150, "Moms %"), (230, "Moms kr"), (-545, "ATT BETALA SEK")], 7, True)
    page.cells(y + 13, [(50, money(bill.untaxed, " ,")), (150, "25,00"), (230, money(bill.tax, " ,")), (-545, money(bill.total, " ,"))], 10)
    page.rows(50, 760, ["Adress", "Kungsgatan 1", "111 43 Stockholm"], 7)
    page.rows(220, 760, ["Bankgiro", f"{digits(rng, 4)}-{digits(rng, 4)}", f"Org.nr {bill.vat[2:8]}-{bill.vat[8:12]}"], 7)
    page.rows(390, 760, ["Momsreg.nr", bill.vat, "Godkänd för F-skatt"], 7)
    return page, bill.truth(number, "SEK", vendor_iban=None)


@family
def se_letter(rng):
    """Sweden: plain rows with colons and the date in words."""
    bill = deal(rng, "SE", "sv", (25,), "AB", days=30, items=2)
    page, number = Sheet(rng), f"F-{rng.randrange(100, 999)}"
    page.rows(50, 50, [bill.seller, "Hamngatan 2", "211 22 Malmö"], 10)
    day, due = (f"{one.day} {_SV[one.month - 1]} {one.year}" for one in (bill.date, bill.due))
    page.rows(330, 50, ["FAKTURA", f"Fakturanummer: {number}", f"Fakturadatum: {day}", f"Förfallodag: {due}"], 10)
    page.rows(50, 130, ["Kund:", bill.buyer, "Norra gatan 3", "222 22 Lund"], 10)
    y = 220
    for name, _quantity, _price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-545, f"{money(amount, ' ,')} kr")], 10)
        y += 15
    for label, amount in (("Netto", bill.untaxed), ("Moms 25%", bill.tax), ("Summa att betala", bill.total)):
        y += 15
        page.cells(y, [(350, label), (-545, f"{money(amount, ' ,')} kr")], 10)
    page.text(50, 790, f"Org.nr: {bill.vat[2:8]}-{bill.vat[8:12]}   VAT: {bill.vat}   Plusgiro {digits(rng, 6)}-1", 8)
    return page, bill.truth(number, "SEK", vendor_iban=None)


@family
def dk_company(rng):
    """Denmark: CVR number, number and date in a right column, moms."""
    bill = deal(rng, "DK", "da", (25,), "ApS", days=8)
    page, number = Sheet(rng), f"{rng.randrange(1000, 9999)}"
    page.rows(50, 60, [bill.buyer, "Vestergade 4", "8000 Aarhus C"], 10)
    page.rows(545, 60, [bill.seller, "Nygade 10", "1164 København K", f"CVR-nr. {bill.vat[2:]}"], 9, at="right")
    page.text(50, 150, "Faktura", 18, True)
    page.rows(400, 150, [f"Faktura nr.: {number}", f"Fakturadato: {bill.date:%d-%m-%Y}", f"Forfaldsdato: {bill.due:%d-%m-%Y}", f"Kundenr.: {digits(rng, 4)}"], 9)
    y = 240
    page.cells(y, [(50, "Tekst"), (-330, "Antal"), (-430, "Stk. pris"), (-545, "Pris")], 9, True)
    for name, quantity, price, _rate, amount in bill.lines:
        y += 14
        page.cells(y, [(50, name), (-330, f"{quantity},00"), (-430, money(price, ".,")), (-545, money(amount, ".,"))])
    for label, amount in (("Subtotal", bill.untaxed), (f"Moms (25,00% af {money(bill.untaxed, '.,')})", bill.tax), ("Total DKK", bill.total)):
        y += 16
        page.cells(y, [(330, label), (-545, money(amount, ".,"))], 9, "DKK" in label)
    page.rows(50, y + 40, [f"Betalingsbetingelser: Netto 8 dage - Forfaldsdato: {bill.due:%d-%m-%Y}", f"Bank: Reg.nr. {digits(rng, 4)}, kontonr. {digits(rng, 10)}", f"Fakturanr. {number} bedes angivet ved bankoverførsel"], 9)
    return page, bill.truth(number, "DKK", vendor_iban=None, vendor_vat=None)


@family
def fi_company(rng):
    """Finland: form with cells, reference number, both in one line of dates."""
    bill = deal(rng, "FI", "fi", (25.5,), "Oy", days=14)
    page, number = Sheet(rng), f"{rng.randrange(10000, 99999)}"
    page.rows(50, 50, [bill.seller, "Mannerheimintie 5", "00100 Helsinki"], 10)
    page.text(320, 50, "LASKU", 14, True)
    for index, (label, value) in enumerate((("Laskun numero", number), ("Laskun päiväys", f"{bill.date.day}.{bill.date.month}.{bill.date.year}"), ("Eräpäivä", f"{bill.due.day}.{bill.due.month}.{bill.due.year}"), ("Viitenumero", f"{number}3"), ("Asiakasnumero", digits(rng, 4)))):
        page.cells(70 + index * 13, [(320, label), (430, value)])
    page.rows(50, 150, [bill.buyer, "Hämeenkatu 2", "33100 Tampere"], 10)
    y = 230
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-300, f"{quantity} kpl"), (-390, money(price, " ,")), (-440, "25,5 %"), (-545, money(amount, " ,"))])
        y += 14
    for label, amount in (("Veroton yhteensä", bill.untaxed), ("ALV 25,5 %", bill.tax), ("Maksettava yhteensä", bill.total)):
        y += 15
        page.cells(y, [(350, label), (-545, f"{money(amount, ' ,')} €")], 10)
    shown = " ".join(bill.iban[i : i + 4] for i in range(0, len(bill.iban), 4))
    page.text(50, 790, f"Y-tunnus {bill.vat[2:9]}-{bill.vat[9]}   ALV-tunniste {bill.vat}   Tilinumero {shown}", 8)
    return page, bill.truth(number, "EUR")


@family
def no_service(rng):
    """Norway: labels and values in one column of the right half."""
    bill = deal(rng, "NO", "da", (25,), "AS", days=14, items=2)
    page, number = Sheet(rng), f"1{rng.randrange(1000, 9999)}"
    page.rows(50, 50, [bill.seller, "Storgata 3", "0155 Oslo"], 10)
    page.rows(50, 130, [bill.buyer, "Bryggen 1", "5003 Bergen"], 10)
    page.text(350, 120, "FAKTURA", 16, True)
    org = digits(rng, 9)
    for index, (label, value) in enumerate((("Fakturanr:", number), ("Kundenr:", digits(rng, 5)), ("Fakturadato:", f"{bill.date:%d.%m.%Y}"), ("Forfallsdato:", f"{bill.due:%d.%m.%Y}"), ("KID:", digits(rng, 12)))):
        page.cells(140 + index * 13, [(350, label), (450, value)])
    y = 250
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-330, f"{quantity}"), (-430, money(price, " ,")), (-545, money(amount, " ,"))])
        y += 14
    for label, amount in (("Netto", bill.untaxed), ("MVA 25 %", bill.tax), ("Å betale NOK", bill.total)):
        y += 15
        page.cells(y, [(350, label), (-545, money(amount, " ,"))], 10)
    page.text(50, 790, f"Org.nr. NO {org[:3]} {org[3:6]} {org[6:]} MVA   Kontonr {digits(rng, 4)} {digits(rng, 2)} {digits(rng, 5)}", 8)
    return page, bill.truth(number, "NOK", vendor_iban=None, vendor_vat=f"NO{org}MVA")
