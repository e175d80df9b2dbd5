# ruff: noqa: E501 - text of pages is read better unbroken
# fmt: off
"""Bills in English: the United States, Britain, Ireland, Australia, India, Canada, trade between them."""

from datetime import timedelta

from .world import CENT, Decimal, Sheet, deal, digits, family, letter, money

_MONTH = "January February March April May June July August September October November December".split()


def _ordinal(day: int) -> str:
    end = "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{end}"


def _iban(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def _lines(page, bill, y, sign=""):
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-350, str(quantity)), (-440, f"{sign}{money(price, ',.')}"), (-545, f"{sign}{money(amount, ',.')}")])
        y += 15
    return y


@family
def us_net_terms(rng):
    """US: date with an ordinal, terms instead of a due date, sales tax."""
    bill = deal(rng, "US", "en", (8.25,), "LLC", days=rng.choice((15, 30, 45, 60)))
    page, number = Sheet(rng, letter), str(rng.randrange(1001, 99999))
    page.rows(50, 50, [bill.seller, "1200 Elm Street, Suite 4", "Dallas, TX 75201", "(214) 555-0187"], 10)
    page.text(560, 55, "INVOICE", 22, True, "right")
    date = f"{_MONTH[bill.date.month - 1]} {_ordinal(bill.date.day)}, {bill.date.year}"
    for index, (label, value) in enumerate((("INVOICE #", number), ("DATE", date), ("TERMS", f"Net {(bill.due - bill.date).days}"), ("P.O. NUMBER", digits(rng, 6)))):
        page.cells(85 + 14 * index, [(360, label), (-560, value)])
    page.rows(50, 150, ["BILL TO", bill.buyer, "88 Lake Drive", "Chicago, IL 60601"], 9)
    page.rows(250, 150, ["SHIP TO", bill.buyer, "Dock 4, 90 Lake Drive", "Chicago, IL 60601"], 9)
    y = _lines(page, bill, 250)
    for label, amount in (("SUBTOTAL", bill.untaxed), ("SALES TAX (8.25%)", bill.tax), ("TOTAL", bill.total), ("BALANCE DUE", bill.total)):
        y += 15
        page.cells(y, [(380, label), (-560, f"${money(amount, ',.')}")], 9, label == "BALANCE DUE")
    page.text(50, y + 50, "Make all checks payable to " + bill.seller + ". Thank you for your business!", 9)
    return page, bill.truth(number, "USD", vendor_vat=None, vendor_iban=None)


@family
def us_online_service(rng):
    """US: a large sentence with amount and due date, labels left in a narrow column."""
    bill = deal(rng, "US", "en", (0,), "Inc.", days=0, items=2)
    page, number = Sheet(rng, letter), f"{rng.choice('ABCDEFGH')}{digits(rng, 3)}{rng.choice('XYZ')}{digits(rng, 3)}-{digits(rng, 4)}"
    date = f"{_MONTH[bill.date.month - 1]} {bill.date.day}, {bill.date.year}"
    page.text(40, 60, "Invoice", 20, True)
    for index, (label, value) in enumerate((("Invoice number", number), ("Date of issue", date), ("Date due", date))):
        page.cells(85 + 14 * index, [(40, label), (130, value)])
    page.rows(40, 150, [bill.seller, "548 Market Street", "San Francisco, California 94104", "United States", "billing@service.example"], 9)
    page.rows(320, 150, ["Bill to", bill.buyer, "12 Harbour View", "Dublin 2", "Ireland"], 9)
    page.text(40, 240, f"${money(bill.total, ',.')} USD due {date}", 15, True)
    start = f"{_MONTH[bill.date.month - 1][:3]} {bill.date.day}"
    page.text(40, 258, f"Service {start} – {_MONTH[bill.date.month % 12][:3]} {min(bill.date.day, 28)}, {bill.date.year}", 8)
    y = 300
    page.cells(y, [(40, "Description"), (-400, "Qty"), (-480, "Unit price"), (-570, "Amount")], 8)
    for name, quantity, price, _rate, amount in bill.lines:
        y += 16
        page.cells(y, [(40, name), (-400, str(quantity)), (-480, f"${money(price, ',.')}"), (-570, f"${money(amount, ',.')}")])
    for label in ("Subtotal", "Total", "Amount due"):
        y += 18
        page.cells(y, [(320, label), (-570, f"${money(bill.total, ',.')}" + (" USD" if "due" in label else ""))], 9, "due" in label)
    page.text(40, 760, f"{number} · ${money(bill.total, ',.')} USD due {date}", 7)
    page.text(570, 760, "Page 1 of 1", 7, at="right")
    return page, bill.truth(number, "USD", vendor_vat=None, vendor_iban=None, untaxed=None, tax=None)


