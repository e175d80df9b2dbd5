"""The ways money meets documents, each with its truth: one function a case."""

from datetime import timedelta
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import SettledItem

from . import habits
from .books import TODAY, Books, Partner
from .truth import Truth
from .vocabulary import on_statement

CENT = Decimal("0.01")


def _sign(partner: Partner) -> int:
    return -1 if partner.supplier else 1


def _pick(books: Books, count: int = 1, customer: bool = False):
    """Take `count` documents of one partner that nobody has paid; (partner, documents)."""
    rng = books.rng
    for _ in range(60):
        partner = rng.choice(books.partners)
        mine = books.unpaid[partner.id]
        if len(mine) >= count and not (customer and partner.supplier):
            mine.sort(key=lambda item: (item.date_maturity, item.id))
            if rng.random() < 0.6:
                chosen = mine[:count]
            else:
                chosen = rng.sample(mine, count)
            books.unpaid[partner.id] = [item for item in mine if item not in chosen]
            return partner, chosen
    return None, []


def _written(books: Books, partner: Partner, item) -> str:
    """Return what the payer calls a document: its number, our reference on it, theirs."""
    rng = books.rng
    if partner.supplier:
        return item.reference
    if item.payment_reference != item.number and rng.random() < 0.45:
        return item.payment_reference
    return habits.number(rng, item.number, books.shape.hard)


def _text(books: Books, partner: Partner, items, named: bool, extra: str = "") -> str:
    rng = books.rng
    if named:
        numbers = [_written(books, partner, item) for item in items]
        text = habits.remittance(rng, partner.country, numbers)
    else:
        text = habits.without_reference(rng, partner.country)
    if rng.random() < books.shape.hard:
        text = f"{text} {habits.noise(rng, partner.country, TODAY)}"
    return f"{text} {extra}".strip()


def _put(books, partner, items, amount, text, truth, day=None, name=None):
    rng, hard = books.rng, books.shape.hard
    name = on_statement(rng, partner.name, hard) if name is None else name
    if rng.random() < 0.05 * (1 + hard):
        name = ""
    day = day or books.pay_day(partner, items)
    label = habits.framed(rng, partner.country, text, name or partner.name.upper())
    account = partner.iban if rng.random() < 0.75 else ""
    books.write(amount * _sign(partner), label, name, day, truth, account_number=account)


def _whole(items) -> dict[int, Decimal]:
    return {item.id: abs(item.residual) for item in items}


def _pay(books: Books, case: str, count: int, named: bool, **values) -> None:
    partner, items = _pick(books, count)
    if items:
        total = sum((abs(item.residual) for item in items), Decimal(0))
        text = _text(books, partner, items, named)
        _put(books, partner, items, total, text, Truth(case, _whole(items)), **values)


def named(books: Books) -> None:
    """One document, its number in the text."""
    _pay(books, "one, named", 1, True)


def unnamed(books: Books) -> None:
    """One document, payer and amount only."""
    _pay(books, "one, not named", 1, False)


def named_set(books: Books) -> None:
    """Several documents, all named."""
    _pay(books, "several, named", books.rng.choice((2, 2, 2, 3, 3, 4, 6, 9)), True)


def unnamed_set(books: Books) -> None:
    """Several documents, payer and sum only."""
    _pay(books, "several, not named", books.rng.choice((2, 2, 2, 2, 3, 3, 4)), False)


def partly_named(books: Books) -> None:
    """Several documents of which the text names some."""
    partner, items = _pick(books, books.rng.choice((2, 3, 3)))
    if items:
        total = sum((abs(item.residual) for item in items), Decimal(0))
        text = _text(books, partner, items[:-1], True)
        _put(books, partner, items, total, text, Truth("several, some named", _whole(items)))


def third_party(books: Books) -> None:
    """Somebody else pays and names the document."""
    other = books.rng.choice(books.partners)
    partner, items = _pick(books)
    if items:
        text, truth = _text(books, partner, items, True), Truth("third party", _whole(items))
        name = on_statement(books.rng, other.name, 0.3)
        if books.rng.random() < 0.5:
            name = "Factoring & Inkasso Bank AG"
        label = habits.framed(books.rng, partner.country, text, name)
        amount = abs(items[0].residual) * _sign(partner)
        books.write(amount, label, name, books.pay_day(partner, items), truth)


def typo(books: Books) -> None:
    """The number in the text has a wrong digit."""
    partner, items = _pick(books)
    if items:
        wrong = habits.mistyped(books.rng, _written(books, partner, items[0]))
        text = habits.remittance(books.rng, partner.country, [wrong])
        truth = Truth("mistyped number", _whole(items))
        _put(books, partner, items, abs(items[0].residual), text, truth)


def partial(books: Books) -> None:
    """Less than the document, which is named."""
    partner, items = _pick(books, customer=True)
    if items and items[0].residual > 5:
        share = Decimal(books.rng.choice((25, 30, 50, 50, 60, 75))) / 100
        amount = (items[0].residual * share).quantize(CENT)
        extra = books.rng.choice(("", "", "part payment", "1. Rate", "acompte"))
        text = _text(books, partner, items, True, extra)
        _put(books, partner, items, amount, text, Truth("partial", {items[0].id: amount}))


def instalments(books: Books) -> None:
    """Several lines pay one document."""
    partner, items = _pick(books, customer=True)
    if not items or items[0].residual < 50:
        return
    first = (items[0].residual * Decimal(books.rng.choice((30, 40, 50))) / 100).quantize(CENT)
    day = books.pay_day(partner, items)
    for number, amount in enumerate((first, items[0].residual - first)):
        text = _text(books, partner, items, True)
        truth = Truth("instalments", {items[0].id: amount})
        _put(books, partner, items, amount, text, truth, day=day + timedelta(days=30 * number))


