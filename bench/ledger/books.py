"""Made-up books brought into Odoo: partners, open documents, payments and bank lines.

Documents and partners are copies, by SQL, of records that Odoo created and posted; registered
payments and bank lines are created by Odoo itself.
"""

import re
from dataclasses import dataclass, field

from odoo import Command

from bench.ledger.clone import clone, columns, scaled
from tests.faults import company

MOVE_AMOUNTS = (
    "amount_untaxed amount_total amount_residual amount_untaxed_signed amount_total_signed"
    " amount_untaxed_in_currency_signed amount_total_in_currency_signed amount_residual_signed"
).split()
ITEM_AMOUNTS = (
    "debit credit balance amount_currency amount_residual amount_residual_currency"
    " price_unit price_subtotal price_total"
).split()
KINDS = ("out_invoice", "in_invoice", "out_refund", "in_refund")


@dataclass(slots=True)
class Ledger:
    """What of the made-up books is which record: ids by the number in the books."""

    partners: dict = field(default_factory=dict)
    items: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)


def quiet(env):
    """Return an environment that makes records as an import does: no notes, nothing queued."""
    return env(context={**env.context, "tracking_disable": True, "ai_no_suggestions": True})


def set_up(env):
    """Make an empty company in euro with a bank journal for registered payments; commit."""
    env = quiet(env)
    company.make(env)
    euro = env.ref("base.EUR")
    euro.active = True
    env.company.currency_id = euro
    _difference_accounts(env)
    journal = bank_journal(env)
    if "ai_tolerance_amount" in journal:
        journal.write({"ai_tolerance_amount": 1.0, "ai_tolerance_percent": 0.005})
    codes = {"inbound": "101501", "outbound": "101502"}
    for kind, code in codes.items():
        account = env["account.account"].create(
            {"name": f"Outstanding {kind}", "code": code, "account_type": "asset_current"}
        )
        account.reconcile = True
        journal[f"{kind}_payment_method_line_ids"].payment_account_id = account
    env.cr.commit()


def _difference_accounts(env):
    """Give the company accounts for what the made-up books may write off."""
    if "ai_bank_fee_account_id" not in env.company:
        return  # the widget's database is without our settings
    accounts = {
        "ai_bank_fee_account_id": ("Bank fees", "expense"),
        "ai_bank_tolerance_account_id": ("Small differences", "expense"),
        "account_journal_early_pay_discount_loss_account_id": ("Discount given", "expense"),
        "account_journal_early_pay_discount_gain_account_id": ("Discount taken", "income_other"),
    }
    for number, (setting, (name, kind)) in enumerate(accounts.items()):
        values = {"name": name, "code": f"69900{number}", "account_type": kind}
        env.company[setting] = env["account.account"].create(values)


def bank_journal(env):
    return env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )


def enter(env, sample, settled=True):
    """Enter the partners and open documents of ``sample``; return the :class:`Ledger`.

    :param settled: also the documents that are paid already
    """
    env, ledger = quiet(env), Ledger()
    _partners(env, sample, ledger)
    documents = [item for item in sample.ctx.items if not item.is_payment]
    _documents(env, documents, ledger)
    if settled:
        _documents(env, sample.ctx.settled, Ledger(ledger.partners), paid=True)
    _payments(env, [item for item in sample.ctx.items if item.is_payment], ledger)
    env.cr.execute("ANALYZE account_move, account_move_line, res_partner")
    return ledger


def enter_lines(env, sample, ledger, lines=None):
    """Create the bank lines of ``sample`` at once, as an import does; return them."""
    env, journal = quiet(env), bank_journal(env)
    lines = sample.ctx.lines if lines is None else lines
    records = env["account.bank.statement.line"].create(
        [
            {
                "journal_id": journal.id,
                "date": line.date,
                "payment_ref": line.label,
                "amount": float(line.amount),
                "partner_name": line.partner_name,
                "account_number": line.account_number,
                "transaction_type": line.transaction_type,
            }
            for line in lines
        ]
    )
    ledger.lines.update(zip((line.id for line in lines), records.ids, strict=True))
    return records


# ----------------------------------------------------------------------
# Parts of it
# ----------------------------------------------------------------------


def _partners(env, sample, ledger):
    base = env["res.partner"].create({"name": "Template", "is_company": True})
    rows = [{"name": one.name, "complete_name": one.name} for one in sample.ctx.parties]
    ids = clone(env, base, rows)
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE id = ANY(%s)", [ids])
    ledger.partners = dict(zip((one.id for one in sample.ctx.parties), ids, strict=True))
    env["res.partner.bank"].create(
        [
            {"partner_id": ledger.partners[one.id], "acc_number": number}
            for one in sample.ctx.parties
            for number in one.account_numbers
        ]
    )


