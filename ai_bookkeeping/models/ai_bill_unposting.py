from odoo import api, models
from odoo.exceptions import UserError


class AiBillUnposting(models.AbstractModel):
    """Takes the posting of a bill back, the way that is left."""

    _name = "ai.bill.unposting"
    _description = "Taking Back of Postings of Bills"

    @api.model
    def _take_back(self, move):
        """Make ``move`` a draft again; where its period is locked, leave a draft reversal.

        :raises UserError: where it is no longer posted, or was paid
        """
        if move.state != "posted" or move.payment_state == "reversed":
            raise UserError(self.env._("%(name)s was changed after.", name=move.display_name))
        if move.payment_state not in ("not_paid", "blocked"):
            raise UserError(
                self.env._("%(name)s is paid, at least in part.", name=move.display_name)
            )
        locked = move.company_id._get_violated_lock_dates(
            move.date, bool(move.amount_tax), move.journal_id
        )
        if locked or move.inalterable_hash:
            self._reverse_for_a_person(move)
        else:
            move.with_context(ai_bill_working=True).button_draft()

    def _reverse_for_a_person(self, move):
        ref = self.env._("Reversal of %(name)s", name=move.name)
        reversal = move._reverse_moves([{"ref": ref}], cancel=False)
        reversal.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.env.uid,
            summary=self.env._("Look at the reversal and post it"),
            note=self.env._(
                "The period of %(name)s is locked, so it is not made a draft again.", name=move.name
            ),
        )
