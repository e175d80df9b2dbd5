from odoo import api, models
from odoo.exceptions import UserError

from ..engine import by_hand

PURPOSES = ("open", "write_off", "on_account")


class AiBankDifference(models.AbstractModel):
    """What a person does about a line that brings less or more than its documents are open.

    Each choice is an edit: a suggestion of that person, which replaces the open one.
    """

    _name = "ai.bank.difference"
    _description = "Differences between Bank Lines and Documents"

    @api.model
    def _choices(self, line, log):
        """Return what may be chosen for the open suggestion ``log`` of ``line``; may be nothing."""
        found = self._gap(line, log)
        return list(by_hand.choices(found[0])) if found else []

    def _gap(self, line, log):
        """Return the difference and ``{item: open amount}``, or None where there is no match."""
        proposal = log.proposal if log else None
        if not proposal or proposal["kind"] != "match":
            return None
        if any(part.get("item_amount") for part in proposal["counterparts"]):
            # The rate is between them as well, which is core's business.
            return None
        ids = [part["move_line_id"] for part in proposal["counterparts"]]
        items = self.env["account.move.line"].browse(ids).exists()
        if len(items) != len(ids):
            return None
        sign = 1 if line.amount > 0 else -1
        decimal = self.env["ai.bank.context"]._decimal
        opens = {
            item.id: decimal(item.amount_residual_currency, item.currency_id) * sign
            for item in items
        }
        total = self.env["ai.bank.split"]._total(line)
        return by_hand.difference(proposal, opens, total), opens

    @api.model
    def _choose(self, line, choice, account_id=None):
        """Replace the open suggestion of ``line`` by one with the difference as chosen.

        :param choice: "open" (a document stays open in part), "write_off" (the difference goes to
            an account, without tax) or "on_account" (what is over stays a credit of the partner)
        :param account_id: for "write_off"; by default the company's account for differences
        :return: the new row
        :raises UserError: where the choice is not offered
        """
        log = self.env["ai.bank.split"]._replaceable(line)
        if choice not in self._choices(line, log):
            raise UserError(self.env._("There is no such difference any more."))
        gap, opens = self._gap(line, log)
        if choice == "open":
            parts = by_hand.in_part(log.proposal, opens, gap)
        else:
            parts = by_hand.in_full(log.proposal, opens)
        chosen = [
            {"move_line_id": part.move_line_id, "amount": float(part.amount)} for part in parts
        ]
        if choice != "open":
            chosen.append(self._rest(line, log, choice, account_id, float(gap)))
        return self.env["ai.finance.decision"]._amend(log, {"parts": chosen})

    def _rest(self, line, log, choice, account_id, amount):
        """Return the part that the difference makes."""
        first = self.env["account.move.line"].browse(
            log.proposal["counterparts"][0]["move_line_id"]
        )
        if choice == "on_account":
            account_id = first.account_id.id
        else:
            # With full rights: the account is a setting of the company, whoever asks.
            account_id = account_id or line.company_id.sudo().ai_bank_tolerance_account_id.id
        if not account_id:
            raise UserError(self.env._("Which account is the difference written off to?"))
        return {
            "account_id": account_id,
            "partner_id": first.partner_id.id,
            "amount": amount,
            "label": line.payment_ref or "",
        }
