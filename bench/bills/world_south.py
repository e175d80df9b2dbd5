# ruff: noqa: E501 - text of pages is read better unbroken
# fmt: off
"""Bills as they look in France, Spain, Italy, Portugal."""

from datetime import timedelta

from .world import CENT, Decimal, Sheet, deal, digits, family, money

_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_IT = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()


def _iban(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@family
def fr_company(rng):
    """France: number in the title, legal text in the foot, table of rates at the left, net to pay."""
    bill = deal(rng, "FR", "fr", (20, 5.5), "SAS", days=30)
    page, number = Sheet(rng), f"FA-{bill.date.year}-{rng.randrange(100, 9999):04d}"
    page.rows(50, 50, [bill.seller, "12 rue des Lilas", "44000 NANTES", "Tél : 02 40 11 22 33"], 9)
    page.text(545, 60, f"FACTURE N° {number}", 14, True, "right")
    page.rows(330, 110, ["Client :", bill.buyer, "5 place Bellecour", "69002 LYON", f"N° TVA : {bill.buyer_vat}"], 10)
    page.rows(50, 150, [f"Date de facturation : {bill.date:%d/%m/%Y}", f"Date de livraison : {bill.date - timedelta(days=3):%d/%m/%Y}", f"Échéance : {bill.due:%d/%m/%Y}", "Mode de règlement : virement", f"Réf. commande : CMD{digits(rng, 5)}"], 9)
    y = 250
    page.cells(y, [(50, "Désignation"), (-330, "Qté"), (-400, "P.U. HT"), (-450, "TVA"), (-545, "Montant HT")], 9, True)
    for name, quantity, price, rate, amount in bill.lines:
        y += 15
        page.cells(y, [(50, name), (-330, f"{quantity},00"), (-400, money(price, " ,")), (-450, f"{rate} %".replace(".", ",")), (-545, money(amount, "\u202f,").replace("\u202f", " "))])
    y += 30
    page.cells(y, [(-110, "Taux"), (-190, "Base HT"), (-270, "Montant TVA")], 8, True)
    for index, (rate, base, tax) in enumerate(bill.taxes, 1):
        page.cells(y + 13 * index, [(-110, f"{money(rate, ' ,')} %"), (-190, money(base, " ,")), (-270, money(tax, " ,"))], 8)
    for index, (label, amount) in enumerate((("Total HT", bill.untaxed), ("Total TVA", bill.tax), ("Total TTC", bill.total), ("Net à payer", bill.total))):
        page.cells(y + 15 * index, [(370, label), (-545, f"{money(amount, ' ,')} €")], 10, index == 3)
    page.text(50, y + 90, "En cas de retard, une pénalité de 3 fois le taux légal et une indemnité forfaitaire de 40,00 € seront appliquées. Pas d'escompte.", 7)
    siret = digits(rng, 9)
    page.text(297, 790, f"{bill.seller} au capital de 25 000 € - SIRET {siret[:3]} {siret[3:6]} {siret[6:]} 00021 - RCS Nantes {siret[:3]} {siret[3:6]} {siret[6:]} - APE 4651Z", 7, at="middle")
    vat = bill.vat
    page.text(297, 800, f"N° TVA intracommunautaire : {vat[:4]} {vat[4:7]} {vat[7:10]} {vat[10:]} - IBAN : {_iban(bill.iban)}", 7, at="middle")
    return page, bill.truth(number, "EUR")


@family
def fr_utility(rng):
    """A utility's first page: number inside a sentence with the date, the sum that is collected, meter reading dates."""
    bill = deal(rng, "FR", "fr", (20, 5.5), "SA", days=15, items=3)
    page = Sheet(rng)
    digits_ = digits(rng, 11)
    number = f"{digits_[:2]} {digits_[2:5]} {digits_[5:8]} {digits_[8:]}"
    day = f"{bill.date.day} {_FR[bill.date.month - 1]} {bill.date.year}"
    due = f"{bill.due.day} {_FR[bill.due.month - 1]} {bill.due.year}"
    page.text(50, 60, bill.seller.split()[0].upper(), 24, True)
    page.rows(320, 120, [bill.buyer, "3 impasse du Moulin", "31000 TOULOUSE"], 10)
    page.rows(50, 110, ["Vos références", f"Référence client : {digits(rng, 10)}", f"Compte de facturation : {digits(rng, 9)}", "Service client : 09 69 32 15 15"], 8)
    page.text(50, 200, f"Facture du {day}", 16, True)
    page.text(50, 216, f"n° {number}", 9)
    page.text(50, 250, "Montant à prélever", 11)
    page.text(300, 250, f"{money(bill.total, ' ,')} € TTC", 14, True)
    page.text(50, 266, f"Ce montant sera prélevé à partir du {due}", 9)
    y = 310
    labels = ("Abonnement", "Consommation", "Taxes et contributions")
    for label, line in zip(labels, bill.lines, strict=True):
        page.cells(y, [(50, label), (-400, f"{money(line[4], ' ,')} €")])
        y += 14
    for label, amount in (("Total hors TVA", bill.untaxed), *((f"TVA à {str(rate).replace('.', ',')} % sur {money(base, ' ,')} €", tax) for rate, base, tax in bill.taxes), ("Total TTC", bill.total)):
        page.cells(y, [(50, label), (-400, f"{money(amount, ' ,')} €")], 9, "TTC" in label)
        y += 14
    page.text(50, y + 30, f"Prochain relevé vers le {bill.date + timedelta(days=60):%d/%m/%Y}. Relevé du {bill.date - timedelta(days=60):%d/%m/%Y} au {bill.date - timedelta(days=2):%d/%m/%Y}.", 8)
    page.text(50, 800, f"{bill.seller} au capital de 1 500 000,00 euros - RCS Paris 552 {digits(rng, 3)} 317 - TVA {bill.vat}", 6.5)
    return page, bill.truth(number, "EUR", vendor_iban=None)


@family
def fr_credit_note(rng):
    """A credit note that names the invoice it corrects; amounts with a minus."""
    bill = deal(rng, "FR", "fr", (20,), "SARL", items=2)
    page, number = Sheet(rng, font="Times-Roman"), f"AV{bill.date:%y%m}-{rng.randrange(10, 99)}"
    old = f"FC{bill.date:%y%m}-{rng.randrange(100, 999)}"
    page.rows(50, 50, [bill.seller, "ZA des Prés", "35000 RENNES", f"TVA : {bill.vat}"], 10)
    page.rows(340, 110, [bill.buyer, "1 quai Duguay", "35000 RENNES"], 10)
    page.text(50, 190, "AVOIR", 20, True)
    page.text(50, 210, f"N° {number} du {bill.date:%d/%m/%Y}", 11)
    page.text(50, 226, f"Relatif à la facture {old} du {bill.date - timedelta(days=20):%d/%m/%Y}", 10)
    y = 260
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-350, f"{quantity}"), (-440, money(price, " ,")), (-545, f"-{money(amount, ' ,')}")], 10)
        y += 15
    for label, amount in (("Total HT", bill.untaxed), ("TVA 20,00 %", bill.tax), ("Total TTC", bill.total)):
        y += 15
        page.cells(y, [(380, label), (-545, f"-{money(amount, ' ,')} EUR")], 10)
    page.text(50, y + 40, "Cette somme sera déduite de votre prochaine facture.", 10)
    return page, bill.truth(number, "EUR", due_date=None, vendor_iban=None, credit=True)


