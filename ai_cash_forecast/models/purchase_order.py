from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def button_approve(self, force=False):
        """Also have the cash forecast refreshed some minutes later."""
        result = super().button_approve(force=force)
        self.env["ai.cash.forecast"]._changed(self.company_id)
        return result