@family
def us_form(rng):
    """US: boxed columns of labels over values, freight, no period after abbreviations; aging below."""
    bill = deal(rng, "US", "en", (7,), "Corp", days=30)
    page, number = Sheet(rng, letter), f"IN-{digits(rng, 7)}"
    freight = Decimal(rng.randrange(900, 9900)) / 100
    page.text(306, 50, bill.seller, 16, True, "middle")
    page.text(306, 64, "PO BOX 7734 · CLEVELAND OH 44101-7734 · FED ID 34-" + digits(rng, 7), 8, at="middle")
    page.rows(50, 110, ["SOLD TO:", bill.buyer, "ATTN ACCOUNTS PAYABLE", "4500 EUCLID AVE", "CLEVELAND OH 44103"], 9)
    for index, (label, value) in enumerate((("CUSTOMER NO", digits(rng, 5)), ("ORDER DATE", f"{bill.date - timedelta(days=9):%m/%d/%y}"), ("INVOICE DATE", f"{bill.date:%m/%d/%y}"), ("INVOICE NO", number), ("DUE DATE", f"{bill.due:%m/%d/%y}"), ("SHIP VIA", "GROUND"))):
        page.box(50 + 86 * index, 190, 136 + 86 * index, 218)
        page.text(93 + 86 * index, 199, label, 6.5, at="middle")
        page.text(93 + 86 * index, 213, value, 9, at="middle")
    y = _lines(page, bill, 245)
    tax = (bill.untaxed * Decimal("0.07")).quantize(CENT)
    for label, amount in (("MERCHANDISE TOTAL", bill.untaxed), ("FREIGHT", freight), ("SALES TAX", tax), ("INVOICE TOTAL", bill.untaxed + freight + tax)):
        y += 14
        page.cells(y, [(380, label), (-560, money(amount, ",."))], 9, "INVOICE" in label)
    page.cells(720, [(-120, "CURRENT"), (-220, "1-30 DAYS"), (-320, "31-60 DAYS"), (-420, "OVER 60"), (-560, "ACCOUNT BALANCE")], 7)
    page.cells(732, [(-120, money(bill.total + 310, ",.")), (-220, "310.00"), (-320, "0.00"), (-420, "0.00"), (-560, money(bill.total + 620, ",."))], 8)
    return page, bill.truth(number, "USD", vendor_vat=None, vendor_iban=None, untaxed=bill.untaxed + freight, tax=tax, total=bill.untaxed + freight + tax)


