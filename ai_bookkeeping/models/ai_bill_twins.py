from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from ..engine import duplicates

BILLS = ("in_invoice", "in_refund")


class AiBillTwins(models.AbstractModel):
    """Finds bills that were entered before, in every company of the database.

    Read with full rights, because a bill paid twice is paid twice whoever may see it; what a
    person is shown of another company's bill is only that it exists.
    """

    _name = "ai.bill.twins"
    _description = "Bills Entered Before"

    @api.model
    def _of(self, moves):
        """Return ``{move: [Twin]}``: posted bills, and drafts that were there first."""
        by_id = self._facts(self._candidates(moves))
        found = {}
        for move in moves:
            own = by_id[move.id]
            earlier = [bill for bill, order in by_id.values() if order < own[1]]
            found[move] = duplicates.twins(own[0], earlier)
        return found

    def _candidates(self, moves):
        """Return the bills that share vendor and amount, number or file with any of ``moves``."""
        moves.flush_recordset()
        every = self.env["account.move"].sudo().with_context(active_test=False)
        amounts = {amount for move in moves if (amount := self._amount(move))}
        keys = {move.ai_reference_key for move in moves if move.ai_reference_key}
        vendors = moves.commercial_partner_id.ids
        shared = (
            Domain("id", "in", self._with_same_file(moves))
            | Domain("ai_reference_key", "in", [*keys])
            | (
                Domain("commercial_partner_id", "in", vendors)
                & (
                    Domain("amount_total", "in", [*amounts])
                    | Domain("ai_bill_printed_total", "in", [*amounts])
                )
            )
        )
        domain = Domain("move_type", "in", BILLS) & Domain("state", "!=", "cancel")
        domain &= Domain("payment_state", "!=", "reversed") & shared
        dates = [move.invoice_date for move in moves if move.invoice_date]
        if dates:
            far = timedelta(days=duplicates.FAR)
            domain &= Domain("invoice_date", "=", False) | (
                Domain("invoice_date", ">=", min(dates) - far)
                & Domain("invoice_date", "<=", max(dates) + far)
            )
        # A setting of the company, the same whoever asks.
        wide = moves.company_id.sudo().filtered("ai_bill_companies")
        if not wide:
            domain &= Domain("company_id", "in", moves.company_id.ids)
        return every.search(domain) | moves.sudo()

    def _with_same_file(self, moves):
        """Return the ids of bills that were read from a file of the same content."""
        checksums = moves.sudo().ai_bill_file_id.mapped("checksum")
        if not any(checksums):
            return []
        files = self.env["ir.attachment"].sudo()
        same = files.search(
            [("checksum", "in", checksums), ("res_model", "=", "account.move"), ("res_id", "!=", 0)]
        )
        return same.mapped("res_id")

    def _amount(self, move):
        return move.amount_total or move.ai_bill_printed_total

    def _facts(self, bills):
        """Return ``{id: (Bill, order)}``; what is posted comes before every draft."""
        return {
            move.id: (
                duplicates.Bill(
                    id=move.id,
                    vendor=move.commercial_partner_id.id or None,
                    reference=move.ref or "",
                    amount=Decimal(str(self._amount(move))),
                    currency=move.currency_id.id,
                    date=move.invoice_date or None,
                    refund=move.move_type == "in_refund",
                    files=frozenset(filter(None, [move.ai_bill_file_id.checksum])),
                ),
                (move.state != "posted", move.id),
            )
            for move in bills
        }
