from decimal import Decimal, InvalidOperation

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.ai_audit_log.engine.suggestion import Suggestion

from ..engine import by_hand

TASK = "bank.match"
PARTNER_TYPES = ("asset_receivable", "liability_payable")
#: What says no more than that the line is not used up yet.
UNFINISHED = {"no_parts", "rest"}


class AiBankSplit(models.AbstractModel):
    """Bank lines reconciled by a person: what they chose, made into a suggestion of theirs.

    It goes the way of every suggestion: checked on live data, logged, decided by the policy, booked
    and undone by the same means.
    """

    _name = "ai.bank.split"
    _description = "Bank Lines Reconciled by Hand"

    # ------------------------------------------------------------------
    # What may be chosen
    # ------------------------------------------------------------------

    @api.model
    def _items_domain(self, line):
        """Return what a person may match ``line`` with: all that core's own matching allows."""
        return (
            Domain(line._get_default_amls_matching_domain())
            & Domain("amount_residual_currency", "!=", 0)
            & Domain("account_id", "!=", line.journal_id.suspense_account_id.id)
        )

    @api.model
    def _currency(self, line):
        """Return the currency in which the parts of ``line`` are counted."""
        return line.foreign_currency_id or line.currency_id

    @api.model
    def _total(self, line):
        """Return the absolute amount of ``line`` in that currency."""
        amount = line.amount_currency if line.foreign_currency_id else line.amount
        return abs(self.env["ai.bank.context"]._decimal(amount, self._currency(line)))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _parts(self, line, chosen):
        """Return :class:`~..engine.by_hand.Part` s of what came from a screen.

        :param chosen: dicts with ``move_line_id`` or ``account_id``, ``amount`` and, as far as
            they are set, ``item_amount``, ``partner_id``, ``tax_ids``, ``analytic_distribution``,
            ``label``
        :raises UserError: where it cannot be read
        """
        items = self._items(chosen)
        currency = self._currency(line)
        return [self._part(line, one, items, currency) for one in chosen]

    def _items(self, chosen):
        ids = [one["move_line_id"] for one in chosen if one.get("move_line_id")]
        items = self.env["account.move.line"].browse(ids).exists()._filtered_access("read")
        return {item.id: item for item in items}

    def _part(self, line, one, items, currency):
        item = items.get(one.get("move_line_id"))
        other = None
        if item and item.currency_id != currency:
            own = one.get("item_amount")
            if not own:
                # Taken whole, in its own currency
                own = item.amount_residual_currency * (1 if line.amount > 0 else -1)
            other = self._amount(own, item.currency_id)
        shares = one.get("analytic_distribution") or {}
        return by_hand.Part(
            amount=self._amount(one.get("amount") or 0, currency),
            move_line_id=one.get("move_line_id") or None,
            item_amount=other,
            account_id=one.get("account_id") or None,
            partner_id=one.get("partner_id") or None,
            tax_ids=tuple(one.get("tax_ids") or ()),
            analytic={key: float(share) for key, share in shares.items() if key != "__update__"},
            label=one.get("label") or "",
        )

    def _amount(self, value, currency):
        try:
            amount = self.env["ai.bank.context"]._decimal(value, currency)
        except InvalidOperation:
            amount = Decimal("nan")
        if not amount.is_finite():
            raise UserError(self.env._("%(value)s is not an amount.", value=value))
        return amount

    @api.model
    def _as_chosen(self, proposal):
        """Return a stored proposal in the form in which a screen gives what was chosen."""
        return [
            {
                "move_line_id": part.move_line_id or False,
                "item_amount": float(part.item_amount) if part.item_amount else 0.0,
                "account_id": part.account_id or False,
                "partner_id": part.partner_id or False,
                "amount": float(part.amount),
                "tax_ids": list(part.tax_ids),
                "analytic_distribution": part.analytic or False,
                "label": part.label,
            }
            for part in by_hand.parts_of(proposal)
        ]

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _look(self, line, chosen):
        """Look at what was chosen.

        :return: ``(proposal, what is left, problems)``; each problem ``{"code", "text"}``. With
            no other problem than something left, the proposal says where that stays for now.
        """
        parts, total = self._parts(line, chosen), self._total(line)
        digits = self._currency(line).decimal_places
        left = by_hand.rest(parts, total)
        found = [
            self._problem(one.code, self.env._(by_hand.BY_HAND_TEXT[one.code], **one.params))
            for one in by_hand.problems(parts, total, digits)
        ]
        if {one["code"] for one in found} - UNFINISHED:
            return None, left, found
        found += self._item_problems(line, parts) + self._account_problems(line, parts)
        if not parts or {one["code"] for one in found} - UNFINISHED:
            return None, left, found
        proposal = by_hand.proposal(parts, digits, self._partner(line, parts).id or None).to_json()
        if left:
            proposal |= {"remainder": str(left), "remainder_handling": "keep_open"}
        task = self.env["ai.finance.task.bank.match"]
        live = task._check({line: proposal}).get(line, ())
        return proposal, left, found + [self._problem(one["code"], one["text"]) for one in live]

    def _problem(self, code, text):
        return {"code": code, "text": text}

    def _item_problems(self, line, parts):
        ids = [part.move_line_id for part in parts if part.move_line_id]
        if not ids:
            return []
        Item = self.env["account.move.line"]
        missing = set(ids) - set(
            Item.search(self._items_domain(line) & Domain("id", "in", ids)).ids
        )
        if not missing:
            return []
        gone = Item.browse(missing).exists()._filtered_access("read")
        names = ", ".join(item.move_name or item.name or "" for item in gone)
        text = self.env._("A chosen document does not exist any more.")
        if names:
            text = self.env._("%(documents)s: not open for this bank line.", documents=names)
        return [self._problem("not_open", text)]

    def _account_problems(self, line, parts):
        found = []
        journal = line.journal_id
        own = journal.suspense_account_id + journal.default_account_id
        for part in parts:
            account = self.env["account.account"].browse(part.account_id or [])
            if account in own:
                text = self.env._(
                    "%(account)s is the bank's own account: nothing would be settled.",
                    account=account.display_name,
                )
                found.append(self._problem("own_account", text))
            elif account.exists().account_type in PARTNER_TYPES and not (
                part.partner_id or line.partner_id
            ):
                text = self.env._("%(account)s needs a partner.", account=account.display_name)
                found.append(self._problem("no_partner", text))
        return found

    def _partner(self, line, parts):
        """Return the one partner of all parts, for a line that has none."""
        items = self.env["account.move.line"].browse(
            [part.move_line_id for part in parts if part.move_line_id]
        )
        ids = [part.partner_id for part in parts if part.partner_id]
        partners = (items.partner_id + self.env["res.partner"].browse(ids)).commercial_partner_id
        return partners if len(partners) == 1 else partners.browse()

    # ------------------------------------------------------------------
    # Making
    # ------------------------------------------------------------------

    @api.model
    def _preview(self, line, chosen):
        """Return the entry that would be made, what is left, and what stands in the way."""
        proposal, left, problems = self._look(line, chosen)
        rows = []
        if proposal and not {one["code"] for one in problems} - UNFINISHED:
            rows = self.env["ai.bank.booking"]._preview(line, proposal)
        return {"rows": rows, "rest": float(left), "problems": problems}

    @api.model
    def _suggestion(self, line, chosen, log=None):
        """Return the suggestion that a person's choice makes.

        :param log: the open suggestion it replaces, kept as an alternative
        :raises UserError: with the sentences of what stands in the way
        """
        proposal, _left, problems = self._look(line, chosen)
        if problems:
            raise UserError("\n".join(dict.fromkeys(one["text"] for one in problems)))
        others = []
        if log:
            task = self.env["ai.finance.task.bank.match"]
            others = [*task._as_alternative(log), *log.proposal["alternatives"]]
        return Suggestion(
            record_id=line.id,
            proposal={**proposal, "alternatives": others},
            confidence=1.0,
            reasons=({"code": "by_hand", "params": {}, "text": self.env._("chosen by a person")},),
            # Nobody's choice is repeated by itself.
            vetoes=({"code": "by_hand", "params": {}, "text": self.env._("made by hand")},),
        )

    @api.model
    def _book(self, line, chosen):
        """Make a suggestion of what a person chose, and apply it where the policy lets them.

        :return: ``{"line_id", "log_id", "state", "message"}``, state "applied", or "proposed"
            where it waits for a second person
        :raises UserError: with the sentence of what stands in the way; nothing was done then
        """
        log = self._replaceable(line)
        if log:
            row = self.env["ai.finance.decision"]._amend(log, {"parts": chosen})
        else:
            suggestion = self._suggestion(line, chosen)
            row = self.env["ai.finance.pipeline"]._made_by_hand(line, suggestion)
        if row.decision == "approve":
            message = self.env._(
                "%(summary)s: waits for an approver, who is not the one who made it.",
                summary=row.summary,
            )
            return self._done(line, row, message)
        outcome = self.env["ai.finance.decision"]._apply(row)
        if outcome.problems:
            raise UserError("\n".join(outcome.problems.values()))
        return self._done(line, row, self.env._("Done: %(summary)s", summary=row.summary))

    @api.model
    def _waits(self, line):
        """Whether what is made of ``line`` will wait for a second person, whatever it is."""
        task = self.env["ai.finance.task.type"]._get(TASK)
        return self.env["ai.finance.policy"]._select(task, line)[line].mode == "approve"

    def _replaceable(self, line):
        """Return the open suggestion of ``line``, after checking who asks."""
        line.ensure_one()
        line.check_access("write")
        if not (self.env.su or self.env.user.has_group("ai_audit_log.group_ai_user")):
            raise AccessError(self.env._("The role AI User is missing."))
        return line.ai_suggestion_id

    def _done(self, line, row, message):
        return {"line_id": line.id, "log_id": row.id, "state": row.state, "message": message}
