from odoo import fields, models
from odoo.tools import format_amount


class AiBankByHandMixin(models.AbstractModel):
    """For bank lines: what a person does where no suggestion fits.

    The screens call these methods; the work is done by ``ai.bank.split``, ``ai.bank.item.search``,
    ``ai.bank.difference`` and ``ai.bank.new.document``.
    """

    _name = "ai.bank.by.hand.mixin"
    _description = "Bank Line Reconciled by Hand"

    ai_draft_model = fields.Char(readonly=True, copy=False)
    ai_draft_id = fields.Many2oneReference(
        string="Document Made from It",
        model_field="ai_draft_model",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    ai_bill_offered = fields.Boolean(compute="_compute_ai_offers")
    ai_expense_offered = fields.Boolean(compute="_compute_ai_offers")

    def _compute_ai_offers(self):
        documents = self.env["ai.bank.new.document"]
        for line in self:
            line.ai_bill_offered = bool(documents._bill_type(line))
            line.ai_expense_offered = documents._has_expense(line)

    # ------------------------------------------------------------------
    # Splits
    # ------------------------------------------------------------------

    def ai_by_hand_open(self):
        """Return the facts of one bank line: what a screen shows before anything is chosen."""
        self.ensure_one()
        self.check_access("read")
        split, documents = self.env["ai.bank.split"], self.env["ai.bank.new.document"]
        log, currency = self.ai_suggestion_id, split._currency(self)
        total = float(split._total(self))
        proposed = log and {
            "log_id": log.id,
            "summary": log.summary,
            "parts": split._as_chosen(log.proposal),
        }
        return {
            "line_id": self.id,
            "label": self.payment_ref or "",
            "date": self.date.isoformat(),
            "amount": total if self.amount > 0 else -total,
            "amount_text": format_amount(self.env, total if self.amount > 0 else -total, currency),
            "currency_id": currency.id,
            "partner_id": self.partner_id and [self.partner_id.id, self.partner_id.display_name],
            "is_reconciled": self.is_reconciled,
            "rest": 0.0 if self.is_reconciled else total,
            "proposed": proposed or False,
            "offers": {
                "bill": {"in_invoice": "bill", "in_refund": "refund"}.get(
                    documents._bill_type(self), False
                ),
                "expense": documents._has_expense(self),
                "difference": self.env["ai.bank.difference"]._choices(self, log),
            },
        }

    def ai_by_hand_search(self, text="", limit=40, offset=0, partner_id=None, amount=None):
        """Return open items for this line, see :meth:`AiBankItemSearch._search_items`."""
        self.ensure_one()
        self.check_access("read")
        search = self.env["ai.bank.item.search"]
        return search._search_items(self, text, limit, offset, partner_id, amount)

    def ai_by_hand_preview(self, parts):
        """Return ``{"rows", "rest", "problems"}`` of what a person has chosen so far."""
        self.ensure_one()
        self.check_access("read")
        found = self.env["ai.bank.split"]._preview(self, parts)
        return {**found, "problems": [one["text"] for one in found["problems"]]}

    def ai_by_hand_book(self, parts):
        """Book what a person has chosen, as the policy lets them; see ``ai.bank.split``."""
        return self.env["ai.bank.split"]._book(self, parts)

    def action_ai_by_hand(self, mode="items"):
        """Open the screen to reconcile this line by hand.

        :param mode: "items" to search documents, "account" to start with an account
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reconcile by hand"),
            "res_model": "ai.bank.by.hand",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_line_id": self.id,
                "ai_by_hand_mode": mode,
                "dialog_size": "extra-large",
            },
        }

    def action_ai_by_account(self):
        """Open the screen with the line on an account."""
        return self.action_ai_by_hand("account")

    def ai_desk_difference(self, choice, account_id=None):
        """Replace the open suggestion by one that treats its difference as chosen.

        :param choice: "open", "write_off" or "on_account", see ``ai.bank.difference``
        :param account_id: for "write_off"
        :return: ``{"log_id", "summary"}`` of the new suggestion, which waits to be approved
        """
        row = self.env["ai.bank.difference"]._choose(self, choice, account_id)
        return {"log_id": row.id, "summary": row.summary}

    # ------------------------------------------------------------------
    # New documents
    # ------------------------------------------------------------------

    def action_ai_new_bill(self):
        """Open the draft bill of this line, or the vendor's credit note; made on first use."""
        documents = self.env["ai.bank.new.document"]
        return documents._action(documents._bill(self))

    def action_ai_new_expense(self):
        """Open the draft expense of this line; made on first use."""
        documents = self.env["ai.bank.new.document"]
        return documents._action(documents._expense(self))