@family
def gb_solicitor(rng):
    """Britain: a letter; the number inside a sentence, our and your references, disbursements."""
    bill = deal(rng, "GB", "en", (20,), "LLP", days=14, items=2)
    page, number = Sheet(rng, font="Times-Roman"), f"INV-{rng.randrange(1000, 99999)}"
    day = f"{bill.date.day} {_MONTH[bill.date.month - 1]} {bill.date.year}"
    page.rows(50, 50, [bill.seller, "Solicitors and Notaries", "14 Lincoln's Inn Fields, London WC2A 3BP"], 11)
    page.rows(50, 120, [bill.buyer, "7 Castle Street", "Edinburgh EH2 3AH"], 11)
    page.rows(400, 120, [f"Our ref: JB/{digits(rng, 6)}/2", f"Your ref: {digits(rng, 4)}", day], 10)
    page.text(50, 200, f"Invoice {number} of {day}", 12, True)
    page.text(50, 218, f"Re: Lease of premises, agreement dated {bill.date - timedelta(days=120):%d %B %Y}", 10)
    y = 250
    for label, amount in (("To our professional charges", bill.lines[0][4]), ("Disbursements", bill.lines[1][4]), ("Total excluding VAT", bill.untaxed), ("VAT @ 20%", bill.tax), ("Total now due", bill.total)):
        page.cells(y, [(50, label), (-500, f"£{money(amount, ',.')}")], 11)
        y += 18
    page.rows(50, y + 30, [f"Payment is due within {(bill.due - bill.date).days} days of the date of this invoice. We may charge interest at 8%.", f"VAT registration number GB {bill.vat[2:5]} {bill.vat[5:9]} {bill.vat[9:]}", f"Account name: {bill.seller}  Sort code 20-00-00  Account 5{digits(rng, 7)}"], 10)
    page.text(50, 800, f"{bill.seller} is authorised and regulated. Registered in England OC3{digits(rng, 5)}.", 7)
    return page, bill.truth(number, "GBP", vendor_iban=None)


@family
def gb_energy(rng):
    """Britain: an energy bill with balances, meter readings, period, VAT at 5 %."""
    bill = deal(rng, "GB", "en", (5,), "plc", days=14, items=2)
    page, number = Sheet(rng), f"{digits(rng, 9)}"
    page.text(50, 60, bill.seller.split()[0], 24, True)
    page.rows(50, 120, [bill.buyer, "1 Mill Lane", "Bristol", "BS1 5TR"], 10)
    old = Decimal(rng.randrange(9000, 40000)) / 100
    day, due = (f"{one.day} {_MONTH[one.month - 1][:3]} {one.year}" for one in (bill.date, bill.due))
    for index, (label, value) in enumerate((("Account number", f"A-{digits(rng, 8)}"), ("Bill date", day), ("Bill number", number), ("Billing period", f"{bill.date - timedelta(days=31):%d %b %Y} - {bill.date - timedelta(days=1):%d %b %Y}"))):
        page.text(340, 110 + 27 * index, label, 8)
        page.text(340, 121 + 27 * index, value, 10, True)
    page.text(50, 240, "Your electricity bill", 16, True)
    y = 270
    for label, amount in (("Your last bill", f"£{money(old, ',.')}"), ("Payment received - thank you", f"£{money(old, ',.')} CR"), ("Balance brought forward", "£0.00"), ("Energy used", f"£{money(bill.lines[0][4], ',.')}"), ("Standing charge", f"£{money(bill.lines[1][4], ',.')}"), ("Total charges before VAT", f"£{money(bill.untaxed, ',.')}"), ("VAT @ 5%", f"£{money(bill.tax, ',.')}"), ("Total charges this bill", f"£{money(bill.total, ',.')}")):
        page.cells(y, [(50, label), (-400, amount)], 10)
        y += 16
    page.text(50, y + 16, f"Total amount due by {due}", 12, True)
    page.text(400, y + 16, f"£{money(bill.total, ',.')}", 12, True, "right")
    page.text(50, y + 50, f"Meter readings: {bill.date - timedelta(days=31):%d/%m/%y} 10422 (actual), {bill.date - timedelta(days=1):%d/%m/%y} 10871 (estimated). 449 kWh at 27.03p", 8)
    page.text(50, 800, f"{bill.seller}. Registered in England and Wales No. 0{digits(rng, 7)}. VAT Reg No. {bill.vat[2:5]} {bill.vat[5:9]} {bill.vat[9:]}", 7)
    return page, bill.truth(number, "GBP", vendor_iban=None)


