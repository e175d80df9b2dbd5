# ruff: noqa: E501 - lists of words are read better unbroken
"""Labels that are put together from parts, in each language: "Total" and "incl. VAT"."""

from itertools import product

#: nouns for a sum, and what makes it one without or with tax
_SUMS = {
    "de": (
        "summe|gesamt|gesamtbetrag|gesamtsumme|rechnungsbetrag|rechnungssumme|betrag|total|endbetrag|endsumme|preis|gesamtpreis|positionssumme|rechnung",
        "netto|ohne ust|ohne mwst|ohne umsatzsteuer|ohne mehrwertsteuer|ohne steuer|exkl ust|exkl mwst|exkl|zzgl mwst|zzgl ust|exkl steuer|excl mwst|excl ust",
        "brutto|inkl ust|inkl mwst|inklusive mwst|inkl umsatzsteuer|inkl|mit mwst|einschl mwst|einschl ust|inkl mehrwertsteuer|incl mwst|inkl steuer|incl ust|inclusive mwst",
    ),
    "fr": (
        "total|montant|montant total|total general|prix total|total facture|sous total|total net|montant net|net|total de la facture|montant facture|total commande|somme",
        "ht|hors taxe|hors taxes|hors tva|htva|hors t v a",
        "ttc|toutes taxes comprises|tvac|tva comprise|taxes comprises|tva incluse|avec tva|taxes incluses",
    ),
    "nl": (
        "totaal|totaalbedrag|bedrag|factuurbedrag|subtotaal|factuurtotaal|totaal factuur|som|eindtotaal|totale prijs|prijs|totaal bedrag|eindbedrag",
        "excl btw|exclusief btw|ex btw|excl|zonder btw|netto|exclusief|exc btw|excl b t w",
        "incl btw|inclusief btw|inc btw|incl|met btw|bruto|inclusief|incl b t w",
    ),
    "es": (
        "total|importe|importe total|total factura|suma|precio|total general|precio total|valor",
        "sin iva|sin impuestos|iva no incluido|antes de impuestos|neto|iva excluido|antes de iva|sin i v a",
        "con iva|iva incluido|con impuestos|impuestos incluidos|iva inc|iva incl|con i v a|bruto con iva",
    ),
    "it": (
        "totale|importo|importo totale|totale fattura|totale documento|prezzo|totale generale|somma|totale complessivo",
        "iva esclusa|senza iva|netto|al netto iva|al netto dell iva|imponibile|escl iva|esclusa iva|netto iva|iva escl|excl iva",
        "iva inclusa|con iva|lordo|ivato|incl iva|inclusa iva|iva compresa|iva incl|lordo iva|comprensivo di iva",
    ),
    "en": (
        "total|amount|total amount|invoice total|sum|invoice amount|order total|price|value|total price|total value|invoice value|total invoice|total cost|total charges|charges|goods|total fees",
        "excl vat|excluding vat|ex vat|exc vat|net|before tax|without vat|excl tax|excluding tax|less vat|exclusive of vat|before vat|exclusive of tax|excl|net of vat|without tax|ex tax|ex gst|excl gst|net of tax|excluding gst",
        "incl vat|including vat|inc vat|inc tax|incl tax|including tax|gross|with vat|after tax|inclusive of vat|incl gst|inc gst|including gst|inclusive of tax|with tax|incl|after vat|plus vat|plus tax|inclusive|including sales tax|including taxes",
    ),
}  # fmt: skip
#: documents, words for "number" that stand before or behind them, words for "date"
_PAPERS = {
    "de": (
        "rechnungs|rechnung|beleg|gutschrifts|gutschrift|dokument|dokumenten|faktura|fakturen|rechnungskorrektur|ausgangsrechnung|schlussrechnung|abschlagsrechnung",
        "", "nummer|nr|no|num|id|nr lautet", "datum|vom",
    ),
    "fr": (
        "facture|avoir|note de credit|document|facture d avoir|facture client|piece",
        "numero|numero de|numero de la|n|n de|no|no de|num|num de|ref|ref de|reference|reference de|numero d|n d|no d",
        "numero|n|no|num|nr|ref|reference", "du|en date du|date",
    ),
    "nl": (
        "factuur|creditnota|creditfactuur|document|kreditnota|verkoopfactuur|nota", "nummer|nr|nummer van|nr van",
        "nummer|nr|no|num|id|kenmerk", "datum|van|d d",
    ),
    "es": (
        "factura|factura rectificativa|abono|documento|nota de credito|factura de venta|fra",
        "numero|numero de|n|n de|no|no de|num|num de|nro|nro de|ref|nro de la|numero de la", "numero|n|no|num|nro|nr|ref|codigo", "del|de fecha|fecha",
    ),
    "it": (
        "fattura|nota di credito|documento|parcella|nota credito|nota di accredito|fattura di vendita|fatt|doc",
        "numero|n|nr|no|num|numero della|numero di|n di|nro", "numero|n|nr|no|num|nro", "del|in data|data",
    ),
    "en": (
        "invoice|tax invoice|bill|credit note|credit memo|document|sales invoice|vat invoice|proforma invoice|commercial invoice|inv|statement|billing|credit",
        "number of|no of|ref", "number|no|nr|num|id|ref|reference|code|serial no|nbr", "date|dated|issue date|issued|created|created on",
    ),
}  # fmt: skip
_DATES = {
    "de": ("datum der|datum", "rechnung|gutschrift|faktura"),
    "fr": ("date de|date de la|date d|date|date du", "facture|avoir|facturation|emission|document|note de credit|etablissement|creation"),
    "nl": ("datum|datum van|datum van de", "factuur|creditnota|creditfactuur|facturatie|document|uitgifte"),
    "es": ("fecha|fecha de|fecha de la|fecha del", "factura|abono|documento|emision|expedicion|facturacion"),
    "it": ("data|data di|data della|data del", "fattura|documento|emissione|fatturazione|nota di credito|nota credito|doc"),
    "en": ("date of|date", "invoice|bill|credit note|credit memo|document|issue|billing|tax invoice"),
}  # fmt: skip
_RELATED = (
    "associee|liee|d origine|initiale|precedente|rectifiee|originale|concernee|de reference|anterieure|original|related|previous|corrected|"
    "rectificada|relacionada|de origen|anterior|collegata|di riferimento|precedente|stornata|di origine|gerelateerde|oorspronkelijk|vorige"
)


