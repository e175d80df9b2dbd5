from odoo import models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _ai_bill_empty(self):
        """Return an empty draft of a bill in this journal, to be filled from a file."""
        self.ensure_one()
        return (
            self.env["account.move"]
            .with_context(skip_is_manually_modified=True)
            .create({"move_type": "in_invoice", "journal_id": self.id})
        )
