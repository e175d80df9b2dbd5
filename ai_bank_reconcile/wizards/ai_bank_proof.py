import base64

from odoo import api, fields, models
from odoo.tools import groupby

from ..engine.statement_proof import KINDS, totals
from ..reports.proof_workbook import proof_workbook

#: So many items of a kind are named one by one; the rest of them is one row.
DETAILS = 1000


class AiBankProof(models.TransientModel):
    """Shows that the balance the bank says is that of the books, and what lies between them."""

    _name = "ai.bank.proof"
    _description = "Bank Balance Proof"

    journal_id = fields.Many2one(
        "account.journal",
        "Bank",
        required=True,
        default=lambda self: self.env["ai.bank.statement.import"]._default_journal(),
        domain="[('type', 'in', ('bank', 'credit'))]",
    )
    company_id = fields.Many2one(related="journal_id.company_id", store=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", store=True)
    date = fields.Date("As Of", required=True, default=fields.Date.context_today)
    proved_on = fields.Datetime(readonly=True)
    statement_id = fields.Many2one("account.bank.statement", "Last Statement", readonly=True)
    statement_date = fields.Date("Ends On", related="statement_id.date")
    balance_bank = fields.Monetary("Balance of the Bank", readonly=True)
    balance_ledger = fields.Monetary("Bank Account in the Ledger", readonly=True)
    balance_outstanding = fields.Monetary("Outstanding Receipts and Payments", readonly=True)
    balance_suspense = fields.Monetary("Bank Lines Not Matched", readonly=True)
    balance_books = fields.Monetary("Cash in the Books", readonly=True)
    difference = fields.Monetary(readonly=True)
    explained = fields.Monetary(readonly=True)
    unexplained = fields.Monetary(readonly=True)
    is_proved = fields.Boolean(readonly=True)
    sum_ids = fields.One2many("ai.bank.proof.line", "proof_id", domain=[("is_sum", "=", True)])
    detail_ids = fields.One2many("ai.bank.proof.line", "proof_id", domain=[("is_sum", "=", False)])
    workbook = fields.Binary(compute="_compute_workbook")

    @api.depends("journal_id")
    def _compute_currency_id(self):
        for proof in self:
            journal = proof.journal_id
            proof.currency_id = journal.currency_id or journal.company_id.currency_id

    @api.depends("journal_id", "date")
    def _compute_display_name(self):
        for proof in self:
            proof.display_name = self.env._("Balance Proof %s", proof.journal_id.name)

    @api.onchange("journal_id", "date")
    def _onchange_forget(self):
        """What is shown belongs to another bank or day."""
        self.proved_on = False

    # ------------------------------------------------------------------
    # Proof
    # ------------------------------------------------------------------

    def action_prove(self):
        """Read the figures of bank and books as they are now."""
        for proof in self:
            self.env["ai.bank.statement.import"]._check_chosen(proof.journal_id)
            figures, statement = self.env["ai.bank.proof.reader"]._read(
                proof.journal_id, proof.date
            )
            self.env["ai.bank.proof.line"].search([("proof_id", "=", proof.id)]).unlink()
            proof.write(
                {
                    "proved_on": fields.Datetime.now(),
                    "statement_id": statement,
                    "balance_bank": float(figures.bank),
                    "balance_ledger": float(figures.ledger),
                    "balance_outstanding": float(figures.outstanding),
                    "balance_suspense": float(figures.suspense),
                    "balance_books": float(figures.books),
                    "difference": float(figures.difference),
                    "explained": float(figures.explained),
                    "unexplained": float(figures.unexplained),
                    "is_proved": bool(statement) and not figures.unexplained,
                }
            )
            self.env["ai.bank.proof.line"].create(proof._line_values(figures.items))
        return True

    def _line_values(self, items):
        """Return the values of the lines: for each kind its sum, then its items."""
        order = {kind: at for at, kind in enumerate(KINDS)}
        items = sorted(items, key=lambda item: order[item.kind])
        values = []
        for kind, group in groupby(items, key=lambda item: item.kind):
            count, amount = totals(group)[kind]
            base = {"proof_id": self.id, "kind": kind, "sequence": order[kind]}
            records = [item.record[1] for item in group]
            model = group[0].record[0]
            of_kind = {"is_sum": True, "count": count, "amount": float(amount)}
            values.append({**base, **of_kind, "res_model": model, "res_ids": records})
            values += [{**base, **self._item_values(item)} for item in group[:DETAILS]]
            if count > DETAILS:
                rest = sum(item.amount for item in group[DETAILS:])
                label = self.env._("and %s more", count - DETAILS)
                more = {"label": label, "res_model": model, "res_ids": records[DETAILS:]}
                values.append({**base, **more, "amount": float(rest)})
        return values

    def _item_values(self, item):
        return {
            "label": item.label,
            "date": item.date,
            "partner": item.partner,
            "amount": float(item.amount),
            "res_model": item.record[0],
            "res_ids": [item.record[1]],
        }

    @api.model
    def action_open_new(self):
        """Prove the bank of the company as of today and show the result."""
        journal = self.env["account.journal"].browse(self.env.context.get("default_journal_id"))
        proof = self.create({"journal_id": journal.id} if journal else {})
        proof.action_prove()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prove the Balance"),
            "res_model": self._name,
            "res_id": proof.id,
            "views": [(False, "form")],
            "target": "current",
        }

    # ------------------------------------------------------------------
    # Paper and spreadsheet
    # ------------------------------------------------------------------

    def action_print(self):
        """Print the proof as PDF."""
        if not self.proved_on:
            self.action_prove()
        return self.env.ref("ai_bank_reconcile.report_bank_proof").report_action(self)

    def action_export(self):
        """Download the proof as a spreadsheet."""
        self.ensure_one()
        if not self.proved_on:
            self.action_prove()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/workbook/{self._file_name()}.xlsx"
            "?download=true",
            "target": "download",
        }

    def _file_name(self):
        return f"{self.journal_id.code}-{self.date}"

    def _compute_workbook(self):
        for proof in self:
            proof.workbook = base64.b64encode(proof_workbook(proof))

    def _head_rows(self):
        """Return label and amount of the figures above the explanations, for paper and file."""
        return [
            (self.env._("Bank account %s in the ledger", self.journal_id.default_account_id.code),
             self.balance_ledger),
            (self.env._("Outstanding receipts and payments"), self.balance_outstanding),
            (self.env._("Bank lines not matched"), self.balance_suspense),
            (self.env._("Cash in the books"), self.balance_books),
            (self.env._("Balance of the bank"), self.balance_bank),
            (self.env._("Difference"), self.difference),
        ]  # fmt: skip
