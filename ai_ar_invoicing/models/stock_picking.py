from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .ai_invoice_source import AiInvoiceSource

TASK = "invoice.delivery"
CUSTOMER = "customer"


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", AiInvoiceSource._name]

    _ai_task_code = TASK

    ai_invoice_ids = fields.Many2many(
        "account.move",
        "ai_invoice_picking_rel",
        "picking_id",
        "move_id",
        string="Drafted Invoices",
        readonly=True,
        copy=False,
    )
    ai_invoice_count = fields.Integer(compute="_compute_ai_invoice_count")
    ai_to_invoice = fields.Boolean(
        string="To Invoice", compute="_compute_ai_to_invoice", search="_search_ai_to_invoice"
    )

    def _compute_ai_invoice_count(self):
        for picking in self:
            # The count is no secret; opening them asks for the right to.
            picking.ai_invoice_count = len(picking.sudo().ai_invoice_ids)

    @api.depends("state", "move_ids.sale_line_id.order_id.invoice_status")
    def _compute_ai_to_invoice(self):
        for picking in self:
            orders = picking.sudo().move_ids.sale_line_id.order_id
            picking.ai_to_invoice = (
                picking.state == "done"
                and picking._ai_is_billable()
                and "to invoice" in orders.mapped("invoice_status")
            )

    def _search_ai_to_invoice(self, operator, value):
        if operator != "in":
            return NotImplemented
        open_ones = Domain("state", "=", "done") & Domain(
            "move_ids.sale_line_id.order_id.invoice_status", "=", "to invoice"
        )
        open_ones &= Domain("location_dest_id.usage", "=", CUSTOMER) | Domain(
            "location_id.usage", "=", CUSTOMER
        )
        return open_ones if True in value else ~open_ones

    # ------------------------------------------------------------------
    # For drafting
    # ------------------------------------------------------------------

    def _ai_invoices(self):
        return self.ai_invoice_ids

    def _ai_deliveries(self, proposal):
        return self.browse(proposal["documents"])

    def _ai_is_billable(self):
        """Tell whether goods went to or came from a customer: the last step of a delivery."""
        self.ensure_one()
        ends = {self.location_id.usage, self.location_dest_id.usage}
        return CUSTOMER in ends and bool(self.move_ids.sale_line_id)

    def _ai_is_invoiced(self):
        """Tell whether a drafted invoice has this delivery, and was not taken back."""
        self.ensure_one()
        return any(
            move.state != "cancel" and move.payment_state != "reversed"
            for move in self.ai_invoice_ids
        )

    def _action_done(self):
        result = super()._action_done()
        # Only a row in the queue: whoever works in the warehouse waits for nothing.
        done = self.sudo().filtered(lambda one: one.state == "done" and one._ai_is_billable())
        orders = done.move_ids.sale_line_id.order_id._ai_by_itself()
        done = done.filtered(lambda one: one.move_ids.sale_line_id.order_id & orders)
        for when, group in done._ai_when().items():
            self.env["ai.finance.outbox"]._enqueue(TASK, group, at=when)
        return result

    def _ai_when(self):
        """Return ``{time or None: deliveries}``: when each is to be invoiced by itself.

        :return: ``None`` for at once; where the customer gets one invoice per day or month, the
            end of it
        """
        reader = self.env["ai.invoice.context"]
        groups = {}
        for picking in self:
            rules = picking.move_ids.sale_line_id.order_id._ai_groupings()
            when = self._ai_period_end(rules, reader._day(picking))
            groups[when] = groups.get(when, self.browse()) | picking
        return groups

    @api.model
    def _ai_period_end(self, rules, day):
        """Return when the period of ``day`` is over (UTC), or ``None`` where nothing waits."""
        if not rules or rules - {"day", "month"}:
            return None
        after = day + timedelta(days=1)
        if "month" in rules:
            after = fields.Date.start_of(fields.Date.add(day, months=1), "month")
        # A little later: what was delivered last is then there too, in every time zone.
        return datetime.combine(after, time(12))
