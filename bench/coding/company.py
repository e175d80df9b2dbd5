"""A made-up company's bills: some sixty vendors, most with one account, some with several.

What differs between accounts of one vendor is in the text, the card or cost centre, or the size of
the amount, as in real books; a few lines are booked wrongly, and some vendors come once only.
"""

import datetime
import random

from odoo.addons.ai_finance_engine.coding import CodedLine

WRONG = 0.01  # share of lines a person booked by mistake
START = datetime.date(2025, 1, 1)
STEMS = (
    "Alba Boreal Cedar Delta Ember Fjord Garnet Harbor Indigo Juniper Krone Lumen Meridian Nordic "
    "Opal Pioneer Quartz Ridge Summit Tundra"
).split()
FORMS = "GmbH Ltd SARL BV AS Inc".split()
TRADES = {
    "600100": ["hosting plan", "server rental", "cloud storage"],
    "600200": ["licence fee", "software subscription", "user seats"],
    "610100": ["office rent", "rent of premises"],
    "610200": ["electricity", "power supply"],
    "610300": ["cleaning service", "waste collection"],
    "620100": ["car leasing", "vehicle lease"],
    "620200": ["diesel", "fuel card"],
    "620300": ["rail ticket", "hotel nights", "taxi ride"],
    "630100": ["print campaign", "online ads", "trade fair stand"],
    "640100": ["telephone lines", "mobile contract"],
    "650100": ["legal advice", "audit of accounts", "payroll service"],
    "660100": ["paper and toner", "office supplies"],
    "670100": ["insurance premium"],
    "680100": ["courier parcels", "freight"],
    "690100": ["laptop", "monitor", "docking station"],
    "700100": ["raw material", "spare parts", "packaging"],
}
MONTHS = "January February March April May June July August September October November December"


def history(months: int = 15, vendors: int = 60, seed: int = 7) -> list[CodedLine]:
    """Return the booked lines of some months in time order."""
    chance = random.Random(seed)
    known = [_vendor(chance, number) for number in range(vendors)]
    lines = []
    for month in range(months):
        for vendor in known:
            for _bill in range(chance.choice(vendor["bills"])):
                lines.append(_bill_line(chance, vendor, month))
        for number in range(2):
            once = _vendor(chance, 1000 + 10 * month + number)
            lines.append(_bill_line(chance, once, month))
    return sorted(lines, key=lambda line: line.extra["date"])


def _vendor(chance: random.Random, number: int) -> dict:
    accounts = chance.sample(sorted(TRADES), chance.choice((1, 1, 1, 1, 2, 3)))
    name = f"{chance.choice(STEMS)} {chance.choice(STEMS)} {chance.choice(FORMS)}"
    return {
        "id": number + 1,
        "name": name,
        "works": [(account, phrase) for account in accounts for phrase in TRADES[account]],
        "usual": round(chance.lognormvariate(5.5, 1.2), 2),
        "bills": chance.choice(((1,), (1,), (0, 1), (1, 2, 3), (3, 4, 5))),
        "centre": chance.choice(("north", "south", "head office")),
    }


def _bill_line(chance: random.Random, vendor: dict, month: int) -> CodedLine:
    account, phrase = chance.choice(vendor["works"])
    year, number = divmod(month, 12)
    date = datetime.date(START.year + year, number + 1, chance.randint(1, 28))
    wording = chance.choice(
        (
            f"{phrase} {MONTHS.split()[number]}",
            f"{phrase.upper()} {chance.randint(1000, 99999)}",
            f"Invoice {chance.randint(100, 9999)} {phrase}",
            f"{vendor['name']} {phrase}",
        )
    )
    if chance.random() < WRONG:
        account = chance.choice(sorted(TRADES))
    amount = round(vendor["usual"] * chance.choice((1, 1, 1, chance.uniform(0.5, 2))), 2)
    extra = {"date": date.isoformat(), "centre": vendor["centre"]}
    return CodedLine(wording, vendor["id"], -amount, account, extra)
