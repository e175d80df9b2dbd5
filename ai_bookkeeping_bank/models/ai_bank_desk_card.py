from odoo import models


class AiBankDeskCard(models.AbstractModel):
    _inherit = "ai.bank.desk.card"

    def _head(self, line):
        """Show the remittance advices of the line."""
        may_read = self.env["ai.bank.remittance"].has_access("read")
        remittances = line.ai_remittance_ids if may_read else ()
        return {
            **super()._head(line),
            "remittances": [
                {"id": one.id, "name": one.reference or one.name, "count": one.row_count}
                for one in remittances
            ],
            "may_remit": may_read and line.amount > 0 and not line.is_reconciled,
        }
