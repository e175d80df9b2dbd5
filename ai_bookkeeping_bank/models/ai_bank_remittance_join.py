from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.ai_finance_engine.names import compare, parse
from odoo.addons.ai_finance_engine.references import compact_account

#: A payment reaches the bank so many days before or after what the advice says.
EARLIER, LATER = 5, 30
ALIKE = 0.8


class AiBankRemittanceJoin(models.AbstractModel):
    """Finds the bank line of a remittance advice: by total, days, and who paid."""

    _name = "ai.bank.remittance.join"
    _description = "Joining of Remittance Advices"

    @api.model
    def _join(self, remittances):
        """Join those whose bank line is clear; the others go on waiting."""
        joined = self.env["account.bank.statement.line"]
        for company, group in remittances.grouped("company_id").items():
            own = self.with_company(company)
            lines = own._lines(group)
            for remittance in group:
                fitting = own._fitting(remittance, lines)
                if len(fitting) == 1:
                    lines -= fitting
                    joined |= fitting
                    remittance.with_context(ai_no_suggestions=True).line_id = fitting
                else:
                    own._tell_several(remittance, len(fitting) > 1)
        self._look_again(joined)

    def _tell_several(self, remittance, several):
        """Say, once, that a person has to choose among lines."""
        others = [one for one in remittance.problems or () if one[0] != "several_lines"]
        problems = [*others, ["several_lines", ""]] if several else others
        if problems != (remittance.problems or []):
            remittance.problems = problems

    def _lines(self, remittances):
        """Return the open bank lines of the advices' amounts that no advice has, in one query."""
        days = [one.date or one.create_date.date() for one in remittances]
        taken = self.env["ai.bank.remittance"].search([("line_id", "!=", False)]).line_id
        return self.env["account.bank.statement.line"].search(
            [
                ("company_id", "=", remittances.company_id.id),
                ("is_reconciled", "=", False),
                ("state", "=", "posted"),
                ("amount", ">=", min(remittances.mapped("total")) - 0.005),
                ("amount", "<=", max(remittances.mapped("total")) + 0.005),
                ("date", ">=", min(days) - timedelta(days=EARLIER)),
                ("date", "<=", max(days) + timedelta(days=LATER)),
                ("id", "not in", taken.ids),
            ]
        )

    def _fitting(self, remittance, lines):
        """Return the lines that may be this payment: those of the payer before all others."""
        day = remittance.date or fields.Date.to_date(remittance.create_date)
        first, last = day - timedelta(days=EARLIER), day + timedelta(days=LATER)
        equal = lines.filtered(
            lambda line: (
                first <= line.date <= last
                and remittance.total > 0
                and not line.currency_id.compare_amounts(line.amount, remittance.total)
                and not line.foreign_currency_id
            )
        )
        levels = {line: self._agrees(remittance, line) for line in equal}
        surely = equal.filtered(lambda line: levels[line] is True)
        return surely or equal.filtered(lambda line: levels[line] is None)

    def _agrees(self, remittance, line):
        """Return True where the line names the payer, False for another one, None if unknown."""
        partner = line.partner_id.commercial_partner_id
        if partner and remittance.partner_id:
            return partner == remittance.partner_id
        own = compact_account(remittance.account_number or "")
        other = compact_account(line.account_number or "")
        if own and own == other:
            return True
        names = [name for name in (remittance.payer, remittance.partner_id.name) if name]
        if line.partner_name and names:
            wanted = parse(line.partner_name)
            if max(compare(parse(name), wanted) for name in names) >= ALIKE:
                return True
            return False
        text = line.payment_ref or ""
        if remittance.reference and remittance.reference in text:
            return True
        return None

    @api.model
    def _set_partners(self, remittances):
        """Take the customer most of the listed documents belong to, in one query for all."""
        open_ones = remittances.filtered(lambda one: not one.partner_id)
        numbers = {row.number for row in open_ones.row_ids}
        if not numbers:
            return
        moves = self.env["account.move"].search_fetch(
            [
                ("company_id", "in", open_ones.company_id.ids),
                ("state", "=", "posted"),
                "|",
                ("name", "in", list(numbers)),
                ("payment_reference", "in", list(numbers)),
            ],
            ["name", "payment_reference", "commercial_partner_id", "company_id"],
        )
        partners = {
            (move.company_id, number): move.commercial_partner_id
            for move in moves
            for number in (move.name, move.payment_reference)
            if number
        }
        for remittance in open_ones:
            keys = [(remittance.company_id, row.number) for row in remittance.row_ids]
            counted = Counter(partners[key] for key in keys if key in partners)
            if counted:
                remittance.partner_id = counted.most_common(1)[0][0]

    @api.model
    def _look_again(self, lines):
        """Ask for new suggestions for lines whose advice came or went."""
        open_lines = lines.exists().filtered(lambda line: not line.is_reconciled)
        if open_lines and not self.env.context.get("ai_no_suggestions"):
            self.env["ai.finance.outbox"]._enqueue("bank.match", open_lines)