@family
def es_professional(rng):
    """Spain: withheld income tax is taken off; the date in words; ids beside the names."""
    bill = deal(rng, "ES", "es", (21,), "S.L.", days=30, items=2)
    page, number = Sheet(rng), f"A-{bill.date:%y}/{rng.randrange(10, 999):04d}"
    page.rows(50, 60, [bill.seller, f"CIF: {bill.vat[2]}-{bill.vat[3:]}", "C/ Alcalá, 20, 3º B", "28014 Madrid"], 10)
    page.rows(330, 60, ["DATOS DEL CLIENTE", bill.buyer, f"CIF: {bill.buyer_vat[2:]}", "Gran Vía 1", "48001 Bilbao"], 10)
    page.text(50, 150, f"Factura n.º: {number}", 12, True)
    page.text(50, 168, f"Fecha de expedición: {bill.date.day} de {_ES[bill.date.month - 1]} de {bill.date.year}", 10)
    y = 200
    page.cells(y, [(50, "Concepto"), (-545, "Importe")], 10, True)
    for name, _quantity, _price, _rate, amount in bill.lines:
        y += 16
        page.cells(y, [(50, f"Honorarios {name}"), (-545, f"{money(amount, '.,')} €")], 10)
    held = (bill.untaxed * Decimal("0.15")).quantize(CENT)
    total = bill.untaxed + bill.tax - held
    for label, amount in (("Base imponible", bill.untaxed), ("IVA 21 %", bill.tax), ("Retención IRPF 15 %", -held), ("TOTAL FACTURA", total)):
        y += 18
        page.cells(y, [(350, label), (-545, f"{money(amount, '.,')} €")], 10, "TOTAL" in label)
    page.rows(50, y + 40, [f"Vencimiento: {bill.due:%d/%m/%Y}", f"Forma de pago: transferencia a {_iban(bill.iban)}"], 10)
    return page, bill.truth(number, "EUR", total=total, tax=None)


