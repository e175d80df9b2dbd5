# ruff: noqa: E501 - lists of words are read better unbroken
"""Words that stand beside the fields of a bill, in seven kinds of writing them.

A role is what a label says about the value near it. Roles that no field wants (order, delivery,
customer, phone ...) are here because they claim values that would else be taken for ours.
"""

from functools import cache

from odoo.addons.ai_finance_engine.documents.layout import squash

from .label_parts import made_up
from .labels_more import FIRST, MORE

#: role -> (kind of value, phrases that say so, phrases that only hint at it)
ROLES: dict[str, tuple[str, str, str]] = {
    "number": (
        "number",
        "invoice number|invoice no|invoice nr|invoice num|invoice id|inv no|inv number|inv nr|bill number|bill no|"
        "tax invoice no|tax invoice number|credit note no|credit note number|credit note nr|"
        "credit memo no|credit memo number|document number|document no|sales invoice no|"
        "invoice reference|invoice ref|rechnungsnummer|rechnungsnr|rechnung nr|rechnung nummer|"
        "rechnungs nr|rechn nr|rech nr|belegnummer|beleg nr|belegnr|re nr|gutschriftsnummer|"
        "gutschriftnummer|gutschrift nr|gutschriftsnr|rechnungskorrektur nr|dokumentnummer|"
        "dokument nr|facture n|facture no|facture num|facture numero|numero de facture|"
        "numero facture|n facture|no facture|no de facture|n de facture|num facture|"
        "ref facture|reference facture|numero d avoir|avoir n|avoir no|n avoir|n d avoir|"
        "no d avoir|avoir numero|"
        "factuurnummer|factuurnr|factuur nr|factuur nummer|factuur no|creditnota nr|"
        "creditnotanummer|creditnota nummer|creditfactuur nr|creditfactuurnummer|"
        "nummer factuur|documentnummer|"
        "factura n|factura no|factura num|factura numero|numero de factura|numero factura|n factura|"
        "n de factura|no factura|num factura|no de factura|fra n|abono n|numero de abono|n de abono|"
        "factura rectificativa n|fattura n|fattura nr|fattura no|fattura numero|numero fattura|"
        "n fattura|nr fattura|no fattura|numero della fattura|nota di credito n|"
        "nota di credito nr|numero nota di credito|numero documento|n documento|nr documento|"
        "no documento|num documento|document nr|numero de documento|numero del documento|"
        "belegnr|rechnungsid|faktura nr|fakturanummer|nota de credito n|numero nota de credito",
        "rechnung|invoice|facture|factuur|factura|fattura|tax invoice|gutschrift|credit note|"
        "avoir|creditnota|creditfactuur|nota de credito|nota di credito|factura rectificativa|"
        "credit memo|abono|number|nummer|numero|no|nr|num|parcella|receipt no|receipt number|"
        "quittung nr|beleg|document|reference|ref|bon nr|rechnungskorrektur|slip no",
    ),
    "related": (
        "any",
        "original invoice|related invoice|original invoice number|original invoice no|against invoice|previous invoice|refers to invoice|relating to invoice|"
        "in respect of invoice|credited invoice|corrects invoice|for invoice|facture liee|"
        "facture d origine|facture origine|facture initiale|relatif a la facture|"
        "sur facture|annule la facture|concerne la facture|ursprungsrechnung|"
        "originalrechnung|zur rechnung|zu rechnung|bezug auf rechnung|gutschrift zu rechnung|betrifft rechnung|"
        "urspruengliche rechnung|vorherige rechnung|rechnungsbezug|"
        "oorspronkelijke factuur|betreft factuur|inzake factuur|gerelateerde factuur|"
        "factura original|factura rectificada|factura relacionada|factura de origen|sobre la factura|"
        "fattura originale|fattura di riferimento|fattura collegata|rif fattura|"
        "riferimento fattura|storno fattura|last invoice|derniere facture|letzte rechnung",
        "",
    ),
    "order": (
        "any",
        "order no|order number|order nr|order id|order ref|your order|our order|purchase order|"
        "purchase order no|purchase order number|po number|po no|p o number|po nr|po ref|sales order|"
        "customer order|order date|ordered on|order of|order|bestellnummer|bestell nr|"
        "bestellnr|bestellung|bestellung nr|bestellung vom|ihre bestellung|bestelldatum|"
        "auftragsnummer|auftrags nr|auftragsnr|auftrag nr|auftrag|auftrag vom|auftragsdatum|ihr auftrag|"
        "commande n|no commande|n commande|numero de commande|numero commande|bon de commande|"
        "votre commande|n de commande|no de commande|date de commande|date commande|commande|commande du|"
        "ref commande|ordernummer|ordernr|order datum|orderdatum|bestelnummer|bestelbon|"
        "besteldatum|inkooporder|inkoopordernummer|uw order|uw bestelling|pedido n|numero de pedido|n pedido|"
        "no pedido|n de pedido|no de pedido|numero pedido|su pedido|pedido|fecha de pedido|fecha pedido|orden de compra|"
        "ordine n|ordine nr|numero ordine|n ordine|nr ordine|vostro ordine|vs ordine|ordine d acquisto|"
        "data ordine|ordine|ordine del",
        "",
    ),
    "delivery": (
        "any",
        "delivery note|delivery note no|delivery date|delivery|ship date|shipping date|shipped on|"
        "dispatch date|date of supply|supply date|date of delivery|service date|tracking number|tracking|"
        "shipment|lieferscheinnummer|lieferschein nr|lieferscheinnr|lieferschein|lieferschein vom|lieferdatum|"
        "leistungsdatum|lieferung|lieferung vom|liefer leistungsdatum|liefer und leistungsdatum|"
        "datum der lieferung|datum der leistung|versanddatum|leistung vom|liefertermin|"
        "bon de livraison|bl n|date de livraison|livraison|date livraison|livraison du|"
        "date d expedition|date de prestation|date de la prestation|pakbon|pakbonnummer|"
        "leverdatum|leveringsdatum|levering|leverbon|verzenddatum|albaran|albaran n|"
        "numero de albaran|fecha de entrega|fecha entrega|entrega|fecha de envio|ddt|ddt n|"
        "documento di trasporto|data consegna|data di consegna|consegna|bolla|data ddt|data spedizione",
        "",
    ),
    "customer": (
        "number",
        "customer no|customer number|customer id|customer nr|customer ref|customer code|"
        "client no|client number|client id|client code|account no|account number|account id|"
        "acct no|member no|membership no|kundennummer|kunden nr|kundennr|kd nr|kundenkonto|"
        "debitorennummer|debitor nr|debitorennr|ihre kundennummer|mitgliedsnummer|kunden id|numero client|"
        "n client|no client|code client|ref client|reference client|id client|n de client|no de client|"
        "compte client|n abonne|klantnummer|klantnr|klant nr|klantcode|klant|debiteurnummer|"
        "debiteurnr|debiteur|relatienummer|relatienr|numero de cliente|n cliente|n de cliente|no cliente|"
        "codigo cliente|codigo de cliente|cliente n|cliente no|codice cliente|cod cliente|"
        "numero cliente|cliente nr|nr cliente",
        "kunde|customer|client|cliente",
    ),
    "contract": (
        "any",
        "contract no|contract number|contract|agreement no|vertragsnummer|vertrag nr|vertrag|"
        "vertragskonto|contrat n|no contrat|numero de contrat|contrat|contractnummer|"
        "contractnr|numero de contrato|contrato n|contrato|contratto n|numero contratto|contratto|"
        "project no|project number|project|projektnummer|projekt nr|projekt|projet|projectnummer|"
        "project nr|proyecto|progetto|commessa|quote no|quotation no|quote number|quote|quotation|estimate no|"
        "angebotsnummer|angebot nr|angebot|angebot vom|devis n|devis no|devis|numero de devis|offerte|offertenummer|"
        "presupuesto|presupuesto n|preventivo|preventivo n|offerta|serial no|seriennummer|zaehlernummer|meter no|"
        "ticket no|ticket|policy no|kostenstelle|cost center|cost centre|job no|cig|cup|"
        "artikelnummer|artikel nr|art nr|artikelnr|item no|item code|article no|sku|"
        "mandatsreferenz|mandat|mandate|mandate reference|rum|mandaat|glaeubiger id|"
        "creditor id|ics|incassant id|vorgangsnummer|vorgang|kassenzeichen|aktenzeichen|gln|codice destinatario|"
        "terminal id|cashier|till|table no|lot no|batch no|license no|licence no",
        "",
    ),
    "yours": (
        "any",
        "your ref|your reference|ihr zeichen|ihre referenz|ihre nachricht vom|ihr schreiben vom|"
        "votre reference|votre ref|v ref|vos ref|uw referentie|uw kenmerk|uw ref|su referencia|su ref|"
        "vostro riferimento|vs rif|vostro rif|unser zeichen|our ref|our reference|notre reference|"
        "n ref|nos ref|onze referentie|ons kenmerk|nuestra referencia|nostro riferimento|ns rif|"
        "payment reference|payment ref|verwendungszweck|zahlungsreferenz|reference de paiement|"
        "betalingskenmerk|betalingsreferentie|referencia de pago|causale|riferimento pagamento|"
        "ansprechpartner|sachbearbeiter|bearbeiter",
        "",
    ),
    "taxid": (
        "number",
        "steuernummer|steuer nr|st nr|steuernr|ust id nr|ustid|ust id|ustidnr|ust idnr|uid nr|uid|"
        "umsatzsteuer id|umsatzsteuer identifikationsnummer|ust identifikationsnummer|mwst nr|"
        "vat no|vat number|vat reg no|vat registration no|vat registration number|vat id|vat nr|vat reg|"
        "vat|tax id|tax no|tax number|ein|gst no|gst id|gstin|sst no|abn|tin|n tva|no tva|numero tva|tva intra|"
        "tva intracommunautaire|numero de tva|n de tva|no de tva|id tva|btw nummer|btw nr|btw id|btwnr|btw|ond nr|"
        "ondernemingsnummer|numero d entreprise|nif|cif|nie|nif iva|n iva|dni|vat es|partita iva|p iva|piva|"
        "codice fiscale|cod fisc|c f|siret|siren|rcs|naf|ape|code ape|kvk|kvk nr|kvk nummer|kvknr|hrb|hra|"
        "handelsregister|handelsregisternummer|handelsregister nr|registergericht|company no|company number|"
        "company reg no|registration no|registered no|registered in england no|co reg no|reg no|roc no|rea|cod sdi|"
        "codice univoco|registro mercantil|capital|capital social|capitale sociale|stammkapital|cap soc|au capital de|"
        "sarl au capital de",
        "",
    ),
    "contact": (
        "any",
        "tel|telefon|telephone|phone|fon|fax|telefax|mobil|mobile|mob|handy|gsm|telefono|telefoon|"
        "tfno|tlf|cell|hotline|bank account|account number iban|konto|konto nr|kontonummer|kto|kto nr|"
        "ktonr|blz|bankleitzahl|iban|bic|swift|sort code|bank code|rekeningnummer|rekening|cuenta|"
        "cuenta bancaria|c c|conto corrente|abi|cab|rib|compte|routing|"
        "seite|page|pagina|bladzijde|zip|postcode|plz|p o box|postfach|cp|po box",
        "",
    ),
    "date": (
        "date",
        "invoice date|date of invoice|bill date|billing date|issue date|issued on|date of issue|"
        "date issued|issued|tax point|tax point date|invoice issue date|credit note date|date of credit note|document date|"
        "rechnungsdatum|datum der rechnung|re datum|rechn datum|belegdatum|ausstellungsdatum|"
        "ausgestellt am|rechnung vom|gutschriftsdatum|gutschriftdatum|gutschrift vom|dokumentdatum|date de facture|date facture|"
        "date de facturation|date de la facture|date d emission|emise le|emis le|date emission|facture du|"
        "facture en date du|date d avoir|avoir du|date de l avoir|date du document|date avoir|factuurdatum|datum factuur|factuur datum|factuur van|"
        "datum creditnota|creditnota datum|uitgiftedatum|documentdatum|fecha de factura|fecha factura|fecha de la factura|"
        "fecha de emision|fecha emision|fecha de expedicion|fecha expedicion|fecha del documento|fecha documento|emitida el|"
        "data fattura|data della fattura|data emissione|data di emissione|data documento|fattura del|data nota di credito|"
        "emessa il|data del documento|invoice dated",
        "date|datum|fecha|data|vom|dated|dato|den|date time",
    ),
    "due": (
        "date",
        "due date|payment due|payment due date|due by|due on|pay by|payable by|payable on|please pay by|"
        "payment date|date due|payment deadline|pay before|to be paid by|paid by|payable before|invoice due|net due|"
        "settlement date|remit until|please remit until|pay until|please pay until|payable until|to be paid until|please pay before|pay on or before|final date for payment|payment is due|please remit by|"
        "fällig am|fälligkeitsdatum|fälligkeit|fällig|fällig bis|fälligkeitstag|zahlbar bis|zahlbar bis zum|zahlbar am|zahlungsziel|"
        "zahlungstermin|zahlungsfrist|zu zahlen bis|zu zahlen bis zum|zahlung bis|zahlung bis zum|bis zum|bis spätestens|spätestens|zahlungseingang bis|"
        "zahlen sie bis|zahlungsdatum|überweisen sie bis|begleichen sie bis|"
        "date d échéance|échéance|date échéance|échéance le|échéance au|date limite de paiement|date limite|à payer avant le|payable avant le|"
        "à régler avant le|à régler le|à régler pour le|règlement avant le|payable le|payable au plus tard le|au plus tard le|date de paiement|"
        "date de règlement|paiement avant le|à payer pour le|payer avant le|régler avant le|à payer le|paiement le|payable jusqu au|"
        "vervaldatum|vervaldag|vervalt op|te betalen voor|te betalen vóór|betalen voor|betalen vóór|betaling voor|te betalen uiterlijk|uiterlijk|"
        "uiterlijk op|uiterste betaaldatum|betaaldatum|betalen uiterlijk|te voldoen voor|te voldoen vóór|uiterlijk te betalen|betaald voor|betaling uiterlijk|betaaltermijn|"
        "fecha de vencimiento|fecha vencimiento|vencimiento|vence|vence el|fecha límite de pago|fecha límite|pagar antes del|pagar antes de|"
        "fecha de pago|a pagar antes del|pago antes del|vto|pagadero antes del|pagadero el|antes del|"
        "data scadenza|data di scadenza|scadenza|scade il|scadenza pagamento|pagare entro|pagare entro il|entro il|da pagare entro|pagamento entro|pagamento entro il|"
        "data pagamento|data di pagamento|termine di pagamento|entro e non oltre il|scadenze",
        "due|bis|prelevement a partir du|einzug am|direct debit on|wird am|zahlbar|payable|remit by",
    ),
    "period": (
        "date",
        "leistungszeitraum|abrechnungszeitraum|lieferzeitraum|zeitraum|rechnungszeitraum|billing period|"
        "service period|period|period of service|période|période de facturation|periode|factuurperiode|"
        "período|período de facturación|periodo|periodo di riferimento|competenza|valid until|gültig bis|valable jusqu au|"
        "geldig tot|válido hasta|valido fino al|from|until|print date|printed on|druckdatum|gedruckt am|"
        "imprimé le|date d impression|afgedrukt op|fecha de impresión|stampato il|data stampa|birth date|geboren am|departure|arrival|"
        "check in|check out|anreise|abreise|kunde seit|customer since|eintritt|stand|exp date|expiry|version",
        "",
    ),
    "discount_date": (
        "date",
        "skonto|skonto bis|skontofrist|skontodatum|mit skonto|abzug von|abzüglich skonto|early payment|early payment discount|discount if paid by|"
        "discount until|cash discount|discount date|prompt payment|settlement discount|escompte|escompte jusqu au|"
        "avec escompte|remise si paiement|korting bij betaling|betalingskorting|korting voor contant|kortingsdatum|kredietbeperking|descuento por pronto pago|pronto pago|descuento|"
        "sconto|sconto cassa|sconto per pagamento|sconto se pagato|remise|korting|discount",
        "",
    ),
    "total": (
        "amount",
        "grand total|invoice total|total amount|total incl|total including|total inc vat|total inc|total gross|gross total|"
        "gross amount|total with vat|total payable|total due|total amount due|total including vat|total incl vat|total incl tax|"
        "invoice amount|total sale|total sales inclusive|total invoice|total usd|total eur|total gbp|credit total|total credit|total price|amount payable|"
        "gesamtbetrag|rechnungsbetrag|bruttobetrag|gesamtsumme|summe brutto|gesamt brutto|endbetrag|brutto|"
        "endsumme|rechnungssumme|gesamtbetrag brutto|gesamt inkl|gesamt inkl mwst|summe inkl|summe inkl mwst|"
        "gutschriftsbetrag|bruttosumme|rechnungsendbetrag|gesamtpreis|total brutto|rechnungsgesamtbetrag|gesamtbetrag inkl|gesamtbetrag inkl mwst|betrag inkl|betrag inkl mwst|"
        "total ttc|montant ttc|total toutes taxes comprises|montant total ttc|total facture|montant total|"
        "total general|prix ttc|total t t c|montant total de la facture|total de la facture|montant de la facture|total avoir|montant toutes taxes comprises|ttc|"
        "totaal incl|totaal incl btw|totaal inclusief|totaal inclusief btw|totaalbedrag|factuurbedrag|totaal factuur|"
        "factuurtotaal|totaal te betalen|eindtotaal|totaalbedrag incl btw|bedrag incl btw|totaal eur|bedrag inclusief btw|"
        "total factura|importe total|total con iva|total iva incluido|total general|total euros|importe total factura|importe factura|total iva inc|importe con iva|"
        "totale fattura|totale documento|totale ivato|totale complessivo|totale iva inclusa|importo totale|totale generale|totale con iva|totale da pagare|importo fattura|importo totale fattura|totale nota di credito|"
        "totale euro",
        "total|totaal|totale|gesamt|summe|importe|montant|betrag|amount|bedrag|importo|sum|total rm|gesamt eur|summe eur",
    ),
    "payable": (
        "amount",
        "amount due|balance due|balance|balance payable|outstanding|outstanding balance|remaining|remaining balance|amount to pay|"
        "to pay|please pay|amount still due|zu zahlen|zahlbetrag|zahlbarer betrag|offener betrag|restbetrag|zu zahlender betrag|"
        "restzahlung|noch zu zahlen|verbleibender betrag|zu überweisen|restforderung|net à payer|reste à payer|solde|"
        "solde dû|solde à payer|montant dû|somme à payer|à payer|reste dû|montant restant|montant à payer|net à régler|total à payer|te betalen|nog te betalen|nog te voldoen|"
        "openstaand|openstaand bedrag|openstaand saldo|saldo|resterend bedrag|restant|te voldoen|te betalen bedrag|a pagar|total a pagar|"
        "importe pendiente|pendiente|pendiente de pago|saldo pendiente|importe a pagar|líquido a pagar|saldo dovuto|da pagare|"
        "netto a pagare|residuo|importo residuo|saldo a pagare|importo da pagare|importo dovuto|resta da pagare|totale dovuto",
        "",
    ),
    "untaxed": (
        "amount",
        "subtotal|sub total|net total|total net|net amount|total excl|total excluding|total ex vat|total before tax|"
        "total excl vat|total excl tax|total excluding vat|taxable amount|taxable|net|net value|total without vat|amount excl|amount before tax|total taxable amount|"
        "total exclusive|goods total|value of goods|net sum|"
        "nettobetrag|netto|summe netto|zwischensumme|gesamt netto|nettosumme|warenwert|netto betrag|total netto|"
        "rechnungsbetrag netto|gesamtbetrag netto|netto gesamt|nettowert|summe exkl|summe ohne mwst|bemessungsgrundlage|gesamt ohne mwst|summe positionen|warennettowert|entgelt|gesamt exkl|gesamt exkl mwst|"
        "total ht|montant ht|total hors taxes|total hors taxe|total h t|sous total|sous total ht|base ht|montant hors taxes|"
        "total net ht|net ht|montant net ht|base taxable|montant total ht|prix ht|total hors tva|montant hors tva|ht|hors taxes|base|"
        "totaal excl|totaal excl btw|totaal exclusief|totaal exclusief btw|subtotaal|nettobedrag|bedrag excl btw|"
        "grondslag|maatstaf|totaal netto|netto bedrag|belastbaar|subtotaal excl btw|maatstaf van heffing|bedrag exclusief btw|totaalbedrag excl btw|"
        "base imponible|total sin iva|importe neto|total neto|suma|total base imponible|importe sin iva|base iva|neto|total bruto|"
        "imponibile|totale imponibile|totale netto|subtotale|totale merce|importo netto|totale senza iva|totale iva esclusa|netto iva|importo imponibile|base imponibile",
        "",
    ),
    "tax": (
        "amount",
        "vat|vat amount|total vat|tax|sales tax|total tax|tax amount|gst|value added tax|vat total|total taxes|plus vat|tax total|state tax|total gst|gst amount|total vat amount|"
        "mwst|ust|umsatzsteuer|mehrwertsteuer|steuerbetrag|mwst betrag|zzgl mwst|zzgl ust|zzgl umsatzsteuer|ust betrag|zuzüglich umsatzsteuer|zuzüglich mwst|plus mwst|mwst gesamt|gesamt mwst|summe mwst|summe ust|"
        "ust gesamt|steuer|umsatzsteuerbetrag|summe steuer|steuern|enthaltene mwst|"
        "tva|total tva|montant tva|montant de la tva|taxe|taxes|t v a|total taxes|montant taxe|"
        "btw|btw bedrag|totaal btw|bedrag btw|btw totaal|omzetbelasting|plus btw|total iva|cuota iva|cuota|iva|importe iva|i v a|impuestos|cuota de iva|total impuestos|igic|"
        "totale iva|imposta|importo iva|totale imposta|iva totale|imposte|totale imposte",
        "",
    ),
    "paid": (
        "amount",
        "anzahlung|abzgl anzahlung|abzüglich anzahlung|geleistete anzahlung|bereits gezahlt|bereits bezahlt|"
        "bisherige zahlungen|gezahlt|abschlag|abschlagszahlung|vorauszahlung|erhaltene zahlungen|deposit|deposit paid|less deposit|"
        "paid|amount paid|paid amount|prepaid|prepayment|payment received|payments received|down payment|paid to date|payments|advance|less payments|"
        "acompte|acompte versé|déjà réglé|déjà payé|acomptes versés|paiements|avance|acompte reçu|moins acompte|aanbetaling|"
        "voorschot|reeds betaald|vooruitbetaling|betaald|reeds voldaan|minus aanbetaling|ontvangen aanbetaling|anticipo|anticipo recibido|entrega a cuenta|pagado|a cuenta|"
        "importe pagado|acconto|acconto versato|già pagato|pagato|anticipi|importo pagato|meno acconto|cash|change|tender|bar|gegeben|rückgeld|cambio|visa|mastercard|"
        "espèces|rendu|contant|wisselgeld|efectivo|contanti|resto|previous balance|saldo anterior",
        "",
    ),
    "noamount": (
        "amount",
        "rabatt|discount|remise|korting|descuento|sconto|skonto|skontobetrag|total discount|versand|versandkosten|shipping|freight|frais de port|"
        "verzendkosten|portes|gastos de envío|spese di spedizione|porto|handling|trasporto|einzelpreis|stückpreis|e preis|unit price|price|preis|"
        "prix unitaire|pu|pu ht|stukprijs|prijs|precio|precio unitario|prezzo|prezzo unitario|rounding|rundung|arrondi|afronding|redondeo|"
        "arrotondamento|rounding adjustment|quantity|qty|menge|quantité|aantal|cantidad|quantità|total qty|total quantity|"
        "total items|übertrag|carried forward|report|à reporter|transport|saldo vorige|you saved|points|mahngebühr|capital|stammkapital|"
        "late payment|verzugszins|indemnité|indemnité forfaitaire|number of items|wertersatz|bei zahlung|si paiement|if paid",
        "",
    ),
}
WEAK = 0.5


@cache
def phrases() -> dict[str, list[tuple[str, float]]]:
    """Return squashed phrase -> its roles with weight, umlauts in both spellings."""
    found: dict[str, dict[str, float]] = {}
    for role, (_kind, strong, weak) in ROLES.items():
        for texts, weight in ((strong, 1.0), (weak, WEAK)):
            for phrase in filter(None, texts.split("|")):
                for spelling in {phrase, _spelt_out(phrase)}:
                    found.setdefault(squash(spelling), {}).setdefault(role, weight)
    for role, (strong, weak) in [*FIRST.items(), *MORE.items()]:
        for texts, weight in ((strong, 1.0), (weak, WEAK)):
            for phrase in filter(None, texts.split("|")):
                found.setdefault(squash(phrase), {}).setdefault(role, weight)
    for role, texts in made_up().items():
        for phrase in texts:
            found.setdefault(squash(phrase), {role: 1.0})
    return {phrase: list(roles.items()) for phrase, roles in found.items() if phrase}


def _spelt_out(phrase: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        phrase = phrase.replace(umlaut, letters)
    return phrase


def kind_of(role: str) -> str:
    """Return what a label of this role stands beside: date, number, amount or any."""
    return ROLES[role][0]
