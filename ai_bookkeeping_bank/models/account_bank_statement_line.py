from odoo import api, fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    ai_remittance_ids = fields.One2many(
        "ai.bank.remittance", "line_id", string="Remittance Advices", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        """New lines may be what remittance advices wait for."""
        lines = super().create(vals_list)
        # With full rights: whether somebody waits, not for what; and only to wake the job.
        waiting = self.env["ai.bank.remittance"].sudo()
        domain = [("state", "=", "waiting"), ("company_id", "in", lines.company_id.ids)]
        if lines and waiting.search_count(domain, limit=1):
            waiting._wake()
        return lines

    def action_ai_remittance(self):
        """Ask for the remittance advice of this line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bookkeeping_bank.action_ai_bank_remittance_upload"
        )
        return {**action, "context": {"default_line_id": self.id}}

    def action_ai_open_remittances(self):
        """Open the remittance advices of this line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bookkeeping_bank.action_ai_bank_remittance"
        )
        action |= {"domain": [("line_id", "=", self.id)], "context": {}}
        if len(self.ai_remittance_ids) == 1:
            action |= {"res_id": self.ai_remittance_ids.id, "views": [(False, "form")]}
        return action
