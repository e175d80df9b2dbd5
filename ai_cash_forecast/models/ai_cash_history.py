from odoo import models
from odoo.tools import SQL

from odoo.addons.ai_finance_engine.delay import PaidInvoice

#: Years of payments that are learned from.
YEARS = 3
#: When the order of an invoice or bill ``m`` was confirmed, where it came from one.
ORDERED = SQL(
    """
    LEFT JOIN LATERAL (
        SELECT MIN(o.date_order)::date AS ordered
          FROM account_move_line i
          JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = i.id
          JOIN sale_order_line s ON s.id = r.order_line_id
          JOIN sale_order o ON o.id = s.order_id
         WHERE i.move_id = m.id AND m.move_type = 'out_invoice'
    ) so ON TRUE
    LEFT JOIN LATERAL (
        SELECT MIN(COALESCE(o.date_approve, o.date_order))::date AS ordered
          FROM account_move_line i
          JOIN purchase_order_line s ON s.id = i.purchase_line_id
          JOIN purchase_order o ON o.id = s.order_id
         WHERE i.move_id = m.id AND m.move_type = 'in_invoice'
    ) po ON TRUE
    """
)


class AiCashHistory(models.AbstractModel):
    """Reads when documents were paid, as it was known on a day."""

    _name = "ai.cash.history"
    _inherit = "ai.cash.sources"
    _description = "Payments of the Past"

    def _documents(self, companies, known):
        """Return instalments of invoices and bills, with the day money moved for the last of them.

        Those settled without money (credit notes, write-offs) say nothing about payment and are
        left out.
        """
        return self._rows(
            SQL(
                """
                SELECT l.id, l.company_id, l.currency_id,
                       COALESCE(p.commercial_partner_id, 0) AS partner_id,
                       a.account_type = 'asset_receivable' AS incoming,
                       COALESCE(m.invoice_date, l.date) AS posted,
                       COALESCE(l.date_maturity, l.date) AS due,
                       COALESCE(m.invoice_payment_term_id, 0) AS term_id,
                       l.amount_currency AS amount, l.balance, l.reconciled,
                       LEAST(COALESCE(m.invoice_date, l.date), COALESCE(so.ordered, po.ordered))
                           AS first_known,
                       settled.paid, COALESCE(settled.money, FALSE) AS money
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN account_account a ON a.id = l.account_id
                  LEFT JOIN res_partner p ON p.id = l.partner_id
                  %(settled)s
                  %(ordered)s
                 WHERE m.move_type IN ('out_invoice', 'in_invoice')
                   AND l.display_type = 'payment_term' AND l.parent_state = 'posted'
                   AND l.date <= %(known)s AND l.date > %(known)s::date - %(days)s
                   AND l.balance <> 0 AND %(scope)s
                """,
                settled=self._settled(known),
                ordered=ORDERED,
                known=known,
                days=YEARS * 366,
                scope=self._scope("l", companies),
            )
        )

    def _settled(self, known):
        """Return the subquery of when money last settled a line ``l``, and whether any did."""
        return SQL(
            """
            LEFT JOIN LATERAL (
                SELECT MAX(c.date) AS paid, BOOL_OR(j.type IN ('bank', 'cash', 'credit'))
                       AS money
                  FROM account_partial_reconcile r
                  JOIN account_move_line c ON c.id = CASE WHEN r.debit_move_id = l.id
                       THEN r.credit_move_id ELSE r.debit_move_id END
                  JOIN account_journal j ON j.id = c.journal_id
                 WHERE (r.debit_move_id = l.id OR r.credit_move_id = l.id)
                   AND c.date <= %(known)s
            ) settled ON TRUE
            """,
            known=known,
        )

    def _learnable(self, rows, incoming):
        """Return the documents of one direction as the payment-date engine takes them."""
        return [
            PaidInvoice(
                partner=row["partner_id"],
                posted=row["posted"],
                due=max(row["due"], row["posted"]),
                paid=row["paid"] if row["reconciled"] and row["money"] else None,
                amount=abs(row["amount"]),
                terms=str(row["term_id"] or ""),
            )
            for row in rows
            if row["incoming"] == incoming and (row["money"] or not row["reconciled"])
        ]
