from odoo import models


class AiBankContext(models.AbstractModel):
    _inherit = "ai.bank.context"

    def _read_company(self, lines):
        """Let joined remittance advices name their documents."""
        return self.env["ai.bank.remittance.match"]._told(super()._read_company(lines))