@family
def gb_hotel(rng):
    """A hotel's folio: daily charges with dates, arrival and departure, paid by card, balance nil."""
    bill = deal(rng, "GB", "en", (20,), "Hotels Ltd", days=0)
    page, number = Sheet(rng, font="Courier"), f"{digits(rng, 6)}"
    nights = rng.randrange(1, 4)
    rate = Decimal(rng.randrange(7900, 19900)) / 100
    total = rate * nights
    net = (total / Decimal("1.2")).quantize(CENT)
    page.rows(297, 50, [bill.seller, "10 Esplanade, Brighton BN1 1NB", f"VAT No. {bill.vat}"], 10, at="middle")
    page.rows(50, 110, [f"Guest: Mr J Sample, {bill.buyer}", "Room: 214", f"Arrival: {bill.date - timedelta(days=nights):%d-%m-%y}", f"Departure: {bill.date:%d-%m-%y}"])
    page.rows(350, 110, [f"Invoice No. {number}", f"Invoice Date {bill.date:%d-%m-%y}", f"Confirmation {digits(rng, 8)}", "Cashier 12"])
    page.cells(190, [(50, "Date"), (130, "Description"), (-450, "Charges GBP"), (-545, "Credits GBP")])
    y = 206
    for night in range(nights):
        page.cells(y, [(50, f"{bill.date - timedelta(days=nights - night):%d-%m-%y}"), (130, "Accommodation"), (-450, money(rate, ",."))])
        y += 13
    page.cells(y, [(50, f"{bill.date:%d-%m-%y}"), (130, "Visa XXXXXXXXXXXX1234"), (-545, money(total, ",."))])
    page.cells(y + 26, [(300, "Total"), (-450, money(total, ",.")), (-545, money(total, ",."))])
    page.cells(y + 40, [(300, "Balance"), (-450, "0.00")])
    for index, (label, amount) in enumerate((("Net Amount", net), ("VAT 20.00%", total - net), ("Gross Amount", total))):
        page.cells(y + 66 + 13 * index, [(50, label), (-250, money(amount, ",."))])
    return page, bill.truth(number, "GBP", untaxed=net, tax=total - net, total=total, due_date=None, vendor_iban=None)


@family
def airline_receipt(rng):
    """An airline: dates like 03MAR24, fare and taxes, many flight dates; the number is the ticket's."""
    bill = deal(rng, "US", "en", (0,), "Airlines", items=1)
    page, number = Sheet(rng), f"{digits(rng, 3)}-{digits(rng, 10)}"
    fare, fees = bill.total, Decimal(rng.randrange(3000, 20000)) / 100
    text = lambda one: f"{one.day:02d}{_MONTH[one.month - 1][:3].upper()}{one:%y}"  # noqa: E731
    page.text(50, 55, bill.seller, 18, True)
    page.text(50, 75, "ELECTRONIC TICKET RECEIPT", 12, True)
    page.rows(50, 100, ["Passenger: SAMPLE/ALEX MR", f"Ticket number: {number}", f"Booking reference: {rng.choice('KLMN')}{digits(rng, 2)}TQX", f"Date of issue: {text(bill.date)}"], 10)
    y = 180
    for turn, way in enumerate(("JFK LHR", "LHR JFK")):
        day = bill.date + timedelta(days=20 + 9 * turn)
        page.cells(y, [(50, f"{rng.choice('ABX')}{rng.choice('AY')} {digits(rng, 3)}"), (120, way), (200, text(day)), (280, "19:40 07:55"), (380, "Class Y")])
        y += 14
    for label, amount in (("Base fare USD", fare), ("Taxes, fees and charges USD", fees), ("Total USD", fare + fees)):
        y += 16
        page.cells(y, [(50, label), (-350, money(amount, ",."))], 10)
    page.text(50, y + 30, "Form of payment: VISA ending 4242", 9)
    return page, bill.truth(number, "USD", untaxed=None, tax=None, total=fare + fees, due_date=None, vendor_vat=None, vendor_iban=None)