@family
def es_shop(rng):
    """Spain: boxes with labels in capitals over values; bases by rate in a row."""
    bill = deal(rng, "ES", "es", (21, 10), "S.A.", days=60)
    page, number = Sheet(rng), f"{bill.date:%y}{digits(rng, 6)}"
    page.text(50, 55, bill.seller, 16, True)
    page.text(50, 70, "Polígono Industrial Sur, nave 7 - 41007 Sevilla - Tel. 954 12 34 56", 8)
    for index, (label, value) in enumerate((("Nº CLIENTE", digits(rng, 5)), ("FACTURA", number), ("FECHA", f"{bill.date:%d-%m-%y}"), ("PEDIDO", digits(rng, 6)), ("VENCIMIENTO", f"{bill.due:%d-%m-%y}"))):
        page.box(50 + index * 99, 190, 149 + index * 99, 220)
        page.text(54 + index * 99, 199, label, 6.5, True)
        page.text(54 + index * 99, 214, value, 10)
    page.rows(330, 110, [bill.buyer, "Avda. Constitución 3", "41001 Sevilla", f"N.I.F. {bill.buyer_vat[2:]}"], 10)
    y = 245
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(50, digits(rng, 5)), (110, name), (-340, str(quantity)), (-430, money(price, ".,")), (-470, str(rate)), (-545, money(amount, ".,"))])
        y += 14
    y += 20
    page.cells(y, [(-130, "BASE IMPONIBLE"), (-200, "% IVA"), (-290, "CUOTA IVA"), (-545, "TOTAL EUROS")], 7, True)
    for rate, base, tax in bill.taxes:
        y += 13
        page.cells(y, [(-130, money(base, ".,")), (-200, f"{rate}"), (-290, money(tax, ".,"))])
    page.text(545, y, money(bill.total, ".,"), 12, True, "right")
    page.text(50, 800, f"{bill.seller} - Inscrita en el R.M. de Sevilla, tomo 2345, folio 12, hoja SE-{digits(rng, 5)} - C.I.F. {bill.vat[2:]} - {_iban(bill.iban)}", 6.5)
    return page, bill.truth(number, "EUR")


@family
def it_courtesy_copy(rng):
    """Italy: number and date in one line, stamp duty, the instalment, both parties' tax numbers."""
    bill = deal(rng, "IT", "it", (22,), "S.r.l.", days=30)
    page, number = Sheet(rng), f"{rng.randrange(2, 999)}/{bill.date.year}"
    page.rows(50, 50, [bill.seller, "Via Garibaldi 12 - 20121 Milano (MI)", f"P.IVA {bill.vat[2:]} - C.F. {bill.vat[2:]}", "REA MI-2" + digits(rng, 6)], 9)
    page.rows(330, 110, ["Spett.le", bill.buyer, "Corso Francia 40", "10143 Torino (TO)", f"P.IVA {bill.buyer_vat[2:]}"], 10)
    page.text(50, 190, f"FATTURA n. {number} del {bill.date:%d/%m/%Y}", 13, True)
    page.text(50, 206, f"Rif. DDT n. {digits(rng, 4)} del {bill.date - timedelta(days=5):%d/%m/%Y} - Vs. ordine {digits(rng, 5)}", 9)
    y = 235
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-330, f"NR {quantity}"), (-430, money(price, ".,")), (-470, "22"), (-545, money(amount, ".,"))])
        y += 14
    for label, amount in (("Totale imponibile", bill.untaxed), ("IVA 22%", bill.tax), ("TOTALE DOCUMENTO", bill.total)):
        y += 16
        page.cells(y, [(350, label), (-545, f"€ {money(amount, '.,')}")], 10, "TOTALE" in label)
    page.rows(50, y + 30, ["Pagamento: bonifico bancario 30 gg data fattura", f"Scadenze: {bill.due:%d/%m/%Y}  € {money(bill.total, '.,')}", f"Banca Popolare - IBAN {_iban(bill.iban)}"], 9)
    return page, bill.truth(number, "EUR")


