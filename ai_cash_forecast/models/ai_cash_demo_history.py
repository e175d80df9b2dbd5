from collections import defaultdict
from datetime import timedelta

from odoo import Command, api, fields, models

from ..demo.history import MONTHS, make_history, owners

#: So many documents or bank lines at a time: more of them is not faster.
BATCH = 100
LABEL = "Operating Account"
CODE = "OPA"


class AiCashDemoHistory(models.AbstractModel):
    """Books eighteen months of invoices, bills and bank lines of the demo company."""

    _name = "ai.cash.demo.history"
    _description = "Demo Cash History"

    @api.model
    def _load(self, company, months=MONTHS):
        """Book the history into a bank journal of its own, once.

        :return: the bank journal; empty where it exists, or without Odoo's demo partners
        """
        # Plain bookings of the past: nothing to suggest, to follow or to track about them.
        demo = self.with_company(company).with_context(
            ai_no_suggestions=True, tracking_disable=True, mail_create_nosubscribe=True
        )
        history = make_history(fields.Date.context_today(self), months)
        partners = demo._partners(history)
        journals = demo.env["account.journal"]
        if not partners or journals.search_count(
            [("company_id", "=", company.id), ("code", "=", CODE)]
        ):
            return journals
        journal = journals.create(
            {"name": LABEL, "code": CODE, "type": "bank", "company_id": company.id}
        )
        documents = [one for one in history.documents if one.partner in partners]
        moves = demo._documents(journal, documents, partners)
        demo._payments(journal, list(zip(documents, moves, strict=True)), history.regular)
        return journal

    def _partners(self, history):
        """Return ``{XML id: partner}`` of those there are."""
        names = {one.partner for one in history.documents}
        partners = {name: self.env.ref(name, raise_if_not_found=False) for name in names}
        return {name: partner for name, partner in partners.items() if partner}

    def _documents(self, journal, documents, partners):
        """Post invoices and bills and return them in the order of ``documents``."""
        # Documents of the past were sent and dealt with: nobody is asked about them any more.
        moves = self.env["account.move"].with_context(ai_no_suggestions=True)
        for at in range(0, len(documents), BATCH):
            part = documents[at : at + BATCH]
            batch = moves.create(
                [self._document_values(journal, one, partners[one.partner]) for one in part]
            )
            batch.action_post()
            batch.filtered(lambda move: move.is_sale_document()).is_move_sent = True
            moves |= batch
        return moves.with_env(self.env)

    def _document_values(self, journal, document, partner):
        return {
            "move_type": "in_invoice" if document.is_bill else "out_invoice",
            "company_id": journal.company_id.id,
            "partner_id": partner.id,
            "currency_id": journal.company_id.currency_id.id,
            "invoice_date": document.date,
            "date": document.date,
            "invoice_payment_term_id": False,
            "invoice_date_due": document.due,
            "ref": document.number or False,
            "invoice_line_ids": [
                Command.create({"name": document.text, "price_unit": document.amount})
            ],
        }

    # ------------------------------------------------------------------
    # Bank lines
    # ------------------------------------------------------------------

    def _payments(self, journal, booked, regular):
        """Book what went over the bank account and reconcile it with the documents it paid."""
        paid = defaultdict(list)
        for document, move in booked:
            if document.paid:
                paid[document.paid, document.partner, document.is_bill].append((document, move))
        rows = [self._payment_row(journal, day, items) for (day, *_rest), items in paid.items()]
        rows += [self._regular_row(journal, one) for one in regular]
        rows += self._owner_rows(journal, rows)
        rows.sort(key=lambda row: (row[0]["date"], row[0]["payment_ref"]))
        for at in range(0, len(rows), BATCH):
            self._book(rows[at : at + BATCH])

    def _book(self, rows):
        # Core takes the counterpart out of the values it is given.
        values = [dict(values) for values, _items in rows]
        lines = self.env["account.bank.statement.line"].create(values)
        plan = []
        for line, (values, items) in zip(lines, rows, strict=True):
            if items:
                account = values["counterpart_account_id"]
                own = line.move_id.line_ids.filtered(lambda one, a=account: one.account_id.id == a)
                plan.append(own | items)
        # No analytic distribution and no foreign currency here: nothing to bring in line.
        items = self.env["account.move.line"]
        items.with_context(skip_analytic_sync=True, skip_invoice_sync=True)._reconcile_plan(plan)

    def _payment_row(self, journal, day, items):
        """Return values of the bank line of one payment, and the items it pays."""
        moves = self.env["account.move"].concat(*(move for _document, move in items))
        terms = moves.line_ids.filtered(lambda line: line.display_type == "payment_term")
        amount = sum(document.share * move.amount_total_signed for document, move in items)
        labels = [move.ref or move.name for move in moves]
        values = {
            **self._line(journal, day, ", ".join(labels), amount),
            "partner_id": moves.partner_id.id,
            "counterpart_account_id": terms.account_id[:1].id,
        }
        return values, terms

    def _regular_row(self, journal, regular):
        account = self._account(journal.company_id, regular.kind)
        values = self._line(journal, regular.date, regular.label, regular.amount)
        return {**values, "counterpart_account_id": account.id}, None

    def _owner_rows(self, journal, rows):
        """Return what the owners paid in at first and took out when there was more than enough."""
        flows = [(values["date"], values["amount"]) for values, _items in rows]
        opening, draw, day = owners(flows, fields.Date.context_today(self))
        account = self._account(journal.company_id, "capital")
        first = min(date for date, _amount in flows) - timedelta(days=1)
        found = [(first, self.env._("Opening balance"), opening)]
        if draw > 0:
            found.append((day, self.env._("Distribution to the owners"), -draw))
        return [
            ({**self._line(journal, *one), "counterpart_account_id": account.id}, None)
            for one in found
        ]

    def _line(self, journal, day, label, amount):
        currency = journal.currency_id or journal.company_id.currency_id
        return {
            "journal_id": journal.id,
            "date": day,
            "payment_ref": label,
            "amount": currency.round(amount),
        }

    def _account(self, company, kind):
        """Return the account for a kind of payment: by the chart's id, else by its type."""
        wanted, kinds = {
            "rent": ("expense_rent", ("expense",)),
            "payroll": ("expense_salary", ("expense",)),
            "vat": ("tax_received", ("liability_current",)),
            "capital": ("capital", ("equity", "equity_unaffected")),
        }[kind]
        account = self.env["account.chart.template"].with_company(company).ref(wanted, False)
        accounts = self.env["account.account"]
        return account or accounts.search(
            [*accounts._check_company_domain(company), ("account_type", "in", kinds)], limit=1
        )
