from odoo import fields, models

CAUSES = [
    ("timing", "Earlier or later"),
    ("amount", "Other amount"),
    ("missing", "Did not come"),
    ("unforeseen", "Not foreseen"),
    ("currency", "Exchange rate"),
]


class AiCashVariance(models.Model):
    """A part of the difference between a frozen forecast and what came, with its cause."""

    _name = "ai.cash.variance"
    _description = "Cash Forecast Variance"
    _order = "week, id"
    _rec_name = "cause"

    forecast_id = fields.Many2one(
        "ai.cash.forecast", required=True, index=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="forecast_id.currency_id")
    week = fields.Integer(readonly=True, aggregator=None)
    date_from = fields.Date(string="Week Of", readonly=True)
    cause = fields.Selection(CAUSES, required=True, readonly=True)
    kind = fields.Char(readonly=True)
    label = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    amount = fields.Monetary(readonly=True, help="Positive: more money than foreseen.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    def action_open_document(self):
        """Open what came differently."""
        self.ensure_one()
        if not self.res_model or not self.res_id:
            return False
        document = self.env[self.res_model].browse(self.res_id)
        if self.res_model == "account.move.line":
            document = document.move_id
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }
