from odoo import fields, models
from odoo.exceptions import UserError


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    ai_bill_id = fields.Many2one(
        "account.move", string="Entered From", readonly=True, copy=False, ondelete="set null"
    )
    ai_entered_by_id = fields.Many2one(
        "res.users", string="Entered By", readonly=True, copy=False
    )

    def write(self, vals):
        """An account that was entered from a bill is trusted by a second person."""
        if vals.get("allow_out_payment"):
            own = self.filtered(
                lambda bank: not bank.allow_out_payment and bank.ai_entered_by_id == self.env.user
            )
            if own:
                raise UserError(
                    self.env._(
                        "You entered the account %(number)s from a bill. A second person has to "
                        "validate it, best after a call to the vendor.",
                        number=own[0].acc_number,
                    )
                )
        if {"acc_number", "partner_id"} & set(vals):
            # Who changes the number has entered it.
            entered = self.filtered("ai_entered_by_id")
            if entered:
                super(ResPartnerBank, entered).write({"ai_entered_by_id": self.env.uid})
        result = super().write(vals)
        if "allow_out_payment" in vals:
            self._ai_bills_of_accounts()._ai_bill_changed()
        return result

    def _ai_bills_of_accounts(self):
        """Return the drafts that wait for these accounts."""
        return self.env["account.move"].search(
            [
                ("commercial_partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("state", "=", "draft"),
                ("ai_bill_flag_ids", "any", [("code", "=", "new_bank_account")]),
            ]
        )