def made_up() -> dict[str, set[str]]:
    """Return role -> phrases, to be added to those written out."""
    found: dict[str, set[str]] = {
        "untaxed": set(), "total": set(), "number": set(), "date": set(), "related": set(),
    }  # fmt: skip
    for nouns, without, with_tax in _SUMS.values():
        for role, manners in (("untaxed", without), ("total", with_tax)):
            for noun, manner in product(nouns.split("|"), manners.split("|")):
                found[role] |= {f"{noun} {manner}", f"{manner} {noun}"}
    for papers, before, behind, days in _PAPERS.values():
        for paper in papers.split("|"):
            found["number"] |= {f"{word} {paper}" for word in before.split("|") if word}
            found["number"] |= {f"{paper} {word}" for word in behind.split("|")}
            found["date"] |= {f"{paper} {word}" for word in days.split("|")}
            for which in _RELATED.split("|"):
                found["related"] |= {f"{paper} {which}", f"{which} {paper}"}
                found["related"] |= {
                    f"{word} {paper} {which}" for word in before.split("|") if word
                }
    for before, papers in _DATES.values():
        for word, paper in product(before.split("|"), papers.split("|")):
            found["date"].add(f"{word} {paper}")
            found["related"] |= {f"{word} {paper} {which}" for which in _RELATED.split("|")}
    return found