@family
def it_professional(rng):
    """Italy: a professional's note with pension share and withheld tax; date in words; name without form."""
    bill = deal(rng, "IT", "it", (22,), "", items=1, buyer="S.p.A.")
    page, number = Sheet(rng, font="Times-Roman"), str(rng.randrange(3, 180))
    page.rows(297, 50, [f"Dott. {bill.seller}", "Dottore commercialista", "Via dei Mille 3, 80121 Napoli", f"Partita IVA {bill.vat[2:]}"], 11, at="middle")
    page.rows(330, 130, ["Spettabile", bill.buyer, "Via Roma 1", "00184 Roma"], 11)
    page.text(50, 220, f"Napoli, {bill.date.day} {_IT[bill.date.month - 1]} {bill.date.year}", 11)
    page.text(50, 240, f"Parcella n. {number}", 13, True)
    fee = bill.untaxed
    pension = (fee * Decimal("0.04")).quantize(CENT)
    base = fee + pension
    tax = (base * Decimal("0.22")).quantize(CENT)
    held = (fee * Decimal("0.20")).quantize(CENT)
    y = 280
    for label, amount in (("Onorario", fee), ("Cassa previdenza 4%", pension), ("Imponibile IVA", base), ("IVA 22%", tax), ("Totale fattura", base + tax), ("Ritenuta d'acconto 20%", -held), ("Netto a pagare", base + tax - held)):
        page.cells(y, [(80, label), (-480, f"{money(amount, '.,')} €")], 11)
        y += 18
    page.text(50, y + 20, f"Coordinate bancarie: {_iban(bill.iban)}", 10)
    return page, bill.truth(number, "EUR", due_date=None, untaxed=base, tax=tax, total=base + tax, vendor_name=f"Dott. {bill.seller}")


@family
def pt_certified(rng):
    """Portugal: document type before the number, ISO dates, tax summary, authority's code."""
    bill = deal(rng, "PT", "pt", (23, 6), "Lda", days=30)
    page, number = Sheet(rng), f"FT {bill.date.year}/{rng.randrange(10, 2000)}"
    page.rows(50, 50, [bill.seller, "Rua Augusta 100, 1100-053 Lisboa", f"Contribuinte N.º: {bill.vat[2:]}", "Capital Social: 5.000,00 EUR"], 9)
    page.rows(330, 110, ["Exmo.(s) Sr.(s)", bill.buyer, "Av. da Boavista 12", "4100-111 Porto"], 10)
    page.text(50, 180, f"Fatura {number}", 13, True)
    page.text(545, 180, "Original", 9, at="right")
    page.cells(205, [(50, "V/Nº Contrib."), (150, "Data Emissão"), (260, "Data Vencimento"), (400, "Condição Pagamento")], 7, True)
    page.cells(217, [(50, bill.buyer_vat[2:]), (150, f"{bill.date:%Y-%m-%d}"), (260, f"{bill.due:%Y-%m-%d}"), (400, "30 dias")])
    y = 245
    for name, quantity, price, rate, amount in bill.lines:
        page.cells(y, [(50, name), (-330, f"{quantity},00 UN"), (-420, money(price, ".,")), (-460, f"{rate},00"), (-545, money(amount, ".,"))])
        y += 14
    y += 20
    page.cells(y, [(50, "Taxa/Valor"), (-200, "Incid./Qtd."), (-280, "Total IVA")], 7, True)
    for rate, base, tax in bill.taxes:
        y += 12
        page.cells(y, [(50, f"IVA ({rate},00)"), (-200, money(base, ".,")), (-280, money(tax, ".,"))], 8)
    for index, (label, amount) in enumerate((("Mercadoria/Serviços", bill.untaxed), ("IVA", bill.tax), ("Total (EUR)", bill.total))):
        page.cells(y + 14 * index, [(370, label), (-545, money(amount, ".,"))], 10, index == 2)
    page.text(50, y + 70, f"x{digits(rng, 2)}B-Processado por programa certificado n.º 0001/AT    ATCUD: JF{digits(rng, 6)}-{number[-3:]}", 7)
    page.text(50, y + 84, f"IBAN: PT50{digits(rng, 21)}", 7)
    return page, bill.truth(number, "EUR", vendor_iban=None)
