# ruff: noqa: E501 - lists of words are read better unbroken
"""What bills say, in seven kinds of writing: several wordings a label, parties, remarks."""

#: (date pattern kinds, thousands, decimal mark) of each way of writing
FORMATS = {
    "de": (("%d.%m.%Y", "%d.%m.%y", "long", "%Y-%m-%d"), ".", ","),
    "fr": (("%d/%m/%Y", "%d-%m-%Y", "long", "%d/%m/%y"), " ", ","),
    "nl": (("%d-%m-%Y", "%d/%m/%Y", "long", "%d.%m.%Y"), ".", ","),
    "es": (("%d/%m/%Y", "%d-%m-%Y", "long", "%d/%m/%y"), ".", ","),
    "it": (("%d/%m/%Y", "%d.%m.%Y", "long", "%d-%m-%Y"), ".", ","),
    "us": (("%m/%d/%Y", "%b %d, %Y", "long", "%m/%d/%y"), ",", "."),
    "gb": (("%d/%m/%Y", "%d %b %Y", "long", "%d.%m.%Y"), ",", "."),
}
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "us": "January February March April May June July August September October November December",
    "gb": "January February March April May June July August September October November December",
}
LONG = {
    "de": "{d}. {m} {y}", "fr": "{d} {m} {y}", "nl": "{d} {m} {y}", "es": "{d} de {m} de {y}",
    "it": "{d} {m} {y}", "us": "{m} {d}, {y}", "gb": "{d} {m} {y}",
}  # fmt: skip
#: label -> language -> wordings; the second half of the wordings is for families nobody tuned on
LABELS = {
    "title": {
        "de": "Rechnung|RECHNUNG", "fr": "Facture|FACTURE", "nl": "Factuur|FACTUUR",
        "es": "Factura|FACTURA", "it": "Fattura|FATTURA", "us": "Invoice|INVOICE", "gb": "Invoice|TAX INVOICE",
    },
    "credit": {
        "de": "Gutschrift|Rechnungskorrektur", "fr": "Avoir|Facture d'avoir", "nl": "Creditnota|Creditfactuur",
        "es": "Factura rectificativa|Abono", "it": "Nota di credito|NOTA DI CREDITO",
        "us": "Credit Memo|Credit Note", "gb": "Credit Note|CREDIT NOTE",
    },
    "number": {
        "de": "Rechnungsnummer|Rechnungs-Nr.|Rechnung Nr.|Beleg-Nr.",
        "fr": "Numéro de facture|Facture n°|N° de facture|N° facture",
        "nl": "Factuurnummer|Factuurnr.|Factuur nr.|Nummer",
        "es": "Número de factura|Factura nº|Nº de factura|Nº Factura",
        "it": "Numero fattura|Fattura n.|Fattura nr.|N. documento",
        "us": "Invoice Number|Invoice #|Invoice No.|Document No.",
        "gb": "Invoice number|Invoice no.|Invoice No|Invoice ref",
    },
    "date": {
        "de": "Rechnungsdatum|Datum|Belegdatum|Ausstellungsdatum",
        "fr": "Date de facture|Date|Date de facturation|Date d'émission",
        "nl": "Factuurdatum|Datum|Datum factuur|Factuurdatum",
        "es": "Fecha de factura|Fecha|Fecha factura|Fecha de emisión",
        "it": "Data fattura|Data|Data documento|Data emissione",
        "us": "Invoice Date|Date|Date of issue|Bill date",
        "gb": "Invoice date|Date|Tax point|Date issued",
    },
    "due": {
        "de": "Fälligkeitsdatum|Fällig am|Zahlbar bis|Zahlungsziel",
        "fr": "Date d'échéance|Échéance|À payer avant le|Date limite de paiement",
        "nl": "Vervaldatum|Te betalen vóór|Vervaldag|Uiterste betaaldatum",
        "es": "Fecha de vencimiento|Vencimiento|Vence el|Fecha límite de pago",
        "it": "Data di scadenza|Scadenza|Scadenza pagamento|Pagare entro il",
        "us": "Due Date|Payment Due|Due by|Please pay by",
        "gb": "Due date|Payment due by|Due on|Payment date",
    },
    "customer": {
        "de": "Kundennummer|Kunden-Nr.", "fr": "N° client|Code client", "nl": "Klantnummer|Debiteurnr.",
        "es": "Nº cliente|Código cliente", "it": "Codice cliente|Cod. cliente", "us": "Customer ID|Account No.",
        "gb": "Customer no.|Account number",
    },
    "order": {
        "de": "Bestellnummer|Ihre Bestellung", "fr": "Commande n°|Bon de commande", "nl": "Ordernummer|Uw order",
        "es": "Nº pedido|Pedido", "it": "Ordine n.|Vs. ordine", "us": "PO Number|Your Order", "gb": "Order no.|Your order ref",
    },
    "delivery": {
        "de": "Lieferdatum|Leistungsdatum", "fr": "Date de livraison|Livraison du", "nl": "Leverdatum|Datum levering",
        "es": "Fecha de entrega|Albarán", "it": "Data consegna|DDT del", "us": "Ship Date|Delivery date", "gb": "Delivery date|Date of supply",
    },
    "related": {
        "de": "Zu Rechnung|Ursprungsrechnung", "fr": "Facture liée|Facture d'origine", "nl": "Betreft factuur|Oorspronkelijke factuur",
        "es": "Factura rectificada|Factura original", "it": "Rif. fattura|Fattura originale", "us": "Original invoice|Applies to invoice",
        "gb": "Original invoice|Relating to invoice",
    },
    "untaxed": {
        "de": "Nettobetrag|Zwischensumme|Summe netto|Gesamt netto", "fr": "Total HT|Sous-total HT|Montant HT|Total hors taxes",
        "nl": "Subtotaal|Totaal excl. btw|Nettobedrag|Totaal exclusief BTW", "es": "Base imponible|Subtotal|Total sin IVA|Importe neto",
        "it": "Imponibile|Totale imponibile|Subtotale|Totale netto", "us": "Subtotal|Sub Total|Net Total|Total before tax",
        "gb": "Net total|Subtotal|Total excl. VAT|Total net",
    },
    "tax": {
        "de": "MwSt. {r}%|zzgl. {r} % USt.|Umsatzsteuer {r}%|{r}% MwSt.", "fr": "TVA {r}%|TVA ({r} %)|Montant TVA|Total TVA",
        "nl": "BTW {r}%|{r}% btw|Btw-bedrag|Totaal BTW", "es": "IVA {r}%|IVA ({r}%)|Cuota IVA|I.V.A. {r} %",
        "it": "IVA {r}%|IVA ({r}%)|Totale IVA|Imposta", "us": "Tax|Sales Tax ({r}%)|Total tax|Tax {r}%", "gb": "VAT @ {r}%|VAT {r}%|Total VAT|VAT amount",
    },
    "total": {
        "de": "Gesamtbetrag|Rechnungsbetrag|Bruttobetrag|Endbetrag", "fr": "Total TTC|Montant TTC|Total toutes taxes comprises|TOTAL T.T.C.",
        "nl": "Totaal|Totaal incl. btw|Totaalbedrag|Factuurbedrag", "es": "Total|Total factura|Importe total|Total IVA incluido",
        "it": "Totale|Totale fattura|Totale documento|Importo totale", "us": "Total|Invoice Total|Grand Total|Total amount",
        "gb": "Total|Invoice total|Total incl. VAT|Gross total",
    },
    "paid": {
        "de": "Abzgl. Anzahlung|Bereits gezahlt", "fr": "Acompte versé|Déjà réglé", "nl": "Aanbetaling|Reeds betaald",
        "es": "Anticipo|Pagado a cuenta", "it": "Acconto|Già pagato", "us": "Deposit|Amount paid", "gb": "Deposit paid|Payments received",
    },
    "balance": {
        "de": "Noch zu zahlen|Zahlbetrag", "fr": "Net à payer|Reste à payer", "nl": "Te betalen|Openstaand bedrag",
        "es": "Total a pagar|Importe pendiente", "it": "Netto a pagare|Saldo dovuto", "us": "Balance Due|Amount due", "gb": "Balance due|Amount to pay",
    },
    "buyer": {
        "de": "Rechnungsempfänger|Rechnung an", "fr": "Facturé à|Client", "nl": "Factuuradres|Klant", "es": "Facturar a|Cliente",
        "it": "Spett.le|Cliente", "us": "Bill To|Sold To", "gb": "Invoice to|Customer",
    },
    "vat": {
        "de": "USt-IdNr.|USt-ID", "fr": "N° TVA|TVA intracommunautaire", "nl": "BTW-nummer|Btw nr.", "es": "NIF|CIF",
        "it": "P. IVA|Partita IVA", "us": "Tax ID|EIN", "gb": "VAT Reg No|VAT number",
    },
    "columns": {
        "de": "Pos.|Bezeichnung|Menge|Einzelpreis|Gesamt", "fr": "Réf.|Désignation|Qté|Prix unitaire|Montant",
        "nl": "Nr.|Omschrijving|Aantal|Prijs|Bedrag", "es": "Cód.|Descripción|Cant.|Precio|Importe",
        "it": "Cod.|Descrizione|Q.tà|Prezzo|Importo", "us": "Item|Description|Qty|Unit Price|Amount", "gb": "Item|Description|Qty|Price|Amount",
    },
}  # fmt: skip
TERMS = {
    "de": "Bitte überweisen Sie den Betrag bis zum {due}.|Zahlbar ohne Abzug bis {due}.",
    "fr": "Règlement au plus tard le {due}.|À régler avant le {due} par virement.",
    "nl": "Gelieve te betalen vóór {due}.|Wij verzoeken u uiterlijk {due} te betalen.",
    "es": "Rogamos efectúen el pago antes del {due}.|Pago por transferencia, vencimiento {due}.",
    "it": "Si prega di pagare entro il {due}.|Pagamento con bonifico, scadenza {due}.",
    "us": "Please remit payment, due on {due}.|Payment is due by {due}.",
    "gb": "Please pay by {due}.|Payment due by {due} by bank transfer.",
}
DISCOUNT = {
    "de": "Bei Zahlung bis {cash} gewähren wir 2 % Skonto.", "fr": "Escompte de 2 % pour paiement avant le {cash}.",
    "nl": "Korting voor betaling vóór {cash}: 2%.", "es": "Descuento por pronto pago del 2% hasta el {cash}.",
    "it": "Sconto del 2% per pagamento entro il {cash}.", "us": "2% discount if paid by {cash}.", "gb": "2% early payment discount if paid by {cash}.",
}  # fmt: skip
SENTENCE = {
    "de": "Rechnung Nr. {number} vom {date}", "fr": "Facture n° {number} du {date}", "nl": "Factuur {number} van {date}",
    "es": "Factura nº {number} del {date}", "it": "Fattura n. {number} del {date}", "us": "Invoice {number} dated {date}", "gb": "Invoice {number} of {date}",
}  # fmt: skip
CREDIT_SENTENCE = {
    "de": "Gutschrift Nr. {number} vom {date}", "fr": "Avoir n° {number} du {date}", "nl": "Creditnota {number} van {date}",
    "es": "Factura rectificativa nº {number} del {date}", "it": "Nota di credito n. {number} del {date}",
    "us": "Credit memo {number} dated {date}", "gb": "Credit note {number} of {date}",
}  # fmt: skip
ITEMS = {
    "de": "Beratung Stunden|Druckerpapier A4|Montage vor Ort|Wartung Heizung|Schrauben M8 verzinkt|Bürostuhl Modell 300",
    "fr": "Prestation de conseil|Papier A4 80g|Maintenance annuelle|Fournitures de bureau|Location matériel|Transport",
    "nl": "Advies per uur|Printpapier A4|Onderhoud installatie|Bureaustoel 300|Schoonmaak maart|Hosting pakket",
    "es": "Servicio de consultoría|Papel A4 80g|Mantenimiento anual|Material de oficina|Alquiler equipo|Tornillos M8",
    "it": "Consulenza oraria|Carta A4 80g|Manutenzione annuale|Materiale ufficio|Noleggio attrezzatura|Viti M8",
    "us": "Consulting hours|Copy paper 8.5x11|Annual maintenance|Office chair 300|Equipment rental|Shipping supplies",
    "gb": "Consultancy hours|Copier paper A4|Annual service|Office chair 300|Plant hire|Cleaning March",
}
PLACES = {
    "de": ("80331 München|20095 Hamburg|50667 Köln", "Lindenstraße|Hauptstr.|Industrieweg", "Tel. 089 4711 220", "HRB 123456 Amtsgericht München, Geschäftsführer: E. Muster"),
    "fr": ("75011 Paris|69003 Lyon|31000 Toulouse", "rue de la Gare|avenue Foch|chemin Vert", "Tél. 01 44 55 66 77", "SARL au capital de 10 000,00 € - SIRET 732 829 320 00074 - APE 6201Z"),
    "nl": ("1012 AB Amsterdam|3011 CD Rotterdam|3511 EF Utrecht", "Dorpsstraat|Kade|Stationsweg", "Tel. 020 555 01 23", "KvK 24123456 Rotterdam"),
    "es": ("28013 Madrid|08001 Barcelona|46001 Valencia", "Calle Mayor|Avda. del Puerto|Calle Nueva", "Tel. 91 123 45 67", "Registro Mercantil de Madrid, Tomo 12345, Folio 67, Hoja M-98765"),
    "it": ("20121 Milano|00184 Roma|10121 Torino", "Via Roma|Corso Italia|Via Verdi", "Tel. 02 1234567", "Cap. soc. € 10.000,00 i.v. - REA MI-1234567"),
    "us": ("Austin, TX 78701|Portland, OR 97201|Denver, CO 80202", "Main Street|Oak Avenue|Market Street", "Phone (512) 555-0134", "Thank you for your business! Late payments bear 1.5% interest per month."),
    "gb": ("London EC1A 1BB|Leeds LS1 4AP|Bristol BS1 5TR", "High Street|Station Road|Mill Lane", "Tel 020 7946 0123", "Registered in England No. 01234567"),
}  # fmt: skip
FORMS = {
    "de": "GmbH",
    "fr": "SARL",
    "nl": "B.V.",
    "es": "S.L.",
    "it": "S.r.l.",
    "us": "Inc.",
    "gb": "Ltd",
}
STEMS = "Nordlicht|Bergmann|Atelier Vert|Kruiswijk|Solmar|Ferrero Vetri|Blue Harbor|Oakfield|Tecnova|Delta Print|Hofmann & Söhne|Lumen"
RATES = {
    "de": (19, 7),
    "fr": (20, 10),
    "nl": (21, 9),
    "es": (21, 10),
    "it": (22, 10),
    "us": (8, 8),
    "gb": (20, 5),
}
CURRENCY = {"us": ("$", "USD"), "gb": ("£", "GBP")}


def wording(label: str, language: str, choice: int) -> str:
    """Return the ``choice``-th wording of the label, going round."""
    wordings = LABELS[label][language].split("|")
    return wordings[choice % len(wordings)]
