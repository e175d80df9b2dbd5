from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

EVERY = {
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


class AiCashManualLine(models.Model):
    """Money that is expected without a document, once or again and again.

    The real document takes its place: one of the same partner and about the same amount near
    the date, or the one named here.
    """

    _name = "ai.cash.manual.line"
    _description = "Expected Cash"
    _order = "date, id"
    _check_company_auto = True

    name = fields.Char(string="Description", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    kind = fields.Selection(
        [("manual", "Once"), ("recurring", "Recurring")], required=True, default="manual"
    )
    partner_id = fields.Many2one("res.partner")
    amount = fields.Monetary(required=True, help="Positive comes in, negative goes out.")
    date = fields.Date(required=True, default=fields.Date.context_today)
    interval = fields.Selection(
        [("week", "Week"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        string="Every",
        default="month",
    )
    until = fields.Date(help="Last day of a recurring line. Empty: goes on.")
    probability = fields.Float(default=1.0, digits=(6, 4))
    tolerance_percent = fields.Float(
        string="Same Amount Within (%)",
        default=10.0,
        help="A document of the partner takes the place of this line when its amount differs by "
        "no more than this.",
    )
    window_days = fields.Integer(
        string="Same Date Within (days)",
        default=15,
        help="... and its date is no further away than this.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Came As",
        check_company=True,
        help="The document that took the place of a single line.",
    )

    _probability_range = models.Constraint(
        "CHECK (probability >= 0 AND probability <= 1)", "The probability is between 0 and 100 %."
    )
    _window_positive = models.Constraint(
        "CHECK (window_days >= 0 AND tolerance_percent >= 0)",
        "The days and the percentage cannot be negative.",
    )

    def _dates(self, start, end):
        """Return the days of this line from ``start`` to ``end``."""
        self.ensure_one()
        if self.kind == "manual":
            return [self.date] if start <= self.date <= end else []
        last = min(end, self.until or end)
        step, days, count = EVERY[self.interval or "month"], [], 0
        while (day := self.date + step * count) <= last:
            if day >= start:
                days.append(day)
            count += 1
        return days

    def _occurrences(self, start, end):
        """Return ``[(line, day)]``, also a little back: what is late may still come."""
        early = start - timedelta(days=max(self.mapped("window_days"), default=0))
        return [(line, day) for line in self for day in line._dates(early, end)]
