from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """Also have the cash forecast refreshed some minutes later."""
        result = super().action_confirm()
        self.env["ai.cash.forecast"]._changed(self.company_id)
        return result
