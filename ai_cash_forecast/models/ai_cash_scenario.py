from odoo import fields, models


class AiCashScenario(models.Model):
    """What if: levers on a forecast. Nothing in the books changes."""

    _name = "ai.cash.scenario"
    _description = "Cash Scenario"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    note = fields.Text()
    lever_ids = fields.One2many("ai.cash.scenario.lever", "scenario_id", copy=True)

    def _levers(self):
        """Return the levers as the engine takes them."""
        return [lever._engine() for lever in self.lever_ids]
