from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Who entered an account is what keeps them from trusting it: nobody writes that by hand.
OURS = {"ai_bill_id", "ai_entered_by_id"}


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    ai_bill_id = fields.Many2one(
        "account.move", string="Entered From", readonly=True, copy=False, ondelete="set null"
    )
    ai_entered_by_id = fields.Many2one("res.users", string="Entered By", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """An account that a bill asks for begins without trust, however it is entered."""
        banks = super().create(
            [{name: one for name, one in vals.items() if name not in OURS} for vals in vals_list]
        )
        for bank, flag in banks._ai_asked_for().items():
            values = {"ai_bill_id": flag.move_id.id, "ai_entered_by_id": self.env.uid}
            # Who may not trust accounts may not write that either, and has made none that is.
            trust = {"allow_out_payment": False} if bank.allow_out_payment else {}
            super(ResPartnerBank, bank).write({**values, **trust})
        return banks

    def write(self, vals):
        """An account that a bill asked for is trusted by a second person."""
        if OURS & set(vals):
            raise AccessError(self.env._("Who entered an account is not written by hand."))
        if vals.get("allow_out_payment"):
            self._ai_refuse_own()
        entered = self.filtered("ai_entered_by_id")
        if entered and {"acc_number", "partner_id"} & set(vals):
            # Who changes the number has entered it.
            super(ResPartnerBank, entered).write({"ai_entered_by_id": self.env.uid})
        result = super().write(vals)
        if {"allow_out_payment", "acc_number", "partner_id", "active"} & set(vals):
            self._ai_bills_of_accounts()._ai_bill_changed()
        return result

    def _ai_refuse_own(self):
        own = self.filtered(
            lambda bank: not bank.allow_out_payment and bank.ai_entered_by_id == self.env.user
        )
        if own:
            raise UserError(
                self.env._(
                    "You entered the account %(number)s, which a bill asks for. A second person "
                    "has to validate it, best after a call to the vendor.",
                    number=own[0].acc_number,
                )
            )

    def _ai_asked_for(self):
        """Return ``{account: flag}`` of accounts that a draft of their vendor asks for."""
        # Whoever enters an account may not see every bill: only whether one asks for it counts.
        flags = (
            self.env["ai.bill.flag"]
            .sudo()
            .search(
                [
                    ("code", "=", "new_bank_account"),
                    ("fact", "in", self.mapped("sanitized_acc_number")),
                    ("move_id.state", "=", "draft"),
                ]
            )
        )
        found = {}
        for bank in self:
            vendor = bank.partner_id.commercial_partner_id
            asks = flags.filtered(
                lambda flag, bank=bank, vendor=vendor: (
                    flag.fact == bank.sanitized_acc_number
                    and flag.move_id.commercial_partner_id == vendor
                )
            )
            if asks:
                found[bank] = asks[0]
        return found

    def _ai_bills_of_accounts(self):
        """Return the drafts that wait for these accounts."""
        return self.env["account.move"].search(
            [
                ("commercial_partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("state", "=", "draft"),
                ("ai_bill_flag_ids", "any", [("code", "=", "new_bank_account")]),
            ]
        )
