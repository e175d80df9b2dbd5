from odoo import api, models
from odoo.exceptions import UserError


class AiBankDiscount(models.AbstractModel):
    """The cash discount of documents a bank line pays in time: core splits it and its tax."""

    _name = "ai.bank.discount"
    _description = "Cash Discount on Bank Lines"

    @api.model
    def _values(self, line, proposal, part, balance):
        """Return the values of the journal items for the discount of a proposal.

        :param part: the proposal's difference of purpose "discount"
        :param balance: values of the discount as one journal item, for its signed amounts
        :raises UserError: where the documents' terms give another discount than was proposed
        """
        items = self._discounted(line, proposal)
        taken = [
            {"aml": item, "amount_currency": -item.amount_currency, "balance": -item.balance}
            for item in items
        ]
        open_balance = sum(item.balance - item.discount_balance for item in items)
        given = sum(item.amount_currency - item.discount_amount_currency for item in items)
        currency = line.foreign_currency_id or line.currency_id
        if not taken or currency.compare_amounts(given, balance["amount_currency"]):
            raise UserError(self.env._("The cash discount is another one by now."))
        discount = self.env["account.move"]
        found = discount._get_invoice_counterpart_amls_for_early_payment_discount(
            taken, open_balance
        )
        rows = [row for rows in found.values() for row in rows]
        partner = {"partner_id": balance["partner_id"]}
        return [{**partner, **row} for row in rows]

    def _discounted(self, line, proposal):
        """Return the items of the proposal whose discount may be taken on the line's day."""
        ids = [part["move_line_id"] for part in proposal["counterparts"]]
        items = self.env["account.move.line"].browse(ids)
        return items.filtered(
            lambda item: item.move_id._is_eligible_for_early_payment_discount(
                item.currency_id, line.date
            )
        )
