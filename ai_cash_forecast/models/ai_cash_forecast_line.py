from odoo import api, fields, models

KINDS = [
    ("bank", "Bank balance"),
    ("unmatched_bank", "Bank line not matched yet"),
    ("outstanding_payment", "Payment on its way"),
    ("invoice", "Invoice"),
    ("bill", "Bill"),
    ("draft_invoice", "Draft invoice"),
    ("draft_bill", "Draft bill"),
    ("sale_order", "Order not invoiced"),
    ("purchase_order", "Order not billed"),
    ("recurring", "Recurring"),
    ("manual", "Entered by hand"),
    ("payroll", "Payroll"),
    ("tax", "Tax"),
    ("transfer", "Transfer between own accounts"),
    ("new_business", "Business not ordered yet"),
]


class AiCashForecastLine(models.Model):
    """What one document brings or costs, and when."""

    _name = "ai.cash.forecast.line"
    _description = "Line of a Cash Forecast"
    _order = "date_p50, id"
    _rec_name = "label"

    forecast_id = fields.Many2one(
        "ai.cash.forecast", required=True, index=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    label = fields.Char(readonly=True)
    key = fields.Char(readonly=True, help="Names what is expected, the same in every forecast.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    forecast_currency_id = fields.Many2one(
        related="forecast_id.currency_id", string="Forecast Currency"
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_currency = fields.Monetary(
        string="In Currency", currency_field="currency_id", readonly=True
    )
    amount = fields.Monetary(
        currency_field="forecast_currency_id", readonly=True, help="Positive comes in."
    )
    amount_week = fields.Monetary(
        string="In This Week",
        currency_field="forecast_currency_id",
        compute="_compute_amount_week",
        help="What is expected of it in the week that was clicked.",
    )
    rate = fields.Float(digits=(16, 8), readonly=True, help="Used from the line's currency.")
    date_due = fields.Date(readonly=True)
    date_p10 = fields.Date(string="Not Before (10 %)", readonly=True)
    date_p50 = fields.Date(string="Expected", readonly=True)
    date_p90 = fields.Date(string="By (90 %)", readonly=True)
    probability = fields.Float(digits=(6, 4), readonly=True)
    weeks = fields.Json(readonly=True, help="Expected amount by week, from 0.")
    reason = fields.Json(readonly=True)
    reason_text = fields.Char(string="Why", compute="_compute_reason_text")
    doubtful = fields.Boolean(readonly=True)

    _week_idx = models.Index("(forecast_id, kind)")

    @api.depends("weeks")
    @api.depends_context("cash_week")
    def _compute_amount_week(self):
        week = str(self.env.context.get("cash_week"))
        for line in self:
            line.amount_week = (line.weeks or {}).get(week, 0.0)

    @api.depends("reason")
    def _compute_reason_text(self):
        for line in self:
            line.reason_text = self.env["ai.cash.reason"]._text(line.reason)

    def action_open_document(self):
        """Open what the line was made of."""
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
