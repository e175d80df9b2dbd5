from odoo import api, models
from odoo.exceptions import UserError


class AiBillBankAccount(models.AbstractModel):
    """Bank accounts that bills print: entered by a person, never trusted by the product."""

    _name = "ai.bill.bank.account"
    _description = "Bank Account of a Bill"

    @api.model
    def _printed(self, move):
        """Return the account number that the bill prints, without spaces, or an empty text."""
        field = ((move.ai_bill_reading or {}).get("fields") or {}).get("vendor_iban") or {}
        return "".join(sign for sign in (field.get("value") or "").upper() if sign.isalnum())

    @api.model
    def _known(self, move):
        """Return the vendor's account that the bill prints, if it has it."""
        printed = self._printed(move)
        banks = move.commercial_partner_id.bank_ids | move.partner_id.bank_ids
        return banks.filtered(
            lambda bank: (
                bank.sanitized_acc_number == printed
                and bank.company_id in (bank.company_id.browse(), move.company_id)
            )
        )[:1]

    @api.model
    def _enter(self, move):
        """Return the printed account of the vendor, created not trusted where it is new.

        With the rights of the person who asks; core keeps it from payments until somebody with
        the right to validate bank accounts trusts it, who must be a second person.
        """
        printed = self._printed(move)
        if not printed or not move.partner_id:
            raise UserError(self.env._("Choose the vendor first."))
        known = self._known(move)
        if known:
            return known
        bank = self.env["res.partner.bank"].create(
            {
                "acc_number": printed,
                "partner_id": move.commercial_partner_id.id,
                "allow_out_payment": False,
            }
        )
        move.message_post(
            body=self.env._(
                "Bank account %(number)s entered, not trusted. A second person has to validate it.",
                number=bank.acc_number,
            )
        )
        move._ai_bill_changed()
        return bank
