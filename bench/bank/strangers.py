"""Lines that no open document explains, and registered payments in all their forms."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import OpenItem

from . import habits
from .books import TODAY, Books
from .numbering import digits
from .truth import Truth
from .vocabulary import on_statement

_NOTHING = (
    "Kontoführung Entgelt|Lohn/Gehalt {n4}|Finanzamt Steuer-Nr {n9}|CARD 4711 RESTAURANT ROMA|"
    "Miete Juni|STRIPE PAYOUT FEE|Zinsen|FRAIS BANCAIRES|SALARY {n6}|AWS EMEA {n9}|"
    "VISA {n4} SHELL STATION|Interest|Rent {n4}|Versicherung Vertrag {n9}|HMRC VAT {n9}|"
    "Telekom Kundenkonto {n9} Rechnung {n9}|Amazon 302-{n6}-{n6}|PRLV EDF {n9}"
).split("|")
_SOMEBODY = ("", "Stadtwerke", "Finanzamt Mitte", "Telekom Deutschland GmbH", "AMZN Mktp")


def nothing(books: Books) -> None:
    """Fees, wages, taxes, cards: no document at all."""
    rng = books.rng
    values = {f"n{count}": digits(rng, count) for count in (4, 5, 6, 9)}
    day = TODAY - timedelta(days=rng.randint(0, 40))
    label, name = rng.choice(_NOTHING).format(**values), rng.choice(_SOMEBODY)
    truth = Truth("no document")
    books.write(books.money() * rng.choice((-1, -1, 1)), label, name, day, truth)


def on_account(books: Books) -> None:
    """A partner's money without a document; sometimes it equals an open amount by accident."""
    rng = books.rng
    partner = rng.choice(books.partners)
    amount = Decimal(rng.choice((100, 200, 250, 500, 1000, 2000, 5000))).quantize(Decimal("0.01"))
    if rng.random() < 0.4:
        amount = books.money()
    text = habits.without_reference(rng, partner.country)
    name = on_statement(rng, partner.name, books.shape.hard)
    sign = -1 if partner.supplier else 1
    day = TODAY - timedelta(days=rng.randint(0, 40))
    account = partner.iban if rng.random() < 0.75 else ""
    truth = Truth("on account")
    books.write(amount * sign, text, name, day, truth, account_number=account)


def not_listed(books: Books) -> None:
    """A document of ours that is named and not among the open ones (paid, not entered yet)."""
    rng = books.rng
    partner = rng.choice(books.partners)
    item = books.document(partner, listed=False)
    written = item.reference or habits.number(rng, item.number, books.shape.hard)
    text = habits.remittance(rng, partner.country, [written])
    name = on_statement(rng, partner.name, books.shape.hard)
    books.write(item.residual, text, name, books.pay_day(partner, [item]), Truth("not listed"))


def _register(books: Books, amount: Decimal, partner, day, batch: str = "") -> OpenItem:
    """Add the outstanding line of a payment registered before; its document is settled."""
    item = OpenItem(
        id=books.next_id(), residual=amount, currency="EUR", batch=batch,
        number=f"PBNK1/{day.year}/{books.next_id():05d}", reference="",
        partner_id=partner.id, date=day, is_payment=True,
    )  # fmt: skip
    books.items[item.id] = item
    return item


def registered(books: Books) -> None:
    """A payment somebody registered, beside an open invoice of the same amount now and then."""
    rng = books.rng
    partner = rng.choice(books.partners)
    mine = books.unpaid[partner.id]
    sign = -1 if partner.supplier else 1
    if mine and rng.random() < 0.4:
        amount = rng.choice(mine).residual
    else:
        amount = books.money() * sign
    day = TODAY - timedelta(days=rng.randint(1, 40))
    item = _register(books, amount, partner, day)
    text = habits.without_reference(rng, partner.country)
    name = on_statement(rng, partner.name, books.shape.hard)
    truth = Truth("registered payment", {item.id: abs(amount)})
    books.write(amount, text, name, day + timedelta(days=rng.randint(0, 4)), truth)


def deposit(books: Books) -> None:
    """One line for a batch of registered payments, its reference in the text or not."""
    rng = books.rng
    day = TODAY - timedelta(days=rng.randint(1, 40))
    batch = f"BATCH/{day.year}/{books.next_id():04d}"
    partners = rng.sample([one for one in books.partners if not one.supplier], rng.randint(3, 12))
    items = [_register(books, books.money(), one, day, batch) for one in partners]
    if rng.random() < 0.4:
        items = [replace(item, batch="") for item in items]
        books.items.update((item.id, item) for item in items)
        text = rng.choice(("Scheckeinreichung", "REMISE CHEQUES", "DEPOSIT", "Sammelgutschrift"))
    else:
        text = f"{rng.choice(('SAMMLER ', 'BULK ', ''))}{batch}"
    parts = {item.id: item.residual for item in items}
    total = sum(parts.values())
    books.write(total, text, "", day + timedelta(days=rng.randint(0, 3)), Truth("deposit", parts))


def payout(books: Books) -> None:
    """A payment provider's pay-out: registered payments less its fee, which the text states."""
    rng = books.rng
    day = TODAY - timedelta(days=rng.randint(1, 40))
    batch = f"po_{digits(rng, 8)}"
    partners = rng.sample([one for one in books.partners if not one.supplier], rng.randint(3, 9))
    items = [_register(books, books.money(), one, day, batch) for one in partners]
    parts = {item.id: item.residual for item in items}
    gross = sum(parts.values())
    fee = (gross * Decimal("0.014") + Decimal("0.25") * len(items)).quantize(Decimal("0.01"))
    name = rng.choice(("Stripe Payments Europe", "PayPal Europe", "Mollie B.V.", "ADYEN N.V."))
    text = f"PAYOUT {batch}"
    if rng.random() < 0.8:
        text += rng.choice((f" GROSS {gross} FEES {fee}", f" Fee EUR {fee}", f" fees {fee}"))
    truth = Truth("pay-out", parts, {"fee": -fee})
    books.write(gross - fee, text, name, day + timedelta(days=2), truth)
