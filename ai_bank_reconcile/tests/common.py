from contextlib import contextmanager

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class BankMatchCommon(AccountTestInvoicingCommon):
    """A company with customers, open invoices and a bank journal; people in each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.company_data["default_journal_bank"]
        cls.company = cls.company_data["company"]
        cls.azure = cls.env["res.partner"].create({"name": "Azure Interior"})
        cls.wood = cls.env["res.partner"].create({"name": "Wood Corner GmbH"})
        cls.task = cls.env["ai.finance.task.type"]._get("bank.match")
        cls.policy = cls.env["ai.finance.policy"].search(
            [("task_id", "=", cls.task.id), ("company_id", "=", cls.company.id)]
        )
        cls.service = cls.env.ref("ai_audit_log.user_service")
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        bank_user = "ai_bank_reconcile.group_bank_user"
        cls.clerk = new_test_user(cls.env, "clerk", bank_user, **own)
        cls.approver = new_test_user(
            cls.env, "approver", f"{bank_user},ai_audit_log.group_ai_approver", **own
        )
        cls.auditor = new_test_user(cls.env, "auditor", "ai_audit_log.group_ai_auditor", **own)
        cls.manager = new_test_user(cls.env, "manager", "ai_audit_log.group_ai_manager", **own)

    @classmethod
    def invoice(cls, partner, amount, move_type="out_invoice", date="2026-03-02", **values):
        """Return a posted document of one line without tax."""
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": date,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Goods", "quantity": 1, "price_unit": amount, "tax_ids": []}
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def bank_line(cls, label, amount, date="2026-03-20", **values):
        """Return a bank line; no queue row, unless the test is about that."""
        return (
            cls.env["account.bank.statement.line"]
            .with_context(ai_no_suggestions=True)
            .create(
                {
                    "journal_id": cls.bank.id,
                    "date": date,
                    "payment_ref": label,
                    "amount": amount,
                    **values,
                }
            )
            .with_context(ai_no_suggestions=False)
        )

    @classmethod
    def suggestion(cls, line):
        """Suggest for ``line`` and return the live log row."""
        line.action_ai_suggest()
        return line.ai_suggestion_id

    def open_item(self, move):
        """Return the receivable or payable item of a document."""
        return move.line_ids.filtered(
            lambda item: item.account_type in ("asset_receivable", "liability_payable")
        )

    def books(self):
        """Return what undo must restore: balances by account, partner, currency; open documents."""
        self.env.flush_all()
        balances = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("parent_state", "=", "posted")],
            ["account_id", "partner_id", "currency_id"],
            ["balance:sum", "amount_currency:sum"],
        )
        moves = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "!=", "entry")]
        )
        lines = self.env["account.bank.statement.line"].search(
            [("company_id", "=", self.company.id)]
        )
        return (
            {row[:3]: row[3:] for row in balances if any(row[3:])},
            {move: (move.payment_state, move.amount_residual) for move in moves},
            {line: (line.is_reconciled, line.amount_residual, line.partner_id) for line in lines},
        )

    @contextmanager
    def locked_until(self, date):
        """Lock the books up to ``date``, as a closed year would."""
        self.company.sudo().write({"fiscalyear_lock_date": fields.Date.to_date(date)})
        try:
            yield
        finally:
            self.company.sudo().write({"fiscalyear_lock_date": False})
