from odoo import models

from .project_project import TASK


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _ai_by_itself(self):
        """Leave out orders of projects that are invoiced at the end of a period."""
        return super()._ai_by_itself() - self._ai_of_periods()

    def _ai_of_periods(self):
        """Return the orders with a line that waits for the period of its project."""
        # With full rights: who confirms an order or validates a delivery need not see projects.
        orders = self.sudo()
        owner = self.env["ai.project.context"]._owner
        owners = {
            order: order.project_id.union(*(owner(line) for line in order.order_line))
            for order in orders
        }
        projects = orders.project_id.union(*owners.values()).filtered(
            lambda one: one.allow_billable and one.company_id and one._ai_period() != "none"
        )
        if not projects:
            return self.browse()
        task = self.env["ai.finance.task.type"]._get(TASK)
        policies = self.env["ai.finance.policy"]._select(task, projects)
        active = projects.filtered(lambda one: policies[one].mode not in ("off", "shadow"))
        return self.filtered(lambda order: owners[order.sudo()] & active)
