from odoo import models

#: What core's tracking gives to a message about a paid invoice.
OF_TRACKING = {"body", "author_id", "subtype_id", "tracking_value_ids"}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """A bill made from a bank line is matched with it once it is posted."""
        posted = super()._post(soft)
        bills = posted.filtered(lambda move: move.is_purchase_document())
        if bills:
            self.env["ai.bank.new.document"]._posted(bills)
        return posted

    # ------------------------------------------------------------------
    # "Paid" messages, made together where a plan pays a hundred invoices. Core posts them one by
    # one, which takes longer than the matching itself. A message that nobody follows has nobody
    # to notify: writing it is all there is to do.
    # ------------------------------------------------------------------

    def _message_track(self, fields_iter, initial_values_dict):
        if not self.env.context.get("ai_paid_together"):
            return super()._message_track(fields_iter, initial_values_dict)
        waiting = {}
        nobody = frozenset(self._ai_nobody_follows_paid().ids)
        tracked = self.with_context(ai_paid_together=False, ai_paid_waiting=(nobody, waiting))
        changes = super(AccountMove, tracked)._message_track(fields_iter, initial_values_dict)
        if waiting:
            paid = self.browse(waiting)._fallback_lang()
            paid._message_create(self.env["ai.finance.messages"]._values(paid, waiting))
        return changes

    def message_post(self, **kwargs):
        nobody, waiting = self.env.context.get("ai_paid_waiting") or (frozenset(), None)
        paid = self.env["ir.model.data"]._xmlid_to_res_id("account.mt_invoice_paid")
        plain = kwargs.get("subtype_id") == paid and kwargs.keys() <= OF_TRACKING
        if plain and self.id in nobody:
            waiting[self.id] = kwargs
            return self.env["mail.message"]
        return super().message_post(**kwargs)

    def _ai_nobody_follows_paid(self):
        """Return the documents on which nobody is told that they are paid."""
        followers = self.env["mail.followers"].sudo()  # whoever pays, all followers count
        following = followers._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("subtype_ids", "=", self.env.ref("account.mt_invoice_paid").id),
            ],
            ["res_id"],
        )
        return self - self.browse([res_id for [res_id] in following])
