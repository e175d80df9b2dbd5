from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_finance_policy_ids = fields.One2many(
        related="company_id.ai_finance_policy_ids", readonly=False
    )

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
