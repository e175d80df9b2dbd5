from datetime import timedelta
from decimal import Decimal

from odoo import api, models

from ..engine.context import SettledItem, Tolerance
from .ai_bank_items import unit

#: Documents paid so long before a line are looked at for a second payment or a return.
SETTLED_DAYS = 120
#: Newest first; more would only cost time, alarms need a number in the text anyway.
MOST_SETTLED = 20_000


class AiBankTerms(models.AbstractModel):
    """What may lie between a bank line and its documents: discount, fees, tolerance, rates.

    And what was paid before: a second payment and a return are told from it.
    """

    _name = "ai.bank.terms"
    _description = "Terms of Bank Matching"

    @api.model
    def _accounts(self, company):
        """Return ``{purpose: account id}``; without an account a difference stays open.

        With full rights: the accounts are settings of the company, whoever asks.
        """
        company = company.sudo()
        accounts = {
            "fee": company.ai_bank_fee_account_id,
            "tolerance": company.ai_bank_tolerance_account_id,
            # Named only: core takes loss or gain account and splits the tax by itself.
            "discount": company.account_journal_early_pay_discount_loss_account_id
            and company.account_journal_early_pay_discount_gain_account_id
            and company.account_journal_early_pay_discount_loss_account_id,
        }
        return {purpose: account.id for purpose, account in accounts.items() if account}

    @api.model
    def _tolerances(self, journals):
        """Return ``{journal id: Tolerance}`` of the journals that have one."""
        return self._own_tolerances(journals.sudo())

    @api.model
    def _own_tolerances(self, records):
        """Return ``{id: Tolerance}`` of the journals or partners that have one."""
        some = records.with_context(active_test=False).search(
            [("id", "in", records.ids), ("ai_tolerance_amount", ">", 0)]
        )
        found = {record.id: self._tolerance(record) for record in some}
        return {record_id: tolerance for record_id, tolerance in found.items() if tolerance}

    @api.model
    def _tolerance(self, record):
        """Return the tolerance of a journal or partner: both limits, or there is none."""
        absolute, percent = record.ai_tolerance_amount, record.ai_tolerance_percent
        if absolute <= 0 or percent <= 0:
            return None
        return Tolerance(Decimal(str(absolute)), Decimal(str(percent * 100)))

    # ------------------------------------------------------------------
    # Cash discount
    # ------------------------------------------------------------------

    @api.model
    def _discount(self, row, currency):
        """Return ``(last day, amount to pay until then)`` of an open item, or two ``None``.

        :param row: values of the journal item; core's own rule: nothing may be paid of it yet
        """
        if not row.discount_date or row.amount_residual_currency != row.amount_currency:
            return None, None
        amount = self.env["ai.bank.context"]._decimal(row.discount_amount_currency, currency)
        return row.discount_date, amount

    # ------------------------------------------------------------------
    # Currencies
    # ------------------------------------------------------------------

    @api.model
    def _line_amounts(self, line):
        """Return ``{currency: amount}`` of a line in the currencies beside its own."""
        if not line.foreign_currency_id:
            return {}
        decimal = self.env["ai.bank.context"]._decimal
        return {line.currency_id.name: decimal(line.amount, line.currency_id)}

    @api.model
    def _rates(self, lines, currencies):
        """Return ``{(from, to): rate}`` at the day of the newest line, between other currencies.

        :param currencies: currencies of open items
        """
        targets = lines.foreign_currency_id | lines.currency_id
        day = max(lines.mapped("date"))
        company = lines.company_id
        convert = self.env["res.currency"]._get_conversion_rate
        return {
            (source, target): convert(source, target, company, day)
            for source in currencies
            for target in targets
            if source != target
        }

    @api.model
    def _residual_in(self, residual, currency, rates):
        """Return ``{currency: residual}`` of an item in the currencies of the lines."""
        decimal = self.env["ai.bank.context"]._decimal
        return {
            target.name: decimal(target.round(float(residual) * rate), target)
            for (source, target), rate in rates.items()
            if source == currency
        }

    # ------------------------------------------------------------------
    # What was paid before
    # ------------------------------------------------------------------

    @api.model
    def _settled(self, lines):
        """Return the documents of the company that were paid lately, as ``SettledItem``."""
        company = lines.company_id
        since = min(lines.mapped("date")) - timedelta(days=SETTLED_DAYS)
        rows = self.env["ai.bank.items"]._rows(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "in", ("asset_receivable", "liability_payable")),
                ("journal_id.type", "in", ("sale", "purchase")),
                ("reconciled", "=", True),
                ("date", ">=", since),
            ],
            order="date DESC, id DESC",
            limit=MOST_SETTLED,
        )
        rows = [row for row in rows if row.move_type in ("out_invoice", "in_invoice")]
        paid_on = self._paid_on([row.id for row in rows])
        currencies = self.env["res.currency"].browse({row.currency_id for row in rows})
        names = {currency.id: currency.name for currency in currencies}
        units = {currency.id: unit(currency) for currency in currencies}
        return tuple(
            SettledItem(
                id=row.id,
                amount=Decimal(row.amount_currency).quantize(units[row.currency_id]),
                currency=names[row.currency_id],
                number=row.name or "",
                date=paid_on.get(row.id, row.date),
                reference=row.ref or "",
                payment_reference=row.payment_reference or "",
                partner_id=row.commercial_partner_id,
            )
            for row in rows
        )

    def _paid_on(self, item_ids):
        """Return ``{item id: day of its last payment}``."""
        days = {}
        Partial = self.env["account.partial.reconcile"]
        for side in ("debit_move_id", "credit_move_id"):
            groups = Partial._read_group([(side, "in", item_ids)], [side], ["max_date:max"])
            for item, day in groups:
                days[item.id] = max(day, days.get(item.id, day))
        return days
