"""The head of the table of items: names of its columns on one line."""

from odoo.addons.ai_finance_engine.documents.layout import Line, squash

_HEAD = {
    "description": (
        "description|beschreibung|bezeichnung|artikel|leistung|designation|omschrijving|"
        "descripcion|concepto|descrizione|item|items|product|produkt|text|libelle|produit|article|"
        "details|service|particulars|goods|descricao|artigo|nazwa|nazev|polozka|popis|oznaceni|"
        "benamning|beskrivning|beskrivelse|tekst|kuvaus|tuote|nimike|megnevezes|denumire|naziv|opis|"
        "aciklama|prestation|activity"
    ).split("|"),
    "quantity": (
        "qty|quantity|menge|anzahl|quantite|qte|aantal|cantidad|cant|quantita|qta|units|hours|"
        "stunden|qtd|quant|quantidade|ilosc|mnozstvi|pocet|antal|antall|maara|kpl|mennyiseg|cantitate|"
        "kolicina|miktar|hrs|stuck"
    ).split("|"),
    "price": (
        "price|unitprice|preis|einzelpreis|epreis|ep|prixunitaire|pu|puht|prix|prijs|stukprijs|precio|"
        "preciounitario|prezzo|prezzounitario|rate|einheitspreis|unitcost|cenanetto|cenajedn|cena|"
        "apris|stkpris|styckpris|enhedspris|ahinta|yksikkohinta|egysegar|pretunitar|cijena|"
        "birimfiyat|precounit|prunitario|preco|pris"
    ).split("|"),
    "amount": (
        "amount|total|betrag|gesamt|gesamtpreis|gp|montant|montantht|totalht|bedrag|totaal|importe|"
        "importo|totale|linetotal|summe|gesamtbetrag|prixht|netto|wert|wertosc|wartosc|wartoscnetto|"
        "wartoscbrutto|celkem|belopp|belob|summa|yhteensa|osszeg|valoare|iznos|tutar|valor|amountusd|"
        "amounteur|amountaud|amountgbp|extended|extension"
    ).split("|"),
}  # fmt: skip
HEAD_WORDS = {name for names in _HEAD.values() for name in names}


def is_item_head(line: Line) -> bool:
    """Whether the line names the columns of the table of items."""
    words = [squash(word.text) for word in line.words]
    if len(words) > 24:
        return False
    pairs = [first + second for first, second in zip(words, words[1:], strict=False)]
    kinds = {kind for kind, names in _HEAD.items() if set(words + pairs) & set(names)}
    return len(kinds) >= 3 or (len(kinds) == 2 and {"description", "amount"} == kinds)
