from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.ai_finance_engine.money import plain

from ..engine.proposal import Counterpart, Proposal, WriteOff

#: The text names the document, the amount is its amount, and the bank says that it came back.
CONFIDENCE = 0.9


class AiBankReturns(models.AbstractModel):
    """Direct debits and payments that came back: what they had paid becomes open again.

    The line is matched with the payment it takes back, which is freed from its document before.
    It is an alarm too, so a person always looks at it.
    """

    _name = "ai.bank.returns"
    _description = "Returned Payments"

    @api.model
    def _complete(self, part, results):
        """Return ``results`` with a proposal for the lines that take a payment back.

        :param part: the :class:`~..engine.context.MatchContext` of one company
        :param results: its :class:`~..engine.matcher.LineResult` s
        """
        lines = {line.id: line for line in part.lines}
        wanted = {
            result.line_id: alarm.params["number"]
            for result in results
            for alarm in result.alarms
            if alarm.code == "returned" and result.proposal.kind == "none"
        }
        if not wanted:
            return results
        documents = {}
        for item in part.settled:
            documents.setdefault(item.number, []).append(item)
        found = {}
        for line_id, number in wanted.items():
            if len(documents[number]) == 1:
                found[line_id] = self._proposal(part, lines[line_id], documents[number][0])
        return [
            replace(result, proposal=proposal, confidence=CONFIDENCE, reasons=result.alarms)
            if (proposal := found.get(result.line_id))
            else result
            for result in results
        ]

    def _proposal(self, part, line, document):
        """Return the :class:`Proposal` for a line, ``None`` where the payment is not clear."""
        payment = self._payment(self.env["account.move.line"].browse(document.id))
        fee = abs(line.amount) - abs(document.amount)
        if not payment or fee and "fee" not in part.accounts:
            return None
        digits = part.digits.get(line.currency, 2)
        offs = ()
        if fee:
            account_id = part.accounts["fee"]
            offs = (WriteOff(account_id=account_id, amount=plain(fee, digits), purpose="fee"),)
        amount = plain(abs(document.amount), digits)
        return Proposal(
            kind="match",
            counterparts=(Counterpart(move_line_id=payment.id, amount=amount, reopens=True),),
            write_offs=offs,
            partner_id=document.partner_id,
        )

    def _payment(self, item):
        """Return the one journal item that alone paid all of ``item`` and nothing else."""
        nothing = item.browse()
        partial = item.matched_debit_ids + item.matched_credit_ids
        if len(partial) != 1:
            return nothing
        payment = partial.debit_move_id + partial.credit_move_id - item
        others = payment.matched_debit_ids + payment.matched_credit_ids
        paid = payment.move_id.statement_line_id or payment.payment_id
        same = payment.currency_id.is_zero(payment.amount_currency + item.amount_currency)
        return payment if others == partial and paid and same else nothing

    # ------------------------------------------------------------------
    # To the ledger and back
    # ------------------------------------------------------------------

    @api.model
    def _parts(self, proposal):
        """Return the counterparts whose documents become open again."""
        return [part for part in proposal["counterparts"] if part.get("reopens")]

    @api.model
    def _problem(self, part, item, wanted):
        """Return the sentence of what stands in the way of opening ``item``, if anything does.

        :param wanted: amount of the line that goes to it, signed as the item's
        """
        amount = self.env["ai.bank.context"]._decimal(item.amount_currency, item.currency_id)
        matched = item.matched_debit_ids + item.matched_credit_ids
        if item.parent_state != "posted" or len(matched) != 1 or amount != wanted:
            return self.env._("%(document)s was changed since.", document=item.move_name)
        return None

    @api.model
    def _open(self, proposals):
        """Free returned payments from their documents.

        :return: ``{bank line: [[id of the payment's item, ids of what it paid], ...]}``
        """
        opened = {}
        for line, proposal in proposals.items():
            for part in self._parts(proposal):
                item = self.env["account.move.line"].browse(part["move_line_id"])
                partials = item.matched_debit_ids + item.matched_credit_ids
                others = partials.debit_move_id + partials.credit_move_id - item
                opened.setdefault(line, []).append([item.id, others.ids])
                item.remove_move_reconcile()
        return opened

    @api.model
    def _close(self, opened):
        """Match payments with what they had paid, after the bank line is free of them.

        :param opened: what :meth:`_open` returned for one bank line
        """
        Item = self.env["account.move.line"]
        groups = [Item.browse([item_id, *other_ids]).exists() for item_id, other_ids in opened]
        for items, (_item_id, other_ids) in zip(groups, opened, strict=True):
            if len(items) != len(other_ids) + 1 or any(items.mapped("reconciled")):
                text = self.env._("A document was paid again meanwhile; undo it by hand.")
                raise UserError(text)
        Item._reconcile_plan(groups)

    @api.model
    def _text(self, proposal, items):
        """Return the summary of a proposal that takes payments back."""
        payments = [items[part["move_line_id"]] for part in self._parts(proposal)]
        partials = [item.matched_debit_ids + item.matched_credit_ids for item in payments]
        names = [
            (partial.debit_move_id + partial.credit_move_id - item).move_id.name
            for item, partial in zip(payments, partials, strict=True)
        ]
        text = ", ".join(name for name in names if name)
        return self.env._("Payment came back: open %(names)s again", names=text)
