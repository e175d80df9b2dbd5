from odoo import api, fields, models
from odoo.fields import Domain

from .sale_order import TASK as ORDER_TASK
from .stock_picking import TASK as DELIVERY_TASK


class AiInvoiceNightly(models.AbstractModel):
    """Drafts what was missed: the server was down, a draft was deleted, a quantity was typed in."""

    _name = "ai.invoice.nightly"
    _description = "Nightly Drafting of Invoices"

    @api.model
    def _run(self, batch=500):
        """Suggest for every order with something to invoice that nothing waits for already."""
        cron = self.env["ir.cron"]
        self.env["ai.invoice.recurrence"]._raise_due()
        Order = self.env["sale.order"]
        cron._commit_progress(remaining=Order.search_count(self._missed()))
        while orders := Order.search(
            self._missed(), limit=batch, order="company_id, partner_invoice_id, id"
        ):
            now = fields.Datetime.now()
            due = orders._ai_by_itself().filtered(
                lambda order, now=now: not self._period_runs(order, now)
            )
            for company, own in due.grouped("company_id").items():
                self._suggest(company, own)
            self._looked_at(orders, now)
            if not cron._commit_progress(len(orders)):
                break

    def _missed(self):
        """Return the domain of orders with something to invoice that were not looked at lately."""
        lately = fields.Datetime.subtract(fields.Datetime.now(), hours=6)
        return (
            Domain("state", "=", "sale")
            & Domain("invoice_status", "=", "to invoice")
            & (Domain("ai_looked_at", "=", False) | Domain("ai_looked_at", "<", lately))
        )

    def _looked_at(self, orders, now):
        # Not through write(): the time of a look is no change of the order.
        orders.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET ai_looked_at = %s WHERE id IN %s", (now, tuple(orders.ids))
        )
        orders.invalidate_recordset(["ai_looked_at"])

    def _period_runs(self, order, now):
        """Tell whether the day or month of the order's deliveries is not over yet."""
        rules = order._ai_groupings()
        if rules - {"day", "month"}:
            return False
        day = self.env["ai.invoice.context"]._day
        days = [day(picking) for picking in order._ai_open_deliveries()]
        last = max(days, default=fields.Date.to_date(order.date_order))
        end = self.env["stock.picking"]._ai_period_end(rules, last)
        return bool(end and end > now)

    def _suggest(self, company, orders):
        """Have deliveries drafted where there are some, else the orders themselves."""
        service = self.env.ref("ai_audit_log.user_service")
        context = {"allowed_company_ids": company.ids, "lang": company.partner_id.lang}
        orders = orders.with_user(service).with_context(**context)
        delivered = orders.filtered(lambda order: order._ai_open_deliveries())
        pickings = delivered._ai_open_deliveries().sudo(False)
        pipeline = orders.env["ai.finance.pipeline"]
        for code, documents in ((DELIVERY_TASK, pickings), (ORDER_TASK, orders - delivered)):
            if documents:
                task = self.env["ai.finance.task.type"]._get(code)
                pipeline._suggest(task, documents, "cron")