@family
def au_stacked(rng):
    """Australia: labels over values in the middle column, GST, the due date at the foot with a payment slip."""
    bill = deal(rng, "AU", "en", (10,), "Pty Ltd", days=14)
    page, number = Sheet(rng), f"INV-{rng.randrange(1, 9999):04d}"
    page.text(50, 70, "TAX INVOICE", 20)
    page.rows(70, 110, [bill.buyer, "45 George Street", "SYDNEY NSW 2000", "AUSTRALIA"], 10)
    for index, (label, value) in enumerate((("Invoice Date", f"{bill.date.day} {_MONTH[bill.date.month - 1][:3]} {bill.date.year}"), ("Invoice Number", number), ("Reference", f"PO {digits(rng, 4)}"), ("ABN", f"{digits(rng, 2)} {digits(rng, 3)} {digits(rng, 3)} {digits(rng, 3)}"))):
        page.text(300, 70 + index * 28, label, 9, True)
        page.text(300, 81 + index * 28, value, 9)
    page.rows(430, 70, [bill.seller, "Level 2", "20 Collins Street", "MELBOURNE VIC 3000"], 9)
    page.cells(230, [(50, "Description"), (-350, "Quantity"), (-440, "Unit Price"), (-545, "Amount AUD")], 9, True)
    y = _lines(page, bill, 248)
    for label, amount in (("Subtotal", bill.untaxed), ("TOTAL GST 10%", bill.tax), ("TOTAL AUD", bill.total)):
        y += 16
        page.cells(y, [(-440, label), (-545, money(amount, ",."))], 9, "AUD" in label)
    due = f"{bill.due.day} {_MONTH[bill.due.month - 1][:3]} {bill.due.year}"
    page.text(50, y + 40, f"Due Date: {due}", 11, True)
    page.text(50, 640, "PAYMENT ADVICE", 14)
    page.rows(50, 665, [f"To: {bill.seller}", "Level 2", "20 Collins Street"], 9)
    for index, (label, value) in enumerate((("Customer", bill.buyer), ("Invoice Number", number), ("Amount Due", money(bill.total, ",.")), ("Due Date", due), ("Amount Enclosed", ""))):
        page.cells(650 + index * 16, [(330, label), (430, value)])
    return page, bill.truth(number, "AUD", vendor_vat=None, vendor_iban=None)