def over_paid(books: Books) -> None:
    """More than the document."""
    partner, items = _pick(books, customer=True)
    if items:
        more = Decimal(books.rng.choice(("5.00", "10.00", "20.00", "57.31"))) + items[0].residual
        text = _text(books, partner, items, True)
        rest = more - items[0].residual
        truth = Truth("over-payment", _whole(items), remainder=rest)
        _put(books, partner, items, more, text, truth)


def short_by_fee(books: Books) -> None:
    """The bank has kept a fee, which the text states or not."""
    partner, items = _pick(books, customer=True)
    if items and items[0].residual > 200:
        fee = Decimal(books.rng.choice(("5.00", "7.50", "10.00", "12.00", "15.00", "25.00")))
        extra = f"CHARGES EUR {fee}" if books.rng.random() < 0.6 else ""
        text = _text(books, partner, items, True, extra)
        truth = Truth("bank fee", _whole(items), {"fee": -fee})
        _put(books, partner, items, items[0].residual - fee, text, truth)


def discount(books: Books) -> None:
    """Cash discount taken in time, with or without the number."""
    for _ in range(40):
        partner, items = _pick(books, customer=True)
        if items and items[0].discount_date and items[0].residual > 20:
            break
        if items:
            books.unpaid[partner.id] += items
    else:
        return
    paid = items[0].discount_amount
    day = items[0].discount_date - timedelta(days=books.rng.randint(0, 4))
    text = _text(books, partner, items, books.rng.random() < 0.75)
    truth = Truth("cash discount", _whole(items), {"discount": paid - items[0].residual})
    _put(books, partner, items, paid, text, truth, day=day)


def discount_late(books: Books) -> None:
    """Cash discount taken after its last day: the rest stays open."""
    for _ in range(40):
        partner, items = _pick(books, customer=True)
        if items and items[0].discount_date and items[0].residual > 20:
            break
        if items:
            books.unpaid[partner.id] += items
    else:
        return
    paid, day = items[0].discount_amount, items[0].discount_date + timedelta(days=20)
    text = _text(books, partner, items, True)
    _put(books, partner, items, paid, text, Truth("discount too late", {items[0].id: paid}), day)


def tolerance(books: Books) -> None:
    """A few cents too little or too much."""
    partner, items = _pick(books, customer=True)
    if items and items[0].residual > 100:
        off = Decimal(books.rng.choice((-49, -10, -3, -1, 1, 2, 20))) / 100
        text = _text(books, partner, items, True)
        truth = Truth("tolerance", _whole(items), {"tolerance": off})
        _put(books, partner, items, items[0].residual + off, text, truth)


def less_credit_note(books: Books) -> None:
    """An invoice less a credit note."""
    partner, items = _pick(books, customer=True)
    if items and items[0].residual > 30:
        note = books.document(partner)
        credit = (items[0].residual / 5).quantize(CENT)
        note = type(note)(
            id=note.id, residual=-credit, currency="EUR", number=f"R{note.number}",
            partner_id=partner.id, date=note.date, date_maturity=note.date, is_refund=True,
        )  # fmt: skip
        books.items[note.id] = note
        text = habits.remittance(books.rng, partner.country, [items[0].number, note.number])
        truth = Truth("less credit note", {items[0].id: items[0].residual, note.id: -credit})
        _put(books, partner, items, items[0].residual - credit, text, truth)


def refund(books: Books) -> None:
    """We pay a customer's credit note back."""
    partner = books.rng.choice([one for one in books.partners if not one.supplier])
    note = books.document(partner)
    note = type(note)(
        id=note.id, residual=-note.residual, currency="EUR", number=f"R{note.number}",
        partner_id=partner.id, date=note.date, date_maturity=note.date, is_refund=True,
    )  # fmt: skip
    books.items[note.id] = note
    text = habits.remittance(books.rng, partner.country, [note.number])
    truth = Truth("refund", {note.id: -note.residual})
    day = note.date + timedelta(days=books.rng.randint(2, 20))
    name = on_statement(books.rng, partner.name, books.shape.hard)
    books.write(note.residual, text, name, day, truth, account_number=partner.iban)


def paid_again(books: Books) -> None:
    """A document that is paid already is paid a second time: nothing open to take it."""
    partner = books.rng.choice(books.partners)
    item = books.document(partner, listed=False)
    books.settled.append(
        SettledItem(
            id=item.id,
            amount=item.residual,
            currency="EUR",
            number=item.number,
            reference=item.reference,
            partner_id=partner.id,
            date=item.date_maturity,
        )  # fmt: skip
    )
    text = _text(books, partner, [item], True)
    _put(books, partner, [item], abs(item.residual), text, Truth("paid twice"))


def returned(books: Books) -> None:
    """A direct debit comes back: money out, for a document that counts as paid."""
    partner = books.rng.choice([one for one in books.partners if not one.supplier])
    item = books.document(partner, listed=False)
    books.settled.append(
        SettledItem(
            id=item.id,
            amount=item.residual,
            currency="EUR",
            number=item.number,
            partner_id=partner.id,
            date=item.date_maturity,
        )  # fmt: skip
    )
    word = books.rng.choice(("Rücklastschrift", "RETURN DD", "IMPAYE PRLV", "Storno Lastschrift"))
    day = item.date_maturity + timedelta(days=4)
    name = on_statement(books.rng, partner.name, books.shape.hard)
    books.write(-item.residual, f"{word} {item.number} MD07", name, day, Truth("return"))
