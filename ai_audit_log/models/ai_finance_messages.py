from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape

from odoo import api, models
from odoo.tools import SQL

#: Name in the context under which :class:`Messages` waits.
CONTEXT_KEY = "ai_messages"
#: What a message may say to wait: body, kind and tracked values, nothing to attach or to send.
PLAIN = {"body", "author_id", "message_type", "subtype_id", "tracking_value_ids"}


@dataclass(eq=False)
class Messages:
    """Messages of many documents that wait to be created together.

    Compared by identity, as a value in a context has to be; nobody can send it from a browser.

    :param waiting: ``[(document, arguments of message_post)]``, the oldest first
    :param done: they were created: whatever comes later is posted at once
    """

    waiting: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    done: bool = False


class AiFinanceMessages(models.AbstractModel):
    """Creates together what Odoo posts document by document.

    Where sixty invoices are made at once, posting their messages one by one takes longer than
    the ledger. A message that nobody follows has nobody to notify: writing it is all there is to
    do, and it is the same message.
    """

    _name = "ai.finance.messages"
    _description = "Messages Created Together"

    @api.model
    def _takes(self, document, arguments):
        """Keep a message for later where somebody collects them and it is a plain one.

        :param arguments: of ``message_post``
        :return: whether it was taken
        """
        messages = document.env.context.get(CONTEXT_KEY)
        if not isinstance(messages, Messages) or messages.done:
            return False
        if arguments.keys() - PLAIN or not arguments.get("subtype_id"):
            return False
        if arguments.get("message_type", "notification") != "notification":
            return False
        messages.waiting.append((document, arguments))
        return True

    @api.model
    def _create_together(self, messages):
        """Create what waits, of documents of one model, each document's messages in their order."""
        messages.done = True
        rounds, count = [], {}
        for document, arguments in messages.waiting:
            number = count[document.id] = count.get(document.id, -1) + 1
            if number == len(rounds):
                rounds.append({})
            rounds[number].setdefault(document.env, {})[document.id] = arguments
        for by_env in rounds:
            for env, waiting in by_env.items():
                documents = env[messages.waiting[0][0]._name].browse(waiting)
                self._create_of(documents, waiting)

    def _create_of(self, documents, waiting):
        """Create one message a document; those that somebody follows are posted as ever.

        :param waiting: ``{document id: arguments}``
        """
        followed = self._followed(documents, {one["subtype_id"] for one in waiting.values()})
        told = documents.filtered(lambda one: (one.id, waiting[one.id]["subtype_id"]) in followed)
        for document in told:
            document.message_post(**waiting[document.id])
        rest = documents - told
        if rest:
            # The values and their order are those of message_post.
            rest._message_create(self._values(rest._fallback_lang(), waiting))

    def _followed(self, documents, subtype_ids):
        """Return ``{(document id, subtype id)}`` where somebody is told of such a message."""
        followers = self.env["mail.followers"].sudo()  # whoever writes, all followers count
        return {
            (res_id, subtype.id)
            for res_id, subtype in followers._read_group(
                [
                    ("res_model", "=", documents._name),
                    ("res_id", "in", documents.ids),
                    ("subtype_ids", "in", list(subtype_ids)),
                ],
                ["res_id", "subtype_ids"],
            )
        }

    def _values(self, documents, waiting):
        parents = self._parents(documents)
        domains = documents.sudo()._mail_get_alias_domains(default_company=documents.env.company)
        companies = documents._mail_get_companies(default=documents.env.company)
        authors = {
            author_id: documents._message_compute_author(author_id)
            for author_id in {waiting[document.id].get("author_id") for document in documents}
        }
        replies = {
            author_id: documents._notify_get_reply_to(default=email, author_id=own)
            for author_id, (own, email) in authors.items()
        }
        values = []
        for document in documents:
            arguments = waiting[document.id]
            author = arguments.get("author_id")
            author_id, email_from = authors[author]
            values.append(
                {
                    **arguments,
                    "body": escape(arguments.get("body") or ""),
                    "author_id": author_id,
                    "email_from": email_from,
                    "email_add_signature": True,
                    "model": document._name,
                    "res_id": document.id,
                    "message_type": "notification",
                    "parent_id": parents.get(document.id, False),
                    "record_alias_domain_id": domains[document.id].id,
                    "record_company_id": companies[document.id].id,
                    "reply_to": replies[author][document.id],
                }
            )
        return values

    def _parents(self, documents):
        """Return ``{id: message}`` a new message belongs to: the last of a person, or the last."""
        self.env["mail.message"].flush_model(["model", "res_id", "message_type", "date"])
        query = SQL(
            """SELECT DISTINCT ON (res_id) res_id, id
                 FROM mail_message
                WHERE model = %s AND res_id = ANY(%s) AND message_type != 'user_notification'
             ORDER BY res_id, message_type IN ('comment', 'email') DESC, date DESC, id DESC""",
            documents._name,
            documents.ids,
        )
        return dict(self.env.execute_query(query))
