from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..engine.cashflow import InBank


class AiCashSourcesBank(models.AbstractModel):
    """Reads bank lines that are not matched yet, with what their best suggestion would settle."""

    _name = "ai.cash.sources.bank"
    _inherit = "ai.cash.sources"
    _description = "Unmatched Bank Lines in the Cash Forecast"

    def _unmatched(self, companies, known):
        """Return open bank lines with the part that is not matched, in the journal's currency."""
        return self._rows(
            SQL(
                """
                SELECT s.id, s.company_id, l.currency_id, l.date AS posted,
                       COALESCE(s.payment_ref, m.name) AS label,
                       COALESCE(p.commercial_partner_id, 0) AS partner_id,
                       -SUM(l.amount_currency) AS amount
                  FROM account_bank_statement_line s
                  JOIN account_move m ON m.id = s.move_id
                  JOIN account_journal j ON j.id = s.journal_id
                  JOIN account_move_line l
                    ON l.move_id = m.id AND l.account_id = j.suspense_account_id
                  LEFT JOIN res_partner p ON p.id = s.partner_id
                 WHERE m.state = 'posted' AND NOT COALESCE(s.is_reconciled, FALSE)
                   AND NOT COALESCE(j.ai_cash_restricted, FALSE)
                   AND l.date <= %(known)s AND %(scope)s
                 GROUP BY s.id, m.id, p.id, l.currency_id, l.date
                HAVING SUM(l.amount_currency) <> 0
                """,
                known=known,
                scope=self._scope("s", companies),
            )
        )

    def _best_suggestions(self, line_ids):
        """Return ``{bank line: proposal}`` of the live suggestions, where there are any.

        The task belongs to another addon, which may not be installed.
        """
        if not line_ids or "ai.bank.context" not in self.env:
            return {}
        rows = self._rows(
            SQL(
                """
                SELECT DISTINCT ON (res_id) res_id, proposal FROM ai_audit_log
                 WHERE task_code = 'bank.match' AND res_model = 'account.bank.statement.line'
                   AND state IN ('proposed', 'approved') AND res_id IN %(ids)s
                 ORDER BY res_id, id DESC
                """,
                ids=tuple(line_ids),
            )
        )
        return {row["res_id"]: row["proposal"] or {} for row in rows}

    def _in_bank(self, companies, known, items):
        """Return ``[(row, InBank)]`` of the open bank lines.

        :param items: ``{move line id: Item}`` of what is open
        """
        rows = self._unmatched(companies, known)
        best = self._best_suggestions([row["id"] for row in rows])
        named = self._by_name(items)
        found = []
        for row in rows:
            amount = Decimal(str(row["amount"]))
            proposal = best.get(row["id"], {})
            takes = self._takes(proposal, items)
            if not takes and proposal.get("kind") != "account":
                takes = self._named(row, amount, named)
            one = InBank(
                key=f"bank:{row['id']}",
                partner=row["partner_id"],
                company=row["company_id"],
                currency=row["currency_id"],
                amount=amount,
                takes=takes,
                on_account=proposal.get("kind") != "account",
            )
            found.append((row, one))
        return found

    def _takes(self, proposal, items):
        """Return what a suggestion settles, by key, with the sign of the open item."""
        takes = {}
        if proposal.get("kind") != "match":
            return takes
        for part in proposal.get("counterparts", ()):
            item = items.get(part["move_line_id"])
            if item and not part.get("reopens"):
                amount = abs(Decimal(part.get("item_amount") or part["amount"]))
                takes[item.key] = amount if item.amount > 0 else -amount
        return takes

    def _by_name(self, items):
        """Return ``{document number in capitals: items}``."""
        named = defaultdict(list)
        for item in items.values():
            if len(item.label) >= 5:
                named[item.label.upper()].append(item)
        return named

    def _named(self, row, amount, named):
        """Return what a bank line without suggestion settles by naming documents."""
        words = (row["label"] or "").upper().replace(",", " ").split()
        takes, left = {}, amount
        for item in [item for word in dict.fromkeys(words) for item in named.get(word, ())]:
            same = item.currency == row["currency_id"] and item.company == row["company_id"]
            if same and item.amount * left > 0:
                part = item.amount if abs(item.amount) <= abs(left) else left
                takes[item.key] = part
                left -= part
        return takes
