"""What columns and lines of a remittance advice are called, in the languages they come in."""

import re

from odoo.addons.ai_finance_engine.documents.layout import squash

_COLUMNS = {
    "paid": "paid|paid amount|payment amount|amount paid|net amount|net|net payment|payment|"
    "settled|zahlbetrag|zahlungsbetrag|netto|nettobetrag|gezahlt|bezahlt|ueberwiesen|überwiesen|"
    "montant paye|montant regle|regle|net a payer|montant net|betaald|betaald bedrag|"
    "nettobedrag|pagado|importe pagado|neto|neto a pagar|pagato|importo pagato|netto a pagare",
    "gross": "gross|gross amount|invoice amount|amount|original amount|document amount|"
    "invoice total|brutto|bruttobetrag|rechnungsbetrag|betrag|belegbetrag|montant|"
    "montant facture|montant brut|brut|bedrag|factuurbedrag|bruto|brutobedrag|importe|"
    "importe bruto|importe factura|importo|importo lordo|lordo|importo fattura",
    "deduction": "discount|cash discount|discount taken|deduction|deductions|withheld|skonto|"
    "skontobetrag|abzug|abzuge|abzuege|kurzung|kuerzung|escompte|remise|retenue|deduction prise|"
    "korting|betalingskorting|inhouding|descuento|deduccion|retencion|sconto|trattenuta|"
    "ritenuta|abbuono",
    "number": "invoice|invoice no|invoice number|invoice nr|document|document no|"
    "document number|doc no|reference|your reference|your invoice|bill|bill no|rechnung|"
    "rechnungsnummer|rechnungsnr|rechnung nr|beleg|belegnr|belegnummer|ihre rechnung|"
    "ihre referenz|referenz|facture|no facture|n facture|numero facture|numero de facture|piece|"
    "no piece|votre reference|factuur|factuurnummer|factuurnr|uw referentie|factura|"
    "numero de factura|n factura|no factura|documento|su referencia|fattura|numero fattura|"
    "n fattura|vostro riferimento|external document|reference facture",
    "own_number": "our reference|our document|our ref|unsere referenz|unser beleg|"
    "notre reference|onze referentie|nuestra referencia|nostro riferimento|journal|voucher",
    "date": "date|invoice date|document date|datum|rechnungsdatum|belegdatum|date facture|"
    "factuurdatum|fecha|fecha factura|data|data fattura",
}
COLUMNS = {squash(label): kind for kind, labels in _COLUMNS.items() for label in labels.split("|")}
_TOTAL = re.compile(
    r"\b(grand total|total|totals|summe|gesamt\w*|gesamtsumme|zahlbetrag|zahlungsbetrag|"
    r"amount paid|payment amount|somme|montant total|total paye|totaal\w*|importe total|totale)\b"
)
_NO_TOTAL = re.compile(r"\bsub-?total|zwischensumme|sous-total|subtotaal|ubertrag|carried\b")
PAYER = re.compile(
    r"^(?:payer|paid by|remitter|from|auftraggeber|zahler|zahlungspflichtiger|emetteur|payeur|"
    r"donneur d'ordre|opdrachtgever|betaler|ordenante|pagador|ordinante|pagatore)\s*[:.]\s*"
)
REFERENCE = re.compile(
    r"(?:payment reference|payment ref\.?|payment no\.?|remittance (?:no\.?|number|advice no\.?)|"
    r"zahlungsreferenz|zahlungsnummer|avis-?(?:nr\.?|nummer)|zahlungsavis nr\.?|"
    r"reference (?:de )?paiement|betalingskenmerk|betaalreferentie|referencia de pago|"
    r"riferimento pagamento)\s*[:.#]?\s*([a-z0-9][a-z0-9/_.-]{2,34})"
)
PAYMENT_DATE = re.compile(
    r"payment date|value date|date of payment|valuta|zahlungsdatum|zahldatum|ausfuhrung|"
    r"date de paiement|date de reglement|betaaldatum|fecha de pago|data (?:di )?pagamento"
)


def kind_of(text: str) -> str | None:
    """Return what a column heading says its column holds."""
    plain = squash(re.sub(r"\([^)]*\)|\b(?:eur|usd|gbp|chf)\b|[€$£]", " ", text, flags=re.I))
    return COLUMNS.get(plain)


def is_total(folded: str) -> bool:
    """Whether a line is about the whole payment."""
    return bool(_TOTAL.search(folded)) and not _NO_TOTAL.search(folded)
