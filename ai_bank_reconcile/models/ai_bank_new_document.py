from markupsafe import Markup

from odoo import Command, api, models
from odoo.exceptions import UserError

from .ai_bank_split import PARTNER_TYPES, TASK

BILL, EXPENSE = "account.move", "hr.expense"


class AiBankNewDocument(models.AbstractModel):
    """The document that a bank line lacks: a draft bill, credit note or expense made from it.

    One draft a line: whoever asks again gets the same.
    """

    _name = "ai.bank.new.document"
    _description = "Documents Made from Bank Lines"

    @api.model
    def _bill_type(self, line):
        """Return the type of bill that explains ``line``, or False: money in is no bill."""
        if line.is_reconciled or not line.amount:
            return False
        if line.amount < 0:
            return "in_invoice"
        partner = self._partner(line)
        back = partner.supplier_rank and not partner.customer_rank
        return "in_refund" if back else False

    @api.model
    def _has_expense(self, line):
        """Whether an expense can be made of ``line``."""
        return EXPENSE in self.env and line.amount < 0 and not line.is_reconciled

    def _partner(self, line):
        return line.partner_id or line.ai_suggestion_id.partner_id

    # ------------------------------------------------------------------
    # Bills
    # ------------------------------------------------------------------

    @api.model
    def _bill(self, line):
        """Return the draft bill of ``line``, made now or before."""
        line.ensure_one()
        line.check_access("write")
        kind = self._bill_type(line)
        known = self._known(line, BILL)
        if known:
            return known
        if not kind:
            raise UserError(
                self.env._("A bill can only be made of money paid out, or back by a vendor.")
            )
        coding = self._coding(line)
        currency = self.env["ai.bank.split"]._currency(line)
        total = float(self.env["ai.bank.split"]._total(line))
        bill = (
            self.env["account.move"]
            .with_company(line.company_id)
            .create(
                {
                    "move_type": kind,
                    "partner_id": self._partner(line).id,
                    "invoice_date": line.date,
                    "currency_id": currency.id,
                    "ref": line.ref or False,
                    "invoice_line_ids": [Command.create(self._bill_line(line, coding, total))],
                }
            )
        )
        self._to_total(bill, total)
        self._link(line, bill)
        return bill

    def _bill_line(self, line, coding, total):
        values = {"name": line.payment_ref or line.partner_name or "/", "price_unit": total}
        if not coding:
            return values
        values |= {"account_id": coding["account_id"]}
        values["tax_ids"] = [Command.set(coding["tax_ids"])]
        if coding.get("analytic"):
            values["analytic_distribution"] = coding["analytic"]
        return values

    def _to_total(self, bill, total):
        """Take the taxes out of the price where they were added, so that the bill comes to
        ``total`` as the bank line does.
        """
        if bill.currency_id.is_zero(bill.amount_total - total):
            return
        AccountTax, line = self.env["account.tax"], bill.invoice_line_ids
        base_line = AccountTax._prepare_base_line_for_taxes_computation(
            line, price_unit=total, quantity=1.0, special_mode="total_included"
        )
        AccountTax._add_tax_details_in_base_line(base_line, bill.company_id)
        line.price_unit = base_line["tax_details"]["raw_total_excluded_currency"]
        # A cent that the rates' rounding leaves goes to the tax, as core has it.
        bill._check_total_amount(total)

    def _coding(self, line):
        """Return the account part that the coding engine gives ``line`` first, or None."""
        proposal = line.ai_suggestion_id.proposal or {}
        offered = [proposal, *(proposal.get("alternatives") or ())]
        found = [one["write_off"] for one in offered if one.get("write_off")]
        if not found and not line.ai_suggestion_id:
            found = self._asked(line)
        Account = self.env["account.account"]
        for part in found:
            # What is on account of a partner is no cost.
            if Account.browse(part["account_id"]).account_type not in PARTNER_TYPES:
                return part
        return None

    def _asked(self, line):
        """Return the accounts that would be suggested for ``line``, without a suggestion."""
        task = self.env["ai.finance.task.bank.match"]
        return [
            one["write_off"]
            for item in task._propose(task._build_context(line))
            for one in (item.proposal, *item.proposal["alternatives"])
            if one["write_off"]
        ]

    # ------------------------------------------------------------------
    # Expenses
    # ------------------------------------------------------------------

    @api.model
    def _expense(self, line):
        """Return the draft expense of ``line``, made now or before, of the current user."""
        line.ensure_one()
        line.check_access("write")
        if EXPENSE not in self.env:
            raise UserError(self.env._("The app Expenses is not installed."))
        known = self._known(line, EXPENSE)
        if known:
            return known
        if not self._has_expense(line):
            raise UserError(self.env._("An expense can only be made of money paid out."))
        employee = self.env.user.with_company(line.company_id).employee_id
        if not employee:
            raise UserError(self.env._("You are no employee of %s.", line.company_id.name))
        expense = (
            self.env[EXPENSE]
            .with_company(line.company_id)
            .create(
                {
                    "name": line.payment_ref or line.partner_name or "/",
                    "employee_id": employee.id,
                    "company_id": line.company_id.id,
                    "date": line.date,
                    "payment_mode": "company_account",
                    "vendor_id": self._partner(line).id,
                    "currency_id": self.env["ai.bank.split"]._currency(line).id,
                    "total_amount_currency": float(self.env["ai.bank.split"]._total(line)),
                }
            )
        )
        self._link(line, expense)
        return expense

    # ------------------------------------------------------------------
    # Line and document
    # ------------------------------------------------------------------

    def _known(self, line, model):
        """Return the document made of ``line`` before, as long as it is there."""
        if line.ai_draft_model != model:
            return None
        document = self.env[model].browse(line.ai_draft_id).exists()
        return document if document and document.state not in ("cancel", "refused") else None

    def _link(self, line, document):
        """Keep which document was made of ``line``, and say so in the chatter of both."""
        line.write({"ai_draft_model": document._name, "ai_draft_id": document.id})
        document._message_log(
            body=self.env._("Made from bank line %s.", self._to(line.move_id, line.display_name))
        )
        line.move_id._message_log(
            body=self.env._("A draft was made: %s.", self._to(document, document.display_name))
        )

    def _to(self, record, name):
        link = Markup("<a href='#' data-oe-model='%s' data-oe-id='%s'>%s</a>")
        return link % (record._name, record.id, name)

    @api.model
    def _action(self, document):
        """Return what opens the form of ``document``."""
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }

    @api.model
    def _posted(self, moves):
        """Have the lines of posted bills looked at again, so that they find them."""
        # With full rights: who posts a bill need not see bank lines. Nothing is read out.
        lines = self.env["account.bank.statement.line"].sudo()
        lines = lines.search(
            [
                ("ai_draft_model", "=", BILL),
                ("ai_draft_id", "in", moves.ids),
                ("is_reconciled", "=", False),
            ]
        )
        if lines:
            self.env["ai.finance.outbox"]._enqueue(TASK, lines)
