from dataclasses import replace
from decimal import Decimal

from odoo import api, models

from odoo.addons.ai_bank_reconcile.engine.flagged import items_of
from odoo.addons.ai_bank_reconcile.engine.proposal import Counterpart, Proposal, WriteOff
from odoo.addons.ai_bank_reconcile.engine.reasons import reason
from odoo.addons.ai_bookkeeping.engine.remittance_match import OpenDocument, allocate
from odoo.addons.ai_finance_engine.money import plain

SURE = 0.99
#: With a guard a person decides anyway; the number says how seldom it is wrong.
LIKELY = 0.9


class AiBankRemittanceMatch(models.AbstractModel):
    """Lays a remittance advice on the open documents of its bank line's context."""

    _name = "ai.bank.remittance.match"
    _description = "Matching by Remittance Advice"

    @api.model
    def _allocations(self, part):
        """Return ``{line id: (remittance, allocation)}`` of the context's lines that have one."""
        by_line = self._of_lines([line.id for line in part.lines])
        if not by_line:
            return {}
        lines = {line.id: line for line in part.lines if line.id in by_line}
        documents = {
            side: self._documents(part, *side)
            for side in {(line.currency, line.amount > 0) for line in lines.values()}
        }
        found = {}
        for line_id, line in lines.items():
            remittance = by_line[line_id]
            side = documents[line.currency, line.amount > 0]
            partner = line.partner_id or remittance.partner_id.commercial_partner_id.id or None
            found[line_id] = (remittance, self._allocated(part, line, remittance, side, partner))
        return found

    def _of_lines(self, line_ids):
        # With full rights: what the payer wrote is the same whoever asks for a suggestion. Only
        # documents of the asker's own context are named.
        remittances = (
            self.env["ai.bank.remittance"]
            .sudo()
            .search_fetch(
                [("line_id", "in", line_ids), ("state", "=", "joined")], ["name", "line_id"]
            )
        )
        remittances.row_ids.fetch(["number", "other_numbers", "paid", "gross", "deduction", "date"])
        return {one.line_id.id: one for one in reversed(remittances)}

    def _documents(self, part, currency, is_in):
        sign = 1 if is_in else -1
        return [
            OpenDocument(
                id=item.id,
                residual=item.residual * sign,
                names=(item.number, item.reference, item.payment_reference),
                partner_id=item.partner_id,
                discounted=None if item.discount_amount is None else item.discount_amount * sign,
                discount_date=item.discount_date,
            )
            for item in part.items
            if item.currency == currency and not item.is_payment
        ]

    def _allocated(self, part, line, remittance, documents, partner):
        rows = remittance.row_ids._rows()
        arguments = (rows, documents, abs(line.amount), line.date, partner)
        found = allocate(*arguments, may_discount="discount" in part.accounts)
        eligible = [
            one
            for one in found.parts
            if one.document.discounted is not None
            and (one.document.discount_date is None or line.date <= one.document.discount_date)
        ]
        taken = [one for one in found.parts if one.discount]
        if taken and len(taken) != len(eligible):
            # Core gives the discount of all documents or of none.
            return allocate(*arguments, may_discount=False)
        return found

    # ------------------------------------------------------------------
    # Into the engine, and onto its results
    # ------------------------------------------------------------------

    @api.model
    def _told(self, part):
        """Let the lines' text name what their advices list, so that all lines choose together."""
        names = {
            line_id: " ".join(one.document.names[0] for one in allocation.parts)
            for line_id, (_remittance, allocation) in self._allocations(part).items()
            if allocation.is_whole
        }
        if not names:
            return part
        lines = tuple(
            replace(line, label=f"{line.label}\n{names[line.id]}") if line.id in names else line
            for line in part.lines
        )
        return replace(part, lines=lines)

    @api.model
    def _complete(self, part, results):
        """Return ``results`` with what joined advices say: their documents, or a hint."""
        allocations = self._allocations(part)
        lines = {line.id: line for line in part.lines}
        completed = []
        for result in results:
            remittance, allocation = allocations.get(result.line_id, (None, None))
            if remittance and result.proposal.kind != "account":
                line = lines[result.line_id]
                flagged = part.flagged.get(result.line_id, ())
                if allocation.is_whole and not self._is_flagged(allocation, flagged):
                    result = self._listed(part, line, result, remittance, allocation)
                else:
                    result = self._hinted(result, remittance, allocation)
            completed.append(result)
        return completed

    def _is_flagged(self, allocation, flagged):
        return frozenset(one.document.id for one in allocation.parts) in flagged

    def _listed(self, part, line, result, remittance, allocation):
        """Propose exactly what the advice lists; what the engine held against it stays."""
        digits = part.digits.get(line.currency, 2)
        proposal = self._proposal(part, result, allocation, digits)
        name = remittance.reference or remittance.name
        because = reason("remittance", name=name)
        if self._is_same(proposal, result.proposal):
            sure = max(result.confidence, SURE) if not result.guards else result.confidence
            return replace(result, confidence=sure, reasons=(because, *result.reasons))
        guards = [reason("remittance_alone"), *result.alarms]
        if any(one.stays_open for one in allocation.parts):
            guards.append(reason("partial"))
        return replace(
            result,
            proposal=proposal,
            confidence=LIKELY,
            reasons=(because, reason("set_sum", count=len(allocation.parts))),
            guards=tuple(guards),
            agreements=("reference", "amount"),
        )

    def _proposal(self, part, result, allocation, digits):
        discount = sum(one.discount for one in allocation.parts)
        partners = {one.document.partner_id for one in allocation.parts}
        counterparts = tuple(
            Counterpart(move_line_id=one.document.id, amount=plain(one.amount, digits))
            for one in allocation.parts
        )
        write_offs = ()
        if discount:
            account = part.accounts["discount"]
            write_offs = (
                WriteOff(account_id=account, amount=plain(-discount, digits), purpose="discount"),
            )
        chosen = items_of(counterparts)
        others = result.proposal.alternatives
        return Proposal(
            kind="match",
            counterparts=counterparts,
            write_offs=write_offs,
            alternatives=tuple(
                one
                for one in others
                if not one.counterparts or items_of(one.counterparts) != chosen
            ),
            partner_id=partners.pop() if len(partners) == 1 else None,
            remainder=plain(Decimal(0), digits),
            remainder_handling="none",
        )

    def _is_same(self, proposal, other):
        def effect(one):
            parts = {(part.move_line_id, part.amount) for part in one.counterparts}
            return parts, {(off.purpose, off.amount) for off in one.write_offs}, one.remainder

        return other.kind == "match" and effect(proposal) == effect(other)

    def _hinted(self, result, remittance, allocation):
        name = remittance.reference or remittance.name
        code, detail = (*allocation.problems, ("other_amount", ""))[0]
        texts = {
            "not_open": self.env._("%s is not open", detail),
            "less_open": self.env._("less than it says is open on %s", detail),
            "other_amount": self.env._("its documents make another amount (%s)", detail),
        }
        hint = reason("remittance_hint", name=name, problem=texts[code])
        return replace(result, reasons=(*result.reasons, hint))
