import threading
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.ai_finance_engine.coding.books import up_to_date

from ..engine.revenue_account import ENOUGH, RevenueLine, changes, coded

TASK = "invoice.account"
#: Posted lines a company's model is learned from, the newest.
MOST = 5_000
#: Changes whenever an invoice is posted, taken back or booked elsewhere.
_MARK = ["__count", "id:max", "write_date:max"]
_lock = threading.RLock()


class AiRevenueCoding(models.AbstractModel):
    """What posted customer invoices say about the revenue account of a line.

    The books themselves are the memory. Learned by scheduled actions alone, kept by company for
    the life of the registry.
    """

    _name = "ai.revenue.coding"
    _description = "Revenue Accounts from History"

    @api.model
    def _suggest(self, moves):
        """Queue the drafts that are to get a suggestion they have not had yet."""
        by_move = {}
        for change in self._changes(moves):
            by_move.setdefault(change.line.move_id, []).append(change)
        if not by_move:
            return
        drafts = moves.browse(by_move)
        handler = self.env["ai.finance.task.type"]._get(TASK)._handler()
        proposals = {move: handler._proposal(by_move[move.id]) for move in drafts}
        checksums = handler._checksum(proposals)
        # The queue is the kernel's: what was decided on is not queued every night again.
        known = (
            self.env["ai.audit.log"]
            .sudo()
            ._read_group(
                [("task_code", "=", TASK), ("res_id", "in", drafts.ids), ("state", "!=", "failed")],
                ["res_id", "input_checksum"],
            )
        )
        seen = set(known)
        news = drafts.filtered(lambda move: (move.id, checksums[move]) not in seen)
        if news:
            self.env["ai.finance.outbox"]._enqueue(TASK, news, "cron")

    @api.model
    def _changes(self, moves):
        """Return the :class:`Change` s for drafts of customer invoices, any company."""
        found = []
        for company, group in moves.grouped("company_id").items():
            lines = group.invoice_line_ids.filtered(self._is_open)
            # With full rights: one model for all, it must not depend on who asked first.
            history = self.sudo().with_company(company)
            learned = history._model(company)
            if not lines or len(learned.places) < ENOUGH:
                continue
            new = [self._line(line) for line in lines]
            with _lock:
                choices = learned.model.predict([coded(line, posted=False) for line in new])
            accounts = {choice.account for offered in choices for choice in offered}
            usable = history._usable(company, accounts)
            found += changes(new, choices, usable, self._refused(group))
        return found

    def _is_open(self, line):
        return (
            line.display_type == "product"
            and line.move_id.state == "draft"
            and line.account_id.internal_group == "income"
            and not any(line.sale_line_ids.mapped("is_downpayment"))
        )

    def _usable(self, company, account_ids):
        Account = self.env["account.account"]
        domain = Account._check_company_domain(company)
        return Account.search(
            [*domain, ("id", "in", list(account_ids)), ("internal_group", "=", "income")]
        ).ids

    def _refused(self, moves):
        """Return ``{move id: accounts}`` of suggestions that were flagged as wrong."""
        logs = self.env["ai.audit.log"].sudo()
        flagged = logs.search(
            [("task_code", "=", TASK), ("res_id", "in", moves.ids), ("flagged", "=", True)]
        )
        refused = {}
        for log in flagged:
            accounts = {part["account_id"] for part in log.proposal["lines"]}
            refused.setdefault(log.res_id, set()).update(accounts)
        return refused

    # ------------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------------

    def _model(self, company):
        """Return what was learned of ``company``, brought up to date with its books."""
        kept = vars(self.env.registry).setdefault("_ai_revenue_coding", {})
        domain = self._domain(company)
        [mark] = self.env["account.move.line"]._read_group(domain, [], _MARK)
        with _lock:
            known = kept.get(company.id)
            if not known or known.mark != mark:
                rows = self.env["account.move.line"].search_fetch(
                    domain, ["account_id"], order="id desc", limit=MOST
                )
                places = {line.id: line.account_id.id for line in rows}
                kept[company.id] = up_to_date(known, mark, places, self._history)
            return kept[company.id]

    def _domain(self, company):
        return (
            Domain("company_id", "=", company.id)
            & Domain("parent_state", "=", "posted")
            & Domain("move_id.move_type", "in", ("out_invoice", "out_refund"))
            & Domain("display_type", "=", "product")
            & Domain("account_id.internal_group", "=", "income")
        )

    def _history(self, line_ids):
        lines = self.env["account.move.line"].browse(line_ids)
        ordered = lines.sorted(lambda line: (line.date, line.id))
        return [coded(self._line(line), posted=True) for line in ordered]

    def _line(self, line):
        move = line.move_id
        amount = -Decimal(str(line.balance))
        return RevenueLine(
            id=line.id,
            move_id=move.id,
            text=(line.name or line.product_id.name or "").partition("\n")[0],
            amount=amount,
            account_id=line.account_id.id,
            date=(move.invoice_date or move.date).isoformat(),
            product_id=line.product_id.id or None,
            category_id=line.product_id.categ_id.id or None,
            customer_id=move.commercial_partner_id.id or None,
            position_id=move.fiscal_position_id.id or None,
            invoice=move.name or "",
        )
