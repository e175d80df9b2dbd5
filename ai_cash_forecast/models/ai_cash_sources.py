from odoo import models
from odoo.tools import SQL


class AiCashSources(models.AbstractModel):
    """Reads what a forecast is made of, one query a source, as it was known on a day.

    It reads past record rules on purpose: a forecast adds up a company, whoever looks at it, and
    shows amounts and names; opening a document takes the right on it.
    """

    _name = "ai.cash.sources"
    _description = "Sources of the Cash Forecast"

    def _rows(self, query):
        return self.env.execute_query_dict(query)

    def _scope(self, alias, companies):
        return SQL("%s IN %s", SQL.identifier(alias, "company_id"), tuple(companies.ids))

    # ------------------------------------------------------------------
    # Balances
    # ------------------------------------------------------------------

    def _balances(self, companies, known):
        """Return what is in each bank and cash account at the end of a day, by currency."""
        return self._rows(
            SQL(
                """
                SELECT j.id AS journal_id, j.name->>%(lang)s AS name_lang,
                       j.name->>'en_US' AS name, l.company_id, l.currency_id,
                       SUM(l.amount_currency) AS amount
                  FROM account_journal j
                  JOIN account_move_line l ON l.account_id = j.default_account_id
                 WHERE j.type IN ('bank', 'cash', 'credit')
                   AND NOT COALESCE(j.ai_cash_restricted, FALSE)
                   AND l.parent_state = 'posted' AND l.date <= %(known)s AND %(scope)s
                 GROUP BY j.id, l.company_id, l.currency_id
                 ORDER BY j.id, l.currency_id
                """,
                lang=self.env.lang or "en_US",
                known=known,
                scope=self._scope("l", companies),
            )
        )

    def _balance_history(self, companies, start, known):
        """Return the change of bank and cash balances by day and currency since ``start``."""
        return self._rows(
            SQL(
                """
                SELECT l.date, l.company_id, l.currency_id, SUM(l.amount_currency) AS amount
                  FROM account_move_line l
                 WHERE l.account_id IN (
                           SELECT default_account_id FROM account_journal
                            WHERE type IN ('bank', 'cash', 'credit')
                              AND NOT COALESCE(ai_cash_restricted, FALSE))
                   AND l.parent_state = 'posted' AND l.date > %(start)s AND l.date <= %(known)s
                   AND %(scope)s
                 GROUP BY l.date, l.company_id, l.currency_id
                """,
                start=start,
                known=known,
                scope=self._scope("l", companies),
            )
        )

    # ------------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------------

    def _residual(self, known):
        """Return the open amount of ``l`` at the end of a day, in its currency.

        What was reconciled later is open again; of what is reconciled the later date counts.
        """
        return SQL(
            """
            l.amount_residual_currency
            + COALESCE((SELECT SUM(p.debit_amount_currency) FROM account_partial_reconcile p
                         WHERE p.debit_move_id = l.id AND p.max_date > %(known)s), 0)
            - COALESCE((SELECT SUM(p.credit_amount_currency) FROM account_partial_reconcile p
                         WHERE p.credit_move_id = l.id AND p.max_date > %(known)s), 0)
            """,
            known=known,
        )

    def _maybe_open(self, known):
        """Return what a line fulfils that may be open at the end of a day."""
        return SQL(
            """
            (NOT COALESCE(l.reconciled, FALSE) OR l.id IN (
                SELECT p.debit_move_id FROM account_partial_reconcile p
                 WHERE p.max_date > %(known)s
                UNION ALL
                SELECT p.credit_move_id FROM account_partial_reconcile p
                 WHERE p.max_date > %(known)s))
            """,
            known=known,
        )

    def _open_items(self, companies, known, live):
        """Return open receivable and payable items by instalment.

        :param live: for today; an invoice posted for a later day counts
        """
        return self._rows(
            SQL(
                """
                SELECT * FROM (
                    SELECT l.id, l.move_id, m.move_type, m.name AS label,
                           COALESCE(p.commercial_partner_id, 0) AS partner_id,
                           l.company_id, l.currency_id, a.account_type,
                           COALESCE(l.date_maturity, l.date) AS due,
                           COALESCE(m.invoice_date, l.date) AS posted,
                           COALESCE(m.invoice_payment_term_id, 0) AS term_id,
                           m.payment_state = 'blocked' AS blocked,
                           %(residual)s AS amount
                      FROM account_move_line l
                      JOIN account_move m ON m.id = l.move_id
                      JOIN account_account a ON a.id = l.account_id
                      LEFT JOIN res_partner p ON p.id = l.partner_id
                     WHERE a.account_type IN ('asset_receivable', 'liability_payable')
                       AND l.parent_state = 'posted'
                       AND (l.date <= %(known)s OR (%(live)s AND m.move_type <> 'entry'))
                       AND %(open)s AND %(scope)s
                ) items
                WHERE ABS(amount) > 0.0000001
                """,
                residual=self._residual(known),
                known=known,
                live=live,
                open=self._maybe_open(known),
                scope=self._scope("l", companies),
            )
        )

    def _draft_items(self, companies):
        """Return instalments of draft invoices and bills."""
        return self._rows(
            SQL(
                """
                SELECT l.id, l.move_id, m.move_type, m.name AS label,
                       COALESCE(p.commercial_partner_id, 0) AS partner_id,
                       l.company_id, l.currency_id,
                       COALESCE(l.date_maturity, m.invoice_date, CURRENT_DATE) AS due,
                       COALESCE(m.invoice_date, m.date, CURRENT_DATE) AS posted,
                       COALESCE(m.invoice_payment_term_id, 0) AS term_id,
                       FALSE AS blocked, l.amount_currency AS amount
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  LEFT JOIN res_partner p ON p.id = l.partner_id
                 WHERE m.state = 'draft' AND l.display_type = 'payment_term'
                   AND m.move_type IN ('out_invoice', 'out_refund', 'in_invoice', 'in_refund')
                   AND l.amount_currency <> 0 AND %(scope)s
                """,
                scope=self._scope("l", companies),
            )
        )

    # ------------------------------------------------------------------
    # Money on its way
    # ------------------------------------------------------------------

    def _on_its_way(self, companies, known):
        """Return what is open on outstanding payment accounts and between own accounts."""
        return self._rows(
            SQL(
                """
                WITH accounts AS (
                    SELECT m.payment_account_id AS id, FALSE AS own
                      FROM account_payment_method_line m WHERE m.payment_account_id IS NOT NULL
                    UNION
                    SELECT outstanding_account_id, FALSE FROM account_payment
                     WHERE outstanding_account_id IS NOT NULL
                    UNION
                    SELECT transfer_account_id, TRUE FROM res_company
                     WHERE transfer_account_id IS NOT NULL
                )
                SELECT * FROM (
                    SELECT l.id, l.move_id, m.name AS label, bool_or(accounts.own) AS own,
                           COALESCE(p.commercial_partner_id, 0) AS partner_id,
                           l.company_id, l.currency_id, l.date AS posted, l.payment_id,
                           %(residual)s AS amount
                      FROM account_move_line l
                      JOIN accounts ON accounts.id = l.account_id
                      JOIN account_account a ON a.id = l.account_id
                      JOIN account_move m ON m.id = l.move_id
                      LEFT JOIN res_partner p ON p.id = l.partner_id
                     WHERE l.parent_state = 'posted' AND l.date <= %(known)s
                       AND a.account_type NOT IN
                           ('asset_cash', 'liability_credit_card', 'asset_receivable',
                            'liability_payable')
                       AND %(open)s AND %(scope)s
                     GROUP BY l.id, m.id, p.id
                ) items
                WHERE ABS(amount) > 0.0000001
                """,
                residual=self._residual(known),
                known=known,
                open=self._maybe_open(known),
                scope=self._scope("l", companies),
            )
        )

    def _payments_without_entry(self, companies, known):
        """Return payments that were sent but have no entry, with the open items they pay."""
        return self._rows(
            SQL(
                """
                SELECT p.id, p.name AS label, p.date AS posted, p.company_id, p.currency_id,
                       COALESCE(c.commercial_partner_id, 0) AS partner_id,
                       CASE WHEN p.payment_type = 'inbound' THEN p.amount ELSE -p.amount END
                           AS amount,
                       ARRAY(SELECT r.invoice_id FROM account_move__account_payment r
                              WHERE r.payment_id = p.id) AS move_ids
                  FROM account_payment p
                  LEFT JOIN res_partner c ON c.id = p.partner_id
                 WHERE p.state = 'in_process' AND p.move_id IS NULL
                   AND p.date <= %(known)s AND %(scope)s
                """,
                known=known,
                scope=self._scope("p", companies),
            )
        )

    def _clearing_lags(self, companies, known):
        """Return ``{(company, incoming): days payments took to reach the bank}``, a sample."""
        rows = self._rows(
            SQL(
                """
                SELECT company_id, incoming, ARRAY_AGG(lag) AS lags FROM (
                    SELECT l.company_id, l.balance > 0 AS incoming,
                           LEAST(GREATEST(p.max_date - l.date, 0), 60) AS lag
                      FROM account_move_line l
                      JOIN account_payment pay ON pay.id = l.payment_id
                      JOIN account_partial_reconcile p
                        ON p.debit_move_id = l.id OR p.credit_move_id = l.id
                     WHERE l.account_id = pay.outstanding_account_id
                       AND l.parent_state = 'posted' AND p.max_date <= %(known)s
                       AND l.date > %(known)s::date - 365 AND %(scope)s
                     ORDER BY l.date DESC LIMIT 2000
                ) lags GROUP BY company_id, incoming
                """,
                known=known,
                scope=self._scope("l", companies),
            )
        )
        return {(row["company_id"], row["incoming"]): sorted(row["lags"]) for row in rows}
