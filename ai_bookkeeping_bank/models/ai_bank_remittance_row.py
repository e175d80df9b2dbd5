from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.ai_bookkeeping.engine.remittance import Row


class AiBankRemittanceRow(models.Model):
    """One document of a remittance advice: what it asked for, what was deducted, what was paid."""

    _name = "ai.bank.remittance.row"
    _description = "Document of a Remittance Advice"
    _order = "remittance_id, id"
    _rec_name = "number"

    remittance_id = fields.Many2one(
        "ai.bank.remittance", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="remittance_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="remittance_id.currency_id")
    number = fields.Char(string="Document", required=True)
    other_numbers = fields.Json(readonly=True)
    date = fields.Date()
    gross = fields.Monetary()
    deduction = fields.Monetary()
    paid = fields.Monetary(required=True)

    @api.model
    def _values(self, rows):
        """Return values to create ``rows`` of the reader."""
        return [
            {
                "number": row.numbers[0],
                "other_numbers": list(row.numbers[1:]),
                "date": row.date,
                "gross": row.gross,
                "deduction": row.deduction,
                "paid": row.paid,
            }
            for row in rows
        ]

    def _rows(self):
        """Return these as the engine's rows."""

        def amount(row, name):
            return Decimal(str(row[name])).quantize(Decimal("0.01"))

        return [
            Row(
                numbers=(row.number, *(row.other_numbers or ())),
                paid=amount(row, "paid"),
                gross=amount(row, "gross") or None,
                deduction=amount(row, "deduction"),
                date=row.date or None,
            )
            for row in self
        ]
