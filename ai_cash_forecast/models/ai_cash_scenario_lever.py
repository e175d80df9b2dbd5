from odoo import fields, models
from odoo.exceptions import ValidationError

from ..engine.scenario import Lever

LEVERS = [
    ("delay_partner", "A partner pays later"),
    ("shift_payment_run", "Payment run moved"),
    ("lose_order", "An order is lost"),
    ("sales_change", "Sales change"),
    ("currency", "Exchange rate changes"),
    ("reorder", "Purchases change"),
    ("supplier_terms", "Vendors' terms change"),
    ("one_off", "Single amount"),
]


class AiCashScenarioLever(models.Model):
    """One assumption of a scenario."""

    _name = "ai.cash.scenario.lever"
    _description = "Lever of a Cash Scenario"
    _order = "sequence, id"
    _rec_name = "kind"

    scenario_id = fields.Many2one("ai.cash.scenario", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="scenario_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(LEVERS, required=True, default="delay_partner")
    partner_id = fields.Many2one(
        "res.partner", help="Empty: all customers, or all vendors, whichever the lever is about."
    )
    days = fields.Integer(help="Later; negative is earlier.")
    percent = fields.Float(help="Change in percent: -20 is a fifth less.")
    order_id = fields.Many2one("sale.order")
    other_currency_id = fields.Many2one("res.currency", string="Currency")
    amount = fields.Monetary(help="Positive comes in.")
    date = fields.Date()
    until = fields.Date(help="Last day it counts for. Empty: the whole forecast.")

    def _engine(self):
        """Return the lever as the engine takes it."""
        self.ensure_one()
        self._check_complete()
        return Lever(
            kind=self.kind,
            partner=self.partner_id.commercial_partner_id.id or None,
            days=self.days,
            factor=1 + self.percent / 100,
            order=self.order_id.id or None,
            currency=self.other_currency_id.id or None,
            amount=self.amount,
            start=self.date or None,
            end=self.until or None,
        )

    def _check_complete(self):
        needed = {"lose_order": "order_id", "currency": "other_currency_id", "one_off": "date"}
        name = needed.get(self.kind)
        if name and not self[name]:
            raise ValidationError(
                self.env._(
                    "“%(lever)s” needs: %(field)s.",
                    lever=dict(self._fields["kind"]._description_selection(self.env))[self.kind],
                    field=self._fields[name]._description_string(self.env),
                )
            )
