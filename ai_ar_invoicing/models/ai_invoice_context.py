from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..engine.billing_facts import Document, Line, Order, Terms
from ..engine.billing_reasons import REASON_TEXT

CUSTOMER = "customer"


class AiInvoiceContext(models.AbstractModel):
    """Reads orders and deliveries into what the engine works on, in sets."""

    _name = "ai.invoice.context"
    _description = "What Invoices are Drafted From"

    # ------------------------------------------------------------------
    # Orders and their lines
    # ------------------------------------------------------------------

    @api.model
    def _orders(self, orders):
        """Return ``{id: Order}`` of the confirmed orders with something to invoice."""
        open_orders = orders.filtered(
            lambda order: order.state == "sale" and order.invoice_status == "to invoice"
        )
        lines = self._lines(open_orders.order_line)
        return {order.id: self._order_facts(order, lines) for order in open_orders}

    def _order_facts(self, order, lines):
        company = order.company_id
        customer = order.partner_invoice_id
        own_rule = customer.commercial_partner_id.with_company(company).ai_invoice_grouping
        return Order(
            id=order.id,
            name=order.name,
            customer=customer.id,
            currency=order.currency_id.name,
            digits=order.currency_id.decimal_places,
            lines=tuple(lines[line] for line in order.order_line if line in lines),
            grouping=own_rule or company.ai_invoice_grouping,
            own_rule=bool(own_rule),
        )

    @api.model
    def _lines(self, order_lines):
        """Return ``{order line: Line}``, without sections and notes."""
        return {
            line: self._line(line)
            for line in order_lines.filtered(lambda one: not one.display_type)
        }

    def _line(self, line):
        price = line.price_unit * (1 - line.discount / 100)
        # Combos are priced and counted by Odoo itself; for us they are as ordered.
        by_delivery = line.product_id.invoice_policy == "delivery" and not line.is_downpayment
        facts = Line(
            id=line.id,
            order_id=line.order_id.id,
            name=self._product_name(line),
            unit=line.product_uom_id.name or "",
            ordered=self._decimal(line.product_uom_qty),
            delivered=self._decimal(line.qty_delivered),
            invoiced=self._decimal(line.qty_invoiced),
            to_invoice=self._decimal(line.qty_to_invoice),
            price=self._decimal(price),
            price_total=self._decimal(line.price_reduce_taxinc or price),
            charged=self._charged(line),
            by_delivery=by_delivery,
            by_moves=line.qty_delivered_method == "stock_move",
            down_payment=line.is_downpayment,
        )
        return self._with_moves(line, facts) if facts.by_moves else facts

    @api.model
    def _product_name(self, line):
        """Return the name of the product on a line of an order or invoice, without its code."""
        product = line.product_id.with_context(display_default_code=False)
        return product.display_name or line.name or ""

    def _with_moves(self, line, facts):
        """Add what left for the customer, and what is still to leave."""
        shipped = waiting = Decimal(0)
        for move in line.move_ids:
            if move.state == "cancel" or move.location_dest_id.usage != CUSTOMER:
                continue
            if move.product_id != line.product_id:
                # A part of a kit: its quantity says nothing about the line's.
                return replace(facts, by_moves=False)
            if move.state == "done":
                shipped += self._moved(move, move.quantity)
            else:
                waiting += self._moved(move, move.product_uom_qty)
        return replace(facts, shipped=shipped, waiting=waiting)

    def _charged(self, line):
        """Return what was ever invoiced of ``line``, credit notes not deducted."""
        charged = 0.0
        for item in line.invoice_lines:
            move = item.move_id
            if move.move_type == "out_invoice" and move.state != "cancel" and item.quantity > 0:
                charged += item.product_uom_id._compute_quantity(
                    item.quantity, line.product_uom_id, round=False
                )
        return self._decimal(charged)

    # ------------------------------------------------------------------
    # Deliveries
    # ------------------------------------------------------------------

    @api.model
    def _deliveries(self, pickings):
        """Return a :class:`Document` for each validated delivery or return of an order."""
        return [
            Document(
                id=picking.id,
                name=picking.name,
                order_ids=tuple(picking.move_ids.sale_line_id.order_id.ids),
                day=self._day(picking),
                quantities=self._quantities(picking),
            )
            for picking in pickings
            if picking.state == "done" and picking._ai_is_billable()
        ]

    def _quantities(self, picking):
        quantities = {}
        for move in picking.move_ids:
            line = move.sale_line_id
            if move.state != "done" or not line or move.product_id != line.product_id:
                continue
            sign = 1 if move.location_dest_id.usage == CUSTOMER else -1
            if sign < 0 and not move.to_refund:
                continue
            before = quantities.get(line.id, Decimal(0))
            quantities[line.id] = before + sign * self._moved(move, move.quantity)
        return quantities

    def _moved(self, move, moved):
        """Return a quantity of a stock move in the unit of its order line, rounded as Odoo does."""
        unit = move.sale_line_id.product_uom_id
        return self._decimal(
            move.product_uom._compute_quantity(moved, unit, rounding_method="HALF-UP")
        )

    @api.model
    def _day(self, picking):
        """Return the day of a delivery where the company is."""
        company = picking.company_id
        zone = company.partner_id.tz or self.env.user.tz or "UTC"
        local = fields.Datetime.context_timestamp(
            picking.with_context(tz=zone), picking.date_done or fields.Datetime.now()
        )
        return local.date()

    # ------------------------------------------------------------------
    # The company
    # ------------------------------------------------------------------

    @api.model
    def _terms(self, company, days):
        """Return how ``company`` invoices; ``days`` are asked whether their period is closed."""
        zone = company.partner_id.tz or self.env.user.tz or "UTC"
        today = fields.Date.context_today(self.with_context(tz=zone))
        journal = self._journal(company)
        closed = {day for day in set(days) if company._get_violated_lock_dates(day, True, journal)}
        return Terms(
            today=today,
            by_delivery_date=company.ai_invoice_date_policy == "delivery",
            closed=frozenset(closed),
            tolerance=self._decimal(company.ai_invoice_tolerance_percent),
        )

    def _journal(self, company):
        Journal = self.env["account.journal"]
        domain = [*Journal._check_company_domain(company), ("type", "=", "sale")]
        return company.ai_invoice_journal_id or Journal.search(domain, limit=1)

    # ------------------------------------------------------------------
    # What people read
    # ------------------------------------------------------------------

    @api.model
    def _texts(self, reasons):
        """Return engine reasons for the log, with their text in the current language."""
        return [
            {
                **reason.to_json(),
                "text": self.env._(REASON_TEXT[reason.code], **self._shown(reason)),
            }
            for reason in reasons
        ]

    def _shown(self, reason):
        """Return the parameters of a reason as people read them: dates in their form."""
        if not reason.code.startswith("date_"):
            return reason.params
        return {name: format_date(self.env, value) for name, value in reason.params.items()}

    @api.model
    def _decimal(self, value):
        """Return a stored float without its noise; amounts and quantities have less digits."""
        return Decimal(str(round(value or 0.0, 8))) + 0
