"""Names of companies and people by country, and how banks and people bend them."""

import random

FIRST = {
    "DE": "Müller Schröder Weiß Becker Krämer Jäger Köhler Böhm Vogel Lindner Hartmann Nordsee "
    "Bergland Rheintal Isar Franken Hansa Alpen Elbe Holstein",
    "FR": "Dupont Lefèvre Garnier Béranger Chevalier Océane Provence Bretagne Lumière Mercier "
    "Fontaine Rivière Étoile Moreau Gauthier Marchand Loire Savoie",
    "NL": "Van_Dijk De_Vries Jansen Bakker Visser Meijer Polder Oranje Waterland Brabant "
    "Hollandse De_Boer Van_der_Berg Zuiderzee",
    "BE": "Peeters Janssens Maes Claes Wouters Brabo Scheldt Ardenne Lambert Dubois Flandria",
    "GB": "Smith Baker Harrington Wellington Ashford Brighton Oakwood Thornbury Kingsley "
    "Fairfax Hastings Redwood Stirling Camden",
    "US": "Johnson Pacific Liberty Summit Blue_Ridge Evergreen Lakeside Redstone Golden_Gate "
    "Midwest Carolina Hudson Sierra Pioneer",
    "ES": "García Martínez Iberia Castilla Núñez Sevilla Levante Peña Montaña Ibáñez Galicia",
    "IT": "Rossi Bianchi Ferrari Esposito Lombarda Adriatica Toscana Colombo Ricci Veneta Sicilia",
    "CH": "Zürich Berner Helvetia Säntis Matterhorn Luzerner Aare Meier Brunner",
    "FI": "Virtanen Korhonen Pohjola Suomen Lahti Mäkinen Saimaa Järvinen",
    "NO": "Hansen Fjord Nordlys Bergen Solberg Ødegård Trondheim Larsen",
}
TRADE = {
    "DE": "Maschinenbau Logistik Elektrotechnik Bau Möbel Druckerei Handels Software Medizintechnik"
    " Immobilien Gartenbau Verpackung Metallbau Großhandel",
    "FR": "Bâtiment Transports Mécanique Distribution Électricité Imprimerie Conseil Équipements "
    "Boulangerie Nettoyage Informatique",
    "NL": "Transport Bouw Installatie Groothandel Techniek Advies Schoonmaak Bloemen Logistiek",
    "BE": "Bouw Transport Chocolaterie Techniek Consulting Verpakking Immobilière",
    "GB": "Engineering Logistics Furniture Consulting Supplies Printing Foods Electrical Plumbing "
    "Facilities Management",
    "US": "Manufacturing Services Industries Medical_Supply Trucking Technologies Construction "
    "Distribution Partners Foods",
    "ES": "Construcciones Transportes Alimentación Suministros Informática Asesores Muebles",
    "IT": "Costruzioni Trasporti Meccanica Forniture Alimentari Impianti Arredamenti",
    "CH": "Uhren Apparatebau Treuhand Feinmechanik Käserei Bau",
    "FI": "Rakennus Kuljetus Tekniikka Puu Konepaja",
    "NO": "Bygg Transport Fisk Teknikk Maskin Elektro",
}
LEGAL = {
    "DE": "GmbH|GmbH|GmbH & Co. KG|AG|KG|e.K.|UG (haftungsbeschränkt)|",
    "FR": "SARL|SAS|SA|S.A.R.L.|EURL|",
    "NL": "B.V.|BV|V.O.F.|N.V.|",
    "BE": "BVBA|NV|SPRL|SA|BV",
    "GB": "Ltd|Limited|PLC|LLP|",
    "US": "Inc.|LLC|Corp.|Inc|",
    "ES": "S.L.|S.A.|SL|S.L.U.",
    "IT": "S.r.l.|S.p.A.|Srl|S.n.c.",
    "CH": "AG|GmbH|SA|",
    "FI": "Oy|Oyj|Ab",
    "NO": "AS|ASA|",
}
COUNTRIES = tuple(FIRST)
_ABBREVIATED = {
    "Maschinenbau": "Maschb.", "Elektrotechnik": "Elektrot.", "Management": "Mgmt",
    "Manufacturing": "Mfg", "International": "Intl", "Construcciones": "Constr.", "Transport": "Tr",
    "Services": "Svcs", "Distribution": "Distr", "Engineering": "Eng", "Technologies": "Tech",
    "Transports": "Tpts", "Großhandel": "Großh.", "Consulting": "Cons.", "Costruzioni": "Costr.",
}  # fmt: skip
_AE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "ss"})
_PLAIN = str.maketrans("äöüÄÖÜßéèêëáàâíìîóòôúùûñçøØåÅ", "aouAOUseeeeaaaiiiooouuuncoOaA")


def company_name(rng: random.Random, country: str) -> str:
    """Return a name with the legal forms of the country, sometimes a person's."""
    first = rng.choice(FIRST[country].split()).replace("_", " ")
    trade = rng.choice(TRADE[country].split()).replace("_", " ")
    legal = rng.choice(LEGAL[country].split("|"))
    other = rng.choice(FIRST[country].split()).replace("_", " ")
    shape = rng.random()
    if shape < 0.55:
        core = f"{first} {trade}"
    elif shape < 0.8:
        core = f"{first} & {other} {trade}"
    elif shape < 0.9:
        core = f"{trade} {first}"
    else:
        core = f"{first} {rng.choice(['International', 'Group', 'Nord', 'Süd', '2000', 'Plus'])}"
    return f"{core} {legal}".strip()


def on_statement(rng: random.Random, name: str, hard: float) -> str:
    """Return the name as a bank prints it; `hard` 0..1 is how much it is bent."""
    if rng.random() < 0.5:
        name = name.translate(_AE if rng.random() < 0.6 else _PLAIN)
    if rng.random() < 0.5:
        name = name.upper()
    if rng.random() < hard:
        name = rng.choice((_abbreviated, _typo, _turned, _without_legal, _clipped, _typo))(
            rng, name
        )
    if rng.random() < 0.3:
        name = name.replace(".", "").replace("&", rng.choice(["&", "+", "u.", "and"]))
    return name[: rng.choice((27, 35, 35, 70, 70))].strip()


def _abbreviated(rng, name):
    for long, short in _ABBREVIATED.items():
        if long.lower() in name.lower():
            at = name.lower().index(long.lower())
            return name[:at] + short + name[at + len(long) :]
    return _without_legal(rng, name)


def _typo(rng, name):
    at = rng.randrange(1, max(2, len(name) - 2))
    return rng.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name[:at] + rng.choice("aeinrst") + name[at:],
            name[:at] + rng.choice("aeinrst") + name[at + 1 :],
        )
    )


def _turned(rng, name):
    words = name.split()
    return " ".join([*words[1:], words[0]]) if len(words) > 1 else name


def _without_legal(rng, name):
    words = name.split()
    return " ".join(words[:2]) if len(words) > 2 else name


def _clipped(rng, name):
    return name[: rng.randint(10, 18)]
