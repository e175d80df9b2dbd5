# ruff: noqa: E501 - lists of words are read better unbroken
"""Heads and totals with traps of real bills: rows of other amounts, look-alike dates, mixed order."""

from datetime import timedelta
from decimal import Decimal

from . import heads, sums, words

_STATEMENT = {
    "de": ("Vorheriger Saldo", "Zahlungseingang", "Zeitraum"), "fr": ("Solde précédent", "Paiements reçus", "Période"),
    "nl": ("Vorig saldo", "Ontvangen betalingen", "Periode"), "es": ("Saldo anterior", "Pagos recibidos", "Periodo"),
    "it": ("Saldo precedente", "Pagamenti ricevuti", "Periodo"), "us": ("Previous balance", "Payments received", "Service period"),
    "gb": ("Previous balance", "Payments received", "Billing period"),
}  # fmt: skip
_SHIPPING = {
    "de": "Versandkosten",
    "fr": "Frais de port",
    "nl": "Verzendkosten",
    "es": "Gastos de envío",
    "it": "Spese di spedizione",
    "us": "Shipping",
    "gb": "Carriage",
}
_GOODS = {
    "de": "Warenwert",
    "fr": "Total articles",
    "nl": "Artikelen",
    "es": "Suma artículos",
    "it": "Totale merce",
    "us": "Items",
    "gb": "Goods",
}
_FEE = {
    "de": "Bei Verzug berechnen wir 40,00 € Mahnpauschale.", "fr":
        "Indemnité forfaitaire pour frais de recouvrement : 40,00 €.",
    "nl": "Bij te late betaling rekenen wij € 40,00 kosten.", "es":
        "Los retrasos devengan un recargo de 40,00 €.",
    "it": "In caso di ritardo verranno addebitati € 40,00.", "us":
        "A late fee of $40.00 applies after 30 days past due.",
    "gb": "We charge £40.00 for late payment.",
}  # fmt: skip


def period_and_box(pen):
    """A service period first, then number and dates in a box of three columns in odd order."""
    made = pen.made
    start = made.date - timedelta(days=33)
    heads._title(pen, 380)
    label = _STATEMENT[made.language][2]
    pen.text(50, pen.y, f"{label}: {made.day(start)} - {made.day(made.date - timedelta(days=3))}")
    pen.down(1.6)
    rows = heads._rows(pen)
    rows = [rows[-1], *rows[:-1]]
    for begin in range(0, len(rows), 3):
        for index, (name, value) in enumerate(rows[begin : begin + 3]):
            pen.text(215 + index * 165, pen.y, name, pen.family.size * 0.85, right=True)
            pen.text(215 + index * 165, pen.y + pen.step, value, right=True)
        pen.down(2.5)


def left_margin_list(pen):
    """Narrow list: label on one line, value on the next, no blocks side by side."""
    heads._title(pen)
    for label, value in heads._rows(pen):
        pen.text(50, pen.y, f"{label}:", pen.family.size * 0.85)
        pen.down()
        pen.text(58, pen.y, value, bold=True)
        pen.down(1.15)


def upper_case_tight(pen):
    """Labels in capitals with the value right behind, two on a line without colons."""
    made = pen.made
    title = made.say("credit" if made.is_credit else "title").upper()
    pen.text(545, pen.y, title, 18, bold=True, right=True)
    pen.down(1.6)
    rows = heads._rows(pen)
    for begin in range(0, len(rows), 2):
        text = "   ".join(f"{label.upper()} {value}" for label, value in rows[begin : begin + 2])
        pen.text(50, pen.y, text)
        pen.down()


def mixed_sentences(pen):
    """Order and delivery named in a sentence with their dates, before the bill's own."""
    made = pen.made
    order = f"{made.say('order')} {made.noise['order']} ({made.day(made.noise['delivery'])})"
    pen.text(50, pen.y, order, pen.family.size * 0.95)
    pen.down()
    pen.text(50, pen.y, f"{made.say('customer')} {made.noise['customer']}")
    pen.down(1.4)
    text = words.CREDIT_SENTENCE if made.is_credit else words.SENTENCE
    line = text[made.language].format(number=made.number, date=made.day(made.date))
    pen.text(50, pen.y, line, 11, bold=True)
    pen.down()


def goods_and_shipping(pen):
    """Goods, shipping, untaxed, tax, total; the fee for paying late is no amount of the bill."""
    made = pen.made
    shipping = Decimal("6.90")
    rows = [
        (_GOODS[made.language], made.money(made.untaxed - shipping)),
        (_SHIPPING[made.language], made.money(shipping)), *sums._rows(pen),
    ]  # fmt: skip
    for label, amount in rows:
        pen.text(330, pen.y, f"{label}:")
        pen.text(545, pen.y, amount, right=True)
        pen.down(1.1)
    pen.text(50, pen.y + 12, _FEE[made.language], 7)
    pen.down(2)


def statement(pen):
    """The balance before and payments stand above; the sum still due follows the total."""
    made = pen.made
    before = Decimal("120.00")
    old, received, _period = _STATEMENT[made.language]
    rows = [
        (old, made.money(before)), (received, made.money(-before)), *sums._rows(pen),
    ]  # fmt: skip
    for label, amount in rows:
        pen.text(70, pen.y, label)
        pen.text(300, pen.y, amount, right=True)
        pen.down(1.1)


def three_columns_by_rate(pen):
    """Net, tax and gross a rate, and their sums below, without any other label."""
    made = pen.made
    tax = made.say("tax", r="").replace("%", "").replace("()", "").replace("( )", "").strip(" @")
    size = min(pen.family.size, 9)
    for index, name in enumerate(("%", made.say("untaxed"), tax, made.say("total"))):
        pen.text(150 + index * 130, pen.y, name, size * 0.9, right=True, bold=True)
    for rate, base, part in made.taxes:
        pen.down()
        for index, text in enumerate(
            (f"{rate} %", made.money(base), made.money(part), made.money(base + part))
        ):
            pen.text(150 + index * 130, pen.y, text, size, right=True)
    if len(made.taxes) > 1:
        pen.down(1.2)
        for index, amount in enumerate((made.untaxed, made.tax, made.total), start=1):
            pen.text(150 + index * 130, pen.y, made.money(amount), size, bold=True, right=True)
    for label, amount in sums._deposit(pen):
        pen.down()
        pen.text(410, pen.y, label, right=True)
        pen.text(540, pen.y, amount, right=True)
    pen.down()


def total_in_text(pen):
    """Untaxed and tax in rows, the total in capitals in a wide box with the currency as a code."""
    made = pen.made
    for label, amount in [(made.say("untaxed"), made.money(made.untaxed)), *sums._tax_rows(pen)]:
        pen.text(380, pen.y, label.upper(), pen.family.size * 0.9)
        pen.text(545, pen.y, amount, right=True)
        pen.down()
    bare = made.money(made.total).replace(made.sign, "").strip()
    pen.text(50, pen.y + 4, f"{made.say('total').upper()} {made.currency}", 12, bold=True)
    pen.text(545, pen.y + 4, bare, 12, bold=True, right=True)
    pen.down(1.8)
    for label, amount in sums._deposit(pen):
        pen.text(50, pen.y, label)
        pen.text(545, pen.y, amount, right=True)
        pen.down()


HEADS = (period_and_box, left_margin_list, upper_case_tight, mixed_sentences)
TOTALS = (goods_and_shipping, statement, three_columns_by_rate, total_in_text)
for _way in HEADS[:3]:
    _way.has_due = True
