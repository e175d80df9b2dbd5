from markupsafe import escape

from odoo import models
from odoo.tools import SQL

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
        self.browse(waiting)._ai_post_together(waiting)
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

    def _ai_post_together(self, waiting):
        """Create the messages of ``waiting``, ``{id: arguments of message_post}``.

        They are the same as core's, one create for all.
        """
        if not self:
            return
        documents = self._fallback_lang()
        parents = documents._ai_parent_messages()
        domains = documents.sudo()._mail_get_alias_domains(default_company=self.env.company)
        companies = documents._mail_get_companies(default=self.env.company)
        authors = {
            author_id: documents._message_compute_author(author_id)
            for author_id in {arguments["author_id"] for arguments in waiting.values()}
        }
        replies = {
            author_id: documents._notify_get_reply_to(default=email, author_id=own)
            for author_id, (own, email) in authors.items()
        }
        values = []
        for move in documents:
            arguments = waiting[move.id]
            author_id, email_from = authors[arguments["author_id"]]
            values.append(
                {
                    **arguments,
                    "body": escape(arguments["body"]),
                    "author_id": author_id,
                    "email_from": email_from,
                    "email_add_signature": True,
                    "model": move._name,
                    "res_id": move.id,
                    "message_type": "notification",
                    "parent_id": parents.get(move.id, False),
                    "record_alias_domain_id": domains[move.id].id,
                    "record_company_id": companies[move.id].id,
                    "reply_to": replies[arguments["author_id"]][move.id],
                }
            )
        documents._message_create(values)

    def _ai_parent_messages(self):
        """Return ``{id: message}`` a new message belongs to: the last of a person, or the last."""
        self.env["mail.message"].flush_model(["model", "res_id", "message_type", "date"])
        query = SQL(
            """SELECT DISTINCT ON (res_id) res_id, id
                 FROM mail_message
                WHERE model = %s AND res_id = ANY(%s) AND message_type != 'user_notification'
             ORDER BY res_id, message_type IN ('comment', 'email') DESC, date DESC, id DESC""",
            self._name,
            self.ids,
        )
        return dict(self.env.execute_query(query))
