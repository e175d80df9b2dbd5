from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """A bill made from a bank line is matched with it once it is posted."""
        posted = super()._post(soft)
        bills = posted.filtered(lambda move: move.is_purchase_document())
        if bills:
            self.env["ai.bank.new.document"]._posted(bills)
        return posted