@family
def in_gst_invoice(rng):
    """India: grid of cells with the label over the value, two halves of the tax, words, lakh groups."""
    bill = deal(rng, "IN", "en", (18,), "Pvt Ltd", items=3)
    page, number = Sheet(rng), f"{rng.choice(('BL', 'MU', 'DL'))}/{bill.date:%y}-{int(bill.date.strftime('%y')) + 1}/{rng.randrange(10, 999)}"
    half = (bill.untaxed * 9 / 100).quantize(CENT)
    total = bill.untaxed + 2 * half
    date = f"{bill.date.day}-{_MONTH[bill.date.month - 1][:3]}-{bill.date:%y}"
    page.text(297, 40, "Tax Invoice", 12, True, "middle")
    gstin = f"29ABCDE{digits(rng, 4)}F1Z5"
    page.rows(50, 60, [bill.seller, "No 14, MG Road, Bengaluru 560001", f"GSTIN/UIN: {gstin}", "State Name: Karnataka, Code: 29"], 9)
    page.rows(50, 130, ["Buyer (Bill to)", bill.buyer, "22 Anna Salai, Chennai 600002", f"GSTIN/UIN: 33FGHIJ{digits(rng, 4)}K1Z2"], 9)
    cells = (("Invoice No.", number), ("Dated", date), ("Delivery Note", ""), ("Mode/Terms of Payment", ""), ("Buyer's Order No.", digits(rng, 5)), ("Dated", f"{bill.date - timedelta(days=12):%d-%m-%Y}"))
    for index, (label, value) in enumerate(cells):
        x, y = 310 + (index % 2) * 120, 60 + (index // 2) * 30
        page.box(x - 4, y - 10, x + 116, y + 20)
        page.text(x, y, label, 7)
        page.text(x, y + 12, value, 9, True)
    y = 215
    page.cells(y, [(50, "Sl Description of Goods"), (-300, "HSN/SAC"), (-360, "Quantity"), (-440, "Rate"), (-545, "Amount")], 8)
    for index, (name, quantity, price, _rate, amount) in enumerate(bill.lines, 1):
        y += 14
        page.cells(y, [(50, f"{index} {name}"), (-300, digits(rng, 6)), (-360, f"{quantity} Nos"), (-440, money(price, ",.")), (-545, money(amount, ",."))])
    y += 14
    page.text(545, y, money(bill.untaxed, ",."), 9, at="right")
    for label, amount in (("CGST 9%", half), ("SGST 9%", half)):
        y += 14
        page.cells(y, [(-300, label), (-440, "9 %"), (-545, money(amount, ",."))])
    page.cells(y + 18, [(-300, "Total"), (-545, f"₹ {money(total, ',.')}")], 10, True)
    page.text(50, y + 36, "Amount Chargeable (in words): INR as above Only", 8)
    return page, bill.truth(number, "INR", due_date=None, vendor_vat=None, vendor_iban=None, tax=2 * half, total=total)


@family
def ca_two_taxes(rng):
    """Canada: federal and provincial tax apart, English and French, account and dollars."""
    bill = deal(rng, "CA", "en", (5,), "Ltd.", days=30, items=3)
    page, number = Sheet(rng, letter), f"{rng.randrange(100000, 999999)}"
    federal, local = ((bill.untaxed * Decimal(rate) / 100).quantize(CENT) for rate in ("5", "9.975"))
    total = bill.untaxed + federal + local
    page.rows(50, 50, [bill.seller, "900 boul. René-Lévesque", "Montréal QC H3B 4A5", f"GST/TPS: {digits(rng, 9)} RT0001", f"QST/TVQ: {digits(rng, 10)} TQ0001"], 9)
    page.rows(360, 50, ["INVOICE / FACTURE", f"No: {number}", f"Date: {bill.date:%Y-%m-%d}", f"Due / Échéance: {bill.due:%Y-%m-%d}"], 10)
    page.rows(50, 140, ["Sold to / Vendu à", bill.buyer, "45 King St W", "Toronto ON M5H 1J8"], 9)
    y = _lines(page, bill, 230, "$")
    for label, amount in (("Subtotal / Sous-total", bill.untaxed), ("GST / TPS 5%", federal), ("QST / TVQ 9.975%", local), ("Total CAD", total)):
        y += 15
        page.cells(y, [(330, label), (-560, f"${money(amount, ',.')}")], 9, "CAD" in label)
    return page, bill.truth(number, "CAD", vendor_vat=None, vendor_iban=None, tax=federal + local, total=total)


@family
def reverse_charge(rng):
    """A Dutch seller writes in English to Germany without tax; both VAT ids stand there."""
    bill = deal(rng, "NL", "en", (0,), "B.V.", days=30, buyer="GmbH", buyer_country="DE")
    page, number = Sheet(rng), f"{bill.date.year}{rng.randrange(1000, 9999)}"
    page.rows(380, 50, [bill.seller, "Wibautstraat 131", "1091 GL Amsterdam", "The Netherlands", f"VAT: {bill.vat[:5]}.{bill.vat[5:8]}.{bill.vat[8:11]}.{bill.vat[11:]}", f"CoC: 6{digits(rng, 7)}"], 9)
    page.rows(50, 130, [bill.buyer, "Friedrichstr. 10", "10117 Berlin", "Germany", f"VAT ID: {bill.buyer_vat}"], 10)
    page.text(50, 225, f"Invoice {number}", 16, True)
    page.rows(380, 215, [f"Issued: {bill.date.day:02d}-{_MONTH[bill.date.month - 1][:3]}-{bill.date:%y}", f"Due: {bill.due.day:02d}-{_MONTH[bill.due.month - 1][:3]}-{bill.due:%y}", f"Client no.: {digits(rng, 4)}"], 9)
    y = _lines(page, bill, 270, "€ ")
    for label, amount in (("Subtotal", bill.untaxed), ("VAT 0% (reverse charge)", Decimal(0)), ("Total", bill.total)):
        y += 15
        page.cells(y, [(330, label), (-545, f"€ {money(amount, ',.')}")], 9, label == "Total")
    page.text(50, y + 40, "VAT reverse charged to the recipient, article 196 of Directive 2006/112/EC.", 8)
    page.text(50, 790, f"Bank account in the name of {bill.seller}: {_iban(bill.iban)}", 8)
    return page, bill.truth(number, "EUR")


@family
def export_invoice(rng):
    """A commercial invoice from Asia: terms of trade, letter of credit, weights, sum in words."""
    bill = deal(rng, "HK", "en", (0,), "Co., Ltd.", items=4)
    page, number = Sheet(rng, font="Times-Roman"), f"HK{bill.date:%y%m%d}-{rng.randrange(10, 99)}"
    page.rows(297, 45, [bill.seller.upper(), "RM 1203, 12/F, LUCKY CENTRE, 171 WANCHAI ROAD, HONG KONG", "TEL: 852-2345 6789  FAX: 852-2345 6780"], 9, at="middle")
    page.text(297, 95, "COMMERCIAL INVOICE", 15, True, "middle")
    date = f"{_MONTH[bill.date.month - 1][:3].upper()}. {bill.date.day:02d}, {bill.date.year}"
    page.rows(50, 120, [f"TO: {bill.buyer.upper()}", "HAFENSTRASSE 4, 20457 HAMBURG, GERMANY"], 9)
    page.rows(380, 120, [f"INVOICE NO.: {number}", f"DATE: {date}", f"S/C NO.: SC{digits(rng, 5)}", f"L/C NO.: LC{digits(rng, 6)}"], 9)
    page.text(50, 190, "SHIPPED PER: MV OCEAN STAR FROM: SHENZHEN TO: HAMBURG  TERMS: FOB SHENZHEN", 9)
    y = 215
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-350, f"{quantity} PCS"), (-440, f"USD{money(price, ',.')}"), (-545, f"USD{money(amount, ',.')}")])
        y += 15
    page.cells(y + 12, [(50, "TOTAL:"), (-350, f"{sum(line[1] for line in bill.lines)} PCS"), (-545, f"USD{money(bill.total, ',.')}")], 10, True)
    page.rows(50, y + 34, ["SAY TOTAL US DOLLARS AS ABOVE ONLY.", f"TOTAL G.W.: {rng.randrange(100, 900)}.50 KGS  N.W.: {rng.randrange(100, 900)}.20 KGS  MEAS.: 4.25 CBM"], 9)
    return page, bill.truth(number, "USD", due_date=None, untaxed=None, tax=None, vendor_vat=None, vendor_iban=None, vendor_name=bill.seller.upper())


