from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..engine.cashflow import Order, OrderLine

ZERO = Decimal(0)
#: Orders that core counts as invoiced with something left: on a draft, or a down payment to deduct.
SALE_DRAFTS = SQL(
    """SELECT s.order_id FROM sale_order_line s
         JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id
         JOIN account_move_line i ON i.id = r.invoice_line_id WHERE i.parent_state = 'draft'
       UNION
       SELECT order_id FROM sale_order_line WHERE is_downpayment AND qty_invoiced <> 0"""
)
PURCHASE_DRAFTS = SQL(
    """SELECT s.order_id FROM purchase_order_line s
         JOIN account_move_line i ON i.purchase_line_id = s.id WHERE i.parent_state = 'draft'
       UNION
       SELECT order_id FROM purchase_order_line WHERE is_downpayment AND qty_invoiced <> 0"""
)


def _decimal(value):
    return Decimal(str(value or 0))


class AiCashSourcesOrders(models.AbstractModel):
    """Reads orders with what is still to be invoiced or billed of them."""

    _name = "ai.cash.sources.orders"
    _inherit = "ai.cash.sources"
    _description = "Orders in the Cash Forecast"

    def _orders(self, companies, known, drafts, live):
        """Return open orders of both kinds.

        :param drafts: what is on drafts counts as invoiced, because drafts are counted
        :param live: for today; for a past day what was delivered by then is not known
        """
        sales = self._rows(self._sale_query(companies, known, drafts, live))
        purchases = self._rows(self._purchase_query(companies, known, drafts, live))
        return [
            *self._grouped(sales, "sale_order", "sale.order", 1),
            *self._grouped(purchases, "purchase_order", "purchase.order", -1),
        ]

    def _invoiced(self, join, known, drafts, live):
        """Return the columns of a lateral subquery: what is on invoices of an order line."""
        states = ("posted", "draft") if drafts else ("posted",)
        return SQL(
            """
            LEFT JOIN LATERAL (
                SELECT SUM(CASE WHEN m.move_type IN ('out_invoice', 'in_invoice')
                                THEN i.quantity ELSE -i.quantity END
                           * COALESCE(iu.factor, 1) / COALESCE(NULLIF(u.factor, 0), 1)) AS quantity,
                       SUM(CASE WHEN m.move_type IN ('out_invoice', 'in_invoice')
                                THEN i.price_total ELSE -i.price_total END) AS total
                  FROM account_move_line i
                  JOIN account_move m ON m.id = i.move_id
                  LEFT JOIN uom_uom iu ON iu.id = i.product_uom_id
                 WHERE %(join)s AND m.state IN %(states)s
                   AND (m.state = 'draft' OR %(live)s OR m.date <= %(known)s)
                   AND m.move_type IN ('out_invoice', 'out_refund', 'in_invoice', 'in_refund')
            ) inv ON TRUE
            """,
            join=join,
            states=states,
            live=live,
            known=known,
        )

    def _unfinished(self, known, live, drafted):
        """Return what an order fulfils of which something may be left; saves looking at all."""
        if live:
            return SQL("(o.invoice_status <> 'invoiced' OR o.id IN (%s))", drafted)
        return SQL("o.date_order > %s::date - 730", known)

    def _sale_query(self, companies, known, drafts, live):
        join = SQL(
            "i.id IN (SELECT invoice_line_id FROM sale_order_line_invoice_rel"
            " WHERE order_line_id = l.id)"
        )
        delivered = SQL("CASE WHEN t.invoice_policy = 'delivery' THEN l.qty_delivered ELSE 0 END")
        return SQL(
            """
            SELECT l.id, l.order_id, o.name AS label, o.company_id, o.currency_id,
                   COALESCE(p.commercial_partner_id, 0) AS partner_id,
                   COALESCE(o.payment_term_id, 0) AS term_id, o.date_order::date AS ordered,
                   o.commitment_date::date AS planned, COALESCE(l.is_downpayment, FALSE) AS advance,
                   GREATEST(l.product_uom_qty, %(delivered)s) AS quantity,
                   l.product_uom_qty AS priced, l.price_total, l.price_unit,
                   COALESCE(inv.quantity, 0) AS invoiced, COALESCE(inv.total, 0) AS total
              FROM sale_order_line l
              JOIN sale_order o ON o.id = l.order_id
              LEFT JOIN res_partner p ON p.id = o.partner_invoice_id
              LEFT JOIN product_product v ON v.id = l.product_id
              LEFT JOIN product_template t ON t.id = v.product_tmpl_id
              LEFT JOIN uom_uom u ON u.id = l.product_uom_id
              %(invoiced)s
             WHERE o.state = 'sale' AND l.display_type IS NULL AND %(scope)s
               AND o.date_order::date <= %(known)s AND %(unfinished)s
            """,
            delivered=delivered if live else SQL("0"),
            invoiced=self._invoiced(join, known, drafts, live),
            scope=self._scope("o", companies),
            known=known,
            unfinished=self._unfinished(known, live, SALE_DRAFTS),
        )

    def _purchase_query(self, companies, known, drafts, live):
        received = SQL("CASE WHEN t.purchase_method = 'receive' THEN l.qty_received ELSE 0 END")
        return SQL(
            """
            SELECT l.id, l.order_id, o.name AS label, o.company_id, o.currency_id,
                   COALESCE(p.commercial_partner_id, 0) AS partner_id,
                   COALESCE(o.payment_term_id, 0) AS term_id,
                   COALESCE(o.date_approve, o.date_order)::date AS ordered,
                   o.date_planned::date AS planned, COALESCE(l.is_downpayment, FALSE) AS advance,
                   GREATEST(l.product_qty, %(received)s) AS quantity,
                   l.product_qty AS priced, l.price_total, l.price_unit,
                   COALESCE(inv.quantity, 0) AS invoiced, COALESCE(inv.total, 0) AS total
              FROM purchase_order_line l
              JOIN purchase_order o ON o.id = l.order_id
              LEFT JOIN res_partner p ON p.id = o.partner_id
              LEFT JOIN product_product v ON v.id = l.product_id
              LEFT JOIN product_template t ON t.id = v.product_tmpl_id
              LEFT JOIN uom_uom u ON u.id = l.product_uom_id
              %(invoiced)s
             WHERE o.state = 'purchase' AND l.display_type IS NULL AND %(scope)s
               AND COALESCE(o.date_approve, o.date_order)::date <= %(known)s
               AND %(unfinished)s
            """,
            received=received if live else SQL("0"),
            invoiced=self._invoiced(SQL("i.purchase_line_id = l.id"), known, drafts, live),
            scope=self._scope("o", companies),
            known=known,
            unfinished=self._unfinished(known, live, PURCHASE_DRAFTS),
        )

    def _grouped(self, rows, kind, model, sign):
        """Return the orders of which something is left, as the engine takes them."""
        by_order = defaultdict(list)
        for row in rows:
            by_order[row["order_id"]].append(row)
        found = []
        for order_id, lines in by_order.items():
            first = lines[0]
            order = Order(
                key=f"{model}:{order_id}",
                kind=kind,
                partner=first["partner_id"],
                company=first["company_id"],
                currency=first["currency_id"],
                lines=tuple(self._line(row, sign) for row in lines if not row["advance"]),
                ordered=first["ordered"],
                advance=sum((sign * _decimal(r["total"]) for r in lines if r["advance"]), ZERO),
                planned=first["planned"],
                terms=first["term_id"],
                label=first["label"],
                record=(model, order_id),
            )
            if order.remaining():
                found.append(order)
        return found

    def _line(self, row, sign):
        priced = _decimal(row["priced"])
        unit = _decimal(row["price_total"]) / priced if priced else _decimal(row["price_unit"])
        return OrderLine(
            quantity=_decimal(row["quantity"]), invoiced=_decimal(row["invoiced"]), unit=sign * unit
        )

    def _invoicing_lags(self, companies, known):
        """Return ``{(company, kind): days from order to first invoice}`` of the last year."""
        rows = self._rows(
            SQL(
                """
                SELECT company_id, kind, ARRAY_AGG(lag) AS lags FROM (
                    SELECT o.company_id, 'sale_order' AS kind,
                           LEAST(GREATEST(MIN(m.date) - o.date_order::date, 0), 180) AS lag
                      FROM sale_order o
                      JOIN sale_order_line l ON l.order_id = o.id
                      JOIN sale_order_line_invoice_rel r ON r.order_line_id = l.id
                      JOIN account_move_line i ON i.id = r.invoice_line_id
                      JOIN account_move m ON m.id = i.move_id
                     WHERE m.state = 'posted' AND m.date <= %(known)s AND %(scope)s
                       AND o.date_order > %(known)s::date - 365
                     GROUP BY o.id
                    UNION ALL
                    SELECT o.company_id, 'purchase_order',
                           LEAST(GREATEST(MIN(m.date)
                                 - COALESCE(o.date_approve, o.date_order)::date, 0), 180)
                      FROM purchase_order o
                      JOIN purchase_order_line l ON l.order_id = o.id
                      JOIN account_move_line i ON i.purchase_line_id = l.id
                      JOIN account_move m ON m.id = i.move_id
                     WHERE m.state = 'posted' AND m.date <= %(known)s AND %(scope)s
                       AND COALESCE(o.date_approve, o.date_order) > %(known)s::date - 365
                     GROUP BY o.id
                ) lags GROUP BY company_id, kind
                """,
                known=known,
                scope=self._scope("o", companies),
            )
        )
        return {(row["company_id"], row["kind"]): row["lags"] for row in rows}
