from odoo import fields, models


class AiCashHabit(models.Model):
    """How a partner paid so far, or how we paid a partner, by company."""

    _name = "ai.cash.habit"
    _description = "Payment Behaviour"
    _order = "paid desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="cascade"
    )
    direction = fields.Selection(
        [("in", "Pays us"), ("out", "Is paid by us")], required=True, readonly=True
    )
    delay = fields.Integer(string="Days Late", readonly=True, aggregator="avg")
    paid = fields.Integer(string="Paid Documents", readonly=True)
    weekday = fields.Char(readonly=True, help="0 is Monday.")
    rhythm = fields.Float(string="Days Between Payments", readonly=True, aggregator="avg")
    as_of = fields.Date(string="Learned On", readonly=True)

    _partner_uniq = models.UniqueIndex("(company_id, partner_id, direction)")

    def _text(self):
        """Return the behaviour in a few words."""
        self.ensure_one()
        if not self.delay:
            return self.env._("pays on the due date, from %(paid)s invoices", paid=self.paid)
        if self.delay > 0:
            return self.env._(
                "pays %(days)s days late, from %(paid)s invoices", days=self.delay, paid=self.paid
            )
        return self.env._(
            "pays %(days)s days early, from %(paid)s invoices", days=-self.delay, paid=self.paid
        )
