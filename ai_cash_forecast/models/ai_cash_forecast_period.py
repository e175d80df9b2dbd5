from odoo import fields, models


class AiCashForecastPeriod(models.Model):
    """A day or a week of a forecast: expected flows and the band of the balance."""

    _name = "ai.cash.forecast.period"
    _description = "Period of a Cash Forecast"
    _order = "granularity desc, date_from"
    _rec_name = "date_from"

    forecast_id = fields.Many2one(
        "ai.cash.forecast", required=True, index=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="forecast_id.currency_id")
    granularity = fields.Selection([("day", "Day"), ("week", "Week")], required=True, readonly=True)
    index = fields.Integer(readonly=True, aggregator=None)
    date_from = fields.Date(required=True, readonly=True)
    date_to = fields.Date(required=True, readonly=True)
    amount_in = fields.Monetary(string="In", readonly=True)
    amount_out = fields.Monetary(string="Out", readonly=True)
    p10 = fields.Monetary(readonly=True, aggregator=None)
    p50 = fields.Monetary(readonly=True, aggregator=None)
    p90 = fields.Monetary(readonly=True, aggregator=None)
    naive_in = fields.Monetary(
        string="In by Due Date", readonly=True, help="If everybody paid on the due date."
    )
    naive_out = fields.Monetary(string="Out by Due Date", readonly=True)
    below_floor = fields.Float(digits=(6, 4), readonly=True, aggregator="max")
    below_credit_line = fields.Float(digits=(6, 4), readonly=True, aggregator="max")
