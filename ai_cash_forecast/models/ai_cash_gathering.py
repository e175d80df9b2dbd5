from datetime import date, timedelta
from decimal import Decimal

from odoo import models

from ..engine.cashflow import Document, Expected, InBank, Item, net

HORIZON = 98  # days: thirteen weeks from Monday to Sunday and ninety days are inside


def _decimal(value):
    return Decimal(str(value or 0))


class AiCashGathering(models.AbstractModel):
    """Brings the sources together and takes away what is counted twice."""

    _name = "ai.cash.gathering"
    _inherit = "ai.cash.sources"
    _description = "What a Cash Forecast Is Made Of"

    def _gather(self, companies, as_of, known, live, history):
        """Return ``(Netted, facts)`` of what is to come.

        :param as_of: first day of the forecast
        :param known: last day whose entries count
        :param live: for today; else as it was on a day of the past
        :param history: documents of the past, see ``ai.cash.history``
        :return: facts is a dict of ``in_bank`` rows and ``intercompany`` partners
        """
        inside = self._intercompany(companies)
        items = self._items(companies, known, live, inside)
        by_line = {one.record[1]: one for one in items if one.record[0] == "account.move.line"}
        bank_rows = self.env["ai.cash.sources.bank"]._in_bank(companies, known, by_line)
        money = [one for _row, one in bank_rows]
        payments, paid = self._entryless(companies, known, items)
        orders = []
        if company_orders := companies.filtered("ai_cash_orders"):
            drafts = live and all(company_orders.mapped("ai_cash_drafts"))
            orders = self.env["ai.cash.sources.orders"]._orders(company_orders, known, drafts, live)
            orders = [one for one in orders if one.partner not in inside]
        expected = self._expected(companies, as_of)
        documents = self._recent(history, as_of) if expected else ()
        netted = net([*items, *payments], orders, [*money, *paid], expected, documents)
        facts = {"in_bank": bank_rows, "intercompany": inside}
        return netted, facts

    def _intercompany(self, companies):
        """Return partners that are companies of the forecast itself, where there are several."""
        return set(companies.partner_id.ids) if len(companies) > 1 else set()

    # ------------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------------

    def _items(self, companies, known, live, inside):
        rows = [(row, "") for row in self._open_items(companies, known, live)]
        if live and (drafting := companies.filtered("ai_cash_drafts")):
            rows += [(row, "draft_") for row in self._draft_items(drafting)]
        found = [self._item(row, prefix) for row, prefix in rows if row["partner_id"] not in inside]
        return found + [self._on_way(row) for row in self._on_its_way(companies, known)]

    def _item(self, row, prefix):
        account = row.get("account_type")
        sales = row["move_type"] in ("out_invoice", "out_refund")
        incoming = account == "asset_receivable" if account else sales
        return Item(
            key=f"line:{row['id']}",
            kind=prefix + ("invoice" if incoming else "bill"),
            ledger="in" if incoming else "out",
            partner=row["partner_id"],
            company=row["company_id"],
            currency=row["currency_id"],
            amount=_decimal(row["amount"]),
            due=max(row["due"], row["posted"]),
            posted=row["posted"],
            terms=str(row["term_id"] or ""),
            label=row["label"] or "",
            record=("account.move.line", row["id"]),
            blocked=bool(row["blocked"]),
        )

    def _on_way(self, row):
        return Item(
            key=f"line:{row['id']}",
            kind="transfer" if row["own"] else "outstanding_payment",
            ledger="bank",
            partner=row["partner_id"],
            company=row["company_id"],
            currency=row["currency_id"],
            amount=_decimal(row["amount"]),
            due=row["posted"],
            posted=row["posted"],
            label=row["label"] or "",
            record=("account.move.line", row["id"]),
        )

    def _entryless(self, companies, known, items):
        """Return payments without an entry: as items of their own, and what they take off."""
        rows = self._payments_without_entry(companies, known)
        moves = {}
        if rows:
            lines = self._move_of([one.record[1] for one in items if one.ledger != "bank"])
            for one in sorted(items, key=lambda item: (item.due, item.key)):
                moves.setdefault(lines.get(one.record[1]), []).append(one)
        payments, paid = [], []
        for row in rows:
            amount = _decimal(row["amount"])
            base = {name: row[f"{name}_id"] for name in ("partner", "company", "currency")}
            takes, left = {}, amount
            for one in [item for move in row["move_ids"] for item in moves.get(move, ())]:
                if one.currency == base["currency"] and one.amount * left > 0:
                    takes[one.key] = one.amount if abs(one.amount) <= abs(left) else left
                    left -= takes[one.key]
            key = f"payment:{row['id']}"
            paid.append(InBank(key=f"{key}:takes", amount=amount, takes=takes, **base))
            payments.append(
                Item(
                    key=key,
                    kind="outstanding_payment",
                    ledger="sent",  # what it pays is taken off by itself, it is not netted again
                    amount=amount,
                    due=row["posted"],
                    posted=row["posted"],
                    label=row["label"] or "",
                    record=("account.payment", row["id"]),
                    **base,
                )
            )
        return payments, paid

    def _move_of(self, line_ids):
        lines = self.env["account.move.line"].sudo().browse(line_ids)  # amounts of all users
        return {line.id: line.move_id.id for line in lines}

    # ------------------------------------------------------------------
    # Entered by hand
    # ------------------------------------------------------------------

    def _expected(self, companies, as_of):
        """Return manual and recurring lines and days of payroll and taxes, day by day."""
        end = as_of + timedelta(days=HORIZON)
        own = [("company_id", "in", companies.ids)]
        # The forecast adds up the companies, whoever looks at it.
        manual = self.env["ai.cash.manual.line"].sudo().search(own)
        found = [
            Expected(
                key=f"manual:{line.id}:{day}",
                kind=line.kind,
                partner=line.partner_id.commercial_partner_id.id or 0,
                company=line.company_id.id,
                currency=line.currency_id.id,
                amount=_decimal(line.amount),
                day=day,
                tolerance=_decimal(line.tolerance_percent) / 100,
                window=line.window_days,
                probability=line.probability,
                label=line.name,
                record=(line._name, line.id),
            )
            for line, day in manual._occurrences(as_of, end)
            if line.kind == "recurring" or line.move_id.state != "posted"
        ]
        return found + self._calendars(own, as_of, end)

    def _calendars(self, own, as_of, end):
        found = []
        for rule in self.env["ai.cash.calendar"].sudo().search(own):  # as above
            for number, day in enumerate(rule._dates(as_of, end)):
                found.append(
                    Expected(
                        key=f"calendar:{rule.id}:{day}",
                        kind=rule.kind,
                        partner=0,
                        company=rule.company_id.id,
                        currency=rule.currency_id.id,
                        amount=-_decimal(self._owed(rule) if not number else rule.amount),
                        day=day,
                        label=rule.name,
                        record=(rule._name, rule.id),
                    )
                )
        return [one for one in found if one.amount]

    def _owed(self, rule):
        """Return what goes out on the next day of a calendar."""
        if not rule.from_accounts:
            return rule.amount
        domain = [("account_id", "in", rule.account_ids.ids), ("parent_state", "=", "posted")]
        domain += [("company_id", "=", rule.company_id.id)]
        ((balance,),) = rule.env["account.move.line"]._read_group(domain, [], ["balance:sum"])
        return max(-balance, 0)

    def _recent(self, history, as_of):
        """Return documents and money of the last weeks that may stand for an expected line.

        What is still open comes with the flows; this is what was paid.
        """
        early = as_of - timedelta(days=62)
        return [
            Document(
                partner=row["partner_id"],
                company=row["company_id"],
                currency=row["currency_id"],
                amount=_decimal(row["amount"]),
                day=max(row["due"], row["posted"]),
            )
            for row in history
            if row["reconciled"] and (row["paid"] or date.min) >= early
        ]
