from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL


def _decimal(value):
    return Decimal(str(value or 0))


class AiCashActuals(models.AbstractModel):
    """Reads what moved on the bank in a time, and which documents it belonged to."""

    _name = "ai.cash.actuals"
    _inherit = "ai.cash.sources"
    _description = "Money That Came and Went"

    def _moved(self, forecast, start, end):
        """Return what moved from ``start`` to ``end``, in the forecast's currency.

        :return: ``[{date, amount, at_plan_rate, keys, partner_id, label, move_id}]``; ``keys``
            names the document and what it came from, the nearest first; nothing for money without
            a document
        """
        self.env.flush_all()  # what was just booked counts
        companies = forecast.company_ids
        money = self._liquidity(companies, start, end)
        parts = defaultdict(list)
        if money:
            for part in self._settled(tuple({row["move_id"] for row in money})):
                parts[part["move_id"]].append(part)
        documents = self._documents_of(parts)
        rates = self.env["ai.cash.builder"]._rates(forecast)
        found = []
        for row in money:
            found += self._split(forecast, row, parts.get(row["move_id"], ()), documents, rates)
        return found

    def _liquidity(self, companies, start, end):
        """Return the entries on bank and cash accounts, one row an entry and company."""
        return self._rows(
            SQL(
                """
                SELECT l.move_id, l.date, l.company_id, m.name AS label, l.currency_id,
                       COALESCE(MAX(p.commercial_partner_id), 0) AS partner_id,
                       SUM(l.balance) AS balance, SUM(l.amount_currency) AS amount
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  LEFT JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.account_id IN (
                           SELECT default_account_id FROM account_journal
                            WHERE type IN ('bank', 'cash', 'credit')
                              AND NOT COALESCE(ai_cash_restricted, FALSE))
                   AND l.parent_state = 'posted' AND l.date >= %(start)s AND l.date <= %(end)s
                   AND %(scope)s
                 GROUP BY l.move_id, l.date, l.company_id, m.name, l.currency_id
                HAVING SUM(l.balance) <> 0
                 ORDER BY l.date, l.move_id
                """,
                start=start,
                end=end,
                scope=self._scope("l", companies),
            )
        )

    def _settled(self, move_ids):
        """Return what other lines of these entries settle, also through a payment."""
        return self._rows(
            SQL(
                """
                WITH direct AS (
                    SELECT x.move_id, y.id, y.move_id AS document_id, y.payment_id,
                           CASE WHEN r.credit_move_id = x.id THEN r.amount ELSE -r.amount END
                               AS balance,
                           CASE WHEN r.credit_move_id = x.id THEN r.debit_amount_currency
                                ELSE -r.credit_amount_currency END AS amount
                      FROM account_move_line x
                      JOIN account_partial_reconcile r
                        ON r.debit_move_id = x.id OR r.credit_move_id = x.id
                      JOIN account_move_line y ON y.id = CASE WHEN r.debit_move_id = x.id
                           THEN r.credit_move_id ELSE r.debit_move_id END
                     WHERE x.move_id IN %(moves)s AND x.move_id <> y.move_id
                )
                SELECT d.move_id, d.id, d.document_id, y.currency_id, d.balance, d.amount,
                       0 AS way
                  FROM direct d JOIN account_move_line y ON y.id = d.id
                UNION ALL
                SELECT d.move_id, z.id, z.move_id, z.currency_id,
                       SIGN(d.balance) * r.amount,
                       SIGN(d.balance) * CASE WHEN r.debit_move_id = z.id
                           THEN r.debit_amount_currency ELSE r.credit_amount_currency END, d.id
                  FROM direct d
                  JOIN account_move_line w ON w.move_id = d.document_id AND w.id <> d.id
                  JOIN account_partial_reconcile r
                    ON r.debit_move_id = w.id OR r.credit_move_id = w.id
                  JOIN account_move_line z ON z.id = CASE WHEN r.debit_move_id = w.id
                       THEN r.credit_move_id ELSE r.debit_move_id END
                 WHERE d.payment_id IS NOT NULL
                """,
                moves=move_ids,
            )
        )

    def _documents_of(self, parts):
        """Return ``{invoice or bill: keys of the orders it came from}``."""
        ids = {part["document_id"] for own in parts.values() for part in own}
        if not ids:
            return {}
        rows = self._rows(
            SQL(
                """
                SELECT i.move_id, 'sale.order:' || s.order_id AS key FROM account_move_line i
                  JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = i.id
                  JOIN sale_order_line s ON s.id = r.order_line_id WHERE i.move_id IN %(ids)s
                UNION
                SELECT i.move_id, 'purchase.order:' || p.order_id FROM account_move_line i
                  JOIN purchase_order_line p ON p.id = i.purchase_line_id
                 WHERE i.move_id IN %(ids)s
                """,
                ids=tuple(ids),
            )
        )
        orders = defaultdict(list)
        for row in rows:
            orders[row["move_id"]].append(row["key"])
        return orders

    def _split(self, forecast, row, parts, orders, rates):
        """Return an entry's money by document, and the rest without one."""
        company = self.env["res.company"].browse(row["company_id"]).sudo()  # its currency
        into = rates(company.currency_id.id, company.id)
        home = forecast.currency_id
        left, found = _decimal(row["balance"]), []
        through = {part["way"] for part in parts if part["way"]}
        base = {"date": row["date"], "partner_id": row["partner_id"], "label": row["label"]}
        base["move_id"] = row["move_id"]
        for part in parts:
            if part["id"] in through:
                continue  # told by the documents behind the payment
            amount = _decimal(part["balance"])
            if abs(amount) > abs(left) or amount * left <= 0:
                amount = left if amount * left > 0 else Decimal(0)
            if not amount:
                continue
            whole = _decimal(part["balance"])
            plan = _decimal(part["amount"]) * amount / whole
            at_plan = float(plan) * rates(part["currency_id"], row["company_id"])
            keys = [f"line:{part['id']}"]
            keys += [f"line:{part['way']}"] if part["way"] else []
            keys += orders.get(part["document_id"], [])
            found.append(
                {
                    **base,
                    "amount": _decimal(home.round(float(amount) * into)),
                    "at_plan_rate": _decimal(home.round(at_plan)),
                    "keys": keys,
                    "document_id": part["document_id"],
                }
            )
            left -= amount
        if left:
            rest = _decimal(home.round(float(left) * into))
            own = {"amount": rest, "at_plan_rate": rest, "keys": [], "document_id": None}
            found.append({**base, **own})
        return found