@family
def credit_memo(rng):
    """US: a credit memo with amounts in brackets and the invoice it applies to."""
    bill = deal(rng, "US", "en", (6,), "Inc", items=2)
    page, number = Sheet(rng, letter), f"CM{digits(rng, 5)}"
    page.rows(50, 50, [bill.seller, "77 Water St", "New York, NY 10005"], 10)
    page.text(560, 60, "CREDIT MEMO", 18, True, "right")
    for index, (label, value) in enumerate((("Credit Memo #", number), ("Date", f"{bill.date:%m/%d/%Y}"), ("Original Invoice", f"IN{digits(rng, 5)}"), ("Customer ID", digits(rng, 4)))):
        page.cells(90 + 14 * index, [(380, f"{label}:"), (-560, value)])
    page.rows(50, 130, ["Credit To:", bill.buyer, "5 Main St", "Albany, NY 12207"], 10)
    y = 230
    for name, quantity, price, _rate, amount in bill.lines:
        page.cells(y, [(50, name), (-350, str(quantity)), (-440, money(price, ",.")), (-560, f"({money(amount, ',.')})")])
        y += 15
    for label, amount in (("Subtotal", bill.untaxed), ("Tax 6%", bill.tax), ("Total Credit", bill.total)):
        y += 15
        page.cells(y, [(380, label), (-560, f"$({money(amount, ',.')})")])
    return page, bill.truth(number, "USD", due_date=None, vendor_vat=None, vendor_iban=None, credit=True)
