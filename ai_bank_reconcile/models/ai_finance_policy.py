from odoo import api, fields, models


class AiFinancePolicy(models.Model):
    _inherit = "ai.finance.policy"

    journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain=[("type", "in", ("bank", "cash", "credit"))],
        help="Only for bank lines of this journal. Empty: for all.",
    )

    @api.model
    def _scope_paths(self):
        return {**super()._scope_paths(), "journal_id": "journal_id"}