def kind_of(item):
    """Return the type of the document an open item belongs to."""
    refund = getattr(item, "is_refund", False)
    coming = money_of(item) > 0
    if refund:
        return "in_refund" if coming else "out_refund"
    return "out_invoice" if coming else "in_invoice"


def money_of(item):
    return item.residual if hasattr(item, "residual") else item.amount


def _documents(env, items, ledger, paid=False):
    for kind in KINDS:
        mine = [item for item in items if kind_of(item) == kind]
        if mine:
            _copies(env, _template(env, kind), mine, ledger, paid)


def _template(env, kind):
    """Return a posted document of one unit of money, without tax."""
    partner = env["res.partner"].create({"name": f"Template {kind}"})
    line = {"name": "Goods", "price_unit": 1.0, "tax_ids": []}
    move = env["account.move"].create(
        {
            "move_type": kind,
            "partner_id": partner.id,
            "invoice_date": "2026-01-02",
            "date": "2026-01-02",
            "invoice_line_ids": [Command.create(line)],
        }
    )
    move.action_post()
    return move


def _copies(env, move, items, ledger, paid):
    base, terms = columns(env, move), _terms(env, items)
    rows = [_move_row(base, item, ledger, paid) for item in items]
    for item, row in zip(items, rows, strict=True):
        row["invoice_payment_term_id"] = terms.get(_percent(item))
    ids = clone(env, move, rows)
    for line in move.line_ids:
        own = columns(env, line)
        term = line.display_type == "payment_term"
        made = [
            _item_row(own, item, row, new, term, paid)
            for item, row, new in zip(items, rows, ids, strict=True)
        ]
        new_items = clone(env, line, made)
        if term:
            ledger.items.update(zip((item.id for item in items), new_items, strict=True))
    move.button_draft()  # the template itself is no open item
    move.button_cancel()


def _percent(item):
    """Return the cash discount of an item in percent, 0 without one."""
    if not getattr(item, "discount_date", None):
        return 0
    return round(100 * float(1 - item.discount_amount / item.residual))


def _terms(env, items):
    """Return ``{percent: id of the payment terms}`` of the cash discounts of ``items``."""
    return {
        percent: env["account.payment.term"]
        .create(
            {
                "name": f"{percent} % in 10 days",
                "early_discount": True,
                "discount_percentage": percent,
                "discount_days": 10,
            }
        )
        .id
        for percent in {_percent(item) for item in items} - {0}
    }


def _move_row(base, item, ledger, paid):
    partner = ledger.partners.get(item.partner_id)
    prefix, number = re.match(r"^(.*?)(\d{0,9})\D*$", item.number).groups()
    due = getattr(item, "date_maturity", None) or item.date
    row = {
        "name": item.number,
        "ref": item.reference or None,
        "payment_reference": item.payment_reference or None,
        "partner_id": partner,
        "commercial_partner_id": partner,
        "partner_shipping_id": partner,
        "date": str(item.date),
        "invoice_date": str(item.date),
        "invoice_date_due": str(due),
        "sequence_prefix": prefix,
        "sequence_number": int(number or 0),
        **scaled(base, MOVE_AMOUNTS, abs(money_of(item))),
    }
    if paid:
        row |= {"payment_state": "paid", "amount_residual": 0, "amount_residual_signed": 0}
    return row


def _item_row(base, item, move, move_id, term, paid):
    row = {
        "move_id": move_id,
        "move_name": move["name"],
        "ref": move["ref"],
        "partner_id": move["partner_id"],
        "date": move["date"],
        "invoice_date": move["date"],
        **scaled(base, ITEM_AMOUNTS, abs(money_of(item))),
    }
    if term:
        row |= {"name": move["payment_reference"], "date_maturity": move["invoice_date_due"]}
        if getattr(item, "discount_date", None):
            row["discount_date"] = str(item.discount_date)
            row["discount_amount_currency"] = float(item.discount_amount)
            row["discount_balance"] = float(item.discount_amount)
    if term and paid:
        row |= {"amount_residual": 0, "amount_residual_currency": 0, "reconciled": True}
    return row


def _payments(env, items, ledger):
    """Register the payments whose outstanding lines are among the open items."""
    if not items:
        return
    journal = bank_journal(env)
    payments = env["account.payment"].create(
        [
            {
                "payment_type": "inbound" if item.residual > 0 else "outbound",
                "partner_type": "customer" if item.residual > 0 else "supplier",
                "partner_id": ledger.partners.get(item.partner_id),
                "amount": float(abs(item.residual)),
                "date": item.date,
                "journal_id": journal.id,
                "memo": item.batch or item.number,
            }
            for item in items
        ]
    )
    payments.action_post()
    for item, payment in zip(items, payments, strict=True):
        outstanding = payment.move_id.line_ids.filtered(
            lambda line, payment=payment: line.account_id == payment.outstanding_account_id
        )
        ledger.items[item.id] = outstanding.id
