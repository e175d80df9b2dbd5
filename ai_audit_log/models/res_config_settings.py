from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_finance_policy_ids = fields.One2many(
        related="company_id.ai_finance_policy_ids", readonly=False
    )

    ai_head_email = fields.Char(related="company_id.ai_head_email", readonly=False)
    ai_phase = fields.Selection(related="company_id.ai_phase")

    ai_currency_id = fields.Many2one(related="company_id.currency_id", string="Budget Currency")
    ai_provider_id = fields.Many2one(related="company_id.ai_provider_id", readonly=False)
    ai_model_stopped = fields.Boolean(related="company_id.ai_model_stopped", readonly=False)
    ai_model_sentences = fields.Boolean(related="company_id.ai_model_sentences", readonly=False)
    ai_model_budget = fields.Monetary(
        related="company_id.ai_model_budget", currency_field="ai_currency_id", readonly=False
    )
    ai_model_token_budget = fields.Integer(
        related="company_id.ai_model_token_budget", readonly=False
    )
    ai_model_warn_at = fields.Float(related="company_id.ai_model_warn_at", readonly=False)
    ai_model_spent = fields.Monetary(
        related="company_id.ai_model_spent", currency_field="ai_currency_id"
    )
    ai_model_tokens = fields.Integer(related="company_id.ai_model_tokens")

    def action_ai_phase(self):
        """Bring all tasks of the company that are not off into the phase of the button."""
        policies = self.company_id.ai_finance_policy_ids
        policies._set_phase(self.env.context["ai_phase"])
        return {"type": "ir.actions.client", "tag": "reload"}

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo writes a related list value by value, and new lines not at all: a policy is
        # checked and logged as a whole, so the changes go straight to the company.
        vals_list = [dict(vals) for vals in vals_list]
        commands = [vals.pop("ai_finance_policy_ids", ()) for vals in vals_list]
        settings = super().create(vals_list)
        for record, own in zip(settings, commands, strict=True):
            record._ai_write_policies(own)
        return settings

    def write(self, vals):
        vals = dict(vals)
        commands = vals.pop("ai_finance_policy_ids", ())
        result = super().write(vals)
        self._ai_write_policies(commands)
        return result

    def _ai_write_policies(self, commands):
        if commands:
            self.company_id.write({"ai_finance_policy_ids": commands})
            self.invalidate_recordset(["ai_finance_policy_ids"])
