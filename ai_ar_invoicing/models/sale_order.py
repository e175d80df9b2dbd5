from odoo import api, fields, models

from .ai_invoice_archive_mixin import AiInvoiceArchiveMixin
from .ai_invoice_draft_values import CONTEXT_KEY
from .ai_invoice_source import AiInvoiceSource

TASK = "invoice.order"


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", AiInvoiceSource._name, AiInvoiceArchiveMixin._name]

    _ai_task_code = TASK

    ai_recurring_interval = fields.Selection(
        [("month", "Every month"), ("quarter", "Every quarter"), ("year", "Every year")],
        string="Recurring Invoice",
        help="The services invoiced as ordered are ordered and invoiced once more each period.",
    )
    ai_recurring_next = fields.Date(string="Next Recurring Invoice", copy=False)
    ai_recurring_end = fields.Date(string="Recurring Until", copy=False)
    ai_looked_at = fields.Datetime(readonly=True, copy=False)
    ai_invoice_count = fields.Integer(compute="_compute_ai_invoice_count")

    def _compute_ai_invoice_count(self):
        for order in self:
            order.ai_invoice_count = len(order._ai_invoices())

    def _ai_archive_domain(self):
        return [("move_id", "in", self.invoice_ids.ids)]

    # ------------------------------------------------------------------
    # For drafting
    # ------------------------------------------------------------------

    def _ai_invoices(self):
        return self.invoice_ids.filtered("ai_generated")

    def _ai_deliveries(self, proposal):
        return self.browse(proposal["orders"])._ai_open_deliveries()

    def _ai_open_deliveries(self):
        """Return the validated deliveries of these orders that stand on no drafted invoice.

        With full rights: whoever invoices an order need not have a right on stock.
        """
        return self.sudo().picking_ids.filtered(
            lambda one: one.state == "done" and one._ai_is_billable() and not one._ai_is_invoiced()
        )

    def _ai_groupings(self):
        """Return the grouping rules that hold for these orders."""
        return {
            order.partner_invoice_id.commercial_partner_id.with_company(
                order.company_id
            ).ai_invoice_grouping
            or order.company_id.ai_invoice_grouping
            for order in self
        }

    def _ai_by_itself(self):
        """Return the orders that are invoiced by events and at night, without a person asking."""
        return self

    def action_confirm(self):
        result = super().action_confirm()
        self.env["ai.invoice.recurrence"]._start(
            self.sudo().filtered(lambda order: order.state == "sale")
        )
        # Only a row in the queue; portal customers confirm orders too.
        orders = self.sudo().filtered(
            lambda order: order.state == "sale" and order.invoice_status == "to invoice"
        )
        for when, group in orders._ai_by_itself().grouped(self._ai_when).items():
            self.env["ai.finance.outbox"]._enqueue(TASK, group, at=when)
        return result

    @api.model
    def _ai_when(self, order):
        """Return when ``order`` is to be invoiced by itself, ``None`` for at once."""
        return self.env["stock.picking"]._ai_period_end(
            order._ai_groupings(), fields.Date.context_today(order)
        )

    # ------------------------------------------------------------------
    # What Odoo's invoicing takes from us
    # ------------------------------------------------------------------

    def _prepare_invoice(self):
        values = super()._prepare_invoice()
        drafts = self.env.context.get(CONTEXT_KEY)
        return {**values, **drafts.orders.get(self.id, {})} if drafts else values

    def _get_invoiceable_lines(self, final=False):
        lines = super()._get_invoiceable_lines(final)
        drafts = self.env.context.get(CONTEXT_KEY)
        if not drafts or drafts.quantities is None:
            return lines
        return lines.filtered(lambda line: line.display_type or line.id in drafts.quantities)

    # ------------------------------------------------------------------
    # What was missed
    # ------------------------------------------------------------------

    @api.model
    def _cron_ai_invoice(self):
        """Draft what no event has drafted: orders with something to invoice, in batches."""
        self.env["ai.invoice.nightly"]._run()
