from contextlib import contextmanager
from decimal import Decimal

from odoo import api, models

#: The entry's own synchronisation has nothing to do where each side of it is written here, nor
#: have checks of amounts, which stay as they are.
UNSYNCHRONIZED = {
    "skip_account_move_synchronization": True,
    "skip_invoice_sync": True,
    "check_move_validity": False,
    "skip_readonly_check": True,
    "skip_is_manually_modified": True,
}


class AiBankSuspense(models.AbstractModel):
    """The quick way to the ledger: suspense items change their account, many in one write.

    It serves bank lines whose whole amount goes to one account and partner: one document, several
    that are paid in full, a part of one, or more than is open. Others are split by
    ``ai.bank.booking``, at about ten times the cost.
    """

    _name = "ai.bank.suspense"
    _description = "Quick Booking of Bank Matches"

    @api.model
    def _whole(self, proposals):
        """Return ``{bank line: items}`` of the proposals that need no split."""
        whole = {}
        for line, proposal in proposals.items():
            ids = [part["move_line_id"] for part in proposal["counterparts"]]
            items = self.env["account.move.line"].browse(ids)
            if self._is_account(proposal) or (items and self._is_whole(line, proposal, items)):
                whole[line] = items
        return whole

    def _is_account(self, proposal):
        """Whether the whole line goes to one account, with neither tax nor analytic."""
        part = proposal.get("write_off")
        plain = part and not part.get("tax_ids") and not part.get("analytic")
        return bool(plain) and not proposal["counterparts"] and not Decimal(proposal["remainder"])

    def _is_whole(self, line, proposal, items):
        if proposal.get("write_off") or proposal.get("write_offs"):
            return False
        currency = line.foreign_currency_id or line.currency_id
        one_target = len(items.account_id) == 1 and len(items.partner_id) <= 1
        if not one_target or items.currency_id != currency:
            return False
        if any(Decimal(part["amount"]) < 0 for part in proposal["counterparts"]):
            # Core would match a credit note with the invoice beside it, which undo leaves alone.
            return False
        if Decimal(proposal.get("remainder") or 0):
            return proposal["remainder_handling"] == "on_account" and self._in_full(proposal, items)
        # Of several items core takes what it likes first, unless all are taken whole.
        return len(items) == 1 or self._in_full(proposal, items)

    def _in_full(self, proposal, items):
        """Whether each item is settled to the cent."""
        decimal = self.env["ai.bank.context"]._decimal
        return all(
            abs(Decimal(part["amount"]))
            == abs(decimal(item.amount_residual_currency, item.currency_id))
            for part, item in zip(proposal["counterparts"], items, strict=True)
        )

    @api.model
    def _convert(self, whole, proposals):
        """Write account and partner of the matched items on the suspense items.

        :param whole: ``{bank line: items}``; no items where the line goes to an account
        :return: what is to be reconciled, one recordset a bank line
        """
        nothing = self.env["account.move.line"]
        accounts, partners, plan = {}, {}, []
        for line, items in whole.items():
            _liquidity, suspense, _other = line._seek_for_lines()
            account, partner = self._target(line, items, proposals[line])
            accounts[account] = accounts.get(account, nothing) + suspense
            if suspense.partner_id.id != partner:
                partners[partner] = partners.get(partner, nothing) + suspense
            plan += [suspense + items] if items else []
        # As few writes as there are accounts: the partner is there from _set_partners, mostly.
        with self._writing(nothing.union(*accounts.values())) as flags:
            for name, groups in (("partner_id", partners), ("account_id", accounts)):
                for value, suspense in groups.items():
                    suspense.with_context(**flags).write({name: value})
        return plan

    def _target(self, line, items, proposal):
        """Return the ids of account and partner that the suspense item gets."""
        if items:
            return items.account_id.id, items.partner_id.id
        part = proposal["write_off"]
        partner = part["partner_id"] or proposal.get("partner_id") or line.partner_id.id
        return part["account_id"], partner

    @api.model
    def _set_partners(self, proposals):
        """Set the partner on bank lines that have none, without rebuilding their entries."""
        self._write_partners(
            {
                line: proposal["partner_id"]
                for line, proposal in proposals.items()
                if proposal.get("partner_id") and not line.partner_id
            }
        )

    def _write_partners(self, partners):
        """Write partners on bank lines and all items of their entries.

        :param partners: ``{bank line: id of the partner or False}``
        """
        groups, nothing = {}, self.env["account.bank.statement.line"]
        for line, partner_id in partners.items():
            if line.partner_id.id != partner_id:
                groups[partner_id] = groups.get(partner_id, nothing) + line
        moves = nothing.union(*groups.values()).move_id
        with self._writing(moves.line_ids) as flags:
            for partner_id, lines in groups.items():
                for records in (lines, lines.move_id, lines.move_id.line_ids):
                    # A new dict each time: core adds to the values it is given.
                    records.with_context(**flags).write({"partner_id": partner_id})
            # Computed now: later, core would leave a note about it on each entry.
            moves.with_context(**flags).mapped("partner_bank_id")

    @api.model
    def _restore(self, undo_data):
        """Take back what :meth:`_convert` did, for all bank lines at once.

        :param undo_data: ``{bank line: undo data}``
        :return: the bank lines that are as before; the others need core's own way
        """
        quick = {}
        for line, data in undo_data.items():
            _liquidity, suspense, other = line._seek_for_lines()
            if data.get("quick") and not suspense and len(other) == 1:
                quick[line] = other
        lines = self.env["account.bank.statement.line"].union(*quick)
        items = self.env["account.move.line"].union(*quick.values())
        items.remove_move_reconcile()
        lines.payment_ids.unlink()
        with self._writing(items) as flags:
            for journal, group in lines.grouped("journal_id").items():
                own = items & group.move_id.line_ids
                own.with_context(**flags).write({"account_id": journal.suspense_account_id.id})
            unchecked = lines.move_id.filtered(lambda move: not move.checked)
            unchecked.with_context(**flags).write({"checked": True})
        self._write_partners({line: undo_data[line]["partner_id"] for line in lines})
        return lines

    @contextmanager
    def _writing(self, items):
        """Give the context in which items of bank entries are written.

        Where no item has an analytic distribution and no model gives any, core need not look for
        one again, item by item.
        """
        flags = self._write_flags(items)
        field = items._fields["analytic_distribution"]
        skipped = items if flags.get("skip_analytic_sync") else items.browse()
        with self.env.protecting([field], skipped):
            yield flags

    def _write_flags(self, items):
        """Return the context in which items of bank entries are written.

        Our own log holds the old and the new account, so core's note on every item is left out,
        but not where the law wants core's own trail.
        """
        flags = dict(UNSYNCHRONIZED)
        if not any(items.company_id.mapped("restrictive_audit_trail")):
            flags["tracking_disable"] = True
        distributed = self.env["account.analytic.distribution.model"].sudo()
        if not any(items.mapped("analytic_distribution")) and not distributed.search([], limit=1):
            flags["skip_analytic_sync"] = True
        return flags

    @api.model
    def _reconcile_flags(self, lines):
        """Return the context in which lines are reconciled: core's plain one for what is special.

        Exchange differences and cash-basis taxes make entries of their own, which core has to
        bring up to date; without them nothing of an entry changes by being reconciled.
        """
        for line in lines:
            same = line.currency_id == line.company_id.currency_id
            if line.foreign_currency_id or not same or line.company_id.tax_exigibility:
                return {"ai_paid_together": True}
        return {"skip_invoice_sync": True, "ai_paid_together": True}
