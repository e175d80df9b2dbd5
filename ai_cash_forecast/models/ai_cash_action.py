from odoo import fields, models
from odoo.exceptions import UserError

ACTIONS = [
    ("remind", "Remind"),
    ("hold", "Hold a purchase"),
    ("shift", "Pay later"),
    ("early", "Pay early"),
]


class AiCashAction(models.Model):
    """What would close a shortfall, or use a surplus, on one document."""

    _name = "ai.cash.action"
    _inherit = ["ai.suggestion.mixin"]
    _description = "Cash Action"
    _order = "amount desc, id"
    _rec_name = "text"

    _ai_task_code = "cash.action"

    forecast_id = fields.Many2one(
        "ai.cash.forecast", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    key = fields.Char(required=True, readonly=True)
    kind = fields.Selection(ACTIONS, required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    amount = fields.Monetary(readonly=True, help="What the balance gains when it is short.")
    week = fields.Integer(readonly=True)
    date = fields.Date(string="By", readonly=True)
    risk = fields.Float(digits=(6, 4), readonly=True)
    text = fields.Char(readonly=True)
    active = fields.Boolean(default=True)

    _key_uniq = models.UniqueIndex("(company_id, key) WHERE active", "This is suggested already.")

    def write(self, vals):
        """Refuse changes by people: they accept or reject, the forecast makes the rest."""
        if not self.env.su and set(vals) - {"ai_generated", "ai_source"}:
            raise UserError(self.env._("Accept or reject the suggestion; it cannot be changed."))
        return super().write(vals)

    def _ai_post(self, bodies):
        """The chatter of the document is told; the cash page shows the state."""
        for action, body in bodies.items():
            document = self.env[action.res_model].browse(action.res_id).exists()
            if document:
                document._message_log(body=body)
