from decimal import Decimal

from odoo import api, fields, models

CUSTOMER = "customer"


class AiProjectCutoff(models.AbstractModel):
    """What of an order line came after the last day, and so stays for a later invoice.

    Odoo limits hours to a period; this does the same for all else that has a date. Quantities
    typed in by hand have none and count as soon as they are there.
    """

    _name = "ai.project.cutoff"
    _description = "Cut-off of Project Invoices"

    @api.model
    def _later(self, lines, day_of):
        """Return ``{order line id: quantity}`` of what came too late.

        :param lines: order lines with full rights, none of them by the hour
        :param day_of: ``{order line id: last day}``
        """
        later = self._expenses(lines, day_of)
        for line in lines:
            day = day_of[line.id]
            if line.product_id.invoice_policy == "order":
                later[line.id] = self._ordered(line, day)
            elif line.qty_delivered_method == "stock_move":
                later[line.id] = self._delivered(line, day)
        return later

    def _ordered(self, line, day):
        since = max(filter(None, (line.order_id.date_order, line.create_date)))
        whole = self.env["ai.invoice.context"]._decimal(line.qty_to_invoice)
        return whole if self._local(since, line.company_id) > day else Decimal(0)

    def _delivered(self, line, day):
        moved = self.env["ai.invoice.context"]._moved
        later = Decimal(0)
        for move in line.move_ids:
            done = move.picking_id.date_done or move.date
            if move.state != "done" or self._local(done, line.company_id) <= day:
                continue
            if move.location_dest_id.usage == CUSTOMER:
                later += moved(move, move.quantity)
            elif move.location_id.usage == CUSTOMER and move.to_refund:
                later -= moved(move, move.quantity)
        return later

    def _expenses(self, lines, day_of):
        """Return the same for expenses and vendor bills that are invoiced on."""
        own = lines.filtered(lambda line: line.qty_delivered_method == "analytic")
        if not own:
            return {}
        items = (
            self.env["account.analytic.line"]
            .sudo()
            .search(
                [("so_line", "in", own.ids), ("amount", "<=", 0), ("project_id", "=", False)]
                + [("date", ">", min(day_of[line.id] for line in own))]
            )
        )
        late = items.filtered(lambda item: item.date > day_of[item.so_line.id])
        found = own._get_delivered_quantity_by_analytic([("id", "in", late.ids)])
        decimal = self.env["ai.invoice.context"]._decimal
        return {line.id: decimal(found.get(line.id, 0.0)) for line in own}

    def _local(self, moment, company):
        """Return the day of ``moment`` where the company is."""
        zone = company.partner_id.tz or self.env.user.tz or "UTC"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment).date()
