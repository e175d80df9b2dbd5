from odoo import api, fields, models
from odoo.exceptions import UserError


class AiInvoiceUnposting(models.AbstractModel):
    """Takes the posting of an invoice back, the way that is left."""

    _name = "ai.invoice.unposting"
    _description = "Taking Back of Postings"

    @api.model
    def _take_back(self, move):
        """Reverse ``move``; where it was sent, leave a draft credit note for a person.

        :raises UserError: where it is no longer posted, was paid, or its period is locked
        """
        self._refuse(move)
        if move.is_move_sent:
            self._credit_for_a_person(move)
        elif move.move_type == "out_refund":
            # A credit note has no reverse of its own kind: it becomes a draft again.
            move.button_draft()
        else:
            move._reverse_moves([self._values(move)], cancel=True)

    def _refuse(self, move):
        if move.state != "posted" or move.payment_state == "reversed":
            raise UserError(self.env._("%(name)s was changed after.", name=move.display_name))
        if move.payment_state not in ("not_paid", "blocked"):
            raise UserError(
                self.env._("%(name)s is paid, at least in part.", name=move.display_name)
            )
        locked = move.company_id._get_violated_lock_dates(
            move.date, bool(move.amount_tax), move.journal_id
        )
        if locked and not move.is_move_sent:
            raise UserError(self.env._("The period of %(date)s is locked.", date=move.date))

    def _values(self, move):
        return {
            "ref": self.env._("Reversal of %(name)s", name=move.name),
            "invoice_date": move.invoice_date,
            "date": move.date,
        }

    def _credit_for_a_person(self, move):
        today = fields.Date.context_today(self)
        values = {**self._values(move), "invoice_date": today, "date": today}
        credit_note = move._reverse_moves([values], cancel=False)
        credit_note.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.env.uid,
            summary=self.env._("Look at the credit note and post it"),
            note=self.env._(
                "%(name)s was sent to the customer, so it is not reversed by itself.",
                name=move.name,
            ),
        )
